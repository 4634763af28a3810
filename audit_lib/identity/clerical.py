"""A blind clerical sample: people judge pairs without seeing what the program thinks; their answers measure it.

Pairs are drawn from four strata (taken as B, taken as C, likely but not taken, unlikely), as many from each,
always the same ones for the same data, and stand in an order that gives nothing away.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_lib.errors import ParamsError
from audit_lib.exports import inert
from audit_lib.identity.judgements import DIFFERENT, SAME, UNSURE, VERDICTS, Judgement, add_judgement
from audit_lib.tables import TABLES

FILE = "clerical_sample.csv"
STRATA = ("认定为B", "认定为C", "可能而未认定", "不大可能")
SHOWN = {
    "name": "姓名", "id_raw": "身份证号", "sex": "性别", "birth_on": "出生日期", "town_raw": "镇", "village_raw": "村",
    "household_no": "户号", "account_no": "账号",
}  # fmt: skip
ANSWER = "结论"
DRAWS = 4_000
#: a pair of no tier at least this probable counts as likely
_LIKELY = 0.5


@dataclass(frozen=True, repr=False)
class Estimate:
    """Precision and recall of tiers A and B from the answers, each with its 95 % interval.

    Attributes:
        precision: estimate, lower and upper end.
        recall: the same, of pairs that some blocking key brought together.
        strata: 层, 对数, 已判, 同一人, 不是同一人, 不能确定; one line per stratum.
    """

    precision: tuple[float, float, float]
    recall: tuple[float, float, float]
    strata: pd.DataFrame

    def __repr__(self) -> str:
        if not self.strata["已判"].sum():
            return "抽样核对表里还没有结论"
        said = [
            f"{caption}{middle:.1%}(95%区间{low:.1%}–{high:.1%})"
            for caption, (middle, low, high) in (("查准率", self.precision), ("查全率", self.recall))
        ]
        return "A、B级认定的" + ",".join(said) + ";不能确定的不计入,查全率只就进入比对的记录而言"


def add_strata(pairs: pd.DataFrame) -> pd.DataFrame:
    """Pairs that stand for a comparison, with ``stratum`` and ``sample_no`` (a digest of the two keys)."""
    compared = pairs[pairs["right_person_id"].notna() & pairs["left_key"].notna() & (pairs["tier"] != "D")]
    compared = compared.drop_duplicates(["left_key", "right_person_id"])
    chosen, tier = compared["chosen"].to_numpy(dtype=bool), compared["tier"].fillna("").to_numpy()
    likely = (tier != "") | (compared["probability"].fillna(0).to_numpy() >= _LIKELY)
    at = np.select([chosen & (tier != "C"), chosen, likely], [0, 1, 2], 3)
    numbers = [
        "S" + hashlib.blake2b(f"{one}/{other}".encode(), digest_size=5).hexdigest()
        for one, other in zip(compared["left_key"], compared["right_person_id"], strict=True)
    ]
    return compared.assign(stratum=np.array(STRATA, dtype=object)[at], sample_no=numbers)


def draw_sample(pairs: pd.DataFrame, tables: Path, count: int) -> pd.DataFrame:
    """Draw about ``count`` pairs.

    Args:
        pairs: the stage's ``pair``.
        tables: folder of the canonical tables, where both sides are looked up.
        count: pairs to draw.

    Returns:
        编号, 甲_… and 乙_… (what both rows say), 结论 and 理由 (empty), in the order of 编号.
    """
    strata = add_strata(pairs).sort_values("sample_no")
    drawn = strata.groupby("stratum", sort=True).head(-(-count // len(STRATA))).sort_values("sample_no")
    sample = pd.DataFrame({"编号": drawn["sample_no"].to_numpy(dtype=object)})
    for side, caption in (("left", "甲"), ("right", "乙")):
        said = _said(drawn, tables, side)
        for name, shown in SHOWN.items():
            sample[f"{caption}_{shown}"] = said[name]
    return sample.assign(**{ANSWER: "", "理由": ""})


def _said(drawn: pd.DataFrame, tables: Path, side: str) -> dict[str, list[str]]:
    rows: dict[tuple[str, int], dict[str, object]] = {}
    for table, places in drawn.groupby(f"{side}_table")[f"{side}_origin"]:
        key = TABLES[str(table)].row_column
        path = tables / f"{table}.parquet"
        wanted = [name for name in SHOWN if name in pq.read_schema(path).names]
        found = pq.read_table(
            path, columns=[key, *wanted], filters=pc.field(key).isin(places.astype(int).tolist())
        )
        rows |= {(str(table), row[key]): row for row in found.to_pylist()}
    keys = list(zip(drawn[f"{side}_table"], drawn[f"{side}_origin"], strict=True))
    return {name: [str(rows.get(key, {}).get(name) or "") for key in keys] for name in SHOWN}


def write_sample(sample: pd.DataFrame, path: Path) -> None:
    """Write it for Excel (UTF-8 with a mark, no live cell); answers already given are never overwritten.

    Raises:
        ParamsError: the file is there and has answers.
    """
    if path.is_file() and any(read_answers(path).values()):
        raise ParamsError("抽样核对表里已有结论,没有覆盖", path.name, "先收回结论,再移走该文件")
    path.parent.mkdir(parents=True, exist_ok=True)
    # Excel cuts a number after 15 digits unless an apostrophe makes it text
    texts = sample.map(lambda cell: f"'{cell}" if cell.isdigit() and len(cell) > 11 else inert(cell))
    texts.to_csv(path, index=False, encoding="utf-8-sig", quoting=csv.QUOTE_ALL)


def read_answers(path: Path) -> dict[str, str]:
    """编号 → 结论, empty where nobody has answered.

    Raises:
        ParamsError: the file is not there, or an answer is not one of the three.
    """
    if not path.is_file():
        raise ParamsError("还没有抽样核对表", path.name, "先用 wb.identity().draw_sample() 生成")
    answers: dict[str, str] = {}
    with path.open(encoding="utf-8-sig", newline="") as source:
        for number, line in enumerate(csv.DictReader(source), start=2):
            answer = (line.get(ANSWER) or "").strip()
            if answer and answer not in VERDICTS:
                raise ParamsError(
                    f"不认识的结论“{answer}”", f"{path.name}:{number}", "可用:" + "、".join(VERDICTS)
                )
            answers[(line.get("编号") or "").strip()] = answer
    return answers


def keep_answers(pairs: pd.DataFrame, answers: dict[str, str], judgements: Path, by: str) -> list[Judgement]:
    """Append the answers to the judgements."""
    strata = add_strata(pairs).set_index("sample_no")
    return [
        add_judgement(
            judgements, str(strata.loc[number, "left_key"]), str(strata.loc[number, "right_person_id"]), answer, by, "抽样核对"
        )
        for number, answer in answers.items()
        if answer and number in strata.index
    ]  # fmt: skip


def estimate_quality(pairs: pd.DataFrame, answers: dict[str, str], exact: int) -> Estimate:
    """Estimate precision and recall of tiers A and B.

    Args:
        pairs: the stage's ``pair``.
        answers: 编号 → 结论.
        exact: records settled by a valid number under its own name; they are right by definition.

    Returns:
        Estimates with intervals from 4,000 draws of each stratum's share (Jeffreys), the same for the same answers.
    """
    strata = add_strata(pairs)
    given = strata.assign(answer=strata["sample_no"].map(answers).fillna(""))
    chance = np.random.default_rng(20191120)
    lines, shares, sizes = [], [], []
    for stratum in STRATA:
        part = given[given["stratum"] == stratum]
        same, different, unsure = (int((part["answer"] == v).sum()) for v in (SAME, DIFFERENT, UNSURE))
        lines.append((stratum, len(part), same + different + unsure, same, different, unsure))
        shares.append(chance.beta(same + 0.5, different + 0.5, DRAWS))
        sizes.append(len(part))
    taken = exact + sizes[0] * shares[0]
    missed = sum(size * share for size, share in zip(sizes[1:], shares[1:], strict=True))
    precision = taken / max(exact + sizes[0], 1)
    recall = taken / np.maximum(taken + missed, 1e-9)
    columns = ["层", "对数", "已判", SAME, DIFFERENT, UNSURE]
    return Estimate(_interval(precision), _interval(recall), pd.DataFrame(lines, columns=columns))


def _interval(draws: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> tuple[float, float, float]:
    middle, low, high = np.quantile(draws, [0.5, 0.025, 0.975])
    return float(middle), float(low), float(high)

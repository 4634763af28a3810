"""What the stage found, for the eye: coverage per register, the riskiest people, one pair's weights."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow.parquet as pq

from audit_lib.identity.comparators import LABELS
from audit_lib.identity.outcome import ALONE_AMBIGUOUS, ALONE_CROWDED
from audit_lib.tables import person_tables

CAPTIONS = {
    "number": "身份证号", "name": "姓名", "birth": "出生日期", "sex": "性别", "place": "镇村", "household": "户号",
    "account": "账号",
}  # fmt: skip
PRIOR, REST = "比对前", "姓名常见程度等"


def cover_registers(links: pd.DataFrame, tables: Path) -> pd.DataFrame:
    """Rows of every register by what became of them.

    Returns:
        名册, 行数, 已认定 (A and B), 待核 (C), 有歧义 (several people equally possible, or too many to
        compare), 一号两人 (D), 认不出 (neither name nor number), 已认定比例.
    """
    unclear = links["reason"].isin([ALONE_AMBIGUOUS, ALONE_CROWDED])
    lines = []
    for table in person_tables():
        path = tables / f"{table.name}.parquet"
        if not path.is_file():
            continue
        own = links["table_name"] == table.name
        tier = links.loc[own, "tier"]
        rows, ambiguous = int(pq.read_metadata(path).num_rows), int((own & unclear).sum())
        sure = int(tier.isin(["A", "B"]).sum())
        lines.append(
            {
                "名册": table.caption, "行数": rows, "已认定": sure, "待核": int((tier == "C").sum()) - ambiguous,
                "有歧义": ambiguous, "一号两人": int((tier == "D").sum()), "认不出": rows - int(own.sum()),
                "已认定比例": f"{sure / rows:.1%}" if rows else "—",
            }
        )  # fmt: skip
    return pd.DataFrame(lines)


def find_riskiest(pairs: pd.DataFrame, persons: pd.DataFrame, count: int) -> pd.DataFrame:
    """People whose rows most likely hold somebody else's.

    The expected number of wrong records is the sum of 1 − probability over what was taken for them.

    Returns:
        人员编号, 姓名, 身份证号 (both masked), 认入记录, 预期错认, 最低概率, 其他可能的人, 最弱一条的理由.
    """
    taken = pairs[pairs["chosen"].fillna(False).astype(bool) & pairs["right_person_id"].notna()]
    taken = taken.sort_values(["probability", "left_table", "left_origin"], kind="stable")
    rivals = pairs[~pairs["chosen"].fillna(False).astype(bool) & pairs["tier"].isin(["B", "C"])]
    rivals_of = rivals.groupby("left_key")["right_person_id"].nunique()
    lines = taken.assign(
        doubt=1 - taken["probability"].fillna(1.0),
        rivals=taken["left_key"].map(rivals_of).fillna(0).astype(int),
    )
    told = lines.groupby("right_person_id").agg(
        认入记录=("left_key", "nunique"), 预期错认=("doubt", "sum"), 最低概率=("probability", "min"),
        其他可能的人=("rivals", "max"), 最弱一条的理由=("reason", "first"),
    )  # fmt: skip
    masked = persons.set_index("person_id")[["name_masked", "id_masked"]]
    told = told.join(masked.rename(columns={"name_masked": "姓名", "id_masked": "身份证号"}))
    told = told.rename_axis("人员编号").reset_index()
    told = told.sort_values(
        ["预期错认", "其他可能的人", "人员编号"], ascending=[False, False, True], kind="stable"
    )
    columns = [
        "人员编号",
        "姓名",
        "身份证号",
        "认入记录",
        "预期错认",
        "最低概率",
        "其他可能的人",
        "最弱一条的理由",
    ]
    return told[columns].head(count).reset_index(drop=True)


def weigh_pair(pair: pd.Series[str], weights: pd.DataFrame) -> pd.DataFrame:
    """Level by level what a pair's probability is made of.

    Args:
        pair: a line of ``pair``.
        weights: the stage's ``weight``.

    Returns:
        比较项, 一致程度, 权重 (bits, positive for one person), 累计; the first line is what is believed
        before comparing, the last one what is left: how common the name is, a shared valid number.
    """
    bits = weights.set_index(["comparison", "level"])["bits"]
    lines = [(PRIOR, "", float(bits[("prior", 0)]))]
    for name, labels in LABELS.items():
        label = pair[f"{name}_level"]
        if isinstance(label, str):
            lines.append((CAPTIONS[name], label, float(bits[(name, labels.index(label))])))
    chance = float(pair["probability"]) if pd.notna(pair["probability"]) else 0.5
    total = float(np.clip(np.log2(max(chance, 1e-18) / max(1 - chance, 1e-18)), -60, 60))
    lines.append((REST, "", total - sum(line[2] for line in lines)))
    told = pd.DataFrame(lines, columns=["比较项", "一致程度", "权重"])
    return told.assign(权重=told["权重"].round(2), 累计=told["权重"].cumsum().round(2))

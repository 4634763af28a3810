"""``ybt link``: which rows of two files are about the same person; no project, no register of everybody.

Valid numbers first, by a join in the engine; what they leave is paired by bounded blocks, compared
in stretches by the comparators of the stage, weighed by what the two files say about chance, and
linked where one pair alone is left.
"""

from __future__ import annotations

import csv
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.engine import DuckDbEngine, Engine
from audit_lib.errors import SourceError
from audit_lib.exports import inert
from audit_lib.identity.comparators import LABELS
from audit_lib.identity.explain import Compared as Explained
from audit_lib.identity.explain import explain
from audit_lib.identity.link_choice import Repeats, allow_b, choose_pairs
from audit_lib.identity.link_evidence import Compared, Evidence, compare_records, count_frequencies
from audit_lib.identity.link_records import state_rows
from audit_lib.identity.names import NameLevel
from audit_lib.identity.queries import read_sql
from audit_lib.identity.weights import probability
from audit_lib.progress import say, track
from audit_lib.sources.lone import LoneFile, read_lone

#: a block is compared when it has at most so many pairs; finer keys cover the members of a larger one
MOST_PAIRS = 4_000
STRETCH = 200_000
#: pairs of valid numbers from which is learned how often one person's rows differ
LEARNT_FROM = 20_000
#: rows under one number beyond which not every pair of them is listed
MOST_LISTED = 10_000
#: a file in which more numbers than this stand in several records names people repeatedly
REPEATED_SHARE = 0.02
_MEMORY_GIB = 2.0
_SCHEMA = pa.schema(
    [("left_row", pa.int64()), ("right_row", pa.int64()), ("probability", pa.float64()), ("tier", pa.string()),
     ("reason", pa.string())]
)  # fmt: skip


@dataclass(frozen=True)
class LinkSummary:
    """What a join of two files found; printed as its Chinese sentences."""

    left: LoneFile
    right: LoneFile
    pairs: dict[str, int]
    left_unmatched: int
    right_unmatched: int
    seconds: float
    out: Path
    notes: list[str] = field(default_factory=list)

    def __str__(self) -> str:
        lines = []
        for side, loose in (("左表", self.left), ("右表", self.right)):
            columns = "、".join(f"{caption}←{header}" for caption, header in loose.columns.items())
            lines.append(f"{side}:{len(loose.records)}行;识别的列:{columns}")
            lines += [f"  {note}" for note in loose.notes]
        lines += self.notes
        tiers = "、".join(
            f"{tier}({caption}){self.pairs[tier]}对"
            for tier, caption in (("A", "确认"), ("B", "疑似"), ("C", "待核"))
        )
        lines.append(f"匹配:{tiers}")
        lines.append(f"未匹配:左表{self.left_unmatched}行,右表{self.right_unmatched}行(C级不算匹配)")
        lines.append(f"用时:{self.seconds:.1f}秒;结果:{self.out}")
        return "\n".join(lines)


def link_files(left: Path, right: Path, out: Path) -> LinkSummary:
    """Join two files and write the links as CSV (UTF-8 with a mark).

    Raises:
        SourceError: a file cannot be read, has neither name nor number, or ``out`` cannot be written.
    """
    started = time.monotonic()
    _check_out(left, right, out)
    say(f"读取 {left.name}、{right.name}")
    sides = read_lone(left), read_lone(right)
    say(f"比对 {len(sides[0].records)} 行 × {len(sides[1].records)} 行")
    links = link_tables(sides[0].records, sides[1].records)
    _write(links, out)
    counts = dict(
        zip(
            *np.unique(links["tier"].to_numpy(zero_copy_only=False).astype(str), return_counts=True),
            strict=True,
        )
    )
    sure = links.filter(pc.is_in(links["tier"], pa.array(["A", "B"])))
    return LinkSummary(
        *sides, {tier: int(counts.get(tier, 0)) for tier in "ABC"},
        len(sides[0].records) - len(sure["left_row"].unique()), len(sides[1].records) - len(sure["right_row"].unique()),
        time.monotonic() - started, out,
    )  # fmt: skip


def _check_out(left: Path, right: Path, out: Path) -> None:
    if out.exists() and any(path.exists() and out.samefile(path) for path in (left, right)):
        raise SourceError("结果文件与输入文件相同,不会覆盖输入", str(out), "换一个结果文件名")
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise SourceError("结果文件无法写入:目录不存在,或它本身是目录", str(out), "先建好目录,并写明文件名")


def _write(links: pa.Table, out: Path) -> None:
    partial = out.with_name(out.name + ".partial")
    try:
        with partial.open("w", encoding="utf-8-sig", newline="") as target:
            writer = csv.writer(target)
            writer.writerow(links.column_names)
            for batch in links.to_batches(max_chunksize=50_000):
                columns = [column.to_pylist() for column in batch.columns]
                columns[2] = [f"{chance:.6f}" for chance in columns[2]]
                columns[4] = [inert(reason) for reason in columns[4]]
                writer.writerows(zip(*columns, strict=True))
        partial.replace(out)
    except OSError as error:
        raise SourceError(
            f"结果文件无法写入({error.strerror})", str(out), "关闭正在打开它的程序,或换一个位置"
        ) from None


def link_tables(left: pa.Table, right: pa.Table) -> pa.Table:
    """Join two record tables.

    Args:
        left: columns any of ``RECORD_COLUMNS`` (``sources.lone``) or ``address``; ``row`` counts from 2 when absent.
        right: the same.

    Returns:
        left_row, right_row, probability, tier, reason; by left row, then right row.
    """
    with DuckDbEngine(_MEMORY_GIB) as engine:
        sides = [
            _define_side(engine, name, rows)
            for name, rows in zip(("left", "right"), state_rows(left, right), strict=True)
        ]
        repeats = Repeats(*(_repeats(side) for side in sides))
        exact, known = _settle(engine, sides)
        evidence = Evidence(known, count_frequencies(sides))
        open_sides = _leave_open(engine, sides, exact, repeats)
        compared = _compare_all(engine, sides, evidence, *open_sides)
        chosen = choose_pairs(compared, repeats)
        chosen = _with_reasons(chosen, sides)
    lines = pd.concat([exact, chosen], ignore_index=True) if len(chosen) else exact
    return _spread(lines, sides)


def _define_side(engine: Engine, name: str, rows: pa.Table) -> pd.DataFrame:
    """Define ``<name>_record``; return its records, the number of each one less than its index."""
    engine.register("stated_row", rows)
    engine.materialise(f"{name}_record", read_sql("link_record"))
    records: pd.DataFrame = engine.query(f"SELECT * FROM {name}_record ORDER BY record_no").to_pandas()
    return records


def _repeats(side: pd.DataFrame) -> bool:
    """Whether numbers, or without them whole records, stand in a file several times."""
    valid = side.loc[side["kind"] == "valid"]
    if len(valid) >= 20:
        several = valid.groupby("id_no")["row_count"].sum().gt(1)
        return bool(several.mean() > REPEATED_SHARE)
    return False


def _settle(engine: Engine, sides: list[pd.DataFrame]) -> tuple[pd.DataFrame, Compared]:
    """Pairs under one valid number with tier and reason, and how those with the same name compare."""
    pairs = engine.query(read_sql("link_exact")).to_pandas()
    left, right = _take(sides, pairs)
    name = np.zeros(len(pairs), dtype=np.int8)
    known: Compared | None = None
    for start in range(0, max(len(pairs), 1), STRETCH):
        part = slice(start, start + STRETCH)
        compared = compare_records(left.iloc[part], right.iloc[part])
        name[part] = compared.levels["name"]
        if known is None:
            known = _first_of_one_name(compared)
    assert known is not None
    sure = name >= NameLevel.MASKED
    nameless = name == NameLevel.MISSING
    tier = np.where(sure, "A", np.where(nameless, "B", "C"))
    reasons = np.select(
        [name == NameLevel.EQUAL, sure, nameless],
        [
            "身份证号、姓名相同,同一人(A)",
            "身份证号相同,姓名相近,同一人(A)",
            "身份证号相同,姓名空缺,疑似同一人(B)",
        ],
        "身份证号相同而姓名不同,须核实(C)",
    )
    bits = np.where(sure, 22.0, np.where(nameless, 12.0, 0.0))
    return pairs.assign(tier=tier, probability=probability(bits), reason=reasons), known


def _first_of_one_name(compared: Compared) -> Compared:
    """The bounded part from which is learned; a wholly different name is no evidence of one person."""
    levels = compared.levels
    chosen = np.flatnonzero(levels["name"].to_numpy() >= NameLevel.MASKED)
    if len(chosen) > LEARNT_FROM:
        chosen = chosen[:: -(-len(chosen) // LEARNT_FROM)]
    return Compared(
        levels.iloc[chosen], compared.birth_slip[chosen], compared.phone[chosen], compared.number_bits[chosen],
        compared.replaced[chosen],
    )  # fmt: skip


def _take(sides: list[pd.DataFrame], pairs: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    left = sides[0].iloc[pairs["left_no"].to_numpy() - 1].reset_index(drop=True)
    right = sides[1].iloc[pairs["right_no"].to_numpy() - 1].reset_index(drop=True)
    return left, right


def _leave_open(
    engine: Engine, sides: list[pd.DataFrame], exact: pd.DataFrame, repeats: Repeats
) -> tuple[int, float]:
    """Define the keys of the records still to be paired.

    In two registers who has found his number is nobody else; a list of payments may name him again.

    Returns:
        How many left records are open, and the share of right ones that can be expected among them.
    """
    settled = exact[exact["tier"] != "C"]
    opened = []
    for at, (name, repeated) in enumerate(zip(("left", "right"), (repeats.right, repeats.left), strict=True)):
        taken = set() if repeated else set(settled[f"{name}_no"])
        is_open = ~sides[at]["record_no"].isin(taken)
        columns = ["record_no", "kind", "pattern", "plain", "family", "sound", "birth", "number_birth", "village",
                   "household", "account", "phone"]  # fmt: skip
        keyed = sides[at].loc[is_open, columns].copy()
        keyed["whole"] = keyed["kind"].isin(["valid", "full"])
        engine.register("keyed", pa.Table.from_pandas(keyed, preserve_index=False))
        engine.materialise(f"{name}_key", read_sql("link_key"))
        opened.append(int(is_open.sum()))
    numbered = int((sides[1]["kind"] == "valid").sum())
    found = settled["right_no"].nunique()
    share = (found + 5) / (numbered + 10)
    return max(opened[0], 1), float(share)


def _compare_all(
    engine: Engine, sides: list[pd.DataFrame], evidence: Evidence, open_left: int, share: float
) -> pd.DataFrame:
    engine.materialise("link_pairing", read_sql("link_pairing"), {"most_pairs": MOST_PAIRS})
    count = int(engine.query("SELECT count(*) FROM link_pairing").column(0)[0].as_py())
    prior = float(np.log2(share / open_left))
    kept = []
    starts = range(0, count, STRETCH)
    for after in track(starts, "比对人员", len(starts)):
        pairs = engine.query(
            "SELECT left_no, right_no FROM link_pairing WHERE pair_no > $after AND pair_no <= $upto ORDER BY pair_no",
            {"after": after, "upto": after + STRETCH},
        ).to_pandas()
        left, right = _take(sides, pairs)
        compared = compare_records(left, right)
        bits = evidence.bits(compared, left, right, prior)
        lines = pairs.assign(
            bits=bits,
            may_b=allow_b(compared, left, right),
            left_rows=left["row_count"],
            right_rows=right["row_count"],
        )
        lines = pd.concat([lines, compared.levels.reset_index(drop=True)], axis=1)
        kept.append(lines[bits > 0])
    if not kept:
        columns = ["left_no", "right_no", "bits", "may_b", "left_rows", "right_rows", *LABELS]
        return pd.DataFrame({name: np.empty(0, dtype=np.int64) for name in columns}).astype(
            {"may_b": bool, "bits": float}
        )
    return pd.concat(kept, ignore_index=True)


def _with_reasons(chosen: pd.DataFrame, sides: list[pd.DataFrame]) -> pd.DataFrame:
    left, right = _take(sides, chosen)
    reasons = []
    columns = zip(
        chosen[list(LABELS)].to_dict("records"),
        left["pattern"],
        right["pattern"],
        chosen["tier"],
        strict=True,
    )
    for levels, one, other, tier in columns:
        reasons.append(explain(Explained(_by_name(levels), one, other, tier, True, False, False)))
    return chosen.assign(reason=pd.Series(reasons, index=chosen.index, dtype=object))


def _by_name(levels: dict[Any, Any]) -> dict[str, int]:
    return {str(name): int(level) for name, level in levels.items()}


def _spread(lines: pd.DataFrame, sides: list[pd.DataFrame]) -> pa.Table:
    """Links of records to links of rows. Where thousands of rows share one number, each is listed once."""
    found: list[tuple[int, int, float, str, str]] = []
    rows = [side["rows"].to_numpy() for side in sides]
    for left_no, right_no, chance, tier, reason in zip(
        lines["left_no"], lines["right_no"], lines["probability"], lines["tier"], lines["reason"], strict=True
    ):
        one, other = rows[0][left_no - 1], rows[1][right_no - 1]
        if len(one) * len(other) > MOST_LISTED:
            listed = [(int(a), int(other[0])) for a in one] + [(int(one[0]), int(b)) for b in other[1:]]
        else:
            listed = [(int(a), int(b)) for a in one for b in other]
        found += [(a, b, chance, tier, reason) for a, b in listed]
    found.sort()
    columns = list(zip(*found, strict=True)) if found else [()] * len(_SCHEMA)
    return pa.table([pa.array(c, f.type) for c, f in zip(columns, _SCHEMA, strict=True)], schema=_SCHEMA)

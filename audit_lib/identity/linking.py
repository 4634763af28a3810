"""``ybt link``: which rows of two files are about the same person; no project, no register of everybody.

Valid numbers first, by a join in the engine; what they leave is paired by bounded blocks, compared
in stretches by the comparators of the stage, weighed by what the two files say about chance, and
linked where one pair alone is left. Everything works on whole columns of positions in the lists of
distinct names, numbers and places.
"""

from __future__ import annotations

import os
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.engine import DuckDbEngine, Engine
from audit_lib.errors import SourceError
from audit_lib.identity.distinct import Codes, Flags
from audit_lib.identity.link_choice import MOST_REVIEWED, Repeats, allow_b, choose_pairs
from audit_lib.identity.link_compare import Bits, Compared, Comparer
from audit_lib.identity.link_evidence import Evidence
from audit_lib.identity.link_headers import choose_columns
from audit_lib.identity.link_homes import share_homes
from audit_lib.identity.link_numbers import Kind
from audit_lib.identity.link_output import explain_pairs, spread_rows, write_links
from audit_lib.identity.link_pairs import find_pairs
from audit_lib.identity.link_records import Records, Side, make_records
from audit_lib.identity.names import NameLevel
from audit_lib.identity.queries import read_sql
from audit_lib.identity.weights import probability
from audit_lib.progress import say, track
from audit_lib.sources.lone import LoneFile, read_lone

#: pairs compared at once; bounds memory
STRETCH = 250_000
#: rows of a register that say the same from which on the summary mentions them
SAME_ROWS = 20
#: pairs of valid numbers from which is learned how often one person's rows differ
LEARNT_FROM = 40_000
#: a file in which more numbers than this stand in several records names people repeatedly
REPEATED_SHARE = 0.02
_MEMORY_GIB = 2.0


@dataclass(frozen=True)
class Joined:
    """The links of two tables, and what was not compared or not listed, in Chinese."""

    links: pa.Table
    notes: list[str]


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


def read_list(path: Path) -> LoneFile:
    """One of the files, its columns found by header and values.

    Raises:
        SourceError: it is not there, is no table, or has neither a name nor an identity number.
    """
    return read_lone(path, choose_columns)


def link_files(left: Path, right: Path, out: Path) -> LinkSummary:
    """Join two files and write the links as CSV (UTF-8 with a mark).

    Raises:
        SourceError: a file cannot be read, has neither name nor number, or ``out`` cannot be written.
    """
    started = time.monotonic()
    _check_out(left, right, out)
    say(f"读取 {left.name}、{right.name}")
    with ThreadPoolExecutor(2) as readers:
        one, other = readers.map(read_list, (left, right))
    say(f"比对 {len(one.records)} 行 × {len(other.records)} 行")
    joined = join_tables(one.records, other.records)
    links = joined.links
    write_links(links, out)
    counts = {str(line["values"]): int(line["counts"]) for line in pc.value_counts(links["tier"]).to_pylist()}
    sure = links.filter(pc.is_in(links["tier"], pa.array(["A", "B"])))
    return LinkSummary(
        one, other, {tier: counts.get(tier, 0) for tier in "ABC"},
        len(one.records) - len(sure["left_row"].unique()), len(other.records) - len(sure["right_row"].unique()),
        time.monotonic() - started, out, joined.notes,
    )  # fmt: skip


def _check_out(left: Path, right: Path, out: Path) -> None:
    if out.exists() and any(path.exists() and out.samefile(path) for path in (left, right)):
        raise SourceError("结果文件与输入文件相同,不会覆盖输入", str(out), "换一个结果文件名")
    if out.is_dir() or not out.absolute().parent.is_dir():
        raise SourceError("结果文件无法写入:目录不存在,或它本身是目录", str(out), "先建好目录,并写明文件名")


def link_tables(left: pa.Table, right: pa.Table) -> pa.Table:
    """Join two record tables.

    Args:
        left: columns any of ``RECORD_COLUMNS`` (``sources.lone``) or ``address``; ``row`` counts from 2 when absent.
        right: the same.

    Returns:
        left_row, right_row, probability, tier, reason; by left row, then right row.
    """
    return join_tables(left, right).links


def join_tables(left: pa.Table, right: pa.Table) -> Joined:
    """``link_tables`` with notes on what was not compared or not listed."""
    records = make_records(left, right)
    sides = records.left, records.right
    repeats = Repeats(*(_repeats(side) for side in sides))
    with (
        tempfile.TemporaryDirectory(prefix="ybt-link-") as spill,
        DuckDbEngine(_MEMORY_GIB, spill=Path(spill)) as engine,
    ):
        exact = _settle(engine, records)
        records = share_homes(records, exact.links[0][exact.is_sure], exact.links[1][exact.is_sure])
        evidence = Evidence(exact.known(records), records)
        is_open = _leave_open(records, exact, repeats)
        left_no, right_no, missed = find_pairs(engine, records, is_open)
    prior = _prior(records, exact, int(is_open[0].sum()))
    links, unlisted = _compare_all(records, evidence, left_no, right_no, prior, repeats)
    every = [np.concatenate([one, other]) for one, other in zip(exact.links, links, strict=True)]
    notes = [f"{missed_kind}" for missed_kind in missed]
    if unlisted:
        notes.append(f"有{unlisted}组两边各有许多相同的行(合计超过{MOST_REVIEWED}对),分不出谁是谁,没有列出")
    notes += _tell_same_rows(records, every[0], every[1], repeats)
    return Joined(spread_rows(records, *every), notes)


def _tell_same_rows(records: Records, left_no: Codes, right_no: Codes, repeats: Repeats) -> list[str]:
    """Crowds of rows of a register that say the same about somebody the other file may name, and were not linked."""
    said = []
    sides = (("左表", records.left, left_no, repeats.left), ("右表", records.right, right_no, repeats.right))
    others = (records.right.columns["plain"], records.left.columns["plain"])
    for (caption, side, linked, may_repeat), other in zip(sides, others, strict=True):
        count, plain = side.columns["row_count"].to_numpy(), side.columns["plain"].to_numpy()
        is_crowd = (count >= SAME_ROWS) & (plain != 0) & np.isin(plain, other.to_numpy())
        is_crowd[linked] = False
        if is_crowd.any() and not may_repeat:
            said.append(
                f"{caption}有{int(is_crowd.sum())}组行写得一模一样(最大一组{int(count[is_crowd].max())}行,"
                f"共{int(count[is_crowd].sum())}行),分不出谁是谁,没有认定;补上身份证号、出生日期或户号后再比对"
            )
    return said


Links = tuple[Codes, Codes, Bits, npt.NDArray[np.object_], npt.NDArray[np.object_]]


@dataclass(frozen=True)
class Exact:
    """Pairs under one valid number as links, which are of one name, and a bounded part of those to learn from."""

    links: Links
    is_sure: Flags
    taught: Codes

    def known(self, records: Records) -> Compared:
        """How pairs of one person compare."""
        return Comparer(records).compare(self.links[0][self.taught], self.links[1][self.taught])


def _repeats(side: Side) -> bool:
    """Whether numbers stand in several rows of a file."""
    columns = side.columns
    is_valid = columns["kind"].to_numpy() == Kind.VALID
    if is_valid.sum() < 20:
        return False
    rows = np.bincount(columns["number"].to_numpy()[is_valid], columns["row_count"].to_numpy()[is_valid])
    return bool((rows > 1).sum() > REPEATED_SHARE * (rows > 0).sum())


def _settle(engine: Engine, records: Records) -> Exact:
    for name, side in (("left", records.left), ("right", records.right)):
        number = side.columns["number"].to_numpy()
        valid = np.flatnonzero(side.columns["kind"].to_numpy() == Kind.VALID)
        engine.register(f"{name}_number", pa.table({"record_no": valid, "number": number[valid]}))
    pairs = engine.query(read_sql("link_exact"))
    left_no, right_no = (np.asarray(pairs[name]).astype(np.int64) for name in ("left_no", "right_no"))
    left, right = records.left.columns, records.right.columns
    level = records.names.levels(left["plain"].to_numpy()[left_no], right["plain"].to_numpy()[right_no])
    for one, other in ((left["former"], right["plain"]), (left["plain"], right["former"])):
        former, current = one.to_numpy()[left_no], other.to_numpy()[right_no]
        level[(former == current) & (former != 0) & (level < NameLevel.FORMER) & (level > 0)] = (
            NameLevel.FORMER
        )
    sure, nameless = level >= NameLevel.MASKED, level == NameLevel.MISSING
    tier = np.where(sure, "A", np.where(nameless, "B", "C")).astype(object)
    reasons = np.select(
        [level == NameLevel.EQUAL, sure, nameless],
        [
            "身份证号、姓名相同,同一人(A)",
            "身份证号相同,姓名相近,同一人(A)",
            "身份证号相同,姓名空缺,疑似同一人(B)",
        ],
        "身份证号相同而姓名不同,须核实(C)",
    ).astype(object)
    bits = np.where(sure, 22.0, np.where(nameless, 12.0, 0.0))
    # a wholly different name is no evidence of one person
    taught = _bounded(np.flatnonzero(sure), left["number"].to_numpy()[left_no])
    return Exact((left_no, right_no, probability(bits), tier, reasons), sure, taught)


def _bounded(pairs: Codes, number: Codes) -> Codes:
    """At most about ``LEARNT_FROM`` of the pairs, by their numbers, so that the order of rows does not matter."""
    if len(pairs) <= LEARNT_FROM:
        return pairs
    return pairs[np.argsort(number[pairs], kind="stable")][:: -(-len(pairs) // LEARNT_FROM)]


def _leave_open(records: Records, exact: Exact, repeats: Repeats) -> tuple[Flags, Flags]:
    """Which records are still to be paired.

    In two registers who has found his number is nobody else; a list of payments may name him again.
    """
    flags = []
    settled = exact.links[3] != "C"
    for side, numbers, opposite_repeats in (
        (records.left, exact.links[0], repeats.right), (records.right, exact.links[1], repeats.left),
    ):  # fmt: skip
        is_open = np.ones(len(side.columns), dtype=np.bool_)
        if not opposite_repeats:
            is_open[numbers[settled]] = False
        flags.append(is_open)
    return flags[0], flags[1]


def _prior(records: Records, exact: Exact, open_left: int) -> float:
    """Log odds that an open right record is a given open left one, from the share that numbers found."""
    numbered = int((records.right.columns["kind"].to_numpy() == Kind.VALID).sum())
    found = len(np.unique(exact.links[1][exact.links[3] != "C"]))
    return float(np.log2((found + 5) / (numbered + 10) / max(open_left, 1)))


def _compare_all(
    records: Records, evidence: Evidence, left_no: Codes, right_no: Codes, prior: float, repeats: Repeats
) -> tuple[Links, int]:
    comparer = Comparer(records)

    def weigh(start: int) -> tuple[Codes, Bits, Flags]:
        part = slice(start, start + STRETCH)
        compared = comparer.compare(left_no[part], right_no[part])
        bits = evidence.bits(compared, left_no[part], right_no[part], prior)
        likely = np.flatnonzero(bits > 0)
        return likely + start, bits[likely], allow_b(compared)[likely]

    starts = range(0, len(left_no), STRETCH)
    with ThreadPoolExecutor(os.cpu_count()) as weighers:
        kept = list(track(weighers.map(weigh, starts), "比对人员", len(starts)))
    at, bits, may_b = (
        (np.concatenate(columns) for columns in zip(*kept, strict=True))
        if kept
        else (np.empty(0, dtype=np.int64), np.empty(0), np.empty(0, dtype=np.bool_))
    )
    left_no, right_no = left_no[at], right_no[at]
    choice = choose_pairs(records, left_no, right_no, bits, may_b, repeats)
    left_no, right_no = left_no[choice.at], right_no[choice.at]
    compared = comparer.compare(left_no, right_no)
    reasons = explain_pairs(records, compared, left_no, right_no, choice.tier)
    return (left_no, right_no, choice.probability, choice.tier, reasons), choice.unlisted

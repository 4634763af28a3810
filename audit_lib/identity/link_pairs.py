"""Candidate pairs of two files: many narrow keys made in the engine, and no block without a bound.

A block of more pairs than the limit is split by a further fact (birth, household, village, name, ends of the
number, account, telephone), twice if need be. What still is too large shares nothing but what thousands
share; it is not compared, and the summary says so.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from audit_lib.engine import Engine
from audit_lib.identity.distinct import Codes, sort_distinct
from audit_lib.identity.link_numbers import Kind
from audit_lib.identity.link_records import Records
from audit_lib.identity.queries import read_sql

#: keys by number in ``link_key.sql``, and the most pairs of one of their blocks
KINDS: dict[int, tuple[str, int]] = {
    1: ("身份证号后8位", 1_000), 2: ("身份证号除月份", 1_000), 3: ("身份证号除日期", 1_000), 4: ("身份证号除顺序码", 1_000),
    5: ("身份证号前14位", 1_000), 6: ("身份证号首尾与姓", 400), 7: ("身份证号首尾与村", 400), 8: ("姓名读音与生日", 1_000),
    9: ("村与生日", 400), 10: ("姓与生日", 400), 11: ("姓名", 100), 12: ("姓名读音与村", 400), 13: ("姓名前两字与村", 200),
    14: ("姓名首尾字与村", 200), 15: ("户号", 1_000), 16: ("账号", 1_000), 17: ("电话", 1_000),
}  # fmt: skip
_ROUNDS = 2


@dataclass(frozen=True)
class Uncompared:
    """Blocks of one kind of key that are too large to compare whole, and the largest left after splitting them."""

    kind: str
    blocks: int
    most_left: int
    most_right: int
    pairs: int
    rest_left: int = 0
    rest_right: int = 0

    def __str__(self) -> str:
        said = (
            f"{self.kind}相同的有{self.blocks}组过大(最大一组左表{self.most_left}条、右表{self.most_right}条,共{self.pairs}对),"
            "没有逐对比对,只比对了其中出生日期、户号、村、姓名、账号、电话或身份证号首尾也相同的"
        )
        if self.rest_left:
            said += f";又相同的仍过大(最大左表{self.rest_left}条、右表{self.rest_right}条),没有比对"
        return said


def find_pairs(
    engine: Engine, records: Records, is_open: tuple[npt.NDArray[np.bool_], npt.NDArray[np.bool_]]
) -> tuple[Codes, Codes, list[Uncompared]]:
    """Pairs of open records to compare.

    Args:
        engine: where the keys are joined.
        records: both files' records.
        is_open: which records of each side still are to be paired.

    Returns:
        Positions on the left, on the right, and what was left out.
    """
    for side, name in enumerate(("left", "right")):
        engine.register("given", _keyed(records, side, is_open[side]))
        # the engine's own tables are read by all its threads
        engine.materialise(f"{name}_keyed", "SELECT * FROM given")
    keyed = {"left": "SELECT * FROM left_keyed", "right": "SELECT * FROM right_keyed"}
    width = np.int64(max(len(records.right.columns), 1))
    found: list[Codes] = []
    missed: list[Uncompared] = []
    for kind, (caption, most_pairs) in KINDS.items():
        for name, rows in keyed.items():
            engine.view("keyed", rows)
            engine.materialise(f"{name}_key", read_sql("link_key"), {"kind": kind})
        engine.materialise("left_key", read_sql("link_shared"))
        for turn in range(_ROUNDS + 1):
            engine.materialise("link_block", read_sql("link_block"))
            limits = {"most_pairs": most_pairs}
            pairs = engine.query(read_sql("link_pairing"), limits)
            if len(pairs):
                found.append(
                    np.asarray(pairs["left_no"]).astype(np.int64) * width + np.asarray(pairs["right_no"])
                )
            left_out = engine.query(read_sql("link_uncompared"), limits).to_pylist()[0]
            if left_out["blocks"] and turn == 0:
                missed.append(Uncompared(caption, **left_out))
            if left_out["blocks"] and turn == _ROUNDS:
                rest = {"rest_left": left_out["most_left"], "rest_right": left_out["most_right"]}
                missed[-1] = replace(missed[-1], **rest)
            if not left_out["blocks"] or turn == _ROUNDS:
                break
            for name, rows in keyed.items():
                engine.materialise("crowded", read_sql(f"link_crowded_{name}"), limits)
                engine.view("keyed", rows)
                engine.materialise(f"{name}_key", read_sql("link_finer_key"))
    pairs_of = sort_distinct(np.concatenate(found)) if found else np.empty(0, dtype=np.int64)
    return pairs_of // width, pairs_of % width, missed


def _keyed(records: Records, side: int, is_open: npt.NDArray[np.bool_]) -> pa.Table:
    """What the keys of the open records of a side are made of, all whole numbers."""
    columns = (records.left, records.right)[side].columns
    at = np.flatnonzero(is_open)
    chosen = columns.iloc[at]
    number, plain = chosen["number"].to_numpy(), chosen["plain"].to_numpy()
    numbers, names = records.numbers, records.names
    is_long = numbers.numbers.lengths == 18
    kind = np.where(is_long[number], chosen["kind"].to_numpy(), Kind.NONE)
    keys = {
        "tail_key": range(10, 18), "month_key": (*range(9), *range(12, 18)), "day_key": (*range(10), *range(14, 18)),
        "sequence_key": (*range(12), 16, 17), "head_key": range(14), "ends_key": (*range(6), *range(14, 18)),
    }  # fmt: skip
    start = np.where(names.lengths > 1, names.start, np.uint64(0))
    made: dict[str, npt.NDArray[np.generic]] = {
        "record_no": at,
        "is_valid": chosen["kind"].to_numpy() == Kind.VALID,
        "is_whole": (kind == Kind.VALID) | (kind == Kind.FULL),
        "is_cut": kind == Kind.CUT,
        "is_masked": kind == Kind.MASKED,
        **{name: numbers.keys(number, *places) for name, places in keys.items()},
        "family": names.family[plain], "sound": names.sound[plain], "last": names.last[plain],
        "start_key": start[plain], "plain": plain, "former": chosen["former"].to_numpy(),
        **{
            name: chosen[name].to_numpy()
            for name in ("birth", "number_birth", "village", "household", "account", "phone")
        },
    }  # fmt: skip
    return pa.table({name: pa.array(np.ascontiguousarray(values)) for name, values in made.items()})

"""Stable keys: nobody's rows change to another person without a line that says so, and why.

The last run's answers are kept beside the ledger, by a key of what a row says (not of where it stands), so
that next month's files are compared with them. Lines about moves are kept for good.
"""

from __future__ import annotations

import os
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.engine import Engine
from audit_lib.identity.queries import read_sql

BEFORE, MOVED = "people_before.parquet", "people_moved.parquet"
MOVED_SCHEMA = pa.schema(
    [("turn", pa.int64()), *((name, pa.string()) for name in (
        "said_key", "name_masked", "id_masked", "person_id_before", "tier_before", "person_id_now", "tier_now", "because",
    ))]
)  # fmt: skip


def record_moves(engine: Engine, out: Path, memory: Path | None) -> None:
    """Write ``moved`` (all moves so far) and remember this run's answers.

    Args:
        engine: with ``spelt`` and ``record_person`` defined and ``person`` written.
        out: folder of the stage.
        memory: folder that outlives the stages; nothing is remembered without one.
    """
    engine.materialise("said_person", read_sql("said_person"))
    moved = MOVED_SCHEMA.empty_table()
    if memory is not None and (memory / MOVED).is_file():
        moved = pq.read_table(memory / MOVED)
    if memory is not None and (memory / BEFORE).is_file():
        engine.register("said_before", memory / BEFORE)
        engine.register("person_now", out / "person.parquet")
        turn = 1 + (max(moved["turn"].to_pylist(), default=0))
        lines = engine.query(read_sql("moved"), {"turn": turn}).cast(MOVED_SCHEMA)
        moved = pa.concat_tables([moved, lines]) if len(lines) else moved
    pq.write_table(moved, out / "moved.parquet", compression="zstd")
    if memory is not None:
        memory.mkdir(parents=True, exist_ok=True)
        # moves first: a run that is killed in between would otherwise forget them
        _replace(moved, memory / MOVED)
        engine.write(
            "SELECT said_key, person_id, tier, reason FROM said_person ORDER BY said_key, person_id",
            memory / BEFORE,
        )


def _replace(table: pa.Table, path: Path) -> None:
    partial = path.with_name(path.name + ".partial")
    pq.write_table(table, partial, compression="zstd")
    os.replace(partial, path)

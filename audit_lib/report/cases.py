"""The ledger's cases as SQL tables: ``ledger_case`` (one line per case) and ``case_year``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa

from audit_lib.ledger import Ledger
from audit_lib.report.stages import Stages

if TYPE_CHECKING:
    import pandas as pd

    from audit_lib.engine import DuckDbEngine

#: how the report groups the ledger's states
CONFIRMED, CLEARED = ("属实", "部分属实"), ("不属实",)

_TEXT = (
    "finding_id", "rule_id", "problem", "kind", "track", "item_id", "town_id", "village_id", "person_id", "tier",
    "state", "reason_code", "verifier", "decided_on",
)  # fmt: skip
_MONEY = ("suspected_fen", "verified_fen", "recovered_fen")
_CASE = pa.schema(
    [(name, pa.string()) for name in _TEXT]
    + [(name, pa.int64()) for name in _MONEY]
    + [("standing", pa.string())]
)
_YEAR = pa.schema([("finding_id", pa.string()), ("year", pa.int32()), ("verified_fen", pa.int64())])


def standing_of(state: str) -> str:
    """``confirmed``, ``cleared``, ``withdrawn`` or ``pending`` for a state of the ledger."""
    if state in CONFIRMED:
        return "confirmed"
    if state in CLEARED:
        return "cleared"
    return "withdrawn" if state == "已撤回" else "pending"


def register_cases(engine: DuckDbEngine, stages: Stages) -> str:
    """Make the ledger readable in ``engine``.

    Returns:
        The digest of the ledger's last line, which a report prints; empty for an empty ledger.
    """
    with Ledger.open(stages.ledger_url) as ledger:
        cases, head = ledger.cases(), ledger.head()
    table = cases[[*_TEXT, *_MONEY]].assign(standing=cases["state"].map(standing_of))
    engine.register("ledger_case", pa.Table.from_pandas(table, schema=_CASE, preserve_index=False))
    engine.register("case_year", pa.Table.from_pylist(_year_lines(cases), schema=_YEAR))
    return str(head or "")


def _year_lines(cases: pd.DataFrame) -> list[dict[str, object]]:
    """Verified money by year; a verification that named no year keeps its rest without one."""
    lines: list[dict[str, object]] = []
    verified = cases[cases["verified_fen"] != 0]
    columns = (verified["finding_id"], verified["verified_fen"], verified["verified_by_year"])
    for finding_id, total, by_year in zip(*columns, strict=True):
        years = {int(year): int(fen) for year, fen in (by_year or {}).items()}
        rest = int(total) - sum(years.values())
        parts = [*years.items(), *([(None, rest)] if rest else [])]
        lines += [{"finding_id": finding_id, "year": year, "verified_fen": fen} for year, fen in parts]
    return lines

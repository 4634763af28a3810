"""The ledger's cases as SQL tables: ``ledger_case`` (one line per case) and ``case_year``."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
_CASE = pa.schema(
    [(name, pa.string()) for name in _TEXT]
    + [("standing", pa.string())]
    + [(name, pa.int64()) for name in ("suspected_fen", "verified_fen", "recovered_fen")]
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
    lines = [_case_line(record) for record in cases.to_dict("records")]
    engine.register("ledger_case", pa.Table.from_pylist(lines, schema=_CASE))
    engine.register("case_year", pa.Table.from_pylist(_year_lines(cases), schema=_YEAR))
    return str(head or "")


def _case_line(record: dict[Any, Any]) -> dict[str, object]:
    line: dict[str, object] = {name: _text(record.get(name)) for name in _TEXT}
    for name in ("suspected_fen", "verified_fen", "recovered_fen"):
        line[name] = int(record[name] or 0)
    line["standing"] = standing_of(str(record["state"]))
    return line


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def _year_lines(cases: pd.DataFrame) -> list[dict[str, object]]:
    lines: list[dict[str, object]] = []
    for record in cases.to_dict("records"):
        by_year = record["verified_by_year"] or {}
        lines += [
            {"finding_id": record["finding_id"], "year": int(year), "verified_fen": int(fen)}
            for year, fen in by_year.items()
        ]
        rest = int(record["verified_fen"] or 0) - sum(int(fen) for fen in by_year.values())
        if rest:
            lines.append({"finding_id": record["finding_id"], "year": None, "verified_fen": rest})
    return lines

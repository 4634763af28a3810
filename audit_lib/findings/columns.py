"""Columns of the four tables this stage writes, with their SQL types."""

from __future__ import annotations

import pyarrow as pa

FINDING_COLUMNS = {
    "finding_id": "VARCHAR", "rule_id": "VARCHAR", "rule_title": "VARCHAR", "rule_version": "VARCHAR",
    "family": "VARCHAR", "problem": "VARCHAR", "kind": "VARCHAR", "severity": "VARCHAR", "track": "VARCHAR",
    "person_id": "VARCHAR", "name_masked": "VARCHAR", "id_masked": "VARCHAR", "town_id": "VARCHAR",
    "village_id": "VARCHAR", "household_no": "VARCHAR", "item_id": "VARCHAR", "matter": "VARCHAR",
    "first_month": "INTEGER", "last_month": "INTEGER", "months": "INTEGER", "amount_fen": "BIGINT",
    "tier": "VARCHAR", "score": "DOUBLE", "owner": "VARCHAR", "office": "VARCHAR", "statement": "VARCHAR",
}  # fmt: skip
FINDING_LINE_COLUMNS = {
    "finding_id": "VARCHAR", "item_id": "VARCHAR", "month": "INTEGER", "year": "INTEGER",
    "payment_row": "BIGINT", "amount_fen": "BIGINT",
}  # fmt: skip
EVIDENCE_COLUMNS = {
    "finding_id": "VARCHAR", "table_name": "VARCHAR", "origin": "BIGINT", "file": "VARCHAR", "sheet": "VARCHAR",
    "row": "BIGINT",
}  # fmt: skip
COVERAGE_COLUMNS = {
    "rule_id": "VARCHAR", "title": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR", "rows_checked": "BIGINT",
    "rows_unable": "BIGINT", "findings": "BIGINT", "seconds": "DOUBLE",
}  # fmt: skip

TOWN_COVERAGE_COLUMNS = {
    "rule_id": "VARCHAR", "town_id": "VARCHAR", "status": "VARCHAR", "reason": "VARCHAR", "registers": "VARCHAR",
    "rows_checked": "BIGINT", "rows_unable": "BIGINT", "findings": "BIGINT",
}  # fmt: skip

_ARROW = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(),
    "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
}  # fmt: skip


def schema(columns: dict[str, str]) -> pa.Schema:
    """Arrow schema of columns given by SQL type."""
    return pa.schema([(name, _ARROW[kind]) for name, kind in columns.items()])

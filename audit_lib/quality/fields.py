"""How far every column of every delivered sheet is filled, and the latest day that stands in it."""

from __future__ import annotations

from pathlib import Path
from typing import Any, get_args

import pyarrow as pa
import pyarrow.parquet as pq
from sqlglot import exp

from audit_lib.engine import Engine
from audit_lib.idnum import Status
from audit_lib.tables import ROWS_PER_SHEET, TABLES, Column, Table

FIELD_COLUMNS = pa.schema(
    [
        ("table_name", pa.string()), ("sheet_no", pa.int64()), ("register", pa.string()), ("column_name", pa.string()),
        ("rows", pa.int64()), ("filled", pa.int64()), ("latest_on", pa.date32()),
    ]
)  # fmt: skip
#: days on which something ends by plan: they lie in the future and say nothing about how fresh a list is
_PLANNED = {"ended_on"}


def measure_fields(engine: Engine, tables: Path) -> pa.Table:
    """Count filled cells.

    Args:
        engine: an engine in which delivered tables are registered as ``delivered_<table>`` by this function.
        tables: folder of the sources stage.

    Returns:
        One line per sheet and column. ``id`` counts written numbers, ``id:<status>`` those of a status of
        ``idnum.status``; ``village`` counts rows whose village is in the area list.
    """
    lines: list[dict[str, Any]] = []
    for name, table in TABLES.items():
        path = tables / f"{name}.parquet"
        if not path.is_file():
            continue
        engine.register(f"delivered_{name}", path)
        stored = set(pq.read_schema(path).names)
        for row in engine.query(_question(table, stored)).to_pylist():
            lines += _lines(table, row)
    return pa.Table.from_pylist(lines, schema=FIELD_COLUMNS)


def stored_name(column: Column) -> str:
    """The stored column that says whether a cell was read."""
    special = {"id": "id_status", "place": "town_id", "item": "item_id", "period": f"{column.name}_from"}
    return special.get(column.type) or next(iter(column.stored()))


def _question(table: Table, stored: set[str]) -> str:
    asked: list[exp.Expr] = [
        exp.alias_(_sheet(table), "sheet_no"),
        exp.alias_(exp.Count(this=exp.Star()), "rows"),
    ]
    if "register" in stored:
        asked.append(exp.alias_(exp.Min(this=exp.column("register", quoted=True)), "register"))
    for column in table.columns:
        name = stored_name(column)
        if name not in stored:
            continue
        if column.type == "id":
            written = exp.column(name).neq("empty")
            asked.append(exp.alias_(exp.func("count_if", written), "filled id", quoted=True))
            for status in get_args(Status):
                found = exp.column(name).eq(status)
                asked.append(exp.alias_(exp.func("count_if", found), f"filled id:{status}", quoted=True))
            continue
        counted = exp.Count(this=exp.column(name, quoted=True))
        asked.append(exp.alias_(counted, f"filled {column.name}", quoted=True))
        if column.type == "date" and column.name not in _PLANNED:
            latest = exp.Max(this=exp.column(name, quoted=True))
            asked.append(exp.alias_(latest, f"latest {column.name}", quoted=True))
        if column.type == "place" and "village_id" in stored:
            villages = exp.Count(this=exp.column("village_id"))
            asked.append(exp.alias_(villages, "filled village", quoted=True))
    query = exp.select(*asked).from_(f"delivered_{table.name}").group_by(exp.Literal.number(1))
    return query.sql(dialect="duckdb")


def _lines(table: Table, row: dict[str, Any]) -> list[dict[str, Any]]:
    about = {"table_name": table.name, "sheet_no": row["sheet_no"], "register": row.get("register"),
             "rows": row["rows"]}  # fmt: skip
    return [
        about | {"column_name": name, "filled": filled or 0, "latest_on": row.get(f"latest {name}")}
        for key, filled in row.items()
        if key.startswith("filled ") and (name := key.removeprefix("filled "))
    ]


def _sheet(table: Table) -> exp.Expr:
    """The number of a row's sheet."""
    number = exp.func("floor", exp.column(table.row_column) / exp.Literal.number(ROWS_PER_SHEET))
    return exp.cast(number, "bigint")

"""The stage 对账与数据质量: from finished tables to what ties, what is missing, and how good it is."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_lib.engine import DuckDbEngine
from audit_lib.findings.session import register_all
from audit_lib.params import Project
from audit_lib.quality.damaged_ids import damaged_ids
from audit_lib.quality.lost_rows import read_lost_rows
from audit_lib.tables import (
    FILE_REGISTER_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    ROWS_PER_SHEET,
    SET_ASIDE_COLUMNS,
    TABLES,
)
from audit_lib.views import define

SQL = Path(__file__).parent / "sql"


def sql_text(name: str) -> str:
    """One of this stage's queries."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def measure(project: Project, tables: Path, people: Path, out: Path) -> None:
    """Compare and measure everything delivered; write the results as Parquet.

    Args:
        project: parameters.
        tables: folder of the sources stage.
        people: folder of the identity stage.
        out: an existing folder for the results.

    Raises:
        AssertionError: a delivered row is not accounted for — a bug, never the data's fault.
    """
    with DuckDbEngine(project.settings.memory_gib, spill=out / "spill") as engine:
        register_all(engine, project, tables, people)
        for name, columns in (
            ("file_register", FILE_REGISTER_COLUMNS), ("set_aside", SET_ASIDE_COLUMNS),
            ("printed_total", PRINTED_TOTAL_COLUMNS),
        ):  # fmt: skip
            path = tables / f"{name}.parquet"
            engine.register(name, path) if path.is_file() else engine.register(name, _empty(columns))
        engine.register("lost", read_lost_rows(project, tables))
        engine.register("row_count", count_rows(tables))
        _tie_out(engine, project, out)
    (out / "spill").rmdir()
    damaged_ids(tables, out, project.settings.memory_gib)


def _tie_out(engine: DuckDbEngine, project: Project, out: Path) -> None:
    first, last = project.audit_months
    bounds = {"audit_from": first, "audit_to": last}
    define(engine, ["void_payment"], set())
    for name in ("money", "lost_money", "control_cell", "control", "printed", "bank_line", "bank"):
        engine.materialise(name, sql_text(name), bounds)
    engine.write(sql_text("tie_out"), out / "tie_out.parquet", bounds)
    engine.write(sql_text("file_account"), out / "file_account.parquet")
    check_accounts(pq.read_table(out / "file_account.parquet").to_pylist())


def check_accounts(accounts: list[dict[str, object]]) -> None:
    """Every delivered row is kept, set aside or a total, in the files as written.

    Raises:
        AssertionError: names the first file that does not add up.
    """
    for line in accounts:
        whole = line["kept_found"] == line["kept"] and line["set_aside_found"] == line["set_aside"]
        if not whole or line["unaccounted"]:
            raise AssertionError(f"{line['file']}: rows are not accounted for: {line}")


def count_rows(tables: Path) -> pa.Table:
    """Rows per sheet as they stand in the canonical tables: ``sheet_no``, ``rows_found``."""
    parts = [pa.table({"sheet_no": pa.array([], pa.int64()), "rows_found": pa.array([], pa.int64())})]
    for name, table in TABLES.items():
        path = tables / f"{name}.parquet"
        if path.is_file():
            origins = pq.read_table(path, columns=[table.row_column]).column(0)
            counted = pc.value_counts(pc.divide(origins, ROWS_PER_SHEET))
            parts.append(
                pa.table({"sheet_no": counted.field("values"), "rows_found": counted.field("counts")})
            )
    return pa.concat_tables(parts)


def _empty(columns: dict[str, str]) -> pa.Table:
    from audit_lib.findings.columns import schema

    return schema(columns).empty_table()

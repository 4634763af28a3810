"""The stage 对账与数据质量: from finished tables to what ties, what is missing, and how good it is."""

from __future__ import annotations

import shutil
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_lib.engine import DuckDbEngine
from audit_lib.findings.columns import schema
from audit_lib.findings.session import register_all
from audit_lib.params import Project
from audit_lib.quality.damaged_ids import damaged_ids
from audit_lib.quality.datasets import Dataset, dataset_of, list_datasets
from audit_lib.quality.fields import measure_fields
from audit_lib.quality.lost_rows import read_lost_rows
from audit_lib.quality.needs import NEED_COLUMNS, list_needs
from audit_lib.quality.scorecard import SCORE_COLUMNS, score_departments
from audit_lib.sources.unmapped import UNMAPPED_SCHEMA, unmapped_places
from audit_lib.tables import (
    CELL_CHANGE_COLUMNS,
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
    """Compare and measure everything delivered; write the results as Parquet (``docs/quality.md`` lists them).

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
            ("file_register", FILE_REGISTER_COLUMNS | _SPLIT), ("set_aside", SET_ASIDE_COLUMNS),
            ("printed_total", PRINTED_TOTAL_COLUMNS), ("cell_change", CELL_CHANGE_COLUMNS),
        ):  # fmt: skip
            path = tables / f"{name}.parquet"
            engine.register(name, _whole(path, columns))
        engine.register("lost", read_lost_rows(project, tables))
        engine.register("row_count", count_rows(tables))
        engine.register("field", measure_fields(engine, tables))
        first, last = project.audit_months
        bounds = {"audit_from": first, "audit_to": last}
        define(engine, ["void_payment"], set())
        for name in _STEPS:
            engine.materialise(name, sql_text(name), bounds)
        for name in _RESULTS:
            engine.write(sql_text(name), out / f"{name}.parquet", bounds)
        check_accounts(pq.read_table(out / "file_account.parquet").to_pylist())
        spellings = UNMAPPED_SCHEMA.empty_table()
        if (tables / "cell_change.parquet").is_file():
            spellings = unmapped_places(tables, project.towns)
        pq.write_table(spellings, out / "unmapped_village.parquet")
        _departments(project, engine, out)
    shutil.rmtree(out / "spill", ignore_errors=True)
    damaged_ids(tables, out, project.settings.memory_gib)


def _whole(path: Path, columns: dict[str, str]) -> pa.Table:
    """A side table with the columns of today's contract; what an older delivery lacks is empty."""
    wanted = schema(columns)
    if not path.is_file():
        return wanted.empty_table()
    found = pq.read_table(path)
    for column in wanted:
        if column.name not in found.schema.names:
            found = found.append_column(column, pa.nulls(found.num_rows, column.type))
    return found


#: records beyond one per delivered row (a family's row becomes its members): counted apart
_SPLIT = {"split": "BIGINT"}
#: kept for the session, each from those before it
_STEPS = ("money", "lost_money", "control_cell", "control", "printed", "bank_line", "bank")
#: written, each a table of the stage
_RESULTS = (
    "tie_out", "file_account", "arrival", "register_town", "repeated", "reasons", "cell_flags", "sheet_field",
)  # fmt: skip


def _departments(project: Project, engine: DuckDbEngine, out: Path) -> None:
    """What departments are asked for, what came of it, and how good it is."""
    datasets = list_datasets(project)
    items: dict[int, set[str]] = defaultdict(set)
    for row in engine.query(sql_text("sheet_item")).to_pylist():
        items[row["sheet_no"]].add(row["item_id"])
    fields: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for row in pq.read_table(out / "sheet_field.parquet").to_pylist():
        fields[row["sheet_no"]].append(row)
    sheets: dict[Dataset, list[dict[str, Any]]] = defaultdict(list)
    received: dict[Dataset, list[dict[str, Any]]] = defaultdict(list)
    for sheet in engine.query(sql_text("sheets")).to_pylist():
        own = fields[sheet["sheet_no"]]
        register = own[0]["register"] if own else None
        dataset = dataset_of(datasets, sheet, items[sheet["sheet_no"]], register, project)
        if dataset is not None:
            sheets[dataset].append(sheet)
            received[dataset] += own
    needs = list_needs(project, datasets, received)
    pq.write_table(pa.Table.from_pylist(needs, schema=NEED_COLUMNS), out / "need.parquet")
    ties, arrivals = (pq.read_table(out / f"{name}.parquet").to_pylist() for name in ("tie_out", "arrival"))
    scores = score_departments(project, needs, sheets, ties, arrivals)
    pq.write_table(pa.Table.from_pylist(scores, schema=SCORE_COLUMNS), out / "scorecard.parquet")


def check_accounts(accounts: list[dict[str, Any]]) -> None:
    """Every delivered row is kept, set aside or a total, in the files as written.

    Raises:
        AssertionError: names the first file that does not add up.
    """
    for line in accounts:
        # a further person of a row is kept or set aside like any other, and counted in split either way
        found, counted = line["kept_found"] + line["set_aside_found"], line["kept"] + line["set_aside"]
        whole = found == counted + line["split"] and line["set_aside_found"] >= line["set_aside"]
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

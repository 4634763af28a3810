"""The finished stages a report is made from, opened as one set of SQL tables."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from audit_lib.engine import DuckDbEngine
from audit_lib.errors import ReportError
from audit_lib.findings.columns import (
    COVERAGE_COLUMNS,
    EVIDENCE_COLUMNS,
    FINDING_COLUMNS,
    FINDING_LINE_COLUMNS,
    TOWN_COVERAGE_COLUMNS,
    schema,
)
from audit_lib.params import Project
from audit_lib.tables import (
    FILE_REGISTER_COLUMNS,
    PERSON_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    SET_ASIDE_COLUMNS,
    SHEET_COLUMNS,
    TABLES,
)

SQL = Path(__file__).parent / "sql"


@dataclass(frozen=True)
class Stages:
    """Where the finished stages of one run are.

    Args:
        project: the parameters the run was made with.
        tables: folder of the canonical tables as delivered.
        people: folder of persons, links and ``linked/`` tables.
        findings: folder of findings, lines, evidence and coverage.
        quality: folder of tie-outs and measures of data quality.
        ledger_url: the ledger's database.
        run_id: name of this state of data, parameters and rules.
    """

    project: Project
    tables: Path
    people: Path
    findings: Path
    quality: Path
    ledger_url: str
    run_id: str


_pinned: list[Stages] = []


def pin_stages(stages: Stages) -> None:
    """Make this process report on exactly these stages, whatever changes on disk meanwhile.

    A page is made in a process of its own, by a notebook that opens the project anew; without the pin
    it would bring stages up to date itself when a file changed during the run.
    """
    _pinned[:] = [stages]


def pinned_stages(project: Project) -> Stages | None:
    """The stages this process was pinned to, when they are of this project."""
    return next((stages for stages in _pinned if stages.project.folder == project.folder), None)


def sql_text(name: str) -> str:
    """The statement in ``report/sql/<name>.sql``."""
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def empty_table(columns: dict[str, str]) -> pa.Table:
    """A table with these columns (name → SQL type) and no rows."""
    return schema(columns).empty_table()


def open_stages(stages: Stages) -> DuckDbEngine:
    """All tables of the finished stages in one engine; close it, or use it in a ``with`` block.

    A table that nobody delivered is there with no rows. ``item``, ``village`` and ``scope`` hold
    the parameters.

    Raises:
        ReportError: a stage is not finished.
    """
    engine = DuckDbEngine(stages.project.settings.memory_gib, spill=stages.project.work / "spill")
    try:
        for name, table in TABLES.items():
            _register(engine, name, stages.people / "linked" / f"{name}.parquet", table.linked())
        _register(engine, "person", stages.people / "person.parquet", PERSON_COLUMNS)
        for name, columns in (
            ("sheet", SHEET_COLUMNS), ("file_register", FILE_REGISTER_COLUMNS), ("set_aside", SET_ASIDE_COLUMNS),
            ("printed_total", PRINTED_TOTAL_COLUMNS),
        ):  # fmt: skip
            _register(engine, name, stages.tables / f"{name}.parquet", columns)
        for name, columns in (
            ("finding", FINDING_COLUMNS), ("finding_line", FINDING_LINE_COLUMNS),
            ("evidence", EVIDENCE_COLUMNS), ("coverage", COVERAGE_COLUMNS),
        ):  # fmt: skip
            _register(engine, name, stages.findings / f"{name}.parquet", columns, needed=True)
        _register(
            engine, "town_coverage", stages.findings / "town_coverage.parquet", TOWN_COVERAGE_COLUMNS
        )
        _register_parameters(engine, stages.project)
    except BaseException as error:
        engine.close()
        if isinstance(error, duckdb.Error):
            raise ReportError(
                f"阶段结果读不出来：{error}", str(stages.findings.parent), "删除该目录后重新运行 ybt run"
            ) from error
        raise
    return engine


def _register(
    engine: DuckDbEngine, name: str, path: Path, columns: dict[str, str], *, needed: bool = False
) -> None:
    if path.is_file():
        engine.register(name, path)
        return
    if needed:
        raise ReportError("筛疑阶段没有完成", str(path), "重新运行 ybt run")
    engine.register(name, empty_table(columns))


def _register_parameters(engine: DuckDbEngine, project: Project) -> None:
    items = {
        "item_id": [item.item_id for item in project.items],
        "item_name": [item.name for item in project.items],
        "level": [item.level for item in project.items],
        "in_system": [item.in_system for item in project.items],
        "must_in_system": [item.must_in_system for item in project.items],
        "dept": [item.dept for item in project.items],
        "office": [item.office for item in project.items],
        "position": list(range(len(project.items))),
    }
    villages = [(town, village) for town in project.towns for village in town.villages]
    places = {
        "town_id": [town.town_id for town, _ in villages],
        "town": [town.name for town, _ in villages],
        "village_id": [village.village_id for _, village in villages],
        "village": [village.name for _, village in villages],
        "position": list(range(len(villages))),
    }
    engine.register("item", pa.table(items))
    engine.register("village", pa.table(places))
    engine.register("scope", pa.table({"year": pa.array(project.settings.years, pa.int32())}))

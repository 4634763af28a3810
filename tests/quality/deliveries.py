"""Small deliveries, as the stages before would have written them, and what this stage makes of them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.params import load_project
from audit_lib.quality.make import measure
from audit_lib.tables import (
    FILE_REGISTER_COLUMNS,
    PERSON_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    SET_ASIDE_COLUMNS,
    SHEET_COLUMNS,
    TABLES,
)
from tests.report.fixtures import LINGANG, Row, write_stage

MARCH_2017 = 2017 * 12 + 2
SYSTEM, CONTROL, BANK = 1, 2, 3
SHEETS = {SYSTEM: ("发放/系统.csv", "payment"), CONTROL: ("对账/汇总表.xlsx", "control_total"),
          BANK: ("银行/回盘.txt", "bank_return")}  # fmt: skip


def payment(row: int, fen: int, month: int = MARCH_2017, item: str = "RURAL_DIBAO", **more: Any) -> Row:
    """One successful payment of the system's list."""
    return {
        "payment_row": SYSTEM * 10_000_000 + row, "person_id": f"P{row}", "link_tier": "A", "item_id": item,
        "town_id": "pingshang", "village_id": "ps01", "service_from": month, "service_to": month, "amount_fen": fen,
        "status": "success", "channel": "system",
    } | more  # fmt: skip


def control(row: int, fen: int, year: int = 2017, item: str = "RURAL_DIBAO", town: str | None = None) -> Row:
    """One line of a department's own total."""
    return {"control_total_row": CONTROL * 10_000_000 + row, "item_id": item, "town_id": town, "year": year,
            "amount_fen": fen}  # fmt: skip


def answer(row: int, pay_no: str | None, fen: int, status: str = "交易成功", **more: Any) -> Row:
    """One line of the bank's reply."""
    return {"bank_return_row": BANK * 10_000_000 + row, "pay_no": pay_no, "amount_fen": fen,
            "return_status": status} | more  # fmt: skip


def aside(row: int, record: dict[str, str], reason: str = "所属期无法识别") -> Row:
    """One row of the system's list that was set aside."""
    return {"origin": SYSTEM * 10_000_000 + row, "table_name": "payment", "reason": reason, "column_name": "",
            "cell": "", "record": json.dumps(record, ensure_ascii=False)}  # fmt: skip


def deliver(root: Path, **tables: list[Row]) -> Path:
    """Write the stages of a project under ``root`` whose tables have these rows; the project's folder."""
    folder = root / "params" / "lingang"
    if not folder.exists():
        shutil.copytree(LINGANG, folder)
    work = load_project(folder).work
    special = {"set_aside": SET_ASIDE_COLUMNS, "printed_total": PRINTED_TOTAL_COLUMNS, "sheet": SHEET_COLUMNS,
               "file_register": FILE_REGISTER_COLUMNS}  # fmt: skip
    canonical = {name: rows for name, rows in tables.items() if name in TABLES}
    sheets = tables.pop("sheet", None) or [_sheet(number, tables) for number in SHEETS]
    register = tables.pop("file_register", None) or [
        {name: sheet[name] for name in ("file", "table_name", "delivered", "kept", "set_aside", "totals")}
        | {"decision": "采用", "reason": "", "sheets": 1}
        for sheet in sheets
    ]
    extras = {"sheet": sheets, "file_register": register} | {
        name: tables.get(name, []) for name in ("set_aside", "printed_total")
    }
    shutil.rmtree(work, ignore_errors=True)
    write_stage(work / "tables", {name: (rows, special[name]) for name, rows in extras.items()})
    write_stage(
        work / "tables",
        {name: (rows, TABLES[name].stored()) for name, rows in map(_delivered, canonical.items())},
    )
    write_stage(
        work / "people", {f"linked/{name}": (rows, TABLES[name].linked()) for name, rows in canonical.items()}
    )
    write_stage(work / "people", {"person": ([], PERSON_COLUMNS)})
    return folder


def _delivered(named: tuple[str, list[Row]]) -> tuple[str, list[Row]]:
    name, rows = named
    known = TABLES[name].stored()
    return name, [{key: value for key, value in row.items() if key in known} for row in rows]


def _sheet(number: int, tables: dict[str, list[Row]]) -> Row:
    file, table = SHEETS[number]
    kept = sum(row[f"{table}_row"] // 10_000_000 == number for row in tables.get(table, []))
    lost = sum(row["origin"] // 10_000_000 == number for row in tables.get("set_aside", []))
    totals = sum(row["origin"] // 10_000_000 == number for row in tables.get("printed_total", []))
    return {"sheet_no": number, "file": file, "sheet": "", "table_name": table, "header_row": 1, "title": "",
            "delivered": kept + lost + totals, "kept": kept, "set_aside": lost, "totals": totals}  # fmt: skip


def measured(root: Path, table: str, **tables: list[Row]) -> list[dict[str, Any]]:
    """Rows of one of the stage's tables for a delivery of these rows."""
    project = load_project(deliver(root, **tables))
    out = project.work / "quality"
    out.mkdir()
    measure(project, project.work / "tables", project.work / "people", out)
    return list(pq.read_table(out / f"{table}.parquet").to_pylist())


def bridge(tie: dict[str, Any]) -> dict[str, int]:
    """The bridge lines of a tie that are not nothing."""
    names = ("failed", "reversed", "other_year", "outside", "set_aside", "unmapped")
    return {name: tie[f"{name}_fen"] for name in names if tie[f"{name}_fen"]}

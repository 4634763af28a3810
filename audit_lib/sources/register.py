"""Entries of all files → the canonical tables and the register of what was delivered."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_lib.sources.convert import ROW
from audit_lib.sources.entries import SHEET, Entry, arrow_schema
from audit_lib.sources.row_groups import RowGroups
from audit_lib.tables import (
    CELL_CHANGE_COLUMNS,
    CELL_FLAG_COLUMNS,
    FILE_REGISTER_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    ROWS_PER_SHEET,
    SET_ASIDE_COLUMNS,
    SHEET_COLUMNS,
    TABLES,
)  # fmt: skip

ACCEPTED, UNMAPPED, SKIPPED, REJECTED = "采用", "需要映射", "不采用", "拒收"


@dataclass(frozen=True)
class Delivered:
    """One file under the raw folder and what was decided about it."""

    name: str
    size: int
    sha256: str
    decision: str
    reason: str = ""
    table: str | None = None
    entry: Entry | None = None


@dataclass(frozen=True)
class _Numbered:
    """An entry with the numbers of its sheets."""

    table: str
    entry: Entry
    first_sheet: int


def write_tables(files: list[Delivered], out: Path) -> None:
    """Write every table into ``out``. Sheets are numbered from 1, by path and then by their order."""
    sheets: list[dict[str, Any]] = []
    register: list[dict[str, Any]] = []
    numbered: list[_Numbered] = []
    for file in files:
        line: dict[str, Any] = {
            "file": file.name, "size": file.size, "sha256": file.sha256, "table_name": file.table,
            "decision": file.decision, "reason": file.reason, "sheets": 0, "delivered": 0, "kept": 0,
            "set_aside": 0, "totals": 0, "split": 0,
        }  # fmt: skip
        if file.entry is not None and file.table is not None:
            account = file.entry.account()
            numbered.append(_Numbered(file.table, file.entry, len(sheets) + 1))
            for sheet in account["sheets"]:
                sheets.append(
                    {"sheet_no": len(sheets) + 1, "file": file.name, "table_name": file.table, **sheet}
                )
                for count in ("delivered", "kept", "set_aside", "totals", "split"):
                    line[count] += sheet[count]
            notes = ";".join(dict.fromkeys([*([file.reason] if file.reason else []), *account["notes"]]))
            line |= {
                "format": account["format"], "encoding": account["encoding"] or None, "reason": notes,
                "sheets": len(account["sheets"]),
            }  # fmt: skip
            if line["kept"] + line["set_aside"] + line["totals"] != line["delivered"]:
                raise AssertionError(f"{file.name}: rows are not accounted for: {line}")
        register.append(line)
    _write(out / "sheet.parquet", sheets, SHEET_COLUMNS)
    _write(out / "file_register.parquet", register, FILE_REGISTER_COLUMNS)
    for table in TABLES.values():
        entries = [n for n in numbered if n.table == table.name]
        if entries:
            _combine(out / f"{table.name}.parquet", entries, "rows", table.row_column, table.stored())
    _combine(out / "set_aside.parquet", numbered, "set_aside", "origin", SET_ASIDE_COLUMNS)
    _combine(out / "cell_change.parquet", numbered, "changes", "origin", CELL_CHANGE_COLUMNS)
    _combine(out / "cell_flag.parquet", numbered, "flags", "origin", CELL_FLAG_COLUMNS)
    _combine(out / "printed_total.parquet", numbered, "printed", "origin", PRINTED_TOTAL_COLUMNS)


def _write(path: Path, lines: list[dict[str, Any]], columns: dict[str, str]) -> None:
    pq.write_table(pa.Table.from_pylist(lines, arrow_schema(columns)), path, compression="zstd")


def _combine(path: Path, entries: list[_Numbered], part: str, origin: str, columns: dict[str, str]) -> None:
    """Put the parts of all entries one after the other, with origins instead of sheet and row."""
    groups = RowGroups(path, arrow_schema(columns), "zstd")
    for numbered in entries:
        source = pq.ParquetFile(getattr(numbered.entry, part))
        for index in range(source.num_row_groups):
            rows = source.read_row_group(index)
            sheet_no = pc.add(pc.cast(rows.column(SHEET), pa.int64()), numbered.first_sheet)
            origins = pc.add(pc.multiply(sheet_no, ROWS_PER_SHEET), rows.column(ROW))
            rows = rows.drop_columns([SHEET, ROW]).append_column(origin, origins)
            if "table_name" in columns:
                names = pa.array(np.full(rows.num_rows, numbered.table, dtype=object), pa.string())
                rows = rows.append_column("table_name", names)
            groups.add(rows)
    groups.close()

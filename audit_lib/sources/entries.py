"""What reading one file left behind: a folder in the cache, complete or not there at all."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.sources.columns import ARROW
from audit_lib.sources.convert import ROW
from audit_lib.sources.files import FileAccount, SheetAccount
from audit_lib.sources.flags import Memory
from audit_lib.sources.row_groups import RowGroups
from audit_lib.tables import (
    CELL_CHANGE_COLUMNS,
    CELL_FLAG_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    SET_ASIDE_COLUMNS,
    Table,
)

#: number of the sheet inside its file, the first is 0
SHEET = "sheet"
_ROWS, _SET_ASIDE, _PRINTED, _ACCOUNT = "rows.parquet", "set_aside.parquet", "printed.parquet", "account.json"
_CHANGES, _FLAGS = "changes.parquet", "flags.parquet"


def arrow_schema(columns: dict[str, str]) -> pa.Schema:
    """SQL types of ``audit_lib.tables`` as an Arrow schema."""
    return pa.schema([(name, ARROW[sql]) for name, sql in columns.items()])


def rows_schema(table: Table) -> pa.Schema:
    """Rows of a file before its sheets have numbers."""
    stored = {name: sql for name, sql in table.stored().items() if name != table.row_column}
    return arrow_schema({SHEET: "INTEGER", ROW: "BIGINT"} | stored)


def _side_schema(columns: dict[str, str]) -> pa.Schema:
    rest = {name: sql for name, sql in columns.items() if name not in ("origin", "table_name")}
    return arrow_schema({SHEET: "INTEGER", ROW: "BIGINT"} | rest)


SET_ASIDE_SCHEMA = _side_schema(SET_ASIDE_COLUMNS)
PRINTED_SCHEMA = _side_schema(PRINTED_TOTAL_COLUMNS)
CHANGES_SCHEMA = _side_schema(CELL_CHANGE_COLUMNS)
FLAGS_SCHEMA = _side_schema(CELL_FLAG_COLUMNS)


@dataclass(frozen=True)
class Entry:
    """A finished entry of the cache."""

    folder: Path

    @property
    def rows(self) -> Path:
        """Converted rows."""
        return self.folder / _ROWS

    @property
    def set_aside(self) -> Path:
        """Rows set aside."""
        return self.folder / _SET_ASIDE

    @property
    def printed(self) -> Path:
        """Printed totals."""
        return self.folder / _PRINTED

    @property
    def changes(self) -> Path:
        """Cells that cleaning changed, distinct per sheet and column."""
        return self.folder / _CHANGES

    @property
    def flags(self) -> Path:
        """Single cells with a notable mark."""
        return self.folder / _FLAGS

    def account(self) -> dict[str, Any]:
        """Format, encoding, notes and one record per sheet."""
        loaded: dict[str, Any] = json.loads((self.folder / _ACCOUNT).read_text(encoding="utf-8"))
        return loaded

    def exists(self) -> bool:
        """Whether the entry is there (then it is whole)."""
        return (self.folder / _ACCOUNT).is_file()


def write_entry(entry: Entry, table: Table, sheets: Iterable[SheetAccount], account: FileAccount) -> None:
    """Write an entry while its sheets are being read; nothing is left when reading fails."""
    partial = entry.folder.with_name(f"{entry.folder.name}.partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    set_aside: list[dict[str, Any]] = []
    printed: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    groups = RowGroups(partial / _ROWS, rows_schema(table), "none", passing=True)
    changes = RowGroups(partial / _CHANGES, CHANGES_SCHEMA, "snappy")
    flags = RowGroups(partial / _FLAGS, FLAGS_SCHEMA, "snappy")

    def write_rows(rows: pa.Table) -> None:
        number = pa.array(np.full(rows.num_rows, len(records), dtype=np.int32))
        groups.add(rows.append_column(SHEET, number))

    account.outlet = write_rows
    try:
        for index, sheet in enumerate(sheets):
            converted = sheet.converted
            write_rows(converted.rows)
            set_aside += [{SHEET: index, **_renamed(asdict(row))} for row in converted.set_aside]
            printed += [{SHEET: index, **asdict(total)} for total in converted.printed]
            records.append(_record(sheet))
            _add_memory(index, converted.memory, changes, flags)
    except BaseException:
        for open_file in (groups, changes, flags):
            open_file.close()
        shutil.rmtree(partial, ignore_errors=True)
        raise
    for open_file in (groups, changes, flags):
        open_file.close()
    pq.write_table(pa.Table.from_pylist(set_aside, SET_ASIDE_SCHEMA), partial / _SET_ASIDE)
    pq.write_table(pa.Table.from_pylist(printed, PRINTED_SCHEMA), partial / _PRINTED)
    about = {
        "format": account.format,
        "encoding": account.encoding,
        "notes": account.notes,
        "sheets": records,
    }
    (partial / _ACCOUNT).write_text(json.dumps(about, ensure_ascii=False), encoding="utf-8")
    shutil.rmtree(entry.folder, ignore_errors=True)
    os.replace(partial, entry.folder)


def _add_memory(sheet: int, memory: Memory, changes: RowGroups, flags: RowGroups) -> None:
    for groups, lines in ((changes, memory.changes), (flags, memory.flags)):
        groups.add(lines.append_column(SHEET, pa.array([sheet] * lines.num_rows, pa.int32())))


def _renamed(row: dict[str, Any]) -> dict[str, Any]:
    return {("column_name" if name == "column" else name): value for name, value in row.items()}


def _record(sheet: SheetAccount) -> dict[str, Any]:
    converted = sheet.converted
    return {
        "sheet": sheet.sheet, "header_row": sheet.header_row, "title": sheet.title,
        "delivered": converted.delivered, "kept": converted.kept,
        "set_aside": converted.aside, "totals": converted.totals, "split": converted.split,
    }  # fmt: skip

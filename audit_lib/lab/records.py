"""Delivered rows as people read them: caption → text, with file, sheet and row."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib import idnum
from audit_lib.ledger.masks import mask_account, mask_phone, mask_text
from audit_lib.money import format_yuan
from audit_lib.params import Project
from audit_lib.report.grids import month_text
from audit_lib.report.stages import Stages
from audit_lib.tables import TABLES, Column, locate

Row = dict[str, Any]

#: columns that say who somebody is: what departments are compared by, in this order
IDENTITY = ("name", "id", "sex", "birth_on", "place", "household_no", "phone", "account_no", "account_name")
_HIDE = {"id": idnum.mask, "account_no": mask_account, "replaced_by": mask_account, "phone": mask_phone}


@dataclass(frozen=True)
class Record:
    """One delivered row: table, place, and its cells by column name (full text, nothing masked)."""

    table: str
    origin: int
    place: str
    cells: Mapping[str, str]
    tier: str = ""
    reason: str = ""

    @property
    def caption(self) -> str:
        """Chinese name of the table."""
        return TABLES[self.table].caption


def hidden(column: str, text: str) -> str:
    """A cell's text with the numbers in it masked, by its column and by what it looks like."""
    return _HIDE[column](text) if column in _HIDE and text else mask_text(text)


def column_captions(table: str) -> dict[str, str]:
    """Column name → Chinese caption, in the table's order."""
    return {column.name: column.caption for column in TABLES[table].columns}


class Files:
    """Reads rows of finished stages by origin, person or finding."""

    def __init__(self, stages: Stages) -> None:
        self.stages = stages
        self.project: Project = stages.project

    def read(self, path: Path, **mine: object) -> list[Row]:
        """Rows of a Parquet file whose columns have these values; a tuple means one of them; no file, no rows."""
        if not path.is_file():
            return []
        filters = [
            (name, "in", list(value)) if isinstance(value, tuple) else (name, "=", value)
            for name, value in mine.items()
        ]
        return list(pq.read_table(path, filters=filters or None).to_pylist())

    def linked(self, table: str, **mine: object) -> list[Row]:
        """Rows of a canonical table with ``person_id``."""
        return self.read(self.stages.people / "linked" / f"{table}.parquet", **mine)

    def findings(self, table: str, **mine: object) -> list[Row]:
        """Rows of ``finding``, ``finding_line``, ``evidence`` or ``coverage``."""
        return self.read(self.stages.findings / f"{table}.parquet", **mine)

    def people(self, table: str, **mine: object) -> list[Row]:
        """Rows of ``person``, ``link`` or ``pair``."""
        return self.read(self.stages.people / f"{table}.parquet", **mine)

    @cached_property
    def _sheets(self) -> dict[int, tuple[str, str]]:
        rows = pq.read_table(self.stages.tables / "sheet.parquet", columns=["sheet_no", "file", "sheet"])
        return {row["sheet_no"]: (row["file"], row["sheet"] or "") for row in rows.to_pylist()}

    def place(self, origin: int) -> str:
        """File, sheet and row of an origin, as one text."""
        sheet_no, row = locate(origin)
        file, sheet = self._sheets.get(sheet_no, (f"第{sheet_no}号表", ""))
        return f"{file}{f'【{sheet}】' if sheet else ''}第{row}行"

    def records(self, table: str, origins: Iterable[int]) -> list[Record]:
        """The rows as delivered, with who they were taken for, in the order of their origins."""
        wanted = tuple(sorted(set(origins)))
        if table not in TABLES or not wanted:
            return []
        column = TABLES[table].row_column
        rows = self.read(self.stages.tables / f"{table}.parquet", **{column: wanted})
        links = {row["origin"]: row for row in self.people("link", table_name=table, origin=wanted)}
        return [
            Record(
                table, row[column], self.place(row[column]), self.cells(table, row),
                str((links.get(row[column]) or {}).get("tier") or ""),
                str((links.get(row[column]) or {}).get("reason") or ""),
            )
            for row in sorted(rows, key=lambda row: int(row[column]))
        ]  # fmt: skip

    def cells(self, table: str, row: Row) -> dict[str, str]:
        """A row's cells as text by column name; empty ones are left out."""
        told = {column.name: self._text(column, row) for column in TABLES[table].columns}
        return {name: text for name, text in told.items() if text}

    def _text(self, column: Column, row: Row) -> str:
        if column.type == "id":
            return str(row.get("id_raw") or row.get("id_no") or "")
        if column.type == "place":
            return self.place_name(row.get("town_id"), row.get("village_id")) or str(
                row.get("village_raw") or ""
            )
        if column.type == "item":
            item = self.project.item_by_id.get(row.get("item_id") or "")
            return item.name if item else str(row.get("item_raw") or "")
        if column.type == "period":
            first, last = row.get(f"{column.name}_from"), row.get(f"{column.name}_to")
            return span_text(first, last)
        if column.type == "fen":
            fen = row.get(f"{column.name}_fen")
            return "" if fen is None else format_yuan(fen)
        value = row.get(column.name)
        if value is None:
            return ""
        spelt = {code: word for word, code in reversed(column.choices.items())}
        return spelt.get(value, f"{value:g}" if isinstance(value, float) else str(value))

    def place_name(self, town_id: str | None, village_id: str | None) -> str:
        """Town and village by name."""
        town = self.project.town_by_id.get(town_id or "")
        village = next((v.name for v in town.villages if v.village_id == village_id), "") if town else ""
        return f"{town.name}{village}" if town else ""

    def item_name(self, item_id: str | None) -> str:
        """A subsidy's name; ``—`` for none."""
        item = self.project.item_by_id.get(item_id or "")
        return item.name if item else "—"


def span_text(first: int | None, last: int | None) -> str:
    """A month, or the first and the last of several."""
    if first is None or last is None:
        return month_text(first) if first is not None else ""
    return month_text(first) if first == last else f"{month_text(first)}至{month_text(last)}"


def table_names(stages: Stages) -> Sequence[str]:
    """Canonical tables about people that have rows."""
    return [
        name for name, table in TABLES.items()
        if table.about_person and (stages.people / "linked" / f"{name}.parquet").is_file()
    ]  # fmt: skip


def number_of(path: Path, column: str, values: Sequence[str]) -> pa.Table:
    """Rows of a Parquet file whose text column is one of ``values``."""
    return pq.read_table(path, filters=[(column, "in", list(values))])

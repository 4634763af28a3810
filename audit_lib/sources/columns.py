"""A sheet's rows → the stored columns of its canonical table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa

from audit_lib.params import Item, SourceSpec, Town
from audit_lib.sources import readings
from audit_lib.sources.by_year import read_fens_by_year
from audit_lib.sources.cells import Cells
from audit_lib.sources.clean.dates import DateRule
from audit_lib.sources.clean.items import Items
from audit_lib.sources.clean.places import Places
from audit_lib.sources.headers import ColumnMap, Header, header_unit
from audit_lib.sources.readings import Reading
from audit_lib.sources.sheets import Body
from audit_lib.tables import Column, Table

#: Arrow types of the SQL types of ``Table.stored``
ARROW = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DOUBLE": pa.float64(), "DATE": pa.date32(),
}  # fmt: skip


@dataclass(frozen=True)
class Dictionaries:
    """What the district's parameters say about spellings."""

    items: Items
    places: Places

    @classmethod
    def of(cls, items: list[Item], towns: list[Town]) -> Dictionaries:
        """Prepare the catalogues of ``items.yml`` and ``areas.yml``."""
        return cls(Items(items), Places(towns))


@dataclass(frozen=True)
class Given:
    """What a sheet says outside its cells.

    Attributes:
        town: town named by path or title, empty when none is.
        village: village named by the sheet's name, empty when none is.
        constants: canonical column → a cell that stands for the whole column.
        year: the one year that title, sheet or file name, for months written without one.
    """

    town: str = ""
    village: str = ""
    constants: dict[str, str] = field(default_factory=dict)
    year: str = ""


@dataclass(frozen=True)
class SheetColumns:
    """Everything needed to read the columns of one sheet; the last ``made`` columns of the body are not in the file."""

    table: Table
    spec: SourceSpec
    header: Header
    columns: ColumnMap
    given: Given
    body: Body
    made: int = 0

    @property
    def delivered_width(self) -> int:
        """Number of columns that are in the file."""
        return len(self.body.columns) - self.made

    def has(self, column: Column) -> bool:
        """Whether the column is delivered or given."""
        if column.type == "place":
            return True
        if column.type == "fen_by_year":
            return bool(self.columns.by_year)
        return column.name in self.columns.at or column.name in self.given.constants

    def cells(self, column: Column) -> Cells:
        """Cells of a column; blank cells take the constant of the source when there is one."""
        constant = self.given.constants.get(column.name, "")
        position = self.columns.at.get(column.name)
        if position is None:
            return Cells.constant(constant, len(self.body))
        cells = self.at(position)
        if not constant:
            return cells
        filled = [text if text.strip() else constant for text in cells.distinct.to_pylist()]
        return replace(cells, distinct=pa.array(filled, pa.string()))

    def at(self, position: int | None) -> Cells:
        """Cells of a position in the header, blank ones when there is none."""
        if position is None or position >= len(self.body.columns):
            return Cells.constant("", len(self.body))
        return self.body.cells(position)

    def unit(self, position: int | None) -> str:
        """Unit of the amounts of a column: the source's, its header's, the title's, 元."""
        if self.spec.unit != "auto":
            return self.spec.unit
        own = header_unit(self.header.cells[position]) if position is not None else None
        return own or self.header.unit() or "元"


def read_columns(sheet: SheetColumns, known: Dictionaries) -> Iterator[tuple[Column, Reading]]:
    """Each canonical column of the sheet, read; columns nobody delivered come out NULL."""
    for column in sheet.table.columns:
        if sheet.has(column):
            yield column, _read(sheet, column, known)
        else:
            yield column, _absent(column, len(sheet.body))


def _absent(column: Column, rows: int) -> Reading:
    stored = {name: pa.nulls(rows, ARROW[sql]) for name, sql in column.stored().items()}
    blank, unreadable = np.ones(rows, dtype=np.bool_), np.zeros(rows, dtype=np.bool_)
    if column.type == "id":
        stored["id_status"] = pa.array(["empty"] * rows, pa.string())
    return Reading(stored, blank, unreadable)


def _years(sheet: SheetColumns, months: Cells) -> Cells:
    """The years of a column of months: another column's, else that of the title where there is a month."""
    if sheet.columns.year is not None or not sheet.given.year:
        return sheet.at(sheet.columns.year)
    years = [sheet.given.year if text.strip() else "" for text in months.distinct.to_pylist()]
    return replace(months, distinct=pa.array(years, pa.string()))


def _read(sheet: SheetColumns, column: Column, known: Dictionaries) -> Reading:
    match column.type:
        case "text":
            return readings.read_texts(column, sheet.cells(column), sheet.spec.values.get(column.name))
        case "name":
            return readings.read_names(column, sheet.cells(column))
        case "id":
            return readings.read_ids(sheet.cells(column))
        case "date":
            rule = DateRule(sheet.spec.short_years_to, sheet.spec.serial_dates)
            return readings.read_dates(column, sheet.cells(column), rule)
        case "number":
            return readings.read_numbers(column, sheet.cells(column))
        case "int":
            return readings.read_ints(column, sheet.cells(column))
        case "choice":
            return readings.read_choices(column, sheet.cells(column), sheet.spec.values.get(column.name))
        case "item":
            return readings.read_items(sheet.cells(column), known.items)
        case "fen":
            unit = sheet.unit(sheet.columns.at.get(column.name))
            return readings.read_fens(column, sheet.cells(column), unit)
        case "period":
            return readings.read_periods(column, sheet.cells(column), _years(sheet, sheet.cells(column)))
        case "place":
            town, village = sheet.at(sheet.columns.town), sheet.at(sheet.columns.village)
            return readings.read_places(town, village, known.places, sheet.given.town, sheet.given.village)
        case "fen_by_year":
            parts = [(year, sheet.at(i), sheet.unit(i)) for year, i in sheet.columns.by_year]
            return read_fens_by_year(column, parts)

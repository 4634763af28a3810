"""Which row is the header, and which of its cells is which canonical column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from audit_lib.sources.clean.texts import settle
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import TOWN_HEADERS, YEAR_HEADERS, Column, Table

_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_DROPPED = re.compile(r"[\s*★:、,。.．_\-/\u200b-\u200f\ufeff]+")
_YEAR = re.compile(r"(20\d\d|19\d\d)")
_UNIT = re.compile(r"(?:金额)?单位[::]?\s*(?:人民币)?\s*(万元|元|分)")
_HEADER_UNIT = re.compile(r"[(\[【〔](?:单位[::]?)?(?:人民币)?(万元|元|分)[)\]】〕]")


@lru_cache(maxsize=4096)
def normal_header(text: str) -> str:
    r"""A header without width, blanks, line breaks, asterisks and bracketed remarks; 帐 is 账.

    Example:
        >>> normal_header("*补贴金额\n(元)"), normal_header("帐 号")
        ('补贴金额', '账号')
    """
    return settle(_normal_step, text)


def _normal_step(text: str) -> str:
    written = unicodedata.normalize("NFKC", text).replace("帐", "账")
    return _DROPPED.sub("", _BRACKETED.sub("", written)) or _DROPPED.sub("", written)


@dataclass(frozen=True)
class Header:
    """A sheet's header row and what is written above it."""

    at: HeadRow
    title: str

    @property
    def cells(self) -> list[str]:
        """The header's cells as written."""
        return self.at.cells

    def unit(self) -> str | None:
        """Unit of amounts named in the title (单位:万元), None when none is named."""
        found = _UNIT.search(unicodedata.normalize("NFKC", self.title))
        return found[1] if found else None


@dataclass
class ColumnMap:
    """Which cell of the header is which canonical column."""

    at: dict[str, int] = field(default_factory=dict)
    town: int | None = None
    village: int | None = None
    year: int | None = None
    by_year: list[tuple[str, int]] = field(default_factory=list)
    unmapped: list[str] = field(default_factory=list)

    def used(self) -> set[int]:
        """Positions that some column takes."""
        single = {i for i in (self.town, self.village, self.year) if i is not None}
        return {*self.at.values(), *single, *(i for _, i in self.by_year)}


def known_headers(table: Table, overrides: Mapping[str, str]) -> set[str]:
    """Every spelling that means a column of the table."""
    spellings = {normal_header(s) for column in table.columns for s in column.headers}
    return spellings | {normal_header(s) for s in overrides}


def find_header(head: list[HeadRow], table: Table, overrides: Mapping[str, str]) -> Header | None:
    """The row with most known headers (the first of equals), None when no row has two."""
    known = known_headers(table, overrides)
    hits = [len({normal_header(cell) for cell in row.cells if cell.strip()} & known) for row in head]
    best = max(hits, default=0)
    if best < 2:
        return None
    index = hits.index(best)
    above = (cell.strip() for row in head[:index] for cell in row.cells if cell.strip())
    return Header(head[index], " ".join(dict.fromkeys(above)))


def header_unit(cell: str) -> str | None:
    """Unit in a header's brackets: 金额(万元)."""
    found = _HEADER_UNIT.search(unicodedata.normalize("NFKC", cell))
    return found[1] if found else None


def map_columns(cells: list[str], table: Table, overrides: Mapping[str, str]) -> ColumnMap:
    """Give every canonical column at most one header, and every header at most one column.

    The spelling that stands earlier in a column's list wins; the loser is left unmapped and is
    named in the register. ``overrides`` (header → column, or 镇/村 for the two halves of a place)
    go before synonyms.
    """
    normals = [normal_header(cell) if cell.strip() else "" for cell in cells]
    mapping = ColumnMap()
    _apply_overrides(mapping, normals, table, overrides)
    for column in table.columns:
        if column.type == "fen_by_year":
            continue
        if column.type == "place":
            _map_place(mapping, normals, column)
        elif column.name not in mapping.at:
            position = _first_free(normals, column.headers, mapping.used())
            if position is not None:
                mapping.at[column.name] = position
    if any(column.type == "period" for column in table.columns):
        mapping.year = _first_free(normals, YEAR_HEADERS, mapping.used())
    if any(column.type == "fen_by_year" for column in table.columns):
        mapping.by_year = [
            (found[1], i)
            for i, cell in enumerate(normals)
            if i not in mapping.used() and (found := _YEAR.search(cell))
        ]
    used = mapping.used()
    mapping.unmapped = [cells[i].strip() for i, cell in enumerate(normals) if cell and i not in used]
    return mapping


def _apply_overrides(
    mapping: ColumnMap, normals: list[str], table: Table, overrides: Mapping[str, str]
) -> None:
    names = {column.name for column in table.columns}
    for spelling, column in overrides.items():
        position = _first_free(normals, (spelling,), mapping.used())
        if position is None:
            continue
        if column == "镇":
            mapping.town = position
        elif column == "村":
            mapping.village = position
        elif column in names:
            mapping.at[column] = position


def _map_place(mapping: ColumnMap, normals: list[str], column: Column) -> None:
    towns = tuple(spelling for spelling in column.headers if spelling in TOWN_HEADERS)
    villages = tuple(spelling for spelling in column.headers if spelling not in TOWN_HEADERS)
    if mapping.town is None:
        mapping.town = _first_free(normals, towns, mapping.used())
    if mapping.village is None:
        mapping.village = _first_free(normals, villages, mapping.used())


def _first_free(normals: list[str], spellings: tuple[str, ...], used: set[int]) -> int | None:
    for spelling in spellings:
        wanted = normal_header(spelling)
        for position, cell in enumerate(normals):
            if cell == wanted and position not in used:
                return position
    return None

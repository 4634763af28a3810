"""One household over several rows: what stands once for all of its members is said for each of them.

Only what belongs to the household is ever filled down (户号, 镇, 村, the head of the household), and
only where the sheet shows that the cell was one merged cell; everything else stays blank.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import Mask
from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.headers import header_forms
from audit_lib.sources.sheets import Body

Rows = npt.NDArray[np.int64]
_RELATION = re.compile(r"(户主或)?与?(户主|申请人|家长)的?关系|家庭关系|成员关系|关系|称谓")
#: column, first and last row of a cell merged downwards
Merged = Sequence[tuple[int, int, int]]


@dataclass(frozen=True)
class Filled:
    """A sheet whose household cells stand in every row, and what was filled, in words for the register."""

    sheet: SheetColumns
    notes: list[str]


def fill_households(sheet: SheetColumns, merged: Merged, breaks: Rows) -> Filled:
    """Fill blank household cells from the row that the merged cell stands in.

    Args:
        sheet: its rows that are details.
        merged: the cells merged downwards.
        breaks: numbers of rows (合计, titles) over which nothing is carried.
    """
    body = sheet.body
    positions = _household_positions(sheet)
    if not len(body) or not positions:
        return Filled(sheet, [])
    somebody = name_somebody(sheet)
    changed: dict[int, pa.Array] = {}
    notes: list[str] = []
    for caption, position in positions.items():
        blank = body.where(position, is_blank)
        if not blank.any() or blank.all():
            continue
        column = body.columns[position]
        wanted, source = merged_sources(body, blank & somebody, blank, position, merged)
        if not wanted.any() and _is_written_once(column, blank & somebody, blank, caption, sheet):
            wanted, source = _sources(body.rows, blank, blank & somebody, breaks)
        if wanted.any():
            changed[position] = column.take(pa.array(source))
            notes.append(f"{caption}{int(wanted.sum())}行空白,按合并单元格向下补全")
    if not changed:
        return Filled(sheet, notes)
    columns = [changed.get(position, column) for position, column in enumerate(body.columns)]
    return Filled(replace(sheet, body=Body(columns, body.rows, body.odd)), notes)


def _household_positions(sheet: SheetColumns) -> dict[str, int]:
    """Caption → position of the columns that belong to a household rather than to a person."""
    found = {
        "户号": sheet.columns.at.get("household_no"),
        "镇": sheet.columns.town,
        "村": sheet.columns.village,
    }
    width = len(sheet.body.columns)
    return {caption: at for caption, at in found.items() if at is not None and at < width}


def name_somebody(sheet: SheetColumns) -> Mask:
    """Rows in which a person is named."""
    named = np.zeros(len(sheet.body), dtype=np.bool_)
    for name in ("name", "id"):
        position = sheet.columns.at.get(name)
        if position is not None and position < len(sheet.body.columns):
            named |= ~sheet.body.where(position, is_blank)
    return named


def merged_sources(body: Body, wanted: Mask, blank: Mask, position: int, merged: Merged) -> tuple[Mask, Rows]:
    """Wanted rows that a merged cell of a column covers, and for each row the row whose cell it takes.

    A merged cell that says nothing gives nothing: what is written above it is another household's.
    """
    source = np.arange(len(body))
    for column, first, last in merged:
        if column == position:
            start, end = np.searchsorted(body.rows, [first, last + 1])
            if start < end and body.rows[start] == first and not blank[start]:
                source[start:end] = start
    source = np.where(wanted, source, np.arange(len(body)))
    return source != np.arange(len(body)), source


def _is_written_once(column: pa.Array, wanted: Mask, blank: Mask, caption: str, sheet: SheetColumns) -> bool:
    """Whether a column without merged cells reads as if it had had some.

    A household number or a village is written in the first row of its block and nowhere again, most
    rows are blank, and (for a household) the written rows are those of the heads where a relation says so.
    """
    written = pc.utf8_trim_whitespace(column.filter(pa.array(~blank)))
    if blank[0] or len(pc.unique(written)) != len(written) or int(wanted.sum()) * 2 < len(blank):
        return False
    if caption != "户号":
        return int(wanted.sum()) * 2 >= len(blank)
    relation = relation_at(sheet)
    if relation is None:
        return False
    return bool((sheet.body.where(relation, are_heads) == ~blank).all())


def relation_at(sheet: SheetColumns) -> int | None:
    """Where the sheet says what a person is to the head of the household, whether or not its table keeps it."""
    found = sheet.columns.at.get("relation")
    if found is None:
        names = enumerate(header_forms(sheet.header.cells))
        found = next((i for i, forms in names if any(_RELATION.fullmatch(form) for form in forms)), None)
    return found if found is not None and found < len(sheet.body.columns) else None


def are_heads(cells: pa.Array) -> pa.Array:
    """Whether a relation is the head's own."""
    return pc.match_substring_regex(cells, r"^\s*(户主|本人|户主本人|申请人)\s*$")


def _sources(rows: Rows, blank: Mask, wanted: Mask, breaks: Rows) -> tuple[Mask, Rows]:
    """For each row the row whose cell it takes: itself, or the nearest written one above it."""
    own = np.arange(len(rows))
    above = np.maximum.accumulate(np.where(blank, -1, own))
    crossed = np.searchsorted(breaks, rows) != np.searchsorted(breaks, rows[np.maximum(above, 0)])
    fillable = wanted & (above >= 0) & ~crossed
    return fillable, np.where(fillable, above, own)


def with_column(sheet: SheetColumns, cells: pa.Array) -> tuple[SheetColumns, int]:
    """A sheet with one more column, which nobody delivered and no header names, and its position."""
    position = len(sheet.body.columns)
    named = [*sheet.header.cells[:position], *[""] * (position + 1 - len(sheet.header.cells[:position]))]
    header = replace(sheet.header, at=replace(sheet.header.at, cells=named))
    body = Body([*sheet.body.columns, cells], sheet.body.rows, sheet.body.odd)
    return replace(sheet, header=header, body=body, made=sheet.made + 1), position


def household_key(*said: str) -> str:
    """A household's number where none is delivered: the same for the same head of the household.

    Args:
        said: what tells the household from others (its head's number, else name and row).
    """
    text = "\x1f".join(said).encode()
    return "H" + hashlib.blake2b(text, digest_size=8, person=b"ybt-household").hexdigest()

"""Several tables below each other in one sheet, and headings between their rows.

One block per village with a title and a header of its own; a page header printed again and again;
a line that only says 草岭村 and means the rows below it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import Mask
from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.clean.places import Places
from audit_lib.sources.columns import Given, SheetColumns
from audit_lib.sources.footings import is_footer, is_total_label, row_cells
from audit_lib.sources.headers import ColumnMap, Header, find_header, map_columns, normal_header
from audit_lib.sources.layout_households import with_column
from audit_lib.sources.layout_widths import fit_to_header
from audit_lib.sources.sheets import Body, HeadRow, OddRow

Rows = npt.NDArray[np.int64]
#: what a block's title says: town, village, item, period
Look = Callable[[Header, ColumnMap], Given]

_TITLE_CELLS = 4
_ORDINAL = re.compile(r"^[((第]?[一二三四五六七八九十\d]{1,3}[))]?[、..\s]+")
#: an amount, or the number of a person or an account: no title has one
_VALUE = re.compile(r"^[\d,.\-¥￥]+$|\d{11}|\*{3}")
_CONTEXT = 3
_MOST_BLOCKS = 2_000
#: from here on, rows are narrowed down column by column before they are looked at one by one
_MANY = 5_000


@dataclass(frozen=True)
class Block:
    """Rows under one header.

    Attributes:
        sheet: header, columns and rows.
        passed: rows that are titles, headers or headings: counted with the totals.
        missing: captions of required columns its header does not have; then no row can be used.
    """

    sheet: SheetColumns
    passed: Rows
    missing: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class _Line:
    """A row that is no detail by its looks: its place in the body, -1 for one that fits no column."""

    at: int
    row: int
    cells: list[str]


@dataclass(frozen=True)
class _Cut:
    """A header further down: rows from ``first`` to ``header.at.row`` are its title and header."""

    first: int
    header: Header


def cut_blocks(sheet: SheetColumns, wordy: Mask, look: Look | None, places: Places) -> list[Block]:
    """Cut a sheet where a header stands again.

    Args:
        sheet: the sheet under its first header.
        wordy: rows without a person's number and without an amount.
        look: reads a block's title; None keeps what the sheet's own title says.
        places: the area dictionary, for headings that name a village.

    Returns:
        One block for an ordinary sheet. The same header again with nothing new above it begins no block.
    """
    if int(wordy.sum()) > _MANY:
        wordy = wordy & _sparse_rows(sheet.body, sheet.header.cells)
    lines = _lines(sheet.body, wordy)
    if not lines:
        return [Block(sheet, np.array([], dtype=np.int64))]
    cuts = _find_cuts(sheet, lines)
    blocks: list[Block] = []
    current, passed, start = sheet, [], 0
    for cut in cuts:
        passed_rows = _rows_between(sheet.body, cut.first, cut.header.at.row)
        fresh = _under(sheet, cut.header, look)
        if _is_same(current, fresh) or len(blocks) >= _MOST_BLOCKS:
            passed += passed_rows
            continue
        blocks.append(_block(current, start, cut.first, passed, lines, places))
        current, passed, start = fresh, passed_rows, cut.first
    blocks.append(_block(current, start, None, passed, lines, places))
    return blocks


def _rows_between(body: Body, first: int, last: int) -> list[int]:
    own = body.rows[(body.rows >= first) & (body.rows <= last)].tolist()
    return [*own, *(odd.row for odd in body.odd if first <= odd.row <= last)]


def _lines(body: Body, wordy: Mask) -> list[_Line]:
    found = [_Line(int(i), int(body.rows[i]), row_cells(body, int(i))) for i in np.flatnonzero(wordy)]
    return sorted([*found, *(_Line(-1, odd.row, odd.cells) for odd in body.odd)], key=lambda line: line.row)


def _find_cuts(sheet: SheetColumns, lines: list[_Line]) -> list[_Cut]:
    """Headers below the first one, each with the title rows right above it."""
    details = np.setdiff1d(sheet.body.rows, [line.row for line in lines])
    known = {normal_header(cell) for cell in sheet.header.cells if cell.strip()}
    runs: list[list[_Line]] = []
    for line in lines:
        after = int(np.searchsorted(details, line.row))
        if runs and int(np.searchsorted(details, runs[-1][-1].row)) == after:
            runs[-1].append(line)
        else:
            runs.append([line])
    cuts: list[_Cut] = []
    for run in runs:
        below = int(np.searchsorted(sheet.body.rows, run[-1].row, side="right"))
        context = [
            HeadRow(int(sheet.body.rows[i]), row_cells(sheet.body, i))
            for i in range(below, min(below + _CONTEXT, len(sheet.body)))
        ]
        cuts += _cuts_of(run, context, sheet, known)
    return cuts


def _cuts_of(run: list[_Line], context: list[HeadRow], sheet: SheetColumns, known: set[str]) -> list[_Cut]:
    """Headers in rows that stand together."""
    cuts: list[_Cut] = []
    rest = [line for line in run if not any(is_total_label(cell) for cell in line.cells[:4])]
    while rest:
        if not any(_names(line.cells, known) >= 2 for line in rest):
            break
        window = [HeadRow(line.row, line.cells) for line in rest]
        header = find_header([*window, *context], sheet.table, sheet.spec.columns)
        if header is None or header.first > rest[-1].row or _holds_values(header, rest):
            break
        first = header.first
        above = [line for line in rest if line.row < header.first]
        while above and _is_title(above[-1].cells):
            first = above.pop().row
        titles = (
            cell.strip()
            for line in rest
            if first <= line.row < header.first
            for cell in line.cells
            if cell.strip()
        )
        cuts.append(_Cut(first, replace(header, title=" ".join(dict.fromkeys(titles)))))
        rest = [line for line in rest if line.row > header.at.row]
    return cuts


def _names(cells: list[str], known: set[str]) -> int:
    return len({normal_header(cell) for cell in cells if cell.strip()} & known)


def _holds_values(header: Header, lines: list[_Line]) -> bool:
    """A row that merely has two words in common with a header has values beside them."""
    cells = [cell for line in lines if line.row == header.at.row for cell in line.cells if cell.strip()]
    numeric = sum(any(c.isdigit() for c in normal_header(cell)) for cell in cells)
    return numeric * 3 > len(cells)


def _is_title(cells: list[str]) -> bool:
    said = [cell.strip() for cell in cells if cell.strip()]
    if not said or len(said) > _TITLE_CELLS or any(is_total_label(cell) for cell in said[:3]):
        return False
    if any(_VALUE.search(cell) for cell in said):
        return False
    return not is_footer(cells) or "单位" in said[0]


def _under(sheet: SheetColumns, header: Header, look: Look | None) -> SheetColumns:
    columns = map_columns(header.cells, sheet.table, sheet.spec.columns)
    header = replace(header, title=header.title or sheet.header.title)
    given = look(header, columns) if look else sheet.given
    # what a block's own title does not say, the sheet's says for it
    constants = {
        name: cell for name, cell in sheet.given.constants.items() if name not in columns.at
    } | given.constants  # fmt: skip
    given = replace(given, town=given.town or sheet.given.town, constants=constants)
    return replace(sheet, header=header, columns=columns, given=given)


def _is_same(one: SheetColumns, other: SheetColumns) -> bool:
    """Whether rows under both headers read alike."""
    same = [normal_header(c) for c in one.header.cells] == [normal_header(c) for c in other.header.cells]
    return same and one.given == other.given and one.header.unit() == other.header.unit()


def _block(
    sheet: SheetColumns, start: int, end: int | None, passed: list[int], lines: list[_Line], places: Places
) -> Block:
    """The rows from row ``start`` up to row ``end`` as a block of their own."""
    body = sheet.body
    inside = body.rows >= start
    if end is not None:
        inside &= body.rows < end
    odd = [row for row in body.odd if row.row >= start and (end is None or row.row < end)]
    rest = [
        line
        for line in lines
        if line.row >= start and (end is None or line.row < end) and line.row not in set(passed)
    ]
    headings = _headings(sheet, rest, places)
    passed_rows = np.array(sorted({*passed, *headings}), dtype=np.int64)
    mask = inside & ~np.isin(body.rows, passed_rows)
    cut = body.keep(mask)
    odd = [row for row in odd if row.row not in set(passed_rows.tolist())]
    sheet = fit_to_header(replace(sheet, body=Body(cut.columns, cut.rows, odd)))
    missing = [
        column.caption for column in sheet.table.columns
        if column.required and column.name not in sheet.columns.at and column.name not in sheet.given.constants
    ]  # fmt: skip
    return Block(_with_headings(sheet, headings), passed_rows, missing)


def _headings(sheet: SheetColumns, lines: list[_Line], places: Places) -> dict[int, str]:
    """Rows that say nothing but the name of a village: row number → name."""
    found: dict[int, str] = {}
    for line in lines:
        said = [cell.strip() for cell in line.cells if cell.strip()]
        if len(said) == 1 and len(said[0]) <= 20 and (village := _village_in(said[0], sheet, places)):
            found[line.row] = village
    return found


def _village_in(text: str, sheet: SheetColumns, places: Places) -> str:
    name = _ORDINAL.sub("", text).rstrip(":").split(":")[-1].split(":")[-1].strip()
    return name if name and places.find(sheet.given.town, name)[1] else ""


def _with_headings(sheet: SheetColumns, headings: dict[int, str]) -> SheetColumns:
    """The village of a heading for the rows below it, when no column says it."""
    if not headings or sheet.columns.village is not None:
        return sheet
    starts = np.array(sorted(headings), dtype=np.int64)
    names = ["", *(headings[int(row)] for row in starts)]
    above = np.searchsorted(starts, sheet.body.rows)
    cells = pa.array([names[int(i)] for i in above], pa.string())
    wider, position = with_column(sheet, cells)
    return replace(wider, columns=replace(sheet.columns, village=position))


def wordy_rows(body: Body, nobody: Mask, name: int | None, amount: int | None, header: list[str]) -> Mask:
    """Rows that could be titles, headers or headings: nobody is numbered and no amount is written, or nobody is named.

    Args:
        body: the rows.
        nobody: rows without the number of a person or an account.
        name: position of the column of names; a title may stand in any other column.
        amount: position of the amount column.
        header: the header's cells; a header repeated may have a digit where the amount stands.
    """
    nameless = np.zeros(len(body), dtype=np.bool_)
    if name is not None and name < len(body.columns):
        nameless = body.where(name, is_blank)
    if amount is None or amount >= len(body.columns) or not nobody.any():
        return nobody | nameless
    plain = ~body.where(amount, lambda cells: pc.match_substring_regex(cells, r"^[^\p{Han}]*\p{Nd}"))
    headed = body.where(amount, lambda cells: pc.equal(cells, header[amount]))
    return (nobody & (plain | headed)) | nameless


def _sparse_rows(body: Body, header: list[str]) -> Mask:
    """Rows with few cells or with two of the header's own words: all that titles and headers can be."""
    said, same = np.zeros(len(body), dtype=np.int64), np.zeros(len(body), dtype=np.int64)
    for column, name in zip(body.columns, header, strict=False):
        said += ~np.asarray(is_blank(column))
        if name.strip():
            same += np.asarray(pc.equal(column, name))
    sparse: Mask = (said <= _TITLE_CELLS) | (same >= 2)
    return sparse


def as_odd(block: Block) -> list[OddRow]:
    """All rows of a block whose header cannot be used, with the reason."""
    reason = f"第{block.sheet.header.at.row}行起是另一张表,缺少列“{'、'.join(block.missing)}”"
    body = block.sheet.body
    rows = [OddRow(int(body.rows[i]), row_cells(body, i), reason) for i in range(len(body))]
    return sorted([*rows, *(OddRow(odd.row, odd.cells, reason) for odd in body.odd)], key=lambda row: row.row)

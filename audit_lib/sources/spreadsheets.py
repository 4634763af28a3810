"""Workbooks (.xlsx, .xls) through calamine, every cell as the text a person would read."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import date, datetime, time, timedelta
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from python_calamine import CalamineSheet, CalamineWorkbook, SheetTypeEnum, SheetVisibleEnum

from audit_lib.errors import SourceError
from audit_lib.sources.clean.dates import from_serial
from audit_lib.sources.coded import CodedColumn, CodedColumns, Piece
from audit_lib.sources.error_cells import Errors, find_errors
from audit_lib.sources.sheets import HEAD_ROWS, Body, DeliveredSheet, HeadRow, used_width, without_blank_rows

_CHUNK_ROWS = 16_384
#: share of a column's cells that differ, from which on it is not worth looking for repetition further on
_UNLIKE = 0.8
#: Excel keeps 15 significant digits; a longer number has lost its end and is shown so
_EXACT_BELOW = 1e15


class Workbook:
    """An opened workbook."""

    encoding = ""

    def __init__(self, path: Path, where: str, file_format: str) -> None:
        self.format = file_format
        self._where, self._path = where, path
        try:
            self._workbook = CalamineWorkbook.from_path(path)
        except BaseException as error:
            raise _damaged(where, error) from None

    def sheets(self) -> Iterator[DeliveredSheet]:
        """See ``DeliveredFile.sheets``; chart and macro sheets hold no rows and are passed over."""
        for index, about in enumerate(self._workbook.sheets_metadata):
            if about.typ != SheetTypeEnum.WorkSheet:
                continue
            hidden = about.visible != SheetVisibleEnum.Visible
            try:
                content = None if hidden else self._workbook.get_sheet_by_index(index)
            except BaseException as error:
                raise _damaged(f"{self._where}:{about.name}", error) from None
            errors = {} if hidden else find_errors(self._path, self.format, index)
            yield WorkSheet(about.name, hidden, content, errors)


def _damaged(where: str, error: BaseException) -> SourceError:
    """The fault of a workbook. The reader's own panics are no ``Exception``; all else is not ours to keep."""
    if isinstance(error, (KeyboardInterrupt, SystemExit, GeneratorExit, MemoryError)):
        raise error
    return SourceError(
        f"工作簿无法打开:文件已损坏、不完整或有密码({type(error).__name__})",
        where, "用 Excel/WPS 打开后另存为 .xlsx 再报送",
    )  # fmt: skip


class WorkSheet:
    """One sheet of a workbook."""

    def __init__(self, name: str, hidden: bool, content: CalamineSheet | None, errors: Errors) -> None:
        self.name, self.hidden = name, hidden
        self._content, self._errors = content, errors

    def _cells(self) -> Iterator[list[Any]]:
        """All rows from row 1 on; blank columns to the left of the data are not among the cells."""
        if self._content is None or not self._content.start:
            return iter(())
        rows = iter(self._content.iter_rows())
        return _with_errors(rows, self._errors, self._content.start[1]) if self._errors else rows

    def head(self) -> list[HeadRow]:
        """See ``DeliveredSheet.head``."""
        rows = (HeadRow(row, list(cells_as_text(cells))) for row, cells in enumerate(self._cells(), start=1))
        return list(islice((row for row in rows if used_width(row.cells)), HEAD_ROWS))

    def merged(self) -> list[tuple[int, int, int]]:
        """See ``DeliveredSheet.merged``."""
        if self._content is None or not self._content.start:
            return []
        left = self._content.start[1]
        ranges = self._content.merged_cell_ranges or []
        return [
            (first[1] - left, first[0] + 1, last[0] + 1)
            for first, last in ranges
            if last[0] > first[0] and first[1] >= left
        ]

    def body(self, header: HeadRow, serial_columns: frozenset[int]) -> Body:
        """See ``DeliveredSheet.body``. Cells to the right of the header are further columns, up to the last written one."""
        width = used_width(header.cells)
        rows = islice(self._cells(), header.row, None)
        columns: list[list[Piece]] = [[] for _ in range(width)]
        lengths: list[int] = []
        with _no_search_for_cycles():
            while chunk := list(islice(rows, _CHUNK_ROWS)):
                for i, cells in enumerate(zip(*chunk, strict=True)):
                    if i < len(columns):
                        columns[i].append(_piece(cells, serial=i in serial_columns))
                    elif not _is_blank(cells):
                        columns += [
                            [_blanks(n) for n in (*lengths, len(chunk))] for _ in range(i - len(columns))
                        ]
                        columns.append([*map(_blanks, lengths), _piece(cells, serial=False)])
                lengths.append(len(chunk))
        numbers = np.arange(header.row + 1, header.row + 1 + sum(lengths))
        return without_blank_rows(Body(CodedColumns(map(CodedColumn, columns)), numbers, []))


def _is_blank(cells: Sequence[Any]) -> bool:
    return set(cells) <= {"", None}


def _blanks(rows: int) -> Piece:
    return Piece(pa.array([""], pa.string()), np.zeros(rows, dtype=np.int32))


def _with_errors(rows: Iterator[list[Any]], errors: Errors, left: int) -> Iterator[list[Any]]:
    for number, cells in enumerate(rows, start=1):
        for column, shown in errors.get(number, {}).items():
            if left <= column < left + len(cells):
                cells[column - left] = shown
        yield cells


@contextmanager
def _no_search_for_cycles() -> Iterator[None]:
    """Cells are text and numbers: to look for cycles among millions of them costs a quarter of the time."""
    searches = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if searches:
            gc.enable()


def _piece(cells: Sequence[Any], *, serial: bool) -> Piece:
    texts = _texts(cells, serial=serial)
    encoded = texts.dictionary_encode()
    if len(encoded.dictionary) > len(texts) * _UNLIKE:
        return Piece.one_by_one(texts)
    return Piece(encoded.dictionary, np.asarray(encoded.indices))


def _texts(cells: Sequence[Any], *, serial: bool) -> pa.Array:
    """A column's cells as text; whole numbers all at once."""
    if not serial and set(map(type, cells)) == {float}:
        numbers = np.array(cells)
        if bool(((np.abs(numbers) < _EXACT_BELOW) & (np.trunc(numbers) == numbers)).all()):
            return pa.array(numbers.astype(np.int64)).cast(pa.string())
    return pa.array(cells_as_text(cells, serial=serial), pa.string())


def cells_as_text(cells: Sequence[Any], *, serial: bool = False) -> Sequence[str]:
    """Cells of a column or a row as text; a plain number in a ``serial`` column is a day.

    Example:
        >>> cells_as_text([315.0, 0.1, "王芳", 371327194503151230.0])
        ['315', '0.1', '王芳', '3.71327194503151E+17']
    """
    kinds = set(map(type, cells))
    if kinds <= {str}:
        return cells
    if bool in kinds:
        return [_as_text(cell, serial) for cell in cells]
    known = {cell: _as_text(cell, serial) for cell in set(cells)}
    return [known[cell] for cell in cells]


def _as_text(cell: Any, serial: bool) -> str:
    match cell:
        case str():
            return cell
        case None:
            return ""
        case bool():
            return "TRUE" if cell else "FALSE"
        case int() | float():
            return _number_as_text(float(cell), serial)
        case datetime():
            whole_day = (cell.hour, cell.minute, cell.second) == (0, 0, 0)
            return cell.date().isoformat() if whole_day else cell.strftime("%Y-%m-%d %H:%M:%S")
        case date() | time() | timedelta():
            return str(cell)
    return str(cell)


def _number_as_text(number: float, serial: bool) -> str:
    if serial and (day := from_serial(number)):
        return day.isoformat()
    if number != number or abs(number) == float("inf"):
        return "#NUM!"
    if abs(number) >= _EXACT_BELOW:
        mantissa, exponent = f"{number:.14E}".split("E")
        return f"{mantissa.rstrip('0').rstrip('.')}E{exponent}"
    return str(int(number)) if number == int(number) else repr(number)

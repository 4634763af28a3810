"""Text files with a delimiter, as columns and line numbers.

A file of a million lines is cut into records as one array of bytes and parsed by Arrow; the
records that do not fit (and whole files whose quotes do not pair) are read one by one. Both ways
number a record by the line it starts on, and no line is lost: what fits no column is an odd row.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from itertools import islice

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv

from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.loose_lines import read_loosely
from audit_lib.sources.sheets import (
    HEAD_ROWS,
    Body,
    DeliveredSheet,
    HeadRow,
    OddRow,
    used_width,
    without_blank_rows,
)  # fmt: skip

_CANDIDATES = ("|!", "\t", "|", ";", ",")
#: stands in for a delimiter of two characters; control characters do not occur in lists
_UNIT_SEPARATOR = "\x1f"
_NEWLINE, _RETURN, _QUOTE = 10, 13, 34

Bytes = npt.NDArray[np.uint8]
Positions = npt.NDArray[np.int64]


class _Miscounted(Exception):
    """The parser cut the text into other records than we did."""


class TextFile:
    """A delimited text file, already UTF-8. It is one sheet, named ``""``."""

    format = "csv"
    name = ""
    hidden = False

    def __init__(self, content: bytes, encoding: str, delimiter: str = "") -> None:
        self.encoding = encoding
        content = _plain_newlines(content)
        delimiter = delimiter or sniff_delimiter(content[:65_536].decode("utf-8", "ignore"))
        if len(delimiter) > 1:
            content, delimiter = (
                content.replace(delimiter.encode(), _UNIT_SEPARATOR.encode()),
                _UNIT_SEPARATOR,
            )
        self.delimiter = delimiter
        self._content = content
        self._bytes: Bytes = np.frombuffer(content, dtype=np.uint8)
        self._newlines: Positions = np.flatnonzero(self._bytes == _NEWLINE)
        self._quotes: Positions = np.flatnonzero(self._bytes == _QUOTE)
        self._starts, self._ends = self._records()

    def sheets(self) -> Iterator[DeliveredSheet]:
        """See ``DeliveredFile.sheets``."""
        yield self

    def _records(self) -> tuple[Positions, Positions]:
        """Where each record starts and ends (without its newline); a newline inside quotes ends none."""
        ends = self._newlines
        if len(self._quotes):
            ends = ends[np.searchsorted(self._quotes, ends) % 2 == 0]
        if len(self._bytes) and (len(ends) == 0 or ends[-1] != len(self._bytes) - 1):
            ends = np.append(ends, len(self._bytes))
        starts = np.concatenate(([0], ends[:-1] + 1)) if len(ends) else ends
        return starts, ends

    def _quotes_pair(self) -> bool:
        """Whether every quote opens at the start of a cell and closes at its end (or is doubled)."""
        return quotes_pair(self._bytes, self._quotes, self.delimiter)

    def head(self) -> list[HeadRow]:
        """See ``DeliveredSheet.head``."""
        if not self._quotes_pair():
            rows = (HeadRow(line, cells) for line, cells, _ in self._loose_rows())
        else:
            rows = (HeadRow(self._line(i), self._cells(i)) for i in range(len(self._starts)))
        return list(islice((row for row in rows if used_width(row.cells)), HEAD_ROWS))

    def merged(self) -> list[tuple[int, int, int]]:
        """See ``DeliveredSheet.merged``; text has no merged cells."""
        return []

    def body(self, header: HeadRow, serial_columns: frozenset[int]) -> Body:
        """See ``DeliveredSheet.body``; text files have no serial numbers."""
        return self.rows_from(header.row, used_width(header.cells))

    def lines_through(self, line: int) -> int:
        """Number of lines up to the end of the record that starts on a line."""
        record = int(np.searchsorted(self._starts, self._start_of_line(line)))
        return int(np.searchsorted(self._newlines, self._ends[record], side="right"))

    def usual_width(self, line: int, width: int) -> int:
        """Number of fields of most records below a line, at least ``width``."""
        first = int(np.searchsorted(self._starts, self._start_of_line(line))) + 1
        return self._usual_width(self._field_counts(self._starts[first:], self._ends[first:]), width)

    def rows_from(self, line: int, width: int) -> Body:
        """The non-blank rows below the record on a line (0: all) as ``width`` columns."""
        if not self._quotes_pair():
            return self._loose_body(line, width)
        first = int(np.searchsorted(self._starts, self._start_of_line(line))) + 1 if line else 0
        starts, ends = self._starts[first:], self._ends[first:]
        fields = self._field_counts(starts, ends)
        width_written = self._usual_width(fields, width)
        with_nul = self._holding(0, starts, ends)
        fits = (fields == width_written) & ~with_nul
        if width_written == 1:
            fits &= ends > starts
        try:
            columns = self._parse(starts, ends, fits, width_written)
        except (pa.ArrowInvalid, _Miscounted):
            return self._loose_body(line, width)
        numbers = np.searchsorted(self._newlines, starts) + 1
        odd = [
            OddRow(
                int(numbers[i]),
                self._cells(first + int(i)),
                _why_odd(bool(with_nul[i]), int(fields[i]), width),
            )
            for i in np.flatnonzero(~fits)
        ]
        return _trim(Body(columns, numbers[fits], odd), width)

    def _usual_width(self, fields: Positions, width: int) -> int:
        """Files often end every row, but not the header, with a delimiter too many."""
        if len(fields) == 0:
            return width
        usual = int(np.bincount(np.minimum(fields, 4096)).argmax())
        return usual if usual > width else width

    def _field_counts(self, starts: Positions, ends: Positions) -> Positions:
        delimiters = np.flatnonzero(self._bytes == ord(self.delimiter))
        if len(self._quotes):
            delimiters = delimiters[np.searchsorted(self._quotes, delimiters) % 2 == 0]
        counts: Positions = np.searchsorted(delimiters, ends) - np.searchsorted(delimiters, starts) + 1
        return counts

    def _holding(self, byte: int, starts: Positions, ends: Positions) -> npt.NDArray[np.bool_]:
        places = np.flatnonzero(self._bytes == byte)
        held: npt.NDArray[np.bool_] = np.searchsorted(places, ends) > np.searchsorted(places, starts)
        return held

    def _parse(
        self, starts: Positions, ends: Positions, fits: npt.NDArray[np.bool_], width: int
    ) -> list[pa.Array]:
        """The fitting records as string columns."""
        if not fits.any():
            return [pa.array([], pa.string())] * width
        content = memoryview(self._content)
        edges = np.flatnonzero(np.diff(np.concatenate(([0], fits.astype(np.int8), [0]))))
        runs = [content[starts[a] : ends[b - 1] + 1] for a, b in edges.reshape(-1, 2)]
        joined = runs[0] if len(runs) == 1 else b"".join(_ended(run) for run in runs)
        names = [str(i) for i in range(width)]
        parsed = pa_csv.read_csv(
            pa.BufferReader(pa.py_buffer(joined)),
            pa_csv.ReadOptions(column_names=names, block_size=8 << 20),
            pa_csv.ParseOptions(
                delimiter=self.delimiter, newlines_in_values=len(self._quotes) > 0, ignore_empty_lines=False,
                quote_char='"' if len(self._quotes) else False,
            ),
            pa_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.string()), strings_can_be_null=False, check_utf8=False
            ),
        )  # fmt: skip
        if parsed.num_rows != int(fits.sum()):
            raise _Miscounted
        return [_one_array(parsed.column(i)) for i in range(width)]

    def _cells(self, record: int) -> list[str]:
        text = self._content[self._starts[record] : self._ends[record]].decode("utf-8")
        return split_record(text.removesuffix("\r"), self.delimiter)

    def _line(self, record: int) -> int:
        return int(np.searchsorted(self._newlines, self._starts[record])) + 1

    def _start_of_line(self, line: int) -> int:
        return int(self._newlines[line - 2]) + 1 if line > 1 else 0

    def _loose_rows(self) -> Iterator[tuple[int, list[str], str]]:
        return read_loosely(self._content.decode("utf-8"), self.delimiter)

    def _loose_body(self, header: int, width: int) -> Body:
        """Row by row, for files whose quotes do not pair."""
        fitting: list[list[str]] = []
        rows: list[int] = []
        odd: list[OddRow] = []
        for line, cells, fault in self._loose_rows():
            if line <= header or not used_width(cells):
                continue
            if fault or "\x00" in "".join(cells) or used_width(cells) > width or len(cells) < width:
                odd.append(
                    OddRow(line, cells, fault or _why_odd("\x00" in "".join(cells), len(cells), width))
                )
            else:
                fitting.append(cells[:width])
                rows.append(line)
        columns = [pa.array(cells, pa.string()) for cells in zip(*fitting, strict=True)]
        return Body(columns or [pa.array([], pa.string())] * width, np.array(rows, dtype=np.int64), odd)


def sniff_delimiter(head: str) -> str:
    """The delimiter that cuts most of the first lines into the same number of cells."""
    lines = [line for line in head.splitlines()[:60] if line.strip()]
    best, best_score = ",", (0, 0)
    for candidate in _CANDIDATES:
        counts = [line.count(candidate) for line in lines]
        usual = max(set(counts), key=lambda n: (counts.count(n) if n else 0, n), default=0)
        score = (counts.count(usual), usual) if usual else (0, 0)
        if score > best_score:
            best, best_score = candidate, score
    return best


def quotes_pair(written: Bytes, quotes: Positions, delimiter: str) -> bool:
    """Whether every quote opens at the start of a cell and closes at its end (or is doubled).

    Args:
        written: whole records.
        quotes: the positions of the quotes in them.
        delimiter: one byte.
    """
    if len(quotes) == 0:
        return True
    if len(quotes) % 2:
        return False
    padded = np.concatenate(([_NEWLINE], written, [_NEWLINE])).astype(np.uint8)
    border = np.array([ord(delimiter), _NEWLINE, _QUOTE, _RETURN], dtype=np.uint8)
    opens, closes = quotes[0::2], quotes[1::2]
    return bool(np.isin(padded[opens], border).all() and np.isin(padded[closes + 2], border).all())


def split_record(text: str, delimiter: str) -> list[str]:
    """Cells of one record."""
    return next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), [])


def _plain_newlines(content: bytes) -> bytes:
    """Old Mac files end lines with a bare return; elsewhere a bare return is a slip inside a cell."""
    if content.count(b"\r") == content.count(b"\r\n"):
        return content
    if b"\n" not in content:
        return content.replace(b"\r", b"\n")
    return content.replace(b"\r\n", b"\n").replace(b"\r", b" ")


def _ended(run: memoryview) -> bytes:
    return bytes(run) if run[-1] == _NEWLINE else bytes(run) + b"\n"


def _one_array(column: pa.ChunkedArray) -> pa.Array:
    return column.chunk(0) if column.num_chunks == 1 else column.combine_chunks()


def _why_odd(has_nul: bool, fields: int, width: int) -> str:
    if has_nul:
        return "该行含空字符(NUL)"
    return f"列数与表头不符(表头{width}列,该行{fields}列)"


def _trim(body: Body, width: int) -> Body:
    """Give rows back their header's width: surplus cells must be blank, odd rows that only lack nothing are moved in.

    Rows are moved only in small numbers, so the columns are rebuilt once.
    """
    odd = [row for row in body.odd if used_width(row.cells)]
    surplus = body.columns[width:]
    keep = np.ones(len(body), dtype=np.bool_)
    for column in surplus:
        keep &= np.asarray(is_blank(column))
    for i in np.flatnonzero(~keep):
        cells = [column[int(i)].as_py() for column in body.columns]
        odd.append(OddRow(int(body.rows[i]), cells, _why_odd(False, used_width(cells), width)))
    movable = [
        row for row in odd
        if used_width(row.cells) <= width <= len(row.cells) and "\x00" not in "".join(row.cells)
    ]  # fmt: skip
    body = Body(body.columns[:width], body.rows, []).keep(keep)
    columns, rows = body.columns, body.rows
    if movable:
        columns = [
            pa.concat_arrays([column, pa.array([row.cells[i] for row in movable], pa.string())])
            for i, column in enumerate(columns)
        ]
        rows = np.concatenate([rows, [row.row for row in movable]])
        order = np.argsort(rows, kind="stable")
        columns, rows = [column.take(pa.array(order)) for column in columns], rows[order]
    moved = {row.row for row in movable}
    odd = sorted((row for row in odd if row.row not in moved), key=lambda row: row.row)
    return without_blank_rows(Body(columns, rows, odd))

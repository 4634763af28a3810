"""Delimited text files too large to hold in memory as text: read by segments, each in its own encoding.

A segment of whole records goes to Arrow as it was delivered; only its distinct cells are turned into UTF-8, so a
name written a thousand times is decoded once. That is sound because in GB18030, as in UTF-8, no byte of a
character of several looks like a line end, a quote, a comma, a tab or a semicolon. Where that does not hold (UTF-16;
a ``|`` in GB18030) the file is recoded block by block before it is cut. Whatever is unusual
(a record of another width, a NUL, a line end inside quotes) sends its segment to ``delimited.TextFile``, and a
file that is unusual as a whole (quotes that do not pair, bare returns) is read by it altogether.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from itertools import chain, repeat
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv as pa_csv

from audit_lib.sources.cells import Mask
from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.coded import CodedColumn, CodedColumns, Piece
from audit_lib.sources.delimited import TextFile, sniff_delimiter
from audit_lib.sources.encodings import decode_cells, recode_text
from audit_lib.sources.segments import (
    HEAD,
    Unusual,
    check_segment,
    last_end,
    marked_encoding,
    segments,
    tell_encoding,
)
from audit_lib.sources.sheets import HEAD_ROWS, Body, DeliveredSheet, HeadRow, OddRow, used_width

#: smaller files are held in memory whole
_LARGE = 4 << 20
_WORKERS = 2
#: delimiters that are no byte of a character of several, and one that in GB18030 may be
_SAFE_DELIMITERS, _DELIMITERS = {",", "\t", ";"}, {",", "\t", ";", "|"}
#: share of a column's cells that differ, from which on it is not worth looking for repetition
_UNLIKE = 0.6


def open_text(path: Path, where: str) -> LargeText | TextFile:
    """Open a text file.

    Raises:
        SourceError: no encoding fits the whole file (of a large one: its beginning).
    """
    if path.stat().st_size >= _LARGE and (large := _survey(path, where)):
        return large
    return TextFile(*recode_text(path.read_bytes(), where))


def _survey(path: Path, where: str) -> LargeText | None:
    """The file as a large one, None when its beginning asks for the slower reader."""
    with path.open("rb") as content:
        head = content.read(HEAD)
    recode = marked_encoding(head)
    encoding = recode or tell_encoding(path, head)
    if not encoding:
        return None
    head = head[3:] if encoding == "utf-8-sig" else head
    text = head.decode(encoding.removesuffix("-sig"), "ignore").removeprefix("\ufeff")
    delimiter = sniff_delimiter(text[:65_536])
    if delimiter not in _DELIMITERS:
        return None
    if encoding == "gb18030" and delimiter not in _SAFE_DELIMITERS:
        recode = encoding
    beginning = text.encode() if recode else head
    beginning = beginning[: last_end(beginning)]
    try:
        check_segment(beginning, delimiter)
    except Unusual:
        return None
    large = LargeText(path, where, encoding, delimiter, beginning, recode)
    try:
        return large if len(large.head()) == HEAD_ROWS else None
    except Unusual:
        return None


@dataclass(frozen=True)
class _Shape:
    """How the records are cut.

    Attributes:
        width: number of the header's cells.
        usual: number of most records' cells, which may all be followed by delimiters too many.
        unlike: columns in which nearly every row has another cell.
    """

    width: int
    usual: int
    unlike: frozenset[int]


class LargeText:
    """A large delimited text file. It is one sheet, named ``""``."""

    format = "csv"
    name = ""
    hidden = False

    def __init__(
        self, path: Path, where: str, encoding: str, delimiter: str, beginning: bytes, recode: str = ""
    ) -> None:
        """``beginning`` is some whole records; ``recode`` see ``segments``."""
        self.encoding, self.delimiter = encoding, delimiter
        self._path, self._where, self._recode = path, where, recode
        self._codec = "gb18030" if encoding == "gb18030" and not recode else "utf-8"
        self._start = 3 if encoding == "utf-8-sig" else 0
        self._beginning = beginning

    def sheets(self) -> Iterator[DeliveredSheet]:
        """See ``DeliveredFile.sheets``."""
        yield self

    def head(self) -> list[HeadRow]:
        """See ``DeliveredSheet.head``."""
        return self._opening().head()

    def merged(self) -> list[tuple[int, int, int]]:
        """See ``DeliveredSheet.merged``; text has no merged cells."""
        return []

    def _opening(self) -> TextFile:
        return self._as_text(self._beginning)

    def _as_text(self, segment: bytes) -> TextFile:
        try:
            written = segment.decode(self._codec)
        except UnicodeDecodeError:
            raise self._unreadable() from None
        return TextFile(written.encode("utf-8"), self.encoding, self.delimiter)

    def _unreadable(self) -> Unusual:
        """Read the file as a whole, which says where it cannot be read (or, rarely, in another encoding can)."""
        recode_text(self._path.read_bytes(), self._where)
        return Unusual()

    def body(self, header: HeadRow, serial_columns: frozenset[int]) -> Body:
        """See ``DeliveredSheet.body``; text files have no serial numbers."""
        width = used_width(header.cells)
        opening = self._opening()
        lines = opening.lines_through(header.row)
        at = 0
        for _ in range(lines):
            at = self._beginning.index(b"\n", at) + 1
        shape = self._shape(self._beginning[at:], width, opening.usual_width(header.row, width))
        try:
            parts = list(self._parts(self._start + at, lines, shape))
        except (Unusual, UnicodeDecodeError):
            return TextFile(*recode_text(self._path.read_bytes(), self._where)).body(header, serial_columns)
        rows = np.concatenate([np.array([], dtype=np.int64), *(part.rows for part in parts)])
        odd = list(chain.from_iterable(part.odd for part in parts))
        columns = (
            CodedColumn(list(chain.from_iterable(_pieces(part, i) for part in parts))) for i in range(width)
        )
        return Body(CodedColumns(columns), rows, odd)

    def _shape(self, sample: bytes, width: int, usual: int) -> _Shape:
        """Which columns hold something else in nearly every row: to look for repetition there is in vain."""
        every = _Shape(width, usual, frozenset())
        body = self._read_plain(sample, sample.count(b"\n"), every)
        if body is None or not isinstance(body.columns, CodedColumns):
            return every
        pieces = [piece for column in body.columns.coded for piece in column.pieces]
        unlike = [len(piece.distinct) > len(piece.codes) * _UNLIKE for piece in pieces]
        return _Shape(width, usual, frozenset(np.flatnonzero(unlike).tolist()))

    def _parts(self, start: int, lines: int, shape: _Shape) -> Iterator[Body]:
        """The rows of each segment, in order, some segments ahead."""
        running: deque[Future[tuple[int, Body]]] = deque()
        with ThreadPoolExecutor(_WORKERS) as pool:
            for segment in chain(segments(self._path, start, self._recode), repeat(b"", _WORKERS)):
                if segment:
                    running.append(pool.submit(self._read, segment, shape))
                if running and (len(running) > _WORKERS or not segment):
                    count, body = running.popleft().result()
                    odd = [OddRow(row.row + lines, row.cells, row.reason) for row in body.odd]
                    yield Body(body.columns, body.rows + lines, odd)
                    lines += count

    def _read(self, segment: bytes, shape: _Shape) -> tuple[int, Body]:
        """Number of newlines and the rows of a segment, counted from its beginning."""
        newlines = segment.count(b"\n")
        if b'"' in segment or segment.endswith(b"\r"):
            check_segment(segment, self.delimiter)
        # where nothing is quoted, every return without a newline makes the parser count one record more
        records = newlines + (not segment.endswith(b"\n"))
        if (plain := self._read_plain(segment, records, shape)) is not None:
            return newlines, plain
        check_segment(segment, self.delimiter)
        return newlines, self._as_text(segment).rows_from(0, shape.width)

    def _read_plain(self, segment: bytes, records: int, shape: _Shape) -> Body | None:
        """A segment all of whose lines are records of the usual width, else None."""
        if b"\0" in segment:
            return None
        kinds = {
            str(i): pa.binary() if i in shape.unlike else pa.dictionary(pa.int32(), pa.binary())
            for i in range(shape.usual)
        }
        try:
            parsed = pa_csv.read_csv(
                pa.BufferReader(segment),
                pa_csv.ReadOptions(column_names=list(kinds), block_size=len(segment) + 1, use_threads=False),
                pa_csv.ParseOptions(
                    delimiter=self.delimiter, ignore_empty_lines=False,
                    quote_char='"' if b'"' in segment else False,
                ),
                pa_csv.ConvertOptions(column_types=kinds, strings_can_be_null=False, check_utf8=False),
            )  # fmt: skip
        except pa.ArrowInvalid:
            return None
        if parsed.num_rows != records:
            return None
        pieces = [self._piece(column.chunk(0)) for column in parsed.columns]
        if not all(_blank_cells(piece.distinct).all() for piece in pieces[shape.width :]):
            return None
        blank = _blank_rows(pieces[: shape.width], records)
        columns = CodedColumns(CodedColumn([piece]) for piece in pieces[: shape.width])
        return Body(columns, np.arange(1, 1 + records), []).keep(~blank)

    def _piece(self, column: pa.Array) -> Piece:
        if isinstance(column, pa.DictionaryArray):
            return Piece(self._decode(column.dictionary), np.asarray(column.indices))
        return Piece.one_by_one(self._decode(column))

    def _decode(self, cells: pa.Array) -> pa.Array:
        """Cells in UTF-8."""
        plain = cells.view(pa.string())
        try:
            if self._codec == "utf-8":
                return cells.cast(pa.string())
            if pc.all(pc.string_is_ascii(plain)).as_py() is not False:
                return plain
            return decode_cells(cells, self._codec)
        except (UnicodeDecodeError, pa.ArrowInvalid):
            raise self._unreadable() from None


def _blank_cells(cells: pa.Array) -> Mask:
    blank: Mask = np.asarray(is_blank(cells))
    return blank


def _blank_rows(pieces: list[Piece], count: int) -> Mask:
    """Rows in which every cell is blank."""
    blank = np.ones(count, dtype=np.bool_)
    for piece in pieces:
        blank &= _blank_cells(piece.distinct)[piece.codes]
        if not blank.any():
            break
    return blank


def _pieces(part: Body, column: int) -> list[Piece]:
    if isinstance(part.columns, CodedColumns):
        return part.columns.coded[column].pieces
    encoded = part.columns[column].dictionary_encode()
    return [Piece(encoded.dictionary, np.asarray(encoded.indices))]

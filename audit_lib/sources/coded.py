"""Columns of a large file as their distinct cells, spelt out row by row only for whoever asks."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import overload

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from audit_lib.sources.cells import Cells, Mask

Codes = npt.NDArray[np.int32]


@dataclass(frozen=True)
class Piece:
    """Some consecutive rows of a column.

    Attributes:
        distinct: its cells; one that is written in most rows only once may stand there more than once.
        codes: which of them each row has.
        thinned: whether rows were taken out, so that cells may be left that no row has.
        plain: ``distinct`` is the column itself.
    """

    distinct: pa.Array
    codes: Codes
    thinned: bool = False
    plain: bool = False

    @classmethod
    def one_by_one(cls, column: pa.Array) -> Piece:
        """Rows that nearly all have another cell."""
        return cls(column, _count_to(len(column)), plain=True)

    def keep(self, mask: Mask) -> Piece:
        """Only the rows of a mask."""
        if mask.all():
            return self
        if self.plain:
            return Piece.one_by_one(self.distinct.filter(pa.array(mask)))
        return Piece(self.distinct, self.codes[mask], thinned=True)

    def between(self, start: int, end: int) -> Piece:
        """Only the rows from ``start`` up to ``end``."""
        if end - start == len(self.codes):
            return self
        if self.plain:
            return Piece.one_by_one(self.distinct.slice(start, end - start))
        return Piece(self.distinct, self.codes[start:end], thinned=True)

    def spread(self) -> pa.Array:
        """One cell per row."""
        return self.distinct if self.plain else self.distinct.take(pa.array(self.codes))


_counted: Codes = np.arange(1 << 16, dtype=np.int32)


def _count_to(rows: int) -> Codes:
    """0, 1, 2 … of one array that all pieces share."""
    global _counted
    if len(_counted) < rows:
        _counted = np.arange(2 * rows, dtype=np.int32)
    return _counted[:rows]


class CodedColumn:
    """One column of all rows, in pieces."""

    def __init__(self, pieces: list[Piece]) -> None:
        self.pieces = pieces

    def __len__(self) -> int:
        return sum(len(piece.codes) for piece in self.pieces)

    @cached_property
    def spelt(self) -> pa.Array:
        """A string per row."""
        return pa.concat_arrays([pa.array([], pa.string()), *(piece.spread() for piece in self.pieces)])

    @cached_property
    def cells(self) -> Cells:
        """The distinct cells of all pieces in the order in which they first occur; all cells where few repeat."""
        if not self.pieces:
            return Cells(pa.array([], pa.string()), np.array([], dtype=np.int64))
        if sum(len(piece.codes) for piece in self.pieces if piece.plain) * 2 > len(self):
            return Cells.one_by_one(self.spelt)
        used = [_without_unused(piece) if piece.thinned else piece for piece in self.pieces]
        together = pa.concat_arrays([piece.distinct for piece in used]).dictionary_encode()
        places = np.asarray(together.indices)
        starts = np.cumsum([0, *(len(piece.distinct) for piece in used)])
        codes = np.empty(len(self), dtype=np.int64)
        row = 0
        for start, piece in zip(starts, used, strict=False):
            codes[row : row + len(piece.codes)] = places[start:][piece.codes]
            row += len(piece.codes)
        return Cells(together.dictionary, codes)

    def where(self, test: Callable[[pa.Array], pa.Array]) -> Mask:
        """Rows whose cell passes a test."""
        if not self.pieces:
            return np.zeros(0, dtype=np.bool_)
        passed = [(piece, np.asarray(test(piece.distinct))) for piece in self.pieces]
        return np.concatenate([mask if piece.plain else mask[piece.codes] for piece, mask in passed])

    def keep(self, mask: Mask) -> CodedColumn:
        """Only the rows of a mask."""
        kept, start = [], 0
        for piece in self.pieces:
            kept.append(piece.keep(mask[start : start + len(piece.codes)]))
            start += len(piece.codes)
        return CodedColumn(kept)


def _without_unused(piece: Piece) -> Piece:
    """Distinct cells in the order of their rows: rows that were taken out may have had some alone."""
    count = len(piece.distinct)
    first = np.full(count, len(piece.codes), dtype=np.int64)
    first[piece.codes[::-1]] = np.arange(len(piece.codes) - 1, -1, -1)
    order = np.argsort(first, kind="stable")[: int((first < len(piece.codes)).sum())]
    place = np.zeros(count, dtype=np.int32)
    place[order] = np.arange(len(order), dtype=np.int32)
    return Piece(piece.distinct.take(pa.array(order)), place[piece.codes])


def _slice(column: CodedColumn, start: int, end: int) -> CodedColumn:
    """Rows from ``start`` up to ``end``."""
    pieces, row = [], 0
    for piece in column.pieces:
        first, last = max(start - row, 0), min(end - row, len(piece.codes))
        if first < last:
            pieces.append(piece.between(first, last))
        row += len(piece.codes)
    return CodedColumn(pieces)


class CodedColumns(Sequence[pa.Array]):
    """What ``Body.columns`` is for a large file: reads like a list of string arrays."""

    def __init__(self, columns: Iterable[CodedColumn]) -> None:
        self.coded = list(columns)

    def __len__(self) -> int:
        return len(self.coded)

    @overload
    def __getitem__(self, index: int) -> pa.Array: ...
    @overload
    def __getitem__(self, index: slice) -> CodedColumns: ...
    def __getitem__(self, index: int | slice) -> pa.Array | CodedColumns:
        return CodedColumns(self.coded[index]) if isinstance(index, slice) else self.coded[index].spelt

    def __iter__(self) -> Iterator[pa.Array]:
        return (column.spelt for column in self.coded)

    def keep(self, mask: Mask) -> CodedColumns:
        """Only the rows of a mask."""
        return CodedColumns(column.keep(mask) for column in self.coded)

    def between(self, start: int, end: int) -> CodedColumns:
        """Only the rows from ``start`` up to ``end``."""
        return CodedColumns(_slice(column, start, end) for column in self.coded)

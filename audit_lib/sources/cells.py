"""A column as its distinct cells: what is written a million times is cleaned once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cheap_tests import Test

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """Distinct written cells of a column, and which of them each row has.

    Attributes:
        distinct: string array without repetition.
        codes: for each row, the position of its cell in ``distinct``.
        plain: ``distinct`` is the column itself, a cell per row, because too few of them repeat to look for that.
    """

    distinct: pa.Array
    codes: npt.NDArray[np.int64]
    plain: bool = False

    @classmethod
    def of(cls, column: pa.Array) -> Cells:
        """Encode a column."""
        encoded = column.dictionary_encode()
        return cls(encoded.dictionary, np.asarray(encoded.indices).astype(np.int64))

    @classmethod
    def one_by_one(cls, column: pa.Array) -> Cells:
        """A column in which hardly a cell stands twice."""
        return cls(column, np.arange(len(column)), plain=True)

    @classmethod
    def constant(cls, text: str, rows: int) -> Cells:
        """The same cell in every row."""
        return cls(pa.array([text], pa.string()), np.zeros(rows, dtype=np.int64))

    def spread(self, values: pa.Array) -> pa.Array:
        """One value per distinct cell → one value per row."""
        return values if self.plain else values.take(pa.array(self.codes))

    def spread_words(self, values: pa.Array) -> pa.Array:
        """The same; of many rows with few different values as these values and codes."""
        return values if self.plain else _spread_words(values, self.codes)

    def spread_mask(self, mask: Mask) -> Mask:
        """The same for a mask of the distinct cells."""
        return mask if self.plain else mask[self.codes]

    def at(self, row: int) -> str:
        """The cell of a row as written."""
        return str(self.distinct[int(self.codes[row])].as_py())


@dataclass(frozen=True)
class CellPairs:
    """Distinct pairs of cells of two columns (town and village, year and month)."""

    pairs: list[tuple[str, str]]
    codes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, first: Cells, second: Cells) -> CellPairs:
        """Combine two columns of the same rows."""
        combined = first.codes.astype(np.int64) * len(second.distinct) + second.codes
        distinct, codes = _rank(combined, len(first.distinct) * len(second.distinct))
        firsts, seconds = first.distinct.to_pylist(), second.distinct.to_pylist()
        width = max(len(seconds), 1)
        return cls(
            [(firsts[c // width], seconds[c % width]) for c in distinct.tolist()], codes.astype(np.int64)
        )

    def spread(self, values: pa.Array) -> pa.Array:
        """One value per distinct pair → one value per row."""
        return values.take(pa.array(self.codes))

    def spread_words(self, values: pa.Array) -> pa.Array:
        """The same; of many rows with few different values as these values and codes."""
        return _spread_words(values, self.codes)

    def spread_mask(self, mask: Mask) -> Mask:
        """The same for a mask of the distinct pairs."""
        return mask[self.codes]


#: so many rows are many, and so many different values few
_MANY, _FEW = 1 << 16, 1 << 12


def _spread_words(values: pa.Array, codes: npt.NDArray[np.int64]) -> pa.Array:
    if len(codes) >= _MANY and pa.types.is_string(values.type):
        coded = values.dictionary_encode()
        if len(coded.dictionary) <= _FEW:
            return pa.DictionaryArray.from_arrays(coded.indices.take(pa.array(codes)), coded.dictionary)
    return values.take(pa.array(codes))


def spell_out(column: pa.Array | pa.ChunkedArray) -> pa.Array | pa.ChunkedArray:
    """A text column that may be coded (see ``spread_words``) as text."""
    return column.cast(pa.string()) if pa.types.is_dictionary(column.type) else column


#: so many pairs that could be are counted instead of sorted
_COUNTABLE = 1 << 22


def _rank(numbers: npt.NDArray[np.int64], below: int) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]:
    """The distinct numbers in ascending order, and the place of each number among them."""
    if below > _COUNTABLE:
        return np.unique(numbers, return_inverse=True)
    seen = np.zeros(below, dtype=np.bool_)
    seen[numbers] = True
    distinct = np.flatnonzero(seen)
    places = np.zeros(below, dtype=np.int64)
    places[distinct] = np.arange(len(distinct))
    return distinct, places[numbers]


def clean_where(values: pa.Array, sound: Test, clean: Callable[[str], str]) -> pa.Array:
    """Clean the values that fail the test ``sound``; empty becomes NULL."""
    odd = pc.invert(sound(values))
    dirty = values.filter(odd)
    if len(dirty):
        cleaned = pa.array([clean(text) for text in dirty.to_pylist()], pa.string())
        values = pc.replace_with_mask(values, odd, cleaned)
    empty = pc.equal(values, "")
    return pc.if_else(empty, pa.scalar(None, pa.string()), values) if pc.any(empty).as_py() else values


def mask_of(flags: list[bool]) -> Mask:
    """A list of flags as an array."""
    return np.array(flags, dtype=np.bool_)

"""A column as its distinct cells: what is written a million times is cleaned once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

Mask = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Cells:
    """Distinct written cells of a column, and which of them each row has.

    Attributes:
        distinct: string array without repetition.
        codes: for each row, the position of its cell in ``distinct``.
    """

    distinct: pa.Array
    codes: npt.NDArray[np.int64]

    @classmethod
    def of(cls, column: pa.Array) -> Cells:
        """Encode a column."""
        encoded = column.dictionary_encode()
        return cls(encoded.dictionary, np.asarray(encoded.indices).astype(np.int64))

    @classmethod
    def constant(cls, text: str, rows: int) -> Cells:
        """The same cell in every row."""
        return cls(pa.array([text], pa.string()), np.zeros(rows, dtype=np.int64))

    def spread(self, values: pa.Array) -> pa.Array:
        """One value per distinct cell → one value per row."""
        return values.take(pa.array(self.codes))

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
        combined = first.codes * len(second.distinct) + second.codes
        distinct, codes = np.unique(combined, return_inverse=True)
        firsts, seconds = first.distinct.to_pylist(), second.distinct.to_pylist()
        width = max(len(seconds), 1)
        return cls(
            [(firsts[c // width], seconds[c % width]) for c in distinct.tolist()], codes.astype(np.int64)
        )

    def spread(self, values: pa.Array) -> pa.Array:
        """One value per distinct pair → one value per row."""
        return values.take(pa.array(self.codes))


def clean_where(values: pa.Array, sound: str, clean: Callable[[str], str]) -> pa.Array:
    """Clean the values that do not match the pattern ``sound`` (RE2); empty becomes NULL."""
    odd = pc.invert(pc.match_substring_regex(values, sound))
    dirty = values.filter(odd)
    if len(dirty):
        cleaned = pa.array([clean(text) for text in dirty.to_pylist()], pa.string())
        values = pc.replace_with_mask(values, odd, cleaned)
    return pc.if_else(pc.equal(values, ""), pa.scalar(None, pa.string()), values)


def mask_of(flags: list[bool]) -> Mask:
    """A list of flags as an array."""
    return np.array(flags, dtype=np.bool_)

"""What every reader hands over: one sheet of text cells with row numbers as the user sees them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from audit_lib.sources.cells import Cells, Mask
from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.coded import CodedColumns

#: rows at the top of a sheet in which a header is looked for
HEAD_ROWS = 40


@dataclass(frozen=True)
class HeadRow:
    """One non-blank row near the top: its row number and its cells."""

    row: int
    cells: list[str]


@dataclass(frozen=True)
class OddRow:
    """A row that does not fit the header: kept with its cells and the reason, never dropped."""

    row: int
    cells: list[str]
    reason: str


@dataclass(frozen=True)
class Body:
    """The non-blank rows below a header.

    Attributes:
        columns: one string array per header cell, and in a workbook per column to the right of the header that says
            something; an empty cell is ``""``, never NULL.
        rows: row numbers, ascending, as long as each column.
        odd: rows with too many or too few cells, or that could not be read.
    """

    columns: Sequence[pa.Array]
    rows: npt.NDArray[np.int64]
    odd: list[OddRow]

    def __len__(self) -> int:
        return len(self.rows)

    def keep(self, mask: npt.NDArray[np.bool_]) -> Body:
        """Only the rows of a mask."""
        if mask.all():
            return self
        if isinstance(self.columns, CodedColumns):
            return Body(self.columns.keep(mask), self.rows[mask], self.odd)
        chosen = pa.array(mask)
        return Body([column.filter(chosen) for column in self.columns], self.rows[mask], self.odd)

    def between(self, start: int, end: int) -> Body:
        """Only the rows from ``start`` up to ``end`` (positions, not numbers)."""
        if isinstance(self.columns, CodedColumns):
            return Body(self.columns.between(start, end), self.rows[start:end], self.odd)
        columns = [column.slice(start, end - start) for column in self.columns]
        return Body(columns, self.rows[start:end], self.odd)

    def cells(self, position: int) -> Cells:
        """The distinct cells of a column."""
        if isinstance(self.columns, CodedColumns):
            return self.columns.coded[position].cells
        return Cells.of(self.columns[position])

    def where(self, position: int, test: Callable[[pa.Array], pa.Array]) -> Mask:
        """Rows whose cell in a column passes a test, which is given each written cell at least once."""
        if isinstance(self.columns, CodedColumns):
            return self.columns.coded[position].where(test)
        passed: Mask = np.array(test(self.columns[position]), dtype=np.bool_)
        return passed


class DeliveredSheet(Protocol):
    """One sheet of a delivered file. A text file has one, named ``""``."""

    name: str
    hidden: bool

    def head(self) -> list[HeadRow]:
        """The first non-blank rows."""
        ...

    def merged(self) -> list[tuple[int, int, int]]:
        """Column, first and last row of each cell merged downwards."""
        ...

    def body(self, header: HeadRow, serial_columns: frozenset[int]) -> Body:
        """All non-blank rows below the header; numbers in ``serial_columns`` are Excel days."""
        ...


class DeliveredFile(Protocol):
    """An opened file."""

    format: str
    encoding: str

    def sheets(self) -> Iterator[DeliveredSheet]:
        """Its sheets in order, one in memory at a time."""
        ...


def without_blank_rows(body: Body) -> Body:
    """Drop the rows in which every cell is blank: nobody delivered them."""
    blank = np.ones(len(body), dtype=np.bool_)
    for position in range(len(body.columns)):
        blank &= body.where(position, is_blank)
        if not blank.any():
            return body
    return body.keep(~blank)


def used_width(cells: list[str]) -> int:
    """Number of cells up to the last that says something."""
    return max((i + 1 for i, cell in enumerate(cells) if cell.strip()), default=0)

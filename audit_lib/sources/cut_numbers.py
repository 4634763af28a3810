"""Account numbers that a spreadsheet has cut: it keeps 15 digits and writes zeros for the rest.

Every tenth number of 16 digits ends in 0 by itself, so that only a column in which nearly all do was cut.
"""

from __future__ import annotations

import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.readings import CODES

#: so many numbers of 16 digits, and this share of them ending in 0, are no accident
_LEAST, _NEARLY_ALL = 20, 0.95


def _sixteen(cells: pa.Array) -> pa.Array:
    return pc.and_(pc.equal(pc.binary_length(cells), 16), pc.ascii_is_decimal(cells))


def _sixteen_ending_in_0(cells: pa.Array) -> pa.Array:
    return pc.and_(_sixteen(cells), pc.ends_with(cells, "0"))


def columns_cut_at_16(sheet: SheetColumns) -> frozenset[str]:
    """Columns of account numbers whose numbers of 16 digits end in 0 throughout.

    Args:
        sheet: all rows of it, not a slice: the answer is about the whole column.
    """
    positions = {
        column.name: sheet.columns.at[column.name]
        for column in sheet.table.columns
        if column.name in CODES and column.name in sheet.columns.at
    }
    return frozenset(
        name for name, at in positions.items()
        if at < len(sheet.body.columns)
        and (ending := int(sheet.body.where(at, _sixteen_ending_in_0).sum())) >= _LEAST * _NEARLY_ALL
        and (numbers := int(sheet.body.where(at, _sixteen).sum())) >= _LEAST
        and ending >= _NEARLY_ALL * numbers
    )  # fmt: skip

"""Tables of different widths in one sheet, and cells under no name: no cell goes unsaid."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.sheets import Body, OddRow, used_width


def unnamed_notes(sheet: SheetColumns) -> list[str]:
    """Words for the register about columns that hold cells and have no name; nothing of them is read."""
    notes: list[str] = []
    names, used = sheet.header.cells, sheet.columns.used()
    for position in range(min(sheet.delivered_width, len(sheet.body.columns))):
        if position in used or (position < len(names) and names[position].strip()):
            continue
        said = int(sheet.body.where(position, _say_something).sum())
        if said:
            notes.append(f"第{position + 1}列没有列名,{said}行有内容,未采用")
    return notes


def _say_something(cells: pa.Array) -> pa.Array:
    return pc.not_equal(pc.utf8_trim_whitespace(cells), "")


def fit_to_header(sheet: SheetColumns) -> SheetColumns:
    """Take in the rows that did not fit the sheet's first header and do fit that of their own table.

    Text files set a row aside that is wider or narrower than the first header; below a header of
    another width such rows are ordinary ones.
    """
    width = used_width(sheet.header.cells)
    moved = [row for row in sheet.body.odd if _fits(row, width)]
    if not moved:
        return sheet
    body, blank = sheet.body, len(sheet.body)
    columns = [
        *body.columns,
        *(pa.array([""] * blank, pa.string()) for _ in range(width - len(body.columns))),
    ]
    columns = [
        pa.concat_arrays([column, pa.array([row.cells[i] if i < len(row.cells) else "" for row in moved], pa.string())])
        for i, column in enumerate(columns)
    ]  # fmt: skip
    rows = np.concatenate([body.rows, [row.row for row in moved]]).astype(np.int64)
    order = np.argsort(rows, kind="stable")
    taken = {row.row for row in moved}
    odd = [row for row in body.odd if row.row not in taken]
    fitted = Body([column.take(pa.array(order)) for column in columns], rows[order], odd)
    return replace(sheet, body=fitted)


def _fits(row: OddRow, width: int) -> bool:
    return row.reason.startswith("列数与表头不符") and used_width(row.cells) <= width <= len(row.cells)

"""Tables of different widths in one sheet, and cells under no name: no cell goes unsaid."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.sheets import Body, HeadRow, OddRow, used_width

FIXED_WIDTH = (
    "像是按位置对齐的定长文本,各列之间没有分隔符,无法读取;"
    "请银行或报送单位改为导出带分隔符(逗号、竖线或制表符)并有表头的文本,或 Excel 文件"
)
#: (a line of) a fixed-width list: a long number, and blanks that fill up a column or another number
_ALIGNED = re.compile(r"\d{6,}.*(?:\s{2,}|\D\d)|\s{2,}\S.*\d{6,}")


def has_fixed_width(head: list[HeadRow]) -> bool:
    """Whether the first rows of a text file are one cell each, with numbers in it."""
    single = [row.cells[0] for row in head if used_width(row.cells) == 1]
    aligned = sum(bool(_ALIGNED.search(cell)) for cell in single)
    return len(single) == len(head) and aligned > 0 and aligned * 2 >= len(head) - 1


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
    return pc.invert(is_blank(cells))


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

"""Columns printed side by side (姓名 | 金额 | 姓名 | 金额) → one row per person."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import Mask
from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.headers import ColumnMap, normal_header
from audit_lib.sources.sheets import Body, used_width


@dataclass(frozen=True)
class Lanes:
    """A sheet's own rows, further people of the same rows, and words for the register."""

    base: SheetColumns
    further: list[SheetColumns] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


def lane_of(sheet: SheetColumns, mask: Mask) -> SheetColumns:
    """Some rows of a sheet as a lane: what could not be read stays with the sheet's own rows."""
    kept = sheet.body.keep(mask)
    return replace(sheet, body=Body(kept.columns, kept.rows, []))


def side_by_side(cells: list[str]) -> int:
    """Width of a block of columns that is repeated to its right (姓名 | 金额 | 姓名 | 金额), 0 when none is.

    Example:
        >>> side_by_side(["序号", "姓名", "账号", "金额", "序号", "姓名", "账号", "金额"])
        4
    """
    names = [normal_header(cell) if cell.strip() else "" for cell in cells]
    width = max((i + 1 for i, name in enumerate(names) if name), default=0)
    for period in range(2, (width + 1) // 2 + 1):
        first = names[:period]
        said = [name for name in first if name]
        blocks = [names[start : start + period] for start in range(period, width, period)]
        if (
            len(said) >= 2
            and len(set(said)) == len(said)
            and all(_stripped(block) == _stripped(first) for block in blocks)
        ):
            return period
    return 0


def _stripped(names: list[str]) -> list[str]:
    return names[: max((i + 1 for i, name in enumerate(names) if name), default=0)]


def lay_below(sheet: SheetColumns, width: int) -> Lanes:
    """The repeated blocks of columns as further lanes."""
    lanes: list[SheetColumns] = []
    columns, body = sheet.columns, list(sheet.body.columns)
    free = _blank_rows(body[:width])
    end = used_width(sheet.header.cells)
    for start in range(width, end, width):
        block = body[start : min(start + width, end)]
        filled = ~_blank_rows(block)
        # a row whose first block is blank belongs to the first person it does name
        for i, column in enumerate(block):
            body[i] = pc.if_else(pa.array(free & filled), column, body[i])
        moved = ColumnMap(
            {name: at + start if at < width else at for name, at in columns.at.items()},
            _moved(columns.town, start, width),
            _moved(columns.village, start, width),
            _moved(columns.year, start, width),
            [(year, at + start) for year, at in columns.by_year],
            _moved(columns.until, start, width),
        )
        lanes.append(lane_of(replace(sheet, columns=moved), filled & ~free))
        free = free & ~filled
    base = replace(sheet, columns=replace(columns, unmapped=[]), body=Body(body, sheet.body.rows, []))
    return Lanes(base, lanes, [f"表格左右并排{len(lanes) + 1}栏,每{width}列一栏,已逐栏读取"])


def _moved(position: int | None, by: int, width: int) -> int | None:
    """The same column of a block further right; a column that no block has is every block's."""
    return position if position is None or position >= width else position + by


def _blank_rows(columns: list[pa.Array]) -> Mask:
    blank = np.ones(len(columns[0]), dtype=np.bool_)
    for column in columns:
        blank &= np.asarray(is_blank(column))
    return blank

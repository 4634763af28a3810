"""A register with one row per member whose household cells (停发日期, 类别 …) stand in the head's row only.

A member's blank means the household's value where the sheet shows it: by a merged cell, or by a relation
that is not 户主 under the same 户号. Read as blank, a stopped household would go on in its members.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import Mask
from audit_lib.sources.cheap_tests import is_blank
from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.layout_households import (
    Filled,
    Merged,
    Rows,
    are_heads,
    merged_sources,
    name_somebody,
    relation_at,
)
from audit_lib.sources.sheets import Body

_REGISTERS = ("enrolment",)
_SHARED = ("class", "approved_on", "ended_on", "stop_on", "stop_reason")
_STOPS = ("ended_on", "stop_on", "stop_reason")
#: a household's number of people is every member's; land is not
_PEOPLE = re.compile("人口|人数")
#: (RE2) a head who died is not the household's end
_DIED = "死亡|去世|病故|身故|亡故|已亡|逝世|过世"


def share_with_members(sheet: SheetColumns, merged: Merged, breaks: Rows) -> Filled:
    """Say for each member what the head's row says for the household; a written cell is never changed.

    Args:
        sheet: its rows that are details, 户号 filled.
        merged: the cells merged downwards.
        breaks: numbers of rows (合计, titles) over which nothing is carried.
    """
    body = sheet.body
    if sheet.table.name not in _REGISTERS or not len(body):
        return Filled(sheet, [])
    somebody = name_somebody(sheet)
    heads = _heads(sheet, breaks)
    changed: dict[int, pa.Array] = {}
    notes: list[str] = []
    for name, caption, position in _household_columns(sheet):
        blank = body.where(position, is_blank)
        covered, source = merged_sources(body, blank & somebody, blank, position, merged)
        members = (heads != np.arange(len(body))) & ~covered & somebody
        own = int((members & ~blank).sum())
        wanted = members & blank & ~blank[heads] & _is_households(sheet, name)[heads]
        if covered.any():
            notes.append(f"{caption}{int(covered.sum())}行空白,按合并单元格补为全户的值")
        if own and wanted.any():
            notes.append(f"{caption}有{own}个成员行自行填写,其余成员的{int(wanted.sum())}行空白不按户主补全")
        elif wanted.any():
            notes.append(f"{caption}{int(wanted.sum())}行空白,按同一户号的户主补全(与户主关系不是户主)")
            source = np.where(wanted, heads, source)
        if (source != np.arange(len(body))).any():
            changed[position] = body.columns[position].take(pa.array(source))
    if not changed:
        return Filled(sheet, notes)
    columns = [changed.get(position, column) for position, column in enumerate(body.columns)]
    return Filled(replace(sheet, body=Body(columns, body.rows, body.odd)), notes)


def _household_columns(sheet: SheetColumns) -> Iterator[tuple[str, str, int]]:
    """Name, caption and position of the columns that belong to a household."""
    for column in sheet.table.columns:
        position = sheet.columns.at.get(column.name)
        if position is None or position >= len(sheet.body.columns):
            continue
        of_people = column.name == "quantity" and bool(_PEOPLE.search(sheet.header.cells[position]))
        if column.name in _SHARED or of_people:
            yield column.name, column.caption, position


def _heads(sheet: SheetColumns, breaks: Rows) -> Rows:
    """For each member's row the row of the household's head right above, for every other row itself."""
    own = np.arange(len(sheet.body))
    relation, number = relation_at(sheet), sheet.columns.at.get("household_no")
    if relation is None or number is None or number >= len(sheet.body.columns):
        return own
    head = sheet.body.where(relation, are_heads)
    numbered = ~sheet.body.where(number, is_blank)
    households = np.asarray(pc.utf8_trim_whitespace(sheet.body.columns[number]).dictionary_encode().indices)
    parts = np.searchsorted(breaks, sheet.body.rows)
    starts = head.copy()
    starts[0] = True
    starts[1:] |= (households[1:] != households[:-1]) | (parts[1:] != parts[:-1])
    first = np.maximum.accumulate(np.where(starts, own, 0))
    is_member = ~head & ~sheet.body.where(relation, is_blank) & head[first] & numbered
    found: Rows = np.where(is_member, first, own)
    return found


def _is_households(sheet: SheetColumns, name: str) -> Mask:
    """Rows whose cell, in a head's row, speaks for the household and not for the head alone."""
    speaks = np.ones(len(sheet.body), dtype=np.bool_)
    if name not in _STOPS:
        return speaks
    places = {stop: sheet.columns.at.get(stop) for stop in _STOPS}
    reason = places["stop_reason"]
    if reason is not None:
        speaks &= ~sheet.body.where(reason, lambda cells: pc.match_substring_regex(cells, _DIED))
    if name == "stop_reason":
        # 备注 says why only where there is a stop
        stopped = np.zeros(len(sheet.body), dtype=np.bool_)
        for stop in ("ended_on", "stop_on"):
            if (at := places[stop]) is not None:
                stopped |= ~sheet.body.where(at, is_blank)
        speaks &= stopped
    return speaks

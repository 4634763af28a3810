"""Rows that tell of several people → one row per person, each with the number of the row it stands in.

The first person of a row stays in the sheet's own rows; the others come as further lanes, which are
counted apart (拆出), so that what was delivered still equals what was kept, set aside and totalled.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib import idnum
from audit_lib.sources.cells import Mask
from audit_lib.sources.clean.ids import judge_ids
from audit_lib.sources.clean.texts import clean_name
from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.headers import ColumnMap, header_forms
from audit_lib.sources.layout_beside import Lanes, lane_of, lay_below, side_by_side
from audit_lib.sources.layout_families import MemberGroup, member_groups
from audit_lib.sources.layout_households import household_key, with_column

#: registers of households; a payment's amount is the household's and is never split
FAMILY_TABLES = ("hukou", "enrolment")
#: what a register says about the whole household: further members share it
_SHARED = frozenset(
    ("household_no", "register", "class", "approved_on", "ended_on", "stop_on", "stop_reason", "hukou_kind")
)
_NOBODY = pa.array(["", "-", "--", "—", "/", "无", "\\", "0"])
_HEAD_WORDS = ("户主", "本人")


def open_lanes(sheet: SheetColumns) -> Lanes:
    """Split rows that tell of several people; a sheet with one person per row comes back as it is.

    Args:
        sheet: its rows that are details, household cells filled.
    """
    if width := side_by_side(sheet.header.cells):
        return lay_below(sheet, width)
    if sheet.table.name not in FAMILY_TABLES:
        return Lanes(sheet)
    names = [forms[0] if forms else "" for forms in header_forms(sheet.header.cells)]
    taken = sheet.columns.used()
    groups = [
        group for group in member_groups(names[: len(sheet.body.columns)])
        if not taken & {at for what, at in group.positions.items() if what in ("name", "id")}
    ]  # fmt: skip
    wide = [group for group in groups if group.numbered]
    if wide and (any(not group.label for group in wide) or _is_of_heads(sheet, names)):
        return _melt(sheet, wide)
    narrow = [group for group in groups if not group.numbered and "name" in group.positions]
    return _name_members(sheet, narrow[0]) if narrow and "name" in sheet.columns.at else Lanes(sheet)


def _is_of_heads(sheet: SheetColumns, names: list[str]) -> bool:
    """Whether the rows' own people are heads of households."""
    return any("户主" in names[at] for what, at in sheet.columns.at.items() if what in ("name", "id"))


def _named(sheet: SheetColumns, group: MemberGroup) -> Mask:
    """Rows in which a group names somebody."""
    named = np.zeros(len(sheet.body), dtype=np.bool_)
    for what in ("name", "id"):
        if what in group.positions:
            cells = pc.utf8_trim_whitespace(sheet.body.columns[group.positions[what]])
            named |= ~np.asarray(pc.is_in(cells, _NOBODY))
    return named


def _melt(sheet: SheetColumns, groups: list[MemberGroup]) -> Lanes:
    base = _numbered_households(_without_notes(sheet, groups))
    further = [lane_of(_member_columns(base, group), _named(base, group)) for group in groups]
    people = sum(len(lane.body) for lane in further)
    note = f"一行一户的宽表:{len(groups)}组成员列拆出{people}人,各占一行,行号与原行相同"
    return Lanes(base, [lane for lane in further if len(lane.body)], [note])


def _without_notes(sheet: SheetColumns, groups: list[MemberGroup]) -> SheetColumns:
    """The members' columns are used, whatever the sheet's own map says."""
    used = {sheet.header.cells[at].strip() for group in groups for at in group.positions.values()}
    unmapped = [cell for cell in sheet.columns.unmapped if cell not in used]
    return replace(sheet, columns=replace(sheet.columns, unmapped=unmapped))


def _member_columns(sheet: SheetColumns, group: MemberGroup) -> SheetColumns:
    """The same sheet as rows about one member: what is the household's stays, what is the head's goes."""
    known = {column.name for column in sheet.table.columns}
    at = {name: position for name, position in sheet.columns.at.items() if name in _SHARED}
    at |= {what: position for what, position in group.positions.items() if what in known}
    constants = {name: cell for name, cell in sheet.given.constants.items() if name in _SHARED}
    if group.label and "relation" in known and "relation" not in at:
        constants["relation"] = group.label
    columns = ColumnMap(at, sheet.columns.town, sheet.columns.village, sheet.columns.year)
    return replace(sheet, columns=columns, given=replace(sheet.given, constants=constants))


def _numbered_households(sheet: SheetColumns) -> SheetColumns:
    """Give every row the number of its household: the delivered one, else one made from its head."""
    keys = list(_household_keys(sheet))
    position = sheet.columns.at.get("household_no")
    if position is None:
        return _with_column(sheet, "household_no", keys)
    written = sheet.body.columns[position].to_pylist()
    if all(cell.strip() for cell in written):
        return sheet
    return _with_column(
        sheet, "household_no", [w if w.strip() else k for w, k in zip(written, keys, strict=True)]
    )


def _household_keys(sheet: SheetColumns) -> Iterator[str]:
    cells = {
        name: sheet.at(at) for name, at in (
            ("name", sheet.columns.at.get("name")), ("id", sheet.columns.at.get("id")), ("village", sheet.columns.village)
        )
    }  # fmt: skip
    numbers = judge_ids(cells["id"].distinct)[0].to_pylist()
    for i, row in enumerate(sheet.body.rows):
        number = numbers[int(cells["id"].codes[i])]
        name, village = clean_name(cells["name"].at(i)), cells["village"].at(i).strip()
        yield household_key(number) if number else household_key(name, village, sheet.header.title, str(row))


def _with_column(sheet: SheetColumns, name: str, cells: list[str]) -> SheetColumns:
    """A column that is not in the file, to the right of those that are."""
    wider, position = with_column(sheet, pa.array(cells, pa.string()))
    return replace(wider, columns=replace(sheet.columns, at=sheet.columns.at | {name: position}))


def _name_members(sheet: SheetColumns, group: MemberGroup) -> Lanes:
    """One line per member beside the head's columns: each line is its member's.

    The head of a household that is not among its members has the household's first line, whose member
    then comes as a further lane.
    """
    sheet = _without_notes(sheet, [group])
    people = _People(sheet, group)
    head_lines = np.array(people.head_lines(), dtype=np.bool_)
    named = _named(sheet, group)
    base = sheet
    for what in ("name", "id"):
        own = [
            people.head[what][i] if head_lines[i] or not named[i] else people.member[what][i]
            for i in range(len(named))
        ]
        base = _with_column(base, what, own)
    base = _with_column(base, "household_no", people.households())
    relation = group.positions.get("relation", sheet.columns.at.get("relation"))
    if relation is not None and "relation" in {column.name for column in sheet.table.columns}:
        said = sheet.body.columns[relation].to_pylist()
        base = _with_column(
            base, "relation", ["户主" if h else s for h, s in zip(head_lines, said, strict=True)]
        )
    lane = lane_of(_member_columns(base, _with_relation(group, relation)), head_lines & named)
    note = f"户主与成员分列:按成员逐行读取,另有{len(lane.body)}行户主与成员各计一人"
    return Lanes(base, [lane] if len(lane.body) else [], [note])


def _with_relation(group: MemberGroup, relation: int | None) -> MemberGroup:
    positions = dict(group.positions)
    if relation is not None:
        positions.setdefault("relation", relation)
    return MemberGroup(group.label, positions)


class _People:
    """Heads and members of a sheet with one line per member; a blank head goes on from the line above."""

    def __init__(self, sheet: SheetColumns, group: MemberGroup) -> None:
        self._sheet = sheet
        self.head = {what: self._cells(sheet.columns.at.get(what)) for what in ("name", "id")}
        self.member = {what: self._cells(group.positions.get(what)) for what in ("name", "id")}
        self._number = self._cells(sheet.columns.at.get("household_no"))
        self._starts = self._first_lines()

    def _cells(self, position: int | None) -> list[str]:
        cells = self._sheet.at(position)
        return [str(cell) for cell in cells.spread(cells.distinct).to_pylist()]

    def _head(self, line: int) -> tuple[str, str, str]:
        return self._number[line].strip(), clean_name(self.head["name"][line]), self.head["id"][line].strip()

    def _first_lines(self) -> list[int]:
        """For each line the first line of its household."""
        starts: list[int] = []
        for line in range(len(self._number)):
            number, *head = self._head(line)
            if line == 0:
                starts.append(0)
                continue
            before_number, *before = self._head(starts[-1])
            same = (not any(head) or head == before) and number in ("", before_number)
            starts.append(starts[-1] if same else line)
        return starts

    def head_lines(self) -> list[bool]:
        """Lines that are the head's own: the first of a household that does not list its head."""
        listed: set[int] = set()
        for line, start in enumerate(self._starts):
            _, name, number = self._head(start)
            own_name, own_number = clean_name(self.member["name"][line]), self.member["id"][line].strip()
            if own_number and number:
                same = (idnum.canonical(own_number) or own_number) == (idnum.canonical(number) or number)
            else:
                same = bool(name) and own_name == name
            if same:
                listed.add(start)
        return [line == start and start not in listed for line, start in enumerate(self._starts)]

    def households(self) -> list[str]:
        """The household's number of each line: the delivered one, else one made from its head."""
        keys: dict[int, str] = {}
        for start in set(self._starts):
            number, name, identity = self._head(start)
            canonical = idnum.canonical(identity)
            made = (
                (canonical,)
                if canonical
                else (name, self._sheet.header.title, str(self._sheet.body.rows[start]))
            )
            keys[start] = number or household_key(*made)
        return [keys[start] for start in self._starts]

"""Which row is the header, and which of its cells is which canonical column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from audit_lib.sources.clean.texts import settle
from audit_lib.sources.layout_above import TableAbove
from audit_lib.sources.layout_heads import JOINT, Composed, compose_header, is_code_row
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import TOWN_HEADERS, YEAR_HEADERS, Column, Table

_BRACKETED = re.compile(r"[(\[【〔{][^()\[\]【】〔〕{}]*[)\]】〕}]")
_DROPPED = re.compile(r"[\s*★:、,。.．_\-/\u200b-\u200f\ufeff]+")
_YEAR = re.compile(r"(20\d\d|19\d\d)")
_UNIT = re.compile(r"(?:金额)?单位[::]?\s*(?:人民币)?\s*(万元|元|分)")
#: parents whose children are the person's own, and children that say the same as their parent
_OWN = re.compile(
    r"(户主|本人|申请人|补贴对象|享受对象|受益人|领款人|农户|基本|个人|人员)(基本)?(信息|情况|资料)?"
)
#: stands in ``columns`` of a source for a header that is nothing, whatever it is called
UNUSED = "不用"
#: a period's first and last month in columns of their own
_FROM_HEADERS = (
    "补贴起始月", "补贴起始月份", "起始月", "起始月份", "开始月份", "起始年月", "开始年月", "补贴起始年月", "所属期起", "补贴期起", "起始期",
    "补贴开始月份", "发放起始月", "发放起始月份", "起月",
)  # fmt: skip
_UNTIL_HEADERS = (
    "补贴终止月", "补贴终止月份", "终止月", "终止月份", "截止月份", "结束月份", "终止年月", "截止年月", "结束年月", "补贴终止年月", "所属期止",
    "补贴期止", "终止期", "补贴结束月份", "补贴截止月", "补贴截止月份", "发放终止月", "发放截止月份", "止月",
)  # fmt: skip
_NUMBER_OF_A_PERSON = re.compile(r"\d{15}|\d{17}[\dXx]", re.ASCII)
_WHOLE = re.compile(r"合计|总计|小计|总额|总数|元|万元|小写")
_HEADER_UNIT = re.compile(r"[(\[【〔](?:单位[::]?)?(?:人民币)?(万元|元|分)[)\]】〕]")


@lru_cache(maxsize=4096)
def normal_header(text: str) -> str:
    r"""A header without width, blanks, line breaks, asterisks and bracketed remarks; 帐 is 账.

    Example:
        >>> normal_header("*补贴金额\n(元)"), normal_header("帐 号")
        ('补贴金额', '账号')
    """
    return settle(_normal_step, text)


def _normal_step(text: str) -> str:
    written = unicodedata.normalize("NFKC", text).replace("帐", "账")
    return _DROPPED.sub("", _BRACKETED.sub("", written)) or _DROPPED.sub("", written)


@dataclass(frozen=True)
class Header:
    """A sheet's header and what is written above it.

    Attributes:
        at: its last row, one name per column (``layout_heads.JOINT`` between parent and child).
        title: what is written above it.
        first: number of its first row, 0 when it is not known.
        asides: rows of codes, units or column numbers that were passed over.
        above: a table above that cannot be read, None when there is none.
    """

    at: HeadRow
    title: str
    first: int = 0
    asides: tuple[str, ...] = ()
    above: TableAbove | None = None

    @property
    def cells(self) -> list[str]:
        """The header's cells as written."""
        return self.at.cells

    def unit(self) -> str | None:
        """Unit of amounts named in the title (单位:万元), None when none is named."""
        found = _UNIT.search(unicodedata.normalize("NFKC", self.title))
        return found[1] if found else None


@dataclass
class ColumnMap:
    """Which cell of the header is which canonical column."""

    at: dict[str, int] = field(default_factory=dict)
    town: int | None = None
    village: int | None = None
    year: int | None = None
    by_year: list[tuple[str, int]] = field(default_factory=list)
    until: int | None = None
    barred: set[int] = field(default_factory=set)
    unmapped: list[str] = field(default_factory=list)

    def used(self) -> set[int]:
        """Positions that some column takes."""
        single = {i for i in (self.town, self.village, self.year, self.until) if i is not None}
        return {*self.at.values(), *single, *self.barred, *(i for _, i in self.by_year)}


def known_headers(table: Table, overrides: Mapping[str, str]) -> set[str]:
    """Every spelling that means a column of the table."""
    spellings = {normal_header(s) for column in table.columns for s in column.headers}
    return spellings | {normal_header(s) for s in overrides}


def find_header(head: list[HeadRow], table: Table, overrides: Mapping[str, str]) -> Header | None:
    """The rows with most known headers (the first of equals), None when no rows have two.

    A header of two or three rows is found as one; what is folded into it is in ``Header.at``. A smaller
    table above, with people of its own and no needed column less, comes first.
    """
    known = known_headers(table, overrides)
    composed = [compose_header(head, index) for index in range(len(head))]
    hits = [_known_names(one.at.cells, known) for one in composed]
    best = max(hits, default=0)
    if best < 2:
        return None
    widest = hits.index(best)
    index, unread = _find_above(head, composed, hits, widest, table, overrides)
    above = (
        cell.strip()
        for row in head[:index]
        if not is_code_row(row.cells)
        for cell in row.cells
        if cell.strip()
    )
    found = composed[index]
    asides = (*found.asides, unread.said) if unread else found.asides
    return Header(found.at, " ".join(dict.fromkeys(above)), found.first, asides, unread)


def _find_above(
    head: list[HeadRow], composed: list[Composed], hits: list[int], widest: int, table: Table,
    overrides: Mapping[str, str],
) -> tuple[int, TableAbove | None]:  # fmt: skip
    """Where the first of several tables is headed, and one above it that cannot be read."""
    needed = _needed_columns(composed[widest].at.cells, table, overrides)
    for index in range(widest):
        last = composed[index].at.row
        people = [
            row for row in head[index:widest]
            if row.row > last and any(_NUMBER_OF_A_PERSON.fullmatch(cell.strip()) for cell in row.cells)
        ]  # fmt: skip
        if hits[index] < 2 or not people:
            continue
        lacking = needed - _needed_columns(composed[index].at.cells, table, overrides)
        if not lacking:
            return index, None
        missing = [column.caption for column in table.columns if column.name in lacking]
        return widest, TableAbove.of(composed[index], people, composed[widest], head, missing)
    return widest, None


def _needed_columns(cells: list[str], table: Table, overrides: Mapping[str, str]) -> set[str]:
    found = map_columns(cells, table, overrides).at
    return {column.name for column in table.columns if column.required and column.name in found}


def _known_names(cells: list[str], known: set[str]) -> int:
    """How many known headers a row has; a parent and its children are one each."""
    return len(
        {next(iter(hit)) for forms in header_forms(cells) if (hit := [f for f in forms if f in known])}
    )


def header_forms(cells: list[str]) -> list[tuple[str, ...]]:
    """The normal forms a column's name may be known by, surest first; none for a blank cell.

    A composed name is known as a whole, by its child (unless the same child stands under several
    parents, when only the person's own or the 合计 keeps it) and by its parent, when the parent has
    no other child or the child only says 合计.
    """
    parts = [
        tuple(normal_header(part) for part in cell.split(JOINT)) if cell.strip() else () for cell in cells
    ]
    children: dict[str, set[tuple[str, ...]]] = {}
    heirs: dict[tuple[str, ...], int] = {}
    for part in parts:
        if len(part) > 1:
            children.setdefault(part[-1], set()).add(part[:-1])
            heirs[part[:-1]] = heirs.get(part[:-1], 0) + 1
    forms: list[tuple[str, ...]] = []
    for part in parts:
        if len(part) < 2:
            forms.append(part)
            continue
        parents = children[part[-1]]
        mine = [parent for parent in parents if _OWN.fullmatch(parent[-1])]
        mine = mine or [parent for parent in parents if _WHOLE.fullmatch(parent[-1])]
        sole = len(parents) == 1 or mine == [part[:-1]]
        names = (
            ["".join(part)] + (["".join(part[-2:])] if len(part) > 2 else []) + ([part[-1]] if sole else [])
        )
        if heirs[part[:-1]] == 1 or _WHOLE.fullmatch(part[-1]):
            names.append(part[-2])
        forms.append(tuple(dict.fromkeys(names)))
    return forms


def header_unit(cell: str) -> str | None:
    """Unit in a header's brackets: 金额(万元)."""
    found = _HEADER_UNIT.search(unicodedata.normalize("NFKC", cell))
    return found[1] if found else None


def map_columns(cells: list[str], table: Table, overrides: Mapping[str, str]) -> ColumnMap:
    """Give every canonical column at most one header, and every header at most one column.

    The spelling that stands earlier in a column's list wins; the loser is left unmapped and is
    named in the register. ``overrides`` (header → column, 镇/村 for the two halves of a place, or
    ``UNUSED``) go before synonyms.
    """
    forms = header_forms(cells)
    mapping = ColumnMap()
    _apply_overrides(mapping, forms, table, overrides)
    for column in table.columns:
        if column.type == "fen_by_year":
            continue
        if column.type == "place":
            _map_place(mapping, forms, column)
        elif column.name not in mapping.at:
            position = _first_free(forms, column.headers, mapping.used())
            if position is not None:
                mapping.at[column.name] = position
    if any(column.type == "period" for column in table.columns):
        _map_span(mapping, forms)
        mapping.year = _first_free(forms, YEAR_HEADERS, mapping.used())
    if any(column.type == "fen_by_year" for column in table.columns):
        mapping.by_year = [
            (found[1], i)
            for i, names in enumerate(forms)
            if names and i not in mapping.used() and (found := _YEAR.search(names[0]))
        ]
    used = mapping.used() - mapping.barred
    mapping.unmapped = [cells[i].strip() for i, names in enumerate(forms) if names and i not in used]
    return mapping


def _map_span(mapping: ColumnMap, forms: list[tuple[str, ...]]) -> None:
    """A first and a last month are a period only together; a column that says the whole period goes before."""
    until = _first_free(forms, _UNTIL_HEADERS, mapping.used())
    if until is None:
        return
    first = mapping.at.get("service")
    if first is None:
        first = _first_free(forms, _FROM_HEADERS, mapping.used() | {until})
    elif not set(forms[first]) & {normal_header(spelling) for spelling in _FROM_HEADERS}:
        return
    if first is not None:
        mapping.at["service"], mapping.until = first, until


def _apply_overrides(
    mapping: ColumnMap, forms: list[tuple[str, ...]], table: Table, overrides: Mapping[str, str]
) -> None:
    names = {column.name for column in table.columns}
    for spelling, column in overrides.items():
        position = _first_free(forms, (spelling,), mapping.used())
        if position is None:
            continue
        if column == UNUSED:
            mapping.barred.add(position)
        elif column == "镇":
            mapping.town = position
        elif column == "村":
            mapping.village = position
        elif column in names:
            mapping.at[column] = position


def _map_place(mapping: ColumnMap, forms: list[tuple[str, ...]], column: Column) -> None:
    towns = tuple(spelling for spelling in column.headers if spelling in TOWN_HEADERS)
    villages = tuple(spelling for spelling in column.headers if spelling not in TOWN_HEADERS)
    if mapping.town is None:
        mapping.town = _first_free(forms, towns, mapping.used())
    if mapping.village is None:
        mapping.village = _first_free(forms, villages, mapping.used())


def _first_free(forms: list[tuple[str, ...]], spellings: tuple[str, ...], used: set[int]) -> int | None:
    for spelling in spellings:
        wanted = normal_header(spelling)
        for level in range(4):
            for position, names in enumerate(forms):
                if level < len(names) and names[level] == wanted and position not in used:
                    return position
    return None

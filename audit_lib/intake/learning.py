"""What the rows of the files say about the district: its places, subsidies, years and area codes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from audit_lib.intake.areas import PlaceCounts
from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.references import Reference
from audit_lib.intake.titles import is_several
from audit_lib.sources.cells import Cells
from audit_lib.sources.clean.items import normal
from audit_lib.sources.clean.periods import read_period_with_year
from audit_lib.sources.headers import normal_header
from audit_lib.sources.sheets import DeliveredSheet
from audit_lib.sources.surroundings import year_in
from audit_lib.tables import YEAR_HEADERS

_NATURAL = re.compile(r"村组|自然村|村民小组|组别|自然屯|屯|组")
_TOWN_IN_PATH = re.compile(r"(?:^|[/_\-\s(（\d年月])([\u4e00-\u9fff]{1,5}(?:镇|乡|街道))")
_AREA_CODE = re.compile(r"[1-9]\d{5}(?=\d{11}[\dXx]$)")
_TOTAL = re.compile(r"[合总小共]\s*计.*")
#: the household register and the official list know places; a payment list only repeats them
_WEIGHT = {"hukou": 3}
_LEARNT = ("镇", "村", "自然村", "item", "service", "id", "年")


@dataclass
class District:
    """What the files say about the district."""

    places: PlaceCounts = field(default_factory=PlaceCounts)
    items: Counter[str] = field(default_factory=Counter)
    from_titles: set[str] = field(default_factory=set)
    channels: dict[str, Counter[str]] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)
    area_codes: Counter[str] = field(default_factory=Counter)
    references: list[Reference] = field(default_factory=list)


@dataclass(frozen=True)
class SheetFacts:
    """How often each combination of the cells occurs in a sheet that something is learnt from."""

    places: dict[tuple[str, ...], int] = field(default_factory=dict)
    items: dict[tuple[str, ...], int] = field(default_factory=dict)
    periods: dict[tuple[str, ...], int] = field(default_factory=dict)
    ids: dict[tuple[str, ...], int] = field(default_factory=dict)


def gather_facts(sheet: DeliveredSheet, proposal: SheetProposal) -> SheetFacts:
    """Read the telling columns of a sheet that is open, every row of them."""
    at = {p.column: p.position for p in proposal.mapped.proposals}
    for position, cell in enumerate(proposal.at.cells):
        header = normal_header(cell)
        if _NATURAL.fullmatch(header):
            at.setdefault("自然村", position)
        elif header in YEAR_HEADERS:
            at.setdefault("年", position)
    if not set(at) & set(_LEARNT):
        return SheetFacts()
    body = sheet.body(proposal.at, frozenset())

    def cells(name: str) -> Cells:
        position = at.get(name)
        known = position is not None and position < len(body.columns)
        return body.cells(position) if known and position is not None else Cells.constant("", len(body))

    def counts(*names: str) -> dict[tuple[str, ...], int]:
        return count_cells([cells(name) for name in names]) if set(names) & set(at) and len(body) else {}

    return SheetFacts(counts("镇", "村", "自然村"), counts("item"), counts("年", "service"), counts("id"))


def learn(
    name: str, sheets: list[tuple[SheetProposal, SheetFacts]], channel: str, district: District
) -> None:
    """Add what the sheets of one file say.

    Args:
        name: the file's path, whose folders may name a town.
        sheets: the sheets that are of the file's table.
        channel: how the file's payments were paid, empty when it has none.
        district: added to.
    """
    for proposal, facts in sheets:
        table = proposal.table.name
        if proposal.item and not is_several(proposal.item):
            district.from_titles.add(proposal.item)
            _count_item(proposal.item, 1, channel, district)
        if table in ("payment", "hukou", "enrolment", "death"):
            _count_places(name, proposal, facts, district)
        if table in ("payment", "control_total"):
            for (item,), times in facts.items.items():
                if item.strip() and not _TOTAL.fullmatch(item.strip()):
                    _count_item(item, times, channel, district)
        if table == "payment":
            title_year = next((year for text in proposal.places if (year := year_in(text))), "")
            for (year, text), times in facts.periods.items():
                if period := read_period_with_year(year or title_year, text):
                    district.years[period[0] // 12] += times
            if not facts.periods and title_year:
                district.years[int(title_year)] += sum(facts.ids.values())
        for (number,), times in facts.ids.items():
            if found := _AREA_CODE.match(number.strip()):
                district.area_codes[found.group()] += times


def _count_places(name: str, proposal: SheetProposal, facts: SheetFacts, district: District) -> None:
    town = _TOWN_IN_PATH.search(name) or _TOWN_IN_PATH.search(f"/{proposal.sample.sheet}")
    town = town or _TOWN_IN_PATH.search(f"/{proposal.title}")
    for (first, second, third), times in facts.places.items():
        # a column headed 村 may hold whole addresses, which name their town themselves
        first = first.strip() or (town[1] if town and len(second) <= 8 else "")
        district.places.add(first, second, third, times * _WEIGHT.get(proposal.table.name, 1))


def _count_item(name: str, times: int, channel: str, district: District) -> None:
    district.items[name] += times
    if channel:
        district.channels.setdefault(normal(name), Counter())[channel] += times


def count_cells(columns: Sequence[Cells]) -> dict[tuple[str, ...], int]:
    """How often each combination of cells occurs."""
    combined = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        combined = combined * max(len(column.distinct), 1) + column.codes
    _, first, times = np.unique(combined, return_index=True, return_counts=True)
    return {
        tuple(column.at(int(row)) for column in columns): int(n) for row, n in zip(first, times, strict=True)
    }

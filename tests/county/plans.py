"""What a made-up county decides: towns, items, rates, audited years."""

from __future__ import annotations

from dataclasses import dataclass


def month_no(text: str) -> int:
    """``"2020-03"`` → 2020×12+2."""
    return int(text[:4]) * 12 + int(text[5:7]) - 1


@dataclass(frozen=True)
class ItemPlan:
    """An item as the county's policy list knows it; ``kind`` says how the generator treats it.

    ``rates``: class → list of (first month "2020-01", fen per unit).
    """

    kind: str
    name: str
    short: str
    dept: str
    office: str
    freq: str
    unit: str
    level: str
    rates: dict[str, list[tuple[str, int]]]
    register: str | None
    doc_no: str
    system: bool = True
    must: bool = False
    stop_rule: str = "next_month"
    means_tested: bool = False
    hukou_required: bool = False
    staff_forbidden: bool = False
    rate_check: str = "exact"
    holder: str = "self"
    words: tuple[str, ...] = ()
    posthumous_ok: bool = False

    def rate(self, class_name: str, month: int) -> int:
        """Fen per unit in force in ``month``."""
        spans = self.rates.get(class_name) or self.rates[""]
        found = 0
        for first, fen in spans:
            if month_no(first) <= month:
                found = fen
        return found


@dataclass(frozen=True)
class ExclusionPlan:
    """Two kinds nobody may have at once; ``flag`` says which is questioned."""

    a: str
    b: str
    scope: str
    relation: str
    flag: str
    doc_no: str


@dataclass(frozen=True)
class CountyPlan:
    """A county. ``villages``: town → village names."""

    slug: str
    zone: str
    bureau: str
    seed: int
    years: tuple[int, ...]
    villages: dict[str, list[str]]
    items: tuple[ItemPlan, ...]
    exclusions: tuple[ExclusionPlan, ...]
    banks: list[str]
    account_prefix: str
    households: int = 1150
    dead_places: tuple[str, ...] = ("家中", "县人民医院")
    tells_cancelled: bool = True

    def item(self, kind: str) -> ItemPlan:
        """The item of a kind."""
        return next(item for item in self.items if item.kind == kind)

    def has(self, kind: str) -> bool:
        """Whether the county pays this kind."""
        return any(item.kind == kind for item in self.items)

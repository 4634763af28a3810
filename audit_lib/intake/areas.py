"""Towns, villages and natural villages from what the files write into their place columns."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import count

from pypinyin import lazy_pinyin

from audit_lib.params import Town, Village

_TOWN_END = re.compile(r"(镇|乡|街道办事处|街道|办事处)$")
_OFFICE = re.compile(r"(人民)?政府$")
_VILLAGE_END = re.compile(r"(村民委员会|居民委员会|村委会|居委会|村委|居委|社区|村|居)$")
_ADDRESS = re.compile(
    r"(?:[^省]{2,8}省|[^区]{2,5}自治区)?(?:[^市]{2,8}市)?(?P<zone>[^市县区]{1,8}[市县区])?"
    r"(?P<town>[^省市县区镇乡]{1,6}(?:街道办事处|街道|镇|乡))(?P<village>.{1,10}?(?:居委会|村委会|社区|村))?"
)
#: a spelling this rare beside a common one is a slip, not a place
_RARE = 0.002


@dataclass(frozen=True)
class Place:
    """What one row says about where somebody lives."""

    town: str
    village: str
    natural: str = ""


@dataclass
class PlaceCounts:
    """How often each place is written. An official list and the household register count most."""

    towns: Counter[str] = field(default_factory=Counter)
    places: Counter[Place] = field(default_factory=Counter)
    zones: Counter[str] = field(default_factory=Counter)

    def add(self, town: str, village: str, natural: str, times: int) -> None:
        """Count a town cell and a village cell, either of which may be a whole address."""
        town, village, natural = (_written(text) for text in (town, village, natural))
        if found := _ADDRESS.match(village if len(village) > 8 or not town else town):
            if found["zone"]:
                self.zones[found["zone"]] += times
            if not town or len(town) > 8:
                town, village = found["town"], found["village"] or ""
            elif len(village) > 8:
                village = found["village"] or ""
        if town and len(town) <= 12 and not re.search(r"\d", town):
            self.towns[town] += times
            if village and len(village) <= 12 and not re.search(r"\d", village):
                self.places[Place(town, village, natural)] += times


def build_areas(counts: PlaceCounts) -> tuple[list[Town], list[str]]:
    """Towns with their villages, and the spellings that were too rare to be taken for a place."""
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, times in counts.towns.items():
        spellings[_town_stem(name)][name] += times
    total = sum(counts.towns.values())
    stems = {stem: found for stem, found in spellings.items() if found.total() >= max(2, total * _RARE)}
    rare = [name for stem, found in spellings.items() if stem not in stems for name in found]
    towns, taken = [], set[str]()
    for stem, found in sorted(stems.items(), key=lambda item: -item[1].total()):
        slug = _fresh(_slug(stem), taken)
        name = max(found, key=lambda s: (bool(_TOWN_END.search(s)), found[s], s))
        aliases = sorted({*found, *([stem] if len(stem) >= 2 else [])} - {name})
        villages, odd = _build_villages(stem, slug, counts)
        rare += [f"{name}{village}" for village in odd]
        towns.append(Town(town_id=slug, name=name, aliases=aliases, villages=villages))
    return towns, rare


def _build_villages(town: str, slug: str, counts: PlaceCounts) -> tuple[list[Village], list[str]]:
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    natural: dict[str, Counter[str]] = defaultdict(Counter)
    for place, times in counts.places.items():
        if _town_stem(place.town) != town:
            continue
        spellings[_village_stem(place.village)][place.village] += times
        if place.natural and _village_stem(place.natural) != _village_stem(place.village):
            natural[_village_stem(place.village)][place.natural] += times
    as_natural = Counter[str]()
    for found in natural.values():
        for name, times in found.items():
            as_natural[_village_stem(name)] += times
    total = sum(found.total() for found in spellings.values())
    kept = {
        stem: found for stem, found in spellings.items()
        if found.total() >= max(2, total * _RARE) and found.total() > as_natural[stem]
    }  # fmt: skip
    odd = [
        name
        for stem, found in spellings.items()
        if stem not in kept and not as_natural[stem]
        for name in found
    ]
    initials = "".join(word[0] for word in lazy_pinyin(town) if word)[:4] or slug[:4]
    numbers = count(1)
    villages = []
    for stem, found in sorted(kept.items(), key=lambda item: (-item[1].total(), item[0])):
        name = max(found, key=lambda s: (found[s], s))
        below = sorted(n for n in natural[stem] if _village_stem(n) not in kept and natural[stem][n] >= 1)
        villages.append(
            Village(
                village_id=f"{initials}{slug[:2]}{next(numbers):03d}", name=name,
                aliases=sorted(set(found) - {name}), natural=below,
            )
        )  # fmt: skip
    return villages, odd


def _written(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def _town_stem(name: str) -> str:
    stem = _TOWN_END.sub("", _OFFICE.sub("", name))
    return stem or name


def _village_stem(name: str) -> str:
    stem = _VILLAGE_END.sub("", name)
    return stem if len(stem) >= 2 else name


def _slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", "".join(lazy_pinyin(text)).lower()) or "zhen"


def _fresh(slug: str, taken: set[str]) -> str:
    name = next(s for n in count(1) if (s := slug if n == 1 else f"{slug}{n}") not in taken)
    taken.add(name)
    return name

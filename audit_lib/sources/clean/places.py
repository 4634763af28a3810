"""Towns and villages: every spelling of the area dictionary to its codes."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cached_property

from audit_lib.params import Town
from audit_lib.sources.clean.texts import settle

Place = tuple[str | None, str | None]

_BLANKS = re.compile(r"\s+")
_BOUNDARY = re.compile(r"[省市县区镇乡]|街道|办事处")
_VILLAGE_END = re.compile(
    r"(村民委员会|居民委员会|村委员会|居委员会|村委会|居委会|村委|居委|行政村|自然村|社区|村|居)$"
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
#: old forms and radicals that look like the character of a place name and are another code point
_GLYPHS = str.maketrans(
    "鎮鄉莊嶺區縣東溝廟橋灣龍馬張陳劉趙楊孫馮鄭蔣韓許蘇葉閻團壯崗蘆園門關廣興樂靈澗塢壩圍劃義黃⻄⻢⻋⻓⻔⻛⻥⻦⻩⻰",
    "镇乡庄岭区县东沟庙桥湾龙马张陈刘赵杨孙冯郑蒋韩许苏叶阎团壮岗芦园门关广兴乐灵涧坞坝围划义黄西马车长门风鱼鸟黄龙",
)


def normal(text: str) -> str:
    """A spelling without blanks, width and brackets' differences."""
    return settle(_plain, text)


def _plain(text: str) -> str:
    return _INVISIBLE.sub("", _BLANKS.sub("", unicodedata.normalize("NFKC", text))).translate(_GLYPHS)


def _stem(name: str) -> str:
    """A village without what kind of village it is, however often that is said (草岭村村委会)."""
    while len(shorter := _VILLAGE_END.sub("", name)) >= 2 and shorter != name:
        name = shorter
    return name


def _village_spellings(name: str) -> list[str]:
    stem = _VILLAGE_END.sub("", normal(name))
    if len(stem) < 2:
        return [normal(name)]
    return [
        normal(name),
        *(stem + end for end in ("村", "社区", "村委会", "居委会", "村民委员会", "居民委员会", "")),
    ]


class Villages:
    """The villages of one town (or of all): spelling → village code; what is ambiguous is not known."""

    def __init__(self, entries: Iterable[tuple[str, str]]) -> None:
        """``entries``: (spelling, code)."""
        meanings: dict[str, set[str]] = {}
        for spelling, code in entries:
            meanings.setdefault(spelling, set()).add(code)
        self.codes = {s: next(iter(codes)) if len(codes) == 1 else None for s, codes in meanings.items()}

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        """Spellings as they stand in front of a house number; a short one (大店) only right before it."""
        known = sorted((s for s, code in self.codes.items() if code), key=len, reverse=True)
        long = [re.escape(s) for s in known if _VILLAGE_END.search(s) or len(s) > 2]
        short = [re.escape(s) for s in known if not (_VILLAGE_END.search(s) or len(s) > 2)]
        return re.compile("|".join([*long, *(f"{s}(?=[0-9])" for s in short)]) or r"(?!)")

    def find(self, text: str) -> str | None:
        """The village a text names: alone, or at the start of an address or of one of its parts."""
        if text in self.codes:
            return self.codes[text]
        for name in (text, text.split("(")[0]):
            if (stem := _stem(name)) in self.codes:
                return self.codes[stem]
        starts = [0, *(boundary.end() for boundary in _BOUNDARY.finditer(text))]
        for start in starts:
            if found := self._pattern.match(text, start):
                return self.codes[found.group()]
        return None


class Places:
    """The area dictionary (``areas.yml``) ready for look-ups."""

    def __init__(self, towns: list[Town]) -> None:
        self._town_exact = {normal(s): t.town_id for t in towns for s in (t.name, *t.aliases, t.town_id)}
        spellings = {
            s: code for s, code in self._town_exact.items() if s[-1] in "镇乡道办处区会场" and len(s) > 2
        }
        self._town_in_text = re.compile(
            "|".join(map(re.escape, sorted(spellings, key=len, reverse=True))) or r"(?!)"
        )
        self._villages = {town.town_id: Villages(_entries([town])) for town in towns}
        self._anywhere = Villages(_entries(towns))
        self._town_of = {village.village_id: town.town_id for town in towns for village in town.villages}
        self._memory: dict[tuple[str, str], Place] = {}

    def town(self, text: str) -> str | None:
        """The town a cell, a title or a path names."""
        written = normal(text)
        if written in self._town_exact:
            return self._town_exact[written]
        if found := self._town_in_text.search(written):
            return self._town_exact[found.group()]
        parts = {
            self._town_exact[part] for part in re.split(r"[_/\-.()]", written) if part in self._town_exact
        }
        return parts.pop() if len(parts) == 1 else None

    def find(self, town: str, village: str) -> Place:
        """Codes of a town cell and a village cell (or an address with both); None for what is not known."""
        key = (town, village)
        if key not in self._memory:
            self._memory[key] = self._resolve(normal(town), normal(village))
        return self._memory[key]

    def _resolve(self, town: str, village: str) -> Place:
        town_id = self.town(town) if town else None
        if found := self._town_in_text.search(village):
            named = self._town_exact[found.group()]
            if town_id is None or named == town_id:
                town_id, village = named, village[found.end() :]
        if not village:
            return town_id, None
        if town_id is not None:
            return town_id, self._villages[town_id].find(village)
        village_id = self._anywhere.find(village)
        return (self._town_of[village_id] if village_id else None), village_id


def _entries(towns: list[Town]) -> list[tuple[str, str]]:
    """Spellings in the order of their certainty; a weaker one that means two villages is left out."""
    exact = [(normal(name), v.village_id) for t in towns for v in t.villages for name in (v.name, *v.aliases)]
    taken = {spelling for spelling, _ in exact}
    natural = [
        (normal(name), v.village_id) for t in towns for v in t.villages for name in v.natural
        if normal(name) not in taken
    ]  # fmt: skip
    taken |= {spelling for spelling, _ in natural}
    variants = [
        (spelling, v.village_id) for t in towns for v in t.villages for name in (v.name, *v.aliases, *v.natural)
        for spelling in _village_spellings(name) if spelling not in taken
    ]  # fmt: skip
    return list(dict.fromkeys([*exact, *natural, *variants]))

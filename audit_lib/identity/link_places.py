"""Places of two files nobody has described: the village inside an address, the town before it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

_TOWN = re.compile(r"([^省市县区镇乡\d]{1,6}(?:街道办事处|街道|镇|乡))")
_VILLAGE = re.compile(
    r"([^省市县区镇乡村\d]{1,10}?)(?:村民委员会|居民委员会|村委会|居委会|村委|居委|社区|村|居|庄委)"
)
_ENDING = re.compile(r"(村民委员会|居民委员会|村委会|居委会|村委|居委|社区|村|居)$")
_BLANKS = re.compile(r"[\s()\[\]【】〔〕,。;:·\-_/]+")
#: a text this short without digits is a village's own name, not an address
_NAME_MOST = 8


def place_keys(
    towns: Iterable[str], villages: Iterable[str], known: frozenset[str]
) -> tuple[list[str], list[str]]:
    """Town and village of each row, in a spelling that both files share; empty when not known.

    Args:
        towns: cells of the town column.
        villages: cells of the village or address column.
        known: ``known_villages`` of both files.
    """
    memory: dict[tuple[str, str], tuple[str, str]] = {}
    places = []
    longest = max(map(len, known), default=0)
    for written in zip(towns, villages, strict=True):
        if written not in memory:
            memory[written] = _read(_squeeze(written[0]), _squeeze(written[1]), known, longest)
        places.append(memory[written])
    return [town for town, _ in places], [village for _, village in places]


def known_villages(cells: Iterable[str]) -> frozenset[str]:
    """Names of villages that stand alone in a cell somewhere, without 村 and the like."""
    found = set()
    for cell in cells:
        text = _squeeze(cell)
        if 0 < len(text) <= _NAME_MOST and not any(c.isdigit() for c in text) and not _TOWN.search(text):
            stem = _ENDING.sub("", text)
            if len(stem) >= 2:
                found.add(stem)
    return frozenset(found)


def without_house_number(places: pa.Array) -> pa.Array:
    """Addresses up to the number of the house, the group or the flat, which would make each a text of its own."""
    return pc.replace_substring_regex(
        places, r"^(.*?\p{Han}{2}[^0-9０-９]*)[0-9０-９]+(?:号|户|组|排|栋|幢|室|单元|弄|巷|-|#|$).*$", r"\1"
    )


def _squeeze(text: str) -> str:
    return _BLANKS.sub("", unicodedata.normalize("NFKC", text))


def _read(town: str, address: str, known: frozenset[str], longest: int) -> tuple[str, str]:
    named = _TOWN.findall(address)
    town = town or (named[-1] if named else "")
    rest = address[address.rfind(named[-1]) + len(named[-1]) :] if named else address
    stem = _ENDING.sub("", rest)
    if stem in known or (0 < len(rest) <= _NAME_MOST and not any(c.isdigit() for c in rest)):
        return _town_stem(town), stem if len(stem) >= 2 else rest
    for length in range(min(longest, len(rest)), 1, -1):
        for start in range(len(rest) - length + 1):
            if rest[start : start + length] in known:
                return _town_stem(town), rest[start : start + length]
    found = _VILLAGE.search(rest)
    return _town_stem(town), found[1] if found else ""


def _town_stem(town: str) -> str:
    named = _TOWN.findall(town)
    return re.sub(r"(街道办事处|街道|镇|乡)$", "", named[-1] if named else town)

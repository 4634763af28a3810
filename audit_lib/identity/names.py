"""Chinese personal names: one spelling for comparing, surname, sound, mask, and how two names relate.

A name is short: a typist's slip in 王秀英 changes a third of it, so similarity scores made for
Latin names separate nothing here. What counts is *which* character differs and whether it
sounds or looks like the other.

Example:
    >>> surname("欧阳明月"), mask_name("王秀英"), relate("王秀英", "王秀瑛").name
    ('欧阳', '王*英', 'SIMILAR')
"""

from __future__ import annotations

import re
import unicodedata
from enum import IntEnum
from functools import lru_cache

from pypinyin import Style, pinyin
from rapidfuzz.distance import OSA

from audit_lib.identity.glyphs import look_alike

#: a character nobody could read or print: □, ?, replacement and private-use characters
UNREADABLE = "□"
#: a character hidden on purpose
HIDDEN = "*"

COMPOUND_SURNAMES = frozenset(
    "欧阳 司马 上官 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 司徒 司空 长孙 宇文 轩辕 东方 南宫 西门 独孤 端木 "
    "百里 呼延 拓跋 闻人 申屠 太史 澹台 公冶 濮阳 淳于 单于 钟离 鲜于 闾丘 仲孙 亓官 东郭 左丘 公西 漆雕 "
    "乐正 宰父 谷梁 赫连 万俟 第五 梁丘".split()
)

_DOTS = re.compile(r"[·•․‧∙⋅・･。.‥●]")
_REMARK = re.compile(r"[(\[【〔][^)\]】〕]*[)\]】〕]$")
_HIDERS = re.compile(r"[*×某●]")
_CANNOT_READ = re.compile(r"[?□■▢◻�\ue000-\uf8ff\U000f0000-\U0010fffd]")
_NOISE = re.compile(r"[\s\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufe00-\ufe0f\ufeff'\"`_\-]+")


class NameLevel(IntEnum):
    """How two names relate, from no information to equal."""

    MISSING = 0
    DIFFERENT = 1
    SURNAME = 2
    MASKED = 3
    ONE_CHARACTER = 4
    SIMILAR = 5
    FORMER = 6
    EQUAL = 7


def plain(name: str) -> str:
    """The spelling names are compared in: width, blanks, dots, remarks and unreadable characters settled."""
    text = unicodedata.normalize("NFKC", name)
    text = _NOISE.sub("", text)
    while (shorter := _REMARK.sub("", text)) != text and shorter:
        text = shorter
    text = _DOTS.sub("", text)
    text = _HIDERS.sub(HIDDEN, text)
    return _CANNOT_READ.sub(UNREADABLE, text)


def surname(name: str) -> str:
    """The surname, two characters when it is a compound one and something follows it."""
    if len(name) > 2 and name[:2] in COMPOUND_SURNAMES:
        return name[:2]
    return name[:1]


def mask_name(name: str) -> str:
    """``王*`` for two characters, ``王*英`` for three and more; nothing to hide in one."""
    if len(name) <= 1:
        return name
    if len(name) == 2:
        return name[0] + HIDDEN
    return name[0] + HIDDEN * (len(name) - 2) + name[-1]


@lru_cache(maxsize=65536)
def readings(character: str) -> frozenset[str]:
    """All tone-less readings of one character; the character itself when it has none."""
    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def sound_alike(one: str, other: str) -> bool:
    """Whether two characters share a tone-less reading."""
    return not readings(one).isdisjoint(readings(other))


def relate(one: str, other: str) -> NameLevel:
    """How two names in their plain spelling relate. Symmetric.

    Characters that sound or look alike, and unreadable ones, are what clerks and printers
    confuse. Two characters that differ only in the surname are two families, not a slip.
    """
    if not one or not other:
        return NameLevel.MISSING
    if one == other and HIDDEN not in one:
        return NameLevel.EQUAL
    if HIDDEN in one or HIDDEN in other:
        return NameLevel.MASKED if _covers(one, other) else _by_surname(one, other)
    if len(one) == len(other):
        apart = [(a, b) for a, b in zip(one, other, strict=True) if a != b]
        something_known = len(apart) < len(one) or UNREADABLE not in one + other
        if something_known and all(confusable(a, b) for a, b in apart):
            return NameLevel.SIMILAR
    shorter = min(len(one), len(other))
    if shorter >= 2 and OSA.distance(one, other, score_cutoff=1) <= 1:
        if len(one) == len(other) == 2 and one[0] != other[0]:
            return NameLevel.DIFFERENT
        return NameLevel.ONE_CHARACTER
    return _by_surname(one, other)


def confusable(one: str, other: str) -> bool:
    """Whether clerks and printers take one character for the other, or one is unreadable."""
    return UNREADABLE in (one, other) or look_alike(one, other) or sound_alike(one, other)


def _by_surname(one: str, other: str) -> NameLevel:
    return NameLevel.SURNAME if surname(one) == surname(other) else NameLevel.DIFFERENT


def _covers(one: str, other: str) -> bool:
    """Whether a masked name can be the other one: a star is one character, a last star any number."""
    if len(one) != len(other):
        shorter, longer = sorted((one, other), key=len)
        if not shorter.endswith(HIDDEN) or len(shorter) < 2:
            return False
        one, other = shorter[:-1], longer[: len(shorter) - 1]
    pairs = list(zip(one, other, strict=True))
    known = [(a, b) for a, b in pairs if HIDDEN not in (a, b)]
    return bool(known) and all(a == b for a, b in known)

"""What an unusable identity-card number still says.

A number that is not valid is never repaired, but most of it is usually right: a slip in one
digit, the last three lost in a spreadsheet, the middle hidden for a public notice.

Example:
    >>> read_number("371327****1230")
    Number(kind='masked', pattern='371327********1230', birth='', sex='')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

from audit_lib import idnum

Kind = Literal["none", "full", "masked", "cut"]

LENGTH = 18
_STARS = re.compile(r"[*×]+")
_MANTISSA = re.compile(r"^(\d)(?:\.(\d+))?E\+?(\d+)$")
#: fewer known digits than this are an area code, not a person
FEWEST_KNOWN = 8


class NumberLevel(IntEnum):
    """How two identity-card numbers relate."""

    MISSING = 0
    DIFFERENT = 1
    TWO_DIGITS = 2
    MASKED = 3
    CUT = 4
    TRANSPOSED = 5
    ONE_DIGIT = 6
    EQUAL = 7


@dataclass(frozen=True)
class Number:
    """A number without its noise.

    Attributes:
        kind: ``full`` (all written, but not valid), ``masked``, ``cut`` (Excel's 15 digits), ``none``.
        pattern: the characters as written; 18 long with ``*`` for what is not known when masked or cut.
        birth: ``YYYY-MM-DD`` when the number says a real day, else empty.
        sex: 男, 女 or empty.
    """

    kind: Kind
    pattern: str
    birth: str
    sex: str


NOTHING = Number("none", "", "", "")


def read_number(written: str) -> Number:
    """Read what was written in place of a valid number."""
    text = idnum.clean(written)
    if _STARS.search(text):
        return _masked(text)
    scientific = _MANTISSA.match(text)
    if scientific:
        digits = scientific[1] + (scientific[2] or "")
        return _known_start(digits) if int(scientific[3]) == LENGTH - 1 else NOTHING
    if idnum.status(text) == "excel_cut":
        return _known_start(text[:15])
    if len(text) == 15 and text.isascii() and text.isdigit():
        text = idnum.from_15(text)
    if not LENGTH - 1 <= len(text) <= LENGTH + 1 or sum(c.isdigit() for c in text) < LENGTH - 3:
        return NOTHING
    return Number("full", text, *_born(text)) if len(text) == LENGTH else Number("full", text, "", "")


def _masked(text: str) -> Number:
    """A run of stars stands for whatever is missing to 18, however many stars were typed."""
    runs = _STARS.findall(text)
    if len(text) != LENGTH:
        if len(runs) != 1 or len(text) - len(runs[0]) >= LENGTH:
            return NOTHING
        start, end = _STARS.split(text)
        text = start + "*" * (LENGTH - len(start) - len(end)) + end
    text = text.replace("×", "*")
    if LENGTH - text.count("*") < FEWEST_KNOWN:
        return NOTHING
    return Number("masked", text, *_born(text))


def _known_start(digits: str) -> Number:
    if len(digits) < FEWEST_KNOWN:
        return NOTHING
    text = digits[:15].ljust(LENGTH, "*")
    return Number("cut", text, *_born(text))


def _born(text: str) -> tuple[str, str]:
    """Birth and sex as far as positions 7–14 and 17 are written."""
    birth, sex = "", ""
    if text[6:14].isascii() and text[6:14].isdigit():
        day = idnum.birth_on(text)
        birth = day.isoformat() if day and 1880 <= day.year <= 2100 else ""
    if text[16].isascii() and text[16].isdigit():
        sex = idnum.sex(text)
    return birth, sex

"""居民身份证号码 (GB 11643-1999): 6 digits of area, 8 of birth, 3 of sequence, 1 check digit.

Before 1999 numbers had 15 digits: no century, no check digit. Both are the same person's
number, so every comparison is made on the canonical 18-digit form. A number that is not
valid is *reported*, never repaired: rejecting or altering a good number is the worse error.

Example:
    >>> canonical("371327194503151230")
    '371327194503151230'
    >>> status("371327194503151234")
    'check_digit'
"""

from __future__ import annotations

import re
import unicodedata
from datetime import date
from typing import Literal

Status = Literal["valid", "empty", "masked", "excel_cut", "length", "characters", "birth", "check_digit"]

#: what each status is called in a report
CAPTIONS: dict[str, str] = {
    "valid": "有效",
    "empty": "空缺",
    "masked": "已掩码",
    "excel_cut": "被表格软件截断(15位有效数字)",
    "length": "位数不符",
    "characters": "含非法字符",
    "birth": "出生日期不成立",
    "check_digit": "校验码不符",
}

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"

_NOISE = re.compile(r"[\s'‘’`\"“”=\u200b-\u200f\u202a-\u202e\u2060\ufeff\u00a0\-‐‑–—]+")
#: a spreadsheet's float and a typist's full stop
_TAIL = re.compile(r"(?<=[\dX])(\.0+|[.。,、;])$")
#: letters that look like the X of the check digit: roman ten, Cyrillic Ha, Greek Chi, the sign of multiplication
_LIKE_X = re.compile(r"(?<=^\d{17})[ХΧ×✕✖╳]$")
_MASK = re.compile(r"[*#?●■□✱█]|X{2,}|×{2,}")
_SCIENTIFIC = re.compile(r"^\d(\.\d+)?E\+?\d+$")


def clean(text: str) -> str:
    """Undo what files do to a number: width, blanks, apostrophes, ``="…"``, lower-case x."""
    cleaned = _LIKE_X.sub("X", _TAIL.sub("", _NOISE.sub("", unicodedata.normalize("NFKC", text)).upper()))
    # Taking a blank away can bring characters together that normalise once more.
    return cleaned if cleaned == text else clean(cleaned)


def check_character(first17: str) -> str:
    """The 18th character for 17 digits (ISO 7064 MOD 11-2)."""
    total = sum(int(digit) * weight for digit, weight in zip(first17, WEIGHTS, strict=True))
    return CHECK_CHARACTERS[total % 11]


def from_15(number: str) -> str:
    """A 15-digit number in its 18-digit form. All holders of one were born in 19xx."""
    body = number[:6] + "19" + number[6:]
    return body + check_character(body)


def birth_on(number: str) -> date | None:
    """Date of birth inside an 18-digit number, or None when there is no such day."""
    try:
        return date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return None


def sex(number: str) -> str:
    """男 or 女, from the parity of the sequence number of an 18-digit number."""
    return "男" if int(number[16]) % 2 else "女"


def status(text: str) -> Status:
    """Why a written number can or cannot be used as it stands."""
    number = clean(text)
    if not number:
        return "empty"
    if _MASK.search(number):
        return "masked"
    if _SCIENTIFIC.match(number):
        return "excel_cut"
    if len(number) == 15 and number.isascii() and number.isdigit():
        number = from_15(number)
    if len(number) != 18:
        return "length"
    if not (number.isascii() and number[:17].isdigit() and number[17] in "0123456789X"):
        return "characters"
    if number.endswith("000") and check_character(number[:17]) != number[17]:
        return "excel_cut"
    born = birth_on(number)
    if born is None or not 1880 <= born.year <= 2100:
        return "birth"
    return "valid" if check_character(number[:17]) == number[17] else "check_digit"


def canonical(text: str) -> str | None:
    """The 18-digit form of a valid number, None for any other."""
    if status(text) != "valid":
        return None
    number = clean(text)
    return from_15(number) if len(number) == 15 else number


def mask(number: str) -> str:
    """``371327********1230``: area and the last four stay, birth and sequence do not."""
    if len(number) < 11:
        return "*" * len(number)
    return number[:6] + "*" * (len(number) - 10) + number[-4:]

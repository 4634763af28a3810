"""Hiding what identifies a person in free text and in cells of delivered files."""

from __future__ import annotations

import re

from audit_lib import idnum

_DIGITS = re.compile(r"(?<![0-9A-Za-z])\d{10,}[Xx]?(?![0-9A-Za-z])")
_PHONE = re.compile(r"^1[3-9]\d{9}$")


def mask_account(account: str) -> str:
    """An account or card number: the last four stay."""
    tail = account.strip()[-4:]
    return "*" * max(len(account.strip()) - 4, 0) + tail


def mask_phone(phone: str) -> str:
    """``138****1234``."""
    number = phone.strip()
    return number[:3] + "*" * max(len(number) - 7, 0) + number[-4:] if len(number) > 7 else "*" * len(number)


def mask_number(number: str) -> str:
    """Any long number in free text, by what it looks like."""
    if _PHONE.match(number):
        return mask_phone(number)
    if len(number) in (15, 18) and idnum.status(number) != "length":
        return idnum.mask(number)
    return mask_account(number)


def mask_text(text: str) -> str:
    """Free text with every number of ten or more digits masked.

    Example:
        >>> mask_text("本人证号371327194503151230,电话13800001234")
        '本人证号371327********1230,电话138****1234'
    """
    return _DIGITS.sub(lambda found: mask_number(found.group()), text)

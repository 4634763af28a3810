"""Hiding what identifies a person in free text and in cells of delivered files."""

from __future__ import annotations

import re
import unicodedata

from audit_lib import idnum
from audit_lib.tables import TABLES

_DIGITS = re.compile(r"(?<![0-9A-Za-z])\d{10,}[Xx]?(?![0-9A-Za-z])")
_BRACKETS = re.compile(r"\(.*?\)|[\s*]+")
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


def _headers(*columns: str) -> frozenset[str]:
    return frozenset(
        header
        for table in TABLES.values()
        for column in table.columns
        if column.name in columns
        for header in (column.caption, *column.headers)
    )


_ID_HEADERS = _headers("id")
_ACCOUNT_HEADERS = _headers("account_no", "replaced_by")
_PHONE_HEADERS = _headers("phone")
#: long numbers that identify a payment or a voucher, not a person
_OPEN_HEADERS = _headers("pay_no", "reissue_of", "batch_no", "voucher_no", "uscc")


def mask_cell(header: str, cell: str) -> str:
    """A cell of a delivered file, masked by what its header says it is and by what it looks like.

    Example:
        >>> mask_cell("银行账号", "6223190012345678")
        '************5678'
    """
    name = _BRACKETS.sub("", unicodedata.normalize("NFKC", header)).replace("帐", "账")
    if name in _ACCOUNT_HEADERS or "账号" in name or "卡号" in name:
        return mask_account(cell)
    if name in _ID_HEADERS or "身份证" in name or "证件号" in name:
        return idnum.mask(idnum.clean(cell)) if cell.strip() else cell
    if name in _PHONE_HEADERS or "电话" in name or "手机" in name:
        return mask_phone(cell)
    if name in _OPEN_HEADERS and idnum.status(cell) != "valid":
        return cell
    return mask_text(cell)

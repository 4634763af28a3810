"""Days as departments write them."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, timedelta

_TIME = re.compile(r"[T\s]\s*\d{1,2}[::时]\d{1,2}([::分]\d{1,2}(\.\d+)?)?秒?\s*$")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", re.ASCII)
_DAY_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})(?:月份?)?", re.ASCII)
_MONTH_DIGITS = re.compile(r"(\d{4})(\d{2})", re.ASCII)
#: words in a date column that say there is no such day (yet)
NO_DAY = {"", "-", "--", "—", "/", "无", "长期", "永久", "至今", "未知", "不详", "现在", "在任"}
_EXCEL_ZERO = date(1899, 12, 30)


def squeeze(text: str) -> str:
    """NFKC, without a time of day and without blanks."""
    written = _TIME.sub("", unicodedata.normalize("NFKC", text))
    return re.sub(r"\s+", "", written).lstrip("'")


def read_date(text: str) -> date | None:
    """A day, the first day when only the month is written; None when it cannot be read.

    Two-digit years and bare serial numbers are not guessed at.

    Example:
        >>> read_date("2017年3月5日"), read_date("2017.3")
        (datetime.date(2017, 3, 5), datetime.date(2017, 3, 1))
    """
    written = squeeze(text)
    for pattern in (_DAY, _DAY_DIGITS):
        if found := pattern.fullmatch(written):
            return _day(found[1], found[2], found[3])
    if found := _MONTH.fullmatch(written) or _MONTH_DIGITS.fullmatch(written):
        return _day(found[1], found[2])
    return None


def _day(year: str, month: str, day: str = "1") -> date | None:
    if not 1900 <= int(year) <= 2100:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def from_serial(serial: float) -> date | None:
    """The day of an Excel serial number (1900 system), None outside 1954–2064."""
    if not 20_000 <= serial <= 60_000:
        return None
    return _EXCEL_ZERO + timedelta(days=int(serial))

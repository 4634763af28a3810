"""Birth dates in any form a person may have typed, for files nobody has described to us."""

from __future__ import annotations

import re
from datetime import date, timedelta

from audit_lib.sources.clean.dates import read_date, squeeze

_MONTH_ONLY = re.compile(r"(\d{4})[-./年]?(\d{1,2})(?:月份?)?")
_SERIAL = re.compile(r"(\d{4,5})(?:\.0+)?")
_DAY_FIRST = re.compile(r"(\d{1,2})[-./](\d{1,2})[-./](\d{4})")
_SHORT_YEAR = re.compile(r"(\d{2})[-./年]?(\d{2})[-./月]?(\d{2})日?")
_SHORT_SEPARATED = re.compile(r"(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})日?")
_EXCEL_ZERO = date(1899, 12, 30)


def read_birth(text: str) -> str:
    """``YYYY-MM-DD``; ``YYYY-MM`` when only the month is written; empty when it cannot be read.

    A two-digit year is of the last century unless that is impossible; a bare number of four or five
    digits is a spreadsheet's count of days.

    Example:
        >>> read_birth("一九四五年三月十五日"), read_birth("16511"), read_birth("1945.3")
        ('1945-03-15', '1945-03-15', '1945-03')
    """
    written = squeeze(text).removesuffix(".0").removesuffix("生")
    if (found := _MONTH_ONLY.fullmatch(written)) and len(written) >= 6:
        year, month = int(found[1]), int(found[2])
        if 1880 <= year <= 2100 and 1 <= month <= 12:
            return f"{year}-{month:02d}"
    if day := read_date(written):
        return day.isoformat()
    if (found := _SERIAL.fullmatch(written)) and 3_000 <= int(found[1]) <= 60_000:
        if len(found[1]) == 4 and 1900 <= int(found[1]) <= 2100:
            return ""
        return (_EXCEL_ZERO + timedelta(days=int(found[1]))).isoformat()
    if found := _DAY_FIRST.fullmatch(written):
        return _only_reading(int(found[3]), int(found[1]), int(found[2]))
    if found := _SHORT_YEAR.fullmatch(written) or _SHORT_SEPARATED.fullmatch(written):
        return _day(1900 + int(found[1]), int(found[2]), int(found[3]))
    return ""


def _only_reading(year: int, one: int, other: int) -> str:
    """Day and month in either order, when one order alone is possible; else only the year is sure."""
    readings = {_day(year, one, other), _day(year, other, one)} - {""}
    return readings.pop() if len(readings) == 1 else ""


def _day(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""

"""Days as departments write them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from audit_lib.sources.clean.numerals import arabic

_TIME = re.compile(
    r"(?:[T\s]|(?<=日))\s*(?:[上下]午)?\d{1,2}[::时]\d{1,2}(?:[::分]\d{1,2}(?:\.\d+)?)?[秒分]?\s*(?:Z|[+-]\d\d:?\d\d)?\s*$"
)
_INVISIBLE = re.compile(r"[\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_DAY = re.compile(r"(\d{4})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?", re.ASCII)
_DAY_DIGITS = re.compile(r"(\d{4})(\d{2})(\d{2})(?:[0-2]\d[0-5]\d[0-5]\d)?", re.ASCII)
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})(?:月份?)?", re.ASCII)
_MONTH_DIGITS = re.compile(r"((?:19[2-9]|20)\d+)(\d{2})", re.ASCII)
_SHORT_DAY = re.compile(r"(\d{2})[-./年](\d{1,2})[-./月](\d{1,2})[日号]?|(\d{2})(\d{2})(\d{2})", re.ASCII)
_SHORT_MONTH = re.compile(r"(\d{2})[-./年](\d{1,2})(?:月份?)?", re.ASCII)
_SERIAL = re.compile(r"(\d{5})(?:\.\d+)?", re.ASCII)
#: words in a date column that say there is no such day (yet)
NO_DAY = {"", "-", "--", "—", "/", "无", "长期", "永久", "至今", "未知", "不详", "现在", "在任"}
_EXCEL_ZERO = {"1900": date(1899, 12, 30), "1904": date(1904, 1, 1)}


@dataclass(frozen=True)
class DateRule:
    """What a source states about its dates; without it nothing is guessed.

    Attributes:
        short_years_to: two-digit years up to this one are 20xx, the others 19xx; None: they are not read.
        serials: a bare number of five digits is a day of Excel's 1900 or 1904 system; None: it is not read.
    """

    short_years_to: int | None = None
    serials: Literal["1900", "1904"] | None = None


NO_RULE = DateRule()


def squeeze(text: str) -> str:
    """NFKC, without a time of day, without blanks and invisible marks, numerals in Arabic digits."""
    written = _TIME.sub("", _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip())
    # an accent that stood after a blank joins the letter before it
    written = unicodedata.normalize("NFKC", re.sub(r"\s+", "", written)).lstrip("'‘’`")
    if len(written) > 3 and written.startswith('="') and written.endswith('"'):
        written = written[2:-1]
    return arabic(written)


def read_date(text: str, rule: DateRule = NO_RULE) -> date | None:
    """A day, the first day when only the month is written; None when it cannot be read.

    Two-digit years and bare serial numbers are read only by the source's own rule; a day that does not
    exist (2017-00-00, 2017-02-30) is not moved to one that does.

    Example:
        >>> read_date("2017年3月5日"), read_date("2017.3"), read_date("17.3")
        (datetime.date(2017, 3, 5), datetime.date(2017, 3, 1), None)
        >>> read_date("17.3", DateRule(short_years_to=30))
        datetime.date(2017, 3, 1)
    """
    written = re.sub(r"(?<=\d)\.0+$", "", squeeze(text)) if text[-2:] == ".0" else squeeze(text)
    written = written.rstrip("。、,")
    for pattern in (_DAY, _DAY_DIGITS):
        if found := pattern.fullmatch(written):
            return _day(found[1], found[2], found[3])
    month = _MONTH.fullmatch(written) or (_MONTH_DIGITS.fullmatch(written) if len(written) == 6 else None)
    first_day = _day(month[1], month[2]) if month else None
    return first_day or _by_rule(written, rule)


def _by_rule(written: str, rule: DateRule) -> date | None:
    if rule.serials and (found := _SERIAL.fullmatch(written)):
        return from_serial(float(found[1]), rule.serials)
    if rule.short_years_to is None:
        return None
    if found := _SHORT_DAY.fullmatch(written):
        year, month, day = (part for part in found.groups() if part is not None)
        return _day(_whole_year(year, rule.short_years_to), month, day)
    if found := _SHORT_MONTH.fullmatch(written):
        return _day(_whole_year(found[1], rule.short_years_to), found[2])
    return None


def _whole_year(short: str, last: int) -> str:
    return f"20{short}" if int(short) <= last else f"19{short}"


def _day(year: str, month: str, day: str = "1") -> date | None:
    if not 1900 <= int(year) <= 2100:
        return None
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        return None


def from_serial(serial: float, system: Literal["1900", "1904"] = "1900") -> date | None:
    """The day of an Excel serial number, None outside 1954–2064."""
    if not 20_000 <= serial <= 60_000:
        return None
    return _EXCEL_ZERO[system] + timedelta(days=int(serial))

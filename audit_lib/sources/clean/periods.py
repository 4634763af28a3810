"""Service periods (所属期) as departments write them: a month, a quarter, a term, a year, a span."""

from __future__ import annotations

import re

from audit_lib.sources.clean.dates import read_date, squeeze

#: first and last month as year×12+month−1
Period = tuple[int, int]

_YEAR = re.compile(r"(\d{4})(?:年度?|年全年|全年|度)?", re.ASCII)
_HALF = re.compile(r"(\d{4})年?度?([上下])半年度?", re.ASCII)
_QUARTER = re.compile(r"(\d{4})[年-]?度?(?:第?([1-4])季度?|Q([1-4]))", re.ASCII | re.IGNORECASE)
_QUARTERS = re.compile(r"(\d{4})年?度?(?:第?([1-4])季?度?[-~]第?([1-4])|前([234]))个?季度", re.ASCII)
_TERM = re.compile(r"(\d{4})年?度?([春秋])季?(?:学期)?", re.ASCII)
_SCHOOL_YEAR = re.compile(r"(\d{4})(?:[-~](\d{4}))?学年度?(?:第?([12])学期|([上下])学期)?|"
                          r"(\d{4})[-~](\d{4})年?度?(?:第?([12])学期|([上下])学期)", re.ASCII)  # fmt: skip
_MONTH = re.compile(r"(\d{4})[-./年](\d{1,2})(?:月份?|期)?", re.ASCII)
_MONTH_DIGITS = re.compile(r"第?(\d{4})年?(\d{2})(?:期|月份?|批次?)?", re.ASCII)
_SPAN_IN_YEAR = re.compile(r"(\d{4})年(\d{1,2})(?:月份?)?[-~](\d{1,2})(?:月份?)?", re.ASCII)
_SPAN_IN_YEAR_TILDE = re.compile(r"(\d{4})[-./](\d{1,2})~(\d{1,2})(?:月份?)?", re.ASCII)
_SPAN_TO_MONTH = re.compile(r"(\d{4})[./](\d{1,2})-(\d{1,2})月份?|(\d{4})(\d{2})[-~](\d{2})", re.ASCII)
_EXPLAINED = re.compile(r"(.{4,})\((.{3,})\)")
_LISTED = re.compile(r"(\d{4})年((?:\d{1,2}月?[、,])+\d{1,2})月份?", re.ASCII)
_SPAN = re.compile(
    r"(\d{4}\D?\d{1,2}月?(?:\D?\d{1,2}[日号]?)?)~(\d{4}\D?\d{1,2}月?(?:\D?\d{1,2}[日号]?)?)", re.ASCII
)
_END = r"(\d{6}|\d{8}|\d{4}[-./年]\d{1,2}(?:月份?|[-./月]\d{1,2}[日号]?)?)"
_SPAN_DASH = re.compile(f"{_END}-{_END}", re.ASCII)


def month_no(year: int, month: int) -> int:
    """A month as one integer."""
    return year * 12 + month - 1


def read_period(text: str) -> Period | None:
    """First and last month, None when the text is no period.

    Example:
        >>> read_period("2017年第一季度") == (2017 * 12, 2017 * 12 + 2)
        True
    """
    written = re.sub(r"[至到~—–―]+", "~", squeeze(text))
    if written.startswith("(") and written.endswith(")"):
        written = written[1:-1]
    if found := _EXPLAINED.fullmatch(written):
        return _explained(found[1], found[2])
    period = _named_part(written) or _single_month(written) or _span(written)
    if period is None or not (1949 * 12 <= period[0] <= period[1] <= 2101 * 12):
        return None
    return period


def _explained(said: str, again: str) -> Period | None:
    """2017年上半年(1-6月), 2017年(1-6月): brackets have to say the same, or what part of the year."""
    period = read_period(said)
    if period is None:
        return None
    year = period[0] // 12
    inner = read_period_with_year(str(year), again)
    is_part = (
        period == (month_no(year, 1), month_no(year, 12))
        and inner
        and period[0] <= inner[0] <= inner[1] <= period[1]
    )
    return inner if inner == period or is_part else None


def read_period_with_year(year: str, text: str) -> Period | None:
    """A period whose year stands in a column of its own; a blank part means the whole year."""
    period = read_period(text)
    whole_year = read_period(year)
    if whole_year is None:
        return period
    part = squeeze(text)
    if not part:
        return whole_year
    if period is not None:
        return period
    prefix = f"{whole_year[0] // 12}年"
    return read_period(prefix + part) or read_period(prefix + part + "月")


def _named_part(written: str) -> Period | None:
    if found := _YEAR.fullmatch(written):
        year = int(found[1])
        return month_no(year, 1), month_no(year, 12)
    if found := _HALF.fullmatch(written):
        first = month_no(int(found[1]), 1 if found[2] == "上" else 7)
        return first, first + 5
    if found := _QUARTER.fullmatch(written):
        first = month_no(int(found[1]), 3 * int(found[2] or found[3]) - 2)
        return first, first + 2
    if found := _QUARTERS.fullmatch(written):
        from_quarter, to_quarter = int(found[2] or 1), int(found[3] or found[4])
        return _months(int(found[1]), 3 * from_quarter - 2, 3 * to_quarter)
    if found := _TERM.fullmatch(written):
        return _term(int(found[1]), spring=found[2] == "春")
    if found := _SCHOOL_YEAR.fullmatch(written):
        return _school_year(*(found.groups()[:4] if found[1] else found.groups()[4:]))
    return None


def _school_year(first: str, last: str | None, term: str | None, half: str | None) -> Period | None:
    """A school year or one of its terms; it begins in September."""
    year = int(first)
    if last is not None and int(last) != year + 1:
        return None
    if term is None and half is None:
        return month_no(year, 9), month_no(year + 1, 7)
    second = term == "2" or half == "下"
    return _term(year + 1 if second else year, spring=second)


def _term(year: int, *, spring: bool) -> Period:
    """Spring term March to July, autumn term September to January."""
    return (month_no(year, 3), month_no(year, 7)) if spring else (month_no(year, 9), month_no(year + 1, 1))


def _single_month(written: str) -> Period | None:
    if found := _MONTH.fullmatch(written) or _MONTH_DIGITS.fullmatch(written):
        return _months(int(found[1]), int(found[2]), int(found[2]))
    if day := read_date(written):
        return month_no(day.year, day.month), month_no(day.year, day.month)
    return None


def _span(written: str) -> Period | None:
    if found := _SPAN_IN_YEAR.fullmatch(written) or _SPAN_IN_YEAR_TILDE.fullmatch(written):
        return _months(int(found[1]), int(found[2]), int(found[3]))
    if found := _SPAN_TO_MONTH.fullmatch(written):
        year, first_month, last_month = (int(part) for part in found.groups() if part)
        return _months(year, first_month, last_month)
    if found := _LISTED.fullmatch(written):
        listed = [int(month) for month in re.findall(r"\d+", found[2])]
        if listed == list(range(listed[0], listed[-1] + 1)):
            return _months(int(found[1]), listed[0], listed[-1])
    if found := _SPAN.fullmatch(written) or _SPAN_DASH.fullmatch(written):
        first, last = _single_month(found[1]), _single_month(found[2])
        if first and last:
            return first[0], last[1]
    return None


def _months(year: int, first: int, last: int) -> Period | None:
    if not (1 <= first <= last <= 12):
        return None
    return month_no(year, first), month_no(year, last)

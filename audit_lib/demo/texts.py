"""How departments write periods, days, amounts and villages: a style per file, never one for all."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

Strings = NDArray[np.object_]

MONTHS: tuple[Callable[[int, int], str], ...] = (
    lambda year, month: f"{year}-{month:02d}",
    lambda year, month: f"{year}{month:02d}",
    lambda year, month: f"{year}年{month}月",
    lambda year, month: f"{year}.{month}",
    lambda year, month: f"{year}/{month:02d}",
)
DAYS = ("%Y-%m-%d", "%Y%m%d", "%Y/%m/%d", "%Y.%m.%d", "%Y年%m月%d日")


def period_text(first: int, last: int, term: bool, style: int) -> str:
    """One period; ``style`` picks the spelling of single months."""
    year, month = divmod(first, 12)
    # the autumn term ends in January: the last one of the audit is written by its months of 2018
    if term and (month == 2 or year < 2018):
        return f"{year}年{'春' if month == 2 else '秋'}季学期"
    if term:
        return f"{year}年9-12月"
    if first == last:
        return MONTHS[style](year, month + 1)
    if last - first == 11:
        return f"{year}年" if style % 2 else f"{year}年度"
    if last - first == 5 and month in (0, 6):
        return f"{year}年{'上' if month == 0 else '下'}半年"
    if last - first == 2 and month % 3 == 0 and style == 4:
        return f"{year}年第{'一二三四'[month // 3]}季度"
    return f"{year}年{month + 1}-{last % 12 + 1}月"


def period_texts(
    first: NDArray[np.int64], last: NDArray[np.int64], term: NDArray[np.bool_], style: NDArray[np.int64]
) -> Strings:
    """``period_text`` for whole columns."""
    code = ((first * 100_000 + last) * 2 + term) * 8 + style
    known = {}
    for value in np.unique(code).tolist():
        rest, kind = divmod(value, 8)
        span, is_term = divmod(rest, 2)
        start, end = divmod(span, 100_000)
        known[value] = period_text(start, end, bool(is_term), kind)
    return np.asarray(pd.Series(code).map(known).to_numpy(dtype=object))


def day_texts(days: NDArray[np.datetime64], style: int) -> Strings:
    """Days in one style; empty where there is none."""
    series = pd.Series(days.astype("datetime64[D]"))
    known = {day: day.strftime(DAYS[style]) for day in series.dropna().unique()}
    return np.asarray(series.map(known).fillna("").to_numpy(dtype=object))


def yuan_texts(fen: NDArray[np.int64], separators: bool = False) -> Strings:
    """Amounts in 元 with two decimals."""

    def written(value: int) -> str:
        text = f"{abs(value) // 100:,}" if separators else str(abs(value) // 100)
        return f"{'-' if value < 0 else ''}{text}.{abs(value) % 100:02d}"

    known = {value: written(value) for value in np.unique(fen).tolist()}
    return np.asarray(pd.Series(fen).map(known).to_numpy(dtype=object))


def yuan_numbers(fen: NDArray[np.int64]) -> NDArray[np.float64]:
    """Amounts as a spreadsheet holds them."""
    return np.asarray(np.round(fen / 100, 2))


def number_texts(values: NDArray[np.float64]) -> Strings:
    """Areas and counts without needless zeros; empty where unknown."""
    known: dict[Any, str] = {
        value: f"{value:.4f}".rstrip("0").rstrip(".") for value in np.unique(values[~np.isnan(values)])
    }
    return np.asarray(pd.Series(values).map(known).fillna("").to_numpy(dtype=object))

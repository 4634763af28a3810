"""One sentence per finding, and the score that says which to look at first."""

from __future__ import annotations

import math
from collections.abc import Mapping
from datetime import date

from audit_lib.money import format_yuan

_TIER_POINTS = {"A": 40.0, "B": 25.0, "C": 10.0}


def score(tier: str, months: int, amount_fen: int, other_sources: int) -> float:
    """How strong a doubt is, 0–100: identity 40, duration 20, money 25, independent sources 15.

    Identity: tier A 40, B 25, C 10. Duration: full after 24 months. Money: on a logarithmic scale from
    100 元 to 10 000 元. Sources: 7.5 for each table besides the payments that speaks of it, at most two.

    Example:
        >>> score("A", 24, 1_000_000, 2)
        100.0
    """
    duration = 20 * min(months, 24) / 24
    money = 25 * min(max(math.log10(max(amount_fen, 1) / 10_000), 0), 2) / 2
    return round(_TIER_POINTS[tier] + duration + money + 7.5 * min(other_sources, 2), 1)


def format_month(month: int) -> str:
    """``2017年3月`` for a month number."""
    return f"{month // 12}年{month % 12 + 1}月"


def format_day(day: date) -> str:
    """``2017年3月5日``."""
    return f"{day.year}年{day.month}月{day.day}日"


def mask_account(account_no: str) -> str:
    """Only the last four digits of an account."""
    return "****" + account_no[-4:]


def phrase(name: str, value: object) -> str:
    """A selected value as the sentence says it, by its type and the suffix of its column."""
    if isinstance(value, list):
        texts = sorted({phrase(name, entry) for entry in value if entry is not None})
        return "、".join(texts[:3]) + ("等" if len(texts) > 3 else "") or "不详"
    if value is None or value != value:
        return "不详"
    if isinstance(value, date):
        return format_day(value)
    if name.endswith("_month"):
        return format_month(int(str(value)))
    if name.endswith("_fen"):
        return format_yuan(int(str(value)))
    if name == "account_no":
        return mask_account(str(value))
    if isinstance(value, float):
        return f"{value:g}"
    return str(value)


def fill(statement: str, fields: Mapping[str, object]) -> str:
    """The sentence with its blanks filled."""
    return statement.format_map({name: phrase(name, value) for name, value in fields.items()})

"""Money is integer 分 (fen) everywhere; yuan and 万元 exist only on paper.

Rounding to 万元 is half up, as officials do it (rules of 会计 printing), never banker's.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation

FEN_PER_YUAN = 100
FEN_PER_WAN = 1_000_000

_CENT = Decimal("0.01")


def parse_yuan(text: str) -> int:
    """Turn a written amount in 元 into fen.

    Raises:
        ValueError: the text is not a number, or has a fraction of a fen.

    Example:
        >>> parse_yuan("1,234.50")
        123450
    """
    try:
        yuan = Decimal(text.replace(",", "").strip())
    except InvalidOperation:
        raise ValueError(text) from None
    fen = yuan * FEN_PER_YUAN
    if not fen.is_finite() or fen != fen.to_integral_value():
        raise ValueError(text)
    return int(fen)


def format_yuan(fen: int) -> str:
    """Fen as 元 with thousands separators and two decimals: ``1,234.50``."""
    return f"{Decimal(fen) / FEN_PER_YUAN:,.2f}"


def to_wan(fen: int) -> Decimal:
    """Fen as 万元, two decimals, half up."""
    return (Decimal(fen) / FEN_PER_WAN).quantize(_CENT, ROUND_HALF_UP)


def format_wan(fen: int) -> str:
    """Fen as 万元 the way a report prints it: ``22,657.25``."""
    return f"{to_wan(fen):,.2f}"


def rounding_gap(parts: Sequence[int], total: int) -> Decimal:
    """How far the printed parts miss the printed total, in 万元 (0 when they add up).

    A table of rounded figures prints this as its own line (尾差) instead of bending a figure.
    """
    return to_wan(total) - sum((to_wan(part) for part in parts), Decimal(0))


def split_evenly(fen: int, parts: int) -> list[int]:
    """Split an amount over months so that it adds up again; the last month takes the rest."""
    share = abs(fen) // parts * (1 if fen >= 0 else -1)
    return [share] * (parts - 1) + [fen - share * (parts - 1)]

"""Money is integer fen; only printing rounds."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib import money


@pytest.mark.parametrize(
    ("text", "fen"), [("315", 31500), ("1,234.50", 123450), ("-0.01", -1), (" 8.2 ", 820)]
)
def test_written_yuan_become_fen(text: str, fen: int) -> None:
    assert money.parse_yuan(text) == fen


@pytest.mark.parametrize("text", ["", "待定", "1.005", "NaN", "Infinity"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        money.parse_yuan(text)


@pytest.mark.parametrize(
    ("fen", "printed"),
    [(2_265_725_000_0, "22,657.25"), (5_000, "0.01"), (4_999, "0.00"), (15_000, "0.02"), (25_000, "0.03")],
)
def test_ten_thousands_round_half_up(fen: int, printed: str) -> None:
    assert money.format_wan(fen) == printed


def test_the_gap_of_rounded_parts_is_told() -> None:
    assert money.rounding_gap([3_334, 3_333, 3_333], 10_000) == Decimal("0.01")
    assert money.rounding_gap([10_000, 20_000], 30_000) == Decimal("0.00")


@given(st.integers(-(10**12), 10**12), st.integers(1, 60))
def test_shares_add_up_again(fen: int, parts: int) -> None:
    shares = money.split_evenly(fen, parts)
    assert sum(shares) == fen
    assert len(shares) == parts
    assert max(shares[:-1], default=shares[-1]) == min(shares[:-1], default=shares[-1])


@given(st.integers(-(10**12), 10**12))
def test_printed_yuan_read_back(fen: int) -> None:
    assert money.parse_yuan(money.format_yuan(fen)) == fen

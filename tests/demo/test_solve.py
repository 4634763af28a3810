"""Choices that add up do so exactly, or say that they cannot."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib.demo.solve import Infeasible, choose_options, spread_amounts, tilt


@given(
    st.integers(1, 40),
    st.lists(st.integers(1, 60), min_size=1, max_size=6, unique=True),
    st.integers(0, 2**31),
)
def test_options_chosen_sum_to_a_total_that_some_choice_reaches(
    size: int, steps: list[int], seed: int
) -> None:
    rng = np.random.default_rng(seed)
    values = np.array(steps, dtype=np.int64) * 500
    total = int(values[rng.integers(len(values), size=size)].sum())
    picks = choose_options(rng, total, size, values, np.ones(len(values)), free=size)
    assert (len(picks), int(values[picks].sum())) == (size, total)


def test_a_total_no_choice_reaches_is_refused() -> None:
    rng = np.random.default_rng(1)
    values = np.array([500, 1000])
    with pytest.raises(Infeasible):
        choose_options(rng, 1200, 2, values, np.ones(2))
    with pytest.raises(Infeasible):
        choose_options(rng, 5000, 2, values, np.ones(2))


@given(st.integers(2, 60), st.integers(0, 2**31))
def test_amounts_spread_keep_their_bounds_and_sum(size: int, seed: int) -> None:
    rng = np.random.default_rng(seed)
    low = rng.integers(1, 20, size=size) * 1000
    high = low + rng.integers(0, 40, size=size) * 1000
    total = int(rng.integers(low.sum() // 1000, high.sum() // 1000 + 1)) * 1000
    amounts = spread_amounts(rng, total, low, high, 1000)
    assert int(amounts.sum()) == total
    assert (amounts >= low).all() and (amounts <= high).all() and (amounts % 1000 == 0).all()


def test_tilted_weights_reach_the_mean() -> None:
    values = np.array([15_000, 21_500, 31_500])
    weights = tilt(values, np.array([0.3, 0.58, 0.12]), 24_000.0)
    assert float((weights * values).sum()) == pytest.approx(24_000.0, rel=1e-6)

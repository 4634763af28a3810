"""Weights: learned without chance, never absurd, and the same for the same pairs."""

from __future__ import annotations

import numpy as np
import pandas as pd

from audit_lib.identity.comparators import LABELS, NumberLevel
from audit_lib.identity.weights import DRIFT_BITS, EXPECTED, learn_weights


def patterns(*rows: tuple[int, ...]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(LABELS), dtype=np.int8)


NOBODY = patterns()
TWINS = patterns((1, 2, 2, 0, 3, 2, 2), (1, 4, 2, 0, 3, 2, 2))


def test_expected_shares_are_shares_of_every_level() -> None:
    for name, sides in EXPECTED.items():
        for shares in sides:
            assert len(shares) == len(LABELS[name])
            assert abs(sum(shares) - 1) < 1e-9, name


def test_without_any_pair_the_weights_are_those_expected() -> None:
    learned = learn_weights(NOBODY, np.empty(0, dtype=np.int64))
    for name, (same, different) in EXPECTED.items():
        expected = np.log2(np.array(same) / np.array(different))
        assert np.abs(np.array(learned.levels[name])[1:] - expected[1:]).max() < DRIFT_BITS, name


def test_missing_weighs_nothing() -> None:
    learned = learn_weights(TWINS, np.array([5_000, 5_000]))
    assert {weights[0] for weights in learned.levels.values()} == {0.0}


def test_a_district_of_families_does_not_teach_that_living_together_speaks_against() -> None:
    learned = learn_weights(TWINS, np.array([50_000, 50_000]))
    assert learned.levels["household"][2] >= 0
    assert learned.levels["place"][3] >= 0
    assert learned.levels["number"][NumberLevel.DIFFERENT] < 0


def test_the_order_of_patterns_teaches_nothing() -> None:
    one = learn_weights(TWINS, np.array([70, 30]))
    other = learn_weights(TWINS.iloc[::-1].reset_index(drop=True), np.array([30, 70]))
    assert one == other

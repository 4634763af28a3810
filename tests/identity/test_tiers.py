"""Tiers by evidence alone, whatever the probabilities."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from audit_lib.identity.comparators import LABELS, FactLevel, NumberLevel, PlaceLevel
from audit_lib.identity.names import NameLevel
from audit_lib.identity.tiers import choose_links, find_grounds, tier_pairs
from audit_lib.params import Thresholds

SLIP = {"number": NumberLevel.ONE_DIGIT, "name": NameLevel.EQUAL, "place": PlaceLevel.VILLAGE}


def levels(**known: int) -> pd.DataFrame:
    return pd.DataFrame([dict.fromkeys(LABELS, 0) | known], dtype=np.int8)


def tier(**known: int) -> str:
    """The tier at full probability."""
    return str(tier_pairs(levels(**known), np.array([1.0]), Thresholds())["tier"][0])


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, "B"),
        ({"number": NumberLevel.TRANSPOSED}, "B"),
        ({"name": NameLevel.FORMER}, "B"),
        ({"place": PlaceLevel.MISSING}, "B"),
        ({"place": PlaceLevel.TOWN}, "C"),
        ({"place": PlaceLevel.TOWN, "household": FactLevel.EQUAL}, "B"),
        ({"name": NameLevel.SIMILAR}, "C"),
        ({"name": NameLevel.SURNAME}, ""),
        ({"number": NumberLevel.MASKED}, "C"),
        ({"number": NumberLevel.MASKED, "place": PlaceLevel.MISSING}, ""),
        ({"number": NumberLevel.CUT, "place": PlaceLevel.MISSING}, "C"),
        ({"number": NumberLevel.MISSING}, ""),
        ({"number": NumberLevel.MISSING, "birth": FactLevel.EQUAL}, "C"),
        ({"number": NumberLevel.MISSING, "household": FactLevel.EQUAL}, "C"),
        ({"number": NumberLevel.MISSING, "household": FactLevel.EQUAL, "place": PlaceLevel.TOWN}, ""),
        ({"birth": FactLevel.DIFFERENT}, ""),
        ({"sex": FactLevel.DIFFERENT}, ""),
    ],
)  # fmt: skip
def test_evidence_makes_the_tier(changed: dict[str, int], expected: str) -> None:
    assert tier(**(SLIP | changed)) == expected


def test_a_name_alone_is_no_ground() -> None:
    grounds = find_grounds(levels(name=NameLevel.EQUAL, place=PlaceLevel.VILLAGE))
    assert not grounds.b[0]
    assert not grounds.c[0]


def test_thresholds_lower_a_tier_but_never_raise_one() -> None:
    limits = Thresholds(b=0.95, c=0.5)
    found = [tier_pairs(levels(**SLIP), np.array([p]), limits)["tier"][0] for p in (0.96, 0.94, 0.49)]
    assert found == ["B", "C", ""]


def test_better_evidence_decides_in_c_but_never_in_b() -> None:
    pairs = pd.DataFrame(
        {
            "loose_no": [1, 1, 2, 2, 3, 3],
            "person_id": ["P1", "P2", "P1", "P2", "P1", "P2"],
            "tier": ["C", "C", "B", "B", "B", "C"],
            "bits": [9.0, 1.0, 9.0, 1.0, 5.0, 5.0],
        }
    )
    chosen = choose_links(pairs)
    assert chosen.loc[chosen["is_chosen"], ["loose_no", "person_id"]].values.tolist() == [
        [1, "P1"],
        [3, "P1"],
    ]
    assert chosen.loc[chosen["is_ambiguous"], "loose_no"].tolist() == [2, 2]

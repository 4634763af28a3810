"""Comparisons: ordered levels on whole columns, the same from both sides."""

from __future__ import annotations

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.identity.comparators import LABELS, FactLevel, NumberLevel, PlaceLevel, compare_pairs
from tests.identity.registers import make_id, replace_digit, swap_digits

COLUMNS = ("number", "plain", "former", "birth", "sex", "village_id", "town_id", "household", "account")
NUMBER = make_id("19450315", 123)
NUMBERS = st.sampled_from(
    ["", NUMBER, replace_digit(NUMBER, 7), swap_digits(NUMBER, 9), NUMBER[:-1], NUMBER + "1", NUMBER[:15] + "***",
     NUMBER[:6] + "********" + NUMBER[-4:], make_id("19700101", 5)]
)  # fmt: skip
RECORDS = st.fixed_dictionaries(
    {
        "number": NUMBERS,
        "plain": st.sampled_from(["", "王秀英", "王秀瑛", "王*英", "李大有", "王英"]),
        "former": st.sampled_from(["", "王秀英", "王小英"]),
        "birth": st.sampled_from(["", "1945-03-15", "1970-01-01"]),
        "sex": st.sampled_from(["", "男", "女"]),
        "village_id": st.sampled_from(["", "ps01", "ps02", "tl01"]),
        "town_id": st.sampled_from(["", "ps", "tl"]),
        "household": st.sampled_from(["", "H1", "H2"]),
        "account": st.sampled_from(["", "62", "63"]),
    }
)


def levels_of(one: dict[str, str], other: dict[str, str]) -> dict[str, int]:
    left, right = (pd.DataFrame([dict.fromkeys(COLUMNS, "") | record]) for record in (one, other))
    return {str(name): int(level) for name, level in compare_pairs(left, right).iloc[0].items()}


@pytest.mark.parametrize(
    ("other", "level"),
    [
        (NUMBER, NumberLevel.EQUAL),
        (replace_digit(NUMBER, 14), NumberLevel.ONE_DIGIT),
        (NUMBER[:9] + NUMBER[10:], NumberLevel.ONE_DIGIT),
        (NUMBER[:9] + "7" + NUMBER[9:], NumberLevel.ONE_DIGIT),
        (swap_digits(NUMBER, 14), NumberLevel.TRANSPOSED),
        (replace_digit(replace_digit(NUMBER, 3), 12), NumberLevel.TWO_DIGITS),
        (NUMBER[:15] + "***", NumberLevel.CUT),
        (NUMBER[:6] + "********" + NUMBER[-4:], NumberLevel.MASKED),
        (NUMBER[:6] + "********" + "9999", NumberLevel.DIFFERENT),
        (make_id("19700101", 5), NumberLevel.DIFFERENT),
        ("", NumberLevel.MISSING),
    ],
)
def test_numbers_relate_by_the_kind_of_slip(other: str, level: NumberLevel) -> None:
    assert levels_of({"number": NUMBER}, {"number": other})["number"] == level


def test_missing_is_never_different() -> None:
    nothing = levels_of({}, {"number": NUMBER, "plain": "王秀英", "birth": "1945-03-15", "sex": "女", "household": "H1",
                             "village_id": "ps01", "town_id": "ps", "account": "62"})  # fmt: skip
    assert set(nothing.values()) == {0}


def test_places_agree_by_village_then_town() -> None:
    here = {"village_id": "ps01", "town_id": "ps"}
    assert levels_of(here, here)["place"] == PlaceLevel.VILLAGE
    assert levels_of(here, {"village_id": "ps02", "town_id": "ps"})["place"] == PlaceLevel.TOWN
    assert levels_of(here, {"village_id": "tl01", "town_id": "tl"})["place"] == PlaceLevel.DIFFERENT
    assert levels_of({"household": "H1"}, {"household": "H2"})["household"] == FactLevel.DIFFERENT


@settings(deadline=None, max_examples=50)
@given(RECORDS, RECORDS)
def test_every_comparison_is_symmetric(one: dict[str, str], other: dict[str, str]) -> None:
    assert levels_of(one, other) == levels_of(other, one)


@settings(deadline=None, max_examples=20)
@given(st.lists(st.tuples(RECORDS, RECORDS), min_size=1, max_size=5))
def test_a_pair_has_the_same_levels_alone_and_in_company(
    pairs: list[tuple[dict[str, str], dict[str, str]]],
) -> None:
    left, right = pd.DataFrame([one for one, _ in pairs]), pd.DataFrame([other for _, other in pairs])
    together = compare_pairs(left, right)
    assert list(together.columns) == list(LABELS)
    for at, (one, other) in enumerate(pairs):
        assert together.iloc[at].to_dict() == levels_of(one, other)


def test_no_pairs_have_no_levels() -> None:
    empty = pd.DataFrame({column: pd.Series(dtype=object) for column in COLUMNS})
    assert compare_pairs(empty, empty).shape == (0, len(LABELS))

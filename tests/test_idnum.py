"""Card numbers: what is valid, what is damaged, and that nothing is repaired in silence."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from audit_lib import idnum

BODY = "37132719450315123"
NUMBER = BODY + idnum.check_character(BODY)

bodies = st.builds(
    lambda area, born, sequence: f"{area}{born:%Y%m%d}{sequence:03d}",
    st.sampled_from(["371327", "372824"]),
    st.dates(date(1900, 1, 1), date(2019, 12, 31)),
    st.integers(0, 999),
)


@pytest.mark.parametrize(
    ("written", "status"),
    [
        (NUMBER, "valid"),
        (f"'{NUMBER}", "valid"),
        (f'="{NUMBER}"', "valid"),
        ("　".join(NUMBER), "valid"),
        ("371327450315123", "valid"),
        ("", "empty"),
        ("371327********1230", "masked"),
        ("3.71327E+17", "excel_cut"),
        (NUMBER[:15] + "000", "excel_cut"),
        (NUMBER[:-1], "length"),
        ("37132719450315123A", "characters"),
        ("37132719451315123X", "birth"),
    ],
)
def test_each_kind_of_damage_has_its_name(written: str, status: str) -> None:
    assert idnum.status(written) == status


def test_every_status_has_a_chinese_caption() -> None:
    assert set(idnum.CAPTIONS) == set(idnum.Status.__args__)  # type: ignore[attr-defined]


@given(bodies)
def test_a_wrong_check_digit_is_seen_and_not_repaired(body: str) -> None:
    right = idnum.check_character(body)
    wrong = "0" if right != "0" else "1"
    assert idnum.canonical(body + right) == body + right
    assert idnum.canonical(body + wrong) is None


@given(bodies, st.integers(0, 16), st.integers(1, 9))
def test_no_single_wrong_digit_passes(body: str, place: int, shift: int) -> None:
    number = body + idnum.check_character(body)
    digit = str((int(number[place]) + shift) % 10)
    assert idnum.canonical(number[:place] + digit + number[place + 1 :]) is None


@given(bodies)
def test_lower_case_and_full_width_are_the_same_number(body: str) -> None:
    number = body + idnum.check_character(body)
    full_width = "".join(chr(ord(c) + 0xFEE0) for c in number)
    assert idnum.canonical(number.lower()) == idnum.canonical(full_width) == number


@given(st.text(max_size=40))
def test_any_text_has_a_status_and_cleaning_twice_changes_nothing(text: str) -> None:
    assert idnum.status(text) in idnum.CAPTIONS
    assert idnum.clean(idnum.clean(text)) == idnum.clean(text)


def test_old_numbers_belong_to_the_same_person() -> None:
    assert idnum.canonical("371327450315123") == NUMBER


def test_birth_and_sex_are_read_from_the_number() -> None:
    assert idnum.birth_on(NUMBER) == date(1945, 3, 15)
    assert idnum.sex(NUMBER) == "男"


def test_a_masked_number_gives_birth_and_sequence_away_to_nobody() -> None:
    assert idnum.mask(NUMBER) == "371327********1230"

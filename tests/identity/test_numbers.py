"""What an unusable number still says."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.identity.numbers import NOTHING, Number, read_number


@pytest.mark.parametrize(
    ("written", "number"),
    [
        ("371327********1230", Number("masked", "371327********1230", "", "男")),
        ("371327****1230", Number("masked", "371327********1230", "", "男")),
        ("37132719450315****", Number("masked", "37132719450315****", "1945-03-15", "")),
        ("371327194503151000", Number("cut", "371327194503151***", "1945-03-15", "")),
        ("3.71327194503151E+17", Number("cut", "371327194503151***", "1945-03-15", "")),
        ("371327194503159234", Number("full", "371327194503159234", "1945-03-15", "男")),
        ("37132719450315923", Number("full", "37132719450315923", "", "")),
        ("3.71327E+17", NOTHING),
        ("***", NOTHING),
        ("无", NOTHING),
        ("", NOTHING),
    ],
)
def test_a_number_is_read_as_far_as_it_is_written(written: str, number: Number) -> None:
    assert read_number(written) == number


@settings(deadline=None)
@given(st.text(alphabet=list("0123456789Xx*×.E+ '二𝟙"), max_size=25))
def test_no_text_breaks_a_number(text: str) -> None:
    number = read_number(text)
    assert len(number.pattern) <= 19
    assert number.kind in ("none", "full") or len(number.pattern) == 18

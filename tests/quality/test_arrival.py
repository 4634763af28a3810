"""Which periods are missing, and which merely have few people."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.quality.deliveries import measured, payment

JANUARY = 2017 * 12


def monthly(
    months: list[int], town: str = "pingshang", people: int = 4, item: str = "RURAL_DIBAO"
) -> list[dict[str, Any]]:
    """Payments to some people in these months."""
    return [
        payment(row, 100, JANUARY + month, item=item, town_id=town)
        for row, month in enumerate((m for m in months for _ in range(people)), start=2)
    ]


def states(
    root: Path, town: str, payments: list[dict[str, Any]], item: str = "RURAL_DIBAO"
) -> dict[int, str]:
    """Month (from January of the first year) → state."""
    rows = measured(root, "arrival", payment=payments)
    return {
        row["first_month"] - JANUARY: row["state"]
        for row in rows
        if (row["item_id"], row["town_id"]) == (item, town)
    }


def test_a_month_between_others_is_a_hole_and_the_end_is_an_edge(tmp_path: Path) -> None:
    found = states(tmp_path, "pingshang", monthly([m for m in range(22) if m != 5]))
    assert {month for month, state in found.items() if state == "hole"} == {5}
    assert {month for month, state in found.items() if state == "edge"} == {22, 23}
    assert len(found) == 24


def test_far_fewer_than_the_months_beside_it_is_said(tmp_path: Path) -> None:
    payments = monthly([m for m in range(24) if m != 7], people=20)
    payments += [{**line, "payment_row": line["payment_row"] + 5000} for line in monthly([7], people=10)]
    found = states(tmp_path, "pingshang", payments)
    assert {month for month, state in found.items() if state != "there"} == {7}
    assert found[7] == "few"


def test_one_person_who_comes_and_goes_is_no_gap(tmp_path: Path) -> None:
    found = states(tmp_path, "pingshang", monthly([0, 1, 5], people=1))
    assert set(found.values()) == {"there", "thin"}


def test_a_town_that_never_had_it_is_absent_not_a_gap(tmp_path: Path) -> None:
    assert set(states(tmp_path, "tuanlin", monthly(list(range(24)))).values()) == {"absent"}


def test_a_payment_for_a_quarter_covers_the_quarter_and_quarters_are_what_is_expected(tmp_path: Path) -> None:
    quarterly = [
        {**line, "service_to": line["service_from"] + 2}
        for line in monthly([0, 3, 9, 12, 15, 18, 21], item="DISABLED_LIVING")
    ]
    found = states(tmp_path, "pingshang", quarterly, "DISABLED_LIVING")
    assert sorted(found) == [0, 3, 6, 9, 12, 15, 18, 21]
    assert {month for month, state in found.items() if state != "there"} == {6}

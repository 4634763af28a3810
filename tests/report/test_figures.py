"""Figures follow the money: net of what never arrived, by year of service, each suspicion once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit_lib.report.figures import compute_figures
from audit_lib.report.township import TownshipPage
from tests.report.fixtures import FINDINGS, LINES, MARCH_2017, PAYMENTS, decide, make_stages, payment


@pytest.fixture(scope="module")
def figures(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    stages = make_stages(tmp_path_factory.mktemp("figures"))
    decide(stages)
    return compute_figures(stages)


def test_failed_and_reversed_payments_are_not_money(figures: dict[str, Any]) -> None:
    assert figures["items"]["RURAL_DIBAO"]["2017"] == {"payees": 2, "amount_fen": 63_000, "payments": 2}


def test_totals_split_by_level_and_channel(figures: dict[str, Any]) -> None:
    total = figures["totals"]["2017"]
    assert (total["items"], total["amount_fen"]) == (3, 98_000)
    assert (total["person_fen"], total["household_fen"]) == (73_000, 25_000)
    assert total["in_system"] == {"items": 2, "amount_fen": 88_000}
    assert total["off_system"] == {"items": 1, "amount_fen": 10_000}


def test_money_counts_under_the_channel_it_really_took(tmp_path: Path) -> None:
    outside = payment(10_000_011, "甲", "RURAL_DIBAO", MARCH_2017, 5_000, channel="off_system")
    figures = compute_figures(make_stages(tmp_path, payments=[*PAYMENTS, outside]))
    total = figures["totals"]["2017"]
    assert total["in_system"] == {"items": 2, "amount_fen": 88_000}
    assert total["off_system"] == {"items": 2, "amount_fen": 15_000}
    assert figures["items"]["RURAL_DIBAO"]["channel"] == "both"
    assert figures["must_in_system"] == {"items": 14, "in_system": 13}


def test_payees_are_counted_per_item_and_also_once(figures: dict[str, Any]) -> None:
    assert figures["totals"]["2017"]["payees"] == {"persons": 3, "households": 1}
    assert figures["totals"]["2017"]["distinct"] == {"persons": 3, "households": 1}
    assert figures["totals"]["all"]["payees"] is None
    assert figures["totals"]["all"]["distinct"] == {"persons": 3, "households": 1}


def test_money_of_a_trace_year_is_in_no_total(figures: dict[str, Any]) -> None:
    assert figures["totals"]["all"]["amount_fen"] == 98_000 + 34_000


def test_a_payment_month_under_two_rules_counts_once(figures: dict[str, Any]) -> None:
    suspected = figures["problems"]["not_exited"]["suspected_fen"]
    assert suspected == {"total": 131_000, "2017": 63_000, "2018": 34_000, "2019": 34_000}


def test_tier_c_is_counted_apart_and_in_no_total(figures: dict[str, Any]) -> None:
    rule = figures["rules"]["DECEASED_PAID"]
    assert (rule["tier_a"], rule["tier_c"], rule["suspected_fen"]) == (2, 1, 131_000)
    assert figures["problems"]["not_exited"]["people"] == 2


def test_only_verified_money_is_verified_and_keeps_its_year(figures: dict[str, Any]) -> None:
    problem = figures["problems"]["not_exited"]
    assert problem["verified_fen"] == {"total": 65_500, "2017": 31_500, "2018": 0, "2019": 34_000}
    assert problem["verified_items"] == ["RURAL_DIBAO"]
    assert (problem["confirmed"], problem["cleared"], problem["recovered_fen"]) == (1, 1, 20_000)
    assert figures["recovered_fen"] == 20_000


def test_protective_and_management_findings_are_in_no_loss(figures: dict[str, Any]) -> None:
    assert figures["suspected_loss_fen"] == 131_000
    assert figures["problems"]["data_quality"]["suspected_fen"]["total"] == 500


def test_what_was_not_run_says_so(figures: dict[str, Any]) -> None:
    assert figures["problems"]["accounts"]["status"] == "未执行"
    assert figures["accounts"] == {"multi_account_people": None, "shared_accounts": None}


def test_control_totals_printed_twice_are_compared_once(figures: dict[str, Any]) -> None:
    tie = {(row["item_id"], row["year"]): row["difference_fen"] for row in figures["tie_out"]}
    assert tie["RURAL_DIBAO", 2017] == 0
    assert tie["ARABLE_LAND", 2017] == -500
    assert tie["RESIDENT_PENSION", 2017] is None


def test_the_sample_counts_towns_villages_households_and_people(figures: dict[str, Any]) -> None:
    assert figures["sample"] == {"towns": 2, "villages": 2, "households": 2, "people": 3}


def test_missing_data_is_named(figures: dict[str, Any]) -> None:
    received = figures["data_received"]
    assert received["payment"]["kept"] == 9
    assert not received["death"]["received"]


def test_a_town_has_only_its_own_figures(tmp_path: Path) -> None:
    figures = compute_figures(make_stages(tmp_path), "tuanlin")
    assert figures["totals"]["2017"]["amount_fen"] == 56_500
    assert figures["problems"]["not_exited"]["suspected_fen"]["total"] == 31_500


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    forward = compute_figures(make_stages(tmp_path / "a"))
    backward = compute_figures(make_stages(tmp_path / "b", findings=FINDINGS[::-1], lines=LINES[::-1]))
    assert forward["problems"] == backward["problems"]


def test_lines_without_a_payment_do_not_swallow_each_other(tmp_path: Path) -> None:
    lines = [entry | {"payment_row": None} for entry in LINES]
    figures = compute_figures(make_stages(tmp_path, lines=lines))
    assert figures["problems"]["not_exited"]["suspected_fen"]["total"] == 131_000 + 31_500


@pytest.mark.parametrize(
    ("kept", "last"), [(3, "资金量前3项补贴（万元）"), (37, "资金量前10项补贴及其余各项合计（万元）")]
)
def test_a_district_of_few_items_has_no_bar_for_the_rest(tmp_path: Path, kept: int, last: str) -> None:
    page = TownshipPage(make_stages(tmp_path), "pingshang")
    few = dict(list(page.figures["items"].items())[:kept])
    page.figures = page.figures | {"items": few}
    picture = page.chart_items()
    assert picture.alt.endswith(last)
    assert [row["name"] for row in picture.behind.rows][-1].startswith("其余") == (kept > 10)

"""What the eye sees: nothing in a cell is ever markup, columns add up or say by how much they do not."""

from __future__ import annotations

import pytest

from audit_lib.report.finding_list import evidence_text
from audit_lib.report.grids import Cards, Field, Grid, Group, Markup, Prose
from audit_lib.report.pictures import stacked_bars
from audit_lib.report.wording import numeral, wan
from tests.report.fixtures import EVIL_NAME

FIELDS = [Field("name", "项目", head=True), Field("fen", "金额", "wan")]


@pytest.mark.parametrize(
    "shown",
    [
        Grid(EVIL_NAME, [Field(EVIL_NAME, EVIL_NAME)], [{EVIL_NAME: EVIL_NAME}], note=EVIL_NAME),
        Grid("空", FIELDS, [], empty=EVIL_NAME),
        Grid("锚", FIELDS, [{"name": "甲", "id": '"' + EVIL_NAME}], row_id="id"),
        Prose([EVIL_NAME]),
        Group([(EVIL_NAME, Prose([EVIL_NAME]))]),
        Cards([(EVIL_NAME, EVIL_NAME, EVIL_NAME)]),
        stacked_bars(["甲"], [("件", [1.0])], "件", f'"{EVIL_NAME}', Grid(EVIL_NAME, FIELDS, [])),
    ],
    ids=lambda shown: type(shown).__name__,
)
def test_text_from_the_data_is_never_markup(shown: Grid) -> None:
    assert "<img src=x" not in shown._repr_html_()
    assert "&lt;img" in shown._repr_html_()


def test_only_markup_made_here_is_markup() -> None:
    assert "<b>甲</b>" in Prose([Markup("<b>甲</b>")])._repr_html_()


def test_a_column_of_rounded_figures_prints_its_rounding_gap() -> None:
    rows = [{"name": "甲", "fen": 4_999}, {"name": "乙", "fen": 4_999}]
    grid = Grid("表", FIELDS, rows, {"name": "合计", "fen": 9_998})
    assert "尾差" in grid._repr_html_()
    assert "+0.01" in grid._repr_html_()


def test_a_column_that_adds_up_prints_no_gap() -> None:
    rows = [{"name": "甲", "fen": 1_000_000}, {"name": "乙", "fen": 2_000_000}]
    grid = Grid("表", FIELDS, rows, {"name": "合计", "fen": 3_000_000})
    assert "3.00" in grid._repr_html_()
    assert "尾差" not in grid._repr_html_()


def test_an_unknown_value_is_a_dash_not_a_blank_or_zero() -> None:
    assert '<td class="n">—</td>' in Grid("表", FIELDS, [{"name": "甲", "fen": None}])._repr_html_()


def test_head_cells_say_what_they_head() -> None:
    page = Grid("表", FIELDS, [{"name": "甲", "fen": 1}])._repr_html_()
    assert '<th scope="col">项目</th>' in page
    assert '<th scope="row">甲</th>' in page


def test_evidence_names_file_sheet_and_rows_and_says_when_there_are_more() -> None:
    source = {"file": "发放.xlsx", "sheet": "一月", "rows": 4, "spans": 2, "first_spans": [[3, 5], [9, 9]]}
    assert evidence_text([source]) == "发放.xlsx〔一月〕 第3–5、9行"
    assert "等共4行" in evidence_text([source | {"first_spans": [[3, 5]]}])


@pytest.mark.parametrize(
    ("number", "text"), [(1, "一"), (10, "十"), (12, "十二"), (20, "二十"), (21, "二十一")]
)
def test_numerals(number: int, text: str) -> None:
    assert numeral(number) == text


def test_running_text_writes_money_as_officials_do() -> None:
    assert wan(22_657_250_000) == "22657.25万元"

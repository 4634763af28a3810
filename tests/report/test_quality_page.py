"""The page of tie-outs and data quality, and the marks it leaves on other pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.errors import ReportError
from audit_lib.report.figures import compute_figures
from audit_lib.report.grids import Grid, Group
from audit_lib.report.money_grids import items_grid
from audit_lib.report.quality import QualityPage, seal_accounts
from audit_lib.report.quality_parts import read_rows, spans
from audit_lib.report.scans import scan_text
from audit_lib.report.stages import Stages
from tests.report.fixtures import make_stages

PARTS = (
    "title", "summary", "scorecard", "tie_out", "files", "matrix", "gaps", "registers", "validity", "uniqueness",
    "freshness", "unmapped", "requests", "seal",
)  # fmt: skip


@pytest.fixture(scope="module")
def stages(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    """A tiny district; 耕地地力保护补贴 2017 is 25,500 in the department's total and 25,000 in the detail."""
    return make_stages(tmp_path_factory.mktemp("quality"))


@pytest.fixture(scope="module")
def page(stages: Stages) -> QualityPage:
    """Its page."""
    return QualityPage(stages)


@pytest.mark.parametrize("part", PARTS)
def test_every_part_is_fit_to_leave_the_house(page: QualityPage, part: str) -> None:
    html = getattr(page, part)()._repr_html_()
    assert html
    assert scan_text(html) == []


def test_the_rows_of_every_file_add_up_on_the_page(page: QualityPage) -> None:
    assert "采用9 + 不能采用1 + 合计行1" in page.summary()._repr_html_()
    html = page.files()._repr_html_()
    assert "收到 = 采用 + 不能采用 + 合计行" in html
    assert "金额无法识别" in html


def test_a_difference_is_shown_with_what_stays_unexplained(page: QualityPage) -> None:
    html = page.tie_out()._repr_html_()
    assert "耕地地力保护补贴 2017年" in html
    assert "未能解释+5.00元" in html


def test_a_figure_that_differs_is_marked_where_it_is_printed_and_stays_as_it_is(stages: Stages) -> None:
    figures = compute_figures(stages)
    grid = items_grid(figures, "各项补贴")
    html = grid._repr_html_()
    line = next(part for part in html.split("<tr>") if "耕地地力保护补贴" in part)
    assert "0.03<sup>※</sup>" in line
    assert "部门汇总表(总账)255.00元,明细250.00元,差-5.00元" in grid.note
    other = next(part for part in html.split("<tr>") if "城乡居民基础养老金" in part)
    assert "※" not in other


def test_a_town_is_told_of_its_own_differences_and_the_districts(stages: Stages) -> None:
    assert "ARABLE_LAND" in compute_figures(stages, "tuanlin")["differences"]
    own = compute_figures(stages, "pingshang")["differences"]
    assert "团林镇" not in str(own)


def test_a_list_nobody_delivered_is_on_the_request_of_its_department(page: QualityPage) -> None:
    requests = page.requests()
    assert isinstance(requests, Group)
    html = dict(requests.parts)["公安部门"]._repr_html_()
    assert "死亡注销登记" in html
    assert "未收到" in html


def test_the_matrix_has_a_sign_per_month(page: QualityPage) -> None:
    matrix = page.matrix()
    assert isinstance(matrix, Grid)
    assert [field.key for field in matrix.fields[1:]] == [str(2017 * 12 + month) for month in range(24)]


def test_the_seal_changes_with_a_files_rows(stages: Stages) -> None:
    accounts = read_rows(stages.quality, "file_account")
    changed = [{**accounts[0], "kept": accounts[0]["kept"] - 1}, *accounts[1:]]
    assert seal_accounts(accounts) != seal_accounts(changed)


def test_a_stage_that_was_not_finished_is_named(tmp_path: Path) -> None:
    with pytest.raises(ReportError, match="对账与数据质量阶段没有完成"):
        read_rows(tmp_path, "tie_out")


def test_periods_beside_each_other_are_one_span() -> None:
    january = 2017 * 12
    assert (
        spans([(january + 3, january + 3), (january + 5, january + 5), (january + 4, january + 4)])
        == "2017年4月—6月"
    )
    assert spans([(january, january + 11), (january + 13, january + 13)]) == "2017年、2018年2月"

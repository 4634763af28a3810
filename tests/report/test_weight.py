"""The page of a large town stays light and is usable at once."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit_lib.report.jobs import Job
from audit_lib.report.press import press
from audit_lib.report.rulebook import read_rulebook
from tests.report.browser import Visit
from tests.report.fixtures import FINDINGS, NOTEBOOKS, finding, make_stages

HOW_MANY = 2_000
_SAYS = (
    "{name}于2018年6月7日死亡，2018年7月至2018年12月仍领取计划生育家庭特别扶助金6个月，共2,220.00元。计算：2018年6月7日(殡仪馆火化登记)，"
    "2018年7月起不应发；2018年7月至2018年12月每月370.00元×6=2,220.00元(标准每月370.00元，示例文号:鲁卫家庭发(特别扶助标准))"
)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A town with two thousand findings, each with as long a sentence as the rules write."""
    many = [
        finding("DECEASED_PAID", f"辛{number}", "RURAL_DIBAO", "pingshang", 222_000, statement=_SAYS.format(name=f"辛{number}"))
        for number in range(HOW_MANY)
    ]  # fmt: skip
    stages = make_stages(tmp_path_factory.mktemp("weight"), findings=[*FINDINGS, *many])
    job = Job("pingshang", "town", "坪上镇", "", NOTEBOOKS / "township.ipynb", "pingshang")
    result = press(job, stages, [], read_rulebook(stages.project))
    assert result.error == ""
    return stages.project.reports / "pingshang.html"


def test_a_town_with_two_thousand_findings_is_under_two_megabytes(page: Path) -> None:
    assert page.stat().st_size < 2_000_000
    assert len(re.findall(r'<tr id="YD', page.read_text(encoding="utf-8"))) == HOW_MANY + 3


@pytest.mark.browser
def test_it_shows_fifty_of_them_and_says_so(page: Path, tab: Visit) -> None:
    opened = tab.open(page)
    assert "显示 50 ＋ 隐藏 1953" in (opened.locator("#list > .count").text_content() or "")
    times = opened.evaluate("performance.getEntriesByType('navigation')[0].toJSON()")
    print(f"usable after {times['domContentLoadedEventEnd']:.0f} ms")

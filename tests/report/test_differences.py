"""The page says what changed since the run before, for its own town only."""

from __future__ import annotations

from pathlib import Path

from audit_lib.findings.kept_runs import FOLDER
from audit_lib.report.differences import differences_group
from audit_lib.report.stages import Stages
from audit_lib.report.town_grids import town_problems_grid
from tests.report.fixtures import DEAD_A, DEAD_B, FINDINGS, LINES, make_stages


def _kept(root: Path) -> Stages:
    """Two runs: first without the finding of 团林镇 and with another amount in 坪上镇, then as the fixtures have it."""
    earlier = [row | {"amount_fen": 65_500} if row["finding_id"] == DEAD_A else row for row in FINDINGS]
    lines = [row for row in LINES if row["finding_id"] != DEAD_B and row["payment_row"] != 10_000_010]
    first = make_stages(root, findings=[row for row in earlier if row["finding_id"] != DEAD_B], lines=lines)
    runs = first.project.work / FOLDER
    (runs / first.run_id).rename(runs / "R0")  # both are made from the same files, so they have the same name
    stages = make_stages(root)
    return stages


def test_a_town_reads_of_its_own_changes_only(tmp_path: Path) -> None:
    stages = _kept(tmp_path)
    mine = differences_group(stages, "pingshang")._repr_html_()
    assert "新增0件、消失0件、变动1件" in mine
    assert f'href="#{DEAD_A}"' in mine
    assert ">655.00</td>" in mine
    assert ">995.00</td>" in mine
    assert DEAD_B not in mine
    other = differences_group(stages, "tuanlin")._repr_html_()
    assert "新增1件、消失0件、变动0件" in other
    assert DEAD_B in other
    assert "显示 1 ＋ 未显示 0 ＝ 合计 1 件" in other


def test_the_first_run_says_that_there_is_nothing_to_compare(tmp_path: Path) -> None:
    assert "没有可比较的上次运行" in differences_group(make_stages(tmp_path), "pingshang")._repr_html_()


def test_a_problem_leads_to_the_list_of_each_town(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    problem = {"title": "应退出未退出", "status": "已执行", "findings": 3}
    counts = [{"problem": "not_exited", "town_id": "tuanlin", "findings": 2}, {"problem": "not_exited", "town_id": None, "findings": 1}]  # fmt: skip
    html = town_problems_grid({"problems": {"not_exited": problem}}, stages.project, counts)._repr_html_()
    assert '<a href="tuanlin.html?problem=not_exited&amp;sure=1#list">2</a>' in html
    assert '<a href="#list">1</a>' in html
    assert 'id="by-town"' in html

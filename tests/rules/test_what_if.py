"""Another value of a parameter is tried on the whole data, and nothing is saved."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import pytest

from audit_lib.errors import ParamsError
from audit_lib.findings import find
from audit_lib.findings.what_if import WhatIf, find_rule, what_if
from audit_lib.lab.what_if_panel import WhatIfPanel
from audit_lib.params import Project
from audit_lib.rules import load_rules

from .world import Case, World, make_project

DEAD_IN_JANUARY = Case(
    "DECEASED_PAID", 1,
    {
        "名称": "一月去世，领到三月", "应有疑点": [],
        "死亡登记": [{"姓名": "喻甲", "死亡日期": "2017-01-15"}, {"姓名": "喻乙", "死亡日期": "2017-02-15"}],
        "发放明细": [
            {"姓名": "喻甲", "补贴项目": "农村低保", "逐月": "2017-01..2017-03", "金额": "315.00"},
            {"姓名": "喻乙", "补贴项目": "农村低保", "逐月": "2017-01..2017-03", "金额": "100.00"},
        ],
    },
)  # fmt: skip


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Project, Path, Path, Path]:
    folder = tmp_path_factory.mktemp("world")
    (folder / "params" / "cases").mkdir(parents=True)
    project = make_project(folder / "params" / "cases", (DEAD_IN_JANUARY,))
    project.work.mkdir(parents=True)
    tables, people = World((DEAD_IN_JANUARY,)).write(folder)
    findings = folder / "findings"
    findings.mkdir()
    find(project, tables, people, findings, [rule for rule in load_rules() if rule.id == "DECEASED_PAID"])
    return project, tables, people, findings


def ask(folders: tuple[Project, Path, Path, Path], rule_id: str = "DECEASED_PAID", **values: object) -> WhatIf:
    project, *stages = folders
    return what_if(project, *stages, rule_id, values)


def test_one_month_of_grace_takes_one_month_from_each(folders: tuple[Project, Path, Path, Path]) -> None:
    answer = ask(folders, grace_months=1)
    assert answer.summary.loc["现行"].tolist() == [2, 2, "0.07"]
    assert answer.summary.loc["假如"].tolist() == [1, 1, "0.03"]
    assert answer.summary.loc["变化"].tolist() == [-1, -1, "-0.04"]
    changes = answer.changes.set_index("name_masked")
    assert changes.loc[:, "变化"].tolist() == ["金额变化", "不再列出"]
    assert changes["change_fen"].tolist() == [-31500, -10000]


def test_the_value_in_force_changes_nothing(folders: tuple[Project, Path, Path, Path]) -> None:
    answer = ask(folders, grace_months=0)
    assert answer.changes.empty
    assert answer.summary.loc["变化"].tolist() == [0, 0, "0.00"]


def test_nothing_is_saved(folders: tuple[Project, Path, Path, Path]) -> None:
    project, _, _, findings = folders
    before = (findings / "finding.parquet").read_bytes()
    ask(folders, grace_months=3)
    assert (findings / "finding.parquet").read_bytes() == before
    assert list(project.work.iterdir()) == []


@pytest.mark.parametrize(
    ("rule_id", "values", "says"),
    [
        ("NO_SUCH", {}, "没有规则“NO_SUCH”"),
        ("DECEASED_PAID", {"colour": 1}, "规则没有参数“colour”"),
        ("DECEASED_PAID", {"grace_months": -1}, "不得小于 0"),
    ],
)
def test_a_rule_or_value_that_cannot_be_is_refused(
    folders: tuple[Project, Path, Path, Path], rule_id: str, values: dict[str, object], says: str
) -> None:
    with pytest.raises(ParamsError, match=says):
        ask(folders, rule_id, **values)


def test_the_sliders_stand_on_the_values_in_force_and_tell_what_others_would_change(
    folders: tuple[Project, Path, Path, Path],
) -> None:
    rule = find_rule(folders[0], "DECEASED_PAID")
    panel = WhatIfPanel(rule, partial(ask, folders))
    slider = panel.controls["grace_months"]
    assert (slider.value, slider.min, slider.max) == (0, 0, rule.head.tolerances["grace_months"].max)
    slider.value = 1
    panel.button.click()
    assert "不再列出" in panel.said.value and "-100.00" in panel.said.value and "-315.00" in panel.said.value
    slider.value = 0
    panel.button.click()
    assert "疑点和金额都不变" in panel.said.value
    assert not panel.button.disabled

"""Every case of every rule, through the real runner. A case file is all it takes to add one."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit_lib.rules import Rule, load_rules

from .judge import Outcome, judge, mismatch
from .world import Case, World, all_cases, make_project

TOGETHER = [case for case in all_cases() if not case.is_alone]
ALONE = [case for case in all_cases() if case.is_alone]


def label(case: Case) -> str:
    return f"{case.rule_id}-{case.name}"


@pytest.fixture(scope="module")
def outcome(tmp_path_factory: pytest.TempPathFactory) -> Outcome:
    return judge(World(tuple(TOGETHER)), tmp_path_factory.mktemp("cases"))


@pytest.mark.parametrize("case", TOGETHER, ids=label)
def test_a_case_gives_exactly_the_findings_it_expects(case: Case, outcome: Outcome) -> None:
    assert (difference := mismatch(case, outcome.of_case(case))) is None, difference


@pytest.mark.parametrize("case", ALONE, ids=label)
def test_a_case_of_its_own_says_what_was_checked(case: Case, tmp_path: Path) -> None:
    project = make_project(tmp_path, (case,), tolerances={case.rule_id: case.content.get("参数", {})})
    outcome = judge(World((case,)), tmp_path, project, only=case.rule_id)
    assert (difference := mismatch(case, outcome.of_case(case))) is None, difference
    coverage = outcome.coverage[case.rule_id]
    assert coverage["status"] == case.content["应有状态"]
    assert case.content.get("原因包含", "") in coverage["reason"]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_rule_has_a_case_that_fires_one_that_does_not_and_one_on_the_edge(rule: Rule) -> None:
    cases = [case for case in all_cases() if case.rule_id == rule.id]
    assert any(case.content["应有疑点"] for case in cases)
    assert any(not case.content["应有疑点"] for case in cases)
    assert any("边界" in case.name for case in cases)
    assert all("金额" in finding for case in cases for finding in case.content["应有疑点"])


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_harmless_situation_of_a_rule_has_its_case(rule: Rule) -> None:
    claimed = rule.head.harmless
    shown = {
        int(number)
        for case in all_cases() if case.rule_id == rule.id
        for number in re.findall(r"\d+", str(case.content.get("对应", "")))
    }  # fmt: skip
    missing = [text for number, text in enumerate(claimed, start=1) if number not in shown]
    assert not missing, f"不算疑点缺少案例: {missing}"

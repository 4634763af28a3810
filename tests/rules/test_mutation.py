"""The search for unnoticed changes changes what it says, and its page speaks of the rules as they are."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from audit_lib.rules import Rule, load_rules

from .mutation import explained
from .mutation_changes import mutants
from .mutation_report import Tried, page

PAGE = Path(__file__).parents[2] / "docs" / "rules-mutation.md"


@pytest.mark.parametrize(
    ("condition", "what", "becomes"),
    [
        ("a > 1", "edge: a > 1  →  a >= 1", "a >= 1"),
        ("a <= 1", "opposite: a <= 1  →  a >= 1", "a >= 1"),
        ("a = 1", "opposite: a = 1  →  a <> 1", "a <> 1"),
        ("paid_month > 1", "month: paid_month > 1  →  paid_month > (1) + 1", "paid_month > (1) + 1"),
        ("a AND b AND c", "drop: a", "b AND c"),
        ("a AND b AND c", "drop: c", "a AND b"),
        ("a OR b", "swap: a OR b  →  a AND b", "a AND b"),
        ("a OR b", "arm: b", "a"),
        ("NOT a", "not: NOT a  →  a", "a"),
        ("a IN (1, 2)", "list: 2 of a IN (1, 2)", "a IN (1)"),
    ],
)
def test_a_condition_is_changed_as_said(condition: str, what: str, becomes: str) -> None:
    assert dict(mutants(f"SELECT x FROM t WHERE {condition}"))[what] == f"SELECT x FROM t WHERE {becomes}"


def test_joins_counts_and_extremes_are_changed_too() -> None:
    sql = "SELECT MIN(x), COUNT(DISTINCT x) FROM t LEFT JOIN u USING (a, b)"
    changed = {what.split(":")[0]: text for what, text in mutants(sql)}
    assert changed.keys() == {"extreme", "repeat", "outer", "key"}
    assert "INNER JOIN u" in changed["outer"]
    assert "COUNT(x)" in changed["repeat"]


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_every_rule_can_be_got_wrong_and_the_page_knows_in_how_many_ways(rule: Rule) -> None:
    names = [what for what, _ in mutants(rule.sql)]
    assert names
    assert len(names) == len(set(names))
    row = re.search(rf"^\| `{rule.id}` \| (\d+) \|", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert row is not None
    assert int(row[1]) == len(names), "run python -m tests.rules.mutation --report docs/rules-mutation.md"


@pytest.mark.parametrize("rule_id", explained())
def test_what_is_explained_is_a_change_of_the_rule_as_it_is_now(rule_id: str) -> None:
    rule = next(rule for rule in load_rules() if rule.id == rule_id)
    assert not explained()[rule_id].keys() - {what for what, _ in mutants(rule.sql)}


def test_no_more_than_one_change_in_twenty_goes_unnoticed_and_each_is_explained() -> None:
    text = PAGE.read_text(encoding="utf-8")
    total = re.search(r"共(\d+)处改动，漏过(\d+)处\([\d.]+%\)，其中已说明理由\d+处，未说明(\d+)处", text)
    assert total is not None
    tried, left, unknown = (int(number) for number in total.groups())
    assert left * 20 <= tried
    assert unknown == 0


def test_the_page_lists_what_is_explained_and_what_is_not() -> None:
    text = page([Tried("SOME_RULE", 40, ("drop: a", "edge: b > 1  →  b >= 1"), {"drop: a": "另有条件。"})])
    assert "1条规则共40处改动，漏过2处(5.0%)，其中已说明理由1处，未说明1处。" in text
    assert "- `drop: a`：另有条件。" in text
    assert "- `SOME_RULE` `edge: b > 1" in text

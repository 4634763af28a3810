"""A rule's past is told by what people found, and no outcome is not an outcome of zero."""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from audit_lib.report.annex import RuleCard
from audit_lib.report.figures import compute_figures
from audit_lib.report.precision import precision_text, rule_precision
from audit_lib.report.rulebook import read_rulebook
from tests.report.fixtures import decide, make_stages


def test_partly_true_is_true_and_withdrawn_counts_nowhere() -> None:
    states = ["属实", "部分属实", "不属实", "已撤回", "待核实"]
    cases = pd.DataFrame({"rule_id": [*["DECEASED_PAID"] * 5, "STAFF_PAID"], "state": [*states, "待核实"]})
    told = rule_precision(cases)
    assert told.loc["DECEASED_PAID", ["confirmed", "cleared", "pending"]].tolist() == [2, 1, 1]
    assert round(told.loc["DECEASED_PAID", "precision"], 3) == 0.667
    assert pd.isna(told.loc["STAFF_PAID", "precision"])


def test_no_outcome_is_not_nought_per_cent() -> None:
    assert precision_text(0, 0) == "尚无核实结果"
    assert precision_text(0, 2) == "已核实2件，属实0件，占0.0%"


def test_the_printed_card_of_a_rule_tells_what_became_of_its_findings(tmp_path: Path) -> None:
    stages = make_stages(tmp_path)
    decide(stages)
    figures = compute_figures(stages)
    decided = {rule: f for rule, f in figures["rules"].items() if f["confirmed"] + f["cleared"]}
    assert decided
    book = read_rulebook(stages.project)
    for rule, outcome in decided.items():
        card = RuleCard(book[rule], outcome)._repr_html_()
        assert precision_text(outcome["confirmed"], outcome["cleared"]) in card
    silent = next(rule for rule in book if rule not in decided)
    assert "尚无核实结果" in RuleCard(book[silent], figures["rules"].get(silent, {}))._repr_html_()

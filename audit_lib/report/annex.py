"""The method annex: each rule's words, basis, parameters, version and SQL."""

from __future__ import annotations

from html import escape
from typing import Any

from audit_lib.report.grids import Group
from audit_lib.report.precision import precision_text
from audit_lib.report.problems import KINDS, PROBLEMS, TRACKS
from audit_lib.report.rulebook import RuleHead


class RuleCard:
    """One rule, printed."""

    def __init__(self, head: RuleHead, figures: dict[str, Any]) -> None:
        self._head, self._figures = head, figures

    def _repr_html_(self) -> str:
        head = self._head
        problem = PROBLEMS[head.problem].title if head.problem in PROBLEMS else head.problem
        lines = [
            ("代码与版本", f"{head.rule_id}，版本 {spaced(head.version)}"),
            ("执行情况", self._figures.get("status", "未执行")),
            ("历次核实", precision_text(self._figures.get("confirmed", 0), self._figures.get("cleared", 0))),
            ("问题类型", f"{problem};{KINDS.get(head.kind, head.kind)};{TRACKS.get(head.track, head.track)}"),
            *head.words,
        ]
        words = "".join(f"<dt>{escape(name)}</dt><dd>{escape(text)}</dd>" for name, text in lines)
        return (
            f'<dl class="rule">{words}</dl>'
            f"<details><summary>筛查语句（SQL）</summary><pre>{escape(head.sql)}</pre></details>"
        )


def method_annex(rulebook: dict[str, RuleHead], figures: dict[str, Any]) -> Group:
    """All rules in the order of their codes, those that could not run included."""
    return Group(
        [
            (f"{head.title}", RuleCard(head, figures["rules"].get(rule_id, {})))
            for rule_id, head in sorted(rulebook.items())
        ]
    )


def spaced(digest: str) -> str:
    """A digest in groups of four, which no one and no scan takes for a card number."""
    return " ".join(digest[start : start + 4] for start in range(0, len(digest), 4))

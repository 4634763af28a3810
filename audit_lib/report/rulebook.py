"""The rules as the report prints them: words, basis, parameters, version, SQL."""

from __future__ import annotations

from dataclasses import dataclass

from audit_lib.params import Project
from audit_lib.rules import Rule, load_own_rules, load_rules
from audit_lib.stage import digest


@dataclass(frozen=True)
class RuleHead:
    """What the method annex says about one rule."""

    rule_id: str
    title: str
    family: str
    problem: str
    kind: str
    track: str
    words: tuple[tuple[str, str], ...]
    sql: str
    version: str


_pinned: dict[str, dict[str, RuleHead]] = {}


def pin_rulebook(project: Project, rulebook: dict[str, RuleHead]) -> None:
    """Make this process print exactly these rules; whoever started it has read them already."""
    _pinned[str(project.folder)] = rulebook


def read_rulebook(project: Project) -> dict[str, RuleHead]:
    """Every rule by id: those that ship with the program and the project's own, with its tolerances."""
    if pinned := _pinned.get(str(project.folder)):
        return pinned
    own, _ = load_own_rules(project.folder / "rules")
    return {rule.id: _print(rule) for rule in load_rules(project.settings, own)}


def rulebook_digest(rulebook: dict[str, RuleHead]) -> str:
    """One digest of all rules, their tolerances included: the version of the rule set."""
    return digest(*(f"{rule_id}={head.version}" for rule_id, head in sorted(rulebook.items())))


def _print(rule: Rule) -> RuleHead:
    head = rule.head
    parameters = [
        f"{head.tolerances[name].says if name in head.tolerances else name} = {value}"
        for name, value in rule.tolerances.items()
    ]
    return RuleHead(
        rule_id=rule.id,
        title=head.title,
        family=head.family,
        problem=head.problem,
        kind=head.kind,
        track=head.track,
        words=(
            ("疑点情形", head.doubtful),
            ("不算疑点", ";".join(head.harmless)),
            ("核实办法", head.to_verify),
            ("依据", ";".join(basis.text for basis in head.basis)),
            ("参数", "、".join(parameters) or "无"),
        ),
        sql=rule.sql.strip(),
        version=rule.version,
    )

"""为什么没有列为疑点: rule by rule, what was looked at for one person and what was lacking."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from audit_lib.findings.coverage import NOT_RUN, caption
from audit_lib.lab.records import Files
from audit_lib.rules import Rule, load_own_rules, load_rules
from audit_lib.tables import TABLES

FOUND, NOT_CONCERNED, UNABLE, NO_ROW, CLEAR = "有疑点", "不涉及", "查不了", "名册中没有本人", "查过,未见疑点"
_ORDER = (FOUND, UNABLE, NOT_RUN, CLEAR, NO_ROW, NOT_CONCERNED)


def explain_rules(
    files: Files, person_id: str, findings: Sequence[Mapping[str, Any]]
) -> list[dict[str, str]]:
    """One line per rule: ``rule``, ``title``, ``outcome``, ``why``; what was found first, what is not his last.

    Args:
        files: the stages.
        person_id: whom it is about.
        findings: his findings.
    """
    own, _ = load_own_rules(files.project.folder / "rules")
    coverage = {row["rule_id"]: row for row in files.findings("coverage")}
    rows: dict[str, list[dict[str, Any]]] = {}
    lines = [
        _explain(files, rule, person_id, findings, coverage.get(rule.id, {}), rows)
        for rule in load_rules(files.project.settings, own)
    ]
    return sorted(lines, key=lambda line: (_ORDER.index(line["outcome"]), line["rule"]))


def _explain(
    files: Files, rule: Rule, person_id: str, findings: Sequence[Mapping[str, Any]], covered: Mapping[str, Any],
    rows: dict[str, list[dict[str, Any]]],
) -> dict[str, str]:  # fmt: skip
    mine = [finding for finding in findings if finding["rule_id"] == rule.id]
    if mine:
        told = "、".join(f"{f['finding_id']}({f['tier']}级)" for f in mine)
        return _line(rule, FOUND, told)
    if not covered or covered["status"] == NOT_RUN:
        return _line(rule, NOT_RUN, str(covered.get("reason") or "本次运行没有这条规则"))
    looked = []
    for table in rule.head.tables:
        if not TABLES[table].about_person:
            continue
        if table not in rows:
            rows[table] = files.linked(table, person_id=person_id)
        if not rows[table]:
            absent = NOT_CONCERNED if table == rule.head.tables[0] else NO_ROW
            return _line(rule, absent, f"{TABLES[table].caption}中没有认定为本人的行")
        lacking = _lacking(rule, table, rows[table])
        if len(lacking) == len(rows[table]):
            return _line(rule, UNABLE, f"本人的{len(lacking)}行都缺" + "、".join(dict.fromkeys(lacking)))
        unsure = sum(row.get("link_tier") == "C" for row in rows[table])
        looked.append(
            f"{TABLES[table].caption}{len(rows[table])}行"
            + (f"(其中{len(lacking)}行缺{lacking[0]},未查)" if lacking else "")
            + (f"(其中{unsure}行只是可能为本人)" if unsure else "")
        )
    harmless = ";".join(rule.head.harmless)
    seen = "查了" + "、".join(looked) if looked else "该规则不按人核查"
    return _line(rule, CLEAR, f"{seen};不符合“{rule.head.doubtful}”。以下不算疑点:{harmless}")


def _lacking(rule: Rule, table: str, rows: Sequence[Mapping[str, Any]]) -> list[str]:
    """Per row that cannot be judged, the first column it lacks."""
    columns = [column for column in rule.head.needs if column.split(".")[0] == table]
    found = []
    for row in rows:
        missing = [column for column in columns if row.get(column.split(".")[1]) is None]
        if missing:
            found.append(caption(missing[0]))
    return found


def _line(rule: Rule, outcome: str, why: str) -> dict[str, str]:
    return {"rule": rule.id, "title": rule.head.title, "outcome": outcome, "why": why}

"""Runs a world through the real runner and reads what came out, case by case."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.findings import find
from audit_lib.money import format_yuan
from audit_lib.params import Project
from audit_lib.rules import load_rules
from audit_lib.tables import ROWS_PER_SHEET, TABLES

from .world import Case, World, common, make_project, month_numbers


@dataclass(frozen=True)
class Outcome:
    """The four tables as lists of rows."""

    world: World
    findings: list[dict[str, Any]]
    lines: list[dict[str, Any]]
    evidence: list[dict[str, Any]]
    coverage: dict[str, dict[str, Any]]

    def case_of(self, finding: dict[str, Any]) -> Case:
        if finding["person_id"]:
            return self.world.case_of_person[finding["person_id"]]
        origins = [row["origin"] for row in self.evidence if row["finding_id"] == finding["finding_id"]]
        return self.world.case_of_sheet[origins[0] // ROWS_PER_SHEET]

    def of_case(self, case: Case) -> list[dict[str, Any]]:
        """Findings of the case's rule that concern the case, as a case file writes them."""
        names = {entry["item_id"]: entry["name"] for entry in common()["项目"]}
        found = []
        for finding in self.findings:
            if finding["rule_id"] != case.rule_id or self.case_of(finding) is not case:
                continue
            months = {line["month"] for line in self.lines if line["finding_id"] == finding["finding_id"]}
            found.append(
                {
                    "姓名": self.world.label_of.get(finding["person_id"]),
                    "补贴项目": names.get(finding["item_id"]),
                    "月份": sorted(months),
                    "金额": format_yuan(finding["amount_fen"]).replace(",", ""),
                    "等级": finding["tier"],
                    "程度": finding["severity"],
                    "语句": finding["statement"],
                    "证据": self.rows_behind(finding["finding_id"]),
                }
            )
        return found

    def rows_behind(self, finding_id: str) -> dict[str, list[int]]:
        """Which rows of which table, as a case file counts them: 1 is the first row written."""
        rows: dict[str, list[int]] = {}
        for line in sorted(self.evidence, key=lambda line: line["row"]):
            if line["finding_id"] == finding_id:
                rows.setdefault(TABLES[line["table_name"]].caption, []).append(line["row"] - 1)
        return rows


def judge(world: World, folder: Path, project: Project | None = None, only: str = "") -> Outcome:
    """Write the world, run every rule or ``only`` one, read the results."""
    tables, people = world.write(folder)
    project = project or make_project(folder, world.cases)
    return run(world, tables, people, folder / "findings", project, only)


def run(world: World, tables: Path, people: Path, out: Path, project: Project, only: str = "") -> Outcome:
    """Run the rules over what is in two folders, read the results."""
    out.mkdir(parents=True)
    chosen = [rule for rule in load_rules(project.settings) if rule.id == only] if only else None
    find(project, tables, people, out, chosen)
    findings, lines, evidence, coverage = (
        pq.read_table(out / f"{name}.parquet").to_pylist()
        for name in ("finding", "finding_line", "evidence", "coverage")
    )
    return Outcome(world, findings, lines, evidence, {row["rule_id"]: row for row in coverage})


def expected(case: Case) -> list[dict[str, Any]]:
    """What the case file expects, months as numbers."""
    wanted = []
    for entry in case.content["应有疑点"] or []:
        months = month_numbers(str(entry["月份"])) if "月份" in entry else None
        wanted.append({**entry, "月份": months} if months else dict(entry))
    return wanted


def mismatch(case: Case, found: list[dict[str, Any]]) -> str | None:
    """How expectation and findings differ, None when each expected entry is matched by exactly one finding."""
    wanted, left = expected(case), list(found)
    for entry in wanted:
        entry = {"姓名": None, **entry}
        contains, evidence = entry.pop("语句包含", ""), entry.pop("证据", {})
        hits = [
            finding for finding in left
            if all(finding[name] == value for name, value in entry.items()) and contains in finding["语句"]
            and all(finding["证据"].get(table, []) == rows for table, rows in evidence.items())
        ]  # fmt: skip
        if not hits:
            return f"没有找到应有疑点 {entry} {contains};实际 {found}"
        left.remove(hits[0])
    return f"多出疑点 {left}" if left else None

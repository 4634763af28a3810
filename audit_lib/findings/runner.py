"""Runs one rule and turns its rows into findings, lines and evidence."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.engine import Engine
from audit_lib.errors import RuleError
from audit_lib.findings.clock import Clock
from audit_lib.findings.columns import FINDING_COLUMNS, schema
from audit_lib.findings.sentences import fill, format_month, mask_account, score
from audit_lib.findings.shape import Shape, empty_result
from audit_lib.keys import finding_id
from audit_lib.money import format_yuan
from audit_lib.params import Project
from audit_lib.rules import Rule

_PEOPLE = """
SELECT person_id, name_masked, id_masked, town_id, village_id, household_no
FROM person
WHERE person_id IN (SELECT person_id FROM keyed_line)
"""


@dataclass(frozen=True)
class RuleRunner:
    """Runs rules in one engine; their parts collect in ``parts`` until all are merged."""

    engine: Engine
    project: Project
    parts: Path

    def run(self, rule: Rule) -> int:
        """Run a rule whose views are defined.

        Returns:
            number of findings.

        Raises:
            RuleError: the query cannot be run.
        """
        audit_from, audit_to = self.project.audit_months
        bound = {"audit_from": audit_from, "audit_to": audit_to} | rule.tolerances
        try:
            columns = self.engine.query(empty_result(rule.sql), bound).schema
            self.engine.materialise("rule_row", rule.sql, bound)
        except duckdb.Error as error:
            raise RuleError(
                f"规则 {rule.id} 不能运行:{str(error).splitlines()[0]}", rule.path.name
            ) from error
        shape = Shape(rule, {column.name: column.type for column in columns})
        self.engine.materialise("rule_line", shape.lines())
        self.engine.materialise("keyed_line", shape.keyed())
        groups = self.engine.query(shape.findings()).to_pylist()
        if not groups:
            return 0
        people = {row["person_id"]: row for row in self.engine.query(_PEOPLE).to_pylist()}
        clock = Clock(self.engine, self.project, shape.columns) if rule.head.has_clock else None
        findings = [
            self._finding(rule, shape, group, people.get(group["person_id"], {}), clock) for group in groups
        ]
        keys = {
            "finding_key": [group["finding_key"] for group in groups],
            "finding_id": [finding["finding_id"] for finding in findings],
        }
        self.engine.register("finding_key", pa.table(keys))
        pq.write_table(
            pa.Table.from_pylist(findings, schema=schema(FINDING_COLUMNS)),
            self.parts / f"finding-{rule.id}.parquet",
        )
        self.engine.write(shape.finding_lines(), self.parts / f"line-{rule.id}.parquet")
        self.engine.write(shape.evidence(), self.parts / f"evidence-{rule.id}.parquet")
        return len(findings)

    def _finding(
        self, rule: Rule, shape: Shape, group: dict[str, Any], person: dict[str, Any], clock: Clock | None
    ) -> dict[str, Any]:
        head = rule.head
        matter = [str(group[f"matter_{number}"]) for number in range(len(head.matter))]
        in_review = ["C"] if group["tier"] == "C" else []
        item = self.project.item_by_id.get(group["item_id"] or "")
        sources = {table for column, table in shape.row_columns.items() if group[f"has_{column}"]} - {
            "payment"
        }
        town_id = person.get("town_id") or group["place_town"]
        return {
            "finding_id": finding_id(rule.id, group["person_id"], [*matter, *in_review]),
            "rule_id": rule.id,
            "rule_title": head.title,
            "rule_version": rule.version,
            "family": head.family,
            "problem": head.problem,
            "kind": group.get("kind") or head.kind,
            "severity": group.get("severity") or head.severity,
            "track": group.get("track") or head.track,
            "person_id": group["person_id"],
            "name_masked": person.get("name_masked"),
            "id_masked": person.get("id_masked"),
            "town_id": town_id,
            "village_id": person.get("village_id") if person.get("town_id") else group["place_village"],
            "household_no": person.get("household_no"),
            "item_id": group["item_id"] if group["items"] == 1 else None,
            "matter": json.dumps(_shown(head.matter, matter), ensure_ascii=False),
            "first_month": group["first_month"],
            "last_month": group["last_month"],
            "months": group["months"],
            "amount_fen": group["amount_fen"],
            "tier": group["tier"],
            "score": float(group.get("own_score") or 0)
            or score(group["tier"], group["months"], group["amount_fen"], len(sources)),
            "owner": (item.dept if item else self.project.settings.bureau)
            if head.owner == "item"
            else head.owner,
            "office": item.office if item else "",
            "statement": self._statement(shape, group, person, town_id, clock),
        }

    def _statement(
        self,
        shape: Shape,
        group: dict[str, Any],
        person: dict[str, Any],
        town_id: str | None,
        clock: Clock | None,
    ) -> str:
        item = self.project.item_by_id.get(group["item_id"] or "")
        town = self.project.town_by_id.get(town_id or "")
        first, last = group["first_month"], group["last_month"]
        fields: dict[str, object] = {
            "name": person.get("name_masked") or "",
            "item": f"{group['items']}项补贴" if group["items"] > 1 else item.name if item else "",
            "town": town.name if town else "未归镇",
            "year": first // 12 if first is not None else None,
            "months": group["months"],
            "amount": format_yuan(group["amount_fen"]),
        }
        fields |= {name: group[f"say_{name}"] for name in shape.sentence_columns}
        if clock is not None:
            fields["clock"] = clock.text(group["finding_key"], fields)
        # The two ends of the span are month numbers under names that the suffix rule formats.
        return fill(shape.rule.head.statement, fields | {"first_month": first, "last_month": last})


def _shown(names: list[str], values: list[str]) -> list[str]:
    """Matter values as they may be shown; an account number never in full."""
    return [
        mask_account(value) if name == "account_no" else value
        for name, value in zip(names, values, strict=True)
    ]


__all__ = ["RuleRunner", "format_month"]

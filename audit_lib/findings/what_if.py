"""What another value of a rule's parameter would change, before anybody saves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import pandas as pd
import pyarrow.parquet as pq

from audit_lib.errors import ParamsError
from audit_lib.findings import find
from audit_lib.money import format_wan
from audit_lib.params import Project
from audit_lib.rules import Rule, load_own_rules, load_rules

_STATES = {"left_only": "不再列出", "right_only": "新列出", "both": "金额变化"}


@dataclass(frozen=True)
class WhatIf:
    """A rule's findings with the values in force and with others; nothing is saved.

    ``before`` and ``after`` have the columns of ``finding``. Tier C, which no total counts, is left out of the
    figures and stays in the lists.
    """

    rule_id: str
    values: dict[str, object]
    before: pd.DataFrame
    after: pd.DataFrame

    @property
    def summary(self) -> pd.DataFrame:
        """Findings, people and money (万元) with the values in force, with the others, and the difference."""
        figures = {name: _figures(side) for name, side in (("现行", self.before), ("假如", self.after))}
        lines = pd.DataFrame(figures).T
        lines.loc["变化"] = lines.loc["假如"] - lines.loc["现行"]
        lines["金额(万元)"] = [format_wan(int(fen)) for fen in lines.pop("fen")]
        return lines.astype({"疑点": int, "人数": int})

    @property
    def changes(self) -> pd.DataFrame:
        """Every finding that comes, goes or changes its amount, largest change first."""
        columns = ["finding_id", "name_masked", "town_id", "tier", "amount_fen", "statement"]
        both = self.before[columns].merge(
            self.after[columns], on="finding_id", how="outer", suffixes=("_before", "_after"), indicator=True
        )
        moved = both["amount_fen_after"].fillna(0) - both["amount_fen_before"].fillna(0)
        both = both.assign(变化=both["_merge"].astype(str).map(_STATES), change_fen=moved.astype("int64"))
        both = both[(both["_merge"] != "both") | (both["change_fen"] != 0)]
        for column in columns[1:]:
            both[column] = both[f"{column}_after"].fillna(both[f"{column}_before"])
        both = both.assign(size=both["change_fen"].abs()).sort_values(["size", "finding_id"], ascending=[False, True])
        return both[["变化", "finding_id", "name_masked", "town_id", "tier", "change_fen", "statement"]].reset_index(
            drop=True
        )


def what_if(
    project: Project, tables: Path, people: Path, findings: Path, rule_id: str, values: Mapping[str, object]
) -> WhatIf:
    """Run one rule with other parameter values.

    Args:
        project: parameters in force.
        tables: folder of the sources stage.
        people: folder of the identity stage.
        findings: folder of the findings stage, for what is found today.
        rule_id: the rule.
        values: parameter → value, as ``project.yml`` would say under ``tolerances``.

    Raises:
        ParamsError: no such rule or parameter, or a value out of its range.
    """
    find_rule(project, rule_id)
    tolerances = project.settings.tolerances
    tried = tolerances | {rule_id: tolerances.get(rule_id, {}) | dict(values)}
    settings = project.settings.model_copy(update={"tolerances": tried, "rules_off": {}})
    rules = [find_rule(project.model_copy(update={"settings": settings}), rule_id)]
    before = pq.read_table(findings / "finding.parquet", filters=[("rule_id", "=", rule_id)]).to_pandas()
    with TemporaryDirectory(dir=project.work) as folder:
        find(project.model_copy(update={"settings": settings}), tables, people, Path(folder), rules)
        after = pq.read_table(Path(folder) / "finding.parquet").to_pandas()
    return WhatIf(rule_id, dict(values), before, after)


def find_rule(project: Project, rule_id: str) -> Rule:
    """A rule, shipped or the auditor's own, with the project's values.

    Raises:
        ParamsError: no such rule, or a value out of its range.
    """
    own, _ = load_own_rules(project.folder / "rules")
    if rule_id not in {rule.id for rule in load_rules(extra=own)}:
        raise ParamsError(f"没有规则“{rule_id}”", "what_if", "规则编号见 docs/rules.md")
    settings = project.settings.model_copy(update={"rules_off": {}})
    return next(rule for rule in load_rules(settings, own) if rule.id == rule_id)


def _figures(findings: pd.DataFrame) -> dict[str, int]:
    counted = findings[findings["tier"] != "C"]
    return {
        "疑点": len(counted),
        "人数": int(counted["person_id"].nunique()),
        "fen": int(counted["amount_fen"].sum()),
    }

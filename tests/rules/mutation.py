"""Bench, not a test: would the cases notice if a rule were slightly wrong?

``python -m tests.rules.mutation [RULE …] [--jobs N] [--seconds N] [--report FILE]`` changes one thing of a rule's query at a time
(``mutation_changes``), runs the cases of that rule, and lists the changes that no case noticed and that
``mutation_explained.yml`` does not explain. ``--report`` writes what came out as a page.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack
from itertools import repeat
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

from audit_lib.engine import open_engine
from audit_lib.findings.coverage import NOT_RUN, Delivered, reach
from audit_lib.findings.runner import RuleRunner
from audit_lib.findings.session import register_all
from audit_lib.rules import Rule, load_rules
from audit_lib.rules.checks import query_reads
from audit_lib.tables import ROWS_PER_SHEET
from audit_lib.views import views_behind

from .judge import Outcome, mismatch
from .mutation_changes import mutants
from .mutation_report import Tried, page
from .world import Case, World, all_cases, make_project, strangers

EXPLAINED = Path(__file__).parent / "mutation_explained.yml"


@dataclasses.dataclass(frozen=True)
class Bench:
    """One world held ready in an engine, so that a change costs one query."""

    world: World
    runner: RuleRunner

    def notices(self, rule: Rule) -> bool:
        """Whether some case of the rule comes out otherwise than it should; a change that cannot run is noticed."""
        for path in self.runner.parts.glob("*.parquet"):
            path.unlink()
        try:
            self.runner.run(rule)
            findings, lines, evidence = (
                self._part(kind, rule.id) for kind in ("finding", "line", "evidence")
            )
            outcome = Outcome(self.world, findings, lines, self._places(evidence), {})
            mine = [case for case in self.world.cases if case.rule_id == rule.id]
            return any(mismatch(case, outcome.of_case(case)) for case in mine)
        except Exception:
            return True

    def _places(self, evidence: list[dict[str, Any]]) -> list[dict[str, Any]]:
        return [row | {"row": row["origin"] % ROWS_PER_SHEET} for row in evidence]

    def _part(self, kind: str, rule_id: str) -> list[dict[str, Any]]:
        path = self.runner.parts / f"{kind}-{rule_id}.parquet"
        return pq.read_table(path).to_pylist() if path.is_file() else []


def make_bench(rule: Rule, cases: tuple[Case, ...], folder: Path) -> Bench | None:
    """The world of some cases with everything the rule reads; None when it lacks what the rule needs."""
    world, project = World(cases), make_project(folder, cases)
    tables, people = world.write(folder)
    (folder / "parts").mkdir()
    engine = open_engine(project.settings, folder / "spill")
    register_all(engine, project, tables, people)
    if reach(rule, Delivered(engine)).status == NOT_RUN:
        engine.close()
        return None
    for view in views_behind(query_reads(rule.sql)):
        engine.materialise(view.name, view.sql)
    return Bench(world, RuleRunner(engine, project, folder / "parts"))


def explained() -> dict[str, dict[str, str]]:
    """Rule → change → why no case can notice it."""
    content = yaml.safe_load(EXPLAINED.read_text(encoding="utf-8")) or {}
    assert isinstance(content, dict)
    return content


def survivors(rule: Rule, seconds: float) -> Tried:
    """How many changes were tried, and those that no case of the rule noticed."""
    mine = [case for case in all_cases() if case.rule_id == rule.id]
    worlds = [
        (*(case for case in mine if not case.is_alone), strangers(3)),
        *((case,) for case in mine if case.is_alone),
    ]
    tried, left, started = 0, [], time.monotonic()
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
        benches = []
        for number, cases in enumerate(worlds):
            with_values = with_parameters(rule, cases)
            if bench := make_bench(with_values, cases, Path(name) / str(number)):
                opened.callback(bench.runner.engine.close)
                assert not bench.notices(with_values), f"{rule.id}: cases fail without any change"
                benches.append((bench, with_values))
        for what, sql in mutants(rule.sql):
            if time.monotonic() - started > seconds:
                break
            tried += 1
            if not any(bench.notices(dataclasses.replace(one, sql=sql)) for bench, one in benches):
                left.append(what)
    return Tried(rule.id, tried, tuple(left), explained().get(rule.id, {}))


def with_parameters(rule: Rule, cases: tuple[Case, ...]) -> Rule:
    """The rule with the parameters that a case sets for itself."""
    own = [case.content["参数"] for case in cases if "参数" in case.content]
    return dataclasses.replace(rule, tolerances=rule.tolerances | own[0]) if own else rule


def main() -> None:
    """Print the survivors of each rule and the rate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--seconds", type=float, default=600)
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--report", type=Path)
    chosen = parser.parse_args()
    rules = [rule for rule in load_rules() if not chosen.rules or rule.id in chosen.rules]
    done = []
    with ProcessPoolExecutor(chosen.jobs) as pool:
        for one in pool.map(survivors, rules, repeat(chosen.seconds)):
            done.append(one)
            print(one.text(), flush=True)
    tried, left = sum(one.tried for one in done), sum(len(one.left) for one in done)
    known = left - sum(len(one.unexplained) for one in done)
    print(f"{tried} changes, {left} unnoticed ({left / max(tried, 1):.1%}), {known} of them explained")
    if chosen.report:
        chosen.report.write_text(page(done), encoding="utf-8")


if __name__ == "__main__":
    main()

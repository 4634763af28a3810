"""Bench, not a test: would the cases notice if a rule were slightly wrong?

``python -m tests.rules.mutation [RULE …] [--seconds N]`` changes one thing of a rule's query at a time (a comparison
flipped or made strict, a month moved by one, a condition dropped, AND and OR exchanged, a largest made a smallest), runs
the cases of that rule, and lists the changes that no case noticed.
"""

from __future__ import annotations

import argparse
import dataclasses
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import sqlglot
from sqlglot import exp

from audit_lib.engine import open_engine
from audit_lib.findings.coverage import NOT_RUN, Delivered, reach
from audit_lib.findings.runner import RuleRunner
from audit_lib.findings.session import register_all
from audit_lib.rules import Rule, load_rules
from audit_lib.rules.checks import query_reads
from audit_lib.views import views_behind

from .judge import Outcome, mismatch
from .world import Case, World, all_cases, make_project, strangers

_EDGES: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
}
_OPPOSITE: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
}

#: by how much a bound moves away from where the strict or the loose comparison would put it
_FURTHER: dict[type[exp.Expr], int] = {exp.GT: 1, exp.GTE: -1, exp.LT: -1, exp.LTE: 1}


def mutants(sql: str) -> Iterator[tuple[str, str]]:
    """What was changed, and the query with that one change."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    for node in list(tree.walk()):
        for way in ("edge", "opposite", "month", "early", "late", "drop", "swap", "extreme"):
            if changed := _change(node, way):
                what = f"{way}: {node.sql(dialect='duckdb')}  →  {changed.sql(dialect='duckdb')}"[:200]
                if node is not tree:
                    node.replace(changed)
                    yield what, tree.sql(dialect="duckdb")
                    changed.replace(node)


def _moved(bound: exp.Expr, months: int) -> exp.Expr:
    return exp.Add(this=exp.paren(bound.copy()), expression=exp.Literal.number(months))


def _change(node: exp.Expr, way: str) -> exp.Expr | None:
    kind = type(node)
    left, right = node.args.get("this"), node.args.get("expression")
    if way == "edge" and kind in _EDGES:
        return _EDGES[kind](this=left.copy(), expression=right.copy())
    if way == "opposite" and kind in _OPPOSITE:
        return _OPPOSITE[kind](this=left.copy(), expression=right.copy())
    if way == "month" and kind in _FURTHER and "month" in node.sql():
        return kind(this=left.copy(), expression=_moved(right, _FURTHER[kind]))
    if way in ("early", "late") and isinstance(node, exp.Between) and "month" in node.sql():
        changed = node.copy()
        edge = "low" if way == "early" else "high"
        changed.set(edge, _moved(node.args[edge], 1 if way == "early" else -1))
        return changed
    if way == "drop" and kind is exp.And:
        return left.copy()
    if way == "swap" and kind is exp.Or:
        return exp.And(this=left.copy(), expression=right.copy())
    if way == "extreme" and kind in (exp.Min, exp.Max) and "_row" not in node.sql():
        return (exp.Max if kind is exp.Min else exp.Min)(this=left.copy())
    return None


@dataclasses.dataclass(frozen=True)
class Bench:
    """One world held ready in an engine, so that a change costs one query."""

    world: World
    runner: RuleRunner

    def notices(self, rule: Rule) -> bool:
        """Whether some case of the rule comes out otherwise than it should."""
        for path in self.runner.parts.glob("*.parquet"):
            path.unlink()
        try:
            self.runner.run(rule)
        except Exception:  # a change that cannot run is noticed
            return True
        findings, lines, evidence = (self._part(kind, rule.id) for kind in ("finding", "line", "evidence"))
        outcome = Outcome(self.world, findings, lines, evidence, {})
        return any(
            mismatch(case, outcome.of_case(case)) for case in self.world.cases if case.rule_id == rule.id
        )

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


def survivors(rule: Rule, seconds: float) -> tuple[int, list[str]]:
    """How many changes were tried, and those that no case of the rule noticed."""
    mine = [case for case in all_cases() if case.rule_id == rule.id]
    worlds = [
        (*(case for case in mine if not case.is_alone), strangers(3)),
        *((case,) for case in mine if case.is_alone),
    ]
    tried, left, started = 0, [], time.monotonic()
    with tempfile.TemporaryDirectory() as name, ExitStack() as opened:
        made = [make_bench(rule, cases, Path(name) / str(n)) for n, cases in enumerate(worlds)]
        benches = [bench for bench in made if bench is not None]
        for bench in benches:
            opened.callback(bench.runner.engine.close)
            assert not bench.notices(rule), f"{rule.id}: cases fail without any change"
        for what, sql in mutants(rule.sql):
            if time.monotonic() - started > seconds:
                break
            tried += 1
            if not any(bench.notices(dataclasses.replace(rule, sql=sql)) for bench in benches):
                left.append(what)
    return tried, left


def main() -> None:
    """Print the survivors of each rule and the rate."""
    parser = argparse.ArgumentParser()
    parser.add_argument("rules", nargs="*")
    parser.add_argument("--seconds", type=float, default=600)
    chosen = parser.parse_args()
    all_tried = all_left = 0
    for rule in load_rules():
        if chosen.rules and rule.id not in chosen.rules:
            continue
        tried, left = survivors(rule, chosen.seconds)
        all_tried, all_left = all_tried + tried, all_left + len(left)
        print(f"{rule.id}: {tried} changes, {len(left)} unnoticed", *left, sep="\n    ", flush=True)
    print(f"{all_tried} changes, {all_left} unnoticed ({all_left / max(all_tried, 1):.1%})")


if __name__ == "__main__":
    main()

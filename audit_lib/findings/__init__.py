"""筛疑: runs every rule over the linked tables; writes findings, their lines, their evidence, and coverage."""

from __future__ import annotations

import shutil
import time
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.engine import Engine, open_engine
from audit_lib.errors import RuleError
from audit_lib.findings.columns import (
    COVERAGE_COLUMNS,
    EVIDENCE_COLUMNS,
    FINDING_COLUMNS,
    FINDING_LINE_COLUMNS,
    TOWN_COVERAGE_COLUMNS,
    schema,
)
from audit_lib.findings.coverage import NOT_RUN, PARTLY, Delivered, Reach, reach
from audit_lib.findings.overlap import GrandTotal, define_counted_lines, grand_total
from audit_lib.findings.runner import RuleRunner
from audit_lib.findings.session import refused_files, register_all
from audit_lib.findings.towns import TownRows, cover_towns
from audit_lib.params import Project
from audit_lib.progress import track
from audit_lib.rules import Rule, load_own_rules, load_rules, tuned
from audit_lib.rules.checks import query_reads
from audit_lib.views import define

__all__ = ["GrandTotal", "define_counted_lines", "find", "grand_total"]

_SQL = Path(__file__).parent / "sql"


def find(
    project: Project, tables: Path, people: Path, out: Path, rules: Sequence[Rule] | None = None
) -> None:
    """Run the rules and write ``finding``, ``finding_line``, ``evidence``, ``coverage`` and ``town_coverage`` as Parquet.

    Args:
        project: parameters; ``params/<project>/rules/*.sql`` are run like the rules that ship.
        tables: folder of the sources stage, for ``sheet``.
        people: folder of the identity stage: ``person.parquet`` and ``linked/``.
        out: an existing folder for the five files.
        rules: run only these.

    Raises:
        RuleError: a rule that ships breaks the contract.
        ParamsError: ``project.yml`` names a rule or tolerance that does not exist, or a value out of range.
    """
    refused: dict[str, str] = {}
    if rules is None:
        own, refused = load_own_rules(project.folder / "rules")
        rules = load_rules(project.settings, own)
    else:
        rules = [tuned(rule, project.settings) for rule in rules]
    parts = out / "parts"
    parts.mkdir(parents=True)
    try:
        with closing(open_engine(project.settings, parts / "spill")) as engine:
            register_all(engine, project, tables, people)
            coverage = _run_all(engine, project, rules, parts, refused_files(tables))
            coverage += [
                _not_run(rule_id, rule_id, f"规则文件被拒绝：{why}") for rule_id, why in refused.items()
            ]
            _merge(engine, parts, out)
            coverage.sort(key=lambda line: str(line["rule_id"]))
            by_town = _cover_towns(engine, project, rules, coverage, out)
    finally:
        shutil.rmtree(parts, ignore_errors=True)
    pq.write_table(pa.Table.from_pylist(coverage, schema=schema(COVERAGE_COLUMNS)), out / "coverage.parquet")
    pq.write_table(
        pa.Table.from_pylist(by_town, schema=schema(TOWN_COVERAGE_COLUMNS)), out / "town_coverage.parquet"
    )


def _cover_towns(
    engine: Engine, project: Project, rules: Sequence[Rule], coverage: list[dict[str, Any]], out: Path
) -> list[dict[str, Any]]:
    findings = pq.read_table(out / "finding.parquet", columns=["rule_id", "town_id"])
    counted = findings.group_by(["rule_id", "town_id"]).aggregate([([], "count_all")]).to_pylist()
    found = {(row["rule_id"], row["town_id"]): row["count_all"] for row in counted}
    towns = {town.town_id: town.name for town in project.towns}
    return cover_towns(TownRows(engine), rules, coverage, towns, found)


def _run_all(
    engine: Engine, project: Project, rules: Sequence[Rule], parts: Path, lost: dict[str, list[str]]
) -> list[dict[str, Any]]:
    delivered, defined, coverage = Delivered(engine, lost), set[str](), []
    runner = RuleRunner(engine, project, parts)
    for rule in track(rules, "逐条规则筛查", len(rules)):
        started = time.monotonic()
        if rule.id in project.settings.rules_off:
            coverage.append(
                _not_run(rule.id, rule.head.title, f"已停用：{project.settings.rules_off[rule.id]}")
            )
            continue
        known = reach(rule, delivered)
        if known.status == NOT_RUN:
            coverage.append(_not_run(rule.id, rule.head.title, known.reason))
            continue
        try:
            define(engine, query_reads(rule.sql), defined)
            known = _with_unable(engine, rule, known, defined)
            found = runner.run(rule)
        except RuleError as error:
            if rule.path.parent != project.folder / "rules":
                raise
            coverage.append(_not_run(rule.id, rule.head.title, f"规则文件被拒绝：{error.what}"))
            continue
        coverage.append(
            {
                "rule_id": rule.id, "title": rule.head.title, "status": known.status, "reason": known.reason,
                "rows_checked": known.rows_checked, "rows_unable": known.rows_unable, "findings": found,
                "seconds": round(time.monotonic() - started, 3),
            }
        )  # fmt: skip
    return coverage


def _with_unable(engine: Engine, rule: Rule, known: Reach, defined: set[str]) -> Reach:
    """Add the rows that the rule's own counts say it cannot judge."""
    unable, reasons = 0, [known.reason] if known.reason else []
    for count in rule.head.unable:
        define(engine, query_reads(count.sql), defined)
        rows = int(engine.query(count.sql).column(0)[0].as_py() or 0)
        if rows:
            unable += rows
            reasons.append(f"{rows}行{count.says}")
    if not unable:
        return known
    return Reach(PARTLY, "；".join(reasons), max(known.rows_checked - unable, 0), known.rows_unable + unable)


def _not_run(rule_id: str, title: str, reason: str) -> dict[str, Any]:
    return {
        "rule_id": rule_id, "title": title, "status": NOT_RUN, "reason": reason, "rows_checked": 0,
        "rows_unable": 0, "findings": 0, "seconds": 0.0,
    }  # fmt: skip


def _merge(engine: Engine, parts: Path, out: Path) -> None:
    """Put the parts of all rules together, sorted, so that the same input gives the same bytes."""
    found = [pq.read_table(path) for path in sorted(parts.glob("finding-*.parquet"))]
    findings = pa.concat_tables([schema(FINDING_COLUMNS).empty_table(), *found])
    pq.write_table(findings.sort_by("finding_id"), out / "finding.parquet")
    _register_parts(engine, "line_part", parts, "line", FINDING_LINE_COLUMNS)
    _register_parts(engine, "evidence_part", parts, "evidence", EVIDENCE_PART)
    for name in ("finding_line", "evidence"):
        engine.write((_SQL / f"{name}.sql").read_text(encoding="utf-8"), out / f"{name}.parquet")


#: what a rule knows of its evidence before the sheets say file and row
EVIDENCE_PART = {name: EVIDENCE_COLUMNS[name] for name in ("finding_id", "table_name", "origin")}


def _register_parts(engine: Engine, name: str, parts: Path, kind: str, columns: dict[str, str]) -> None:
    """The parts of one kind as one table; a folder of its own, because an engine reads whole folders."""
    folder = parts / kind
    folder.mkdir()
    for path in parts.glob(f"{kind}-*.parquet"):
        path.rename(folder / path.name)
    if any(folder.iterdir()):
        engine.register(name, folder)
    else:
        engine.register(name, schema(columns).empty_table())

"""What a run found and what it was made from, kept small, so that the next one can be compared with it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.errors import AuditError
from audit_lib.params import Project
from audit_lib.rules import Rule, load_own_rules, load_rules
from audit_lib.stage import digest, digest_files, write_text

FOLDER = "runs"
KEPT = 12
_PARAMETERS = ("project", "areas", "items", "standards", "exclusions", "sources")
_COLUMNS = [
    "finding_id", "rule_id", "rule_title", "town_id", "village_id", "name_masked", "item_id", "tier", "months",
    "amount_fen", "statement",
]  # fmt: skip


@dataclass(frozen=True)
class KeptRun:
    """One kept run.

    Attributes:
        run_id: name of the run.
        made_at: moment (UTC) it was kept.
        files: delivered file → digest of its content.
        parameters: file of parameters → digest.
        rules: rule → ``text`` (digest), ``tolerances`` in force, ``status`` and ``reason`` of its coverage.
        code: digest of the program.
        findings: finding_id → its columns.
        evidence: finding_id → the delivered files it rests on.
    """

    run_id: str
    made_at: str
    files: Mapping[str, str]
    parameters: Mapping[str, str]
    rules: Mapping[str, Mapping[str, Any]]
    code: str
    findings: Mapping[str, Mapping[str, Any]]
    evidence: Mapping[str, frozenset[str]]


def keep_run(project: Project, tables: Path, findings: Path, run_id: str, code: str) -> Path:
    """Keep a finished run under ``work/runs/<run_id>``; the oldest beyond ``KEPT`` are dropped.

    Args:
        project: parameters of the run.
        tables: folder of the sources stage.
        findings: folder of the findings stage.
        run_id: name of the run.
        code: digest of the program that made it.
    """
    folder = project.work / FOLDER / run_id
    if (folder / "run.json").is_file():
        return folder
    folder.mkdir(parents=True, exist_ok=True)
    pq.write_table(pq.read_table(findings / "finding.parquet", columns=_COLUMNS), folder / "finding.parquet")
    evidence = pq.read_table(findings / "evidence.parquet", columns=["finding_id", "file"])
    pairs = evidence.group_by(["finding_id", "file"]).aggregate([])
    pq.write_table(pairs, folder / "evidence.parquet", compression="zstd")
    register = pq.read_table(tables / "file_register.parquet", columns=["file", "sha256"]).to_pylist()
    coverage = {row["rule_id"]: row for row in pq.read_table(findings / "coverage.parquet").to_pylist()}
    own, _ = load_own_rules(project.folder / "rules")
    judged = project.work.parent / "judgements.csv"
    described = {
        "run_id": run_id,
        "made_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "files": {row["file"]: row["sha256"] for row in register},
        "parameters": {
            f"{name}.yml": digest_files([project.folder / f"{name}.yml"])
            for name in _PARAMETERS if (project.folder / f"{name}.yml").is_file()
        } | ({"认定意见 judgements.csv": digest_files([judged])} if judged.is_file() else {}),
        "rules": {rule.id: _describe(rule, coverage.get(rule.id, {})) for rule in load_rules(project.settings, own)},
        "code": code,
    }  # fmt: skip
    write_text(folder / "run.json", json.dumps(described, ensure_ascii=False, indent=0))
    for old in list_runs(project)[:-KEPT]:
        shutil.rmtree(project.work / FOLDER / old)
    return folder


def _describe(rule: Rule, covered: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "text": digest(rule.text), "tolerances": rule.tolerances, "status": covered.get("status") or "",
        "reason": covered.get("reason") or "",
    }  # fmt: skip


def list_runs(project: Project) -> list[str]:
    """Names of the kept runs, the oldest first."""
    found = []
    for path in (project.work / FOLDER).glob("*/run.json"):
        found.append(
            (
                json.loads(path.read_text(encoding="utf-8"))["made_at"],
                path.stat().st_mtime_ns,
                path.parent.name,
            )
        )
    return [name for _, _, name in sorted(found)]


def read_run(folder: Path) -> KeptRun:
    """A kept run.

    Raises:
        AuditError: there is none in the folder; names those that are kept.
    """
    path = folder / "run.json"
    if not path.is_file():
        known = sorted(other.parent.name for other in folder.parent.glob("*/run.json"))
        raise AuditError(
            f"没有保存过运行“{folder.name}”", str(folder.parent), "已保存:" + ("、".join(known) or "无")
        )
    described = json.loads(path.read_text(encoding="utf-8"))
    files: dict[str, set[str]] = {}
    for row in pq.read_table(folder / "evidence.parquet").to_pylist():
        files.setdefault(row["finding_id"], set()).add(row["file"])
    return KeptRun(
        **described,
        findings={row["finding_id"]: row for row in pq.read_table(folder / "finding.parquet").to_pylist()},
        evidence={finding_id: frozenset(named) for finding_id, named in files.items()},
    )

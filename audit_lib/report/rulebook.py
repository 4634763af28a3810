"""The rules as the report prints them: head, SQL text, parameters, version."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from audit_lib.params import Project

_RULES = Path(__file__).parent.parent / "rules"


@dataclass(frozen=True)
class RuleHead:
    """What the method annex says about one rule."""

    rule_id: str
    title: str
    family: str
    problem: str
    kind: str
    track: str
    severity: str
    basis: tuple[str, ...]
    texts: dict[str, str]
    parameters: dict[str, Any]
    sql: str
    version: str


def read_rulebook(project: Project) -> dict[str, RuleHead]:
    """Every rule by id: the built-in ones and the project's own."""
    paths = [*sorted(_RULES.rglob("*.sql")), *sorted((project.folder / "rules").glob("*.sql"))]
    heads = (_read(path, project) for path in paths)
    return {head.rule_id: head for head in heads}


def _read(path: Path, project: Project) -> RuleHead:
    text = path.read_text(encoding="utf-8")
    _, head_text, sql = text.split("---\n", 2)
    head: dict[str, Any] = yaml.safe_load(head_text)
    chosen = project.settings.tolerances.get(head["id"], {})
    parameters = {
        name: chosen.get(name, tolerance.get("default")) for name, tolerance in (head.get("tolerances") or {}).items()
    }
    return RuleHead(
        rule_id=head["id"],
        title=head["title"],
        family=path.parent.name,
        problem=head.get("problem", ""),
        kind=head.get("kind", "NONE"),
        track=head.get("track", "problem"),
        severity=head.get("severity", ""),
        basis=tuple(_basis(entry) for entry in head.get("basis") or []),
        texts={name: str(head[name]) for name in ("疑点情形", "不算疑点", "核实办法") if name in head},
        parameters=parameters,
        sql=sql.strip(),
        version=hashlib.blake2b(text.encode(), digest_size=6).hexdigest(),
    )


def _basis(entry: dict[str, Any]) -> str:
    words = "".join(str(entry.get(part, "")) for part in ("law", "article"))
    return words if entry.get("checked") else f"{words}(待核)"

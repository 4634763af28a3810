"""How each page ended the last time it was tried, for ``--failed-only``."""

from __future__ import annotations

import json

from audit_lib.params import Project
from audit_lib.report.jobs import PageResult
from audit_lib.stage import write_text

_FILE = "outcomes.json"


def read_outcomes(project: Project) -> dict[str, str]:
    """Name of a page → ``done``, ``skipped`` or ``failed``; nothing when no page was ever tried."""
    path = project.work / "pages" / _FILE
    if not path.is_file():
        return {}
    return {str(name): str(status) for name, status in json.loads(path.read_text(encoding="utf-8")).items()}


def note_outcome(project: Project, result: PageResult) -> None:
    """Remember how a page ended, at once, so that a killed run knows what it had got to."""
    known = read_outcomes(project) | {result.name: result.status}
    write_text(project.work / "pages" / _FILE, json.dumps(dict(sorted(known.items())), ensure_ascii=False))

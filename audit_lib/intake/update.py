"""``ybt init --update``: what new files bring is appended; what a person wrote stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

from audit_lib.intake.deliveries import Deliveries
from audit_lib.intake.survey import FileProposal, survey
from audit_lib.intake.trial import catalogue_of, try_reading
from audit_lib.intake.writing import items_text, sources_text
from audit_lib.params import Item, Project, load_project
from audit_lib.sources.clean.items import Items
from audit_lib.sources.matching import spec_of

_ADDED = "\n# ---- 以下由 ybt init --update 添加 ----\n"


def update_project(project: Project, delivered: Deliveries) -> list[FileProposal]:
    """Append entries for files no entry fits and no comment names; what is there stays as it is."""
    written = (project.folder / "sources.yml").read_text(encoding="utf-8")
    new = {
        n: p for n, p in delivered.files.items() if spec_of(n, project.sources) is None and n not in written
    }
    if not new:
        return []
    proposals, district = survey(new)
    catalogue = Items(project.items)
    taken = {item.item_id for item in project.items}
    items = [
        item for item in catalogue_of(district)
        if item.code not in taken and catalogue.find(str(item.fields["name"])) is None
    ]  # fmt: skip
    try_reading(proposals, [*project.items, *(Item(**item.fields) for item in items)], project.towns)
    if items:
        _append(project.folder / "items.yml", items_text(items))
    _append(project.folder / "sources.yml", sources_text(proposals, project.towns))
    load_project(project.folder)
    return proposals


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    if re.search(r"^- ", text, re.M):
        before = re.sub(r"^\[\]\s*$", "", before, flags=re.M)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(before.rstrip("\n") + "\n" + _ADDED + text, encoding="utf-8")
    partial.replace(path)

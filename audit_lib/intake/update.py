"""``ybt init --update``: what new files bring is appended; what a person wrote stays as it is."""

from __future__ import annotations

import re
from pathlib import Path

from audit_lib.intake.areas import build_areas
from audit_lib.intake.catalogue import CatalogueItem
from audit_lib.intake.deliveries import Deliveries
from audit_lib.intake.policies import exclusions_text, standards_text
from audit_lib.intake.survey import FileProposal, survey
from audit_lib.intake.trial import apart, catalogue_of, count_listed_places, settle_channels, try_reading
from audit_lib.intake.writing import areas_text, items_text, sources_text
from audit_lib.params import Item, Project, Town, load_project, merge_towns
from audit_lib.sources.clean.items import Items
from audit_lib.sources.clean.places import Places
from audit_lib.sources.matching import spec_of

_ADDED = "\n# ---- 以下由 ybt init --update 添加 ----\n"


def update_project(project: Project, delivered: Deliveries) -> list[FileProposal]:
    """Append what files bring that no entry fits and no comment names; what is there stays as it is."""
    written = (project.folder / "sources.yml").read_text(encoding="utf-8")
    new = {
        n: p for n, p in delivered.files.items() if spec_of(n, project.sources) is None and n not in written
    }
    if not new:
        return []
    proposals, district = survey(new)
    looked = {proposal.name for proposal in proposals}
    doubles = [file for file in delivered.apart if file.twin in looked and file.name not in written]
    proposals += apart(Deliveries(apart=doubles), proposals)
    catalogue = Items(project.items)
    taken = {item.item_id for item in project.items}
    items = [
        item for item in catalogue_of(district)
        if item.code not in taken and catalogue.find(str(item.fields["name"])) is None
    ]  # fmt: skip
    count_listed_places(district)
    towns = new_places(build_areas(district.places)[0], project.towns)
    known = merge_towns([*project.towns, *towns])
    settle_channels(proposals, catalogue_of(district))
    try_reading(proposals, [*project.items, *(Item(**item.fields) for item in items)], known)
    every = [CatalogueItem(item.model_dump()) for item in project.items] + items
    for file, text in (
        ("items.yml", items_text(items) if items else ""),
        ("areas.yml", areas_text(towns, []) if towns else ""),
        ("standards.yml", _entries(standards_text(district.references, every))),
        ("exclusions.yml", _entries(exclusions_text(district.references, every))),
        ("sources.yml", sources_text(proposals, known)),
    ):
        if text:
            _append(project.folder / file, text)
    for town in towns:
        page = project.folder / "townships" / f"{town.town_id}.yml"
        if not page.exists():
            page.write_text(f'town: "{town.town_id}"\n', encoding="utf-8")
    load_project(project.folder)
    return proposals


def new_places(found: list[Town], known: list[Town]) -> list[Town]:
    """Towns and villages of the new files that the area list does not have, under codes that are free."""
    places = Places(known)
    towns: list[Town] = []
    taken = {town.town_id for town in known}
    for town in found:
        code = places.town(town.name)
        villages = [v for v in town.villages if places.find(town.name, v.name)[1] is None]
        if code is None:
            code = next(
                c for n in range(1, 999) if (c := town.town_id + (str(n) if n > 1 else "")) not in taken
            )
            taken.add(code)
        elif not villages:
            continue
        old = {v.village_id for t in known for v in t.villages}
        prefix = f"{town.town_id[:6]}x"
        fresh = (c for n in range(1, 9999) if (c := f"{prefix}{n:03d}") not in old)
        renamed = [v.model_copy(update={"village_id": next(fresh)}) for v in villages]
        towns.append(town.model_copy(update={"town_id": code, "villages": renamed}))
    return towns


def _entries(text: str) -> str:
    """A parameter text without its heading, empty when it says nothing."""
    lines = [line for line in text.splitlines()[1:] if line != "[]"]
    return "\n".join(lines) + "\n" if lines else ""


def _append(path: Path, text: str) -> None:
    before = path.read_text(encoding="utf-8")
    if re.search(r"^- ", text, re.M):
        before = re.sub(r"^\[\]\s*$", "", before, flags=re.M)
    partial = path.with_name(f".{path.name}.partial")
    partial.write_text(before.rstrip("\n") + "\n" + _ADDED + text, encoding="utf-8")
    partial.replace(path)

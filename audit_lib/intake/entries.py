"""Proposals for files → entries of ``sources.yml``, one per file or per group of like-named files."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable

from audit_lib.intake.survey import FileProposal
from audit_lib.params import SourceSpec, Town
from audit_lib.sources.matching import spec_of
from audit_lib.sources.register import ACCEPTED, REJECTED


def spec_for(file: FileProposal, match: str = "") -> SourceSpec:
    """The entry of one file."""
    if file.reference:
        table = file.table or "control_total"
        return SourceSpec(match=match or file.name, table=table, skip=True, why=file.reason)
    return SourceSpec(
        match=match or file.name,
        table=file.table or "payment",
        constants=file.constants,
        columns=file.columns,
        supersedes=file.supersedes or None,
    )


def is_awaited(file: FileProposal) -> bool:
    """Whether a refused file is understood and only spoilt: its entry stands ready for the corrected one."""
    return file.decision == REJECTED and bool(file.sheets) and not file.questions


def group_entries(files: list[FileProposal], towns: list[Town]) -> list[tuple[SourceSpec, list[str]]]:
    """Entries for the accepted files and the reference tables, each with the files it is for.

    A pattern is used only when it fits nothing but its own group.
    """
    groups: dict[str, list[FileProposal]] = defaultdict(list)
    for file in files:
        if file.decision == ACCEPTED or file.reference or is_awaited(file):
            key = spec_for(file, _pattern(file.name, towns))
            groups[key.model_dump_json()].append(file)
    entries: list[tuple[SourceSpec, list[str]]] = []
    for group in groups.values():
        own = {file.name for file in group}
        wide = spec_for(group[0], _pattern(group[0].name, towns))
        fits = {file.name for file in files if spec_of(file.name, [wide])}
        if len(own) > 1 and fits == own:
            entries.append((wide, sorted(own)))
        else:
            entries += [(spec_for(file), [file.name]) for file in group]
    return sorted(entries, key=lambda entry: (entry[0].table, entry[0].match))


def _pattern(name: str, towns: Iterable[Town]) -> str:
    """A path with its numbers, towns and villages left open."""
    spellings = {s for town in towns for s in (town.name, *town.aliases) if len(s) >= 2}
    for spelling in sorted(spellings, key=len, reverse=True):
        name = name.replace(spelling, "*")
    return re.sub(r"\*+", "*", re.sub(r"\d+", "*", name))

"""Versions of one list: 清册.xlsx beside 清册(改).xlsx, 最终版2, 副本-清册; and snapshots of a register.

Which version stands is the auditor's choice, never the program's: two files whose names differ only
in such a mark, and whose rows are largely the same, are both left out until ``sources.yml`` says.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations
from pathlib import PurePosixPath

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_lib.params import SourceSpec
from audit_lib.sources.convert import ROW
from audit_lib.sources.entries import SHEET, Entry
from audit_lib.sources.matching import fits, spec_of
from audit_lib.sources.register import ACCEPTED, SKIPPED, UNMAPPED, Delivered

_SAID = (
    r"已?(?:修改|更改|更正|订正|修订|调整|改动|改|最终|最新|终|定|正式|新|旧|原)(?:正|后|完|好)?(?:版本?|稿|表|件)?\d*|"
    r"(?:版本|ver|v|V)\.?\d+(?:\.\d+)?|[一二三四1-9]稿"
)
#: a mark that says that the list was made anew
_REVISED = re.compile(
    rf"[(\[【〔_\-—\s]+(?:{_SAID})[)\]】〕]*$|[(\[【〔](?:{_SAID})[)\]】〕]|(?![改最终定新旧原]\d*$)(?:{_SAID})$"
)
#: a mark that copying and downloading leave behind
_COPIED = re.compile(
    r"^(?:副本|复件)\s*[_\-—]?\s*|[_\-—\s]*(?:副本|复件|copy)\s*\d*$|[(\[]\d{1,2}[)\]]$|\s\d$", re.IGNORECASE
)
_SNAPSHOT = re.compile(
    r"((?:19|20)\d\d)[年.\-_]?(0[1-9]|1[0-2]|[1-9](?=[月.\-_]))[月.\-_]?((?:0[1-9]|[12]\d|3[01])(?!\d))?日?"
)
#: registers of a state of things, which are delivered as of a day
_REGISTERS = frozenset(
    ("hukou", "enrolment", "staff", "company", "vehicle", "property", "social_ins", "custody", "account")
)
_KEYS = ("name", "id_raw", "account_no", "item_id", "service_from", "service_to", "died_on", "amount_fen")
#: share of the shorter list's rows that both have, for a name that says revised and for a mere copy's
_REVISED_SHARE, _COPIED_SHARE = 0.3, 0.8


def plain_name(name: str) -> tuple[str, str]:
    """A file's name without suffix and marks of a version, and the marks.

    Example:
        >>> plain_name("民政/低保清册(改).xlsx"), plain_name("副本-低保清册.xls"), plain_name("低保清册2.xls")
        (('低保清册', '(改)'), ('低保清册', '副本-'), ('低保清册2', ''))
    """
    stem = unicodedata.normalize("NFKC", PurePosixPath(name).stem).strip()
    marks = ""
    for _ in range(4):
        found = _COPIED.search(stem) or _REVISED.search(stem)
        if not found or len(stem) - len(found.group()) < 2:
            break
        marks += found.group().strip()
        stem = (stem[: found.start()] + stem[found.end() :]).strip(" _-—")
    return stem, marks


def snapshot_of(name: str) -> str:
    """The day or month a file's name says it shows, ``""`` when it says none or several.

    Example:
        >>> snapshot_of("户籍人口20181231.csv"), snapshot_of("低保名册2017年12月.xlsx"), snapshot_of("名册2017.xls")
        ('2018-12-31', '2017-12', '')
    """
    written = unicodedata.normalize("NFKC", PurePosixPath(name).stem)
    found = {"-".join([y, m.zfill(2), *([d] if d else [])]) for y, m, d in _SNAPSHOT.findall(written)}
    return found.pop() if len(found) == 1 else ""


def apply_choices(files: list[Delivered], specs: list[SourceSpec]) -> list[Delivered]:
    """Leave out the files that a source says another file supersedes."""
    replaced: dict[str, str] = {}
    for file in files:
        spec = spec_of(file.name, specs)
        if file.decision == ACCEPTED and spec is not None:
            for other in files:
                if other.name != file.name and any(fits(glob, other.name) for glob in spec.supersedes or ()):
                    replaced[other.name] = file.name
    return [
        replace(file, decision=SKIPPED, entry=None, reason=f"已由“{replaced[file.name]}”替代(来源设置 supersedes)")
        if file.name in replaced and file.decision == ACCEPTED else file
        for file in files
    ]  # fmt: skip


def hold_versions(files: list[Delivered], specs: list[SourceSpec]) -> list[Delivered]:
    """Hold back versions of one list that nobody has chosen between, and note the day of snapshots."""
    questions: dict[str, list[str]] = {}
    for older, newer, share in _pairs(files, specs):
        spec = spec_of(newer.name, specs)
        assert spec is not None
        for file, other in ((older, newer), (newer, older)):
            question = (
                f"与“{other.name}”像是同一清册的两个版本({share:.0%}的行相同),在选定之前两个都不采用。"
                f"请在 sources.yml 最前面加一条:用“{newer.name}”写 {_entry(spec, newer.name, older.name)};"
                f"用“{older.name}”把 supersedes 换成 skip: true;两个都要则写 supersedes: []"
            )
            questions.setdefault(file.name, []).append(question)
    held = [
        replace(file, decision=UNMAPPED, reason=";".join(questions[file.name]), entry=None)
        if file.name in questions else file
        for file in files
    ]  # fmt: skip
    return [_dated(file) for file in held]


def _dated(file: Delivered) -> Delivered:
    day = snapshot_of(file.name) if file.decision == ACCEPTED and file.table in _REGISTERS else ""
    return replace(file, reason=f"快照,截至{day}(取自文件名)") if day else file


def _entry(spec: SourceSpec, name: str, other: str) -> str:
    said = spec.model_dump(exclude_defaults=True) | {"match": name, "supersedes": [other]}
    return json.dumps(said, ensure_ascii=False)


def _pairs(files: list[Delivered], specs: list[SourceSpec]) -> Iterator[tuple[Delivered, Delivered, float]]:
    """Older and newer version with the share of rows they have in common."""
    groups: dict[tuple[str | None, str], list[tuple[str, Delivered]]] = {}
    for file in files:
        if file.decision == ACCEPTED and file.entry is not None:
            stem, marks = plain_name(file.name)
            groups.setdefault((file.table, stem), []).append((marks, file))
    for group in groups.values():
        for (marks, file), (other_marks, other) in combinations(group, 2):
            if marks == other_marks:
                continue
            if any((s := spec_of(f.name, specs)) and s.supersedes is not None for f in (file, other)):
                continue
            assert file.entry is not None and other.entry is not None
            share = _common_share(file.entry, other.entry)
            if are_versions(marks, other_marks, share):
                yield (other, file, share) if marks and not other_marks else (file, other, share)


def are_versions(marks: str, other_marks: str, share: float) -> bool:
    """Whether two lists of one name are versions of each other.

    Args:
        marks: the marks of a version in one name (``plain_name``).
        other_marks: those of the other name.
        share: share of the shorter list's rows that both have.
    """
    if marks == other_marks:
        return False
    copied = all(not m or _COPIED.fullmatch(m) for m in (marks, other_marks))
    return share >= (_COPIED_SHARE if copied else _REVISED_SHARE)


def _common_share(one: Entry, other: Entry) -> float:
    """Share of the shorter list's rows that the longer one has, too."""
    names = set(pq.read_schema(one.rows).names) & set(pq.read_schema(other.rows).names)
    keys = _keys(names)
    mine, theirs = (rows_as_text(pq.read_table(entry.rows, columns=keys)) for entry in (one, other))
    fewer, more = sorted((pc.unique(mine), pc.unique(theirs)), key=len)
    return float(pc.sum(pc.is_in(fewer, more)).as_py() or 0) / len(fewer) if len(fewer) else 0.0


def _keys(names: set[str]) -> list[str]:
    return [key for key in _KEYS if key in names] or sorted(names - {ROW, SHEET})


def rows_as_text(rows: pa.Table) -> pa.Array:
    """Each row as one text of what tells it from others: person, item, period, account, amount."""
    keys = _keys(set(rows.column_names))
    texts = [pc.fill_null(pc.cast(rows.column(key), pa.string()), "") for key in keys]
    joined = pc.binary_join_element_wise(*texts, "\x1f")
    return joined.combine_chunks() if isinstance(joined, pa.ChunkedArray) else joined

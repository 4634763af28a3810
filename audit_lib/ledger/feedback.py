"""Returned verification sheets (核查反馈) become verdicts in the ledger.

A row is known by its file, its sheet and its finding, not by its row number: inserting a line
above does not make it another row. The same row again writes nothing; a changed row supersedes
itself; among different files the verdict with the later date stands.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow as pa

from audit_lib.ledger.batch import Batch
from audit_lib.ledger.events import Entry, Event, EventKind, canonical_json
from audit_lib.ledger.masks import mask_text
from audit_lib.ledger.matching import Matcher, Reference
from audit_lib.ledger.reports import ImportEntry, ImportReport, Outcome, Place
from audit_lib.ledger.states import RESULTS, Case
from audit_lib.ledger.verdicts import Settled, Verdict, settle
from audit_lib.tables import locate

_OUTCOMES: dict[str, Outcome] = {"verified": "已入账", "incomplete": "待补充", "noted": "未采用"}
Source = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class ReturnedRow:
    """One row of a returned sheet: where, about what, and the verdict."""

    place: Place
    reference: Reference
    verdict: Verdict


def places(sheets: pa.Table) -> dict[int, tuple[str, str]]:
    """File and sheet by sheet number."""
    return {row["sheet_no"]: (row["file"], row["sheet"] or "") for row in sheets.to_pylist()}


def find_place(origin: int, names: Mapping[int, tuple[str, str]]) -> Place:
    """File, sheet and row of an origin number."""
    sheet_no, row = locate(origin)
    file, sheet = names.get(sheet_no, (f"第{sheet_no}号表", ""))
    return Place(file, sheet, row)


def read_reference(row: Mapping[str, Any]) -> Reference:
    """How a linked feedback or recovery row names its finding."""
    return Reference(
        *(
            row.get(name) or ""
            for name in (
                "finding_id",
                "rule_title",
                "person_id",
                "link_tier",
                "item_id",
                "item_raw",
                "town_id",
                "id_status",
            )
        )
    )


def read_feedback(feedback: pa.Table, sheets: pa.Table) -> list[ReturnedRow]:
    """Rows of the linked feedback table, oldest verdict first, then in the order delivered."""
    names = places(sheets)
    rows = []
    for row in sorted(
        feedback.to_pylist(), key=lambda row: (str(row["verified_on"] or ""), row["feedback_row"])
    ):
        by_year = row.get("verified_by_year")
        verdict = Verdict(
            result=row["result"] or "",
            verified_fen=row["verified_fen"],
            verified_by_year={int(year): int(fen) for year, fen in json.loads(by_year).items()}
            if by_year
            else None,
            reason_code=row["reason_code"] or "",
            attachment=mask_text(row["attachment"] or ""),
            verifier=row["verifier"] or "",
            decided_on=str(row["verified_on"] or ""),
            note=mask_text(row["note"] or ""),
        )
        rows.append(ReturnedRow(find_place(row["feedback_row"], names), read_reference(row), verdict))
    return rows


def take_feedback(batch: Batch, entries: list[Entry], rows: list[ReturnedRow]) -> ImportReport:
    """Write the verdicts of returned rows; every row is in the report."""
    matcher, heard = Matcher(batch.cases), _last_heard(entries)
    matched = [(row, matcher.find(row.reference)) for row in rows]
    said_twice = _group(matched)
    done: set[Source] = set()
    report: list[ImportEntry] = []
    for row, case in matched:
        if isinstance(case, str):
            report.append(ImportEntry(row.place, "不能识别", reason=case))
            continue
        source = (case.finding_id, row.place.file, row.place.sheet)
        same_source = said_twice[source]
        if len({canonical_json(_content(other.verdict)) for other in same_source}) > 1:
            others = "、".join(str(other.place.row) for other in same_source)
            reason = f"同一张表中该疑点有{len(same_source)}行不同的结论(第{others}行),均未采用"
            report.append(ImportEntry(row.place, "不能识别", case.finding_id, reason))
        elif source in done:
            reason = f"与第{same_source[0].place.row}行相同"
            report.append(ImportEntry(row.place, "重复", case.finding_id, reason))
        else:
            done.add(source)
            report.append(_take(batch, case, row, heard.get(source)))
    return ImportReport.of("核查反馈", report, [])


def _take(batch: Batch, case: Case, row: ReturnedRow, last: Entry | None) -> ImportEntry:
    content = _content(row.verdict)
    settled = settle(row.verdict, case)
    if (
        last is not None
        and last.said()["content"] == content
        and not (last.kind == "incomplete" and isinstance(settled, Settled))
    ):
        reason = settled if isinstance(settled, str) and last.kind == "incomplete" else ""
        if last.kind == "noted":
            reason = "早于已采用的结论"
        return ImportEntry(row.place, _OUTCOMES[last.kind], case.finding_id, reason)
    source = {"file": row.place.file, "sheet": row.place.sheet, "row": row.place.row}
    kind, said, reason = judge(case, row.verdict, settled, row.place.source)
    said |= {"content": content, "source": source}
    event_id = _event_id(case, row.place, content)
    written = batch.add(Event(event_id, case.finding_id, kind, said, row.verdict.verifier, row.verdict.note))
    return ImportEntry(row.place, _OUTCOMES[kind], case.finding_id, reason, written)


def judge(
    case: Case, verdict: Verdict, settled: Settled | str, source: str
) -> tuple[EventKind, dict[str, Any], str]:
    """Event kind, payload and remark for a verdict on a case.

    ``source`` is the sheet it came on; a person's own entry (empty) is the latest word whatever its date.
    """
    if isinstance(settled, str):
        return "incomplete", {"shortfall": settled}, settled
    said = {
        "result": verdict.result,
        "verified_fen": settled.fen,
        "verified_by_year": {str(year): fen for year, fen in settled.by_year.items()},
        "suspected_fen": case.suspected_fen,
        "reason_code": verdict.reason_code,
        "attachment": verdict.attachment,
        "verifier": verdict.verifier,
        "decided_on": verdict.decided_on,
    }
    standing = case.standing
    if standing and source and standing.source != source and verdict.decided_on < standing.decided_on:
        reason = f"早于已采用的结论({standing.decided_on} {RESULTS[standing.result]})"
        return "noted", said, reason
    return "verified", said, ""


def _content(verdict: Verdict) -> dict[str, Any]:
    by_year = {str(year): fen for year, fen in sorted((verdict.verified_by_year or {}).items())}
    return {
        "result": verdict.result, "verified_fen": verdict.verified_fen, "verified_by_year": by_year,
        "reason_code": verdict.reason_code, "attachment": verdict.attachment, "verifier": verdict.verifier,
        "decided_on": verdict.decided_on, "note": verdict.note,
    }  # fmt: skip


def _event_id(case: Case, place: Place, content: dict[str, Any]) -> str:
    key = canonical_json([case.finding_id, place.file, place.sheet, content, case.events])
    return f"V/{case.finding_id}/{hashlib.sha256(key.encode()).hexdigest()[:16]}"


def _last_heard(entries: list[Entry]) -> dict[Source, Entry]:
    """What each source last said about each finding."""
    heard: dict[Source, Entry] = {}
    for entry in entries:
        if entry.kind in _OUTCOMES:
            source = entry.said().get("source")
            if source:
                heard[entry.finding_id, source["file"], source["sheet"]] = entry
    return heard


def _group(matched: list[tuple[ReturnedRow, Case | str]]) -> dict[Source, list[ReturnedRow]]:
    grouped: dict[Source, list[ReturnedRow]] = defaultdict(list)
    for row, case in matched:
        if not isinstance(case, str):
            grouped[case.finding_id, row.place.file, row.place.sheet].append(row)
    return grouped

"""The district's own policy tables: 补贴政策清单, standards, exclusions, the list of villages."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from audit_lib.intake.sampling import Sample, sound_headers
from audit_lib.intake.vocabulary import patterns
from audit_lib.sources.clean.texts import clean_text
from audit_lib.sources.headers import normal_header
from audit_lib.sources.sheets import DeliveredSheet, HeadRow
from audit_lib.tables import TABLES

#: kind of reference → columns it is nothing without
_NEEDED = {
    "exclusions": {"a", "b"}, "standards": {"item", "amount", "from"}, "policy": {"item", "dept"},
}  # fmt: skip
_AREA = {
    "town": re.compile(r"(所属)?(乡镇|镇|镇街|镇办|街道|乡镇街道|乡镇名称|镇名称)"),
    "village": re.compile(r"(行政村|村|村居|社区|行政村名称|村名|村社区|村名称)"),
    "natural": re.compile(r"自然村|村组|村民小组|自然村名称"),
    "code": re.compile(r".*代码|.*编码"),
}
_PERSON = {
    normal_header(header)
    for column in TABLES["payment"].columns if column.name in ("name", "id", "amount", "account_no")
    for header in column.headers
}  # fmt: skip
CAPTIONS = {
    "policy": "补贴政策清单",
    "standards": "补贴标准表",
    "exclusions": "互斥项目表",
    "areas": "镇村名单",
}
TARGETS = {
    "policy": "items.yml", "standards": "standards.yml", "exclusions": "exclusions.yml", "areas": "areas.yml",
}  # fmt: skip


@dataclass(frozen=True)
class Reference:
    """A sheet that describes the district rather than people: its rows as column → cell."""

    name: str
    kind: str
    rows: list[dict[str, str]] = field(default_factory=list)


def recognise(sample: Sample) -> tuple[str, HeadRow, dict[str, int]] | None:
    """Kind, header row and columns of a reference table, None when the sheet is none."""
    sound = {row.row for row in sound_headers(sample.head)}
    for at in sample.head:
        headers = [normal_header(cell) if cell.strip() else "" for cell in at.cells]
        if at.row not in sound and sum(bool(h) for h in headers) < 2:
            continue
        if set(headers) & _PERSON - {"补贴", "金额"}:
            continue
        for kind, needed in _NEEDED.items():
            columns = _positions(headers, patterns("references", kind))
            if needed <= set(columns):
                return kind, at, columns
        columns = _positions(headers, _AREA)
        filled = sum(bool(h) for h in headers)
        if {"town", "village"} <= set(columns) and filled <= len(columns) + 2:
            return "areas", at, columns
    return None


def _positions(headers: list[str], wanted: dict[str, re.Pattern[str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for name, pattern in wanted.items():
        for position, header in enumerate(headers):
            if header and position not in found.values() and pattern.fullmatch(header):
                found[name] = position
                break
    return found


def read_reference(sample: Sample, sheet: DeliveredSheet) -> Reference | None:
    """The rows of a sheet that is a reference table, None when it is none."""
    found = recognise(sample)
    if found is None:
        return None
    kind, at, columns = found
    body = sheet.body(at, frozenset())
    written = {name: [str(cell) for cell in body.columns[i].to_pylist()] for name, i in columns.items()}
    return Reference(sample.name, kind, as_rows(written))


def as_rows(columns: dict[str, list[str]]) -> list[dict[str, str]]:
    """Cells by column → one dict per row, without rows that say nothing."""
    count = max(map(len, columns.values()), default=0)
    rows = [{name: clean_text(cells[i]) for name, cells in columns.items()} for i in range(count)]
    return [row for row in rows if any(row.values())]

"""From a finding back to the delivered rows it rests on, read again from the files.

Numbers that identify a person are masked unless the reader asks to see them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow.compute as pc
import pyarrow.parquet as pq
from rapidfuzz import process

from audit_lib.errors import AuditError, LedgerError
from audit_lib.ledger.masks import mask_cell, mask_text
from audit_lib.ledger.raw_rows import Rows, is_unchanged, read_rows
from audit_lib.ledger.reports import Place
from audit_lib.money import format_yuan
from audit_lib.sources.archives import delivered_path
from audit_lib.tables import TABLES

#: how many rows of evidence, and of months, are shown
SHOWN = 20


@dataclass(frozen=True)
class EvidenceRow:
    """One piece of evidence: the row as delivered, header → cell, or why it cannot be shown."""

    table_name: str
    place: Place
    cells: list[tuple[str, str]]
    fault: str = ""

    def render(self, *, reveal: bool) -> str:
        """Place and cells as text."""
        caption = TABLES[self.table_name].caption if self.table_name in TABLES else self.table_name
        sheet = f" 工作表“{self.place.sheet}”" if self.place.sheet else ""
        head = f"【{caption}】{self.place.file}{sheet} 第{self.place.row}行"
        told = [f"{head}  ({self.fault})" if self.fault else head]
        told += [
            f"    {header}:{cell if reveal else mask_cell(header, cell)}"
            for header, cell in self.cells
            if cell.strip()
        ]
        return "\n".join(told)


@dataclass(frozen=True)
class Trace:
    """A finding with its months and its evidence.

    Attributes:
        finding: the finding's columns.
        lines: its months: month, year, item_id, amount_fen — all of them.
        evidence: the pieces shown, of every table some.
        total: how many pieces there are; ``hidden`` are not shown.
    """

    finding: dict[str, Any]
    lines: list[dict[str, Any]]
    evidence: list[EvidenceRow]
    total: Counter[str]

    @property
    def hidden(self) -> int:
        """Pieces of evidence that are not shown."""
        return sum(self.total.values()) - len(self.evidence)

    def render(self, *, reveal: bool = False) -> str:
        """The trace as Chinese text; ``reveal`` shows full numbers."""
        finding = self.finding
        people = f"{finding['name_masked'] or '(无个人)'} {finding['id_masked'] or ''}".strip()
        told = [
            f"疑点 {finding['finding_id']}  {finding['rule_title']}({finding['rule_id']})",
            f"对象:{people}  项目:{finding['item_id'] or '—'}  匹配等级:{finding['tier'] or '—'}",
            f"金额:{format_yuan(finding['amount_fen'] or 0)}元({self._months()})",
            f"说明:{finding['statement'] if reveal else mask_text(finding['statement'] or '')}",
            *self._lines(),
            f"证据:共{sum(self.total.values())}行({self._tables()})",
            *(row.render(reveal=reveal) for row in self.evidence),
        ]
        if self.hidden:
            told.append(f"…另有{self.hidden}行证据未列出(已列{len(self.evidence)}行)")
        return "\n".join(told)

    def _months(self) -> str:
        by_year: Counter[int] = Counter()
        for line in self.lines:
            by_year[line["year"]] += line["amount_fen"] or 0
        split = "、".join(f"{year}年{format_yuan(fen)}元" for year, fen in sorted(by_year.items()))
        return split or "无按月明细"

    def _lines(self) -> list[str]:
        told = [
            f"    {line['year']}年{line['month'] % 12 + 1}月 {format_yuan(line['amount_fen'] or 0)}元"
            for line in self.lines[:SHOWN]
        ]
        hidden = len(self.lines) - len(told)
        return [f"按月明细:共{len(self.lines)}行", *told, *([f"    …另有{hidden}行"] if hidden else [])]

    def _tables(self) -> str:
        return "、".join(
            f"{TABLES[name].caption if name in TABLES else name}{count}"
            for name, count in sorted(self.total.items())
        )


def trace(finding_id: str, findings: Path, tables: Path, raw: Path) -> Trace:
    """Find a finding and read the delivered rows behind it.

    Args:
        finding_id: 疑点编号.
        findings: folder of the findings stage.
        tables: folder of the sources stage, for header rows and digests of the files.
        raw: folder of the delivered files.

    Raises:
        LedgerError: there is no such finding; names the nearest numbers.
    """
    wanted = finding_id.strip().upper()
    mine = [("finding_id", "=", wanted)]
    found = pq.read_table(findings / "finding.parquet", filters=mine).to_pylist()
    if not found:
        raise _unknown(wanted, findings)
    lines = pq.read_table(findings / "finding_line.parquet", filters=mine).to_pylist()
    evidence = pq.read_table(findings / "evidence.parquet", filters=mine).to_pylist()
    total = Counter(row["table_name"] for row in evidence)
    # the decisive row is often the only one of its table: a death among sixty payments
    evidence.sort(key=lambda row: (total[row["table_name"]], row["table_name"], row["origin"]))
    lines.sort(key=lambda line: (line["month"], line["item_id"] or "", line["payment_row"] or 0))
    return Trace(found[0], lines, _read_evidence(evidence[:SHOWN], tables, raw), total)


def _unknown(finding_id: str, findings: Path) -> LedgerError:
    known = pq.read_table(findings / "finding.parquet", columns=["finding_id"]).column(0)
    nearest = process.extract(finding_id, pc.unique(known).to_pylist(), limit=3, score_cutoff=50)
    hint = "最接近的编号:" + "、".join(match[0] for match in nearest) if nearest else "编号见报告的疑点清单"
    return LedgerError(f"没有疑点“{finding_id}”", remedy=f"核对疑点编号;{hint}")


def _read_evidence(evidence: list[dict[str, Any]], tables: Path, raw: Path) -> list[EvidenceRow]:
    headers: dict[tuple[str, str], set[int]] = defaultdict(set)
    for row in pq.read_table(tables / "sheet.parquet", columns=["file", "sheet", "header_row"]).to_pylist():
        headers[row["file"], row["sheet"] or ""].add(row["header_row"])
    register = pq.read_table(tables / "file_register.parquet", columns=["file", "sha256"]).to_pylist()
    digests = {row["file"]: row["sha256"] for row in register}
    places = [(row["file"], row["sheet"] or "", _header_above(row, headers)) for row in evidence]
    by_table: dict[tuple[str, str, int | None], list[int]] = defaultdict(list)
    for place, row in zip(places, evidence, strict=True):
        by_table[place].append(row["row"])
    read = {
        (file, sheet, header): _read_sheet(raw, file, sheet, rows, header, digests.get(file))
        for (file, sheet, header), rows in by_table.items()
    }
    return [_evidence_row(row, *read[place]) for place, row in zip(places, evidence, strict=True)]


def _header_above(row: dict[str, Any], headers: dict[tuple[str, str], set[int]]) -> int | None:
    """The header a row stands under; one sheet may hold several tables below each other."""
    known = headers.get((row["file"], row["sheet"] or ""), set())
    return max((header for header in known if header < row["row"]), default=None)


def _read_sheet(
    raw: Path, file: str, sheet: str, rows: list[int], header_row: int | None, sha256: str | None
) -> tuple[Rows, list[str], str]:
    """The wanted rows, the header, and what is wrong with the file."""
    try:
        with delivered_path(raw, file) as path:
            found = read_rows(path, file, sheet, {*rows, header_row or rows[0]})
            changed = sha256 is not None and not is_unchanged(path, sha256)
    except FileNotFoundError:
        return {}, [], "文件已不在原处"
    except AuditError as error:
        return {}, [], error.what
    fault = "文件在读取之后被改动过,行号可能已不对应" if changed else ""
    return found, found.get(header_row or 0, []), fault


def _evidence_row(row: dict[str, Any], found: Rows, header: list[str], fault: str) -> EvidenceRow:
    cells = found.get(row["row"], [])
    names = [" ".join(name.split()) or f"第{n}列" for n, name in enumerate(header, start=1)]
    names += [f"第{n}列" for n in range(len(names) + 1, len(cells) + 1)]
    if not cells and not fault:
        fault = "文件中没有这一行"
    place = Place(row["file"], row["sheet"] or "", row["row"])
    return EvidenceRow(row["table_name"], place, list(zip(names, cells, strict=False)), fault)

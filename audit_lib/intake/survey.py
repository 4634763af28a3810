"""Every file of a folder looked at once: what it is taken for, and what it says about the district."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from audit_lib.errors import SourceError
from audit_lib.intake.areas import PlaceCounts
from audit_lib.intake.mapping import SURE
from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.references import CAPTIONS, TARGETS, Reference, as_rows, recognise
from audit_lib.intake.sampling import Sample, sample_file, whole_columns
from audit_lib.intake.tabling import propose_sheet
from audit_lib.intake.titles import is_several
from audit_lib.progress import track
from audit_lib.sources.cells import Cells
from audit_lib.sources.clean.items import normal
from audit_lib.sources.clean.periods import read_period_with_year
from audit_lib.sources.headers import normal_header
from audit_lib.sources.register import ACCEPTED, REJECTED, SKIPPED, UNMAPPED
from audit_lib.tables import YEAR_HEADERS

_NATURAL = re.compile(r"村组|自然村|村民小组|组别")
_TOWN_IN_PATH = re.compile(r"(?:^|[/_\-\s(（])([\u4e00-\u9fff]{1,5}(?:镇|乡|街道))")
_AREA_CODE = re.compile(r"[1-9]\d{5}(?=\d{11}[\dXx]$)")
#: the household register and the official list know places; a payment list only repeats them
_WEIGHT = {"hukou": 3}


@dataclass
class FileProposal:
    """What one file is taken for; ``sheets`` are those of its table."""

    name: str
    path: Path
    decision: str
    reason: str = ""
    sheets: list[SheetProposal] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)
    reference: str = ""

    @property
    def table(self) -> str:
        """Its canonical table, empty when unknown."""
        return self.sheets[0].table.name if self.sheets else ""

    @property
    def confidence(self) -> float:
        """The least sure of its sheets."""
        return min((sheet.confidence for sheet in self.sheets), default=0.0)

    @property
    def constants(self) -> dict[str, str]:
        """Constants for columns the file does not have."""
        items = {sheet.item for sheet in self.sheets}
        own = self.sheets[0].constants if self.sheets else {}
        alone = items.pop() if len(items) == 1 else ""
        return own | ({"item": alone} if alone and not is_several(alone) else {})

    @property
    def wanted(self) -> dict[str, str]:
        """What the answer to an open question fills in, with a proposal where there is one."""
        return {column: cell for sheet in self.sheets for column, cell in sheet.wanted.items()}

    @property
    def columns(self) -> dict[str, str]:
        """Headers that must be mapped by ``sources.yml``."""
        found: dict[str, str] = {}
        for sheet in self.sheets:
            found = sheet.mapped.columns | found
        return found


@dataclass
class District:
    """What the files say about the district."""

    places: PlaceCounts = field(default_factory=PlaceCounts)
    items: Counter[str] = field(default_factory=Counter)
    from_titles: set[str] = field(default_factory=set)
    channels: dict[str, Counter[str]] = field(default_factory=dict)
    years: Counter[int] = field(default_factory=Counter)
    area_codes: Counter[str] = field(default_factory=Counter)
    references: list[Reference] = field(default_factory=list)


def survey(files: dict[str, Path]) -> tuple[list[FileProposal], District]:
    """Look at every file."""
    proposals, district = [], District()
    for name, path in track(files.items(), "认表", total=len(files)):
        proposal = _look(name, path, district)
        proposals.append(proposal)
        if proposal.sheets:
            _learn(proposal, district)
    return proposals, district


def _look(name: str, path: Path, district: District) -> FileProposal:
    try:
        samples = sample_file(path, name)
    except SourceError as error:
        return FileProposal(name, path, REJECTED, f"{error.what};{error.remedy}".rstrip(";"))
    if not samples:
        return FileProposal(name, path, REJECTED, "没有可见的、有内容的工作表;请报送单位重新导出")
    for sample in samples:
        if found := _reference(sample, path):
            district.references.append(found)
            return FileProposal(
                name,
                path,
                SKIPPED,
                f"{CAPTIONS[found.kind]},已读入 {TARGETS[found.kind]}",
                reference=found.kind,
            )
    sheets = [sheet for sample in samples if (sheet := propose_sheet(sample)) is not None]
    if not sheets:
        question = "没有找到表头。是什么表?如不需要,写 skip: true"
        return FileProposal(name, path, UNMAPPED, question, questions=[question])
    return _combine(name, path, sheets)


def _combine(name: str, path: Path, sheets: list[SheetProposal]) -> FileProposal:
    """One file is one table: that of most of its sheets, unless others are as sure of something else."""
    tables = Counter(sheet.table.name for sheet in sheets if sheet.confidence >= SURE)
    tables = tables or Counter(sheet.table.name for sheet in sheets)
    details = {table: n for table, n in tables.items() if table != "control_total"} or dict(tables)
    chosen = max(details, key=lambda table: details[table])
    own = [sheet for sheet in sheets if sheet.table.name == chosen]
    questions = list(dict.fromkeys(question for sheet in own for question in sheet.questions))
    if len(details) > 1:
        captions = "、".join(
            dict.fromkeys(sheet.table.caption for sheet in sheets if sheet.table.name in details)
        )
        questions.append(f"一个工作簿里像有几种表({captions})。请拆成几个文件,或说明以哪一种为准")
    if len({str(sheet.constants) for sheet in own}) > 1:
        questions.append("各工作表像是不同的名册。请拆成几个文件")
    headers: dict[str, set[str]] = {}
    for sheet in own:
        for header, column in sheet.mapped.columns.items():
            headers.setdefault(header, set()).add(column)
    if len({bool(sheet.item) for sheet in own}) > 1:
        questions.append("有的工作表没有写明是哪一项补贴。请拆成几个文件,或给每个工作表写上项目")
    if twofold := [header for header, columns in headers.items() if len(columns) > 1]:
        questions.append(f"列“{'、'.join(twofold)}”在各工作表里像是不同的内容")
    decision = UNMAPPED if questions else ACCEPTED
    reason = ";".join(questions) or f"{own[0].table.caption}:列名和值相符"
    return FileProposal(name, path, decision, reason, own, questions)


def _reference(sample: Sample, path: Path) -> Reference | None:
    found = recognise(sample)
    if found is None:
        return None
    kind, at, columns = found
    wanted = {sample.sheet: (at, tuple(columns.values()))}
    cells = next((cells for _, cells in whole_columns(path, sample.name, wanted)), [])
    written = {
        name: [str(column.at(i)) for i in range(len(column.codes))]
        for name, column in zip(columns, cells, strict=False)
    }
    return Reference(sample.name, kind, as_rows(written))


def _learn(proposal: FileProposal, district: District) -> None:
    wanted = {}
    places: dict[str, tuple[str, ...]] = {}
    for sheet in proposal.sheets:
        at = {p.column: p.position for p in sheet.mapped.proposals}
        for position, cell in enumerate(sheet.at.cells):
            header = normal_header(cell)
            if _NATURAL.fullmatch(header):
                at.setdefault("自然村", position)
            elif header in YEAR_HEADERS:
                at.setdefault("年", position)
        chosen = [name for name in ("镇", "村", "自然村", "item", "service", "id", "年") if name in at]
        if chosen:
            wanted[sheet.sample.sheet] = (sheet.at, tuple(at[name] for name in chosen))
            places[sheet.sample.sheet] = tuple(chosen)
    for sheet in proposal.sheets:
        if sheet.item and not is_several(sheet.item):
            district.from_titles.add(sheet.item)
            _count_item(sheet.item, 1, proposal, district)
    for name, cells in whole_columns(proposal.path, proposal.name, wanted):
        _count(proposal, dict(zip(places[name], cells, strict=True)), district)


def _count(proposal: FileProposal, cells: dict[str, Cells], district: District) -> None:
    rows = len(next(iter(cells.values())).codes)
    blank = Cells.constant("", rows)
    town = _TOWN_IN_PATH.search(proposal.name)
    if proposal.table in ("payment", "hukou", "enrolment", "death") and {"镇", "村"} & set(cells):
        columns = [cells.get(name, blank) for name in ("镇", "村", "自然村")]
        weight = _WEIGHT.get(proposal.table, 1)
        for (first, second, third), times in _counted(columns).items():
            # a column headed 村 may hold whole addresses, which name their town themselves
            first = first.strip() or (town[1] if town and len(second) <= 8 else "")
            district.places.add(first, second, third, times * weight)
    if "item" in cells and proposal.table in ("payment", "control_total"):
        for (name,), times in _counted([cells["item"]]).items():
            if name.strip() and not re.fullmatch(r"[合总小]\s*计", name.strip()):
                _count_item(name, times, proposal, district)
    if proposal.table == "payment" and "service" in cells:
        for (year, text), times in _counted([cells.get("年", blank), cells["service"]]).items():
            if period := read_period_with_year(year, text):
                district.years[period[0] // 12] += times
    if "id" in cells:
        for (number,), times in _counted([cells["id"]]).items():
            if found := _AREA_CODE.match(number.strip()):
                district.area_codes[found.group()] += times


def _count_item(name: str, times: int, proposal: FileProposal, district: District) -> None:
    district.items[name] += times
    if channel := proposal.constants.get("channel"):
        district.channels.setdefault(normal(name), Counter())[channel] += times


def _counted(columns: Sequence[Cells]) -> dict[tuple[str, ...], int]:
    """How often each combination of cells occurs."""
    combined = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        combined = combined * max(len(column.distinct), 1) + column.codes
    _, first, times = np.unique(combined, return_index=True, return_counts=True)
    return {
        tuple(column.at(int(row)) for column in columns): int(n) for row, n in zip(first, times, strict=True)
    }

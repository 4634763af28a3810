"""Every file of a folder looked at once: what it is taken for, and what it says about the district."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from audit_lib.errors import SourceError
from audit_lib.intake.learning import District, gather_facts, learn
from audit_lib.intake.mapping import SURE
from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.references import CAPTIONS, TARGETS, Reference, read_reference
from audit_lib.intake.sampling import MOST_SHEETS, Sample
from audit_lib.intake.tabling import propose_sheet
from audit_lib.intake.titles import is_several
from audit_lib.intake.twins import Heads, follow, head_of, models_of
from audit_lib.progress import track
from audit_lib.sources.files import open_file
from audit_lib.sources.register import ACCEPTED, REJECTED, SKIPPED, UNMAPPED
from audit_lib.sources.sheets import DeliveredSheet


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
    supersedes: list[str] = field(default_factory=list)

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


def survey(files: dict[str, Path]) -> tuple[list[FileProposal], District]:
    """Look at every file, each opened once."""
    proposals, district = [], District()
    for name, path in track(files.items(), "认表", total=len(files)):
        try:
            proposals.append(_look(name, path, district))
        except SourceError as error:
            proposals.append(FileProposal(name, path, REJECTED, f"{error.what};{error.remedy}".rstrip(";")))
        except (
            MemoryError,
            RecursionError,
            ValueError,
            LookupError,
            TypeError,
            AttributeError,
            OSError,
        ) as error:
            # whatever a stranger's file does to a reader, the others are looked at
            said = f"程序读不了这个文件({type(error).__name__});请用原系统重新导出为 .xlsx 或 CSV 后报送"
            proposals.append(FileProposal(name, path, REJECTED, said))
    _look_again(proposals, district)
    return proposals, district


def _look_again(proposals: list[FileProposal], district: District) -> None:
    """Files that are asked about while a twin with the same header row is understood."""
    models = models_of(sheet for file in proposals if file.decision == ACCEPTED for sheet in file.sheets)
    for position, file in enumerate(proposals):
        if file.decision == UNMAPPED and any(head_of(sheet) in models for sheet in file.sheets):
            again = _look(file.name, file.path, district, models)
            if len(again.questions) < len(file.questions):
                proposals[position] = again


def _look(
    name: str, path: Path, district: District, models: dict[Heads, SheetProposal] | None = None
) -> FileProposal:
    opened: list[tuple[SheetProposal, DeliveredSheet]] = []
    references: list[Reference] = []
    blank = True
    for sheet in islice((s for s in open_file(path, name).sheets() if not s.hidden), MOST_SHEETS):
        head = sheet.head()
        if not head:
            continue
        blank = False
        sample = Sample(name, sheet.name, head)
        if reference := read_reference(sample, sheet):
            references.append(reference)
        elif proposal := propose_sheet(sample):
            opened.append((proposal, sheet))
    models = models_of([*(models or {}).values(), *(proposal for proposal, _ in opened)])
    for proposal, _ in opened:
        follow(proposal, models)
    looked = [(proposal, gather_facts(sheet, proposal)) for proposal, sheet in opened]
    if blank:
        return FileProposal(name, path, REJECTED, "没有可见的、有内容的工作表;请报送单位重新导出")
    if references and not any(proposal.confidence >= SURE for proposal, _ in looked):
        district.references += references
        read = dict.fromkeys(f"{CAPTIONS[r.kind]},已读入 {TARGETS[r.kind]}" for r in references)
        return FileProposal(name, path, SKIPPED, ";".join(read), reference=references[0].kind)
    if not looked:
        question = "没有找到表头。是什么表?如不需要,写 skip: true"
        return FileProposal(name, path, UNMAPPED, question, questions=[question])
    file = _combine(name, path, [proposal for proposal, _ in looked])
    own = [(proposal, facts) for proposal, facts in looked if proposal in file.sheets]
    learn(name, own, file.constants.get("channel", ""), district)
    return file


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

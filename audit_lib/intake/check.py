"""``ybt sources``: after edits, what each file is taken for now, and what is still to be answered."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from audit_lib.errors import SourceError
from audit_lib.intake.deliveries import open_deliveries
from audit_lib.intake.sampling import Sample, sample_file
from audit_lib.intake.writing import OPEN
from audit_lib.params import Project, SourceSpec
from audit_lib.sources.columns import Dictionaries
from audit_lib.sources.headers import find_header, map_columns
from audit_lib.sources.matching import check_specs, spec_of
from audit_lib.sources.register import ACCEPTED, REJECTED, SKIPPED, UNMAPPED
from audit_lib.sources.surroundings import look_around
from audit_lib.tables import TABLES

_PARAMETERS = ("project.yml", "areas.yml", "items.yml", "standards.yml", "exclusions.yml", "sources.yml")


@dataclass
class Checked:
    """One file as the next run will see it; ``questions`` are what is left to answer about it."""

    name: str
    decision: str
    table: str = ""
    columns: dict[str, str] = field(default_factory=dict)
    unmapped: list[str] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    def line(self) -> str:
        """One line for the terminal."""
        caption = TABLES[self.table].caption if self.table else "—"
        parts = [f"{self.decision}  {self.name}  [{caption}]"]
        if self.columns:
            parts.append(
                "已对应:" + "、".join(f"{header}→{column}" for column, header in self.columns.items())
            )
        if self.unmapped:
            parts.append("未采用:" + "、".join(self.unmapped))
        return "  ".join(parts + [f"问:{question}" for question in self.questions])


def check_sources(project: Project) -> tuple[list[Checked], dict[str, int]]:
    """Read heads only.

    Returns:
        Each file, and for each parameter file how many places still say 待确认.

    Raises:
        SourceError: there are no files.
        ParamsError: ``sources.yml`` names tables or columns that do not exist.
    """
    check_specs(project)
    known = Dictionaries.of(project.items, project.towns)
    with open_deliveries(project.raw, project.work / "init", project.sources) as delivered:
        checked = [_look(name, path, project, known) for name, path in delivered.files.items()]
        checked += [Checked(file.name, file.decision) for file in delivered.apart]
    texts = {file: (project.folder / file).read_text(encoding="utf-8") for file in _PARAMETERS}
    checked.sort(key=lambda file: file.name)
    return checked, {file: text.count(OPEN) for file, text in texts.items() if OPEN in text}


def _look(name: str, path: Path, project: Project, known: Dictionaries) -> Checked:
    spec = spec_of(name, project.sources)
    if spec is not None and spec.skip:
        return Checked(name, SKIPPED)
    try:
        samples = sample_file(path, name)
    except SourceError as error:
        held = "打不开;请报送单位重新报送,或写 skip: true"
        return Checked(name, REJECTED, questions=[f"{error.what};{held}"])
    if spec is None:
        return Checked(name, UNMAPPED, questions=["是什么表?请在 sources.yml 中添加来源,或写 skip: true"])
    return _check(name, spec, samples, known)


def _check(name: str, spec: SourceSpec, samples: list[Sample], known: Dictionaries) -> Checked:
    table = TABLES[spec.table]
    result = Checked(name, ACCEPTED, spec.table)
    headed = 0
    for sample in samples:
        header = find_header(sample.head, table, spec.columns)
        if header is None:
            continue
        columns = map_columns(header.cells, table, spec.columns)
        given, _ = look_around(name, header.title, sample.sheet, table, spec, columns, known)
        positions = dict(columns.at)
        positions |= {
            half: at for half, at in (("镇", columns.town), ("村", columns.village)) if at is not None
        }
        missing = [
            c.caption for c in table.columns
            if c.required and c.name not in columns.at and c.name not in given.constants
        ]  # fmt: skip
        if missing and headed and not {"name", "id"} & set(columns.at):
            continue
        headed += 1
        result.columns |= {column: header.cells[at].strip() for column, at in positions.items()}
        result.unmapped += [h for h in columns.unmapped if h not in result.unmapped]
        where = f"工作表“{sample.sheet}”" if sample.sheet else ""
        if missing:
            result.questions.append(f"{where}缺少列“{'、'.join(missing)}”,请在 columns 或 constants 中写明")
    if not headed:
        result.questions.append(f"没有找到“{table.caption}”的表头")
    if result.questions:
        result.decision = UNMAPPED
    return result

"""Workbook: one project, each stage a property. What notebooks and the command line hold in hand.

Asking for a stage brings it, and what it rests on, up to date; a stage whose inputs did not
change is not run again. The heavy libraries of a stage are imported when it has to run, so a
page that only reads finished stages starts fast.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow.parquet as pq

from audit_lib import tables as canon
from audit_lib.engine import DuckDbEngine
from audit_lib.errors import AuditError
from audit_lib.lab.views import LabViews
from audit_lib.params import Project, load_project
from audit_lib.report.stages import Stages, pinned_stages
from audit_lib.stage import digest, digest_code, digest_files, digest_folder, run_stage, stage_key

if TYPE_CHECKING:
    import pandas as pd

    from audit_lib.findings.what_if import WhatIf
    from audit_lib.identity.judgements import Judgement
    from audit_lib.ledger import ImportReport, Ledger
    from audit_lib.report.district import DistrictPage
    from audit_lib.report.people import PeoplePage
    from audit_lib.report.quality import QualityPage
    from audit_lib.report.township import TownshipPage

_VOCABULARY = ("errors.py", "money.py", "idnum.py", "keys.py", "params.py", "tables.py", "engine.py")


class Frames(Mapping[str, "pd.DataFrame"]):
    """The tables of a folder as data frames, read when asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> pd.DataFrame:
        path = self._folder / f"{name}.parquet"
        if not path.is_file():
            raise AuditError(f"没有“{name}”这张表", str(self._folder), "已有:" + "、".join(self))
        frame: pd.DataFrame = pq.read_table(path).to_pandas()
        return frame

    def __iter__(self) -> Iterator[str]:
        return (path.stem for path in sorted(self._folder.glob("*.parquet")))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Workbook(LabViews):
    """One audit project.

    Example:
        ``wb = Workbook.open("params/lingang")``, then ``wb.findings``, ``wb.township("tuanlin").summary()``.
    """

    def __init__(self, project: Project) -> None:
        self.project = project

    @classmethod
    def open(cls, folder: Path | str = "params/lingang") -> Workbook:
        """Open the project whose parameters are in ``folder``.

        Raises:
            ParamsError: parameters are missing or wrong.
        """
        return cls(load_project(folder))

    # ── stages ───────────────────────────────────────────────────────────────────────────────

    def _params(self, *names: str) -> str:
        return digest_files(self.project.folder / name for name in names)

    @cached_property
    def tables_folder(self) -> Path:
        """收数、整理: the canonical tables of everything delivered."""
        project = self.project
        if not project.raw.is_dir() or not any(path.is_file() for path in project.raw.rglob("*")):
            raise AuditError(
                "没有找到收到的数据", str(project.raw), "把各部门的文件放进该目录;演示数据用 ybt demo 生成"
            )
        key = digest(
            digest_folder(project.raw, project.work / "digests.json"),
            self._params("areas.yml", "items.yml", "sources.yml", "project.yml"),
            digest_code(*_VOCABULARY, "sources"),
        )

        def make(out: Path) -> None:
            from audit_lib.sources import read_sources

            read_sources(project, out, project.work / "cache")

        folder = project.work / "tables"
        run_stage(folder, "读取各部门文件", key, make)
        return folder

    @cached_property
    def people_folder(self) -> Path:
        """认人: which row is whose."""
        tables = self.tables_folder
        key = digest(
            stage_key(tables) or "",
            self._params("project.yml"),
            digest_code(*_VOCABULARY, "identity"),
            digest_files(self.project.work.parent.glob("judgements.csv")),
        )

        def make(out: Path) -> None:
            from audit_lib.identity import resolve_people

            resolve_people(self.project, tables, out, self.project.work.parent)

        folder = self.project.work / "people"
        run_stage(folder, "跨部门认人", key, make)
        return folder

    @cached_property
    def findings_folder(self) -> Path:
        """筛疑: every rule's findings, their evidence, and what could not be checked."""
        tables, people = self.tables_folder, self.people_folder
        own_rules = self.project.folder / "rules"
        key = digest(
            stage_key(people) or "",
            self._params("project.yml", "items.yml", "standards.yml", "exclusions.yml", "areas.yml"),
            digest_files(own_rules.glob("*.sql")),
            digest_code(*_VOCABULARY, "views", "rules", "findings"),
        )

        def make(out: Path) -> None:
            from audit_lib.findings import find

            find(self.project, tables, people, out)

        folder = self.project.work / "findings"
        run_stage(folder, "逐条规则筛查", key, make)
        self._keep_run(folder, key)
        return folder

    def _keep_run(self, findings: Path, key: str) -> None:
        """Keep what the run found, so that the next one can be compared with it."""
        from audit_lib.findings.kept_runs import keep_run

        code = digest_code(*_VOCABULARY, "sources", "identity", "views", "findings")
        keep_run(self.project, self.tables_folder, findings, _name_run(key), code)

    @cached_property
    def quality_folder(self) -> Path:
        """对账与数据质量: what ties, what is missing, how good it is, what to ask the departments for."""
        tables, people = self.tables_folder, self.people_folder
        own_rules = self.project.folder / "rules"
        key = digest(
            stage_key(people) or "",
            self._params("project.yml", "items.yml", "areas.yml", "sources.yml"),
            digest_files(own_rules.glob("*.sql")),
            digest_code(*_VOCABULARY, "views", "rules", "quality"),
        )

        def make(out: Path) -> None:
            from audit_lib.quality.make import measure

            measure(self.project, tables, people, out)

        folder = self.project.work / "quality"
        run_stage(folder, "对账与数据质量", key, make)
        return folder

    @property
    def run_id(self) -> str:
        """Name of this state of data, parameters and rules; the same inputs have the same name."""
        return _name_run(stage_key(self.findings_folder) or "")

    @property
    def ledger(self) -> Ledger:
        """The append-only ledger; open it in a ``with`` block or close it yourself."""
        from audit_lib.ledger import Ledger

        return Ledger.open(self.project.ledger_url)

    def record(self) -> list[ImportReport]:
        """记账: put findings, returned verification sheets and recoveries into the ledger.

        Nothing happens when the ledger already has them.
        """
        from audit_lib.ledger import record_stages

        return record_stages(
            self.project, self.tables_folder, self.people_folder, self.findings_folder, self.run_id
        )

    def import_review(self, path: Path | str) -> ImportReport:
        """Enter a reviewer's file, exported by a page of this run, into the ledger.

        Raises:
            LedgerError: it is not sound, or about another run, town or set of rows; nothing is written.
        """
        from audit_lib.report.reviews import import_review

        return import_review(self.stages, Path(path))

    @cached_property
    def stages(self) -> Stages:
        """Paths of the finished stages, for the report."""
        if pinned := pinned_stages(self.project):
            return pinned
        return Stages(
            project=self.project,
            tables=self.tables_folder,
            people=self.people_folder,
            findings=self.findings_folder,
            quality=self.quality_folder,
            ledger_url=self.project.ledger_url,
            run_id=self.run_id,
        )

    # ── what is in them, for people ──────────────────────────────────────────────────────────

    @property
    def tables(self) -> Frames:
        """The canonical tables as delivered, by name."""
        return Frames(self.tables_folder)

    @property
    def linked(self) -> Frames:
        """The canonical tables with ``person_id``, as the rules see them."""
        return Frames(self.people_folder / "linked")

    @property
    def file_register(self) -> pd.DataFrame:
        """One line per delivered file: accepted or not, why, and how many rows."""
        return self.tables["file_register"]

    @property
    def cell_changes(self) -> pd.DataFrame:
        """What cleaning did: raw → cleaned and why, per sheet and column, with the number of cells."""
        return self.tables["cell_change"]

    @property
    def cell_flags(self) -> pd.DataFrame:
        """Single cells that could not be read, are damaged, or whose value rests on an assumption."""
        return self.tables["cell_flag"]

    @property
    def unmapped_places(self) -> pd.DataFrame:
        """Spellings of places no village is known for, with how often they occur and what they may mean."""
        from audit_lib.sources.unmapped import unmapped_places

        frame: pd.DataFrame = unmapped_places(self.tables_folder, self.project.towns).to_pandas()
        return frame

    @property
    def damaged_ids(self) -> pd.DataFrame:
        """Rows whose identity number is damaged or contradicts the row, with candidates nobody has applied."""
        return Frames(self.quality_folder)["damaged_id"]

    @property
    def refused_files(self) -> pd.DataFrame:
        """Files that a source wanted and that could not be used, with reason and remedy."""
        return self.tables["refused_file"]

    @property
    def set_aside(self) -> pd.DataFrame:
        """Rows that could not be used, each with its reason."""
        return self.tables["set_aside"]

    @property
    def persons(self) -> pd.DataFrame:
        """One line per person."""
        return Frames(self.people_folder)["person"]

    @property
    def links(self) -> pd.DataFrame:
        """Which row is whose, tier and reason."""
        return Frames(self.people_folder)["link"]

    @property
    def pairs(self) -> pd.DataFrame:
        """Record pairs that were compared, level by level."""
        return Frames(self.people_folder)["pair"]

    @property
    def findings(self) -> pd.DataFrame:
        """One line per 疑点."""
        return Frames(self.findings_folder)["finding"]

    @property
    def evidence(self) -> pd.DataFrame:
        """File, sheet and row behind every finding."""
        return Frames(self.findings_folder)["evidence"]

    @property
    def coverage(self) -> pd.DataFrame:
        """What each rule checked and what it could not."""
        return Frames(self.findings_folder)["coverage"]

    @property
    def town_coverage(self) -> pd.DataFrame:
        """The same town by town, with the registers and how far they reach."""
        return Frames(self.findings_folder)["town_coverage"]

    @property
    def cases(self) -> pd.DataFrame:
        """State of every case in the ledger."""
        with self.ledger as ledger:
            return ledger.cases()

    @property
    def rule_precision(self) -> pd.DataFrame:
        """How often what each rule found proved true: confirmed, cleared, pending cases and precision, by rule."""
        from audit_lib.report.precision import rule_precision

        return rule_precision(self.cases)

    @cached_property
    def figures(self) -> dict[str, Any]:
        """Every figure of the report (the content of ``summary.json``)."""
        from audit_lib.report.figures import compute_figures

        return compute_figures(self.stages)

    def sql(self, query: str) -> pd.DataFrame:
        """Ask the linked tables and findings in SQL: ``wb.sql("select … from payment where …")``."""
        with DuckDbEngine(self.project.settings.memory_gib, spill=self.project.work / "spill") as engine:
            for folder in (self.people_folder / "linked", self.people_folder, self.findings_folder):
                for path in folder.glob("*.parquet"):
                    engine.register(path.stem, path)
            answer: pd.DataFrame = engine.query(query).to_pandas()
            return answer

    def what_if(self, rule_id: str, **values: object) -> WhatIf:
        """What other parameter values of a rule would change; nothing is saved.

        Example:
            ``wb.what_if("DECEASED_PAID", grace_months=1).summary``
        """
        from audit_lib.findings.what_if import what_if

        folders = (self.tables_folder, self.people_folder, self.findings_folder)
        return what_if(self.project, *folders, rule_id, values)

    def link(self, left: Path | str, right: Path | str) -> pd.DataFrame:
        """Which rows of two lists are about the same person; the lists need not belong to the project.

        Args:
            left: a csv, xlsx or xls file with a name or an identity number.
            right: another.

        Returns:
            left_row, right_row (line numbers, the header is line 1), probability, tier, reason.
        """
        from audit_lib.identity.linking import join_tables, read_list

        joined = join_tables(read_list(Path(left)).records, read_list(Path(right)).records)
        links: pd.DataFrame = joined.links.to_pandas()
        links.attrs["notes"] = joined.notes
        return links

    def identity(self) -> PeoplePage:
        """What 认人 found, part by part: coverage, weights, riskiest people, the blind sample and its estimate."""
        from audit_lib.report.people import PeoplePage

        return PeoplePage(self.tables_folder, self.people_folder, self.project.work.parent)

    def judge(self, one: str, other: str, verdict: str, by: str, why: str) -> Judgement:
        """Record what somebody judges about two keys (``left_key``, ``right_person_id`` of ``pairs``); it wins from the next run on.

        Args:
            one: a key.
            other: another.
            verdict: 同一人, 不是同一人 or 不能确定.
            by: who judges.
            why: the reason.

        Raises:
            ParamsError: something is missing, or the verdict is not known.
        """
        from audit_lib.identity.judgements import FILE, add_judgement

        return add_judgement(self.project.work.parent / FILE, one, other, verdict, by, why)

    def township(self, town: str) -> TownshipPage:
        """What the page of one town shows, part by part."""
        from audit_lib.report.township import TownshipPage

        if town not in self.project.town_by_id:
            raise AuditError(f"没有镇代码“{town}”", "areas.yml", "可用:" + "、".join(self.project.town_by_id))
        return TownshipPage(self.stages, town)

    def district(self) -> DistrictPage:
        """What the district's report shows, part by part."""
        from audit_lib.report.district import DistrictPage

        return DistrictPage(self.stages)

    def quality(self) -> QualityPage:
        """对账与数据质量, part by part."""
        from audit_lib.report.quality import QualityPage

        return QualityPage(self.stages)

    def caption(self, table: str) -> str:
        """Chinese name of a canonical table."""
        return canon.table(table).caption


def _name_run(key: str) -> str:
    return "R" + key[:10].upper()

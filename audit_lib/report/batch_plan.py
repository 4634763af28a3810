"""What a run is to publish: every file named before anything is made, no two pages writing one file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from audit_lib.errors import AuditError, ParamsError
from audit_lib.ledger import Ledger
from audit_lib.params import load_township
from audit_lib.report.jobs import Job, PageResult, refuse_collisions
from audit_lib.report.outcomes import read_outcomes
from audit_lib.report.register import PageRegister
from audit_lib.report.stages import Stages
from audit_lib.stage import digest, digest_code, digest_files, stage_key


@dataclass(frozen=True)
class Orders:
    """How pages are to be made.

    Args:
        jobs: pages made at the same time, each in a process of its own.
        only: slugs of townships; None means all of them, the district's report and ``summary.json``.
        failed_only: only pages that failed the last time they were tried.
        memory_gib: ceiling for all page processes together; 70 % of what is free when None.
    """

    jobs: int = 2
    only: Sequence[str] | None = None
    failed_only: bool = False
    memory_gib: float | None = None


@dataclass(frozen=True)
class Plan:
    """The pages of a run.

    Attributes:
        stages: what they are made from.
        ledger_head: digest of the ledger's last line.
        due: pages to be made.
        current: pages that are as they would be made now.
        refused: townships whose parameters cannot be used.
        order: names of all pages, in the order of the index.
    """

    stages: Stages
    ledger_head: str
    due: Sequence[Job]
    current: Sequence[Job]
    refused: Sequence[PageResult]
    order: Sequence[str]

    def render(self, folder: str) -> str:
        """The plan for people: every file that will be written."""
        told = [
            f"计划:{len(self.due)}页要生成,{len(self.current)}页没有变化沿用,{len(self.refused)}页参数有误"
        ]
        told += [f"  生成 {folder}/{job.file_name}  {job.title}" for job in self.due]
        told += [f"  不能生成 {folder}/{result.file_name}  {result.error}" for result in self.refused]
        return "\n".join(told)


def plan_pages(stages: Stages, notebooks: Path, orders: Orders) -> Plan:
    """Name every page of a run.

    Raises:
        ParamsError: ``only`` names a township that does not exist.
        ReportError: two pages would write one file.
    """
    project = stages.project
    unknown = sorted(set(orders.only or ()) - set(project.townships))
    if unknown:
        raise ParamsError(
            "没有这些镇参数：" + "、".join(unknown),
            str(project.folder / "townships"),
            "可用：" + "、".join(project.townships),
        )
    refuse_collisions(list(project.townships), stages)
    with Ledger.open(stages.ledger_url) as ledger:
        head = str(ledger.head())
    jobs, refused = _name_jobs(stages, notebooks, orders.only, head)
    if orders.failed_only:
        failed = {name for name, status in read_outcomes(project).items() if status == "failed"}
        jobs = [job for job in jobs if job.name in failed]
        refused = [result for result in refused if result.name in failed]
    register = PageRegister.read(project.reports)
    current = [job for job in jobs if register.is_current(job)]
    due = [job for job in jobs if job not in current]
    return Plan(stages, head, due, current, refused, [*(job.name for job in jobs), *project.townships])


def _name_jobs(
    stages: Stages, notebooks: Path, only: Sequence[str] | None, ledger_head: str
) -> tuple[list[Job], list[PageResult]]:
    """The jobs, and the townships whose parameters cannot be used."""
    project = stages.project
    base = _base_key(stages, ledger_head)
    planned: list[Job] = []
    refused: list[PageResult] = []
    if only is None:
        district = notebooks / "district.ipynb"
        title = project.settings.title
        planned.append(Job("district", "district", title, digest(base, digest_files([district])), district))
        quality = notebooks / "quality.ipynb"
        title = f"{project.settings.zone}“一本通”数据对账与质量"
        planned.append(Job("quality", "quality", title, digest(base, digest_files([quality])), quality))
        planned.append(Job("summary", "summary", "汇总数据", digest(base, "summary")))
    notebook = notebooks / "township.ipynb"
    for slug in only or project.townships:
        name = slug
        try:
            township = load_township(project, slug)
            name = project.town_by_id[township.town].name
            if township.months_from or township.months_to:
                raise ParamsError(
                    "镇报告按审计年度出具，不支持 months_from、months_to", f"{slug}.yml", "删除这两项"
                )
        except AuditError as error:
            reason = str(error).removeprefix("错误:").replace("\n", ";")
            refused.append(PageResult(slug, name, f"{slug}.html", "failed", 0.0, reason))
            continue
        key = digest(base, digest_files([notebook, project.townships[slug]]))
        title = f"{name}“一本通”补贴审计疑点报告"
        planned.append(Job(slug, "town", title, key, notebook, township.town))
    return planned, refused


def _base_key(stages: Stages, ledger_head: str) -> str:
    """Digest of what every page depends on."""
    project = stages.project
    parameters = (
        project.folder / f"{name}.yml" for name in ("project", "areas", "items", "standards", "exclusions")
    )
    return digest(
        stages.run_id, ledger_head,
        *(stage_key(folder) or "" for folder in (stages.tables, stages.people, stages.findings, stages.quality)),
        digest_files(path for path in parameters if path.is_file()),
        digest_files((project.folder / "rules").glob("*.sql")),
        digest_code("report", "views", "rules", "params.py", "tables.py", "money.py", "engine.py", "workbook.py"),
    )  # fmt: skip

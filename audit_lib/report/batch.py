"""Publishes a run's pages: plan, skip what is unchanged, run the rest in parallel, list every outcome."""

from __future__ import annotations

import multiprocessing
import sys
from collections import deque
from collections.abc import Iterator
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from audit_lib.errors import AuditError, ParamsError
from audit_lib.ledger import Ledger
from audit_lib.params import load_township
from audit_lib.progress import track
from audit_lib.report.foots import page_foot
from audit_lib.report.index import failure_page, write_index
from audit_lib.report.jobs import Job, PageResult, refuse_collisions
from audit_lib.report.register import PageRegister
from audit_lib.report.rulebook import RuleHead, read_rulebook
from audit_lib.report.stages import Stages
from audit_lib.stage import digest, digest_code, digest_files, stage_key, write_text

Foot = list[tuple[str, str]]


def publish(
    stages: Stages, notebooks: Path, jobs: int = 2, only: list[str] | None = None
) -> list[PageResult]:
    """Bring the pages of a run up to date.

    Args:
        stages: the finished stages.
        notebooks: folder of ``township.ipynb``, ``district.ipynb`` and ``quality.ipynb``.
        jobs: pages made at the same time, each in a process of its own.
        only: slugs of townships; None publishes all of them, the district's report and ``summary.json``.

    Returns:
        One result per page, failed ones with the reason; ``index.html`` lists them too.

    Raises:
        ParamsError: ``only`` names a township that does not exist.
        ReportError: two pages would write one file.
    """
    project = stages.project
    unknown = sorted(set(only or ()) - set(project.townships))
    if unknown:
        raise ParamsError(
            "没有这些镇参数：" + "、".join(unknown),
            str(project.folder / "townships"),
            "可用：" + "、".join(project.townships),
        )
    refuse_collisions(list(project.townships), stages)
    register = PageRegister.read(project.reports)
    with Ledger.open(stages.ledger_url) as ledger:
        head = str(ledger.head())
    planned, results = _plan(stages, notebooks, only, head)
    due = [job for job in planned if not register.is_current(job)]
    results += [
        PageResult(job.name, job.title, job.file_name, "skipped") for job in planned if job not in due
    ]
    keys = {job.name: job.key for job in planned}
    rulebook = read_rulebook(project)
    foot = page_foot(stages, head, rulebook)
    for result in track(_run_all(due, stages, foot, rulebook, jobs), "生成报告", total=len(due)):
        results.append(result)
        if result.status == "done":
            register.note(result, keys[result.name])
    for result in results:
        if result.status == "failed":
            register.forget(result)
            if result.file_name.endswith(".html"):
                write_text(project.reports / result.file_name, failure_page(stages, result))
            else:
                (project.reports / result.file_name).unlink(missing_ok=True)
    order = [job.name for job in planned] + list(project.townships)
    results.sort(key=lambda result: order.index(result.name))
    if due or any(result.status == "failed" for result in results) or not register.has_index:
        write_index(stages, register, results, foot)
    register.write()
    return results


def _plan(
    stages: Stages, notebooks: Path, only: list[str] | None, ledger_head: str
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


def _run_all(
    due: list[Job], stages: Stages, foot: Foot, rulebook: dict[str, RuleHead], jobs: int
) -> Iterator[PageResult]:
    """Results as they come; a process that dies without a word is a failed page, the others go on."""
    if not due:
        return
    context = _context()
    waiting = deque(due)
    running: dict[Any, tuple[Job, BaseProcess]] = {}
    while waiting or running:
        while waiting and len(running) < jobs:
            job = waiting.popleft()
            receiver, sender = context.Pipe(duplex=False)
            process = context.Process(
                target=_work, args=(job, stages, foot, rulebook, sender), name=f"ybt-{job.name}"
            )
            process.start()
            sender.close()
            running[receiver] = (job, process)
        ready: Any
        for ready in wait(list(running)):
            job, process = running.pop(ready)
            try:
                result: PageResult = ready.recv()
            except EOFError:
                process.join()
                reason = (
                    f"渲染进程意外结束（代码 {process.exitcode}），可能是内存不足；减少 --jobs 后重新运行"
                )
                result = PageResult(job.name, job.title, job.file_name, "failed", 0.0, reason)
            ready.close()
            process.join()
            yield result


def _work(job: Job, stages: Stages, foot: Foot, rulebook: dict[str, RuleHead], sender: Connection) -> None:
    from audit_lib.report.press import press

    sender.send(press(job, stages, foot, rulebook))
    sender.close()


def _context() -> Any:
    """Processes forked from one that has the libraries loaded; plain new processes where there is no fork."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["audit_lib.report.preload", "audit_lib.workbook"])
    return context

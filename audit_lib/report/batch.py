"""Publishes a run's pages: plan, skip what is unchanged, run the rest in parallel, list every outcome."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from audit_lib.progress import track
from audit_lib.report.batch_plan import Orders, Plan, plan_pages
from audit_lib.report.foots import page_foot
from audit_lib.report.index import failure_page, write_index
from audit_lib.report.jobs import PageResult
from audit_lib.report.outcomes import note_outcome
from audit_lib.report.page_processes import free_gib, run_pages
from audit_lib.report.register import PageRegister
from audit_lib.report.rulebook import read_rulebook
from audit_lib.report.stages import Stages
from audit_lib.stage import write_text

__all__ = ["Orders", "Plan", "carry_out", "plan_pages", "publish"]


def publish(
    stages: Stages,
    notebooks: Path,
    jobs: int = 2,
    only: Sequence[str] | None = None,
    failed_only: bool = False,
) -> list[PageResult]:
    """Bring the pages of a run up to date; see ``plan_pages`` and ``carry_out``.

    Args:
        stages: the finished stages.
        notebooks: folder of ``township.ipynb``, ``district.ipynb`` and ``quality.ipynb``.
        jobs: pages made at the same time.
        only: slugs of townships; None publishes everything.
        failed_only: only pages that failed last time.

    Raises:
        ParamsError: ``only`` names a township that does not exist.
        ReportError: two pages would write one file.
    """
    orders = Orders(jobs, only, failed_only)
    return carry_out(plan_pages(stages, notebooks, orders), orders)


def carry_out(plan: Plan, orders: Orders) -> list[PageResult]:
    """Make the pages of a plan; each is entered in the register as soon as it is there, so that a killed run resumes.

    Returns:
        One result per page, failed ones with the reason; ``index.html`` lists them too.
    """
    stages, project = plan.stages, plan.stages.project
    register = PageRegister.read(project.reports)
    rulebook = read_rulebook(project)
    foot = page_foot(stages, plan.ledger_head, rulebook)
    keys = {job.name: job.key for job in plan.due}
    results = [*plan.refused]
    results += [PageResult(job.name, job.title, job.file_name, "skipped") for job in plan.current]
    ceiling = orders.memory_gib or free_gib() * 0.7
    made = run_pages(plan.due, stages, foot, rulebook, orders.jobs, ceiling)
    for result in track(made, "生成报告", total=len(plan.due)):
        results.append(result)
        if result.status == "done":
            register.note(result, keys[result.name])
            register.write()
        note_outcome(project, result)
    for result in plan.refused:
        note_outcome(project, result)
    for result in results:
        if result.status == "failed":
            register.forget(result)
            _withdraw(stages, result)
    results.sort(key=lambda result: plan.order.index(result.name))
    if plan.due or any(result.status == "failed" for result in results) or not register.has_index:
        write_index(stages, register, results, foot)
    register.write()
    return results


def _withdraw(stages: Stages, result: PageResult) -> None:
    """In place of a page that could not be made stands why; an older one is not left to be mistaken for it."""
    path = stages.project.reports / result.file_name
    if result.file_name.endswith(".html"):
        write_text(path, failure_page(stages, result))
    else:
        path.unlink(missing_ok=True)

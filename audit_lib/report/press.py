"""One job in a process of its own: run the notebook, prove it, scan it, publish it whole or not at all."""

from __future__ import annotations

import json
import os
import re
import time
import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import nbformat
import papermill
from papermill.exceptions import PapermillExecutionError

from audit_lib.errors import AuditError, ReportError
from audit_lib.params import Project
from audit_lib.report.annex import spaced
from audit_lib.report.figures import compute_figures
from audit_lib.report.inline import NAME as ENGINE
from audit_lib.report.jobs import Job, PageResult
from audit_lib.report.quality import seal_accounts
from audit_lib.report.quality_parts import read_rows
from audit_lib.report.render import render_notebook
from audit_lib.report.rulebook import RuleHead, pin_rulebook
from audit_lib.report.scans import scan_text
from audit_lib.report.seals import own_findings, seal_rows
from audit_lib.report.stages import Stages, pin_stages
from audit_lib.stage import write_text

Foot = Sequence[tuple[str, str]]

_SEAL = re.compile(r'id="seal" data-town="([^"]*)" data-seal="([0-9a-f ]*)"')
_FINDING = re.compile(r'<tr id="(YD[A-Z2-7]{10})"')


def press(job: Job, stages: Stages, foot: Foot, rulebook: dict[str, RuleHead]) -> PageResult:
    """Publish one job's file; a fault becomes the result's error and goes to the job's log."""
    started = time.monotonic()
    log = stages.project.reports / "logs" / f"{job.name}.log"
    notes, error = [f"{job.file_name} {job.title} 运行 {stages.run_id}"], ""
    pin_stages(stages)
    pin_rulebook(stages.project, rulebook)
    try:
        if job.kind == "summary":
            figures = compute_figures(stages)
            write_text(
                stages.project.reports / job.file_name, json.dumps(figures, ensure_ascii=False, indent=1)
            )
        else:
            _press_page(job, stages, foot, notes)
    except AuditError as fault:
        error = str(fault).removeprefix("错误:").replace("\n", ";")
        notes.append(traceback.format_exc())
    except Exception as fault:
        error = f"程序错误 {type(fault).__name__}：{fault}"
        notes.append(traceback.format_exc())
    seconds = round(time.monotonic() - started, 2)
    notes.append(f"{'失败:' + error if error else '完成'}({seconds}秒)")
    write_text(log, "\n".join(notes) + "\n")
    return PageResult(job.name, job.title, job.file_name, "failed" if error else "done", seconds, error)


def _press_page(job: Job, stages: Stages, foot: Foot, notes: list[str]) -> None:
    notebook = _run(job, stages, notes)
    findings = own_findings(stages, job.town_id or None) if job.kind != "quality" else []
    page = render_notebook(notebook, job.title, job.kind, foot)
    _check_order(notebook, job)
    if job.kind == "quality":
        _check_accounts(page, job, stages)
    else:
        _check_seal(page, job, findings)
    faults = scan_text(page)
    if faults:
        raise ReportError(
            "页面含不得外传的内容：" + "、".join(faults), job.file_name, "改正数据或规则的说明语句后重新运行"
        )
    write_text(stages.project.reports / job.file_name, page)


def _run(job: Job, stages: Stages, notes: list[str]) -> Any:
    """Execute the job's notebook by Papermill; keep what was executed beside the pages, and note how long cells took."""
    assert job.notebook is not None
    kept = stages.project.reports / "notebooks" / f"{job.name}.ipynb"
    workplace = stages.project.work / "pages" / job.name
    workplace.mkdir(parents=True, exist_ok=True)
    kept.parent.mkdir(parents=True, exist_ok=True)
    running = workplace / "running.ipynb"
    parameters = page_parameters(stages.project, workplace, job)
    check_parameters(job.notebook, set(parameters))
    try:
        papermill.execute_notebook(
            str(job.notebook), str(running), parameters=parameters, engine_name=ENGINE, kernel_name="python3",
            progress_bar=False, cwd=str(workplace), request_save_on_cell_execute=False,
        )  # fmt: skip
    except PapermillExecutionError as error:
        raise ReportError(_first_line(error.evalue), f"{job.notebook.name} 第{error.exec_count}格") from error
    executed = nbformat.read(running, as_version=4)
    notes.extend(_cell_notes(executed))
    _scrub(executed)
    write_text(kept, nbformat.writes(executed))
    running.unlink()
    return executed


def page_parameters(project: Project, workplace: Path, job: Job) -> dict[str, str]:
    """What Papermill injects: codes and a relative path, never a name."""
    parameters = {"project": Path(os.path.relpath(project.folder, workplace)).as_posix()}
    return parameters | {"town": job.town_id} if job.kind == "town" else parameters


def check_parameters(notebook: Path, given: set[str]) -> None:
    """Papermill injects an unknown parameter with no more than a warning; here it is refused.

    Raises:
        ReportError: the notebook's parameter cell names other parameters.
    """
    inspected = papermill.inspect_notebook(str(notebook))
    declared = set(inspected)
    wrong = sorted(
        name for name, said in inspected.items() if said["inferred_type_name"] not in ("str", "None")
    )
    if wrong:
        raise ReportError(f"笔记本的参数{wrong}不是文本", notebook.name, "写成 town: str = … 这样的文本")
    if declared != given:
        raise ReportError(
            f"笔记本的参数是{sorted(declared)}，应为{sorted(given)}",
            notebook.name,
            "恢复笔记本的 parameters 单元格",
        )


def _check_order(notebook: Any, job: Job) -> None:
    """A page is valid only when every cell ran, once, in order, without error."""
    code = [cell for cell in notebook.cells if cell.cell_type == "code" and cell.source.strip()]
    counts = [cell.execution_count for cell in code]
    if counts != list(range(1, len(code) + 1)):
        raise ReportError("笔记本没有从头到尾依次执行", job.file_name, "重新运行 ybt run")
    if any(output.output_type == "error" for cell in code for output in cell.outputs):
        raise ReportError("笔记本有单元格出错", job.file_name, "查看该页日志")


def _check_seal(page: str, job: Job, findings: list[dict[str, Any]]) -> None:
    """The page carries the digest of its own town's rows, and lists exactly that town's findings."""
    seals = _SEAL.findall(page)
    if seals != [(job.town_id, spaced(seal_rows(job.town_id or None, findings)))]:
        raise ReportError("页面的校验码与该镇的数据不符", job.file_name, "不要使用该页面；重新运行 ybt run")
    listed, own = sorted(_FINDING.findall(page)), sorted(finding["finding_id"] for finding in findings)
    if listed != own:
        foreign, lost = len(set(listed) - set(own)), len(set(own) - set(listed))
        raise ReportError(
            f"页面疑点与该镇不符：多出{foreign}件，缺少{lost}件", job.file_name, "重新运行 ybt run"
        )


def _check_accounts(page: str, job: Job, stages: Stages) -> None:
    """The page of data quality carries the digest of every file's rows as the stage counted them."""
    accounts = read_rows(stages.quality, "file_account")
    if _SEAL.findall(page) != [("", spaced(seal_accounts(accounts)))]:
        raise ReportError("页面的校验码与收到的文件不符", job.file_name, "不要使用该页面；重新运行 ybt run")


def _cell_notes(notebook: Any) -> list[str]:
    """What each cell took, for the page's log."""
    return [
        f"第{cell.execution_count}格 {cell.metadata.get('papermill', {}).get('duration') or 0:.2f}秒 {cell.source.splitlines()[0]}"
        for cell in notebook.cells
        if cell.cell_type == "code" and cell.source.strip()
    ]


def _scrub(notebook: Any) -> None:
    """Papermill notes absolute paths and times; neither belongs in a kept notebook."""
    notebook.metadata.pop("papermill", None)
    for cell in notebook.cells:
        cell.metadata.pop("papermill", None)


def _first_line(text: str) -> str:
    return text.removeprefix("错误:").replace("\n", ";")

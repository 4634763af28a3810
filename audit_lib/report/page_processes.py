"""Pages in processes of their own: started again when they did not start, watched for their memory, never silent."""

from __future__ import annotations

import multiprocessing
import sys
import time
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from audit_lib.report.jobs import Job, PageResult
from audit_lib.report.rulebook import RuleHead
from audit_lib.report.stages import Stages

Foot = list[tuple[str, str]]
STARTED = "started"
#: how often a process that never came up is tried
ATTEMPTS = 3
_LOOK_SECONDS = 0.5


@dataclass
class _Running:
    job: Job
    process: BaseProcess
    attempt: int
    has_started: bool = False
    is_greedy: bool = False


def run_pages(
    due: Sequence[Job],
    stages: Stages,
    foot: Foot,
    rulebook: dict[str, RuleHead],
    jobs: int,
    ceiling_gib: float,
) -> Iterator[PageResult]:
    """Results as they come; a process that dies without a word is a failed page, the others go on.

    Args:
        due: pages to be made.
        stages: what they are made from.
        foot: the lines at a page's foot.
        rulebook: heads of the rules.
        jobs: pages made at the same time.
        ceiling_gib: memory of all page processes together; none is started beyond it while another runs, and one
            that needs more alone is ended and named.
    """
    context = _context() if due else None
    waiting = deque((job, 1) for job in due)
    running: dict[Any, _Running] = {}
    while waiting or running:
        while waiting and len(running) < jobs and (not running or _used_gib(running) < ceiling_gib):
            job, attempt = waiting.popleft()
            started = _start(context, job, attempt, (stages, foot, rulebook))
            if isinstance(started, str):
                yield from _again(waiting, job, attempt, started)
            else:
                running[started[0]] = started[1]
        ready: Any
        for ready in wait(list(running), timeout=_LOOK_SECONDS):
            page = running[ready]
            told = _hear(ready)
            if told == STARTED:
                page.has_started = True
                continue
            running.pop(ready)
            ready.close()
            page.process.join()
            if isinstance(told, PageResult):
                yield told
            elif page.has_started:
                yield _failed(page.job, _died(page))
            else:
                yield from _again(waiting, page.job, page.attempt, _died(page))
        _end_the_greedy(running, ceiling_gib)


def _start(context: Any, job: Job, attempt: int, made_from: tuple[Any, ...]) -> tuple[Any, _Running] | str:
    """A running page by its pipe, or why it could not be started."""
    try:
        receiver, sender = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(job, *made_from, sender), name=f"ybt-{job.name}")
        process.start()
    except (OSError, EOFError) as error:
        return f"进程启动失败({error})"
    sender.close()
    return receiver, _Running(job, process, attempt)


def _again(waiting: deque[tuple[Job, int]], job: Job, attempt: int, reason: str) -> Iterator[PageResult]:
    """Put a page that never started back in line; after ``ATTEMPTS`` it has failed."""
    if attempt < ATTEMPTS:
        time.sleep(0.2 * attempt)
        waiting.append((job, attempt + 1))
    else:
        yield _failed(job, f"试了{attempt}次都没有启动:{reason}")


def _hear(ready: Any) -> object:
    try:
        return ready.recv()
    except (EOFError, OSError):
        return None


def _died(page: _Running) -> str:
    if page.is_greedy:
        return "内存超过上限,已结束;增大 --memory 或减少 --jobs 后重新运行"
    return f"渲染进程意外结束（代码 {page.process.exitcode}），可能是内存不足；减少 --jobs 后重新运行"


def _failed(job: Job, reason: str) -> PageResult:
    return PageResult(job.name, job.title, job.file_name, "failed", 0.0, reason)


def _end_the_greedy(running: dict[Any, _Running], ceiling_gib: float) -> None:
    """End the largest page when all together are beyond the ceiling; its result says so."""
    if not running or _used_gib(running) <= ceiling_gib:
        return
    largest = max(running.values(), key=lambda page: resident_gib(page.process.pid))
    largest.is_greedy = largest.has_started = True
    largest.process.kill()


def _used_gib(running: dict[Any, _Running]) -> float:
    return sum(resident_gib(page.process.pid) for page in running.values())


def resident_gib(pid: int | None) -> float:
    """Memory a process holds for itself, in GiB; 0 where the system does not say."""
    try:
        resident, shared = Path(f"/proc/{pid}/statm").read_text().split()[1:3]
    except (OSError, ValueError):
        return 0.0
    return (int(resident) - int(shared)) * 4096 / 2**30


def free_gib() -> float:
    """Memory that is free, in GiB; 4 where the system does not say."""
    try:
        lines = Path("/proc/meminfo").read_text().splitlines()
    except OSError:
        return 4.0
    return next((int(line.split()[1]) / 2**20 for line in lines if line.startswith("MemAvailable")), 4.0)


def _work(job: Job, stages: Stages, foot: Foot, rulebook: dict[str, RuleHead], sender: Connection) -> None:
    from audit_lib.report.press import press

    sender.send(STARTED)
    sender.send(press(job, stages, foot, rulebook))
    sender.close()


def _context() -> Any:
    """Processes forked from one that has the libraries loaded; plain new processes where there is no fork."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["audit_lib.report.preload", "audit_lib.workbook"])
    return context

"""Reads the files that are not in the cache yet, several at once, and collects their faults."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from pathlib import Path

from audit_lib.errors import SourceError
from audit_lib.params import Item, SourceSpec, Town
from audit_lib.progress import say, track
from audit_lib.sources.columns import Dictionaries
from audit_lib.sources.convert import Quality
from audit_lib.sources.entries import Entry, write_entry
from audit_lib.sources.files import FileAccount, read_file
from audit_lib.sources.guards import MEMORY_LIMIT, contain
from audit_lib.tables import TABLES

_WORKERS = 2
#: below this many bytes, starting processes costs more than it saves
_WORTH_PROCESSES = 4 << 20


@dataclass(frozen=True)
class Task:
    """One file to be read into one entry."""

    path: Path
    name: str
    spec: SourceSpec
    entry: Entry


_TOO_MUCH = f"读取需要的内存超过 {MEMORY_LIMIT >> 30} GB,或读取程序意外结束,未读取"
_SPLIT = "请报送单位删除数据以外的空白行列、按年或按镇拆分后,另存为 .xlsx 或 CSV 重新报送"

_known: Dictionaries | None = None


def _prepare(items: list[Item], towns: list[Town]) -> None:
    global _known
    _known = Dictionaries.of(items, towns)


def _prepare_worker(items: list[Item], towns: list[Town]) -> None:
    contain()
    _prepare(items, towns)


def _answer() -> bool:
    """Whether a worker runs at all."""
    return _known is not None


@dataclass(frozen=True)
class Fault:
    """Why a file as a whole cannot be used, and what was counted in it until then."""

    error: SourceError
    quality: Quality = field(default_factory=Quality)


def _read(task: Task) -> Fault | None:
    """Read one file; a fault of the file is returned, a fault of ours is raised."""
    assert _known is not None
    account = FileAccount()
    sheets = read_file(task.path, task.name, task.spec, _known, account)
    try:
        write_entry(task.entry, TABLES[task.spec.table], sheets, account)
    except SourceError as error:
        return Fault(error, account.quality)
    except MemoryError:
        return Fault(SourceError(_TOO_MUCH, task.name, _SPLIT))
    except Exception as error:
        error.add_note(f"while reading {task.name}")
        raise
    return None


def read_all(tasks: list[Task], items: list[Item], towns: list[Town]) -> dict[str, Fault]:
    """Read every task's file; return the faults by file, in the order of the tasks."""
    found = dict(_read_largest_first(tasks, items, towns))
    return {task.name: found[task.name] for task in tasks if task.name in found}


def _read_largest_first(
    tasks: list[Task], items: list[Item], towns: list[Town]
) -> Iterator[tuple[str, Fault]]:
    sizes = {task.name: task.path.stat().st_size for task in tasks}
    ordered = sorted(tasks, key=lambda task: -sizes[task.name])
    workers = min(_WORKERS, os.cpu_count() or 1, len(tasks))
    if sum(sizes.values()) >= _WORTH_PROCESSES:
        try:
            yield from _read_together(ordered, workers, items, towns)
        except BrokenProcessPool:
            say("读取文件的子进程意外结束(可能内存不足),改为逐个读取")
            left = [task for task in ordered if not task.entry.exists()]
            if _can_run_alone(items, towns):
                yield from _read_alone(left, items, towns)
                return
        else:
            return
    _prepare(items, towns)
    left = [task for task in ordered if not task.entry.exists()]
    for task in track(left, "读取文件", total=len(left)):
        if error := _read(task):
            yield task.name, error


def _pool(workers: int, items: list[Item], towns: list[Town]) -> ProcessPoolExecutor:
    # Windows cannot fork, and forking a process that runs engine threads may hang
    context = multiprocessing.get_context("spawn")
    return ProcessPoolExecutor(
        workers, mp_context=context, initializer=_prepare_worker, initargs=(items, towns)
    )


def _can_run_alone(items: list[Item], towns: list[Town]) -> bool:
    try:
        with _pool(1, items, towns) as pool:
            return pool.submit(_answer).result()
    except BrokenProcessPool:
        return False


def _read_alone(tasks: list[Task], items: list[Item], towns: list[Town]) -> Iterator[tuple[str, Fault]]:
    """One file at a time in a process of its own: the file that ends it is the one named."""
    pool = _pool(1, items, towns)
    try:
        for task in track(tasks, "读取文件", total=len(tasks)):
            try:
                error = pool.submit(_read, task).result()
            except BrokenProcessPool:
                pool.shutdown(wait=True)
                pool = _pool(1, items, towns)
                error = Fault(SourceError(_TOO_MUCH, task.name, _SPLIT))
            if error:
                yield task.name, error
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


def _read_together(
    ordered: list[Task], workers: int, items: list[Item], towns: list[Town]
) -> Iterator[tuple[str, Fault]]:
    with _pool(workers, items, towns) as pool:
        running = {pool.submit(_read, task): task for task in ordered}
        try:
            for done in track(as_completed(running), "读取文件", total=len(ordered)):
                if error := done.result():
                    yield running[done].name, error
        except BaseException:
            pool.shutdown(wait=True, cancel_futures=True)
            raise

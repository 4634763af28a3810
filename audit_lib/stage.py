"""A stage writes its folder completely or not at all, and not again while nothing changed.

The key of a stage is a digest of everything it was made from: delivered files, parameters,
the code that makes it, the stage before. A killed run leaves ``<stage>.partial`` behind, which
the next run throws away.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from audit_lib.errors import AuditError
from audit_lib.progress import say

PACKAGE = Path(__file__).parent
_CODE_SUFFIXES = {".py", ".sql", ".yml", ".csv", ".j2", ".css", ".ipynb"}


def digest(*parts: str) -> str:
    """One short digest of several texts."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def digest_files(paths: Iterable[Path]) -> str:
    """Digest of the contents of small files (parameters, code), in the order of their paths."""
    return digest(*(f"{path.name}={hashlib.sha256(path.read_bytes()).hexdigest()}" for path in sorted(paths)))


def digest_code(*modules: str) -> str:
    """Digest of the named modules or subpackages of this package, SQL and data files included."""
    paths: list[Path] = []
    for module in modules:
        path = PACKAGE / module
        paths += [path] if path.is_file() else [p for p in path.rglob("*") if p.suffix in _CODE_SUFFIXES]
    return digest_files(paths)


def digest_folder(folder: Path, memory: Path) -> str:
    """Digest of every file below a folder of large files.

    A file's content is hashed once; ``memory`` remembers size, modification time and digest.
    """
    known: dict[str, list[object]] = {}
    if memory.is_file():
        known = json.loads(memory.read_text(encoding="utf-8"))
    found: dict[str, list[object]] = {}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        name = path.relative_to(folder).as_posix()
        stat = path.stat()
        seen = known.get(name)
        if seen and seen[:2] == [stat.st_size, stat.st_mtime_ns]:
            found[name] = seen
        else:
            with path.open("rb") as content:
                found[name] = [
                    stat.st_size,
                    stat.st_mtime_ns,
                    hashlib.file_digest(content, "sha256").hexdigest(),
                ]
    if found != known:
        write_text(memory, json.dumps(found, ensure_ascii=False, indent=0))
    return digest(*(f"{name}={entry[2]}" for name, entry in found.items()))


def write_text(path: Path, text: str) -> None:
    """Write a small file completely or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    partial = path.with_name(path.name + ".partial")
    partial.write_text(text, encoding="utf-8")
    os.replace(partial, path)


def stage_key(folder: Path) -> str | None:
    """The key a finished stage was made with, None when it is not finished."""
    mark = folder / "stage.json"
    if not mark.is_file():
        return None
    return str(json.loads(mark.read_text(encoding="utf-8"))["key"])


def stage_seconds(folder: Path) -> float:
    """How long a finished stage took when it was last made."""
    return float(json.loads((folder / "stage.json").read_text(encoding="utf-8"))["seconds"])


def run_stage(folder: Path, caption: str, key: str, make: Callable[[Path], None]) -> bool:
    """Bring a stage's folder up to date.

    Args:
        folder: the stage's folder.
        caption: its Chinese name, for the terminal.
        key: digest of everything it depends on.
        make: writes the stage's files into the empty folder it is given.

    Returns:
        True when the stage was made, False when it was up to date.
    """
    if stage_key(folder) == key:
        return False
    say(f"{caption} …")
    started = time.monotonic()
    partial = folder.with_name(folder.name + ".partial")
    shutil.rmtree(partial, ignore_errors=True)
    partial.mkdir(parents=True)
    try:
        make(partial)
    except BaseException:
        shutil.rmtree(partial, ignore_errors=True)
        raise
    seconds = round(time.monotonic() - started, 2)
    write_text(partial / "stage.json", json.dumps({"key": key, "seconds": seconds}))
    outdated = folder.with_name(folder.name + ".outdated")
    shutil.rmtree(outdated, ignore_errors=True)
    if folder.exists():
        os.replace(folder, outdated)
    os.replace(partial, folder)
    shutil.rmtree(outdated, ignore_errors=True)
    say(f"{caption}:完成,{seconds:.1f} 秒")
    return True


@contextmanager
def single_run(work: Path) -> Iterator[None]:
    """Let only one process write a project's stages.

    Raises:
        AuditError: another run of the same project is under way.
    """
    work.mkdir(parents=True, exist_ok=True)
    with (work / "run.lock").open("a+") as lock:
        try:
            _lock(lock.fileno())
        except OSError:
            raise AuditError(
                "该项目正有另一次运行", str(work / "run.lock"), "等它结束,或结束那个进程后重试"
            ) from None
        yield


def _lock(descriptor: int) -> None:
    """Take the lock or fail at once; the system gives it back when the process ends, however it ends."""
    if sys.platform == "win32":
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
    else:
        import fcntl

        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)

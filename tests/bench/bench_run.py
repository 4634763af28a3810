"""The whole run beside the bare time the fastest readers need for the same files.

    python tests/bench/bench_run.py lingang [--runs 3]

Each measurement is a process of its own: (1) bare reading: every text file decoded and read by
DuckDB as text, every spreadsheet read by calamine into cells, two workers as in the run;
(2) a cold ``ybt run`` with ``data/<project>/work``, ledger and reports removed; (3) the same
command again with nothing changed. Memory is the largest sum over the process tree of
proportional set size, sampled ten times a second.
"""

from __future__ import annotations

import argparse
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import psutil

from audit_lib.params import load_project


def read_bare(path: Path) -> int:
    """Read one file with the fastest reader for its kind; return the number of rows."""
    head = path.read_bytes()[:4]
    if head[:2] == b"PK" or head == b"\xd0\xcf\x11\xe0":
        from python_calamine import CalamineWorkbook

        workbook = CalamineWorkbook.from_path(str(path))
        return sum(len(workbook.get_sheet_by_name(name).to_python()) for name in workbook.sheet_names)
    import duckdb

    raw = path.read_bytes()
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("gb18030")
    with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8") as decoded:
        decoded.write(text)
        decoded.flush()
        table = duckdb.read_csv(decoded.name, all_varchar=True, ignore_errors=True).to_arrow_table()
    return int(table.num_rows)


def read_all_bare(raw: Path) -> None:
    """Read every file, largest first, in two processes."""
    paths = sorted((p for p in raw.rglob("*") if p.is_file()), key=lambda p: -p.stat().st_size)
    with ProcessPoolExecutor(2) as pool:
        rows = sum(pool.map(read_bare, paths))
    print(f"{len(paths)} files, {sum(p.stat().st_size for p in paths) / 1e6:.0f} MB, {rows:,} rows")


def measure(command: list[str]) -> tuple[float, float, int]:
    """Wall seconds, peak memory of the process tree in GiB, exit code."""
    started = time.monotonic()
    process = psutil.Popen(command)
    peak = 0
    while process.poll() is None:
        total = 0
        for member in [process, *children_of(process)]:
            try:
                total += member.memory_full_info().pss
            except psutil.Error:
                continue
        peak = max(peak, total)
        time.sleep(0.1)
    return time.monotonic() - started, peak / 2**30, int(process.returncode)


def children_of(process: psutil.Process) -> list[psutil.Process]:
    """All living descendants."""
    try:
        return list(process.children(recursive=True))
    except psutil.Error:
        return []


def main() -> None:
    """Measure and print medians and the ratio."""
    parser = argparse.ArgumentParser()
    parser.add_argument("project")
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--bare-only", action="store_true")
    options = parser.parse_args()
    project = load_project(Path("params") / options.project)
    if options.bare_only:
        read_all_bare(project.raw)
        return
    bare = [sys.executable, __file__, options.project, "--bare-only"]
    run = [sys.executable, "-m", "audit_lib", "run", options.project]
    results: dict[str, list[tuple[float, float, int]]] = {"bare": [], "cold": [], "unchanged": []}
    for _ in range(options.runs):
        results["bare"].append(measure(bare))
        shutil.rmtree(project.work, ignore_errors=True)
        shutil.rmtree(project.reports, ignore_errors=True)
        for path in project.work.parent.glob("ledger.db*"):
            path.unlink()
        results["cold"].append(measure(run))
        results["unchanged"].append(measure(run))
    for name, runs in results.items():
        seconds = statistics.median(r[0] for r in runs)
        memory = max(r[1] for r in runs)
        print(f"{name:10} {seconds:7.1f} s  {memory:5.2f} GiB  exit {[r[2] for r in runs]}")
    ratio = [cold[0] / bare[0] for cold, bare in zip(results["cold"], results["bare"], strict=True)]
    print(f"cold / bare: {statistics.median(ratio):.2f}")
    subprocess.run([sys.executable, "--version"], check=False)


if __name__ == "__main__":
    main()

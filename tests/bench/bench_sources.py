"""Reading into canonical tables beside the bare time the fastest readers need for the same files.

    python tests/bench/bench_sources.py params/lingang [--runs 3]

Bare: every text file decoded and read by DuckDB as text, every workbook read by calamine into
cells, two processes, largest file first. Ours: ``read_sources`` with an empty cache, then once
more with a full one. Medians of the runs; each measurement is a process of its own.
"""

from __future__ import annotations

import argparse
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))


def read_ours(folder: Path) -> None:
    """Read cold, then warm; print both times."""
    from audit_lib.params import load_project
    from audit_lib.sources import read_sources

    project = load_project(folder)
    with tempfile.TemporaryDirectory() as scratch:
        for name in ("cold", "warm"):
            out = Path(scratch) / name
            out.mkdir()
            started = time.monotonic()
            read_sources(project, out, Path(scratch) / "cache")
            print(f"{name} {time.monotonic() - started:.2f}")


def read_bare(folder: Path) -> None:
    """Read with the bare readers; print the time."""
    from bench_run import read_all_bare

    from audit_lib.params import load_project

    raw = load_project(folder).raw
    started = time.monotonic()
    read_all_bare(raw)
    print(f"bare {time.monotonic() - started:.2f}")


def measure(folder: Path, what: str) -> dict[str, float]:
    """Times printed by one measuring process."""
    command = [sys.executable, __file__, str(folder), "--only", what]
    printed = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    lines = [line.split() for line in printed.splitlines()]
    return {line[0]: float(line[1]) for line in lines if len(line) == 2}


def main() -> None:
    """Measure and print medians and ratios."""
    parser = argparse.ArgumentParser()
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--only", choices=["ours", "bare"])
    options = parser.parse_args()
    if options.only:
        (read_ours if options.only == "ours" else read_bare)(options.folder)
        kib = max(
            resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
        )
        print(f"largest_process_gib {kib / 2**20:.2f}")
        return
    times: dict[str, list[float]] = {}
    for _ in range(options.runs):
        for what in ("bare", "ours"):
            for name, value in measure(options.folder, what).items():
                times.setdefault(f"{what}:{name}", []).append(value)
    for name, values in times.items():
        print(f"{name:28} {statistics.median(values):8.2f}")
    print(f"cold / bare {statistics.median(times['ours:cold']) / statistics.median(times['bare:bare']):.2f}")


if __name__ == "__main__":
    main()

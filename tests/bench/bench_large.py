"""Large single files into canonical Parquet beside the bare time of the fastest readers.

    python -m tests.bench.large_lists FOLDER
    python -m tests.bench.bench_large FOLDER [--runs 3] [--params params/lingang]
    python -m tests.bench.bench_large FOLDER --growth

Bare: calamine and openpyxl read the workbook into Python lists; Arrow, DuckDB, pandas (C) and, where it is installed,
polars read the text file as text (decoded by Python in front of those that know no GB18030). Ours: file → rows.parquet with
its account, flags and rows set aside: the whole path of a worker process with its memory limit. Each measurement is a
process of its own, clocked after its imports; memory is the peak of that process. In each run the readers and ours take turns;
a ratio is the median over the runs of ours ÷ reader in the same run. Readers that are known to be slow are measured once.
``--growth`` reads the first quarter, half and whole of the text file instead and prints the peak of each.
"""

from __future__ import annotations

import argparse
import importlib.util
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path


def calamine_lists(path: Path) -> Callable[[], int]:
    from python_calamine import CalamineWorkbook

    return lambda: sum(
        len(sheet.to_python())
        for book in [CalamineWorkbook.from_path(path)]
        for sheet in map(book.get_sheet_by_index, range(len(book.sheet_names)))
    )


def duckdb_text(path: Path) -> Callable[[], int]:
    import duckdb

    def read() -> int:
        with tempfile.NamedTemporaryFile("w", suffix=".csv", encoding="utf-8", newline="") as decoded:
            decoded.write(path.read_bytes().decode("gb18030"))
            decoded.flush()
            return int(duckdb.read_csv(decoded.name, all_varchar=True).to_arrow_table().num_rows)

    return read


def arrow_text(path: Path) -> Callable[[], int]:
    import pyarrow as pa
    from pyarrow import csv

    names = path.open(encoding="gb18030").readline().strip().split(",")
    as_text = csv.ConvertOptions(column_types=dict.fromkeys(names, pa.string()))
    return lambda: int(
        csv.read_csv(path, csv.ReadOptions(encoding="gb18030"), convert_options=as_text).num_rows
    )


def pandas_text(path: Path) -> Callable[[], int]:
    import pandas as pd

    return lambda: len(pd.read_csv(path, encoding="gb18030", dtype=str, keep_default_na=False))


def ours(path: Path, params: Path) -> Callable[[], int]:
    import pyarrow.parquet as pq

    from audit_lib.params import SourceSpec, load_project
    from audit_lib.sources.columns import Dictionaries
    from audit_lib.sources.entries import Entry, write_entry
    from audit_lib.sources.files import FileAccount, read_file
    from audit_lib.sources.guards import contain
    from audit_lib.tables import TABLES

    project = load_project(params)
    known = Dictionaries.of(project.items, project.towns)
    spec = SourceSpec.model_validate({"match": "*", "table": "payment", "constants": {"channel": "系统"}})

    def read() -> int:
        contain()
        with tempfile.TemporaryDirectory() as scratch:
            account, entry = FileAccount(), Entry(Path(scratch) / "entry")
            write_entry(entry, TABLES["payment"], read_file(path, path.name, spec, known, account), account)
            return int(pq.read_metadata(entry.rows).num_rows)

    return read


def polars_text(path: Path) -> Callable[[], int]:
    import io

    import polars  # type: ignore[import-not-found, unused-ignore]

    def read() -> int:
        decoded = io.BytesIO(path.read_bytes().decode("gb18030").encode())
        return int(polars.read_csv(decoded, infer_schema=False).height)

    return read


def openpyxl_lists(path: Path) -> Callable[[], int]:
    from openpyxl import load_workbook

    return lambda: sum(
        1
        for sheet in load_workbook(path, read_only=True).worksheets
        for _ in sheet.iter_rows(values_only=True)
    )


BARE: dict[str, tuple[Callable[[Path], Callable[[], int]], ...]] = {
    "payments.xlsx": (calamine_lists, openpyxl_lists),
    "payments.csv": (arrow_text, duckdb_text, polars_text, pandas_text),
}
#: measured once: never the fastest
SLOW = {"openpyxl_lists", "pandas_text"}
#: wall seconds, CPU seconds, peak GiB of one measuring process
Figures = tuple[float, float, float]


def measure(folder: Path, name: str, how: str, params: Path) -> Figures:
    """Read a file once in a process of its own."""
    command = [sys.executable, "-m", "tests.bench.bench_large", str(folder), "--params", str(params)]
    printed = subprocess.run(
        [*command, "--only", name, how], check=True, capture_output=True, text=True
    ).stdout
    wall, cpu, gib = map(float, printed.split())
    return wall, cpu, gib


def measure_here(path: Path, how: str, params: Path) -> None:
    """Read once and print the figures."""
    readers = {reader.__name__: reader for readers in BARE.values() for reader in readers}
    read = ours(path, params) if how == "ours" else readers[how](path)
    wall, cpu = time.monotonic(), time.process_time()
    read()
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    print(wall, cpu, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20)


def compare(folder: Path, name: str, runs: int, params: Path) -> None:
    """Measure the readers of a file and ours in turn, and print a line for each reader and one on the fastest."""
    there = importlib.util.find_spec("polars") is not None
    readers = [reader.__name__ for reader in BARE[name] if there or reader is not polars_text]
    measured: dict[str, list[Figures]] = {how: [] for how in ("ours", *readers)}
    for run in range(runs):
        for how in [reader for reader in readers if run == 0 or reader not in SLOW]:
            measured[how].append(measure(folder, name, how, params))
        measured["ours"].append(measure(folder, name, "ours", params))
    middle = {
        how: [statistics.median(run[i] for run in done) for i in (0, 1)] for how, done in measured.items()
    }
    ratios = {
        how: [
            statistics.median(own[i] / bare[i] for own, bare in zip(measured["ours"], done, strict=False))
            for i in (0, 1)
        ]
        for how, done in measured.items()
    }
    for how, done in measured.items():
        wall, cpu, gib = *middle[how], max(run[2] for run in done)
        beside = " | ".join(f"{ratio:.2f}" for ratio in ratios[how])
        print(f"| {name} | {how} | {wall:.1f} s | {cpu:.1f} s | {gib:.2f} GiB | {beside} |", flush=True)
    for i, kind in enumerate(("wall", "CPU")):
        fastest = min(readers, key=lambda how: middle[how][i])
        print(
            f"{name}: least {kind} {fastest}; ours {ratios[fastest][i]:.2f} times as much (aim: 1.5)",
            flush=True,
        )


def show_growth(folder: Path, params: Path) -> None:
    """Print the peak memory of reading a quarter, a half and the whole of the text file."""
    whole = folder / "payments.csv"
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        for parts in (4, 2, 1):
            shorter = Path(scratch) / whole.name
            with whole.open("rb") as content:
                shorter.write_bytes(content.read(whole.stat().st_size // parts) + content.readline())
            wall, cpu, gib = measure(Path(scratch), whole.name, "ours", params)
            size = shorter.stat().st_size / 2**20
            print(
                f"payments.csv, {size:.0f} MB: {wall:.1f} s wall, {cpu:.1f} s CPU, peak {gib:.2f} GiB",
                flush=True,
            )


def main() -> None:
    """Measure and print one Markdown table, or how memory grows."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--params", type=Path, default=Path("params/lingang"))
    parser.add_argument("--only", nargs=2, metavar=("FILE", "READER"))
    parser.add_argument("--growth", action="store_true")
    options = parser.parse_args()
    if options.only:
        measure_here(options.folder / options.only[0], options.only[1], options.params)
        return
    if options.growth:
        show_growth(options.folder, options.params)
        return
    print(
        "| file | reader | wall | CPU | memory | ours ÷ it, wall | ours ÷ it, CPU |\n|---|---|---|---|---|---|---|"
    )
    for name in reversed(BARE):
        compare(options.folder, name, options.runs, options.params)


if __name__ == "__main__":
    main()

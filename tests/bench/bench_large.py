"""Large single files into canonical Parquet beside the bare time of the fastest readers.

    python -m tests.bench.large_lists FOLDER
    python -m tests.bench.bench_large FOLDER [--runs 3] [--params params/lingang]

Bare: calamine reads the workbook into Python lists; DuckDB, Arrow and pandas read the text file as text (decoded by
Python in front of DuckDB, which knows no GB18030), of which the fastest counts. Ours: file → rows.parquet, the whole
path of a worker process with its memory limit. Each measurement is a process of its own, clocked after its imports; memory is the peak of that process.
"""

from __future__ import annotations

import argparse
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


BARE = {
    "payments.xlsx": (calamine_lists,),
    "payments.csv": (duckdb_text, arrow_text, pandas_text),
}


def measure(folder: Path, name: str, how: str, params: Path) -> tuple[float, float, float]:
    """Wall seconds, CPU seconds, peak GiB of one measuring process."""
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


def main() -> None:
    """Measure and print one Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--params", type=Path, default=Path("params/lingang"))
    parser.add_argument("--only", nargs=2, metavar=("FILE", "READER"))
    options = parser.parse_args()
    if options.only:
        measure_here(options.folder / options.only[0], options.only[1], options.params)
        return
    print("| file | reader | wall | CPU | memory | ours beside it |\n|---|---|---|---|---|---|")
    for name, bare in BARE.items():
        hows = [*(reader.__name__ for reader in bare), "ours"]
        runs = {how: [] for how in hows}  # type: dict[str, list[tuple[float, float, float]]]
        for _ in range(options.runs):
            for how in hows:
                runs[how].append(measure(options.folder, name, how, options.params))
        own = statistics.median(run[0] for run in runs["ours"])
        for how in hows:
            wall, cpu = (statistics.median(run[i] for run in runs[how]) for i in (0, 1))
            gib = max(run[2] for run in runs[how])
            print(f"| {name} | {how} | {wall:.1f} s | {cpu:.1f} s | {gib:.2f} GiB | {own / wall:.2f} |")


if __name__ == "__main__":
    main()

"""The time and memory of every rule as a district grows: all rules over one, three and ten districts side by side.

    python -m tests.bench.bench_rules PARAMS WORK [--times 1 3 10]

``WORK`` holds the finished stages ``tables/`` and ``people/`` of a project whose parameters are in ``PARAMS``. A larger
district is made of copies: other people, households, accounts and numbers in the same towns and villages, so that what is
counted by village or town grows, too. Control totals are not copied. Each size is a process of its own; CPU seconds are
those of the process, because a busy machine stretches the time on the wall.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

import psutil
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from audit_lib.findings import find
from audit_lib.params import load_project
from audit_lib.tables import ROWS_PER_SHEET

from .bench_run import measure

#: columns that say who or what it is: a copy is somebody or something else
OWN = (
    "person_id", "left_person_id", "right_person_id", "name", "account_name", "household_no", "account_no", "replaced_by",
    "pay_no", "reissue_of", "batch_no", "cert_no", "phone", "plate_no", "uscc",
)  # fmt: skip
#: totals of a department over towns that the copies share
NOT_COPIED = ("control_total",)
SHOWN = 15


def copy_of(rows: pa.Table, number: int, sheets: int) -> pa.Table:
    """The rows of another district: numbers of its own, origins in sheets of its own."""
    if number == 0:
        return rows
    shift = pa.scalar(number * sheets * ROWS_PER_SHEET, pa.int64())
    for index, name in enumerate(rows.column_names):
        column = rows[name]
        if name in OWN:
            column = pc.binary_join_element_wise(column, str(number), "#")
        elif pa.types.is_int64(column.type) and name.endswith(("_row", "origin")):
            column = pc.add(column, shift)
        elif name == "sheet_no":
            column = pc.add(column, pa.scalar(number * sheets, column.type))
        rows = rows.set_column(index, rows.schema.field(index), column.cast(rows.schema.field(index).type))
    return rows


def enlarge(work: Path, out: Path, times: int) -> int:
    """Write ``tables/`` and ``people/`` of ``times`` districts below ``out``; return the number of payments."""
    sheets = 1 + max(
        pq.read_table(work / "tables" / "sheet.parquet", columns=["sheet_no"])["sheet_no"].to_pylist()
    )
    linked = {path.name for path in (work / "people" / "linked").glob("*.parquet")}
    for source in sorted((*(work / "tables").glob("*.parquet"), *(work / "people").rglob("*.parquet"))):
        if source.parent.name == "tables" and source.name in linked:
            continue
        target = out / source.relative_to(work)
        target.parent.mkdir(parents=True, exist_ok=True)
        rows = pq.read_table(source)
        with pq.ParquetWriter(target, rows.schema) as writer:
            for number in range(1 if source.stem in NOT_COPIED else times):
                writer.write_table(copy_of(rows, number, sheets))
    return int(pq.read_metadata(out / "people" / "linked" / "payment.parquet").num_rows)


def run_rules(params: Path, work: Path) -> None:
    """All rules over one folder; print the CPU seconds of this process."""
    (work / "findings").mkdir()
    find(load_project(params), work / "tables", work / "people", work / "findings")
    times = psutil.Process().cpu_times()
    (work / "cpu").write_text(f"{times.user + times.system:.1f}", encoding="utf-8")


def main() -> None:
    """Print one table of sizes and one of the slowest rules."""
    parser = argparse.ArgumentParser()
    parser.add_argument("params", type=Path)
    parser.add_argument("work", type=Path)
    parser.add_argument("--times", type=int, nargs="+", default=[1, 3, 10])
    parser.add_argument("--only-run", action="store_true", help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.only_run:
        run_rules(chosen.params, chosen.work)
        return
    seconds: dict[int, dict[str, float]] = {}
    print(
        "| districts | payments | wall | CPU | CPU per million payments | memory | findings |\n|---|---|---|---|---|---|---|"
    )
    for times in chosen.times:
        with tempfile.TemporaryDirectory() as name:
            work = Path(name)
            payments = enlarge(chosen.work, work, times)
            command = [
                sys.executable,
                "-m",
                "tests.bench.bench_rules",
                str(chosen.params),
                name,
                "--only-run",
            ]
            wall, memory, code = measure(command)
            if code:
                raise subprocess.CalledProcessError(code, command)
            cpu = float((work / "cpu").read_text(encoding="utf-8"))
            coverage = pq.read_table(work / "findings" / "coverage.parquet").to_pylist()
        seconds[times] = {row["rule_id"]: row["seconds"] for row in coverage}
        found = sum(row["findings"] for row in coverage)
        print(
            f"| {times} | {payments:,} | {wall:.0f} s | {cpu:.0f} s | {cpu / payments * 1e6:.0f} s | {memory:.2f} GiB "
            f"| {found:,} |",
            flush=True,
        )
    last = seconds[chosen.times[-1]]
    print("\nThe slowest rules (wall seconds, with the views they are the first to need):\n")
    print(
        "| rule |"
        + "".join(f" {times} |" for times in chosen.times)
        + "\n|---|"
        + "---:|" * len(chosen.times)
    )
    for rule in sorted(last, key=lambda rule: -last[rule])[:SHOWN]:
        print(f"| `{rule}` |" + "".join(f" {seconds[times].get(rule, 0):.1f} |" for times in chosen.times))


if __name__ == "__main__":
    main()

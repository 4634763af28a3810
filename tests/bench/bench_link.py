"""``ybt link`` against the generator's truth, and its peers on the same files.

python -m tests.bench.bench_link --level moderate --level hard --size 20000 --seed 7 --seed 8
python -m tests.bench.bench_link --level hard --recordlinkage --splink PYTHON_WITH_SPLINK

Every linker runs in a process of its own. Splink 5 wants pandas 3 and DuckDB 2, so it has an environment of its own:

    python -m venv SPLINK && SPLINK/bin/pip install splink==5.0.0 pandas duckdb
"""

from __future__ import annotations

import argparse
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

from tests.bench.registers import LEVELS, write_registers

PEER = Path(__file__).with_name("peer_splink.py")


def score(found: pd.DataFrame, truth: pd.DataFrame) -> str:
    """Precision, recall and F1 of found pairs."""
    right = len(found.merge(truth, on=["left_row", "right_row"]))
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  ({len(found)} pairs, {len(found) - right} wrong)"


def measure(level: str, left_rows: int, right_rows: int, seed: int, peers: list[list[str]]) -> None:
    """One level: write files, link them in a process of its own, report."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_registers(folder, LEVELS[level], left_rows, right_rows, seed)
        truth = pd.read_csv(folder / "truth.csv")
        out = folder / "links.csv"
        print(f"== {level}, {left_rows} x {right_rows}, seed {seed}, {len(truth)} true pairs")
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [sys.executable, "-m", "audit_lib", "link", "left.csv", "right.csv", "--out", "links.csv"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        seconds = time.monotonic() - started
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        links = pd.read_csv(out)
        for tiers in ("A", "B", "C", "AB"):
            print(f"ybt link {tiers:3} {score(links[links['tier'].isin(list(tiers))], truth)}")
        print(
            f"ybt link {seconds:.1f} s, {cpu:.1f} s CPU with reading, {after.ru_maxrss / 2**20:.2f} GiB",
            flush=True,
        )
        for peer in peers:
            subprocess.run([*peer, str(folder)], check=True, stderr=subprocess.DEVNULL)


def main() -> None:
    """Read the options and measure every level."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", action="append", choices=list(LEVELS))
    parser.add_argument(
        "--size", type=int, action="append", help="rows of the left file; the right one has half as many"
    )
    parser.add_argument("--seed", type=int, action="append")
    parser.add_argument("--recordlinkage", action="store_true", help="also plain recordlinkage")
    parser.add_argument("--splink", default="", help="a Python that has splink; not compared without one")
    options = parser.parse_args()
    peers = [[options.splink, str(PEER)]] if options.splink else []
    if options.recordlinkage:
        peers.append([sys.executable, "-m", "tests.bench.peer_recordlinkage"])
    for level in options.level or list(LEVELS):
        for size in options.size or [20_000]:
            for seed in options.seed or [7]:
                measure(level, size, size // 2, seed, peers)


if __name__ == "__main__":
    main()

"""``ybt link`` against the generator's truth, and Splink on the same files when it is installed somewhere.

python -m tests.bench.bench_link --level moderate --level hard --left 20000 --right 10000
python -m tests.bench.bench_link --level hard --splink PYTHON_WITH_SPLINK
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

from tests.bench.registers import LEVELS, make_registers, save, true_pairs

PEER = Path(__file__).with_name("peer_splink.py")


def score(found: pd.DataFrame, truth: pd.DataFrame) -> str:
    """Precision, recall and F1 of found pairs."""
    right = len(found.merge(truth, on=["left_row", "right_row"]))
    precision, recall = right / max(len(found), 1), right / max(len(truth), 1)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    return f"P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  ({len(found)} pairs, {len(found) - right} wrong)"


def measure(level: str, left_rows: int, right_rows: int, seed: int, splink: str) -> None:
    """One level: write files, link them in a process of its own, report."""
    left, right = make_registers(LEVELS[level], left_rows, right_rows, seed)
    truth = true_pairs(left, right)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        save(left, folder / "left.csv")
        save(right, folder / "right.csv")
        out = folder / "links.csv"
        print(f"== {level}, {left_rows} x {right_rows}, seed {seed}, {len(truth)} true pairs")
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
        command = [sys.executable, "-m", "audit_lib", "link", "left.csv", "right.csv", "--out", "links.csv"]
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        links = pd.read_csv(out)
        for tiers in ("A", "B", "C", "AB"):
            print(f"ybt link {tiers:3} {score(links[links['tier'].isin(list(tiers))], truth)}")
        print(
            f"ybt link {time.monotonic() - started:.1f} s, {cpu:.1f} s CPU, {after.ru_maxrss / 2**20:.2f} GiB"
        )
        if splink:
            truth.to_csv(folder / "truth.csv", index=False)
            subprocess.run([splink, str(PEER), str(folder)], check=True)


def main() -> None:
    """Read the options and measure every level."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", action="append", choices=list(LEVELS))
    parser.add_argument("--left", type=int, default=20_000)
    parser.add_argument("--right", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--splink", default="", help="a Python that has splink; not compared without one")
    options = parser.parse_args()
    for level in options.level or list(LEVELS):
        measure(level, options.left, options.right, options.seed, options.splink)


if __name__ == "__main__":
    main()

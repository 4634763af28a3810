"""The identity stage on an invented district of full size: time, memory, and who was linked to whom.

    python tests/bench/bench_identity.py [--people 200000] [--payments 1100000] [--error 0.04]

The district has families, twins, namesakes and eight kinds of error; its truth is used only to
judge. Run from the root of the repository. Prints one Markdown table.
"""

from __future__ import annotations

import argparse
import resource
import sys
import tempfile
import time
from pathlib import Path

import pandas as pd

sys.path.insert(0, str(Path(__file__).parents[2]))

from audit_lib.identity import resolve_people
from tests.identity.district import make_district
from tests.identity.registers import make_project


def judge(links: pd.DataFrame, truth: pd.DataFrame) -> pd.DataFrame:
    """Per tier: rows, rows given to their own household-register entry, to another's, to nobody's."""
    rows = truth.merge(links, on=["table_name", "origin"], how="left")
    is_entry = rows["table_name"] == "hukou"
    entries = rows[is_entry].set_index("person")["person_id"]
    others = rows[~is_entry].assign(
        right=lambda other: other["person_id"] == other["person"].map(entries),
        known=lambda other: other["person_id"].isin(set(entries)),
        tier=lambda other: other["tier"].fillna("无"),
    )
    tally = others.groupby("tier").agg(rows=("right", "size"), right=("right", "sum"), known=("known", "sum"))
    return tally.assign(wrong=tally["known"] - tally["right"], alone=tally["rows"] - tally["known"])


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=200_000)
    options.add_argument("--payments", type=int, default=1_100_000)
    options.add_argument("--error", type=float, default=0.04)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as place:
        root = Path(place)
        district = make_district(root / "tables", chosen.people, chosen.payments, error=chosen.error)
        out = root / "people"
        out.mkdir()
        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        started, computed = time.monotonic(), time.process_time()
        resolve_people(make_project(root), district.tables, out)
        seconds, computed = time.monotonic() - started, time.process_time() - computed
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        links = pd.read_parquet(out / "link.parquet")
        print(
            f"{len(district.truth):,} rows: {seconds:.1f} s ({computed:.1f} s of computing), peak {peak / 2**20:.2f} GiB (before: {before / 2**20:.2f})"
        )
        print("\n| tier | rows | right | wrong person | by itself |\n|---|---|---|---|---|")
        for tier, row in judge(links, district.truth).iterrows():
            print(f"| {tier} | {row['rows']} | {row['right']} | {row['wrong']} | {row['alone']} |")


if __name__ == "__main__":
    main()

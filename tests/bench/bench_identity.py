"""The identity stage on an invented district of full size: time, memory, and who was linked to whom.

    python tests/bench/bench_identity.py [--people 200000] [--payments 1100000] [--error 0.04]
    python tests/bench/bench_identity.py --work data/lingang/work --truth data/lingang/truth/link_truth.csv

The invented district has families, twins, namesakes and eight kinds of error. The second form
judges a finished run of the demo by its rows with errors. Truth is used only to judge. Run from
the root of the repository; prints one Markdown table.
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
from audit_lib.keys import person_id
from audit_lib.tables import ROWS_PER_SHEET
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


def judge_demo(work: Path, truth: Path) -> pd.DataFrame:
    """Per tier: rows of the demo with a spoilt name or number, and whom they were given to."""
    said = pd.read_csv(truth, dtype=str, keep_default_na=False)
    sheets = pd.read_parquet(work / "tables" / "sheet.parquet", columns=["sheet_no", "file", "sheet"])
    said = said.merge(sheets.astype({"sheet": str}), on=["file", "sheet"], how="left")
    said["origin"] = said["sheet_no"].astype("int64") * ROWS_PER_SHEET + said["row"].astype(int)
    said["own"] = [person_id(number) for number in said["id_no"]]
    rows = said.merge(pd.read_parquet(work / "people" / "link.parquet"), on="origin", how="left")
    rows = rows.assign(tier=rows["tier"].fillna("无"), right=rows["person_id"] == rows["own"])
    people = pd.read_parquet(work / "people" / "person.parquet", columns=["person_id", "in_hukou"])
    known = rows["person_id"].isin(people.loc[people["in_hukou"], "person_id"])
    tally = rows.groupby("tier").agg(rows=("right", "size"), right=("right", "sum"))
    wrong = rows[~rows["right"] & known].groupby("tier").size()
    tally = tally.join(wrong.rename("wrong")).fillna({"wrong": 0}).astype(int)
    return tally.assign(alone=tally["rows"] - tally["right"] - tally["wrong"])


def show(tally: pd.DataFrame) -> None:
    """Print the table."""
    print("\n| tier | rows | right | wrong person | by itself |\n|---|---|---|---|---|")
    for tier, row in tally.iterrows():
        print(f"| {tier} | {row['rows']} | {row['right']} | {row['wrong']} | {row['alone']} |")


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--people", type=int, default=200_000)
    options.add_argument("--payments", type=int, default=1_100_000)
    options.add_argument("--error", type=float, default=0.04)
    options.add_argument("--work", type=Path, help="a finished run of the demo")
    options.add_argument("--truth", type=Path, help="its link_truth.csv")
    chosen = options.parse_args()
    if chosen.work:
        show(judge_demo(chosen.work, chosen.truth))
        return
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
        print(f"{len(district.truth):,} rows: {seconds:.1f} s ({computed:.1f} s of computing)")
        print(f"peak {peak / 2**20:.2f} GiB, of which {before / 2**20:.2f} for making the district")
        show(judge(links, district.truth))


if __name__ == "__main__":
    main()

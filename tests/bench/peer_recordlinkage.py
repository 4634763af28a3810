"""Plain recordlinkage on two files that ``tests.bench.registers`` wrote: its indexers, its comparators, its ECM.

    python -m tests.bench.peer_recordlinkage FOLDER

The columns are cleaned as for Splink (``peer_splink.load``'s rules). Reported is what its classifier decides.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pandas as pd
from recordlinkage import Compare, ECMClassifier, Index

from tests.bench.cleaned import load


def main() -> None:
    """Link, score, print one line."""
    folder = Path(sys.argv[1])
    left, right = (load(folder / name).set_index("unique_id") for name in ("left.csv", "right.csv"))
    started, computed = time.monotonic(), time.process_time()
    pairs = pd.MultiIndex.from_arrays([[], []])
    for keys in (["id"], ["birth", "name"], ["name", "village"], ["birth", "village"], ["household", "name"]):
        known = [side.dropna(subset=keys) for side in (left, right)]
        index = Index()
        index.block(keys)
        pairs = pairs.union(index.index(*known))
    compare = Compare()
    compare.string("name", "name", method="damerau_levenshtein", threshold=0.6, label="name")
    compare.string("id", "id", method="damerau_levenshtein", threshold=0.9, label="id")
    for fact in ("birth", "sex", "village", "household"):
        compare.exact(fact, fact, label=fact)
    predicted = ECMClassifier(binarize=0.5).fit_predict(compare.compute(pairs, left, right))
    seconds, computed = time.monotonic() - started, time.process_time() - computed
    truth = pd.MultiIndex.from_frame(pd.read_csv(folder / "truth.csv"))
    right_ones = len(predicted.intersection(truth))
    precision, recall = right_ones / max(len(predicted), 1), right_ones / len(truth)
    print(
        f"plain recordlinkage: P {precision:.4f}  R {recall:.4f}  "
        f"F1 {2 * precision * recall / max(precision + recall, 1e-9):.4f}  {seconds:.1f} s, {computed:.1f} s CPU "
        f"without reading and cleaning, {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB"
    )


if __name__ == "__main__":
    main()

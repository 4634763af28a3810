"""How much each level of each comparison says: Fellegi–Sunter weights learned by recordlinkage's ECM.

The classifier starts from what auditors expect (``EXPECTED``) instead of random values, and
learns from a bounded sample that always contains a fixed set of invented pairs drawn from the
same expectation. So a village's handful of pairs and a province's millions both converge, to
the same weights every time, and no level is ever impossible.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
from recordlinkage import ECMClassifier
from recordlinkage.algorithms.nb_sklearn import ECM

#: share of the levels among pairs of one person, and among pairs of two, in candidate pairs
Expected = Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]]
EXPECTED: Expected = {
    "number": (
        (0.250, 0.010, 0.080, 0.160, 0.080, 0.110, 0.290, 0.020),
        (0.300, 0.664, 0.008, 0.020, 0.0052, 0.0008, 0.0018, 0.0002),
    ),
    "name": (
        (0.010, 0.005, 0.005, 0.020, 0.015, 0.040, 0.005, 0.900),
        (0.010, 0.440, 0.200, 0.010, 0.030, 0.008, 0.002, 0.300),
    ),
    "birth": ((0.350, 0.010, 0.640), (0.350, 0.550, 0.100)),
    "sex": ((0.500, 0.005, 0.495), (0.500, 0.250, 0.250)),
    "place": ((0.250, 0.010, 0.040, 0.700), (0.250, 0.200, 0.200, 0.350)),
    "household": ((0.600, 0.050, 0.350), (0.600, 0.370, 0.030)),
    "account": ((0.700, 0.050, 0.250), (0.700, 0.290, 0.010)),
}
EXPECTED_SHARE = 0.2

#: invented pairs in every training sample, and the most observed ones beside them
INVENTED = 20_000
OBSERVED_MOST = 10_000
#: learned weights stay within this many bits of the expected ones
DRIFT_BITS = 2.0


class ExpectedStart(ECM):  # type: ignore[misc]
    """recordlinkage's ECM, started from what is expected (its own start knows yes and no only)."""

    expected: Expected = EXPECTED

    def _init_parameters_jaro(
        self, binarised: npt.NDArray[np.int64]
    ) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
        rows: list[list[float]] = [[], []]
        for (same, different), binarizer in zip(self.expected.values(), self._binarizers, strict=True):
            rows[0] += [different[level] for level in binarizer.classes_]
            rows[1] += [same[level] for level in binarizer.classes_]
        return np.log([1 - EXPECTED_SHARE, EXPECTED_SHARE]), np.log(np.array(rows))


@dataclass(frozen=True)
class Weights:
    """Learned weights in bits, by comparison and level; the weight of a missing value is nothing.

    Attributes:
        prior: log2 odds that a candidate pair is one person, before comparing.
        levels: comparison → weight of each of its levels.
    """

    prior: float
    levels: dict[str, tuple[float, ...]]

    def bits(self, levels: pd.DataFrame) -> npt.NDArray[np.float64]:
        """Total weight of each pair, prior included."""
        total = np.full(len(levels), self.prior)
        for name, weights in self.levels.items():
            total += np.asarray(weights)[levels[name].to_numpy(dtype=np.intp)]
        return total


def probability(bits: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Probability for a weight in bits."""
    return np.asarray(1.0 / (1.0 + np.exp2(-np.clip(bits, -60, 60))), dtype=np.float64)


def learn_weights(
    patterns: pd.DataFrame, counts: npt.NDArray[np.int64], expected: Expected = EXPECTED
) -> Weights:
    """Learn from distinct comparison patterns and how often each occurs.

    Args:
        patterns: one column of levels per comparison.
        counts: pairs with that pattern.
        expected: comparison → shares of its levels among pairs of one person, and of two.
    """
    observed = _bounded(patterns[list(expected)], counts)
    sample = pd.concat([_invented_pairs(expected), observed], ignore_index=True)[list(expected)]
    classifier = ECMClassifier()
    classifier.kernel = ExpectedStart(init="jaro", max_iter=30, binarize=None, atol=1e-4)
    classifier.kernel.expected = expected
    classifier.fit(sample.astype(np.int64))
    weights: dict[str, tuple[float, ...]] = {}
    for name, by_level in classifier.log_weights.items():
        learned = np.array([by_level[level] for level in range(len(expected[name][0]))]) / np.log(2)
        weights[name] = _within_reason(expected[name], learned)
    share = float(np.clip(classifier.p, 1e-6, 1 - 1e-6))
    return Weights(prior=float(np.log2(share / (1 - share))), levels=weights)


def weight_table(weights: Weights | None) -> pa.Table:
    """Weights as lines: comparison, level, bits; the line ``prior`` is what is believed before comparing."""
    lines = []
    if weights is not None:
        lines = [{"comparison": "prior", "level": 0, "bits": weights.prior}]
        lines += [
            {"comparison": name, "level": level, "bits": bits}
            for name, by_level in weights.levels.items()
            for level, bits in enumerate(by_level)
        ]
    schema = pa.schema([("comparison", pa.string()), ("level", pa.int64()), ("bits", pa.float64())])
    return pa.Table.from_pylist(lines, schema=schema)


def _within_reason(
    shares: tuple[tuple[float, ...], tuple[float, ...]], learned: npt.NDArray[np.float64]
) -> tuple[float, ...]:
    """Keep learned weights near the expected ones.

    Pairs found by one key mislead the learner: a block of one family teaches it that living
    together speaks against being one person.
    """
    same, different = np.array(shares)
    expected = np.log2(same / different)
    kept = np.clip(learned, expected - DRIFT_BITS, expected + DRIFT_BITS)
    # agreement never speaks against, and difference never for
    kept = np.where(expected > 0, np.maximum(kept, 0.0), np.minimum(kept, 0.0))
    kept[0] = 0.0
    return tuple(float(weight) for weight in kept)


def _bounded(patterns: pd.DataFrame, counts: npt.NDArray[np.int64]) -> pd.DataFrame:
    """At most about ``OBSERVED_MOST`` pairs, every pattern at least once, in an order of its own."""
    names = list(patterns.columns)
    ordered = patterns.assign(count=counts).sort_values(names, kind="stable")
    total = int(ordered["count"].sum())
    share = min(1.0, OBSERVED_MOST / total) if total else 1.0
    repeats = np.maximum(1, np.rint(ordered["count"].to_numpy() * share)).astype(np.int64)
    return ordered.loc[ordered.index.repeat(repeats), names]


def _invented_pairs(expected: Expected) -> pd.DataFrame:
    """Pairs with the expected levels, spread evenly (a Kronecker sequence, so without chance)."""
    one_person = int(INVENTED * EXPECTED_SHARE)
    steps = np.sqrt(np.array([2, 3, 5, 7, 11, 13, 17, 19, 23, 29, 31, 37], dtype=np.float64)) % 1
    columns: dict[str, npt.NDArray[np.int64]] = {}
    for (name, (same, different)), step in zip(expected.items(), steps, strict=False):
        spread = ((np.arange(INVENTED) + 1) * step) % 1
        at = np.where(
            np.arange(INVENTED) < one_person,
            np.searchsorted(np.cumsum(same), spread * (1 - 1e-9)),
            np.searchsorted(np.cumsum(different), spread * (1 - 1e-9)),
        )
        columns[name] = np.minimum(at, len(same) - 1).astype(np.int64)
    return pd.DataFrame(columns)

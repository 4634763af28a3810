"""Weights of ``ybt link`` by ECM on the distinct patterns, beside those learnt from pairs that a valid number settles.

    python -m tests.bench.bench_ecm [--level hard] [--seed 7]

Everything but the weights is the same: pairs, levels, choice. ECM is recordlinkage's, on the distinct patterns with
their counts (``weights.learn_weights``), started from what auditors expect.
"""

from __future__ import annotations

import argparse
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from unittest.mock import patch

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib.identity import linking
from audit_lib.identity.distinct import Codes
from audit_lib.identity.link_compare import Compared
from audit_lib.identity.link_evidence import Evidence
from audit_lib.identity.weights import learn_weights
from tests.bench.registers import LEVELS, make_registers, save, true_pairs


class EcmEvidence(Evidence):
    """Bits by ECM's weights; the prior is ECM's share of one person among the pairs."""

    def bits(
        self, compared: Compared, left_no: Codes, right_no: Codes, prior: float
    ) -> npt.NDArray[np.float64]:
        """See ``Evidence.bits``."""
        levels = compared.levels
        counted = levels.groupby(list(levels.columns), sort=True).size()
        weights = learn_weights(counted.index.to_frame(index=False), np.asarray(counted, dtype=np.int64))
        return weights.bits(levels)


class EcmWithFrequencies(EcmEvidence):
    """The same, and a common name says less."""

    def bits(
        self, compared: Compared, left_no: Codes, right_no: Codes, prior: float
    ) -> npt.NDArray[np.float64]:
        """See ``Evidence.bits``."""
        share = self._frequencies.name[self._records.left.columns["plain"].to_numpy()[left_no]]
        common = np.log2(np.maximum(share, 1e-7) * 2_000)
        bits = super().bits(compared, left_no, right_no, prior)
        return np.asarray(bits - np.clip(common, -3.0, 3.0), dtype=np.float64)


@contextmanager
def _weighed_by(evidence: type[Evidence]) -> Iterator[None]:
    with patch.object(linking, "Evidence", evidence), patch.object(linking, "STRETCH", 10**9):
        yield


def main() -> None:
    """One line per way of weighing."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--level", choices=list(LEVELS), default="hard")
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    registers = make_registers(LEVELS[options.level], 20_000, 10_000, options.seed)
    truth = set(true_pairs(*registers).itertuples(index=False, name=None))
    with tempfile.TemporaryDirectory() as name:
        paths = [Path(name) / file for file in ("left.csv", "right.csv")]
        for register, path in zip(registers, paths, strict=True):
            save(register, path)
        records = [linking.read_list(path).records for path in paths]
    for caption, evidence in (
        ("settled pairs", Evidence), ("ECM", EcmEvidence), ("ECM, frequencies", EcmWithFrequencies),
    ):  # fmt: skip
        with _weighed_by(evidence):
            links: pd.DataFrame = linking.join_tables(*records).links.to_pandas()
        sure = links[links["tier"].isin(["A", "B"])]
        found = set(zip(sure["left_row"], sure["right_row"], strict=True))
        precision, recall = len(found & truth) / max(len(found), 1), len(found & truth) / len(truth)
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(
            f"{options.level}, seed {options.seed}, {caption}: P {precision:.4f}  R {recall:.4f}  F1 {f1:.4f}"
        )


if __name__ == "__main__":
    main()

"""Splink on two files that ``tests.bench.registers`` wrote; run by a Python that has splink 5.

    PYTHON_WITH_SPLINK tests/bench/peer_splink.py FOLDER

Splink gets the columns as cleaned as a user would: numbers without blanks and of 18 digits, dates in one form, the
village taken out of the address.
Settings: blocking on number, birth + name, name + village, and on birth and household; comparisons with
term frequencies for name and village; u by random sampling, m by EM under two blockings. Reported is its best
threshold by F1 against the truth, which no user would know; one-to-one is not forced.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import pandas as pd
import splink.comparison_library as cl
from cleaned import load
from splink import DuckDBAPI, Linker, SettingsCreator, block_on


def main() -> None:
    """Link, score at the best threshold, print one line."""
    folder = Path(sys.argv[1])
    left, right = load(folder / "left.csv"), load(folder / "right.csv")
    started, computed = time.monotonic(), time.process_time()
    settings = SettingsCreator(
        link_type="link_only",
        blocking_rules_to_generate_predictions=[
            block_on("id"), block_on("birth", "name"), block_on("name", "village"), block_on("birth", "village"),
            block_on("household", "name"),
        ],
        comparisons=[
            cl.DamerauLevenshteinAtThresholds("name", 1).configure(term_frequency_adjustments=True),
            cl.DamerauLevenshteinAtThresholds("id", [1, 2]),
            cl.DamerauLevenshteinAtThresholds("birth", 1),
            cl.ExactMatch("sex"),
            cl.ExactMatch("village").configure(term_frequency_adjustments=True),
            cl.ExactMatch("household"),
        ],
        retain_intermediate_calculation_columns=False,
    )  # fmt: skip
    api = DuckDBAPI()
    tables = [api.register(frame, dataset_display_name=name) for frame, name in ((left, "l"), (right, "r"))]
    linker = Linker(tables, settings)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("id")], recall=0.6)
    training.estimate_u_using_random_sampling(max_pairs=5e6, seed=1)
    training.estimate_parameters_using_expectation_maximisation(block_on("id"))
    training.estimate_parameters_using_expectation_maximisation(block_on("name", "village"))
    found = linker.inference.predict(threshold_match_probability=0.01).as_pandas_dataframe()
    seconds, computed = time.monotonic() - started, time.process_time() - computed
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    pairs = found[["unique_id_l", "unique_id_r", "match_probability"]]
    pairs.columns = ["left_row", "right_row", "chance"]
    truth = pd.read_csv(folder / "truth.csv").assign(is_true=1)
    pairs = pairs.merge(truth, how="left", on=["left_row", "right_row"]).sort_values(
        "chance", ascending=False
    )
    right_so_far = pairs["is_true"].fillna(0).cumsum().to_numpy()
    count = pd.Series(range(1, len(pairs) + 1)).to_numpy()
    f1 = 2 * right_so_far / (count + len(truth))
    at = int(f1.argmax())
    print(
        f"splink at its best threshold {pairs['chance'].iloc[at]:.4f}: P {right_so_far[at] / count[at]:.4f}  "
        f"R {right_so_far[at] / len(truth):.4f}  F1 {f1[at]:.4f}  {seconds:.1f} s, {computed:.1f} s CPU "
        f"without reading and cleaning, {peak:.2f} GiB"
    )


if __name__ == "__main__":
    main()

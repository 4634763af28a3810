"""Which compared pairs of two files become links, and of which tier.

A: one valid number, and names that can be one person's. B: probability and uniqueness. The pair must
be the best of both its records with a margin to every runner-up (in a file that names people more than
once, only of the record that is looked up), and nothing may speak against it. Where one character of
the name was replaced by an unlike one the number has to help: that is how twins and siblings differ.
C: likely, for review.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib.identity.comparators import FactLevel, NumberLevel, PlaceLevel
from audit_lib.identity.link_evidence import Compared
from audit_lib.identity.names import NameLevel
from audit_lib.identity.tiers import MARGIN_BITS
from audit_lib.identity.weights import probability

#: a B link is wrong less often than once in seventy by its own probability
LEAST_B = 0.985
LEAST_C = 0.50
#: number bits from which the end of a number really names somebody (three digits)
NAMING_BITS = 8.0


@dataclass(frozen=True)
class Repeats:
    """Whether a file names people more than once (a list of payments), or is a register."""

    left: bool
    right: bool


def allow_b(compared: Compared, left: pd.DataFrame, right: pd.DataFrame) -> npt.NDArray[np.bool_]:
    """Pairs whose kind of evidence can carry tier B."""
    levels = compared.levels
    number, name = levels["number"].to_numpy(), levels["name"].to_numpy()
    born = levels["birth"].to_numpy() == FactLevel.EQUAL
    village = levels["place"].to_numpy() == PlaceLevel.VILLAGE
    # a masked or cut number with a slip besides fits nothing; name, birth date and village outweigh it
    against = (number == NumberLevel.DIFFERENT) & ~(born & village & (name >= NameLevel.SIMILAR))
    against |= levels["sex"].to_numpy() == FactLevel.DIFFERENT
    against |= (levels["birth"].to_numpy() == FactLevel.DIFFERENT) & ~compared.birth_slip
    against |= levels["place"].to_numpy() == PlaceLevel.DIFFERENT
    against |= (
        (left["id_no"] != "").to_numpy()
        & (right["id_no"] != "").to_numpy()
        & (left["id_no"].to_numpy() != right["id_no"].to_numpy())
    )
    named = name >= NameLevel.MASKED
    named &= ~compared.replaced | (compared.number_bits >= NAMING_BITS)
    # a slip in the birth date and in the name at once is another child of the family
    named &= ~compared.birth_slip | (name >= NameLevel.FORMER) | (compared.number_bits >= NAMING_BITS)
    return np.asarray(named & ~against, dtype=np.bool_)


def choose_pairs(pairs: pd.DataFrame, repeats: Repeats) -> pd.DataFrame:
    """Choose links.

    Args:
        pairs: columns left_no, right_no, bits, may_b, left_rows, right_rows (how many rows say the same).
        repeats: which files name people more than once.

    Returns:
        Chosen pairs with tier and probability.
    """
    pairs = pairs[pairs["bits"] > 0].copy()
    pairs["bits"] = pairs["bits"].round(6)
    pairs["probability"] = probability(pairs["bits"].to_numpy())
    alone = np.ones(len(pairs), dtype=np.bool_)
    best = np.ones(len(pairs), dtype=np.bool_)
    for side, opposite_repeats in (("left_no", repeats.right), ("right_no", repeats.left)):
        if opposite_repeats and not (repeats.left and repeats.right):
            continue
        first, second = _two_best(pairs, side)
        best &= pairs["bits"].to_numpy() >= first - 1e-9
        runner = np.where(pairs["bits"].to_numpy() >= first - 1e-9, second, first)
        if not opposite_repeats:
            alone &= pairs["bits"].to_numpy() >= runner + MARGIN_BITS
    # several rows saying the same about nobody in particular are namesakes in a register
    crowded = (~np.array(repeats.left) & (pairs["left_rows"] > 1)) | (
        ~np.array(repeats.right) & (pairs["right_rows"] > 1)
    )
    may_b = pairs["may_b"].to_numpy() & alone & best & ~np.asarray(crowded)
    tier = np.where(
        may_b & (pairs["probability"] >= LEAST_B),
        "B",
        np.where(best & (pairs["probability"] >= LEAST_C), "C", ""),
    )
    tier[(tier == "C") & ((pairs["left_rows"] * pairs["right_rows"]) > 100).to_numpy()] = ""
    chosen: pd.DataFrame = pairs.assign(tier=tier)[tier != ""]
    return chosen


def _two_best(pairs: pd.DataFrame, side: str) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.float64]]:
    """For each pair the best and second-best bits among the pairs of its record on one side."""
    ordered = pairs.sort_values([side, "bits"], ascending=[True, False], kind="stable")
    place = ordered.groupby(side).cumcount()
    first = ordered[place == 0].set_index(side)["bits"]
    second = ordered[place == 1].set_index(side)["bits"]
    return (
        pairs[side].map(first).to_numpy(dtype=np.float64),
        pairs[side].map(second).fillna(-60.0).to_numpy(dtype=np.float64),
    )

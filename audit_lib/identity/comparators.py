"""How two records are compared: each comparison is an ordered list of levels with a Chinese label.

Levels, not scores: a slip in one digit and a hidden middle are different *kinds* of evidence,
and "missing" is a level of its own, never "different". Every feature works on whole columns and
gives the same level whichever record stands left.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist
from recordlinkage import Compare
from recordlinkage.base import BaseCompareFeature

from audit_lib.identity.names import HIDDEN, NameLevel, relate
from audit_lib.identity.numbers import LENGTH

Levels = npt.NDArray[np.int8]


class NumberLevel(IntEnum):
    """How two identity-card numbers relate."""

    MISSING = 0
    DIFFERENT = 1
    TWO_DIGITS = 2
    MASKED = 3
    CUT = 4
    TRANSPOSED = 5
    ONE_DIGIT = 6
    EQUAL = 7


class FactLevel(IntEnum):
    """How two plain facts (birth, sex, household, account) relate."""

    MISSING = 0
    DIFFERENT = 1
    EQUAL = 2


class PlaceLevel(IntEnum):
    """How two places relate."""

    MISSING = 0
    DIFFERENT = 1
    TOWN = 2
    VILLAGE = 3


#: what a level is called, for every comparison, in the order of its levels
LABELS: dict[str, tuple[str, ...]] = {
    "number": ("缺失", "不同", "错两位", "掩码相容", "前15位相同", "相邻两位互换", "差一位", "相同"),
    "name": ("缺失", "不同", "仅同姓", "掩码相容", "一字之差", "同音或形近", "曾用名相同", "相同"),
    "birth": ("缺失", "不同", "相同"),
    "sex": ("缺失", "不同", "相同"),
    "place": ("缺失", "不同镇", "同镇不同村", "同村"),
    "household": ("缺失", "不同", "相同"),
    "account": ("缺失", "不同", "相同"),
}


class NumberFeature(BaseCompareFeature):  # type: ignore[misc]
    """Levels of two columns of numbers (18 characters, ``*`` where hidden; other lengths as written)."""

    def _compute_vectorized(self, left: pd.Series[str], right: pd.Series[str]) -> pd.Series[int]:
        one, other = left.to_numpy(dtype="U19"), right.to_numpy(dtype="U19")
        levels = np.full(len(one), NumberLevel.DIFFERENT, dtype=np.int8)
        one_length, other_length = np.char.str_len(one), np.char.str_len(other)
        missing = (one_length == 0) | (other_length == 0)
        aligned = np.flatnonzero((one_length == LENGTH) & (other_length == LENGTH))
        levels[aligned] = _aligned_levels(one[aligned], other[aligned])
        shifted = np.flatnonzero(~missing & (one_length != other_length))
        if len(shifted):
            slips = cpdist(
                one[shifted].tolist(), other[shifted].tolist(), scorer=OSA.distance, score_cutoff=1
            )
            levels[shifted[slips <= 1]] = NumberLevel.ONE_DIGIT
        levels[(one == other) & ~missing & (np.char.find(one, HIDDEN) < 0)] = NumberLevel.EQUAL
        levels[missing] = NumberLevel.MISSING
        return pd.Series(levels)


def _aligned_levels(one: npt.NDArray[np.str_], other: npt.NDArray[np.str_]) -> Levels:
    """Levels of numbers of 18 characters, position by position."""
    a = np.ascontiguousarray(one.astype(f"U{LENGTH}")).view(np.uint32).reshape(len(one), LENGTH)
    b = np.ascontiguousarray(other.astype(f"U{LENGTH}")).view(np.uint32).reshape(len(other), LENGTH)
    hidden = (a == ord(HIDDEN)) | (b == ord(HIDDEN))
    apart = (a != b) & ~hidden
    count = apart.sum(axis=1)
    swapped = (apart[:, :-1] & apart[:, 1:] & (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1])).any(axis=1)
    whole = ~hidden.any(axis=1)
    cut = ~hidden[:, :15].any(axis=1) & ~whole
    conditions = [
        (count == 0) & whole, (count == 0) & cut, (count == 0), (count == 2) & swapped & whole,
        (count == 1) & whole, (count == 2) & whole,
    ]  # fmt: skip
    names = [
        NumberLevel.EQUAL, NumberLevel.CUT, NumberLevel.MASKED, NumberLevel.TRANSPOSED,
        NumberLevel.ONE_DIGIT, NumberLevel.TWO_DIGITS,
    ]  # fmt: skip
    return np.select(conditions, [int(n) for n in names], int(NumberLevel.DIFFERENT)).astype(np.int8)


class NameFeature(BaseCompareFeature):  # type: ignore[misc]
    """Levels of two names, each with a former name; all in their plain spelling."""

    def _compute_vectorized(
        self,
        left: pd.Series[str],
        left_former: pd.Series[str],
        right: pd.Series[str],
        right_former: pd.Series[str],
    ) -> pd.Series[int]:
        one, other = left.to_numpy(dtype=object), right.to_numpy(dtype=object)
        levels = name_levels(one, other)
        for first, second in (
            (left_former.to_numpy(dtype=object), other),
            (one, right_former.to_numpy(dtype=object)),
        ):
            former = (first == second) & (first != "") & (levels < NameLevel.FORMER)
            levels[former] = NameLevel.FORMER
        return pd.Series(levels)


def name_levels(one: npt.NDArray[np.object_], other: npt.NDArray[np.object_]) -> Levels:
    """Levels of two columns of names; only distinct unequal pairs are looked at closely."""
    levels = np.full(len(one), NameLevel.EQUAL, dtype=np.int8)
    unequal = np.flatnonzero(one != other)
    hidden = [at for at in np.flatnonzero(one == other) if HIDDEN in one[at]]
    levels[hidden] = NameLevel.MASKED
    known: dict[tuple[str, str], NameLevel] = {}
    for at in unequal:
        pair = (one[at], other[at])
        if pair not in known:
            known[pair] = relate(*pair)
        levels[at] = known[pair]
    levels[(one == "") | (other == "")] = NameLevel.MISSING
    return levels


class FactFeature(BaseCompareFeature):  # type: ignore[misc]
    """Equal, different or missing."""

    def _compute_vectorized(self, left: pd.Series[str], right: pd.Series[str]) -> pd.Series[int]:
        one, other = left.to_numpy(dtype=object), right.to_numpy(dtype=object)
        levels = np.where(one == other, FactLevel.EQUAL, FactLevel.DIFFERENT).astype(np.int8)
        levels[(one == "") | (other == "")] = FactLevel.MISSING
        return pd.Series(levels)


class PlaceFeature(BaseCompareFeature):  # type: ignore[misc]
    """Village and town codes."""

    def _compute_vectorized(
        self,
        left_village: pd.Series[str],
        left_town: pd.Series[str],
        right_village: pd.Series[str],
        right_town: pd.Series[str],
    ) -> pd.Series[int]:
        village, other_village = left_village.to_numpy(dtype=object), right_village.to_numpy(dtype=object)
        town, other_town = left_town.to_numpy(dtype=object), right_town.to_numpy(dtype=object)
        levels = np.where(town == other_town, PlaceLevel.TOWN, PlaceLevel.DIFFERENT).astype(np.int8)
        levels[(town == "") | (other_town == "")] = PlaceLevel.MISSING
        levels[(village == other_village) & (village != "")] = PlaceLevel.VILLAGE
        return pd.Series(levels)


def comparison() -> Compare:
    """The comparison of two records: left columns and right columns have the same names."""

    def same(*columns: str) -> tuple[list[str], list[str]]:
        return list(columns), list(columns)

    compare = Compare()
    compare.add(NumberFeature(*same("number"), label="number"))
    compare.add(NameFeature(*same("plain", "former"), label="name"))
    for fact in ("birth", "sex"):
        compare.add(FactFeature(*same(fact), label=fact))
    compare.add(PlaceFeature(*same("village_id", "town_id"), label="place"))
    for fact in ("household", "account"):
        compare.add(FactFeature(*same(fact), label=fact))
    return compare


def compare_pairs(left: pd.DataFrame, right: pd.DataFrame) -> pd.DataFrame:
    """Compare row by row two frames of the columns number, plain, former, birth, sex, village_id, town_id,
    household, account (texts, empty when unknown).

    Returns:
        One row per pair, one column of levels per comparison.
    """  # noqa: D205
    if left.empty:
        return pd.DataFrame({name: np.empty(0, dtype=np.int8) for name in LABELS})
    left, right = left.reset_index(drop=True), right.reset_index(drop=True)
    pairs = pd.MultiIndex.from_arrays([left.index, right.index])
    levels: pd.DataFrame = comparison().compute(pairs, left, right).reset_index(drop=True)
    return levels[list(LABELS)].astype(np.int8)

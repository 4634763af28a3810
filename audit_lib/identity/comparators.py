"""How two records are compared: each comparison is an ordered list of levels with a Chinese label.

Levels, not scores: a slip in one digit and a hidden middle are different *kinds* of evidence,
and "missing" is a level of its own, never "different". Every feature works on whole columns and
gives the same level whichever record stands left.
"""

from __future__ import annotations

from enum import IntEnum
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from recordlinkage import Compare
from recordlinkage.base import BaseCompareFeature

from audit_lib.identity.distinct import Names, Numbers
from audit_lib.identity.names import NameLevel
from audit_lib.identity.numbers import NumberLevel

__all__ = ["LABELS", "FactLevel", "NameLevel", "NumberLevel", "PlaceLevel", "compare_pairs", "comparison"]

Levels = npt.NDArray[np.int8]


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
    """Levels of two columns of numbers (18 characters, ``*`` where hidden; other lengths as written).

    Args:
        numbers: what the columns' values are positions in; the columns are texts when None.
    """

    def __init__(
        self, left: list[str], right: list[str], numbers: Numbers | None = None, label: str = ""
    ) -> None:
        super().__init__(left, right, label=label)
        self.numbers = numbers

    def _compute_vectorized(self, left: pd.Series[Any], right: pd.Series[Any]) -> pd.Series[int]:
        numbers, (one, other) = self.numbers, (left.to_numpy(), right.to_numpy())
        if numbers is None:
            texts, (one, other) = _encode(one, other)
            numbers = Numbers.of(texts)
        return pd.Series(numbers.levels(one, other))


class NameFeature(BaseCompareFeature):  # type: ignore[misc]
    """Levels of two names, each with a former name; all in their plain spelling.

    Args:
        names: what the columns' values are positions in; the columns are texts when None.
    """

    def __init__(
        self, left: list[str], right: list[str], names: Names | None = None, label: str = ""
    ) -> None:
        super().__init__(left, right, label=label)
        self.names = names

    def _compute_vectorized(
        self,
        left: pd.Series[Any],
        left_former: pd.Series[Any],
        right: pd.Series[Any],
        right_former: pd.Series[Any],
    ) -> pd.Series[int]:
        columns = tuple(column.to_numpy() for column in (left, left_former, right, right_former))
        names = self.names
        if names is None:
            texts, columns = _encode(*columns)
            names = Names.of(texts)
        one, one_former, other, other_former = columns
        levels = names.levels(one, other)
        for first, second in ((one_former, other), (one, other_former)):
            former = (first == second) & (names.lengths[first] > 0) & (levels < NameLevel.FORMER)
            levels[former] = NameLevel.FORMER
        return pd.Series(levels)


def _encode(*columns: npt.NDArray[np.object_]) -> tuple[list[str], tuple[npt.NDArray[np.int64], ...]]:
    """Distinct texts of some columns, and the columns as positions in them."""
    codes, texts = pd.factorize(np.concatenate(columns).astype(object))
    return list(texts), tuple(np.split(codes.astype(np.int64), len(columns)))


def _is_missing(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Nothing is written as the empty text, or as position 0."""
    return np.asarray(values == ("" if values.dtype == object else 0), dtype=np.bool_)


class FactFeature(BaseCompareFeature):  # type: ignore[misc]
    """Equal, different or missing."""

    def _compute_vectorized(self, left: pd.Series[Any], right: pd.Series[Any]) -> pd.Series[int]:
        one, other = left.to_numpy(), right.to_numpy()
        levels = np.where(one == other, FactLevel.EQUAL, FactLevel.DIFFERENT).astype(np.int8)
        levels[_is_missing(one) | _is_missing(other)] = FactLevel.MISSING
        return pd.Series(levels)


class PlaceFeature(BaseCompareFeature):  # type: ignore[misc]
    """Village and town codes."""

    def _compute_vectorized(
        self,
        left_village: pd.Series[Any],
        left_town: pd.Series[Any],
        right_village: pd.Series[Any],
        right_town: pd.Series[Any],
    ) -> pd.Series[int]:
        village, other_village = left_village.to_numpy(), right_village.to_numpy()
        town, other_town = left_town.to_numpy(), right_town.to_numpy()
        levels = np.where(town == other_town, PlaceLevel.TOWN, PlaceLevel.DIFFERENT).astype(np.int8)
        levels[_is_missing(town) | _is_missing(other_town)] = PlaceLevel.MISSING
        levels[(village == other_village) & ~_is_missing(village)] = PlaceLevel.VILLAGE
        return pd.Series(levels)


def comparison(numbers: Numbers | None = None, names: Names | None = None) -> Compare:
    """The comparison of two records: left columns and right columns have the same names.

    Args:
        numbers: what the number columns are positions in; texts when None.
        names: the same for names; the other columns are then positions too, 0 for nothing.
    """

    def same(*columns: str) -> tuple[list[str], list[str]]:
        return list(columns), list(columns)

    compare = Compare()
    compare.add(NumberFeature(*same("number"), numbers, label="number"))
    compare.add(NameFeature(*same("plain", "former"), names, label="name"))
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

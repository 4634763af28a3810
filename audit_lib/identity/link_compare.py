"""Compare pairs of records of two files: levels by ``comparators``, and what a tier needs beside them."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib.identity.comparators import LABELS, FactLevel, PlaceLevel, comparison
from audit_lib.identity.distinct import Codes, Flags, visible_apart
from audit_lib.identity.link_numbers import Kind
from audit_lib.identity.link_records import Records, Side
from audit_lib.identity.names import NameLevel
from audit_lib.identity.numbers import LENGTH, NumberLevel

Bits = npt.NDArray[np.float64]
#: bits of a known and equal character of a number, by position: area, year, month, day, sequence, check
_POSITION = np.array([0.0] * 6 + [0.2, 0.8, 2.0, 2.9] + [1.0, 2.6] + [1.8, 3.1] + [1.6, 2.8, 3.2, 3.4])
_SLIP_BITS = 5.0
_UNLIKE_BITS = -6.0
#: places in which both rows' numbers together may have slipped
MOST_SLIPS = 4
#: differing places up to which name, birth date and village outweigh two numbers that do not fit
MOST_APART = 2


@dataclass(frozen=True)
class Compared:
    """Compared pairs.

    Attributes:
        levels: one column of levels per comparison.
        birth_slip: the dates differ, as by a slip.
        number_slip: of numbers partly hidden, one visible character differs, or two neighbours are exchanged.
        phone: ``FactLevel`` of the telephones.
        number_bits: worth of the number beside the birth date, which is weighed by itself when it agrees.
        replaced: the names are of one length and differ in one character that is neither sound nor shape.
        far: so many visible characters of the numbers differ that no two slips explain it.
    """

    levels: pd.DataFrame
    birth_slip: Flags
    number_slip: Flags
    phone: npt.NDArray[np.int8]
    number_bits: Bits
    replaced: Flags
    far: Flags

    def take(self, at: Codes) -> Compared:
        """Some of the pairs."""
        return Compared(
            self.levels.iloc[at].reset_index(drop=True),
            *(getattr(self, field.name)[at] for field in fields(self)[1:]),
        )


class Comparer:
    """Compares positions of one left and one right side."""

    def __init__(self, records: Records) -> None:
        self._records = records
        self._sides = records.left.columns, records.right.columns
        self._frames = [_comparable(side) for side in (records.left, records.right)]
        self._compare = comparison(records.numbers.numbers, records.names)

    def compare(self, left_no: Codes, right_no: Codes) -> Compared:
        """Compare pair by pair."""
        if not len(left_no):
            levels = pd.DataFrame({name: np.empty(0, dtype=np.int8) for name in LABELS})
        else:
            # a million pairs by position: no index is built from values
            pairs = pd.MultiIndex(
                levels=[frame.index for frame in self._frames],  # type: ignore[misc]
                codes=[left_no, right_no],  # type: ignore[list-item]
                verify_integrity=False,
            )
            levels = self._compare.compute(pairs, *self._frames).reset_index(drop=True).astype(np.int8)
        needed = ["kind", "birth", "number_birth", "sex", "number", "plain", "town", "village", "phone"]
        left, right = (
            {name: side[name].to_numpy()[at] for name in needed}
            for side, at in zip(self._sides, (left_no, right_no), strict=True)
        )
        slip = _settle_births(levels, left, right)
        _settle_sexes(levels, left, right)
        _settle_places(levels, left, right)
        phone = np.where(left["phone"] == right["phone"], FactLevel.EQUAL, FactLevel.DIFFERENT).astype(
            np.int8
        )
        phone[(left["phone"] == 0) | (right["phone"] == 0)] = FactLevel.MISSING
        lengths = self._records.names.lengths
        replaced = levels["name"].to_numpy() == NameLevel.ONE_CHARACTER
        replaced &= lengths[left["plain"]] == lengths[right["plain"]]
        bits, number_slip, far = self._number_bits(levels, left["number"], right["number"])
        return Compared(levels, slip, number_slip, phone, bits, replaced, far)

    def _number_bits(self, levels: pd.DataFrame, left: Codes, right: Codes) -> tuple[Bits, Flags, Flags]:
        number, born = levels["number"].to_numpy(), levels["birth"].to_numpy() == FactLevel.EQUAL
        bits, slips, far = np.zeros(len(levels)), *np.zeros((2, len(levels)), dtype=np.bool_)
        whole = np.isin(number, (NumberLevel.EQUAL, NumberLevel.ONE_DIGIT, NumberLevel.TRANSPOSED))
        bits[whole] = np.where(born[whole], 9.0, 21.0)
        bits[number == NumberLevel.DIFFERENT] = _UNLIKE_BITS
        lengths, characters = self._records.numbers.numbers.lengths, self._records.numbers.numbers.characters
        partly = np.isin(
            number, (NumberLevel.MASKED, NumberLevel.CUT, NumberLevel.TWO_DIGITS, NumberLevel.DIFFERENT)
        )
        at = np.flatnonzero(partly & (lengths[left] == LENGTH) & (lengths[right] == LENGTH))
        a, b = characters[left[at]], characters[right[at]]
        apart, hidden = visible_apart(a, b)
        there = apart[:, :-1] & apart[:, 1:] & (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1])
        count = apart.sum(axis=1) - there.sum(axis=1)
        agreed = ~apart & ~hidden
        worth = np.where(born[at], agreed[:, 14:] @ _POSITION[14:], agreed[:, 6:] @ _POSITION[6:])
        # a slip in one of the four digits that a mask shows leaves three: fewer are too few to see a slip in
        seen = (count <= MOST_SLIPS) & (agreed[:, 6:].sum(axis=1) >= 3)
        bits[at] = np.where(
            seen | (count == 0), np.maximum(worth - _SLIP_BITS * count, _UNLIKE_BITS), _UNLIKE_BITS
        )
        slips[at] = seen & (count == 1) & hidden.any(axis=1)
        far[at] = count > MOST_APART
        return bits, slips, far


def _comparable(side: Side) -> pd.DataFrame:
    columns = side.columns
    return pd.DataFrame(
        {
            "number": columns["number"], "plain": columns["plain"], "former": columns["former"],
            "birth": columns["birth"].where(columns["birth"] != 0, columns["number_birth"]),
            "sex": columns["sex"].where(columns["sex"] != 0, columns["number_sex"]),
            "village_id": columns["village"], "town_id": columns["town"], "household": columns["household"],
            "account": columns["account"],
        }
    )  # fmt: skip


def _settle_births(
    levels: pd.DataFrame, left: dict[str, npt.NDArray[np.int64]], right: dict[str, npt.NDArray[np.int64]]
) -> Flags:
    """Any two of the dates a side gives may agree; returns where the nearest differ by a slip."""
    birth = levels["birth"].to_numpy().copy()
    slip, firm = np.zeros(len(levels), dtype=np.bool_), np.zeros(len(levels), dtype=np.bool_)
    for one in ("birth", "number_birth"):
        for other in ("birth", "number_birth"):
            a, b = left[one], right[other]
            known = (a != 0) & (b != 0)
            birth[known & (a == b)] = FactLevel.EQUAL
            # a date read from a number with a slip may be the slip
            doubtful = (one == "number_birth") & (left["kind"] == Kind.FULL)
            doubtful |= (other == "number_birth") & (right["kind"] == Kind.FULL)
            firm |= known & ~doubtful
            near = np.flatnonzero(known & (a != b))
            slip[near] |= _is_slip(a[near].astype(np.int64), b[near].astype(np.int64))
    slip &= birth == FactLevel.DIFFERENT
    birth[(birth == FactLevel.DIFFERENT) & ~firm & ~slip] = FactLevel.MISSING
    levels["birth"] = birth
    return slip


def _is_slip(a: Codes, b: Codes) -> Flags:
    """Only the day, the month or two digits of the year differ, day and month are exchanged, or one has no day."""
    one, other = (np.stack([date // 10_000, date // 100 % 100, date % 100]) for date in (a, b))
    apart = one != other
    digits = sum(
        (one[0] // place % 10 != other[0] // place % 10).astype(np.int64) for place in (1, 10, 100, 1000)
    )
    single = (apart.sum(axis=0) == 1) & (digits <= 2)
    exchanged = ~apart[0] & (one[1] == other[2]) & (one[2] == other[1])
    return np.asarray(single | exchanged, dtype=np.bool_)


def _settle_sexes(
    levels: pd.DataFrame, left: dict[str, npt.NDArray[np.int64]], right: dict[str, npt.NDArray[np.int64]]
) -> None:
    """A sex read from a number with a slip is no evidence against."""
    sex = levels["sex"].to_numpy().copy()
    unsure = np.zeros(len(levels), dtype=np.bool_)
    for side in (left, right):
        unsure |= (side["sex"] == 0) & (side["kind"] == Kind.FULL)
    sex[unsure & (sex == FactLevel.DIFFERENT)] = FactLevel.MISSING
    levels["sex"] = sex


def _settle_places(
    levels: pd.DataFrame, left: dict[str, npt.NDArray[np.int64]], right: dict[str, npt.NDArray[np.int64]]
) -> None:
    """A village of one name in two towns is two villages; two villages of no known town are two villages."""
    place = levels["place"].to_numpy().copy()
    apart = (left["town"] != right["town"]) & (left["town"] != 0) & (right["town"] != 0)
    place[apart & (place == PlaceLevel.VILLAGE)] = PlaceLevel.DIFFERENT
    known = (left["village"] != 0) & (right["village"] != 0)
    place[known & (place == PlaceLevel.MISSING)] = PlaceLevel.TOWN
    levels["place"] = place

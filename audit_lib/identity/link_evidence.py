"""What the evidence of a pair is worth in a join of two files, in bits.

Agreement says as much as it is unlikely by chance, and the files themselves tell how unlikely: a
common name of a village's main family says little, 郦珺 much. How often one person's two
rows differ is learned from the pairs that a valid number settles, beside what is expected
(``weights.EXPECTED``); a file without numbers is judged by the expectation alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from audit_lib.identity.comparators import FactLevel, NumberLevel, PlaceLevel, compare_pairs
from audit_lib.identity.names import NameLevel

Bits = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]

#: share of a person's pairs at each level of name, before anything is learned
_SAME_NAME = (0.0, 0.006, 0.006, 0.010, 0.030, 0.060, 0.005, 0.883)
_SAME_BIRTH = (0.0, 0.010, 0.950)  # the rest are slips
_BIRTH_SLIP = 0.04
_SAME_PLACE = (0.0, 0.010, 0.020, 0.970)
_SAME_FACT = (0.0, 0.250, 0.750)
_SAME_SEX = (0.0, 0.005, 0.995)
#: weight of the expectation, in pairs
_EXPECTED_PAIRS = 60.0
_DAYS = 28_000
#: bits of a known and equal character of a number, by position: area, year, month, day, sequence, check
_POSITION = np.array([0.0] * 6 + [0.2, 0.8, 2.0, 2.9] + [1.0, 2.6] + [1.8, 3.1] + [1.6, 2.8, 3.2, 3.4])
_BIRTH_PLACES = np.arange(6, 14)
_TAIL_PLACES = np.arange(14, 18)
_MOST_FACT_BITS = 11.0


@dataclass(frozen=True)
class Compared:
    """Levels of pairs, and what their tier needs beside them."""

    levels: pd.DataFrame
    birth_slip: Flags
    phone: npt.NDArray[np.int8]
    number_bits: Bits
    replaced: Flags


@dataclass(frozen=True)
class Frequencies:
    """How common names, births and villages are among all records, as shares."""

    name: dict[str, float]
    family: dict[str, float]
    given: dict[str, float]
    village: dict[str, float]
    family_in_village: dict[tuple[str, str], float]
    records: int


def count_frequencies(sides: list[pd.DataFrame]) -> Frequencies:
    """Count over the records of both sides (columns plain, family, village)."""
    both = pd.concat(sides, ignore_index=True)
    given = pd.Series([p[len(f) :] for p, f in zip(both["plain"], both["family"], strict=True)], dtype=object)

    def shares(column: pd.Series[str]) -> dict[str, float]:
        known = column[column != ""]
        return dict((known.value_counts() / max(len(known), 1)).items())  # type: ignore[arg-type]

    placed = both[(both["village"] != "") & (both["family"] != "")]
    within = placed.groupby(["village", "family"]).size() / placed.groupby("village").size()
    shares_within: dict[tuple[str, str], float] = dict(
        zip(within.index.tolist(), within.astype(float).tolist(), strict=True)
    )
    return Frequencies(
        shares(both["plain"]), shares(both["family"]), shares(given), shares(both["village"]), shares_within,
        max(len(both), 1),
    )  # fmt: skip


def compare_records(left: pd.DataFrame, right: pd.DataFrame) -> Compared:
    """Compare row by row two frames of record columns."""
    sides = [
        side.assign(number=side["pattern"], village_id=side["village"], town_id=side["town"],
                    birth=side["birth"].where(side["birth"] != "", side["number_birth"]),
                    sex=side["sex"].where(side["sex"] != "", side["number_sex"]))
        for side in (left, right)
    ]  # fmt: skip
    levels = compare_pairs(*sides)
    slip = _settle_births(levels, left, right)
    _settle_sexes(levels, left, right)
    # a village of one name in two towns is two villages
    apart = (left["town"].to_numpy() != right["town"].to_numpy()) & (left["town"].to_numpy() != "")
    apart &= right["town"].to_numpy() != ""
    place = levels["place"].to_numpy().copy()
    place[apart & (place == PlaceLevel.VILLAGE)] = PlaceLevel.DIFFERENT
    known = (left["village"].to_numpy() != "") & (right["village"].to_numpy() != "")
    place[known & (place == PlaceLevel.MISSING)] = PlaceLevel.TOWN
    levels["place"] = place
    phones, others = left["phone"].to_numpy(), right["phone"].to_numpy()
    phone = np.where(phones == others, FactLevel.EQUAL, FactLevel.DIFFERENT).astype(np.int8)
    phone[(phones == "") | (others == "")] = FactLevel.MISSING
    lengths = left["plain"].str.len().to_numpy(), right["plain"].str.len().to_numpy()
    replaced = (levels["name"].to_numpy() == NameLevel.ONE_CHARACTER) & (lengths[0] == lengths[1])
    bits = _number_bits(levels, left["pattern"], right["pattern"])
    return Compared(levels, slip, phone, bits, replaced)


def _settle_births(levels: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame) -> Flags:
    """Any two of the dates a side gives may agree; returns where the nearest differ by a slip."""
    birth = levels["birth"].to_numpy().copy()
    slip = np.zeros(len(levels), dtype=np.bool_)
    firm = np.zeros(len(levels), dtype=np.bool_)
    for one in ("birth", "number_birth"):
        for other in ("birth", "number_birth"):
            a, b = left[one].to_numpy(), right[other].to_numpy()
            known = (a != "") & (b != "")
            birth[known & (a == b)] = FactLevel.EQUAL
            doubtful = np.zeros(len(levels), dtype=np.bool_)
            if one == "number_birth":
                doubtful |= (left["kind"] == "full").to_numpy()
            if other == "number_birth":
                doubtful |= (right["kind"] == "full").to_numpy()
            firm |= known & ~doubtful
            near = np.flatnonzero(known & (a != b))
            if len(near):
                distance = cpdist(a[near].tolist(), b[near].tolist(), scorer=OSA.distance, score_cutoff=2)
                slip[
                    near[
                        (distance <= 1)
                        | _month_only(a[near], b[near])
                        | (distance == 2) & _one_part(a[near], b[near])
                    ]
                ] = True
    slip &= birth == FactLevel.DIFFERENT
    birth[(birth == FactLevel.DIFFERENT) & ~firm & ~slip] = FactLevel.MISSING
    levels["birth"] = birth
    return slip


def _month_only(one: npt.NDArray[np.object_], other: npt.NDArray[np.object_]) -> Flags:
    return np.array(
        [a[:7] == b[:7] and len(a) != len(b) for a, b in zip(one, other, strict=True)], dtype=np.bool_
    )


def _one_part(one: npt.NDArray[np.object_], other: npt.NDArray[np.object_]) -> Flags:
    """Whether only the day, only the month or only the year differs, or day and month are exchanged."""
    return np.array(
        [
            (sum(x != y for x, y in zip(a.split("-"), b.split("-"), strict=False)) == 1 and len(a) == len(b))
            or (a[:4] == b[:4] and a[5:7] == b[8:10] and a[8:10] == b[5:7])
            for a, b in zip(one, other, strict=True)
        ],
        dtype=np.bool_,
    )


def _settle_sexes(levels: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame) -> None:
    """A sex read from a number with a slip is no evidence against."""
    sex = levels["sex"].to_numpy().copy()
    unsure = np.zeros(len(levels), dtype=np.bool_)
    for side in (left, right):
        unsure |= ((side["sex"] == "") & (side["kind"] == "full")).to_numpy()
    sex[unsure & (sex == FactLevel.DIFFERENT)] = FactLevel.MISSING
    levels["sex"] = sex


def _number_bits(levels: pd.DataFrame, left: pd.Series[str], right: pd.Series[str]) -> Bits:
    """Worth of the number beside the birth date, which is weighed by itself when it agrees."""
    number, birth = levels["number"].to_numpy(), levels["birth"].to_numpy()
    bits = np.zeros(len(levels))
    whole = np.isin(number, (NumberLevel.EQUAL, NumberLevel.ONE_DIGIT, NumberLevel.TRANSPOSED))
    bits[whole] = np.where(birth[whole] == FactLevel.EQUAL, 9.0, 21.0)
    bits[number == NumberLevel.TWO_DIGITS] = np.where(
        birth[number == NumberLevel.TWO_DIGITS] == FactLevel.EQUAL, 0.0, 10.0
    )
    bits[number == NumberLevel.DIFFERENT] = -6.0
    for at in np.flatnonzero(np.isin(number, (NumberLevel.MASKED, NumberLevel.CUT))):
        one, other = str(left.iat[int(at)]), str(right.iat[int(at)])
        places = _TAIL_PLACES if birth[at] == FactLevel.EQUAL else np.arange(6, 18)
        bits[at] = sum(_POSITION[p] for p in places if one[p] == other[p] and one[p] != "*")
    return bits


class Evidence:
    """Bits of compared pairs, with levels learned from pairs known to be one person."""

    def __init__(self, known: Compared, frequencies: Frequencies) -> None:
        levels = known.levels
        self._frequencies = frequencies
        self._name = _learned(levels["name"].to_numpy(), _SAME_NAME)
        slips = float(known.birth_slip.sum())
        informed = float((levels["birth"].to_numpy() != FactLevel.MISSING).sum())
        self._slip = (slips + _BIRTH_SLIP * _EXPECTED_PAIRS) / (informed + _EXPECTED_PAIRS)
        self._place = _learned(levels["place"].to_numpy(), _SAME_PLACE)
        self._facts = {
            name: _learned(levels[name].to_numpy(), _SAME_FACT) for name in ("household", "account")
        }
        self._phone = _learned(known.phone, _SAME_FACT)

    def bits(self, compared: Compared, left: pd.DataFrame, right: pd.DataFrame, prior: float) -> Bits:
        """Total bits of each pair."""
        levels = compared.levels
        total = np.full(len(levels), prior) + compared.number_bits
        total += self._name_bits(levels, left, right)
        birth = levels["birth"].to_numpy()
        total += np.where(birth == FactLevel.EQUAL, np.log2(_SAME_BIRTH[2] * _DAYS), 0.0)
        total += np.where(compared.birth_slip, np.log2(self._slip * _DAYS / 70), 0.0)
        total += np.where((birth == FactLevel.DIFFERENT) & ~compared.birth_slip, np.log2(_SAME_BIRTH[1]), 0.0)
        sex, number = levels["sex"].to_numpy(), levels["number"].to_numpy()
        total += np.where(
            (sex == FactLevel.EQUAL) & (number <= NumberLevel.DIFFERENT), np.log2(2 * _SAME_SEX[2]), 0.0
        )
        total += np.where(sex == FactLevel.DIFFERENT, np.log2(2 * _SAME_SEX[1]), 0.0)
        village = self._village_bits(levels, left)
        household = self._fact_bits(levels["household"].to_numpy(), self._facts["household"])
        # who is of one household is of one village: said once
        total += np.where(
            levels["household"].to_numpy() == FactLevel.EQUAL,
            np.maximum(household, village),
            household + village,
        )
        total += self._fact_bits(levels["account"].to_numpy(), self._facts["account"])
        total += self._fact_bits(compared.phone, self._phone)
        return total

    def _name_bits(self, levels: pd.DataFrame, left: pd.DataFrame, right: pd.DataFrame) -> Bits:
        known, chances = self._frequencies, self._name
        same_place = levels["place"].to_numpy() == PlaceLevel.VILLAGE
        bits = np.zeros(len(levels))
        columns = (
            left["plain"],
            left["family"],
            right["plain"],
            right["family"],
            left["village"],
            levels["name"],
        )
        for at, (one, one_family, other, other_family, village, level) in enumerate(
            zip(*columns, strict=True)
        ):
            if level == NameLevel.MISSING:
                continue
            family = known.family.get(one_family, 1e-4)
            if same_place[at]:
                family = max(family, known.family_in_village.get((village, one_family), 0.0))
            given = max(
                known.given.get(one[len(one_family) :], 0.0), known.given.get(other[len(other_family) :], 0.0)
            )
            by_chance = max(family * given, known.name.get(one, 0.0), known.name.get(other, 0.0), 2e-6)
            if level == NameLevel.SIMILAR:
                by_chance = max(6 * by_chance, family * 4e-3)
            elif level == NameLevel.ONE_CHARACTER:
                by_chance = family * 0.08
            elif level == NameLevel.MASKED:
                by_chance = family * 0.10
            elif level == NameLevel.SURNAME:
                by_chance = family
            elif level == NameLevel.DIFFERENT:
                by_chance = 1.0
            bits[at] = np.log2(chances[level] / by_chance)
        return bits

    def _village_bits(self, levels: pd.DataFrame, left: pd.DataFrame) -> Bits:
        place = levels["place"].to_numpy()
        share = left["village"].map(self._frequencies.village).fillna(1.0).to_numpy(dtype=np.float64)
        equal = np.log2(self._place[PlaceLevel.VILLAGE] / np.maximum(share, 1e-6))
        bits = np.where(place == PlaceLevel.VILLAGE, equal, 0.0)
        bits = np.where(place == PlaceLevel.TOWN, np.log2(max(self._place[PlaceLevel.TOWN], 2e-3)), bits)
        return np.where(
            place == PlaceLevel.DIFFERENT, np.log2(max(self._place[PlaceLevel.DIFFERENT], 2e-3)), bits
        )

    def _fact_bits(self, levels: npt.NDArray[np.int8], chances: Bits) -> Bits:
        """Households, accounts and telephones are shared by families: about four people each."""
        equal = min(
            np.log2(max(chances[FactLevel.EQUAL], 1e-3) * self._frequencies.records / 8), _MOST_FACT_BITS
        )
        different = max(np.log2(max(chances[FactLevel.DIFFERENT], 1e-3)), -7.0)
        return np.where(
            levels == FactLevel.EQUAL,
            max(equal, 0.0),
            np.where(levels == FactLevel.DIFFERENT, different, 0.0),
        )


def _learned(levels: npt.NDArray[np.int8], expected: tuple[float, ...]) -> Bits:
    """Share of each level among known pairs that say something, drawn towards the expectation."""
    counts = np.bincount(levels.astype(np.int64), minlength=len(expected)).astype(np.float64)
    counts[0] = 0.0
    counts += np.asarray(expected) * _EXPECTED_PAIRS
    return np.asarray(counts / counts.sum(), dtype=np.float64)

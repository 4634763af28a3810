"""What the evidence of a pair is worth in a join of two files, in bits.

Agreement says as much as it is unlikely by chance, and the files themselves tell how unlikely: a
common name of a village's main family says little, 郦珺 much. How often one person's two
rows differ is learned from the pairs that a valid number settles, beside what is expected; a file
without numbers is judged by the expectation alone.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib.identity.comparators import FactLevel, PlaceLevel
from audit_lib.identity.distinct import Codes, Keys, mix_keys
from audit_lib.identity.link_compare import Bits, Compared
from audit_lib.identity.link_records import Records
from audit_lib.identity.names import NameLevel
from audit_lib.identity.numbers import NumberLevel

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
_MOST_FACT_BITS = 11.0


@dataclass(frozen=True)
class Shares:
    """How common each key is among all records."""

    keys: Keys
    shares: Bits

    @classmethod
    def of(cls, keys: Keys) -> Shares:
        """Count keys; 0 is nothing."""
        distinct, counts = np.unique(keys[keys != 0], return_counts=True)
        return cls(distinct, counts / max(int(counts.sum()), 1))

    def at(self, keys: Keys, unknown: float) -> Bits:
        """Share of each key."""
        if not len(self.keys):
            return np.full(len(keys), unknown)
        place = np.minimum(np.searchsorted(self.keys, keys), len(self.keys) - 1)
        return np.where(self.keys[place] == keys, self.shares[place], unknown)


class Frequencies:
    """How common names, surnames, given names and villages are among the records of both sides."""

    def __init__(self, records: Records) -> None:
        both = pd.concat([records.left.columns, records.right.columns], ignore_index=True)
        plain, village = both["plain"].to_numpy(), both["village"].to_numpy()
        names = records.names
        self.records = max(len(both), 1)
        counts = np.bincount(plain, minlength=len(names.texts)).astype(np.float64)
        counts[0] = 0.0
        self.name = counts / max(counts.sum(), 1.0)
        self.family = Shares.of(names.family[plain]).at(names.family, 1e-4)
        self.given = Shares.of(names.given[plain]).at(names.given, 0.0)
        counts = np.bincount(village).astype(np.float64) if len(village) else np.zeros(1)
        counts[0] = 0.0
        self.village = counts / max(counts.sum(), 1.0)
        placed = (village != 0) & (plain != 0)
        self._of_village = np.bincount(village[placed], minlength=len(self.village)).astype(np.float64)
        within = Shares.of(mix_keys(village[placed], names.family[plain[placed]]))
        self._within, self._placed = within, int(placed.sum())

    def family_in_village(self, village: Codes, family: Keys) -> Bits:
        """Share of a surname among those of its village."""
        count = self._within.at(mix_keys(village, family), 0.0) * self._placed
        return np.asarray(count / np.maximum(self._of_village[village], 1.0), dtype=np.float64)


class Evidence:
    """Bits of compared pairs, with levels learned from pairs known to be one person."""

    def __init__(self, known: Compared, records: Records) -> None:
        levels = known.levels
        self._records = records
        self._frequencies = Frequencies(records)
        self._name = _learned(levels["name"].to_numpy(), _SAME_NAME)
        slips = float(known.birth_slip.sum())
        informed = float((levels["birth"].to_numpy() != FactLevel.MISSING).sum())
        self._slip = (slips + _BIRTH_SLIP * _EXPECTED_PAIRS) / (informed + _EXPECTED_PAIRS)
        self._place = _learned(levels["place"].to_numpy(), _SAME_PLACE)
        self._facts = {
            name: _learned(levels[name].to_numpy(), _SAME_FACT) for name in ("household", "account")
        }
        self._phone = _learned(known.phone, _SAME_FACT)

    def bits(self, compared: Compared, left_no: Codes, right_no: Codes, prior: float) -> Bits:
        """Total bits of each pair."""
        levels = compared.levels
        left, right = self._records.left.columns, self._records.right.columns
        village = left["village"].to_numpy()[left_no]
        total = np.full(len(levels), prior) + compared.number_bits
        total += self._name_bits(
            levels, left["plain"].to_numpy()[left_no], right["plain"].to_numpy()[right_no], village
        )
        birth = levels["birth"].to_numpy()
        total += np.where(birth == FactLevel.EQUAL, np.log2(_SAME_BIRTH[2] * _DAYS), 0.0)
        total += np.where(compared.birth_slip, np.log2(self._slip * _DAYS / 70), 0.0)
        total += np.where((birth == FactLevel.DIFFERENT) & ~compared.birth_slip, np.log2(_SAME_BIRTH[1]), 0.0)
        sex, number = levels["sex"].to_numpy(), levels["number"].to_numpy()
        total += np.where(
            (sex == FactLevel.EQUAL) & (number <= NumberLevel.DIFFERENT), np.log2(2 * _SAME_SEX[2]), 0.0
        )
        total += np.where(sex == FactLevel.DIFFERENT, np.log2(2 * _SAME_SEX[1]), 0.0)
        place = self._village_bits(levels, village)
        household = self._fact_bits(levels["household"].to_numpy(), self._facts["household"])
        # who is of one household is of one village: said once
        together = levels["household"].to_numpy() == FactLevel.EQUAL
        total += np.where(together, np.maximum(household, place), household + place)
        total += self._fact_bits(levels["account"].to_numpy(), self._facts["account"])
        total += self._fact_bits(compared.phone, self._phone)
        return total

    def _name_bits(self, levels: pd.DataFrame, one: Codes, other: Codes, village: Codes) -> Bits:
        known, names = self._frequencies, self._records.names
        family = known.family[one]
        at = np.flatnonzero(levels["place"].to_numpy() == PlaceLevel.VILLAGE)
        family[at] = np.maximum(family[at], known.family_in_village(village[at], names.family[one[at]]))
        given = np.maximum(known.given[one], known.given[other])
        whole = np.maximum.reduce(
            [family * given, known.name[one], known.name[other], np.full(len(one), 2e-6)]
        )
        level = levels["name"].to_numpy()
        chance = np.select(
            [level >= NameLevel.FORMER, level == NameLevel.SIMILAR, level == NameLevel.ONE_CHARACTER,
             level == NameLevel.MASKED, level == NameLevel.SURNAME],
            [whole, np.maximum(6 * whole, family * 4e-3), family * 0.08, family * 0.10, family],
            1.0,
        )  # fmt: skip
        bits = np.log2(np.maximum(self._name[level], 1e-9) / chance)
        return np.where(level == NameLevel.MISSING, 0.0, bits)

    def _village_bits(self, levels: pd.DataFrame, village: Codes) -> Bits:
        place = levels["place"].to_numpy()
        equal = np.log2(
            self._place[PlaceLevel.VILLAGE] / np.maximum(self._frequencies.village[village], 1e-6)
        )
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

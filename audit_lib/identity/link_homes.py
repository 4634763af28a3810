"""What the others of a household tell: a row without a village lives where its household lives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from audit_lib.identity.comparators import FactLevel
from audit_lib.identity.link_compare import Compared
from audit_lib.identity.link_records import Records, Side

Codes32 = npt.NDArray[np.int32]


#: so many known pairs, at least, tell whether both files number households alike
_FEWEST_KNOWN = 10


def fill_villages(records: Records, known: Compared) -> Records:
    """Give rows without a village the one that all others of their household name.

    Args:
        records: both files' records.
        known: pairs of one person; where their households do not agree, each file speaks for itself.
    """
    household = known.levels["household"].to_numpy()
    equal, unlike = (int((household == level).sum()) for level in (FactLevel.EQUAL, FactLevel.DIFFERENT))
    shares_households = equal > unlike and equal >= _FEWEST_KNOWN
    sides = (records.left, records.right)
    homes = [_homes(sides)] * 2 if shares_households else [_homes((side,)) for side in sides]
    filled = [_fill(side, of_household) for side, of_household in zip(sides, homes, strict=True)]
    return replace(records, left=filled[0], right=filled[1])


def _homes(sides: tuple[Side, ...]) -> dict[str, Codes32]:
    """Town and village of each household, 0 where its members name none or several."""
    homes: dict[str, Codes32] = {}
    household = np.concatenate([side.columns["household"].to_numpy() for side in sides])
    size = int(household.max(initial=0)) + 1
    for place in ("village", "town"):
        named = np.concatenate([side.columns[place].to_numpy() for side in sides])
        at = (household != 0) & (named != 0)
        most, least = np.zeros(size, dtype=np.int32), np.full(size, np.iinfo(np.int32).max, dtype=np.int32)
        np.maximum.at(most, household[at], named[at])
        np.minimum.at(least, household[at], named[at])
        homes[place] = np.where(most == least, most, 0).astype(np.int32)
        homes[place][0] = 0
    return homes


def _fill(side: Side, homes: dict[str, Codes32]) -> Side:
    columns = side.columns
    household = np.minimum(columns["household"].to_numpy(), len(homes["village"]) - 1)
    unplaced = (columns["village"].to_numpy() == 0) & (homes["village"][household] != 0)
    filled = {
        place: np.where(unplaced & (columns[place].to_numpy() == 0), homes[place][household], columns[place])
        for place in ("village", "town")
    }
    return replace(side, columns=columns.assign(**filled))

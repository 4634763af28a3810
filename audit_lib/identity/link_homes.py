"""What the others of a household tell: which of two files' household numbers mean one, and where it lives."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import numpy.typing as npt

from audit_lib.identity.distinct import Codes
from audit_lib.identity.link_records import Records, Side

Codes32 = npt.NDArray[np.int32]


#: so many known pairs, at least, tell whether both files number households alike
_FEWEST_KNOWN = 10


def share_homes(records: Records, left_no: Codes, right_no: Codes) -> Records:
    """Let both files speak of one household alike, and every row live where its household lives.

    Two departments may each have numbers of their own. Then a household of the left file is the one of the right
    file that the people found in both by their numbers live in; other left households are no right one's.

    Args:
        records: both files' records.
        left_no: left records of people found by their numbers.
        right_no: their right records.
    """
    one = records.left.columns["household"].to_numpy()[left_no]
    other = records.right.columns["household"].to_numpy()[right_no]
    both = (one != 0) & (other != 0)
    equal = int((one[both] == other[both]).sum())
    if both.sum() < _FEWEST_KNOWN:
        sides = [_fill(side, _homes((side,))) for side in (records.left, records.right)]
    elif equal > both.sum() / 2:
        homes = _homes((records.left, records.right))
        sides = [_fill(side, homes) for side in (records.left, records.right)]
    else:
        left = _renumbered(records, one[both], other[both])
        homes = _homes((left, records.right))
        sides = [_fill(side, homes) for side in (left, records.right)]
    return replace(records, left=sides[0], right=sides[1])


def _renumbered(records: Records, one: Codes32, other: Codes32) -> Side:
    """The left side with the right side's household numbers; where members disagree, with a number of its own."""
    side = records.left
    household = side.columns["household"].to_numpy()
    own = int(max(household.max(initial=0), records.right.columns["household"].max())) + 1
    most, least = np.zeros(own, dtype=np.int32), np.full(own, np.iinfo(np.int32).max, dtype=np.int32)
    np.maximum.at(most, one, other)
    np.minimum.at(least, one, other)
    mapped = np.where(most == least, most, np.arange(own) + own).astype(np.int32)
    mapped[0] = 0
    return replace(side, columns=side.columns.assign(household=mapped[household]))


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

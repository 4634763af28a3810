"""From compared pairs to links: which evidence makes which tier, and who of several is meant.

A valid number settles everything before this. Here records without one are judged: B needs a
slip in the number *and* name and village; C is for a person to look at; a name alone is nothing.
Contrary evidence forbids, and where two people remain equally possible nobody is linked.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from audit_lib.identity.comparators import FactLevel, NumberLevel, PlaceLevel
from audit_lib.identity.names import NameLevel
from audit_lib.params import Thresholds

#: two people closer than this many bits are equally possible (a factor of about twenty)
MARGIN_BITS = 4.3


@dataclass(frozen=True)
class Grounds:
    """Which pairs are of which tier by evidence alone, and which are forbidden."""

    b: npt.NDArray[np.bool_]
    c: npt.NDArray[np.bool_]
    forbidden: npt.NDArray[np.bool_]


def find_grounds(levels: pd.DataFrame) -> Grounds:
    """Judge each pair by its levels."""
    number, name = levels["number"].to_numpy(), levels["name"].to_numpy()
    place = levels["place"].to_numpy()
    same_name = name >= NameLevel.FORMER
    near_name = name >= NameLevel.ONE_CHARACTER
    village = place == PlaceLevel.VILLAGE
    unplaced = place == PlaceLevel.MISSING
    household = levels["household"].to_numpy() == FactLevel.EQUAL
    account = levels["account"].to_numpy() == FactLevel.EQUAL
    birth = levels["birth"].to_numpy() == FactLevel.EQUAL
    slip = np.isin(number, (NumberLevel.TRANSPOSED, NumberLevel.ONE_DIGIT, NumberLevel.EQUAL))
    hidden = np.isin(number, (NumberLevel.MASKED, NumberLevel.CUT))
    forbidden = (levels["birth"].to_numpy() == FactLevel.DIFFERENT) | (
        levels["sex"].to_numpy() == FactLevel.DIFFERENT
    )
    b = slip & same_name & (village | household | account | unplaced)
    c = (
        (slip & same_name)
        | (slip & near_name & village)
        | (hidden & (same_name | (name == NameLevel.MASKED)) & village)
        | ((number == NumberLevel.CUT) & same_name & unplaced)
        | (same_name & village & (birth | household | account))
    )
    return Grounds(b & ~forbidden, c & ~forbidden, forbidden)


def tier_pairs(
    levels: pd.DataFrame, probabilities: npt.NDArray[np.float64], limits: Thresholds
) -> pd.DataFrame:
    """Tier of each pair (``B``, ``C`` or empty), and whether contrary evidence forbids it."""
    grounds = find_grounds(levels)
    tier = np.where(grounds.c & (probabilities >= limits.c), "C", "")
    tier = np.where(grounds.b & (probabilities >= limits.b), "B", tier)
    return pd.DataFrame({"tier": tier, "is_forbidden": grounds.forbidden})


def choose_links(pairs: pd.DataFrame) -> pd.DataFrame:
    """Choose at most one person for every record.

    Args:
        pairs: columns loose_no, person_id, tier, bits; one row per compared pair.

    Returns:
        The same rows with ``is_chosen`` and ``is_ambiguous``: ambiguous pairs stand at the head
        of a record's list beside another person at the same strength, so none was chosen.
    """
    ranked = pairs.assign(rank=pairs["tier"].map({"B": 2, "C": 1}).fillna(0).astype(int))
    possible = ranked[ranked["rank"] > 0].sort_values(
        ["loose_no", "rank", "bits", "person_id"], ascending=[True, False, False, True], kind="stable"
    )
    best = possible.drop_duplicates(["loose_no", "person_id"])
    first = best.drop_duplicates("loose_no").set_index("loose_no")
    top_rank = best["loose_no"].map(first["rank"])
    top_bits = best["loose_no"].map(first["bits"])
    # in B any second person is one too many; in C the better evidence may decide
    close = (best["rank"] == top_rank) & ((best["rank"] == 2) | (best["bits"] > top_bits - MARGIN_BITS))
    rivals = best[close].groupby("loose_no").size()
    is_ambiguous = close & (best["loose_no"].map(rivals) > 1)
    is_first = best.index.isin(best.drop_duplicates("loose_no").index)
    return pairs.assign(
        is_chosen=pairs.index.isin(best.index[is_first & ~is_ambiguous]),
        is_ambiguous=pairs.index.isin(best.index[is_ambiguous]),
    )


def choose_in_turn(pairs: pd.DataFrame) -> pd.DataFrame:
    """Choose for the household register's own loose entries first, then for everybody else.

    Who is recognised behind an entry stands for it afterwards, so a payment that points to the
    entry and to the person points to one person, and not with more certainty than the entry does.

    Args:
        pairs: columns pair_no, loose_no, person_id, own_person_id (the record's own key), in_hukou, tier, bits.

    Returns:
        The pairs in order, with is_chosen, is_ambiguous and ``entry_id``, the person compared with.
    """
    is_entry = pairs["in_hukou"].to_numpy(dtype=bool)
    pairs = pairs.assign(entry_id=pairs["person_id"])
    entries = choose_links(pairs[is_entry])
    stands = entries[entries["is_chosen"]].drop_duplicates("own_person_id").set_index("own_person_id")
    others = pairs[~is_entry]
    doubtful = others["person_id"].map(stands["tier"]).eq("C") & others["tier"].eq("B")
    others = others.assign(
        tier=others["tier"].mask(doubtful, "C"),
        person_id=others["person_id"].map(stands["person_id"]).fillna(others["person_id"]),
    )
    return pd.concat([entries, choose_links(others)]).sort_values("pair_no", ignore_index=True)

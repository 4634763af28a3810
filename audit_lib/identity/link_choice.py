"""Which compared pairs of two files become links, and of which tier.

A: one valid number, and names that can be one person's. B: probability and uniqueness. The pair must
be the best of both its records with a margin to every runner-up (in a file that names people more than
once, only of the record that is looked up), and nothing may speak against it. Where one character of
the name was replaced by an unlike one the number has to help: that is how twins and siblings differ. Name,
village and sex alone are C, however rare the name: a stranger may be called so, too.
Who is linked stands in nobody's way any more: of two namesakes, one of whom is found, the other is left.
C: likely, for review.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from audit_lib.identity.comparators import FactLevel, NumberLevel, PlaceLevel
from audit_lib.identity.distinct import Codes, Flags
from audit_lib.identity.link_compare import Bits, Compared
from audit_lib.identity.link_records import Records
from audit_lib.identity.names import NameLevel
from audit_lib.identity.tiers import MARGIN_BITS
from audit_lib.identity.weights import probability

#: what a B link has by its own probability at least; that is cautious: fewer than one in a thousand was wrong
LEAST_B = 0.90
LEAST_C = 0.50
#: number bits from which two unequal numbers are one with slips
LIKE_BITS = 3.0
#: number bits from which the end of a number really names somebody (three digits)
NAMING_BITS = 8.0
#: a pair of records that stand for more pairs of rows than this is no C: nobody could review it
MOST_REVIEWED = 100
_ROUNDS = 3


@dataclass(frozen=True)
class Repeats:
    """Whether a file names people more than once (a list of payments), or is a register."""

    left: bool
    right: bool


def allow_b(compared: Compared) -> Flags:
    """Pairs whose kind of evidence can carry tier B."""
    levels = compared.levels
    number, name = levels["number"].to_numpy(), levels["name"].to_numpy()
    born = levels["birth"].to_numpy() == FactLevel.EQUAL
    village = levels["place"].to_numpy() == PlaceLevel.VILLAGE
    # a masked or cut number with more than a slip fits nothing; name, birth date and village outweigh it
    against = (number == NumberLevel.DIFFERENT) & (compared.number_bits < LIKE_BITS)
    against &= ~(born & village & (name >= NameLevel.FORMER) & ~compared.far)
    against |= levels["sex"].to_numpy() == FactLevel.DIFFERENT
    against |= (levels["birth"].to_numpy() == FactLevel.DIFFERENT) & ~compared.birth_slip
    against |= levels["place"].to_numpy() == PlaceLevel.DIFFERENT
    named = name >= NameLevel.MASKED
    named &= ~compared.replaced | (compared.number_bits >= NAMING_BITS)
    # a slip in the birth date and in the name at once is another child of the family
    named &= ~compared.birth_slip | (name >= NameLevel.FORMER) | (compared.number_bits >= NAMING_BITS)
    # name, village and sex are shared by namesakes: one thing more has to agree
    helped = (
        born | compared.birth_slip | (compared.phone == FactLevel.EQUAL) | (compared.number_bits >= LIKE_BITS)
    )
    for fact in ("household", "account"):
        helped |= levels[fact].to_numpy() == FactLevel.EQUAL
    return np.asarray(named & helped & ~against, dtype=np.bool_)


@dataclass(frozen=True)
class Choice:
    """Chosen pairs: positions in the compared ones, their tier and probability; and likely ones too many to list."""

    at: Codes
    tier: npt.NDArray[np.object_]
    probability: Bits
    unlisted: int


def choose_pairs(
    records: Records, left_no: Codes, right_no: Codes, bits: Bits, may_b: Flags, repeats: Repeats
) -> Choice:
    """Choose links among compared pairs.

    Args:
        records: both files' records.
        left_no: position of each pair's left record.
        right_no: position of its right record.
        bits: worth of its evidence.
        may_b: whether its kind of evidence can carry tier B.
        repeats: which files name people more than once.
    """
    bits = np.round(bits, 6)
    chance = probability(bits)
    rows = [
        side.columns["row_count"].to_numpy()[no]
        for side, no in ((records.left, left_no), (records.right, right_no))
    ]
    # several rows saying the same about nobody in particular are namesakes in a register
    crowded = (not repeats.left) & (rows[0] > 1) | (not repeats.right) & (rows[1] > 1)
    able = may_b & ~crowded & (chance >= LEAST_B)
    is_b, best = link_in_rounds(left_no, right_no, bits, able, repeats)
    left_over = best & ~is_b
    is_c = left_over & (chance >= LEAST_C)
    many = is_c & (rows[0] * rows[1] > MOST_REVIEWED)
    tier = np.where(is_b, "B", np.where(is_c & ~many, "C", "")).astype(object)
    at = np.flatnonzero(tier != "")
    return Choice(at, tier[at], chance[at], int(many.sum()))


def link_in_rounds(
    left_no: Codes, right_no: Codes, bits: Bits, able: Flags, repeats: Repeats
) -> tuple[Flags, Flags]:
    """Link pairs that stand out among those of both records; then those that stand out without the linked ones.

    Returns:
        Which pairs are linked, and which are the best ones of records that nobody took.
    """
    is_linked, best = np.zeros(len(bits), dtype=np.bool_), np.zeros(len(bits), dtype=np.bool_)
    left_over = np.ones(len(bits), dtype=np.bool_)
    for _ in range(_ROUNDS):
        open_pairs = np.flatnonzero(left_over)
        alone, first = _stand_out(left_no[open_pairs], right_no[open_pairs], bits[open_pairs], repeats)
        best[open_pairs] = first
        found = open_pairs[alone & able[open_pairs]]
        if not len(found):
            break
        is_linked[found] = True
        taken = np.zeros(len(bits), dtype=np.bool_)
        if not repeats.right:
            taken |= _holds(left_no, left_no[found])
        if not repeats.left:
            taken |= _holds(right_no, right_no[found])
        left_over &= ~taken & ~is_linked
    return is_linked, best & (left_over | is_linked)


def _holds(numbers: Codes, taken: Codes) -> Flags:
    flags = np.zeros(int(numbers.max(initial=0)) + 1, dtype=np.bool_)
    flags[taken] = True
    return flags[numbers]


def _stand_out(left_no: Codes, right_no: Codes, bits: Bits, repeats: Repeats) -> tuple[Flags, Flags]:
    """Which pairs are best of their records with a margin, and which are best."""
    alone, best = np.ones(len(bits), dtype=np.bool_), np.ones(len(bits), dtype=np.bool_)
    for numbers, opposite_repeats in ((left_no, repeats.right), (right_no, repeats.left)):
        if opposite_repeats and not (repeats.left and repeats.right):
            continue
        first, second = _two_best(numbers, bits)
        is_first = bits >= first - 1e-9
        best &= is_first
        if not opposite_repeats:
            alone &= bits >= np.where(is_first, second, first) + MARGIN_BITS
    return alone & best, best


def _two_best(numbers: Codes, bits: Bits) -> tuple[Bits, Bits]:
    """For each pair the best and second-best bits among the pairs of its record on one side."""
    order = np.lexsort((-bits, numbers))
    ranked = numbers[order]
    starts = np.flatnonzero(np.concatenate([[True], ranked[1:] != ranked[:-1]])) if len(order) else order
    sizes = np.diff(np.concatenate([starts, [len(order)]]))
    best = bits[order[starts]]
    runner = np.full(len(starts), -60.0)
    several = sizes > 1
    runner[several] = bits[order[starts[several] + 1]]
    first, second = np.empty(len(bits)), np.empty(len(bits))
    first[order], second[order] = np.repeat(best, sizes), np.repeat(runner, sizes)
    return first, second

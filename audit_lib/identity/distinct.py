"""Distinct names and numbers as matrices of characters, so that whole columns of pairs are compared at once.

A column of a million rows has far fewer different spellings; a pair is then two positions in their list.
What the levels mean stands in ``names`` and ``comparators``; here is only the fast way to the same answer.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import numpy.typing as npt
from rapidfuzz.distance import OSA
from rapidfuzz.process import cpdist

from audit_lib.identity.names import (
    COMPOUND_SURNAMES,
    HIDDEN,
    UNREADABLE,
    NameLevel,
    confusable,
    readings,
    relate,
)
from audit_lib.identity.numbers import LENGTH, NumberLevel

Codes = npt.NDArray[np.int64]
Levels = npt.NDArray[np.int8]
Flags = npt.NDArray[np.bool_]
Keys = npt.NDArray[np.uint64]

#: names of more characters are compared one pair at a time
WIDTH = 8
_PRIME = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Names:
    """Distinct names in their plain spelling.

    Attributes:
        texts: the names; no two alike.
        characters: code points, shape (names, ``WIDTH``), 0 beyond the end.
        lengths: characters of each name, also beyond ``WIDTH``.
    """

    texts: npt.NDArray[np.object_]
    characters: npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Names:
        """Take apart distinct texts."""
        objects = np.array([*texts, ""], dtype=object)[:-1]
        fixed = np.array([*(text.replace("\0", "") for text in texts), ""], dtype=f"U{WIDTH}")[:-1]
        characters = np.ascontiguousarray(fixed).view(np.uint32).reshape(len(fixed), WIDTH)
        return cls(objects, characters, np.fromiter(map(len, texts), np.int64, len(objects)))

    @cached_property
    def family(self) -> Keys:
        """A key of each surname, 0 for no name."""
        first = self.characters[:, 0].astype(np.uint64)
        pair = first | self.characters[:, 1].astype(np.uint64) << np.uint64(21)
        compound = np.array([ord(s[0]) | ord(s[1]) << 21 for s in sorted(COMPOUND_SURNAMES)], dtype=np.uint64)
        return np.asarray(
            np.where((self.lengths > 2) & np.isin(pair, compound), pair, first), dtype=np.uint64
        )

    @cached_property
    def given(self) -> Keys:
        """A key of what follows the surname, 0 when nothing does."""
        rest = self.characters.copy()
        rest[:, 0] = 0
        rest[self.family >= np.uint64(1 << 21), 1] = 0
        return _mix(rest)

    @cached_property
    def sound(self) -> Keys:
        """A key of the tone-less reading: homophones meet; a character of several readings takes its first."""
        distinct, inverse = np.unique(self.characters, return_inverse=True)
        sounds = [min(readings(chr(c))) if c else "" for c in distinct.tolist()]
        numbers = {sound: at for at, sound in enumerate(sorted(set(sounds)))}
        of = np.array([numbers[sound] for sound in sounds], dtype=np.uint32)
        return _mix(of[inverse].reshape(self.characters.shape))

    @cached_property
    def last(self) -> Keys:
        """The last character (of the first ``WIDTH``)."""
        at = np.clip(self.lengths, 1, WIDTH) - 1
        return self.characters[np.arange(len(at)), at].astype(np.uint64)

    @cached_property
    def start(self) -> Keys:
        """The first two characters."""
        return self.characters[:, 0].astype(np.uint64) << np.uint64(21) | self.characters[:, 1].astype(
            np.uint64
        )

    @cached_property
    def is_hidden(self) -> Flags:
        """Whether something of the name is hidden on purpose."""
        return np.array([HIDDEN in text for text in self.texts], dtype=np.bool_)

    def levels(self, one: Codes, other: Codes) -> Levels:
        """``NameLevel`` of pairs of positions."""
        levels = np.full(len(one), NameLevel.EQUAL, dtype=np.int8)
        masked = np.flatnonzero((one == other) & self.is_hidden[one])
        levels[masked] = self._odd_levels(one[masked], other[masked])
        odd = self.is_hidden | (self.lengths > WIDTH)
        at = np.flatnonzero((one != other) & (self.lengths[one] > 0) & (self.lengths[other] > 0))
        is_odd = odd[one[at]] | odd[other[at]]
        plain = at[~is_odd]
        levels[plain] = self._plain_levels(one[plain], other[plain])
        at = at[is_odd]
        levels[at] = self._odd_levels(one[at], other[at])
        levels[(self.lengths[one] == 0) | (self.lengths[other] == 0)] = NameLevel.MISSING
        return levels

    def _odd_levels(self, one: Codes, other: Codes) -> Levels:
        pairs, inverse = np.unique(
            np.minimum(one, other) * len(self.texts) + np.maximum(one, other), return_inverse=True
        )
        found = [
            relate(self.texts[p // len(self.texts)], self.texts[p % len(self.texts)]) for p in pairs.tolist()
        ]
        return np.array(found, dtype=np.int8)[inverse] if len(pairs) else np.empty(0, dtype=np.int8)

    def _plain_levels(self, one: Codes, other: Codes) -> Levels:
        """Of unequal names without stars."""
        a, b = self.characters[one], self.characters[other]
        length, other_length = self.lengths[one], self.lengths[other]
        apart = a != b
        count = apart.sum(axis=1)
        alike = length == other_length
        swapped = (apart[:, :-1] & apart[:, 1:] & (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1])).any(
            axis=1
        )
        similar = alike & self._all_confusable(a, b, apart & alike[:, None])
        unreadable = (a == ord(UNREADABLE)).any(axis=1) | (b == ord(UNREADABLE)).any(axis=1)
        similar &= (count < length) | ~unreadable
        near = alike & ((count == 1) | (count == 2) & swapped)
        shifted = np.flatnonzero(np.abs(length - other_length) == 1)
        near[shifted] = _one_more(a[shifted], b[shifted], length[shifted], other_length[shifted])
        near &= np.minimum(length, other_length) >= 2
        families = self.family[one] == self.family[other]
        levels = np.where(families, NameLevel.SURNAME, NameLevel.DIFFERENT).astype(np.int8)
        levels[near] = NameLevel.ONE_CHARACTER
        # of two names of two characters, another surname is another family
        levels[near & alike & (length == 2) & apart[:, 0]] = NameLevel.DIFFERENT
        levels[similar] = NameLevel.SIMILAR
        return levels

    def _all_confusable(self, a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], apart: Flags) -> Flags:
        at, place = np.nonzero(apart)
        one, other = a[at, place].astype(np.int64), b[at, place].astype(np.int64)
        pairs, inverse = np.unique(np.minimum(one, other) << 21 | np.maximum(one, other), return_inverse=True)
        taken = np.array(
            [confusable(chr(p >> 21), chr(p & 0x1FFFFF)) for p in pairs.tolist()], dtype=np.bool_
        )
        every = np.ones(len(a), dtype=np.bool_)
        if len(pairs):
            every[at[~taken[inverse]]] = False
        return every


@dataclass(frozen=True)
class Numbers:
    """Distinct numbers: 18 characters with ``*`` where hidden; other lengths as written.

    Attributes:
        texts: the numbers; no two alike.
        characters: ASCII codes, shape (numbers, 18), 0 in numbers of other lengths.
        lengths: characters of each.
    """

    texts: npt.NDArray[np.bytes_]
    characters: npt.NDArray[np.uint8]
    lengths: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: Sequence[str]) -> Numbers:
        """Take apart distinct texts."""
        encoded = np.array([*(text.encode() for text in texts), b""], dtype=bytes)[:-1]
        lengths = np.char.str_len(encoded).astype(np.int64)
        fixed = np.where(lengths == LENGTH, encoded, b"").astype(f"S{LENGTH}")
        return cls(
            encoded, np.frombuffer(fixed.tobytes(), dtype=np.uint8).reshape(len(fixed), LENGTH), lengths
        )

    def levels(self, one: Codes, other: Codes) -> Levels:
        """``NumberLevel`` of pairs of positions."""
        levels = np.full(len(one), NumberLevel.DIFFERENT, dtype=np.int8)
        length, other_length = self.lengths[one], self.lengths[other]
        missing = (length == 0) | (other_length == 0)
        aligned = np.flatnonzero((length == LENGTH) & (other_length == LENGTH))
        levels[aligned] = self._aligned_levels(one[aligned], other[aligned])
        shifted = np.flatnonzero(~missing & (length != other_length))
        if len(shifted):
            slips = cpdist(
                self.texts[one[shifted]].tolist(), self.texts[other[shifted]].tolist(), scorer=OSA.distance,
                score_cutoff=1,
            )  # fmt: skip
            levels[shifted[slips <= 1]] = NumberLevel.ONE_DIGIT
        odd = np.flatnonzero((one == other) & ~missing & (length != LENGTH))
        levels[odd] = NumberLevel.EQUAL
        levels[missing] = NumberLevel.MISSING
        return levels

    def _aligned_levels(self, one: Codes, other: Codes) -> Levels:
        a, b = self.characters[one], self.characters[other]
        apart, hidden = visible_apart(a, b)
        count = apart.sum(axis=1)
        whole = ~hidden.any(axis=1)
        cut = ~hidden[:, :15].any(axis=1) & ~whole
        conditions = [
            (count == 0) & whole, (count == 0) & cut, count == 0, (count == 2) & whole & neighbours_swapped(a, b, apart),
            (count == 1) & whole, (count == 2) & whole,
        ]  # fmt: skip
        names = [
            NumberLevel.EQUAL, NumberLevel.CUT, NumberLevel.MASKED, NumberLevel.TRANSPOSED,
            NumberLevel.ONE_DIGIT, NumberLevel.TWO_DIGITS,
        ]  # fmt: skip
        return np.select(conditions, [int(n) for n in names], int(NumberLevel.DIFFERENT)).astype(np.int8)


def visible_apart(a: npt.NDArray[np.uint8], b: npt.NDArray[np.uint8]) -> tuple[Flags, Flags]:
    """Where two matrices of numbers differ, and where either is hidden."""
    hidden = (a == ord(HIDDEN)) | (b == ord(HIDDEN))
    return (a != b) & ~hidden, hidden


def neighbours_swapped(a: npt.NDArray[np.uint8], b: npt.NDArray[np.uint8], apart: Flags) -> Flags:
    """Whether two neighbours are exchanged somewhere."""
    there = apart[:, :-1] & apart[:, 1:] & (a[:, :-1] == b[:, 1:]) & (a[:, 1:] == b[:, :-1])
    return np.asarray(there.any(axis=1), dtype=np.bool_)


def _one_more(
    a: npt.NDArray[np.uint32], b: npt.NDArray[np.uint32], length: Codes, other_length: Codes
) -> Flags:
    """Whether one name is the other with a character left out."""
    a_longer = (length > other_length)[:, None]
    short, long = np.where(a_longer, b, a), np.where(a_longer, a, b)
    shortest = np.minimum(length, other_length)
    beyond = np.arange(WIDTH - 1) >= shortest[:, None]
    head = np.cumprod((short[:, :-1] == long[:, :-1]) & ~beyond, axis=1).sum(axis=1)
    tail = np.cumprod(((short[:, :-1] == long[:, 1:]) | beyond)[:, ::-1], axis=1).sum(axis=1)
    return np.asarray(head + tail - (WIDTH - 1 - shortest) >= shortest, dtype=np.bool_)


def _mix(columns: npt.NDArray[np.uint32]) -> Keys:
    """One key of each row of numbers; 0 for a row of zeros."""
    key = np.zeros(len(columns), dtype=np.uint64)
    for column in columns.T:
        key = (key ^ column.astype(np.uint64)) * _PRIME
        key ^= key >> np.uint64(29)
    key[~columns.any(axis=1)] = 0
    return key


def mix_keys(*parts: npt.NDArray[np.generic]) -> Keys:
    """One key of several columns of whole numbers."""
    key = np.zeros(len(parts[0]), dtype=np.uint64)
    for part in parts:
        key = (key ^ part.astype(np.uint64)) * _PRIME
        key ^= key >> np.uint64(31)
    return key


def sort_distinct(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Distinct values in order: sorting is several times faster here than the hashing of ``numpy.unique``."""
    ordered = np.sort(values)
    return ordered[np.concatenate([[True], ordered[1:] != ordered[:-1]])] if len(ordered) else ordered


def number_distinct(values: npt.NDArray[Any]) -> tuple[Codes, Codes]:
    """Positions of the first of each distinct value, in the order of the values, and each value's place among them."""
    order = np.argsort(values, kind="stable")
    ordered = values[order]
    is_new = (
        np.concatenate([[True], ordered[1:] != ordered[:-1]]) if len(order) else np.empty(0, dtype=np.bool_)
    )
    places = np.empty(len(values), dtype=np.int64)
    places[order] = np.cumsum(is_new) - 1
    return order[is_new], places

"""Identity numbers of two files as they were written, read a column at a time.

Most are 18 characters: valid, with a slip, cut by a spreadsheet or with the middle hidden. Those are judged
as a matrix; everything else goes through ``idnum`` and ``numbers`` one by one. One ending in 000 has been
cut, though one in eleven of those passes the check.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib import idnum
from audit_lib.identity.distinct import Codes, Flags, Keys, Numbers, mix_keys
from audit_lib.identity.numbers import LENGTH, read_number

_WEIGHTS = np.array(idnum.WEIGHTS, dtype=np.int16)
_CHECK = np.frombuffer(idnum.CHECK_CHARACTERS.encode(), dtype=np.uint8)
_LAST_DAY = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
_PLAIN = r"^(?:[0-9]{17}[0-9X]|[0-9]{6}\*{8}[0-9]{3}[0-9X])$"
_PLAIN_OR_EMPTY = r"^(?:[0-9]{17}[0-9X]|[0-9]{6}\*{8}[0-9]{3}[0-9X])?$"
_STAR = ord("*")


class Kind(IntEnum):
    """What is written in place of a number."""

    NONE = 0
    VALID = 1
    FULL = 2
    MASKED = 3
    CUT = 4


@dataclass(frozen=True)
class ReadNumbers:
    """Distinct numbers (position 0 is nothing), and what each says.

    Attributes:
        numbers: their patterns.
        kind: ``Kind`` of each.
        birth: YYYYMMDD as a whole number, 0 when it says none.
        sex: 1 男, 2 女, 0 not known.
    """

    numbers: Numbers
    kind: npt.NDArray[np.int8]
    birth: npt.NDArray[np.int32]
    sex: npt.NDArray[np.int8]

    def keys(self, at: Codes, *places: int) -> Keys:
        """Keys of the characters at some places (first = 0) of the numbers at some positions."""
        shown = np.zeros(LENGTH, dtype=np.uint8)
        shown[list(places)] = 0xFF
        words = np.zeros((len(at), 24), dtype=np.uint8)
        words[:, :LENGTH] = self.numbers.characters[at] & shown
        return mix_keys(*words.view(np.uint64).T)


def read_numbers(written: pa.Array) -> tuple[ReadNumbers, Codes]:
    """Read a column; returns what its distinct numbers say, and the position of each row's number."""
    written = _tidied(written)
    is_plain = np.asarray(pc.match_substring_regex(written, _PLAIN))
    patterns = np.zeros((len(written), LENGTH + 1), dtype=np.uint8)
    plain = _characters(written.filter(pa.array(is_plain)))
    cut = (plain[:, 15:] == ord("0")).all(axis=1) & (plain[:, 6] != _STAR)
    plain[cut, 15:] = _STAR
    patterns[is_plain, :LENGTH] = plain
    odd = written.filter(pa.array(~is_plain)).dictionary_encode()
    spelt = np.array(
        [*(_pattern(text).encode() for text in odd.dictionary.to_pylist()), b""], f"S{LENGTH + 1}"
    )
    fixed = np.frombuffer(spelt.tobytes(), dtype=np.uint8).reshape(len(spelt), LENGTH + 1)
    patterns[~is_plain] = fixed[np.asarray(odd.indices).astype(np.int64)]
    with_none = np.concatenate([np.zeros((1, LENGTH + 1), dtype=np.uint8), patterns])
    words = np.zeros((len(with_none), 24), dtype=np.uint8)
    words[:, : LENGTH + 1] = with_none
    keys = mix_keys(*words.view(np.uint64).T)
    keys[~with_none.any(axis=1)] = 0
    _, first, code = np.unique(keys, return_index=True, return_inverse=True)
    return _judge(with_none[first]), code[1:]


def _tidied(written: pa.Array) -> pa.Array:
    """Without blanks, full width and small x, where a number has them."""
    odd = pc.invert(pc.match_substring_regex(written, _PLAIN_OR_EMPTY))
    tidy = pc.utf8_upper(pc.utf8_normalize(written.filter(odd), "NFKC"))
    return pc.replace_with_mask(written, odd, pc.replace_substring_regex(tidy, r"[\s'’]", ""))


def _characters(texts: pa.Array) -> npt.NDArray[np.uint8]:
    """A matrix of texts that are all of 18 ASCII characters."""
    fixed = pc.cast(pc.cast(texts, pa.binary()), pa.binary(LENGTH))
    if not len(fixed):
        return np.empty((0, LENGTH), dtype=np.uint8)
    content = np.frombuffer(fixed.buffers()[1], dtype=np.uint8)
    start = fixed.offset * LENGTH
    return content[start : start + len(fixed) * LENGTH].reshape(len(fixed), LENGTH).copy()


def _pattern(written: str) -> str:
    """The pattern of one number written otherwise, empty when it says nothing."""
    valid = idnum.canonical(written) or ""
    if valid:
        return valid[:15] + "***" if valid.endswith("000") else valid
    return read_number(written).pattern


def _judge(patterns: npt.NDArray[np.uint8]) -> ReadNumbers:
    length = (patterns != 0).sum(axis=1)
    is_whole = length == LENGTH
    characters = np.where(is_whole[:, None], patterns[:, :LENGTH], 0).astype(np.uint8)
    digits = characters.astype(np.int16) - 48
    known = characters != _STAR
    birth = _births(digits)
    kind = np.where(length == 0, Kind.NONE, Kind.FULL).astype(np.int8)
    kind[is_whole & ~known.all(axis=1)] = Kind.MASKED
    kind[is_whole & known[:, :15].all(axis=1) & ~known[:, 15:].any(axis=1)] = Kind.CUT
    sound = is_whole & (birth > 0) & ((digits[:, :17] >= 0) & (digits[:, :17] <= 9)).all(axis=1)
    right_check = _CHECK[np.where(sound, digits[:, :17] @ _WEIGHTS, 0) % 11] == characters[:, 17]
    sound = np.asarray(sound & right_check, dtype=np.bool_)
    kind[sound] = Kind.VALID
    sex = np.where(digits[:, 16] % 2 == 1, 1, 2).astype(np.int8)
    sex[~is_whole | (digits[:, 16] < 0) | (digits[:, 16] > 9)] = 0
    texts = np.ascontiguousarray(patterns).view(f"S{LENGTH + 1}").ravel()
    return ReadNumbers(Numbers(texts, characters, length.astype(np.int64)), kind, birth.astype(np.int32), sex)


def _births(digits: npt.NDArray[np.int16]) -> npt.NDArray[np.int32]:
    born = digits[:, 6:14].astype(np.int32)
    written: Flags = np.all((born >= 0) & (born <= 9), axis=1)
    year = born[:, :4] @ np.array([1000, 100, 10, 1])
    month, day = born[:, 4:6] @ np.array([10, 1]), born[:, 6:] @ np.array([10, 1])
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last = _LAST_DAY[np.where(written & (month >= 1) & (month <= 12), month, 0)] - (~leap & (month == 2))
    real = written & (year >= 1880) & (year <= 2100) & (day >= 1) & (day <= last)
    return np.where(real, year * 10_000 + month * 100 + day, 0)

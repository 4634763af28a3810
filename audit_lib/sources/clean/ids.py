"""Identity numbers of a whole column at once; the meaning is ``audit_lib.idnum``'s.

Nine numbers in ten are 18 clean characters. Those are judged as a matrix; everything else goes
through ``idnum`` one by one, so both ways say the same.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib import idnum

#: check characters by the weighed sum of 17 digits
_CHECK = np.resize(np.frombuffer(idnum.CHECK_CHARACTERS.encode(), dtype=np.uint8), 9 * sum(idnum.WEIGHTS) + 1)
_DAYS = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31], dtype=np.int16)


def judge_ids(written: pa.Array) -> tuple[pa.Array, pa.Array]:
    """Canonical number (NULL unless valid) and ``idnum`` status of each written number."""
    sound = _plainly_valid(written)
    rest = [str(text) for text in written.filter(pa.array(~sound)).to_pylist()]
    numbers = pc.if_else(pa.array(sound), written, pa.scalar(None, pa.string()))
    statuses = pc.if_else(pa.array(sound), pa.scalar("valid"), pa.scalar(None, pa.string()))
    if rest:
        other = pa.array(~sound)
        numbers = pc.replace_with_mask(
            numbers, other, pa.array([idnum.canonical(t) for t in rest], pa.string())
        )
        statuses = pc.replace_with_mask(
            statuses, other, pa.array([idnum.status(t) for t in rest], pa.string())
        )
    return numbers, statuses


def _plainly_valid(written: pa.Array) -> npt.NDArray[np.bool_]:
    """Which texts are 18 characters that form a valid number as they stand."""
    candidate = np.asarray(pc.equal(pc.binary_length(written), 18))
    chosen = written.filter(pa.array(candidate))
    if len(chosen) == 0:
        return candidate
    offsets = np.frombuffer(chosen.buffers()[1], dtype=np.int32)[chosen.offset : chosen.offset + 1]
    count = len(chosen)
    content = np.frombuffer(chosen.buffers()[2], dtype=np.uint8)[offsets[0] : offsets[0] + 18 * count]
    characters = content.reshape(count, 18)
    # what is no digit wraps round to 10 and above, and what is made of it is of no account
    unsigned = np.ascontiguousarray(characters.T[:17]) - np.uint8(48)
    sound = unsigned.max(axis=0) <= 9
    digits = unsigned.astype(np.int16)
    weighed = np.zeros(count, dtype=np.int16)
    for weight, digit in zip(idnum.WEIGHTS, digits, strict=True):
        weighed += np.int16(weight) * digit
    sound &= _CHECK[np.minimum(weighed, len(_CHECK) - 1)] == characters[:, 17]
    year = ((digits[6] * 10 + digits[7]) * 10 + digits[8]) * 10 + digits[9]
    month, day = (digits[i] * 10 + digits[i + 1] for i in (10, 12))
    leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
    last_day = _DAYS[np.where((month >= 1) & (month <= 12), month, 0)] + (leap & (month == 2))
    sound &= (year >= 1880) & (year <= 2100) & (day >= 1) & (day <= last_day)
    result = np.zeros(len(written), dtype=np.bool_)
    result[np.flatnonzero(candidate)] = sound
    return result

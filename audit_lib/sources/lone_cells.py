"""Cells of a lone file cleaned a column at a time.

Nine cells in ten are plain: Chinese characters, digits, a date in a usual form. Those are seen by pattern
for the whole column; the rest goes through the cleaners one by one, so both ways say the same.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.births import read_birth
from audit_lib.sources.clean.texts import clean_code, clean_name, clean_text
from audit_lib.sources.headers import normal_header

_PLAIN_NAME = r"^[\x{4e00}-\x{9fff}]{0,8}$"
_PLAIN_CODE = r"^[0-9A-Z]*$"
_PLAIN_TEXT = r"^[\x{4e00}-\x{9fff}0-9A-Z]*$"
_DATES = (
    r"^(?P<year>(?:19|20)[0-9]{2})-(?P<month>[0-9]{1,2})-(?P<day>[0-9]{1,2})$",
    r"^(?P<year>(?:19|20)[0-9]{2})/(?P<month>[0-9]{1,2})/(?P<day>[0-9]{1,2})$",
    r"^(?P<year>(?:19|20)[0-9]{2})\.(?P<month>[0-9]{1,2})\.(?P<day>[0-9]{1,2})$",
    r"^(?P<year>(?:19|20)[0-9]{2})年(?P<month>[0-9]{1,2})月(?P<day>[0-9]{1,2})日$",
    r"^(?P<year>(?:19|20)[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})$",
)
_LAST_DAY = np.array([0, 31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])


def clean_names(cells: pa.Array) -> pa.Array:
    """Names of people."""
    return _clean(cells, _PLAIN_NAME, clean_name)


def clean_codes(cells: pa.Array) -> pa.Array:
    """Household numbers, accounts, telephones."""
    return _clean(cells, _PLAIN_CODE, clean_code)


def clean_texts(cells: pa.Array) -> pa.Array:
    """Towns, villages, addresses."""
    return _clean(cells, _PLAIN_TEXT, clean_text)


def clean_sexes(cells: pa.Array) -> pa.Array:
    """男, 女, or what is written."""
    return pa.array([_sex(text) for text in cells.to_pylist()], pa.string())


def clean_births(cells: pa.Array) -> pa.Array:
    """``YYYY-MM-DD``, ``YYYY-MM`` or empty (``births.read_birth``)."""
    result = np.full(len(cells), "", dtype=object)
    left = np.ones(len(cells), dtype=np.bool_)
    for pattern in _DATES:
        found = pc.extract_regex(cells, pattern)
        at = np.flatnonzero(np.asarray(pc.is_valid(found)))
        parts = found.take(pa.array(at))
        year, month, day = (
            np.asarray(pc.cast(pc.struct_field(parts, name), pa.int64())) for name in ("year", "month", "day")
        )
        leap = (year % 4 == 0) & ((year % 100 != 0) | (year % 400 == 0))
        last = _LAST_DAY[np.where((month >= 1) & (month <= 12), month, 0)] + (leap & (month == 2))
        real = (day >= 1) & (day <= last)
        dates = np.char.add(np.char.mod("%04d-", year[real]), np.char.mod("%02d-", month[real]))
        result[at[real]] = np.char.add(dates, np.char.mod("%02d", day[real])).astype(object)
        left[at[real]] = False
    for odd in np.flatnonzero(left).tolist():
        result[odd] = read_birth(str(cells[odd].as_py()))
    return pa.array(result, pa.string())


def _clean(cells: pa.Array, plain: str, clean: Callable[[str], str]) -> pa.Array:
    odd = pc.invert(pc.match_substring_regex(cells, plain))
    dirty = cells.filter(odd)
    if not len(dirty):
        return cells
    return pc.replace_with_mask(cells, odd, pa.array([clean(t) for t in dirty.to_pylist()], pa.string()))


def _sex(text: str) -> str:
    written = normal_header(text)
    return {"1": "男", "2": "女", "M": "男", "F": "女", "男性": "男", "女性": "女"}.get(
        written.upper(), written
    )

"""Patterns over millions of cells: a cheap test first, the pattern only where that leaves a doubt."""

from __future__ import annotations

from collections.abc import Callable

import pyarrow as pa
import pyarrow.compute as pc

#: which cells of a string array pass
Test = Callable[[pa.Array], pa.Array]

#: ASCII letters and digits only, at least one; ASCII digits only, at least one
is_alphanumeric: Test = pc.ascii_is_alnum
is_decimal: Test = pc.ascii_is_decimal


def is_blank(cells: pa.Array) -> pa.Array:
    """Whether a cell is empty or blanks only."""
    return pc.or_(pc.equal(pc.binary_length(cells), 0), pc.utf8_is_space(cells))


def matches(pattern: str, *, certain: Test | None = None) -> Test:
    """Whether a pattern (RE2) is found; what passes ``certain`` is known to hold it."""
    if certain is None:
        return lambda cells: pc.match_substring_regex(cells, pattern)
    return lambda cells: _settle(cells, certain(cells), pattern, when=False)


def holds(pattern: str, *, maybe: Test) -> Test:
    """Whether a pattern (RE2) is found; what fails ``maybe`` is known not to hold it."""
    return lambda cells: _settle(cells, maybe(cells), pattern, when=True)


def contains(part: str) -> Test:
    """Whether a cell contains some characters."""
    return lambda cells: pc.match_substring(cells, part)


def is_not(test: Test) -> Test:
    """The contrary of a test."""
    return lambda cells: pc.invert(test(cells))


def _settle(cells: pa.Array, told: pa.Array, pattern: str, *, when: bool) -> pa.Array:
    """Replace the answers that are ``when`` by what the pattern says."""
    doubtful = told if when else pc.invert(told)
    if not pc.any(doubtful).as_py():
        return told
    found = pc.match_substring_regex(cells.filter(doubtful), pattern)
    return pc.replace_with_mask(told, doubtful, found)

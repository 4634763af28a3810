"""Records of a text file whose quotes do not pair: one unclosed quote must not swallow the file."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator

#: a cell may be as large as its file; the module's own limit would end the run over one
csv.field_size_limit(2**31 - 1)
#: a cell may run over this many lines; beyond it, the quote was never closed
_LONGEST_CELL_LINES = 20


def read_loosely(text: str, delimiter: str) -> Iterator[tuple[int, list[str], str]]:
    """Line number, cells and fault (empty when there is none) of each record.

    A quote counts only at the start of a cell. One that is not closed within a few lines is a fault
    of its own line, which is cut at every delimiter; the next line starts afresh.
    """
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        line = lines[at].removesuffix("\r")
        if '"' not in line:
            yield at + 1, line.split(delimiter), ""
            at += 1
            continue
        for used in range(1, min(_LONGEST_CELL_LINES, len(lines) - at) + 1):
            cells = _complete("\n".join(lines[at : at + used]).removesuffix("\r"), delimiter)
            if cells is not None:
                yield at + 1, cells, ""
                break
        else:
            used = 1
            if line.count('"') % 2:
                yield at + 1, line.split(delimiter), "引号未闭合"
            else:
                yield at + 1, next(csv.reader([line], delimiter=delimiter)), ""
        at += used


def _complete(text: str, delimiter: str) -> list[str] | None:
    """Cells of a text that is one whole record, None when a quote is still open at its end."""
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))
    except csv.Error:
        return None
    return records[0] if len(records) == 1 else None

"""Memory of cleaning: which cells came out different from how they were written, and why.

Per sheet and column every distinct changed cell is one *change* with the number of cells it stands for; cells
with a notable mark (see ``clean.marks``) are *flags*, row by row. Cells that came out as they were written
need no memory: the stored value is the raw one, and origin and raw file give every cell back.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import CellPairs, Cells, Mask
from audit_lib.sources.cheap_tests import contains, holds, is_not
from audit_lib.sources.clean import marks
from audit_lib.sources.readings import CODES, Reading
from audit_lib.tables import Column

_LONGEST = 500
CHANGE_SCHEMA = pa.schema(
    {"row": pa.int64(), "column_name": pa.string(), "raw": pa.string(), "cleaned": pa.string(),
     "flag": pa.string(), "cells": pa.int64()}
)  # fmt: skip
FLAG_SCHEMA = CHANGE_SCHEMA.remove(5)


@dataclass(frozen=True)
class Memory:
    """Changes (``CHANGE_SCHEMA``, ``row`` is the first such row) and flags (``FLAG_SCHEMA``) of some columns."""

    changes: pa.Table
    flags: pa.Table

    @classmethod
    def of(cls, parts: list[Memory]) -> Memory:
        """Put the memories of columns or sheets together."""
        return cls(
            pa.concat_tables([CHANGE_SCHEMA.empty_table(), *(part.changes for part in parts)]),
            pa.concat_tables([FLAG_SCHEMA.empty_table(), *(part.flags for part in parts)]),
        )

    @classmethod
    def joined(cls, parts: list[Memory]) -> Memory:
        """Put the memories of consecutive rows together: a cell that both have changed is one change."""
        both = cls.of(parts)
        changes = both.changes.group_by(["column_name", "raw", "cleaned", "flag"], use_threads=False)
        counted = changes.aggregate([("row", "min"), ("cells", "sum")])
        counted = counted.rename_columns({"row_min": "row", "cells_sum": "cells"}).select(CHANGE_SCHEMA.names)
        return cls(_by_column(counted).cast(CHANGE_SCHEMA), _by_column(both.flags))


def _by_column(lines: pa.Table) -> pa.Table:
    """Lines of one column after the other, each in the order of their rows."""
    column = lines["column_name"].combine_chunks().dictionary_encode().indices
    ranked = lines.append_column("rank", column)
    return ranked.sort_by([("rank", "ascending"), ("row", "ascending")]).drop_columns(["rank"])


def remember(
    column: Column, reading: Reading, rows: npt.NDArray[np.int64], unit: str, *, cut_at_16: bool = False
) -> list[Memory]:  # fmt: skip
    """What cleaning did to a column: one memory, or none when it did nothing worth a word.

    Args:
        column: the canonical column.
        reading: the column as read, with its distinct cells.
        rows: the row number of every row.
        unit: unit of the amounts.
        cut_at_16: its numbers of 16 digits end in 0 throughout (see ``cut_numbers``).
    """
    cells = reading.cells
    if cells is None or len(rows) == 0:
        return []
    distinct = len(cells.distinct if isinstance(cells, Cells) else cells.pairs)
    plain = isinstance(cells, Cells) and cells.plain
    counts = np.ones(distinct, dtype=np.int64) if plain else np.bincount(cells.codes, minlength=distinct)
    found = [
        entry
        for entry in _marked(column, cells, reading, unit, cut_at_16=cut_at_16)
        if entry[3] and counts[entry[0]]
    ]
    if not found:
        return []
    first = rows if plain else np.zeros(distinct, dtype=np.int64)
    if not plain:
        first[cells.codes[::-1]] = rows[::-1]
    ats = np.array([entry[0] for entry in found], dtype=np.int64)
    changes = pa.table(
        [first[ats], [column.caption] * len(found), [_short(entry[1]) for entry in found],
         [_short(entry[2]) for entry in found], [entry[3] for entry in found], counts[ats]],
        schema=CHANGE_SCHEMA,
    )  # fmt: skip
    memory = Memory(changes, _each_row(changes, found, cells.codes, rows, distinct))
    return [Memory.joined([memory]) if plain else memory]


def _each_row(
    changes: pa.Table, found: list[tuple[int, str, str | None, str]], codes: npt.NDArray[np.int64],
    rows: npt.NDArray[np.int64], distinct: int,
) -> pa.Table:  # fmt: skip
    """One line per row whose cell has a notable mark."""
    line_of = np.full(distinct, -1, dtype=np.int64)
    for line, (at, _, _, flag) in enumerate(found):
        if flag in marks.NOTABLE:
            line_of[at] = line
    lines = line_of[codes]
    chosen = np.flatnonzero(lines >= 0)
    noted = changes.drop_columns(["row", "cells"]).take(pa.array(lines[chosen]))
    return noted.add_column(0, "row", pa.array(rows[chosen], pa.int64())).cast(FLAG_SCHEMA)


def _short(text: str | None) -> str | None:
    if text is None or len(text) <= _LONGEST:
        return text
    return f"{text[:_LONGEST]}…(共{len(text):,}字)"


Marked = tuple[int, str, str | None, str]


def _marked(
    column: Column, cells: Cells | CellPairs, reading: Reading, unit: str, *, cut_at_16: bool
) -> Iterator[Marked]:  # fmt: skip
    """Position, raw, cleaned and mark of the distinct cells that may have changed."""
    if isinstance(cells, CellPairs):
        yield from _marked_pairs(column, cells, reading)
        return
    raw, per_cell = cells.distinct, reading.per_cell
    blank = reading.blank_cells
    match column.type:
        case "text" | "name":
            mark: Callable[[str, str | None], str] = (
                marks.mark_name if column.type == "name"
                else partial(marks.mark_code, cut_at_16=cut_at_16) if column.name in CODES else marks.mark_text
            )  # fmt: skip
            values = per_cell[column.name]
            same = pc.fill_null(pc.equal(raw, values), pc.equal(raw, ""))
            suspect = _DOUBTFUL_NAME(raw) if column.type == "name" else _DAMAGED_NUMBER(raw)
            for at in np.flatnonzero(~np.asarray(same) | np.asarray(suspect)).tolist():
                written, cleaned = raw[at].as_py(), values[at].as_py()
                yield at, written, cleaned, mark(written, cleaned)
        case "id":
            values, statuses = per_cell["id_no"], per_cell["id_status"]
            for at in np.flatnonzero(~np.asarray(pc.fill_null(pc.equal(raw, values), False))).tolist():
                written, number = raw[at].as_py(), values[at].as_py()
                yield at, written, number, marks.mark_id(written, number, statuses[at].as_py())
        case "date":
            yield from _read_cells(raw, pc.cast(per_cell[column.name], pa.string()), blank, marks.mark_date)
        case "fen":
            fens = per_cell[f"{column.name}_fen"]
            plain = np.asarray(
                pc.match_substring_regex(raw, r"^-?\d+(\.\d{1,2})?$" if unit == "元" else "^$")
            ) & np.asarray(pc.is_valid(fens))
            for at in np.flatnonzero(~plain).tolist():
                written, fen = raw[at].as_py(), fens[at].as_py()
                yuan = (
                    None if fen is None else f"{'-' if fen < 0 else ''}{abs(fen) // 100}.{abs(fen) % 100:02d}"
                )
                yield at, written, yuan, marks.mark_amount(written, fen, unit, is_blank=bool(blank[at]))
        case "number" | "int":
            values = pc.cast(per_cell[column.name], pa.string())
            plain = np.asarray(pc.match_substring_regex(raw, r"^-?\d+(\.\d+)?$")) & np.asarray(
                pc.is_valid(values)
            )
            for at in np.flatnonzero(~plain).tolist():
                written, value = raw[at].as_py(), values[at].as_py()
                yield at, written, value, marks.mark_read(written, value, is_blank=bool(blank[at]))
        case "choice" | "item":
            values = per_cell["item_id" if column.type == "item" else column.name]
            word = marks.NO_ITEM if column.type == "item" else marks.UNREAD
            for at in np.flatnonzero(np.asarray(pc.is_null(values)) & ~blank).tolist():
                yield at, raw[at].as_py(), None, word


def _ends_long_in_0(cells: pa.Array) -> pa.Array:
    return pc.and_(pc.ends_with(cells, "0"), pc.greater_equal(pc.binary_length(cells), 16))


#: cells that may be damaged although cleaning left them as they are: letters missing, numbers cut
_DOUBTFUL_NAME = holds(r"[□?\x{E000}-\x{F8FF}\x{FFFD}]", maybe=is_not(pc.utf8_is_alpha))
_DAMAGED_NUMBER = holds(
    r"\dE\+?\d|^\d{15}0+$", maybe=lambda cells: pc.or_(_ends_long_in_0(cells), contains("E")(cells))
)


def _read_cells(raw: pa.Array, values: pa.Array, blank: Mask, mark: Callable[..., str]) -> Iterator[Marked]:
    same = np.asarray(pc.fill_null(pc.equal(raw, values), False))
    for at in np.flatnonzero(~same).tolist():
        written, value = raw[at].as_py(), values[at].as_py()
        yield at, written, value, mark(written, value, is_blank=bool(blank[at]))


def _marked_pairs(column: Column, cells: CellPairs, reading: Reading) -> Iterator[Marked]:
    per_cell = reading.per_cell
    if column.type == "place":
        towns, villages = per_cell["town_id"].to_pylist(), per_cell["village_id"].to_pylist()
        spelt = per_cell["village_raw"].to_pylist()
        for at, (town, village) in enumerate(cells.pairs):
            if villages[at] is None and spelt[at]:
                mark = marks.NO_VILLAGE if towns[at] or village.strip() else marks.NO_TOWN
                yield at, f"{town.strip()}|{village.strip() or spelt[at]}", towns[at], mark
        return
    firsts, lasts = per_cell[f"{column.name}_from"].to_pylist(), per_cell[f"{column.name}_to"].to_pylist()
    for at, (year, text) in enumerate(cells.pairs):
        raw = f"{year.strip()}|{text.strip()}" if year.strip() else text
        if firsts[at] is None:
            yield at, raw, None, "" if reading.blank_cells[at] else marks.UNREAD
            continue
        spans = [f"{month // 12}-{month % 12 + 1:02d}" for month in (firsts[at], lasts[at])]
        cleaned = spans[0] if spans[0] == spans[1] else "至".join(spans)
        is_own_year = not year.strip() or re.search(r"\d{4}", text)
        mark = marks.mark_read(text, cleaned, is_blank=False) if is_own_year else marks.YEAR_BESIDE
        yield at, raw, cleaned, mark

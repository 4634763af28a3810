"""The canonical types: distinct written cells → stored columns, with what was blank or unreadable."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.params import plain_class
from audit_lib.sources.cells import CellPairs, Cells, Mask, clean_where, mask_of
from audit_lib.sources.cheap_tests import contains, holds, is_alphanumeric, matches
from audit_lib.sources.clean.amounts import is_blank, read_fen, read_int, read_number
from audit_lib.sources.clean.choices import read_choice
from audit_lib.sources.clean.dates import NO_DAY, NO_RULE, DateRule, read_date, squeeze
from audit_lib.sources.clean.ids import judge_ids
from audit_lib.sources.clean.items import Items
from audit_lib.sources.clean.marks import ERROR_CELL
from audit_lib.sources.clean.periods import read_period_with_year
from audit_lib.sources.clean.places import Places
from audit_lib.sources.clean.texts import clean_code, clean_name, clean_text
from audit_lib.tables import Column

_HAN = r"\x{3400}-\x{9fff}"
_SOUND_NAME = matches(rf"^[{_HAN}]{{2,6}}$")
_SOUND_TEXT = matches(
    rf"^[0-9A-Za-z{_HAN}]([0-9A-Za-z{_HAN} \-./]*[0-9A-Za-z{_HAN}])?$", certain=is_alphanumeric
)
_SOUND_CLASS = matches(r"^[A-Z]$")
_UNSPACED = matches(r"^\S+$", certain=is_alphanumeric)
_SHOWS_ERROR = holds(rf"^\s*{ERROR_CELL}\s*$", maybe=contains("#"))
#: text columns that hold a number used as a name; blanks inside mean nothing
CODES = {
    "account_no",
    "replaced_by",
    "pay_no",
    "reissue_of",
    "batch_no",
    "phone",
    "uscc",
    "plate_no",
    "voucher_no",
}


@dataclass(frozen=True)
class Reading:
    """A column read.

    Attributes:
        stored: stored column → one value per row.
        blank: rows whose cell says nothing.
        unreadable: rows whose cell says something that cannot be read.
        cells: the distinct cells it was read from, for the memory of cleaning; None when they are not kept.
        per_cell: stored column → one value per distinct cell.
        blank_cells: distinct cells that say nothing.
    """

    stored: dict[str, pa.Array]
    blank: Mask
    unreadable: Mask
    cells: Cells | CellPairs | None = None
    per_cell: dict[str, pa.Array] = field(default_factory=dict)
    blank_cells: Mask = field(default_factory=lambda: np.zeros(0, dtype=np.bool_))


def _spread(
    cells: Cells | CellPairs,
    stored: dict[str, pa.Array],
    blank: Mask,
    unreadable: Mask,
    *,
    words: bool = False,
) -> Reading:
    """One value per row. ``words``: of many rows the texts may stay coded (``pa.DictionaryArray``)."""
    spread = cells.spread_words if words else cells.spread
    return Reading(
        {name: spread(values) for name, values in stored.items()},
        cells.spread_mask(blank),
        cells.spread_mask(unreadable),
        cells,
        stored,
        blank,
    )


def _nulls(values: pa.Array) -> Mask:
    return np.asarray(pc.is_null(values))


def read_texts(column: Column, cells: Cells, words: Mapping[str, str] | None = None) -> Reading:
    """``text``: trimmed, NFKC; numbers that are names lose their blanks; classes are spelt as standards are.

    Of a column with ``choices`` a word that is known, or that the source's ``words`` explain, is spelt as rules know it.
    """
    if column.name == "class":
        values = clean_where(cells.distinct, _SOUND_CLASS, lambda text: plain_class(clean_text(text)))
    elif column.name in CODES:
        values = clean_where(cells.distinct, is_alphanumeric, clean_code)
    else:
        values = clean_where(cells.distinct, _SOUND_TEXT, clean_text)
    if column.choices:
        known = [text and (read_choice(column, text, words) or text) for text in values.to_pylist()]
        values = pa.array(known, pa.string())
    return _without_errors(column, cells, values)


def _without_errors(column: Column, cells: Cells, values: pa.Array) -> Reading:
    """Text as read; what a spreadsheet shows for a failed formula is no text but unreadable."""
    blank = _nulls(values)
    errors = np.asarray(_SHOWS_ERROR(cells.distinct))
    if errors.any():
        values = pc.if_else(pa.array(errors), pa.scalar(None, pa.string()), values)
    return _spread(cells, {column.name: values}, blank & ~errors, errors, words=column.type == "text")


def read_names(column: Column, cells: Cells) -> Reading:
    """``name``: a person's name without blanks and remarks."""
    values = clean_where(cells.distinct, _SOUND_NAME, clean_name)
    return _without_errors(column, cells, values)


def read_ids(cells: Cells) -> Reading:
    """``id``: as written, canonical, status. A bad number is not unreadable: it is a finding."""
    numbers, statuses = judge_ids(cells.distinct)
    raw = clean_where(cells.distinct, _UNSPACED, str.strip)
    blank = np.asarray(pc.equal(statuses, "empty"))
    stored = {"id_raw": raw, "id_no": numbers, "id_status": statuses}
    return _spread(cells, stored, blank, np.zeros(len(raw), dtype=np.bool_))


def _read_each(
    cells: Cells, name: str, kind: pa.DataType, read: Callable[[str], Any], blank: Callable[[str], bool]
) -> Reading:
    written = cells.distinct.to_pylist()
    values = [read(text) for text in written]
    says_nothing = mask_of(
        [value is None and blank(text) for value, text in zip(values, written, strict=True)]
    )
    unreadable = mask_of([value is None for value in values]) & ~says_nothing
    return _spread(cells, {name: pa.array(values, kind)}, says_nothing, unreadable, words=kind == pa.string())


def read_fens(column: Column, cells: Cells, unit: str) -> Reading:
    """``fen``: written in ``unit``."""
    return _read_each(cells, f"{column.name}_fen", pa.int64(), lambda text: read_fen(text, unit), is_blank)


def read_dates(column: Column, cells: Cells, rule: DateRule = NO_RULE) -> Reading:
    """``date``: 长期, 至今 and the like say that there is no day."""
    return _read_each(
        cells,
        column.name,
        pa.date32(),
        lambda text: read_date(text, rule),
        lambda text: squeeze(text) in NO_DAY,
    )


def read_numbers(column: Column, cells: Cells) -> Reading:
    """``number``."""
    return _read_each(cells, column.name, pa.float64(), read_number, is_blank)


def read_ints(column: Column, cells: Cells) -> Reading:
    """``int``."""
    return _read_each(cells, column.name, pa.int32(), read_int, is_blank)


def read_choices(column: Column, cells: Cells, values: Mapping[str, str] | None = None) -> Reading:
    """``choice``: a written word → its value; a word nobody knows is unreadable (see ``clean.choices``)."""
    return _read_each(
        cells,
        column.name,
        pa.string(),
        lambda text: read_choice(column, text, values),
        lambda text: not clean_text(text),
    )


def read_items(cells: Cells, items: Items) -> Reading:
    """``item``: code and spelling; a spelling the catalogue does not have is unreadable."""
    reading = _read_each(cells, "item_id", pa.string(), items.find, lambda text: not clean_text(text))
    spelling = cells.spread_words(clean_where(cells.distinct, _SOUND_TEXT, clean_text))
    return replace(reading, stored=reading.stored | {"item_raw": spelling})


def read_periods(column: Column, text: Cells, year: Cells) -> Reading:
    """``period``: from one column, or from a year column and a month column."""
    pairs = CellPairs.of(year, text)
    spans = [read_period_with_year(y, t) for y, t in pairs.pairs]
    says_nothing = mask_of(
        [span is None and not squeeze(y + t) for span, (y, t) in zip(spans, pairs.pairs, strict=True)]
    )
    unreadable = mask_of([span is None for span in spans]) & ~says_nothing
    stored = {
        f"{column.name}_from": pa.array([span[0] if span else None for span in spans], pa.int32()),
        f"{column.name}_to": pa.array([span[1] if span else None for span in spans], pa.int32()),
    }
    return _spread(pairs, stored, says_nothing, unreadable)


def read_places(town: Cells, village: Cells, places: Places, fallback_town: str, sheet: str) -> Reading:
    """``place``: town and village cells; the path names the town and the sheet the village when cells do not."""
    pairs = CellPairs.of(town, village)
    found = [places.find(t.strip() or fallback_town, v.strip() or sheet) for t, v in pairs.pairs]
    spelling = [
        clean_text(v) or clean_text(sheet) or (clean_text(t) if town_id is None else "") or None
        for (t, v), (town_id, _) in zip(pairs.pairs, found, strict=True)
    ]
    missing = mask_of([village_id is None for _, village_id in found])
    empty = mask_of([not v.strip() and not sheet for _, v in pairs.pairs])
    stored = {
        "town_id": pa.array([town_id for town_id, _ in found], pa.string()),
        "village_id": pa.array([village_id for _, village_id in found], pa.string()),
        "village_raw": pa.array(spelling, pa.string()),
    }
    return _spread(pairs, stored, missing & empty, missing & ~empty, words=True)

"""Columns of days of which none can be read: said once for the column, with what its source may state about them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from audit_lib.sources.cells import Cells
from audit_lib.sources.clean.dates import DateRule, read_date, squeeze
from audit_lib.sources.readings import Reading
from audit_lib.tables import Column

#: from so many cells on, of which this share cannot be read, it is the column and not a cell
_LEAST, _NEARLY_ALL = 3, 0.95
_EXAMPLES = 3
_YEAR_ALONE = re.compile(r"(?:19|20)\d\d年?")
#: what to write for days with two-digit years, with what it means
STATE_SHORT_YEARS = "如为两位年份,请在 sources.yml 该条写 short_years_to: 30(00–30 为 20xx,31–99 为 19xx)"
_STATE_SERIALS = '如为表格软件的日期序列号,请在 sources.yml 该条写 serial_dates: "1900"'
_ASK_FOR_DAYS = "只有年份,没有月日,请报送单位补齐"
_LOOK = "请核对列对应得对不对,不对的在 sources.yml 的 columns 中改正"


@dataclass(frozen=True)
class DateCells:
    """Cells of a column of days: how many say something, how many of these cannot be read, and the first such ones."""

    filled: int
    unread: int
    examples: tuple[str, ...]

    @classmethod
    def of(cls, reading: Reading) -> DateCells:
        """Count a column as read."""
        unread = np.flatnonzero(reading.unreadable)
        first = unread[:_EXAMPLES].tolist() if isinstance(reading.cells, Cells) else []
        cells = tuple(reading.cells.at(row).strip() for row in first if isinstance(reading.cells, Cells))
        return cls(int((~reading.blank).sum()), len(unread), cells)

    def joined(self, later: DateCells) -> DateCells:
        """Together with the cells of later rows of the column."""
        examples = (*self.examples, *later.examples)[:_EXAMPLES]
        return DateCells(self.filled + later.filled, self.unread + later.unread, examples)


def count_dates(column: Column, reading: Reading) -> dict[str, DateCells]:
    """Caption and cells of a column of days, nothing for another column."""
    return {column.caption: DateCells.of(reading)} if column.type == "date" and reading.cells else {}


def join_dates(parts: Sequence[Mapping[str, DateCells]]) -> dict[str, DateCells]:
    """The cells of consecutive rows together."""
    joined: dict[str, DateCells] = {}
    for part in parts:
        for caption, cells in part.items():
            joined[caption] = joined[caption].joined(cells) if caption in joined else cells
    return joined


def unread_columns(dates: Mapping[str, DateCells]) -> Iterator[str]:
    """A sentence for each column that as a whole cannot be read."""
    for caption, cells in dates.items():
        if cells.unread >= max(_LEAST, _NEARLY_ALL * cells.filled):
            shown = "、".join(f"“{text}”" for text in dict.fromkeys(cells.examples))
            yield f"{caption}整列读不出({cells.unread}行,如{shown});{_remedy(cells.examples)}"


def _remedy(examples: Sequence[str]) -> str:
    if all(read_date(text, DateRule(short_years_to=99)) for text in examples):
        return STATE_SHORT_YEARS
    if all(read_date(text, DateRule(serials="1900")) for text in examples):
        return _STATE_SERIALS
    return _ASK_FOR_DAYS if all(_YEAR_ALONE.fullmatch(squeeze(text)) for text in examples) else _LOOK

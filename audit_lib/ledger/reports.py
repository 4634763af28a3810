"""What became of every row that came back: taken, incomplete, not understood — none disappears."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd

Outcome = Literal["已入账", "待补充", "不能识别", "重复", "未采用"]

#: outcomes somebody has to look at
TROUBLES: tuple[Outcome, ...] = ("待补充", "不能识别", "重复", "未采用")

_SHOWN = 10


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """A row of a delivered file, as its user sees it."""

    file: str
    sheet: str
    row: int

    @property
    def source(self) -> str:
        """The sheet, without the row."""
        return f"{self.file}:{self.sheet}"

    def __str__(self) -> str:
        return ":".join(part for part in (self.file, self.sheet, str(self.row)) if part)


@dataclass(frozen=True, slots=True)
class ImportEntry:
    """One delivered row and what became of it; ``is_new`` when it wrote an event."""

    place: Place
    outcome: Outcome
    finding_id: str = ""
    reason: str = ""
    is_new: bool = False


@dataclass(frozen=True)
class ImportReport:
    """An import: how many of what, and every row for imports of rows.

    ``str(report)`` is the summary for the terminal, ``table()`` everything.
    """

    caption: str
    counts: dict[str, int]
    entries: list[ImportEntry] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)

    @classmethod
    def of(cls, caption: str, entries: list[ImportEntry], notices: list[str]) -> ImportReport:
        """Report on delivered rows."""
        counted = Counter(entry.outcome for entry in entries)
        counts = {"收到": len(entries), "已入账": counted["已入账"]}
        counts["其中新增"] = sum(entry.is_new and entry.outcome == "已入账" for entry in entries)
        counts |= {outcome: counted[outcome] for outcome in TROUBLES if counted[outcome]}
        return cls(caption, counts, sorted(entries, key=lambda entry: entry.place), notices)

    @property
    def troubles(self) -> list[ImportEntry]:
        """Rows somebody has to look at."""
        return [entry for entry in self.entries if entry.outcome in TROUBLES]

    def table(self) -> pd.DataFrame:
        """Every delivered row: file, sheet, row, outcome, finding_id, reason, is_new."""
        columns = ["file", "sheet", "row", "outcome", "finding_id", "reason", "is_new"]
        return pd.DataFrame(
            [
                (entry.place.file, entry.place.sheet, entry.place.row,
                 entry.outcome, entry.finding_id, entry.reason, entry.is_new)
                for entry in self.entries
            ],
            columns=columns,
        )  # fmt: skip

    def __str__(self) -> str:
        head = f"{self.caption}:" + "、".join(f"{name}{count}" for name, count in self.counts.items())
        told = [f"  {entry.place} {entry.outcome}:{entry.reason}" for entry in self.troubles[:_SHOWN]]
        told += [
            f"  {entry.place} {entry.reason}"
            for entry in self.entries
            if entry.outcome == "已入账" and entry.reason
        ][:_SHOWN]
        told += [f"  {notice}" for notice in self.notices[:_SHOWN]]
        hidden = len(self.troubles) - _SHOWN
        if hidden > 0:
            told.append(f"  …另有{hidden}行待处理")
        return "\n".join([head, *told])

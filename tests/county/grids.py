"""What a delivered file looks like and what is true about it: rows as dicts, columns as headers with meaning."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

Row = dict[str, Any]
Cell = Any


@dataclass(frozen=True)
class Column:
    """A delivered column: header, what it is (canonical column, empty = belongs nowhere), cell of a row.

    ``also``: other canonical columns that would be right too. ``parent``: the merged cell above.
    ``answer``: what a person would write in sources.yml when that is not ``means``.
    """

    header: str
    means: str
    cell: str | Callable[[Row], Cell]
    also: tuple[str, ...] = ()
    parent: str = ""
    answer: str | None = None

    @property
    def meaning(self) -> str:
        """``means``, a place told as town or village."""
        if self.means != "place":
            return self.means
        return "镇" if self.cell == "town" else "村"

    def value(self, row: Row) -> Cell:
        """The cell."""
        return self.cell(row) if callable(self.cell) else row.get(self.cell)


@dataclass
class Sheet:
    """A sheet: titles above, one or two header rows, rows, totals and footers."""

    name: str
    columns: Sequence[Column]
    rows: list[Row]
    titles: list[list[Cell]] = field(default_factory=list)
    footers: list[list[Cell]] = field(default_factory=list)
    subtotal: Callable[[list[Row]], list[Cell]] | None = None
    group: str = ""
    repeat_every: int = 0
    code_row: list[str] | None = None
    hidden: bool = False
    counts: bool = True

    def header(self) -> list[Cell]:
        """The header row."""
        return [column.header for column in self.columns]

    def grid(self) -> tuple[list[list[Cell]], list[tuple[int, int, int, int]], int]:
        """Cells, merged ranges (row, column, last row, last column), and non-blank rows below the header."""
        cells = [list(line) for line in self.titles]
        width = len(self.columns)
        merges = [
            (index, 0, index, width - 1) for index, line in enumerate(cells) if len(line) == 1 and width > 1
        ]
        if any(column.parent for column in self.columns):
            top, start = [], len(cells)
            for index, column in enumerate(self.columns):
                before = self.columns[index - 1].parent if index else ""
                top.append(
                    column.parent if column.parent != before else None
                ) if column.parent else top.append(column.header)
            cells.append(top)
            cells.append([column.header if column.parent else None for column in self.columns])
            index = 0
            while index < width:
                if not self.columns[index].parent:
                    merges.append((start, index, start + 1, index))
                    index += 1
                    continue
                last = index
                while last + 1 < width and self.columns[last + 1].parent == self.columns[index].parent:
                    last += 1
                if last > index:
                    merges.append((start, index, start, last))
                index = last + 1
        else:
            if self.code_row:
                cells.append(list(self.code_row))
            cells.append(self.header())
        below = 0
        groups: dict[Any, list[Row]] = {}
        for row in self.rows:
            groups.setdefault(row.get(self.group) if self.group else "", []).append(row)
        written = 0
        for members in groups.values():
            for row in members:
                if self.repeat_every and written and written % self.repeat_every == 0:
                    cells.append(self.header())
                    below += 1
                cells.append([column.value(row) for column in self.columns])
                below += 1
                written += 1
            if self.subtotal and self.group:
                line = self.subtotal(members)
                line[0] = "小计"
                cells.append(line)
                below += 1
        if self.subtotal:
            cells.append(self.subtotal(self.rows))
            below += 1
        for footer in self.footers:
            cells.append(list(footer))
            below += 1
        return cells, merges, below


@dataclass
class Delivered:
    """A file of the delivery and its truth.

    ``decision``: ``use``, ``skip`` (duplicate, older version, litter) or ``reject`` (unreadable, cut numbers, no table).
    ``setting``: constants a person would have to state (register, source, channel, scheme, item).
    """

    path: str
    form: str
    sheets: list[Sheet]
    table: str = ""
    setting: dict[str, str] = field(default_factory=dict)
    decision: str = "use"
    why: str = ""
    raw: bytes | None = None
    unit: str = ""
    archive: str = ""
    item: str = ""

    def truth(self) -> dict[str, Any]:
        """What the judge compares with."""
        sheets = [
            {"name": sheet.name, "delivered": sheet.grid()[2], "kept": len(sheet.rows) if sheet.counts else 0, "counts": sheet.counts,
             "columns": [{"header": c.header, "parent": c.parent, "means": c.meaning, "also": list(c.also),
                          "answer": c.meaning if c.answer is None else c.answer} for c in sheet.columns]}
            for sheet in self.sheets
        ]  # fmt: skip
        amount = (
            sum(row["amount_fen"] for sheet in self.sheets if sheet.counts for row in sheet.rows)
            if self.table == "payment"
            else 0
        )
        path = f"{self.archive}/{self.path}" if self.archive else self.path
        return {"path": path, "table": self.table, "setting": self.setting, "decision": self.decision, "why": self.why,
                "sheets": sheets, "amount_fen": amount, "unit": self.unit, "item": self.item}  # fmt: skip

"""Forms that further counties use: cells merged down a block, writings of dates and places, sums of a household."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from tests.county.grids import Cell, Row, Sheet
from tests.county.world import World

Grid = tuple[list[list[Cell]], list[tuple[int, int, int, int]], int]


@dataclass
class BlockSheet(Sheet):
    """A sheet whose first columns are merged down as long as ``block`` says the same."""

    down: tuple[int, ...] = ()
    block: str = ""

    def grid(self) -> Grid:
        """As the sheet above, the merged columns blank below their first row."""
        cells, merges, below = super().grid()
        top = len(cells) - below
        lines = cells[top : top + len(self.rows)]
        start = 0
        while start < len(lines):
            stop = start
            while stop + 1 < len(lines) and self.rows[stop + 1][self.block] == self.rows[start][self.block]:
                stop += 1
            for column in self.down if stop > start else ():
                merges.append((top + start, column, top + stop, column))
                for line in lines[start + 1 : stop + 1]:
                    line[column] = None
            start = stop + 1
        return cells, merges, below


def dotted(key: str) -> Callable[[Row], Cell]:
    """2021.3.5."""
    return lambda row: f"{row[key].year}.{row[key].month}.{row[key].day}" if row.get(key) else ""


def short_month(key: str) -> Callable[[Row], Cell]:
    """21年3月."""
    return lambda row: f"{row[key].year % 100}年{row[key].month}月" if row.get(key) else ""


def serial(key: str) -> Callable[[Row], Cell]:
    """A date as the day number of a spreadsheet."""
    return lambda row: (row[key] - date(1899, 12, 30)).days if row.get(key) else None


def masked(row: Row) -> str:
    """A number with its middle starred."""
    return str(row["id"][:6]) + "*" * 8 + str(row["id"][14:])


def between(world: World, kind: str, first: int, last: int, **same: Any) -> list[Row]:
    """Payments of a kind whose service begins between two months, in order of place."""
    rows = [
        row
        for row in world.payments
        if row["kind"] == kind
        and first <= row["from"] <= last
        and all(row[key] == value for key, value in same.items())
    ]
    return sorted(
        rows, key=lambda row: (row["town"], row["village"], row["household_no"], row["from"], row["pay_no"])
    )


def totals(width: int, at: int, word: str = "合计") -> Callable[[list[Row]], list[Cell]]:
    """A totals line with yuan at a column."""

    def line(rows: list[Row]) -> list[Cell]:
        cells: list[Cell] = [None] * width
        cells[0] = word
        cells[at] = sum(row["amount_fen"] for row in rows) / 100
        return cells

    return line


def across_months(rows: list[Row]) -> list[Row]:
    """One row a person and year, the months' fen under ``m1`` … ``m12``."""
    found: dict[tuple[str, int], Row] = {}
    for row in rows:
        key = (row["id"], row["from"] // 12)
        line = found.setdefault(key, {**row, "amount_fen": 0})
        month = row["from"] % 12 + 1
        line[f"m{month}"] = line.get(f"m{month}", 0) + row["amount_fen"]
        line["amount_fen"] += row["amount_fen"]
    return list(found.values())

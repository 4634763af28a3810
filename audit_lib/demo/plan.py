"""What was paid: heads and amount per item and year, as the district booked it."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

from audit_lib.money import parse_yuan

#: population at full scale
RESIDENTS = 200_000
#: no item falls below this many payees, however small the district
FEWEST_HEADS = 6


@dataclass(frozen=True)
class Target:
    """Payees and money of one item in one year; ``amount_fen`` is exact only at full scale."""

    item_id: str
    year: int
    heads: int
    amount_fen: int


def read_plan(scale: float) -> dict[tuple[str, int], Target]:
    """The plan by item and year. Heads shrink with ``scale``, the rate per head does not."""
    targets: dict[tuple[str, int], Target] = {}
    with (Path(__file__).parent / "plan.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            for year in (2017, 2018):
                full = int(row[f"heads_{year}"])
                amount = parse_yuan(row[f"yuan_{year}"])
                heads = full
                if full and scale != 1.0:
                    heads = max(FEWEST_HEADS, round(full * scale))
                    amount = round(amount * heads / full)
                targets[row["item_id"], year] = Target(row["item_id"], year, heads, amount)
    return targets


def count(full: int, scale: float, fewest: int = 1) -> int:
    """How many of something that the full district has ``full`` of."""
    return full if scale == 1.0 else max(fewest, round(full * scale))

"""Printed totals beside the sum of the detail they stand under."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt


@dataclass(frozen=True)
class Printed:
    """A total printed in a file and what its detail adds up to; an unreadable total is None."""

    row: int
    label: str
    amount_fen: int | None
    detail_fen: int


def compare_totals(
    printed: list[tuple[int, str, int | None]], rows: npt.NDArray[np.int64], amounts: npt.NDArray[np.int64]
) -> list[Printed]:
    """Give every printed total its detail.

    A 小计 covers the rows since the total before it; any other total covers the rows since the
    last such total — or the whole sheet above it, when there are none or when that is what it adds up to.

    Args:
        printed: row, label, amount of each total.
        rows: row numbers of the detail, ascending.
        amounts: their amounts in 分; unreadable ones are 0.
    """
    sums = np.concatenate(([0], np.cumsum(amounts)))
    after_any = after_whole = 0
    compared: list[Printed] = []
    for row, label, amount in sorted(printed):
        end = int(np.searchsorted(rows, row))
        subtotal = "小计" in label
        start = after_any if subtotal else after_whole
        if not subtotal and (start == end or sums[end] == amount):
            start = 0
        compared.append(Printed(row, label, amount, int(sums[end] - sums[start])))
        after_any = end
        after_whole = after_whole if subtotal else end
    return compared

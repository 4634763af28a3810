"""What columns of numbers say about each other: a product, a sum, and columns that are filled where others are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

from audit_lib.sources.clean.amounts import read_number

Numbers = list[float | None]
#: rows that must be there, and share of them that must agree
_LEAST, _AGREE = 3, 0.9
#: half a 分 of rounding, and what rounding to whole 元 leaves
_ROUNDED = 0.51
#: columns of numbers that are looked at; a sheet of more says nothing by its pairs
_MOST = 28


@dataclass(frozen=True)
class Numeric:
    """The columns of numbers of a sheet by their position."""

    columns: dict[int, Numbers]

    @classmethod
    def of(cls, samples: Sequence[Sequence[str]], positions: Sequence[int]) -> Numeric:
        """Read the columns at some positions."""
        return cls(
            {
                i: [read_number(cell) if cell.strip() else None for cell in samples[i]]
                for i in positions[:_MOST]
            }
        )

    def is_product(self, result: int, *factors: int) -> bool:
        """Whether a column is the product of others in nearly every row, and not just a copy of one of them."""
        rows = [
            values
            for values in zip(*(self.columns[i] for i in (result, *factors)), strict=False)
            if None not in values
        ]
        good = 0
        varied = [False] * len(factors)
        for values in rows:
            whole, *parts = [float(value or 0) for value in values]
            product = 1.0
            for part in parts:
                product *= part
            good += abs(product - whole) <= _ROUNDED and whole != 0
            varied = [seen or abs(part - 1) > 1e-9 for seen, part in zip(varied, parts, strict=True)]
        return len(rows) >= _LEAST and good >= _AGREE * len(rows) and all(varied)

    def sum_of(self, result: int) -> tuple[int, ...]:
        """Two or more other columns that a column is the sum of, the most that do; none when it is no sum."""
        others = [i for i in self.columns if i != result and any(self.columns[i])]
        for parts in (others, *self._runs(others, result)):
            if len(parts) >= 2 and self._adds_up(result, parts):
                return tuple(parts)
        return next((pair for pair in combinations(others[:8], 2) if self._adds_up(result, pair)), ())

    def _runs(self, others: list[int], result: int) -> list[list[int]]:
        """Columns side by side that end just before a total, or begin just after it."""
        before = [i for i in others if i < result]
        after = [i for i in others if i > result]
        return [before[k:] for k in range(len(before) - 1)] + [after[:k] for k in range(len(after), 1, -1)]

    def _adds_up(self, result: int, parts: Sequence[int]) -> bool:
        rows = good = several = 0
        for row, whole in enumerate(self.columns[result]):
            found = [self.columns[i][row] for i in parts if row < len(self.columns[i])]
            told = [value for value in found if value]
            if not whole or not told:
                continue
            rows, several = rows + 1, several + (len(told) > 1)
            good += abs(sum(told) - whole) <= 0.011
        return rows >= _LEAST and good >= _AGREE * rows and several >= 0.3 * rows


def filled_alike(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two columns that are mostly empty are filled in the same rows."""
    first = {row for row, cell in enumerate(one) if cell.strip()}
    second = {row for row, cell in enumerate(other) if cell.strip()}
    return bool(first) and bool(second) and len(first & second) >= _AGREE * max(len(first), len(second))


def filled_where_rare(texts: Sequence[str], choices: Sequence[str]) -> bool:
    """Whether a text stands exactly where a column of choices has its rarer values, as reasons stand by failures."""
    rows = [
        (text.strip(), choice.strip()) for text, choice in zip(texts, choices, strict=False) if choice.strip()
    ]
    told = {choice for text, choice in rows if text}
    silent = {choice for text, choice in rows if not text}
    return (
        bool(told)
        and bool(silent)
        and not told & silent
        and 2 * sum(bool(text) for text, _ in rows) < len(rows)
    )

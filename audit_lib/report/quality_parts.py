"""What the quality stage found, read for a page; and folded parts that open without a script."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from audit_lib.errors import ReportError
from audit_lib.report.grids import month_text

Row = dict[str, Any]


def read_rows(folder: Path, name: str) -> list[Row]:
    """Rows of one table of a finished stage.

    Raises:
        ReportError: the table is not there.
    """
    path = folder / f"{name}.parquet"
    if not path.is_file():
        raise ReportError("对账与数据质量阶段没有完成", str(path), "重新运行 ybt run")
    return list(pq.read_table(path).to_pylist())


def read_optional(folder: Path, name: str) -> list[Row]:
    """Rows of a table that a stage writes only when it has some."""
    return read_rows(folder, name) if (folder / f"{name}.parquet").is_file() else []


@dataclass(frozen=True, repr=False)
class Folded:
    """A long part behind a line that opens it; on paper it is open."""

    summary: str
    part: Any

    def __repr__(self) -> str:
        return f"<{self.summary}>"

    def _repr_html_(self) -> str:
        return f"<details><summary>{escape(self.summary)}</summary>{self.part._repr_html_()}</details>"


def spans(months: Iterable[tuple[int, int]]) -> str:
    """Periods in words, neighbours joined: ``2017年4月—6月、2018年1月``."""
    joined: list[list[int]] = []
    for first, last in sorted(months):
        if joined and first <= joined[-1][1] + 1:
            joined[-1][1] = max(joined[-1][1], last)
        else:
            joined.append([first, last])
    return "、".join(_span(first, last) for first, last in joined)


def _span(first: int, last: int) -> str:
    if first == last:
        return month_text(first)
    if first % 12 == 0 and last == first + 11:
        return f"{first // 12}年"
    end = f"{last % 12 + 1}月" if first // 12 == last // 12 else month_text(last)
    return f"{month_text(first)}—{end}"


def grouped(rows: Iterable[Row], key: Callable[[Row], Any]) -> dict[Any, list[Row]]:
    """Rows by a key, keys in the order of their first row."""
    found: dict[Any, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found

"""A period written in two columns (补贴起始月 | 补贴终止月) as one cell of one column."""

from __future__ import annotations

from dataclasses import replace

import pyarrow as pa

from audit_lib.sources.cells import CellPairs
from audit_lib.sources.columns import SheetColumns
from audit_lib.sources.layout_households import with_column


def join_spans(sheet: SheetColumns) -> SheetColumns:
    """Write first and last month together (2020.01至2020.03) where a header has a column for each."""
    until, start = sheet.columns.until, sheet.columns.at.get("service")
    if until is None or start is None or max(until, start) >= len(sheet.body.columns):
        return sheet
    pairs = CellPairs.of(sheet.at(start), sheet.at(until))
    spans = [_span(first.strip(), last.strip()) for first, last in pairs.pairs]
    wider, position = with_column(sheet, pairs.spread(pa.array(spans, pa.string())))
    columns = replace(sheet.columns, at=sheet.columns.at | {"service": position}, until=None)
    return replace(wider, columns=columns)


def _span(first: str, last: str) -> str:
    return f"{first}至{last}" if first and last and first != last else first or last

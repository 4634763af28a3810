"""Amounts spread over columns headed with years (其中:2017年) → one JSON text per row."""

from __future__ import annotations

import json

import numpy as np
import pyarrow as pa

from audit_lib.sources.cells import Cells
from audit_lib.sources.clean.amounts import is_blank, read_fen
from audit_lib.sources.readings import Reading
from audit_lib.tables import Column


def read_fens_by_year(column: Column, parts: list[tuple[str, Cells, str]]) -> Reading:
    """Read every year's column.

    Args:
        column: the ``fen_by_year`` column.
        parts: year, cells, unit of each delivered column.
    """
    rows = len(parts[0][1].codes)
    amounts: list[dict[str, int]] = [{} for _ in range(rows)]
    unreadable = np.zeros(rows, dtype=np.bool_)
    for year, cells, unit in parts:
        for row in range(rows):
            text = cells.at(row)
            fen = read_fen(text, unit)
            if fen is not None:
                amounts[row][year] = amounts[row].get(year, 0) + fen
            elif not is_blank(text):
                unreadable[row] = True
    texts = [json.dumps(by_year, sort_keys=True) if by_year else None for by_year in amounts]
    blank = np.array([text is None for text in texts], dtype=np.bool_) & ~unreadable
    return Reading({column.name: pa.array(texts, pa.string())}, blank, unreadable)

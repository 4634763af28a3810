"""Files as departments deliver them, written byte for byte the same each time."""

from __future__ import annotations

import csv
import io
import multiprocessing
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import numpy as np
import xlsxwriter
import xlwt

from audit_lib.progress import track

#: documents carry no clock: every run gives the same bytes
MADE_ON = datetime(2019, 7, 10, 9, 0, 0)
_EPOCH = np.datetime64("1899-12-30")


@dataclass(frozen=True)
class Sheet:
    """One sheet: title lines, header, columns of equal length, footer lines.

    Text goes out as text; integer and float columns as numbers; datetime64 columns as real dates
    (workbooks only). A blank line follows every ``blank_every`` rows.
    """

    name: str
    header: Sequence[str]
    columns: Sequence[np.ndarray[Any, Any]]
    titles: Sequence[str] = ()
    footer: Sequence[Sequence[object]] = ()
    blank_every: int = 0

    def row_of(self, i: int) -> int:
        """Row number, as the user sees it, of the i-th data row."""
        blanks = i // self.blank_every if self.blank_every else 0
        return len(self.titles) + 2 + i + blanks


@dataclass(frozen=True)
class Delivery:
    """One file below the raw folder."""

    path: str
    kind: Literal["csv", "xlsx", "xls", "text"]
    sheets: Sequence[Sheet] = ()
    encoding: str = "utf-8"
    delimiter: str = ","
    trailer: str = ""
    errors: str = "strict"
    text: str = field(default="", repr=False)


def write_all(folder: Path, deliveries: Sequence[Delivery]) -> None:
    """Write every file below ``folder``; large sets on all cores where the system can fork."""
    for delivery in deliveries:
        (folder / delivery.path).parent.mkdir(parents=True, exist_ok=True)
    biggest_first = sorted(deliveries, key=_size, reverse=True)
    cores = min(4, os.cpu_count() or 1)
    if cores == 1 or sum(map(_size, deliveries)) < 2_000_000 or not hasattr(os, "fork"):
        for delivery in track(biggest_first, "写出部门数据"):
            write(folder, delivery)
        return
    global _SHARED
    _SHARED = (folder, biggest_first)
    with multiprocessing.get_context("fork").Pool(cores) as pool:
        jobs = pool.imap_unordered(_write_shared, range(len(biggest_first)))
        for _ in track(jobs, "写出部门数据", total=len(biggest_first)):
            pass
    _SHARED = None


_SHARED: tuple[Path, list[Delivery]] | None = None


def _write_shared(index: int) -> None:
    # forked children read the tables from the parent's memory: nothing is copied between processes
    assert _SHARED is not None
    write(_SHARED[0], _SHARED[1][index])


def _size(delivery: Delivery) -> int:
    weight = {"csv": 1, "text": 1, "xlsx": 4, "xls": 6}[delivery.kind]
    return weight * sum(
        len(sheet.header) * len(sheet.columns[0]) for sheet in delivery.sheets if sheet.columns
    )


def write(folder: Path, delivery: Delivery) -> None:
    """Write one file."""
    path = folder / delivery.path
    if delivery.kind == "xlsx":
        _write_xlsx(path, delivery.sheets)
    elif delivery.kind == "xls":
        _write_xls(path, delivery.sheets)
    else:
        _write_text(path, delivery)


def _write_text(path: Path, delivery: Delivery) -> None:
    sheet = delivery.sheets[0]
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=delivery.delimiter, lineterminator="\r\n")
    writer.writerow(sheet.header)
    writer.writerows(zip(*(_texts(column) for column in sheet.columns), strict=True))
    if delivery.trailer:
        buffer.write(delivery.trailer + "\r\n")
    path.write_bytes(buffer.getvalue().encode(delivery.encoding, delivery.errors))


def _texts(column: np.ndarray[Any, Any]) -> list[str]:
    if column.dtype.kind == "M":
        return ["" if text == "NaT" else text for text in np.datetime_as_string(column, unit="D").tolist()]
    return column.tolist()  # type: ignore[no-any-return]


def _write_xlsx(path: Path, sheets: Sequence[Sheet]) -> None:
    options = {"constant_memory": True, "strings_to_numbers": False, "strings_to_formulas": False}
    book = xlsxwriter.Workbook(str(path), options)
    book.set_properties({"created": MADE_ON, "author": "", "title": ""})
    day = book.add_format({"num_format": "yyyy-mm-dd"})
    for sheet in sheets:
        page = book.add_worksheet(sheet_name(sheet.name))
        row = 0
        for title in sheet.titles:
            page.write_string(row, 0, title)
            row += 1
        for i, caption in enumerate(sheet.header):
            page.write_string(row, i, caption)
        row += 1
        kinds = [column.dtype.kind for column in sheet.columns]
        cells = [
            _numbers(column) if kind == "M" else column.tolist()
            for column, kind in zip(sheet.columns, kinds, strict=True)
        ]
        plan = list(enumerate(zip(kinds, cells, strict=True)))
        length = len(cells[0]) if cells else 0
        for n in range(length):
            for i, (kind, values) in plan:
                value = values[n]
                if kind == "O":
                    if value:
                        page.write_string(row, i, value)
                elif value == value:
                    page.write_number(row, i, value, day if kind == "M" else None)
            row += 1
            if sheet.blank_every and (n + 1) % sheet.blank_every == 0:
                row += 1
        for line in sheet.footer:
            for i, value in enumerate(line):
                if isinstance(value, str):
                    if value:
                        page.write_string(row, i, value)
                else:
                    page.write_number(row, i, value)
            row += 1
    book.close()


def _numbers(column: np.ndarray[Any, Any]) -> list[float]:
    """Days as spreadsheets count them; NaN where there is none."""
    days = (column.astype("datetime64[D]") - _EPOCH).astype(float)
    return np.where(np.isnat(column), np.nan, days).tolist()  # type: ignore[no-any-return]


def _write_xls(path: Path, sheets: Sequence[Sheet]) -> None:
    book = xlwt.Workbook(encoding="utf-8")
    for sheet in sheets:
        page = book.add_sheet(sheet_name(sheet.name))
        lines: list[Sequence[object]] = [[title] for title in sheet.titles]
        lines += [
            sheet.header,
            *zip(*(_texts(column) for column in sheet.columns), strict=True),
            *sheet.footer,
        ]
        for row, line in enumerate(lines):
            for i, value in enumerate(line):
                if value != "" and value == value:
                    page.write(row, i, value)
    book.save(str(path))


def sheet_name(name: str) -> str:
    """A name that Excel accepts."""
    return re.sub(r"[\[\]:*?/\\]", "_", name)[:31]

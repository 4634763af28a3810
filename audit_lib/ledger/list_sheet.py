"""The look of a list: locked evidence, drop-downs, one A4 page wide, header on every page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Literal

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from audit_lib.exports import is_live, printable

#: fixed, so that the same list is the same file
_CREATED = datetime(2000, 1, 1)

Kind = Literal["fixed", "fen", "choice", "amount", "text", "date"]


@dataclass(frozen=True)
class Column:
    """One column: where its value comes from (empty: filled in later), caption, width in characters."""

    name: str
    caption: str
    width: int
    kind: Kind = "fixed"
    choices: tuple[str, ...] = ()
    says: str = ""

    @property
    def is_open(self) -> bool:
        """Whether whoever gets the list fills it in."""
        return not self.name


def write_list(path: Path, title: str, sheets: Mapping[str, pd.DataFrame], columns: list[Column]) -> None:
    """Write a workbook with one sheet per entry of ``sheets``; a column takes its value by its name."""
    with xlsxwriter.Workbook(path, {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"title": title, "created": _CREATED})
        formats = _formats(book)
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            _lay_out(sheet, f"{title}·{name}", columns, len(rows), formats)
            blank = [None] * len(rows)
            values = [rows[column.name].tolist() if column.name else blank for column in columns]
            for at in range(len(rows)):
                for c, column in enumerate(columns):
                    _write_cell(sheet, at + 1, c, column, values[c][at], formats)


def _formats(book: Any) -> dict[str, Format]:
    cell = {"border": 1, "text_wrap": True, "valign": "vcenter", "font_size": 9}
    open_cell = cell | {"locked": False, "bg_color": "#FFF9E5"}
    return {
        "header": book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#E7ECF3"}),
        "open_header": book.add_format(cell | {"bold": True, "align": "center", "bg_color": "#FCE9B8"}),
        "fixed": book.add_format(cell),
        "quoted": book.add_format(cell | {"quote_prefix": True}),
        "fen": book.add_format(cell | {"num_format": "#,##0.00"}),
        "choice": book.add_format(open_cell),
        "text": book.add_format(open_cell | {"num_format": "@"}),
        "amount": book.add_format(open_cell | {"num_format": "#,##0.00"}),
        "date": book.add_format(open_cell | {"num_format": "yyyy-mm-dd"}),
    }


def _lay_out(
    sheet: Worksheet, title: str, columns: list[Column], rows: int, formats: dict[str, Format]
) -> None:
    for c, column in enumerate(columns):
        sheet.set_column(c, c, column.width)
        sheet.write_string(0, c, column.caption, formats["open_header" if column.is_open else "header"])
        _restrict(sheet, c, column, rows, columns)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, rows, len(columns) - 1)
    sheet.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)
    sheet.set_margins(left=0.4, right=0.4, top=0.7, bottom=0.6)
    sheet.set_header("&C" + title.replace("&", "&&"))
    sheet.set_footer("&L内部资料 注意保管&R第&P页 共&N页")


def _restrict(sheet: Worksheet, c: int, column: Column, rows: int, columns: list[Column]) -> None:
    if not column.is_open or column.kind == "text":
        return
    rule: dict[str, Any] = {"input_title": column.caption[:32], "input_message": column.says}
    if column.kind == "choice":
        rule |= {"validate": "list", "source": list(column.choices), "error_message": "请从下拉框中选择"}
    elif column.kind == "amount":
        limit = next(i for i, other in enumerate(columns) if other.kind == "fen")
        rule |= {
            "validate": "decimal", "criteria": "between", "minimum": 0, "maximum": f"=${chr(65 + limit)}2",
            "error_message": "应为0到疑点金额之间的数",
        }  # fmt: skip
    else:
        rule |= {"validate": "date", "criteria": ">=", "value": datetime(2015, 1, 1)}
        rule |= {"error_message": "应为日期,如 2019-07-15"}
    sheet.data_validation(1, c, rows, c, rule)


def _write_cell(
    sheet: Worksheet, r: int, c: int, column: Column, value: Any, formats: dict[str, Format]
) -> None:
    if column.is_open:
        sheet.write_blank(r, c, None, formats[column.kind])
    elif column.kind == "fen":
        sheet.write_number(r, c, int(value) / 100, formats["fen"])
    else:
        text = printable("" if value is None or value != value else str(value))
        sheet.write_string(r, c, text, formats["quoted" if is_live(text) else "fixed"])

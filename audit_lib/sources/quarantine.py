"""Rows set aside, back to the department: one workbook per delivered file, the reason beside the cell.

The department corrects its own file and delivers it again; put into the raw folder in place of the old
one, it comes in through the same door. The workbooks are output: they are written anew by every run.
"""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from audit_lib.exports import free_name, is_live, printable
from audit_lib.tables import TABLES, locate

_ENDING = ".搁置.xlsx"
_CAPTIONS = ("工作表", "行号", "不能采用的原因", "有问题的列", "该单元格原文")
_WIDTHS = (14, 8, 26, 14, 26)


def write_quarantine(tables: Path, out: Path) -> list[Path]:
    """Write the rows set aside as workbooks, and remove those of an earlier run.

    Args:
        tables: the finished tables of the stage ``sources``.
        out: the folder of the workbooks; made when missing. Only files ending in .搁置.xlsx are removed.

    Returns:
        The workbooks, by the delivered files' paths.
    """
    sheets = {row["sheet_no"]: row for row in pq.read_table(tables / "sheet.parquet").to_pylist()}
    by_file: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in pq.read_table(tables / "set_aside.parquet").to_pylist():
        sheet_no, row_number = locate(row["origin"])
        sheet = sheets[sheet_no]
        by_file[sheet["file"]].append({**row, "sheet": sheet["sheet"] or "", "row": row_number})
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob(f"*{_ENDING}"):
        old.unlink()
    written: list[Path] = []
    for file, rows in sorted(by_file.items()):
        path = free_name(out, file, _ENDING)
        _write_workbook(path, file, sorted(rows, key=lambda row: row["origin"]))
        written.append(path)
    return written


def _write_workbook(path: Path, file: str, rows: list[dict[str, Any]]) -> None:
    records: list[dict[str, str]] = [json.loads(row["record"]) for row in rows]
    fields = list(dict.fromkeys(name for record in records for name in record))
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as workbook:
        plain = workbook.add_format({"num_format": "@"})
        # a mark like Excel's leading apostrophe: stays text even when the cell is edited
        guarded = workbook.add_format({"num_format": "@", "quote_prefix": True})
        bold = workbook.add_format({"bold": True, "text_wrap": True, "bg_color": "#EFEFEF"})
        faulty = workbook.add_format({"num_format": "@", "bg_color": "#FFE7C2", "quote_prefix": True})
        page = workbook.add_worksheet("不能采用的行")
        caption = TABLES[rows[0]["table_name"]].caption
        _put(page, 0, 0, f"{file} 中不能采用的行({caption},共{len(rows)}行)", bold)
        _put(page, 1, 0, "请在原文件中改正后整份重新报送,放入 raw 文件夹替换旧文件;改本表不起作用。", plain)
        for column, name in enumerate((*_CAPTIONS, *fields)):
            _put(page, 2, column, name, bold)
        for column, width in enumerate(_WIDTHS):
            page.set_column(column, column, width)
        page.freeze_panes(3, 0)
        for at, (row, record) in enumerate(zip(rows, records, strict=True), start=3):
            cells = (row["sheet"], str(row["row"]), row["reason"], row["column_name"], row["cell"])
            for column, cell in enumerate((*cells, *(record.get(name, "") for name in fields))):
                text = cell or ""
                style = guarded if is_live(text) else plain
                _put(page, at, column, text, faulty if column == 4 and text else style)


def _put(page: Worksheet, row: int, column: int, text: str, style: Format) -> None:
    """Write text as text; what a cell cannot hold is shown as missing."""
    page.write_string(row, column, printable(text), style)

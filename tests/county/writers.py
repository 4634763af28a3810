"""Grids to bytes: xlsx, true xls, HTML called xls, csv in GB18030, tab text in UTF-16, bank batches, zip."""

from __future__ import annotations

import html
import io
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
import xlwt

from tests.county.grids import Delivered

STAMP = (2022, 3, 1, 9, 0, 0)


def plain(cell: Any) -> str:
    """A cell as text."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return cell.isoformat()
    return str(cell)


def xlsx(file: Delivered) -> bytes:
    """Excel workbook."""
    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True, "default_date_format": "yyyy-mm-dd"})
    book.set_properties({"created": __import__("datetime").datetime(2022, 3, 1)})
    middle = book.add_format({"align": "center"})
    for sheet in file.sheets:
        page = book.add_worksheet(sheet.name)
        cells, merges, _ = sheet.grid()
        if sheet.hidden:
            page.hide()
        for y, line in enumerate(cells):
            for x, cell in enumerate(line):
                if cell is None or cell == "":
                    continue
                if isinstance(cell, date):
                    page.write_datetime(y, x, cell)
                elif isinstance(cell, (int, float)):
                    page.write_number(y, x, cell)
                else:
                    page.write_string(y, x, str(cell))
        for top, left, bottom, right in merges:
            if (top, left) != (bottom, right):
                page.merge_range(top, left, bottom, right, plain(cells[top][left]), middle)
    book.close()
    return buffer.getvalue()


def xls(file: Delivered) -> bytes:
    """Excel 97 workbook."""
    book = xlwt.Workbook(encoding="gbk")
    day = xlwt.easyxf(num_format_str="yyyy/m/d")
    for sheet in file.sheets:
        page = book.add_sheet(sheet.name, cell_overwrite_ok=True)
        cells, merges, _ = sheet.grid()
        page.visibility = 1 if sheet.hidden else 0
        covered = {
            (top, left): (bottom, right)
            for top, left, bottom, right in merges
            if (top, left) != (bottom, right)
        }
        for y, line in enumerate(cells):
            for x, cell in enumerate(line):
                if (y, x) in covered:
                    page.write_merge(y, covered[y, x][0], x, covered[y, x][1], plain(cell))
                elif isinstance(cell, date):
                    page.write(y, x, cell, day)
                elif cell is not None and cell != "":
                    page.write(y, x, cell)
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def html_xls(file: Delivered) -> bytes:
    """What web systems export: an HTML table called .xls."""
    parts = ['<html><head><meta http-equiv="Content-Type" content="text/html; charset=utf-8"></head><body>']
    for sheet in file.sheets:
        cells, merges, _ = sheet.grid()
        wide = {(top, left): right - left + 1 for top, left, bottom, right in merges if top == bottom}
        parts.append('<table border="1">')
        for y, line in enumerate(cells):
            tds = []
            for x, cell in enumerate(line):
                span = f' colspan="{wide[y, x]}"' if (y, x) in wide else ""
                tds.append(f"<td{span} style=\"mso-number-format:'\\@'\">{html.escape(plain(cell))}</td>")
            parts.append("<tr>" + "".join(tds) + "</tr>")
        parts.append("</table>")
    return "\n".join([*parts, "</body></html>"]).encode()


def text(file: Delivered, separator: str, encoding: str, quote: bool = False) -> bytes:
    """Delimited text."""
    lines = []
    for line in file.sheets[0].grid()[0]:
        cells = [plain(cell) for cell in line]
        if quote:
            cells = [f'"{cell}"' if separator in cell or '"' in cell else cell for cell in cells]
        lines.append(separator.join(cells))
    return ("\r\n".join(lines) + "\r\n").encode(encoding)


def render(file: Delivered) -> bytes:
    """The bytes of one delivered file."""
    if file.raw is not None:
        return file.raw
    match file.form:
        case "xlsx":
            return xlsx(file)
        case "xls":
            return xls(file)
        case "html":
            return html_xls(file)
        case "csv-gb":
            return text(file, ",", "gb18030", quote=True)
        case "csv-bom":
            return text(file, ",", "utf-8-sig", quote=True)
        case "tab-utf16":
            return text(file, "\t", "utf-16")
        case "bar-gb":
            return text(file, "|", "gb18030")
        case "caret-gb":
            return text(file, "|!", "gb18030")
    raise ValueError(file.form)


def write_all(files: list[Delivered], folder: Path) -> None:
    """Write a delivery; files with ``archive`` go into that zip."""
    archives: dict[str, list[Delivered]] = {}
    for file in files:
        if file.archive:
            archives.setdefault(file.archive, []).append(file)
            continue
        target = folder / file.path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(render(file))
    for name, members in archives.items():
        target = folder / name
        target.parent.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            for file in members:
                info = zipfile.ZipInfo(file.path, STAMP)
                info.compress_type = zipfile.ZIP_DEFLATED
                archive.writestr(info, render(file))

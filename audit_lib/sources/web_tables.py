"""Web pages called .xls: HTML tables, MIME archives and Excel's 2003 XML, as sheets of text.

Tables of a page stand below each other, as a spreadsheet shows such a file; rows are numbered so.
"""

from __future__ import annotations

import email
import email.policy
import re
from collections.abc import Iterator
from html.parser import HTMLParser

import numpy as np
import pyarrow as pa

from audit_lib.errors import SourceError
from audit_lib.sources.encodings import decode_text
from audit_lib.sources.guards import MOST_COLUMNS, too_wide
from audit_lib.sources.sheets import HEAD_ROWS, Body, DeliveredSheet, HeadRow, OddRow, used_width

_LONGEST_SPAN = 65_536
_SHEET_NAME = re.compile(r"<x:ExcelWorksheet>(.*?)</x:ExcelWorksheet>", re.IGNORECASE | re.DOTALL)
_NAME = re.compile(r"<x:Name>(.*?)</x:Name>", re.IGNORECASE | re.DOTALL)
_SOURCE = re.compile(r"<x:WorksheetSource\s+HRef=[\"']?([^\"'>\s]+)", re.IGNORECASE)
_ROW_TAGS, _CELL_TAGS = {"tr", "row"}, {"td", "th", "cell"}
_SILENT = {"script", "style", "title", "comment"}


class ListedSheet:
    """A sheet that is already a list of rows: row number and cells."""

    hidden = False

    def __init__(
        self, name: str, rows: list[HeadRow], merged: list[tuple[int, int, int]] | None = None
    ) -> None:
        self.name = name
        self.rows = [row for row in rows if used_width(row.cells)]
        self._merged = merged or []

    def head(self) -> list[HeadRow]:
        """See ``DeliveredSheet.head``."""
        return self.rows[:HEAD_ROWS]

    def merged(self) -> list[tuple[int, int, int]]:
        """Column, first and last row of each cell merged downwards."""
        return self._merged

    def body(self, header: HeadRow, serial_columns: frozenset[int]) -> Body:
        """See ``DeliveredSheet.body``; cells of web pages are written out, there are no serial numbers."""
        width = used_width(header.cells)
        fitting: list[list[str]] = []
        numbers: list[int] = []
        odd: list[OddRow] = []
        for row in self.rows:
            if row.row <= header.row:
                continue
            used = used_width(row.cells)
            if used > width:
                odd.append(OddRow(row.row, row.cells, f"列数与表头不符(表头{width}列,该行{used}列)"))
            else:
                fitting.append((row.cells + [""] * width)[:width])
                numbers.append(row.row)
        columns = [pa.array(cells, pa.string()) for cells in zip(*fitting, strict=True)]
        return Body(columns or [pa.array([], pa.string())] * width, np.array(numbers, dtype=np.int64), odd)


class WebFile:
    """A page, a MIME archive of pages, or Excel 2003 XML."""

    format = "html"

    def __init__(self, content: bytes, where: str) -> None:
        self.encoding = ""
        self._where = where
        self._pages = list(self._split(content))

    def _split(self, content: bytes) -> Iterator[tuple[str, str]]:
        """Name and text of each page."""
        if not content.lstrip(b"\xef\xbb\xbf \t\r\n")[:2048].lower().startswith((b"mime-version", b"from:")):
            text, self.encoding = decode_text(content, self._where)
            yield "", text
            return
        message = email.message_from_bytes(
            content.lstrip(b"\xef\xbb\xbf \t\r\n"), policy=email.policy.compat32
        )
        parts: list[tuple[str, str]] = []
        for part in message.walk():
            if part.get_content_type() not in ("text/html", "text/xml", "application/xml"):
                continue
            packed = part.get_payload(decode=True)
            if isinstance(packed, bytes) and packed.strip():
                text, self.encoding = decode_text(packed, self._where)
                parts.append(
                    (str(part.get("Content-Location", "")).replace("\\", "/").rsplit("/", 1)[-1], text)
                )
        names = {
            source[1].replace("\\", "/").rsplit("/", 1)[-1]: name[1]
            for _, text in parts for about in _SHEET_NAME.findall(text)
            if (source := _SOURCE.search(about)) and (name := _NAME.search(about))
        }  # fmt: skip
        for location, text in parts:
            if "<table" in text.lower() or "<row" in text.lower():
                yield names.get(location, location.rsplit(".", 1)[0] if len(parts) > 1 else ""), text

    def sheets(self) -> Iterator[DeliveredSheet]:
        """See ``DeliveredFile.sheets``."""
        yield from self.listed()

    def listed(self) -> Iterator[ListedSheet]:
        """The sheets with all their rows."""
        for name, text in self._pages:
            page = _Page(name, self._where)
            page.feed(text)
            page.close()
            page.finish()
            for title, rows, merged in page.found:
                yield ListedSheet(title, rows, merged)


class _Page(HTMLParser):
    """Collects rows; a cell that spans rows leaves blanks below it, as a spreadsheet shows them."""

    def __init__(self, name: str, where: str) -> None:
        super().__init__(convert_charrefs=True)
        self._where, self._name = where, name
        self.found: list[tuple[str, list[HeadRow], list[tuple[int, int, int]]]] = []
        self._rows: list[HeadRow] = []
        self._merged: list[tuple[int, int, int]] = []
        self._cells: dict[int, str] | None = None
        self._text: list[str] | None = None
        self._at = self._width = 1
        self._row = 0
        self._spanned: dict[int, int] = {}
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Open rows and cells."""
        tag = tag.rsplit(":", 1)[-1]
        given = {name.rsplit(":", 1)[-1]: value or "" for name, value in attrs}
        if tag in _SILENT:
            self._silent += 1
        elif tag == "worksheet":
            self._close_sheet()
            self._name = given.get("name", "")
        elif tag in _ROW_TAGS:
            self._close_row()
            self._row = max(self._row + 1, _number(given.get("index", ""), 0))
            self._cells, self._at = {}, 0
        elif tag in _CELL_TAGS and self._cells is not None:
            self._close_cell()
            self._open_cell(given)
        elif tag == "br" and self._text is not None:
            self._text.append("\n")

    def _open_cell(self, given: dict[str, str]) -> None:
        self._at = max(self._at, _number(given.get("index", ""), 1) - 1)
        while self._spanned.get(self._at, 0) >= self._row:
            self._at += 1
        wide = _number(given.get("colspan", ""), 1) + _number(given.get("mergeacross", ""), 0)
        tall = _number(given.get("rowspan", ""), 1) + _number(given.get("mergedown", ""), 0)
        if self._at + wide > MOST_COLUMNS:
            raise too_wide(f"{self._where}:第{self._row}行", self._at + wide)
        if tall > 1:
            last = self._row + min(tall, _LONGEST_SPAN) - 1
            self._merged.append((self._at, self._row, last))
            self._spanned |= dict.fromkeys(range(self._at, self._at + wide), last)
        self._width = wide
        self._text = []

    def handle_endtag(self, tag: str) -> None:
        """Close rows and cells."""
        tag = tag.rsplit(":", 1)[-1]
        if tag in _SILENT:
            self._silent = max(self._silent - 1, 0)
        elif tag in _CELL_TAGS:
            self._close_cell()
        elif tag in _ROW_TAGS or tag == "table":
            self._close_row()

    def handle_data(self, data: str) -> None:
        """Text outside a cell is no cell."""
        if self._text is not None and not self._silent:
            self._text.append(data)

    def _close_cell(self) -> None:
        if self._text is None or self._cells is None:
            return
        self._cells[self._at] = "".join(self._text).strip()
        self._at += self._width
        self._text = None

    def _close_row(self) -> None:
        self._close_cell()
        if self._cells:
            width = max(self._cells) + 1
            self._rows.append(HeadRow(self._row, [self._cells.get(i, "") for i in range(width)]))
        self._cells = None

    def _close_sheet(self) -> None:
        self._close_row()
        if self._rows:
            self.found.append((self._name, self._rows, self._merged))
        self._rows, self._merged, self._row, self._spanned = [], [], 0, {}

    def finish(self) -> None:
        """Close what the page left open."""
        self._close_sheet()
        if not self.found:
            raise SourceError(
                "网页格式的文件中没有表格", self._where, "用 Excel/WPS 打开后另存为 .xlsx 再报送"
            )


def _number(text: str, otherwise: int) -> int:
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text.strip()) else otherwise

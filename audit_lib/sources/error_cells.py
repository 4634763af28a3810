"""Cells of a workbook that show an error (#REF!, #N/A): the reader gives them as blank, which would hide them."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path, PurePosixPath

import xlrd

from audit_lib.sources.guards import inflate

#: row → position → error as shown; row and position as in the sheet, the first row is 1, column A is 0
Errors = dict[int, dict[int, str]]

_CELL = re.compile(
    rb"""<(?:\w+:)?c\s(?=[^>]*\bt=["']e["'])(?=[^>]*\br=["']([A-Z]{1,3})(\d{1,7})["'])[^>]*>(.*?)</(?:\w+:)?c>""", re.DOTALL
)  # fmt: skip
_VALUE = re.compile(rb"<(?:\w+:)?v>([^<]*)</")
_SIGNS = (b't="e"', b"t='e'")
_SHEET = re.compile(rb"""<(?:\w+:)?sheet\s[^>]*?\b\w+:id=["']([^"']+)["']""")
_TARGET = re.compile(rb"<(?:\w+:)?Relationship\s[^>]*>")
_ATTRIBUTE = re.compile(rb"""(\w+)=["']([^"']*)["']""")
#: a cell with its formula is shorter than this
_OVERLAP = 16_384


def find_errors(path: Path, file_format: str, index: int) -> Errors:
    """Error cells of the sheet at ``index`` of a workbook; none where its parts cannot be told apart."""
    found: Errors = {}
    try:
        for row, column, shown in _in_xls(path, index) if file_format == "xls" else _in_xlsx(path, index):
            found.setdefault(row, {})[column] = shown
    except MemoryError:
        raise
    except Exception:  # a damaged or hostile workbook fails in any way; its cells were read by another reader
        return found
    return found


def _in_xlsx(path: Path, index: int) -> Iterator[tuple[int, int, str]]:
    with zipfile.ZipFile(path) as archive:
        part = archive.getinfo(_sheet_part(archive, index))
    end = b""
    for block in inflate(path, part):
        window = end + block
        end = window[-_OVERLAP:]
        if not any(sign in window for sign in _SIGNS):
            continue
        for letters, digits, content in _CELL.findall(window):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            value = _VALUE.search(content)
            yield int(digits), column - 1, unescape(value[1].decode("utf-8")) if value else "#VALUE!"


def _sheet_part(archive: zipfile.ZipFile, index: int) -> str:
    """The part of a sheet: its place in the workbook names a relation, the relation names the part."""
    relation = _SHEET.findall(archive.read("xl/workbook.xml"))[index]
    targets: dict[bytes, str] = {}
    for entry in _TARGET.findall(archive.read("xl/_rels/workbook.xml.rels")):
        said = dict(_ATTRIBUTE.findall(entry))
        targets[said[b"Id"]] = unescape(said[b"Target"].decode("utf-8"))
    target = targets[relation]
    return target[1:] if target.startswith("/") else str(PurePosixPath("xl", target))


def _in_xls(path: Path, index: int) -> Iterator[tuple[int, int, str]]:
    with path.open("rb") as content, xlrd.open_workbook(file_contents=content.read(), on_demand=True) as book:
        sheet = book.sheet_by_index(index)
        for row in range(sheet.nrows):
            for column, kind in enumerate(sheet.row_types(row)):
                if kind == xlrd.XL_CELL_ERROR:
                    yield (
                        row + 1,
                        column,
                        xlrd.error_text_from_code.get(sheet.cell_value(row, column), "#VALUE!"),
                    )

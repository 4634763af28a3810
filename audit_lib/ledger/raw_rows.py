"""Reading single rows of delivered files again, by the row numbers their users see."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Collection
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from audit_lib.errors import AuditError, LedgerError
from audit_lib.sources.dbf import DbfFile
from audit_lib.sources.delimited import sniff_delimiter
from audit_lib.sources.encodings import read_text
from audit_lib.sources.formats import sniff
from audit_lib.sources.spreadsheets import cells_as_text
from audit_lib.sources.web_tables import WebFile

#: a quoted cell may run over this many lines
_LONGEST_CELL_LINES = 20

Rows = dict[int, list[str]]


def read_rows(path: Path, where: str, sheet: str, wanted: Collection[int]) -> Rows:
    """Cells of the wanted rows of one sheet; rows beyond the end of the sheet are missing in the answer.

    Args:
        path: the delivered file.
        where: its name below the raw folder.
        sheet: name of the sheet; empty for text files.
        wanted: row numbers, 1 for the first line or row.

    Raises:
        LedgerError: the file is gone or cannot be opened.
    """
    try:
        file_format, _ = sniff(path)
        if file_format in ("xlsx", "xls"):
            return _read_worksheet(path, sheet, set(wanted))
        if file_format == "html":
            return _read_page(path, where, sheet, set(wanted))
        if file_format == "dbf":
            return {
                row.row: row.cells for row in DbfFile(path, where).rows(1, max(wanted)) if row.row in wanted
            }
        return _read_lines(read_text(path, where)[0], set(wanted))
    except FileNotFoundError:
        raise LedgerError("文件已不在原处", where, "把文件放回 raw 目录后重试") from None
    except (CalamineError, OSError, AuditError) as error:
        raise LedgerError(f"文件打不开({error})", where, "检查文件是否损坏或被占用") from None


def is_unchanged(path: Path, sha256: str) -> bool:
    """Whether a file is still the one that was registered."""
    with path.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest() == sha256


def _read_worksheet(path: Path, sheet: str, wanted: set[int]) -> Rows:
    content = CalamineWorkbook.from_path(path).get_sheet_by_name(sheet)
    found: Rows = {}
    for number, cells in enumerate(content.iter_rows(), start=1):
        if number in wanted:
            found[number] = list(cells_as_text(cells))
        if number > max(wanted):
            break
    return found


def _read_page(path: Path, where: str, sheet: str, wanted: set[int]) -> Rows:
    pages = (page for page in WebFile(path.read_bytes(), where).listed() if page.name == sheet)
    return {row.row: row.cells for page in pages for row in page.rows if row.row in wanted}


def _read_lines(content: bytes, wanted: set[int]) -> Rows:
    if b"\n" not in content:  # old Mac files end lines with a bare return
        content = content.replace(b"\r", b"\n")
    delimiter = sniff_delimiter(content[:65_536].decode("utf-8", "ignore"))
    lines = content.split(b"\n")
    return {
        number: _cut(lines[number - 1 : number - 1 + _LONGEST_CELL_LINES], delimiter)
        for number in sorted(wanted)
        if number <= len(lines)
    }


def _cut(lines: list[bytes], delimiter: str) -> list[str]:
    """Cells of the record that starts on the first line."""
    used = next(
        (n for n in range(1, len(lines) + 1) if sum(line.count(b'"') for line in lines[:n]) % 2 == 0), 1
    )
    record = b"\n".join(lines[:used]).decode("utf-8").removesuffix("\r")
    if len(delimiter) > 1:
        record, delimiter = record.replace(delimiter, "\x1f"), "\x1f"
    return next(csv.reader(io.StringIO(record, newline=""), delimiter=delimiter), [])

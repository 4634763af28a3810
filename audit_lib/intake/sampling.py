"""A delivered file opened for looking: the head of every visible sheet, and whole columns when asked for."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from audit_lib.errors import SourceError
from audit_lib.sources.files import open_file
from audit_lib.sources.headers import normal_header
from audit_lib.sources.sheets import DeliveredSheet, HeadRow, used_width

#: sheets of one file that are looked at; the rest is taken to be like them
MOST_SHEETS = 60
_LITTER = ("thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Sample:
    """The top of one sheet. ``name`` is the file's path below the raw folder."""

    name: str
    sheet: str
    head: list[HeadRow]

    def title(self, at: HeadRow) -> str:
        """What is written above a header row."""
        above = (cell.strip() for row in self.head if row.row < at.row for cell in row.cells if cell.strip())
        return " ".join(dict.fromkeys(above))

    def below(self, at: HeadRow) -> list[list[str]]:
        """Values below a header row, column by column; repeated headers are not values."""
        rows = [row.cells for row in self.head if row.row > at.row and row.cells != at.cells]
        return [[row[i] for row in rows if i < len(row)] for i in range(len(at.cells))]


def list_files(raw: Path) -> dict[str, Path]:
    """Files below a folder by their path with ``/``, without litter of editors and systems.

    Raises:
        SourceError: there is no such folder, or no file in it.
    """
    if not raw.is_dir():
        raise SourceError("没有找到报送文件夹", str(raw), "检查路径;把各部门报送的文件放进一个文件夹后重试")
    found = {
        unicodedata.normalize("NFC", path.relative_to(raw).as_posix()): path
        for path in sorted(raw.rglob("*")) if path.is_file() and not path.is_symlink()
    }  # fmt: skip
    files = {
        name: path for name, path in sorted(found.items())
        if not path.name.startswith(("~$", ".")) and path.name.lower() not in _LITTER
    }  # fmt: skip
    if not files:
        raise SourceError("报送文件夹是空的", str(raw), "把各部门报送的文件放进该文件夹后重试")
    return files


def sample_file(path: Path, name: str) -> list[Sample]:
    """The visible sheets that are not blank.

    Raises:
        SourceError: the file cannot be opened.
    """
    samples: list[Sample] = []
    for sheet in _visible(path, name):
        if head := sheet.head():
            samples.append(Sample(name, sheet.name, head))
        if len(samples) >= MOST_SHEETS:
            break
    return samples


def _visible(path: Path, name: str) -> Iterator[DeliveredSheet]:
    return (sheet for sheet in open_file(path, name).sheets() if not sheet.hidden)


def sound_headers(head: list[HeadRow]) -> list[HeadRow]:
    """Rows that could head a list: several different short words, no numbers, and rows as wide below them."""
    widths = [used_width(row.cells) for row in head]
    widest = [max(widths[i + 1 :], default=0) for i in range(len(head))]
    return [
        row
        for row, own, below in zip(head, widths, widest, strict=True)
        if below * 2 >= own and _is_worded(row)
    ]


def _is_worded(row: HeadRow) -> bool:
    cells = [normal_header(cell) for cell in row.cells if cell.strip()]
    words = [cell for cell in cells if 1 <= len(cell) <= 16 and not any(c.isdigit() for c in cell)]
    return len(cells) >= 3 and len(set(words)) >= 0.9 * len(cells)

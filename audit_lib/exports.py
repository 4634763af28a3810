"""Text on its way out to spreadsheets, as text: no cell that we write is ever taken for a formula.

Whoever filled in a list may have typed ``=HYPERLINK(…)`` for a name. In a workbook such a cell is written as
a string with Excel's leading-apostrophe mark; in a CSV, which has no types, it gets the apostrophe itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

#: what a spreadsheet may take for the beginning of a formula; some locales read the wide signs, too
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_CELL = 32_767
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_UNFIT = re.compile(r'[\\/:*?"<>|\s\x00-\x1f\x7f]+')


def is_live(text: str) -> bool:
    """Whether a spreadsheet may take a cell for a formula.

    Example:
        >>> is_live("=1+1"), is_live("1+1")
        (True, False)
    """
    return text.startswith(LIVE)


def inert(cell: Any) -> Any:
    """A cell of a CSV: live text behind an apostrophe, anything but text as it is.

    Example:
        >>> inert("=1+1"), inert(-80)
        ("'=1+1", -80)
    """
    return f"'{cell}" if isinstance(cell, str) and is_live(cell) else cell


def inert_line(cells: Iterable[Any]) -> list[Any]:
    """A line of a CSV, every cell ``inert``."""
    return [inert(cell) for cell in cells]


def printable(text: str) -> str:
    """What a workbook or a document can hold of a text: control characters are □, the end of a huge cell is told."""
    sound = _CONTROL.sub("□", text)
    if len(sound) > _LONGEST_CELL:
        sound = sound[: _LONGEST_CELL - 20] + f"…(共{len(sound):,}字)"
    return sound


def free_name(folder: Path, source: str, ending: str) -> Path:
    """A file name like a delivered file's path; two paths that read alike get numbers.

    Args:
        folder: where the file is to be.
        source: path of the delivered file below the raw folder.
        ending: what the name ends with, e.g. ``.搁置.xlsx``.
    """
    stem = _UNFIT.sub("_", source)[-80:].lstrip(".") or "_"
    path, number = folder / f"{stem}{ending}", 2
    while path.exists():
        path, number = folder / f"{stem}({number}){ending}", number + 1
    return path

"""dBase and FoxPro tables (.dbf), which older departments' systems still export.

A small reader of our own: the format is a fixed header and records of fixed width, which numpy
reads as one array; the packages that read it go record by record, guess Latin-1 for Chinese text
and drop deleted records without a word.
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pyarrow as pa

from audit_lib.errors import SourceError
from audit_lib.sources.sheets import (
    HEAD_ROWS,
    Body,
    DeliveredSheet,
    HeadRow,
    OddRow,
    used_width,
    without_blank_rows,
)

_VERSIONS = frozenset(b"\x02\x03\x04\x05\x30\x31\x32\x43\x63\x7b\x83\x8b\x8c\xcb\xf5\xfb")
_END_OF_FIELDS, _DELETED = 0x0D, 0x2A
#: language drivers that say simplified Chinese
_CHINESE = frozenset(b"\x4d\x7a")
_MEMO = "MGPBW"
_JULIAN = date(1970, 1, 1).toordinal() - 2440588
_REMEDY = "请报送单位重新导出为 .dbf、.xlsx 或 CSV 后报送"


@dataclass(frozen=True)
class Field:
    """A column of a table: name, type letter, first byte in the record, width in bytes."""

    name: bytes
    kind: str
    start: int
    width: int


def is_dbf(start: bytes) -> bool:
    """Whether a file begins like a table: a known version and a list of fields that ends where it says."""
    if len(start) < 65 or start[0] not in _VERSIONS:
        return False
    header, record = struct.unpack_from("<HH", start, 8)
    month, day = start[2], start[3]
    fields = _fields(start, header)
    return bool(fields) and month <= 12 and day <= 31 and sum(f.width for f in fields) + 1 == record


def _fields(content: bytes, header: int) -> list[Field]:
    found: list[Field] = []
    at, start = 32, 1
    while at + 32 <= min(header, len(content)) and content[at] != _END_OF_FIELDS:
        name = content[at : at + 11].split(b"\0")[0]
        kind, width = chr(content[at + 11]), content[at + 16]
        if kind == "C":  # long text fields keep the high byte where decimals stand
            width += content[at + 17] << 8
        if not name or not kind.isalpha() or width == 0:
            return []
        found.append(Field(name, kind, start, width))
        at, start = at + 32, start + width
    return found if at < len(content) and content[at] == _END_OF_FIELDS else []


class DbfFile:
    """An opened table. It is one sheet, named ``""``; its header is row 1."""

    format = "dbf"
    name = ""
    hidden = False

    def __init__(self, path: Path, where: str) -> None:
        content = path.read_bytes()
        count, header, width = struct.unpack_from("<IHH", content, 4)
        self._fields = _fields(content, header)
        if not is_dbf(content[:65_536]) or header + count * width > len(content):
            raise SourceError("dbf 文件已损坏或不完整(记录数与文件大小不符)", where, _REMEDY)
        self.encoding = self._encoding(content[29], content[32:])
        records = np.frombuffer(content, dtype=np.uint8, count=count * width, offset=header)
        self._records = records.reshape(count, width)
        self._names = [self._decode(field.name).strip() for field in self._fields]

    @staticmethod
    def _encoding(language: int, text: bytes) -> str:
        if language not in _CHINESE:
            try:
                text.decode("utf-8")
                return "utf-8"
            except UnicodeDecodeError:
                pass
        return "gb18030"

    def _decode(self, text: bytes) -> str:
        return text.decode(self.encoding, "replace")

    def sheets(self) -> Iterator[DeliveredSheet]:
        """See ``DeliveredFile.sheets``."""
        yield self

    def rows(self, first: int, last: int) -> list[HeadRow]:
        """Rows from ``first`` to ``last`` (both counted, 1 is the header), blank and deleted ones too."""
        columns = self._columns(max(first - 2, 0), max(last - 1, 0))
        head = [HeadRow(1, list(self._names))] if first <= 1 else []
        below = zip(*(column.to_pylist() for column in columns), strict=True)
        return head + [HeadRow(row, list(cells)) for row, cells in enumerate(below, start=max(first, 2))]

    def head(self) -> list[HeadRow]:
        """See ``DeliveredSheet.head``."""
        return [row for row in self.rows(1, HEAD_ROWS) if used_width(row.cells)]

    def merged(self) -> list[tuple[int, int, int]]:
        """See ``DeliveredSheet.merged``; records have no merged cells."""
        return []

    def body(self, header: HeadRow, serial_columns: frozenset[int]) -> Body:
        """See ``DeliveredSheet.body``; a record marked as deleted is an odd row."""
        start = max(header.row - 1, 0)
        columns = self._columns(start, len(self._records))[: used_width(header.cells)]
        rows = np.arange(start, len(self._records)) + 2
        deleted = self._records[start:, 0] == _DELETED
        odd = [
            OddRow(int(rows[i]), [column[int(i)].as_py() for column in columns], "dbf 记录带删除标记")
            for i in np.flatnonzero(deleted)
        ]
        return without_blank_rows(Body(columns, rows, odd).keep(~deleted))

    def _columns(self, start: int, end: int) -> list[pa.Array]:
        return [self._column(field, self._records[start:end]) for field in self._fields]

    def _column(self, field: Field, records: np.ndarray) -> pa.Array:
        cells = np.ascontiguousarray(records[:, field.start : field.start + field.width])
        packed = pa.Array.from_buffers(
            pa.binary(field.width), len(cells), [None, pa.py_buffer(cells.tobytes())]
        )
        coded = packed.dictionary_encode()
        distinct = pa.array(
            [self._read(cell, field.kind) for cell in coded.dictionary.to_pylist()], pa.string()
        )
        return distinct.take(coded.indices)

    def _read(self, cell: bytes, kind: str) -> str:
        """A cell as the text a person would read."""
        if kind == "I" and len(cell) == 4:
            return str(struct.unpack("<i", cell)[0])
        if kind == "Y" and len(cell) == 8:
            return f"{struct.unpack('<q', cell)[0] / 10_000:.4f}".rstrip("0").rstrip(".")
        if kind in "BO" and len(cell) == 8:
            return f"{struct.unpack('<d', cell)[0]:.10g}"
        if kind in "T@" and len(cell) == 8:
            return _moment(*struct.unpack("<ii", cell))
        if kind in _MEMO:
            return ""
        text = self._decode(cell.rstrip(b"\0")).replace("\0", " ").strip()
        if kind == "L":
            return {"T": "是", "Y": "是", "F": "否", "N": "否"}.get(text.upper(), "")
        return "" if kind == "D" and not text.strip("0") else text


def _moment(day: int, milliseconds: int) -> str:
    """A day of the Julian calendar's count and the time of that day."""
    ordinal = day + _JULIAN
    if not 1 <= ordinal <= date.max.toordinal():
        return ""
    time = timedelta(seconds=round(milliseconds / 1000))
    return (
        f"{date.fromordinal(ordinal).isoformat()} {time}" if time else date.fromordinal(ordinal).isoformat()
    )

"""Text files to UTF-8, strictly: a character that cannot be read stops the file, it is never replaced."""

from __future__ import annotations

import codecs
from pathlib import Path

import numpy as np
import pyarrow as pa

from audit_lib.errors import SourceError

_BLOCK = 4 << 20
_BOMS = ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
#: beginnings of files that cannot be read as they are: UTF-16, and GB18030 with a mark
FOREIGN_MARKS = dict(_BOMS) | {b"\x84\x31\x95\x33": "gb18030"}
#: a control character that lists do not hold; in no encoding here is it part of another character
_CELL_END = 0x1F
_REMEDY = "用原系统重新导出,或用记事本/WPS 另存为 UTF-8 编码后重新报送"


def read_text(path: Path, where: str) -> tuple[bytes, str]:
    """Content of a text file as UTF-8 bytes without a mark, and the encoding it was delivered in.

    Raises:
        SourceError: no encoding fits the whole file; names the line of the first unreadable character.
    """
    return recode_text(path.read_bytes(), where)


def decode_text(content: bytes, where: str) -> tuple[str, str]:
    """Text of a file's content, and the encoding it was delivered in; see ``read_text``."""
    recoded, encoding = recode_text(content, where)
    return recoded.decode("utf-8"), encoding


def recode_text(content: bytes, where: str) -> tuple[bytes, str]:
    """The same for content that is already in memory; see ``read_text``."""
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return _recode(content, encoding, where), encoding
    fault = _utf8_fault(content)
    if fault is None:
        marked = content.startswith(codecs.BOM_UTF8)
        return (content[3:] if marked else content), ("utf-8-sig" if marked else "utf-8")
    if fault[1] >= 8:
        raise SourceError(
            "文件编码有误:开头是 UTF-8,但中间有无法识别的字符", _place(content, fault[0], where), _REMEDY
        )
    return _recode(content, "gb18030", where), "gb18030"


def decode_cells(cells: pa.Array, codec: str) -> pa.Array:
    """Cells of bytes (binary array without NULLs) as text, all at once.

    Raises:
        UnicodeDecodeError: a cell is not text in this encoding.
    """
    offsets = np.frombuffer(cells.buffers()[1], dtype=np.int32)[cells.offset : cells.offset + len(cells) + 1]
    written = np.frombuffer(cells.buffers()[2] or b"", dtype=np.uint8)[offsets[0] : offsets[-1]]
    ended = np.insert(written, offsets[1:] - offsets[0], _CELL_END).tobytes()
    decoded = np.frombuffer(ended.decode(codec).encode(), dtype=np.uint8)
    is_end = decoded == _CELL_END
    ends = np.flatnonzero(is_end)
    if len(ends) != len(cells):
        return pa.array([cell.decode(codec) for cell in cells.to_pylist()], pa.string())
    starts = np.concatenate(([0], ends - np.arange(len(ends)))).astype(np.int32)
    return pa.StringArray.from_buffers(
        len(cells), pa.py_buffer(starts.tobytes()), pa.py_buffer(decoded[~is_end].tobytes())
    )


def _utf8_fault(content: bytes) -> tuple[int, int] | None:
    """Where UTF-8 breaks, and how many multi-byte characters were sound before; None when all is."""
    decoder = codecs.getincrementaldecoder("utf-8")()
    wide = 0
    for start in range(0, len(content), _BLOCK):
        block = content[start : start + _BLOCK]
        carried = len(decoder.getstate()[0])
        try:
            text = decoder.decode(block, final=start + _BLOCK >= len(content))
        except UnicodeDecodeError as error:
            before = error.object[: error.start].decode("utf-8")
            return start - carried + error.start, wide + sum(not c.isascii() for c in before)
        if not text.isascii():
            wide += sum(not c.isascii() for c in text[:2000])
    return None


def _recode(content: bytes, encoding: str, where: str) -> bytes:
    decoder = codecs.getincrementaldecoder(encoding)()
    blocks: list[bytes] = []
    for start in range(0, len(content), _BLOCK):
        carried = len(decoder.getstate()[0])
        try:
            block = decoder.decode(content[start : start + _BLOCK], final=start + _BLOCK >= len(content))
        except UnicodeDecodeError as error:
            place = _place(content, start - carried + error.start, where)
            raise SourceError("文件编码无法识别:既不是 UTF-8,也不是 GB18030(GBK)", place, _REMEDY) from None
        blocks.append(block.encode("utf-8"))
    return b"".join(blocks).removeprefix(codecs.BOM_UTF8)


def _place(content: bytes, offset: int, where: str) -> str:
    return f"{where}:第{content.count(10, 0, max(offset, 0)) + 1}行"

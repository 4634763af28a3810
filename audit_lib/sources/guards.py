"""Looks at a file's plan before it is opened: what would swell beyond measure is refused by name.

A workbook or an archive says in its directory how large its parts become; a sheet says with its cell
addresses how large a rectangle it spans. In a process of its own with a memory limit (``contain``)
the addresses need no look: what swells there ends that process, and ``reading`` names the file.
"""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from audit_lib.errors import SourceError

#: bytes a file may become when its parts are unpacked
LARGEST_UNPACKED = 2 << 30
#: lists shrink to a twentieth at best a hundredth; only what is built to swell goes beyond
_HIGHEST_RATIO, _HARMLESS = 200, 100 << 20
#: what Excel's own sheets can have
MOST_COLUMNS = 16_384
_MOST_CELLS = 50_000_000
MEMORY_LIMIT = 2 << 30
_BLOCK, _OVERLAP = 4 << 20, 64
_SHAPE = bytes.maketrans(b"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789", b"A" * 26 + b"0" * 10)
_ADDRESS = re.compile(rb"""\sr\s*=\s*["']([A-Z]{1,9})([0-9]{1,12})["']""")
_BOMB = "展开后的大小异常({shown}),疑似“压缩炸弹”,未打开"
_FRESH = "请报送单位用 Excel/WPS 打开原表,另存为新的 .xlsx 后重新报送"
_BARE = re.compile(rb"<f[^>]*(?:/>|>[^<]*</f>)\s*(?:<v\s*/>|<v></v>)?\s*</c>")
_contained = False


def contain() -> None:
    """Limit the memory of this process, where the platform can; it must be one that may die."""
    global _contained
    try:
        import resource

        resource.setrlimit(resource.RLIMIT_DATA, (MEMORY_LIMIT, MEMORY_LIMIT))
        resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    except (ImportError, OSError, ValueError, AttributeError):
        return
    _contained = True


def check_archive(path: Path, where: str) -> None:
    """Refuse a zip (also every .xlsx) whose parts become too large; damage is left to the reader.

    Raises:
        SourceError: it would swell beyond ``LARGEST_UNPACKED`` or to 200 times its size.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return
    unpacked, packed = sum(part.file_size for part in parts), max(path.stat().st_size, 1)
    if unpacked > LARGEST_UNPACKED or (unpacked > _HARMLESS and unpacked > packed * _HIGHEST_RATIO):
        shown = f"{packed / 2**20:.1f} MB → {unpacked / 2**20:,.0f} MB"
        raise SourceError(_BOMB.format(shown=shown), where, _FRESH)
    if not _contained:
        for part in parts:
            if part.filename.startswith("xl/"):
                _check_part(path, part, where)


def _check_part(path: Path, part: zipfile.ZipInfo, where: str) -> None:
    """Unpack a part of a workbook without keeping it: its true size, and what its addresses span."""
    is_sheet = part.filename.startswith("xl/worksheets/") and part.filename.endswith(".xml")
    if not is_sheet and part.compress_size < 1 << 20:
        return
    size, doubtful, end = 0, False, b""
    for block in inflate(path, part):
        size += len(block)
        if size > part.file_size:
            raise SourceError(_BOMB.format(shown="目录所记大小不实"), f"{where}:{part.filename}", _FRESH)
        if is_sheet and not doubtful:
            doubtful = _spans_much(end + block)
            end = block[-_OVERLAP:]
    if doubtful:
        _check_span(path, part, where)


def _spans_much(block: bytes) -> bool:
    """Whether a block has addresses that may make a huge rectangle: a cheap test, true now and then."""
    shape = block.translate(_SHAPE)
    wide = shape.find(b'"AA0000') >= 0
    return wide or shape.find(b'"AAA') >= 0 or shape.find(b'A0000000"') >= 0 or b" r='" in block


def _check_span(path: Path, part: zipfile.ZipInfo, where: str) -> None:
    widest = lowest = 0
    end = b""
    for block in inflate(path, part):
        for letters, digits in _ADDRESS.findall(end + block):
            column = 0
            for letter in letters:
                column = column * 26 + letter - 64
            widest, lowest = max(widest, column), max(lowest, int(digits))
        end = block[-_OVERLAP:]
    if widest > MOST_COLUMNS or lowest * widest > _MOST_CELLS:
        raise too_wide(f"{where}:{part.filename.rsplit('/', 1)[-1]}", widest, lowest)


def too_wide(where: str, columns: int, row: int = 0) -> SourceError:
    """The refusal of a sheet no person filled in."""
    reach = f",到第{row:,}行" if row else ""
    return SourceError(
        f"工作表范围异常(到第{columns:,}列{reach}),超出可读范围,未读取", where,
        "请报送单位删除数据以外的空白行列,或把数据区域复制到新工作簿后重新报送",
    )  # fmt: skip


def has_bare_formulas(path: Path) -> bool:
    """Whether a workbook has formulas without their results, as some systems export them."""
    try:
        with zipfile.ZipFile(path) as archive:
            parts = [p for p in archive.infolist() if p.filename.startswith("xl/worksheets/sheet")]
        return any(_BARE.search(block) for part in parts for block in inflate(path, part))
    except (zipfile.BadZipFile, OSError):
        return False


def inflate(path: Path, part: zipfile.ZipInfo) -> Iterator[bytes]:
    """What a part really unpacks to, block by block, whatever the directory says of its size."""
    with path.open("rb") as content:
        content.seek(part.header_offset)
        head = content.read(30)
        content.seek(int.from_bytes(head[26:28], "little") + int.from_bytes(head[28:30], "little"), 1)
        left = part.compress_size
        unpacker = zlib.decompressobj(-15) if part.compress_type == zipfile.ZIP_DEFLATED else None
        while left > 0 and (packed := content.read(min(_BLOCK, left))):
            left -= len(packed)
            while packed:
                try:
                    block = unpacker.decompress(packed, _BLOCK) if unpacker else packed
                except zlib.error:
                    return
                packed = unpacker.unconsumed_tail if unpacker else b""
                if block:
                    yield block
                elif not packed:
                    break

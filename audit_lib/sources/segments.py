"""A large text file as segments of whole records, and what they say about it before they are read."""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from audit_lib.sources.delimited import quotes_pair
from audit_lib.sources.encodings import FOREIGN_MARKS

#: bytes of a segment
SEGMENT = 8 << 20
#: bytes at the start of a file that are looked at before the rest
HEAD = 1 << 20
#: what a closing quote may be away from its opening one, before the quotes count as not pairing
_LONGEST_RECORD = 64 << 20
#: multi-byte characters before a fault that show a file to be UTF-8 (see ``encodings``)
_SOUND = 8


class Unusual(Exception):
    """Something in the file asks for the slower reader."""


def segments(path: Path, start: int, recode: str = "") -> Iterator[bytes]:
    """The file from a position on, cut after records.

    Args:
        path: the file.
        start: where to begin; with ``recode`` a position in the UTF-8 that the file becomes (without a mark).
        recode: encoding of a file that can be cut in UTF-8 only; empty: the file is cut as it was delivered.

    Raises:
        Unusual: a record seems to have no end.
        UnicodeDecodeError: what is to be recoded is not in this encoding.
    """
    carried = b""
    for block in _recoded(path, start, recode) if recode else _blocks(path, start):
        block = carried + block if carried else block
        end = last_end(block)
        if end:
            yield block[:end]
        carried = block[end:]
        if len(carried) > max(_LONGEST_RECORD, 2 * SEGMENT):
            raise Unusual
    if carried:
        yield carried


def _blocks(path: Path, start: int) -> Iterator[bytes]:
    with path.open("rb") as content:
        content.seek(start)
        while block := content.read(SEGMENT):
            yield block


def _recoded(path: Path, start: int, encoding: str) -> Iterator[bytes]:
    decoder = codecs.getincrementaldecoder(encoding)()
    at = -1
    for block in _blocks(path, 0):
        text = decoder.decode(block)
        if at < 0 and text:
            text, at = text.removeprefix("\ufeff"), 0
        written = text.encode("utf-8")
        if fresh := written[max(start - at, 0) :]:
            yield fresh
        at += len(written)
    decoder.decode(b"", final=True)


def marked_encoding(head: bytes) -> str:
    """The encoding that a mark at the beginning names, of those which have to be recoded; empty without one."""
    return next((encoding for mark, encoding in FOREIGN_MARKS.items() if head.startswith(mark)), "")


def last_end(block: bytes) -> int:
    """Position after the last newline outside quotes, 0 when there is none."""
    if b'"' not in block:
        return block.rfind(b"\n") + 1
    written = np.frombuffer(block, dtype=np.uint8)
    newlines = np.flatnonzero(written == ord("\n"))
    outside = newlines[np.searchsorted(np.flatnonzero(written == ord('"')), newlines) % 2 == 0]
    return int(outside[-1]) + 1 if len(outside) else 0


def tell_encoding(path: Path, head: bytes) -> str:
    """The encoding of a file without a foreign mark, told from as much of it as it takes; empty when it cannot be told."""
    sound = 0
    for segment in segments(path, 0):
        try:
            text = segment.decode("utf-8-sig")
        except UnicodeDecodeError as fault:
            before = segment[: fault.start].decode("utf-8", "ignore")
            is_utf8 = sound + sum(not c.isascii() for c in before) >= _SOUND
            return "" if is_utf8 or head.startswith(codecs.BOM_UTF8) else "gb18030"
        except Unusual:
            return ""
        sound += 0 if text.isascii() else sum(not c.isascii() for c in text[:HEAD])
        if sound >= _SOUND:
            break
    return "utf-8-sig" if head.startswith(codecs.BOM_UTF8) else "utf-8"


def check_segment(segment: bytes, delimiter: str) -> None:
    """Refuse what can only be read by looking at the file as a whole.

    Raises:
        Unusual: returns without a newline, or quotes that do not pair.
    """
    if segment.count(b"\r") != segment.count(b"\r\n"):
        raise Unusual
    if b'"' in segment:
        written = np.frombuffer(segment, dtype=np.uint8)
        if not quotes_pair(written, np.flatnonzero(written == ord('"')), delimiter):
            raise Unusual

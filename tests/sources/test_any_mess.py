"""Whatever bytes are delivered: a table, or a fault in words; and no row is lost on the way."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.errors import SourceError
from audit_lib.sources.files import open_file
from audit_lib.sources.sheets import used_width

OPENINGS = st.sampled_from(
    [b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "Workbook".encode("utf-16-le"),
     b"\xff\xfe", b"\xef\xbb\xbf",
     b"<table><tr><td>", b"MIME-Version: 1.0\n\n", b"<?xml ?><Workbook><Worksheet><Row><Cell>", b'"', b"\x00"]
)  # fmt: skip
CELL = st.text(st.characters(blacklist_categories=("Cs", "Cc"), blacklist_characters="<>&"), min_size=1, max_size=6)


def rows_read(content: bytes, name: str) -> int:
    """Rows of all sheets below their first row."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / name
        path.write_bytes(content)
        count = 0
        for sheet in open_file(path, name).sheets():
            if head := sheet.head():
                body = sheet.body(head[0], frozenset())
                count += len(body) + len(body.odd)
        return count


@given(OPENINGS, st.binary(max_size=300))
@settings(max_examples=150)
def test_any_bytes_are_read_or_refused_in_words(opening: bytes, rest: bytes) -> None:
    try:
        rows_read(opening + rest, "x.xls")
    except SourceError as fault:
        assert fault.what and fault.remedy


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), min_size=2, max_size=12))
@settings(max_examples=80)
def test_no_row_of_a_page_is_lost(lines: list[list[str]]) -> None:
    filled = [[f"字{cell}" for cell in line] for line in lines]
    page = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in line) + "</tr>" for line in filled)
    assert rows_read(f"<table>{page}</table>".encode(), "x.xls") == len(lines) - 1


@given(st.lists(st.text('ab,"|;\t \x00王', max_size=12), min_size=1, max_size=15))
@settings(max_examples=150)
def test_no_line_of_a_text_is_lost(lines: list[str]) -> None:
    filled = [line for line in lines if '"' not in line]
    content = "\n".join(["甲,乙,丙", *filled])
    try:
        count = rows_read(content.encode(), "x.csv")
    except SourceError:
        pytest.fail("a text was refused") if "\x00" not in content else None
        return
    said = [line for line in filled if used_width([line.strip(',|;\t ')])]
    assert count >= len(said)

"""A large text file read by segments says exactly what the same file says when it is read whole."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from audit_lib.errors import SourceError
from audit_lib.sources import large_texts, segments
from audit_lib.sources.coded import CodedColumns
from audit_lib.sources.delimited import TextFile
from audit_lib.sources.encodings import read_text
from audit_lib.sources.large_texts import LargeText, open_text
from audit_lib.sources.sheets import Body, HeadRow

HEADER = "姓名,身份证号,村,金额"
PLAIN = [f"王芳{n % 7},{n:018d},草岭社区,{n % 11}.50" for n in range(80)]


@pytest.fixture(autouse=True)
def _everything_is_large(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(large_texts, "_LARGE", 0)
    monkeypatch.setattr(segments, "SEGMENT", 700)
    monkeypatch.setattr(segments, "HEAD", 2_700)
    monkeypatch.setattr(large_texts, "HEAD", 2_700)


#: encodings, and whether a mark is written that the codec does not write by itself
ENCODINGS = ["gb18030", "utf-8", "utf-8-sig", "utf-16", "marked gb18030"]


def encode(text: str, encoding: str) -> bytes:
    return ("\ufeff" * encoding.startswith("marked") + text).encode(encoding.removeprefix("marked "))


def as_rows(body: Body) -> list[tuple[int, list[str]]]:
    columns = [column.to_pylist() for column in body.columns]
    return [(int(row), [column[i] for column in columns]) for i, row in enumerate(body.rows)]


def read_both(content: bytes) -> tuple[Body, Body, HeadRow]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "清册.csv"
        path.write_bytes(content)
        large, whole = open_text(path, "清册.csv"), TextFile(*read_text(path, "清册.csv"))
        assert large.encoding == whole.encoding
        assert large.delimiter == whole.delimiter
        assert large.head() == whole.head()
        header = whole.head()[0]
        return large.body(header, frozenset()), whole.body(header, frozenset()), header


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("delimiter", [",", "|"])
def test_an_ordinary_file_is_read_by_segments_and_says_the_same(
    tmp_path: Path, encoding: str, newline: str, delimiter: str
) -> None:
    path = tmp_path / "清册.csv"
    path.write_bytes(encode(newline.join([HEADER, *PLAIN, ""]).replace(",", delimiter), encoding))
    assert isinstance(open_text(path, path.name), LargeText)
    by_segments, whole, _ = read_both(path.read_bytes())
    assert as_rows(by_segments) == as_rows(whole)
    assert isinstance(by_segments.columns, CodedColumns)
    assert as_rows(by_segments)[59] == (61, ["王芳3", f"{59:018d}", "草岭社区", "4.50"])


def test_characters_that_hold_the_delimiter_do_not_make_the_file_be_read_whole() -> None:
    assert "東".encode("gb18030")[1] == ord("|")
    lines = [line.replace(",", "|") for line in [HEADER, *PLAIN]]
    lines[50:72] = ["王東|371327194503151230|草岭社区"] * 22  # a cell too few, a delimiter too many among the bytes
    by_segments, _, _ = read_both("\n".join(lines).encode("gb18030"))
    assert isinstance(by_segments.columns, CodedColumns)
    assert [row.row for row in by_segments.odd] == list(range(51, 73))


def test_columns_give_their_distinct_cells_in_the_order_of_the_rows() -> None:
    by_segments, _, _ = read_both("\n".join([HEADER, *PLAIN]).encode("gb18030"))
    kept = by_segments.keep(by_segments.rows > 5)
    assert kept.cells(0).distinct.to_pylist() == [f"王芳{n}" for n in (4, 5, 6, 0, 1, 2, 3)]
    assert [kept.cells(0).at(i) for i in range(4)] == ["王芳4", "王芳5", "王芳6", "王芳0"]
    assert kept.where(2, lambda cells: cells.is_null()).tolist() == [False] * 76


ODD_LINES = st.one_of(
    st.sampled_from([
        "", " , ,　,", ",,,", "李强,1", "李强,1,草岭,2,,", "李强,1,草岭,2,多", '"李,强",1,草岭,2', '"李""强",1,草岭,2',
        '"李\n强",1,草岭,2', "李\x00强,1,草岭,2", '李"强,1,草岭,2', '"李强,1,草岭,2', "䶮㐂𠮷,1,乣乗,2", "李\x1f强,1,草岭,2",
        "李\r强,1,草岭,2", "合计,,,99", "王芳(户主),'371327,　大店,￥1,315.00",
    ]),
    st.text(st.characters(exclude_categories=("Cs",), exclude_characters="\n"), max_size=20),
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 60), ODD_LINES), max_size=8),
    st.sampled_from(ENCODINGS),
    st.sampled_from([",", "|"]),
    st.booleans(),
)
@example([(10, "李\x00强,1,草岭,2"), (50, "李强,1")], "gb18030", ",", True)
@example([(55, '"李强,1,草岭,2')], "gb18030", ",", True)
@example([(55, "㐊,1,草岭,2"), (9, "李强\r,1,草岭,2")], "utf-16", "|", False)
def test_whatever_stands_between_the_rows_reads_the_same(
    odd: list[tuple[int, str]], encoding: str, delimiter: str, ends: bool
) -> None:
    lines = list(PLAIN)
    for at, line in odd:
        lines.insert(at, line)
    content = "\n".join([HEADER, *lines]) + ("\n" if ends else "")
    by_segments, whole, _ = read_both(encode(content.replace(",", delimiter), encoding))
    assert as_rows(by_segments) == as_rows(whole)
    assert [(row.row, row.cells) for row in by_segments.odd] == [(row.row, row.cells) for row in whole.odd]


@pytest.mark.parametrize("encoding", ["utf-8", "gb18030"])
def test_a_character_that_cannot_be_read_stops_the_file_and_names_its_line(
    tmp_path: Path, encoding: str
) -> None:
    path = tmp_path / "清册.csv"
    lines = [line.encode(encoding) for line in [HEADER, *PLAIN]]
    lines[50] = b"\xff\xff" + lines[50]
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(SourceError, match="编码") as caught:
        open_text(path, "清册.csv").body(HeadRow(1, HEADER.split(",")), frozenset())
    assert "第51行" in str(caught.value)

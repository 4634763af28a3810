"""dBase and FoxPro tables: Chinese text, dates, deleted records, damage."""

from __future__ import annotations

import struct
from datetime import date
from pathlib import Path

import pytest

from audit_lib.errors import SourceError
from audit_lib.ledger.raw_rows import read_rows
from audit_lib.sources.files import open_file
from audit_lib.sources.formats import sniff
from tests.sources.district import LI, WANG, ZHAO, District, column

FIELDS = [("姓名", "C", 12), ("身份证号", "C", 18), ("死亡日期", "D", 8), ("户号", "N", 6)]
Records = list[tuple[str, ...]]


def dbf(records: Records, fields: list[tuple[str, str, int]] | None = None, *, language: int = 0x4D,
        version: int = 3, encoding: str = "gb18030") -> bytes:  # fmt: skip
    """A table; a record whose first cell starts with ``*`` is marked as deleted."""
    fields = FIELDS if fields is None else fields
    width = 1 + sum(size for _, _, size in fields)
    header = 32 + 32 * len(fields) + 1
    start = struct.pack("<BBBBIHH17xB2x", version, 118, 12, 31, len(records), header, width, language)
    columns = b"".join(
        name.encode(encoding).ljust(11, b"\0") + kind.encode() + bytes(4) + bytes([size]) + bytes(15)
        for name, kind, size in fields
    )
    lines = b"".join(
        (b"*" if record[0].startswith("*") else b" ")
        + b"".join(
            cell.lstrip("*").encode(encoding).ljust(size)
            for cell, (_, _, size) in zip(record, fields, strict=True)
        )
        for record in records
    )
    return start + columns + b"\r" + lines + b"\x1a"


PEOPLE: Records = [(*WANG, "20170315", "12"), (f"*{LI[0]}", LI[1], "20170401", ""), (*ZHAO, "00000000", "7")]


@pytest.mark.parametrize("version", [0x03, 0x30, 0x83, 0xF5])
def test_a_table_is_known_by_its_content_whatever_it_is_called(tmp_path: Path, version: int) -> None:
    path = tmp_path / "死亡.xls"
    path.write_bytes(dbf(PEOPLE, version=version))
    assert sniff(path) == ("dbf", "")


def test_records_become_rows_and_deleted_ones_are_set_aside_not_dropped(district: District) -> None:
    district.put("死亡/死亡.dbf", dbf(PEOPLE))
    tables = district.read()
    assert [(r["name"], r["died_on"]) for r in tables["death"]] == [("王芳", date(2017, 3, 15))]
    assert [(r["reason"], r["origin"] % 10_000_000) for r in tables["set_aside"]] == [
        ("dbf 记录带删除标记", 3), ("死亡日期空缺", 4),
    ]  # fmt: skip
    assert column(tables["file_register"], "format") == ["dbf"]
    assert column(tables["file_register"], "encoding") == ["gb18030"]


def test_the_encoding_is_seen_where_the_file_does_not_say_it(tmp_path: Path) -> None:
    for encoding in ("gb18030", "utf-8"):
        path = tmp_path / f"{encoding}.dbf"
        path.write_bytes(dbf(PEOPLE, [("XM", "C", 12), ("SFZ", "C", 18), ("RQ", "D", 8), ("HH", "N", 6)],
                             language=0, encoding=encoding))  # fmt: skip
        (sheet,) = open_file(path, path.name).sheets()
        assert sheet.head()[1].cells == ["王芳", WANG[1], "20170315", "12"]


def test_numbers_money_and_moments_are_the_text_a_person_reads(tmp_path: Path) -> None:
    fields = [("A", "I", 4), ("B", "Y", 8), ("C", "T", 8), ("D", "L", 1), ("E", "N", 8)]
    packed = struct.pack("<iqii", -7, 1_234_500, 2457828, 3_600_000) + b"T" + b"   98.40"
    path = tmp_path / "x.dbf"
    path.write_bytes(dbf([], fields).removesuffix(b"\x1a") + b" " + packed)
    content = bytearray(path.read_bytes())
    content[4:8] = struct.pack("<I", 1)
    path.write_bytes(content)
    (sheet,) = open_file(path, path.name).sheets()
    assert sheet.head()[1].cells == ["-7", "123.45", "2017-03-15 1:00:00", "是", "98.40"]


def test_a_table_cut_off_on_the_way_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.dbf"
    path.write_bytes(dbf(PEOPLE)[:-30])
    with pytest.raises(SourceError, match="记录数与文件大小不符"):
        open_file(path, path.name)


def test_a_row_is_found_again_by_its_number(tmp_path: Path) -> None:
    path = tmp_path / "x.dbf"
    path.write_bytes(dbf(PEOPLE))
    assert read_rows(path, "x.dbf", "", {1, 4}) == {
        1: ["姓名", "身份证号", "死亡日期", "户号"], 4: [*ZHAO, "", "7"],
    }  # fmt: skip

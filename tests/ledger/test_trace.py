"""From a finding number to the cells of the delivered rows."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import xlsxwriter

from audit_lib.errors import LedgerError
from audit_lib.ledger.trace import trace
from audit_lib.tables import origin
from tests.ledger.ledger_cases import as_tables, finding

ID, ACCOUNT, PHONE = "371327194503151230", "6223190012345678", "13800001234"
DEATH_SHEET = "火化 名册"


@pytest.fixture
def raw(tmp_path: Path) -> Path:
    folder = tmp_path / "raw"
    (folder / "民政").mkdir(parents=True)
    lines = ["序号,姓名,身份证号码,银行账号,联系电话,金额(元),流水号,备注"]
    lines += [
        f'{n},郦珺,{ID},{ACCOUNT},{PHONE},{n}.00,20170100000000{n:04},"一行{chr(10)}两行,电话{PHONE}"'
        for n in range(1, 31)
    ]
    (folder / "发放.csv").write_bytes(("\r\n".join(lines) + "\r\n").encode("gb18030"))
    book = xlsxwriter.Workbook(folder / "民政" / "死亡.xlsx")
    sheet = book.add_worksheet(DEATH_SHEET)
    for row, cells in {
        0: ["2017年火化名册"],
        2: ["逝者姓名", "身份证号", "死亡时间"],
        3: ["甲", "", ""],
        5: ["郦珺", ID, "2017-01-02"],
    }.items():
        sheet.write_row(row, 0, cells)
    book.close()
    return folder


def stages(tmp_path: Path, raw: Path, payment_rows: list[int]) -> tuple[Path, Path]:
    """The findings and sources stages' folders."""
    findings, tables = tmp_path / "findings", tmp_path / "tables"
    findings.mkdir()
    tables.mkdir()
    found, lines = as_tables([finding("YDAAAA"), finding("YDBBBB")])
    pq.write_table(found, findings / "finding.parquet")
    pq.write_table(lines, findings / "finding_line.parquet")
    evidence = [("payment", origin(1, row), "发放.csv", "", row) for row in payment_rows]
    evidence.append(("death", origin(2, 6), "民政/死亡.xlsx", DEATH_SHEET, 6))
    names = ["table_name", "origin", "file", "sheet", "row"]
    rows = [{"finding_id": "YDAAAA", **dict(zip(names, row, strict=True))} for row in evidence]
    pq.write_table(pa.Table.from_pylist(rows), findings / "evidence.parquet")
    sheets = [
        {"file": "发放.csv", "sheet": "", "header_row": 1},
        {"file": "民政/死亡.xlsx", "sheet": DEATH_SHEET, "header_row": 3},
    ]
    pq.write_table(pa.Table.from_pylist(sheets), tables / "sheet.parquet")
    register = [
        {"file": sheet["file"], "sha256": hashlib.sha256((raw / str(sheet["file"])).read_bytes()).hexdigest()}
        for sheet in sheets
    ]
    pq.write_table(pa.Table.from_pylist(register), tables / "file_register.parquet")
    return findings, tables


def test_each_piece_of_evidence_names_file_sheet_and_row_and_shows_its_cells(tmp_path, raw):
    found = trace("ydaaaa ", *stages(tmp_path, raw, [2, 4]), raw)
    death, first, second = found.evidence
    assert str(death.place) == f"民政/死亡.xlsx:{DEATH_SHEET}:6"
    assert death.cells == [("逝者姓名", "郦珺"), ("身份证号", ID), ("死亡时间", "2017-01-02")]
    # a cell of two lines makes the next record start two lines further down
    assert [(row.place.row, dict(row.cells)["金额(元)"]) for row in (first, second)] == [
        (2, "1.00"),
        (4, "2.00"),
    ]
    assert dict(first.cells)["备注"] == f"一行\n两行,电话{PHONE}"


def test_numbers_are_masked_unless_the_reader_asks(tmp_path, raw):
    found = trace("YDAAAA", *stages(tmp_path, raw, [2]), raw)
    masked, shown = found.render(), found.render(reveal=True)
    for number in (ID, ACCOUNT, PHONE):
        assert number not in masked
        assert number in shown
    for form in (
        "371327********1230",
        "************5678",
        "138****1234",
        "201701000000000001",
        "【死亡登记】",
    ):
        assert form in masked


def test_shown_and_hidden_evidence_add_up_and_the_single_death_row_is_shown(tmp_path, raw):
    found = trace("YDAAAA", *stages(tmp_path, raw, list(range(2, 62, 2))), raw)
    assert (len(found.evidence), found.hidden, found.total["payment"]) == (20, 11, 30)
    assert found.evidence[0].table_name == "death"
    assert "另有11行证据未列出(已列20行)" in found.render()


def test_an_unknown_number_is_refused_with_the_nearest(tmp_path, raw):
    with pytest.raises(LedgerError, match=r"没有疑点“YDAAAB”[\s\S]*最接近的编号:YDAAAA"):
        trace("YDAAAB", *stages(tmp_path, raw, [2]), raw)


def test_a_file_changed_or_gone_since_it_was_read_is_told(tmp_path, raw):
    findings, tables = stages(tmp_path, raw, [2])
    (raw / "发放.csv").write_bytes("姓名,金额\n甲,1\n".encode("gb18030"))
    (raw / "民政" / "死亡.xlsx").unlink()
    faults = [row.fault for row in trace("YDAAAA", findings, tables, raw).evidence]
    assert faults == ["文件已不在原处", "文件在读取之后被改动过,行号可能已不对应"]


def test_a_row_beyond_the_end_of_its_file_is_told(tmp_path, raw):
    found = trace("YDAAAA", *stages(tmp_path, raw, [999]), raw)
    assert found.evidence[1].fault == "文件中没有这一行"


def test_a_row_of_a_second_table_in_one_sheet_is_shown_under_its_own_header(tmp_path, raw):
    book = xlsxwriter.Workbook(raw / "民政" / "死亡.xlsx")
    sheet = book.add_worksheet(DEATH_SHEET)
    rows = [
        ["逝者姓名", "死亡时间"],
        ["甲", "2016-01-02"],
        [],
        ["死亡日期", "姓名", "身份证号"],
        [],
        ["2017-01-02", "郦珺", ID],
    ]
    for row, cells in enumerate(rows):
        sheet.write_row(row, 0, cells)
    book.close()
    findings, tables = stages(tmp_path, raw, [2])
    sheets = pq.read_table(tables / "sheet.parquet").to_pylist()
    lines = [sheets[0], sheets[1] | {"header_row": 4}, sheets[1] | {"header_row": 1}]
    pq.write_table(pa.Table.from_pylist(lines), tables / "sheet.parquet")
    death = trace("YDAAAA", findings, tables, raw).evidence[0]
    assert death.cells == [("死亡日期", "2017-01-02"), ("姓名", "郦珺"), ("身份证号", ID)]

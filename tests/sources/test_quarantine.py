"""Rows set aside go back to the department as workbooks without live formulas."""

from __future__ import annotations

from pathlib import Path

import openpyxl

from audit_lib.sources.quarantine import write_quarantine
from tests.sources.district import LI, ZHAO, District, payment


def test_each_file_gets_a_workbook_with_the_reason_beside_the_cell(
    district: District, tmp_path: Path
) -> None:
    district.put_payments(
        payment(), payment(LI, amount="叁佰"), payment(amount="=1+1"), payment(), name="发放/甲.csv"
    )
    district.put_payments(payment(), payment(), payment(ZHAO, month="某月"), name="发放/乙.csv")
    district.read()
    out = tmp_path / "set_aside"
    written = write_quarantine(district.root / "out", out)
    assert [path.name for path in written] == ["发放_乙.csv.搁置.xlsx", "发放_甲.csv.搁置.xlsx"]
    rows = list(openpyxl.load_workbook(written[1]).active.iter_rows(min_row=4, values_only=True))
    assert [row[1:5] for row in rows] == [
        ("3", "金额无法识别", "金额", "叁佰"), ("4", "金额无法识别", "金额", "=1+1"),
    ]  # fmt: skip
    assert rows[0][5:7] == LI


def test_no_cell_is_a_formula(district: District, tmp_path: Path) -> None:
    live = ["=1+1", "+1-x", "-x", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    lines = [payment(amount=text, village=text) for text in live]
    district.put_payments(*[payment()] * 6, *lines)
    district.read()
    (path,) = write_quarantine(district.root / "out", tmp_path / "set_aside")
    seen = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in seen} == {"s"}
    assert {cell.value for cell in seen} >= set(live)
    assert all(cell.quotePrefix for cell in seen if str(cell.value).startswith(("=", "+", "-", "@")))


def test_workbooks_of_an_earlier_run_go_and_other_files_stay(district: District, tmp_path: Path) -> None:
    district.put_payments(payment(), payment(), payment(amount="x"))
    district.read()
    out = tmp_path / "set_aside"
    out.mkdir()
    (out / "旧.搁置.xlsx").write_bytes(b"")
    (out / "说明.txt").write_text("留下")
    write_quarantine(district.root / "out", out)
    assert sorted(path.name for path in out.iterdir()) == ["发放_清册.csv.搁置.xlsx", "说明.txt"]

"""What stops a run: one Chinese message with file, place and remedy; all faults at once; nothing half-written."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib.errors import ParamsError, SourceError
from audit_lib.params import load_project
from audit_lib.sources import read_sources
from tests.sources.district import LI, PAYMENT_HEADER, WANG, ZHAO, District, column, payment, refused


def refusal(district: District) -> str:
    """The message the run stops with; the output folder must still be empty."""
    out = district.root / "empty"
    out.mkdir(exist_ok=True)
    with pytest.raises(SourceError) as fault:
        read_sources(load_project(district.root / "params" / "lingang"), out, district.cache)
    assert fault.value.exit_code == 2
    assert list(out.iterdir()) == []
    assert "处理:" in str(fault.value)
    return str(fault.value)


def test_a_missing_folder(district: District) -> None:
    district.raw.rmdir()
    message = refusal(district)
    assert "没有找到报送文件夹" in message and str(district.raw) in message


def test_an_empty_folder(district: District) -> None:
    assert "报送文件夹中没有文件" in refusal(district)


def test_an_empty_file(district: District) -> None:
    district.put("发放/清册.csv", "\n\n")
    message = refusal(district)
    assert "空文件" in message and "发放/清册.csv" in message


@pytest.mark.parametrize("keep", [0.3, 0.9])
def test_a_truncated_workbook(district: District, keep: float) -> None:
    path = district.put_workbook("发放/清册.xlsx", {"一": [["姓名", "身份证号"]]})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep)])
    message = refusal(district)
    assert "工作簿无法打开" in message and "发放/清册.xlsx" in message


def test_a_workbook_whose_sheet_is_garbage(district: District) -> None:
    import zipfile

    path = district.put_workbook("发放/清册.xlsx", {"一": [["姓名", "身份证号"]]})
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = parts["xl/worksheets/sheet1.xml"][:200]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert "发放/清册.xlsx" in refusal(district)


def test_a_workbook_with_a_password(district: District) -> None:
    content = (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)
    )
    district.put("发放/清册.xlsx", content)
    assert "有密码保护" in refusal(district)


def test_a_web_page_saved_as_a_workbook(district: District) -> None:
    district.put("发放/清册.xls", "<html><table><tr><td>姓名</td></tr></table></html>")
    message = refusal(district)
    assert "发放/清册.xls: 没有找到“发放明细”的表头(首行:姓名)" in message
    district.put("发放/清册.xls", "<html><p>登录已超时</p></html>")
    assert "网页格式的文件中没有表格" in refusal(district)


def test_a_payment_list_without_numbers_of_identity(district: District) -> None:
    header = PAYMENT_HEADER.replace("身份证号,", "")
    district.put_payments(payment().replace(f"{WANG[1]},", ""), header=header)
    message = refusal(district)
    assert "发放/清册.csv" in message
    assert "缺少必需的列“身份证号”" in message
    assert "现有列:姓名、乡镇、行政村、补贴项目、发放月份、补贴金额、银行账号" in message


def test_a_sheet_without_a_needed_column_is_named(district: District) -> None:
    header = ["姓名", "身份证号", "补贴项目", "发放月份", "金额"]
    good = [header, ["王芳", WANG[1], "农村低保", "201703", 1]]
    bad = [["姓名", "补贴项目", "发放月份", "金额"], ["李强", "农村低保", "201703", 1]]
    district.put_workbook("发放/清册.xlsx", {"草岭社区": good, "王祥社区": bad})
    assert "发放/清册.xlsx:王祥社区: 缺少必需的列“身份证号”" in refusal(district)


def test_an_amount_column_of_text(district: District) -> None:
    district.put_payments(payment(amount="叁佰元"), payment(amount="见附件"), payment(amount="315"))
    message = refusal(district)
    assert "金额列多数不是数字(3个中有2个,如第2行“叁佰元”)" in message and "发放/清册.csv" in message


def test_an_amount_column_without_amounts(district: District) -> None:
    district.put_payments(payment(amount=""), payment(LI, amount=" "))
    message = refusal(district)
    assert "金额列全部空缺(2行)" in message and "发放/清册.csv" in message


def test_an_encoding_that_only_looks_like_gbk_is_suspected(district: District) -> None:
    district.put("发放/清册.csv", "ｶﾅ,漢字\n1,2\n", "shift-jis")
    assert "首行若是乱码,说明文件编码有误" in refusal(district)


def test_text_in_utf16_without_a_mark(district: District) -> None:
    district.put("发放/清册.csv", f"{PAYMENT_HEADER}\n{payment()}\n".encode("utf-16-le"))
    message = refusal(district)
    assert "没有字节序标记的 UTF-16" in message and "发放/清册.csv" in message


def test_a_scan_among_the_lists_stops_nothing_unless_it_calls_itself_a_list(district: District) -> None:
    district.put_payments(payment())
    district.put("发放/附件001.pdf", b"%PDF-1.4")
    register = {row["file"]: (row["decision"], row["reason"]) for row in district.read()["file_register"]}
    assert register["发放/附件001.pdf"] == ("拒收", "不是表格,未读取:PDF 文件")
    district.put("发放/附件.xlsx", b"%PDF-1.4")
    assert refused(district.read()) == {"发放/附件.xlsx": "无法读取:PDF 文件"}


def test_one_amount_of_text_is_set_aside_alone(district: District) -> None:
    district.put_payments(payment(amount="叁佰元"), payment(LI), payment(ZHAO))
    tables = district.read()
    assert [(r["reason"], r["cell"]) for r in tables["set_aside"]] == [("金额无法识别", "叁佰元")]


def test_numbers_cut_by_a_spreadsheet(district: District) -> None:
    cut = ("王芳", "371327194503151000")
    district.put_payments(payment(cut), payment(cut), *[payment(LI)] * 5)
    message = refusal(district)
    assert "被表格软件截断(7个中有2个" in message and "重新导出" in message
    district.put_payments(payment(LI), name="发放/好.csv")
    tables = district.read()
    assert column(tables["payment"], "name") == ["李强"]
    (line,) = tables["refused_file"]
    assert (line["file"], line["ids"], line["ids_cut"]) == ("发放/清册.csv", 7, 2)
    assert line["examples"] == '["第2行 371327********1000", "第3行 371327********1000"]'


def test_a_file_without_any_known_header(district: District) -> None:
    district.put("发放/清册.csv", "甲,乙\n1,2\n")
    assert "没有找到“发放明细”的表头(首行:甲、乙)" in refusal(district)


def test_all_bad_files_are_told_at_once_when_no_file_is_good(district: District) -> None:
    district.put("发放/网页.xls", "<table>")
    district.put("发放/空.csv", "")
    message = refusal(district)
    assert "2个报送文件无法使用" in message and "发放/网页.xls" in message and "发放/空.csv" in message


def test_bad_files_cost_only_themselves(district: District) -> None:
    district.put_payments(payment(), name="发放/好.csv")
    district.put("发放/网页.xls", "<table>")
    district.put("发放/空.csv", "")
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    assert refused(tables) == {"发放/空.csv": "无法读取:空文件", "发放/网页.xls": refused(tables)["发放/网页.xls"]}
    assert all(row["remedy"] for row in tables["refused_file"])
    assert {row["file"]: row["decision"] for row in tables["file_register"]} == {
        "发放/好.csv": "采用", "发放/空.csv": "拒收", "发放/网页.xls": "拒收",
    }  # fmt: skip


def test_a_delivery_without_faults_refuses_nothing(district: District) -> None:
    district.put_payments(payment())
    district.put("发放/附件001.pdf", b"%PDF-1.4")
    assert refused(district.read()) == {}


def test_files_nobody_described_are_registered_and_stop_nothing(district: District) -> None:
    district.put_payments(payment())
    district.put("其他/名单.csv", "a,b\n1,2\n")
    district.put("其他/通知.pdf", b"%PDF-1.4")
    district.put("发放/~$清册.xlsx", b"x")
    district.put("不用/清册.csv", "x")
    district.put_payments(payment(), name="发放/清册副本.csv")
    register = {row["file"]: (row["decision"], row["reason"]) for row in district.read()["file_register"]}
    assert register["其他/名单.csv"][0] == "需要映射"
    assert register["其他/通知.pdf"] == ("拒收", "不是可读的表格:PDF 文件")
    assert register["发放/~$清册.xlsx"] == ("不采用", "临时文件")
    assert register["不用/清册.csv"] == ("不采用", "已由区级汇总")
    assert register["发放/清册副本.csv"] == ("不采用", "与“发放/清册.csv”内容完全相同")
    assert register["发放/清册.csv"] == ("采用", "")


def test_equal_files_stated_to_be_of_different_periods_are_both_read(district: District) -> None:
    district.put_payments(payment(), name="发放/上半年.csv")
    district.put_payments(payment(), name="发放/下半年.csv")
    district.put_payments(payment(), name="发放/下半年副本.csv")
    first, second = (
        {"table": "payment", "constants": {"service": half}} for half in ("2017年上半年", "2017年下半年")
    )
    district.set_sources([{"match": "发放/上*", **first}, {"match": "发放/下*", **second}])
    register = {row["file"]: (row["decision"], row["reason"]) for row in district.read()["file_register"]}
    assert register == {
        "发放/上半年.csv": ("采用", ""), "发放/下半年.csv": ("采用", ""),
        "发放/下半年副本.csv": ("不采用", "与“发放/下半年.csv”内容完全相同"),
    }  # fmt: skip


def test_sources_yml_may_only_name_tables_and_columns_that_exist(district: District) -> None:
    district.put_payments(payment())
    district.set_sources(
        [{"match": "*", "table": "paymemt"}, {"match": "*", "table": "payment", "constants": {"x": "1"}}]
    )
    with pytest.raises(ParamsError) as fault:
        district.read()
    assert "sources.yml[1]:table" in str(fault.value) and "sources.yml[2]:constants" in str(fault.value)


def test_raw_files_are_never_written_to(district: District, tmp_path: Path) -> None:
    path = district.put_payments(payment(), payment(amount="x"))
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    district.read()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert [p.name for p in district.raw.rglob("*") if p.is_file()] == ["清册.csv"]

"""Workbooks: cells as a person reads them, titles, village sheets, summaries, totals and signatures."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

import pytest
import xlrd
import xlsxwriter
import xlwt

from audit_lib.sources.spreadsheets import cells_as_text
from tests.sources.district import LI, WANG, ZHAO, District, column

HEADER = ["序号", "姓名", "身份证号", "金额(元)", "账号"]
PENSION = "发放/团林镇/城乡居民基础养老金.xlsx"


def sheet(*rows: list[Any], title: str = "2017年3月城乡居民基础养老金发放表") -> list[list[Any]]:
    return [[title], ["单位:元"], HEADER, *rows]


def line(
    number: int, person: tuple[str, str], amount: Any = 100.5, account: Any = "6228480000000000001"
) -> list[Any]:
    return [number, *person, amount, account]


def test_cells_become_the_text_a_person_reads() -> None:
    cells = [
        315.0,
        0.1,
        "王芳",
        371327194503151230.0,
        None,
        True,
        datetime(2017, 3, 15),
        date(2017, 3, 5),
        98.4,
        1e14,
        1.0,
    ]
    assert list(cells_as_text(cells)) == [
        "315",
        "0.1",
        "王芳",
        "3.71327194503151E+17",
        "",
        "TRUE",
        "2017-03-15",
        "2017-03-05",
        "98.4",
        "100000000000000",
        "1",
    ]


def test_a_plain_number_is_a_day_only_in_a_column_of_days() -> None:
    assert list(cells_as_text([42809.0, 20170315.0], serial=True)) == ["2017-03-15", "20170315"]
    assert list(cells_as_text([42809.0])) == ["42809"]


def test_item_period_town_and_village_come_from_title_path_and_sheet_name(district: District) -> None:
    district.put_workbook(PENSION, {"草岭社区": sheet(line(1, WANG)), "Sheet2": sheet(line(1, LI))})
    tables = district.read()
    rows = [
        (r["name"], r["item_id"], r["service_from"], r["town_id"], r["village_id"]) for r in tables["payment"]
    ]
    month = 2017 * 12 + 2
    assert rows == [
        ("王芳", "RESIDENT_PENSION", month, "tuanlin", "tl02"), ("李强", "RESIDENT_PENSION", month, "tuanlin", None),
    ]  # fmt: skip
    assert "所属期取自标题“2017年3月”" in tables["file_register"][0]["reason"]
    assert column(tables["sheet"], "header_row") == [3, 3]


def test_rows_keep_the_number_the_spreadsheet_shows(district: District) -> None:
    rows = sheet(line(1, WANG), [], [None, " "], line(2, LI))
    district.put_workbook(PENSION, {"草岭社区": rows})
    assert [r["payment_row"] for r in district.read()["payment"]] == [10_000_004, 10_000_007]


def test_summary_cover_and_hidden_sheets_are_passed_over_and_named(district: District) -> None:
    district.put_workbook(
        PENSION,
        {
            "封面": [["团林镇财政所"]],
            "汇总": [["行政村", "人数", "金额"], ["草岭社区", 1, 100]],
            "旧表": sheet(line(1, ZHAO)),
            "草岭社区": sheet(line(1, WANG)),
            "空": [],
        },
        hidden=("旧表",),
    )
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    (register,) = tables["file_register"]
    for note in ("跳过工作表“封面”(没有找到表头)", "跳过工作表“汇总”", "跳过隐藏工作表“旧表”"):
        assert note in register["reason"]
    assert column(tables["sheet"], "sheet") == ["草岭社区"]


def test_totals_are_compared_and_signatures_and_repeated_headers_are_no_people(district: District) -> None:
    rows = sheet(
        line(1, WANG, 100), line(2, LI, 50), ["小计", None, None, 150], HEADER, line(3, ZHAO, 30),
        ["小计", None, None, 31], ["合 计", None, None, 180], ["制表人:钱某", None, "审核人:孙某"],
    )  # fmt: skip
    district.put_workbook(PENSION, {"草岭社区": rows})
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳", "李强", "赵敏"]
    assert [(t["label"], t["amount_fen"], t["detail_fen"]) for t in tables["printed_total"]] == [
        ("小计", 15000, 15000), ("小计", 3100, 3000), ("合计", 18000, 18000),
    ]  # fmt: skip
    (register,) = tables["file_register"]
    assert [register[c] for c in ("delivered", "kept", "set_aside", "totals")] == [8, 3, 0, 5]


def test_a_grand_total_that_disagrees_with_its_sheet_is_said_with_both_sums(district: District) -> None:
    rows = sheet(line(1, WANG, 100), line(2, LI, 80), ["总计", None, None, 200])
    right = sheet(line(1, ZHAO, 30), ["总计", None, None, 30])
    district.put_workbook(PENSION, {"草岭社区": rows, "王祥社区": right})
    tables = district.read()
    totals = [(t["label"], t["amount_fen"], t["detail_fen"]) for t in tables["printed_total"]]
    assert totals == [("总计", 20000, 18000), ("总计", 3000, 3000)]
    reason = tables["file_register"][0]["reason"]
    assert "第6行“总计”200.00元,明细合计180.00元,不符" in reason and reason.count("不符") == 1


def test_a_person_called_like_a_total_stays_a_person(district: District) -> None:
    district.put_workbook(PENSION, {"草岭社区": sheet(line(1, ("合计", WANG[1])), line(2, ("总计", LI[1])))})
    assert column(district.read()["payment"], "name") == ["合计", "总计"]


@pytest.mark.parametrize(
    ("title", "header", "fen"),
    [
        ("单位:万元", "金额", 15_000_000),
        ("单位:元", "金额", 1500),
        ("", "金额(万元)", 15_000_000),
        ("单位:万元", "金额(元)", 1500),
        ("", "金额", 1500),
    ],
)
def test_the_unit_stands_in_the_header_or_the_title(
    district: District, title: str, header: str, fen: int
) -> None:
    rows = [[title], ["补贴项目", "年度", header], ["农村低保", 2017, 15]]
    district.put_workbook("汇总/民政.xlsx", {"2017": rows})
    assert column(district.read()["control_total"], "amount_fen") == [fen]


def test_a_number_cut_by_excel_is_seen_as_cut(district: District) -> None:
    rows = [line(i, WANG) for i in range(9)] + [[10, "李强", 371327196002290010, 1, "1"]]
    district.put_workbook(PENSION, {"草岭社区": sheet(*rows)})
    cut = district.read()["payment"][-1]
    assert (cut["id_raw"], cut["id_no"], cut["id_status"]) == ("3.7132719600229E+17", None, "excel_cut")


def test_an_old_xls_is_read_like_an_xlsx(district: District) -> None:
    book = xlwt.Workbook()
    page = book.add_sheet("火化")
    day = xlwt.easyxf(num_format_str="YYYY-MM-DD")
    for at, row in enumerate(
        [["逝者姓名", "身份证号", "死亡时间"], [WANG[0], WANG[1], date(2017, 3, 15)], [*LI, 42809]]
    ):
        for place, cell in enumerate(row):
            page.write(at, place, cell, *([day] if isinstance(cell, date) else []))
    path = district.put("死亡/火化.xls", b"")
    book.save(str(path))
    tables = district.read()
    assert column(tables["death"], "died_on") == [date(2017, 3, 15), date(2017, 3, 15)]
    assert column(tables["death"], "source") == ["police", "police"]
    assert column(tables["file_register"], "format") == ["xls"]


def test_amounts_by_year_are_kept_together(district: District) -> None:
    header = ["疑点类型", "核实结果", "核实金额", "其中:2017年", "2018年(元)", "核实日期"]
    district.put_workbook("反馈/团林镇.xlsx", {"反馈": [header, ["死亡后仍领取", "属实", 3.5, 1.25, 2.25, "2019.7.1"],
                                                      ["死亡后仍领取", "不属实", None, None, None, ""]]})  # fmt: skip
    rows = district.read()["feedback"]
    assert column(rows, "verified_by_year") == ['{"2017": 125, "2018": 225}', None]
    assert column(rows, "result") == ["confirmed", "cleared"]
    assert column(rows, "verified_fen") == [350, None]


CODES = {shown: code for code, shown in xlrd.error_text_from_code.items()}


def put_errors(district: District, suffix: str) -> None:
    """Rows 4 to 8: errors in amount, account, name, name and number, and nowhere."""
    people: list[list[Any]] = [line(i, WANG) for i in range(5)]
    places = {(0, 3): "#REF!", (1, 4): "#N/A", (2, 1): "#VALUE!", (3, 1): "#DIV/0!", (3, 2): "#N/A"}
    rows = sheet(*people)
    path = district.put(PENSION.replace("xlsx", suffix), b"")
    if suffix == "xls":
        book = xlwt.Workbook()
        page = book.add_sheet("草岭社区")
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if shown := places.get((at - 3, place)):
                    page.row(at).set_cell_error(place, CODES[shown])
                else:
                    page.write(at, place, cell)
        book.save(str(path))
        return
    with xlsxwriter.Workbook(str(path)) as workbook:
        workbook.add_worksheet("说明")
        written = workbook.add_worksheet("草岭社区")
        for at, row in enumerate(rows):
            for place, cell in enumerate(row):
                if shown := places.get((at - 3, place)):
                    written.write_formula(at, place + 1, "=Z1", None, shown)
                else:
                    written.write(at, place + 1, cell)


@pytest.mark.parametrize("suffix", ["xlsx", "xls"])
def test_a_cell_that_shows_an_error_is_never_read_as_blank(district: District, suffix: str) -> None:
    put_errors(district, suffix)
    tables = district.read()
    aside = [(r["origin"] % 10_000_000, r["reason"], r["cell"]) for r in tables["set_aside"]]
    assert aside == [(4, "金额无法识别", "#REF!"), (7, "姓名和身份证号都空缺", "#DIV/0!")]
    kept = [(r["payment_row"] % 10_000_000, r["name"], r["account_no"]) for r in tables["payment"]]
    assert kept == [(5, "王芳", None), (6, None, "6228480000000000001"), (8, "王芳", "6228480000000000001")]
    flags = {(f["origin"] % 10_000_000, f["column_name"], f["raw"], f["flag"]) for f in tables["cell_flag"]}
    assert {
        (5, "账号", "#N/A", "公式错误"),
        (6, "姓名", "#VALUE!", "公式错误"),
        (4, "金额", "#REF!", "公式错误"),
    } <= flags
    assert "账号1行无法识别" in tables["file_register"][0]["reason"]

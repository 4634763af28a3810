"""Layouts: families in one row, merged household cells, tables below and beside each other; no row is lost."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter

from audit_lib.errors import SourceError
from audit_lib.sources.headers import map_columns, normal_header
from audit_lib.sources.layout_beside import side_by_side
from audit_lib.sources.layout_families import member_groups
from audit_lib.tables import PAYMENT, locate
from tests.sources.district import LI, WANG, ZHAO, District, Rows, column

SUN = ("孙丽", "372824198503074128")
COUNTS = ("delivered", "kept", "set_aside", "totals", "split")


def counts(tables: dict[str, Rows]) -> list[int]:
    (register,) = tables["file_register"]
    return [register[count] for count in COUNTS]


def places(rows: Rows, name: str) -> list[tuple[int, int]]:
    return [locate(row[f"{name}_row"]) for row in rows]


@pytest.mark.parametrize(
    "header",
    [
        "户主姓名 户主身份证号 家庭其他成员姓名1 身份证号1 家庭其他成员姓名2 身份证号2",
        "户主姓名 户主身份证号 其他家庭成员姓名1 其他家庭成员姓名2 身份证号1 身份证号2",
        "户主姓名 户主身份证号 成员一姓名 成员1身份证号 成员二姓名 成员2身份证号",
        "户主姓名 户主身份证号 成员姓名(1) 成员身份证号(1) 成员姓名(2) 成员身份证号(2)",
        "户主姓名 户主身份证号 家庭成员＿姓名 家庭成员＿身份证号 家庭成员＿姓名 家庭成员＿身份证号",
        "户主姓名 户主身份证号 配偶姓名 配偶身份证号 子女1姓名 子女1身份证号",
    ],
)
def test_every_way_to_head_two_further_members_is_known(header: str) -> None:
    cells = [normal_header(cell) for cell in header.split()]
    found = [(group.positions["name"], group.positions["id"]) for group in member_groups(cells)]
    assert len(found) == 2 and {at for pair in found for at in pair} == {2, 3, 4, 5}
    assert all(cells[name] != cells[number] for name, number in found)


def test_counts_and_guardians_are_no_members() -> None:
    assert member_groups(["姓名", "身份证号", "家庭人口", "家庭成员数", "监护人姓名", "子女数", "关系"]) == []


FAMILY = ["户号", "户主姓名", "户主身份证号", "行政村", "家庭成员1姓名", "家庭成员1身份证号", "成员1与户主关系",
          "家庭成员2姓名", "家庭成员2身份证号", "配偶姓名", "配偶身份证号"]  # fmt: skip


def test_a_family_in_one_row_becomes_one_row_per_person_with_the_same_origin(district: District) -> None:
    rows = [
        ["团林镇家庭情况表"], FAMILY,
        ["H1", *WANG, "草岭社区", *LI, "子", *ZHAO, "无", None],
        ["H2", *SUN, "草岭社区", None, None, None, None, "/", None, None],
        ["合计", "2户"],
    ]  # fmt: skip
    district.put_workbook("户籍/家庭.xlsx", {"表": rows})
    tables = district.read()
    people = [(r["name"], r["household_no"], r["relation"], r["village_id"]) for r in tables["hukou"]]
    assert people == [
        ("王芳", "H1", None, "tl02"), ("孙丽", "H2", None, "tl02"), ("李强", "H1", "子", "tl02"), ("赵敏", "H1", None, "tl02"),
    ]  # fmt: skip
    assert places(tables["hukou"], "hukou") == [(1, 3), (1, 4), (2, 3), (3, 3)]
    assert {(s["file"], s["sheet"]) for s in tables["sheet"]} == {("户籍/家庭.xlsx", "表")}
    assert counts(tables) == [3, 2, 0, 1, 2]


def test_a_spouse_is_said_to_be_one_and_a_missing_household_number_comes_from_the_head(
    district: District,
) -> None:
    header = ["户主姓名", "户主身份证号", "行政村", "配偶姓名", "配偶身份证号"]
    for name in ("户籍/a.xlsx", "户籍/b.xlsx"):
        district.put_workbook(name, {name[-6]: [header, [*WANG, "草岭社区", *LI]]})
    rows = district.read()["hukou"]
    assert column(rows, "relation") == [None, "配偶"] * 2
    (household,) = set(column(rows, "household_no"))
    assert household.startswith("H") and WANG[1] not in household


def test_a_persons_father_in_a_list_of_persons_is_no_second_entry(district: District) -> None:
    header = "姓名,身份证号,行政村,户号,与户主关系,父亲姓名,父亲身份证号"
    district.put("户籍/人口.csv", f"{header}\n{WANG[0]},{WANG[1]},草岭社区,H1,户主,{LI[0]},{LI[1]}\n")
    assert column(district.read()["hukou"], "name") == ["王芳"]


def test_a_payment_list_is_never_split_because_its_amount_is_the_households(district: District) -> None:
    header = "户主姓名,户主身份证号,补贴项目,发放月份,补贴金额,家庭成员1姓名,家庭成员1身份证号"
    district.put("发放/低保.csv", f"{header}\n{WANG[0]},{WANG[1]},农村低保,2017-03,315,{LI[0]},{LI[1]}\n")
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    assert "家庭成员1姓名" in tables["file_register"][0]["reason"]


MEMBERS = ["户主姓名", "户主身份证号", "行政村", "家庭成员姓名", "家庭成员身份证号", "与户主关系"]


def test_one_line_per_member_beside_a_merged_head_is_read_as_the_members(district: District) -> None:
    lines = [
        MEMBERS, [*WANG, "草岭社区", *WANG, "户主"], [None, None, None, *LI, "子"],
        [*ZHAO, "草岭社区", *SUN, "女"],
    ]  # fmt: skip
    district.put_workbook("户籍/成员.xlsx", {"表": lines})
    tables = district.read()
    found = [(r["name"], r["relation"]) for r in tables["hukou"]]
    assert found == [("王芳", "户主"), ("李强", "子"), ("赵敏", "户主"), ("孙丽", "女")]
    households = column(tables["hukou"], "household_no")
    assert households[0] == households[1] != households[2] == households[3]
    assert counts(tables) == [3, 3, 0, 0, 1]


def put_merged(path: Path, rows: list[list[Any]], ranges: list[tuple[int, int, int]]) -> None:
    """A workbook whose cells of a column are merged from a row to a row (counted from 0)."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("表")
        for at, row in enumerate(rows):
            page.write_row(at, 0, [cell if cell is not None else "" for cell in row])
        for place, first, last in ranges:
            page.merge_range(first, place, last, place, rows[first][place])


PEOPLE = ["户号", "村", "姓名", "身份证号", "与户主关系", "住址"]


def test_a_merged_household_cell_is_said_for_every_member_and_no_other_blank_is_filled(
    district: District,
) -> None:
    rows = [
        PEOPLE, ["H1", "草岭社区", *WANG, "户主", "一组"], [None, None, *LI, "子", None],
        ["H2", "草岭社区", *ZHAO, "户主", None], [None, "草岭社区", *SUN, "户主", None],
    ]  # fmt: skip
    put_merged(district.raw / "户籍/人口.xlsx", rows, [(0, 1, 2), (1, 1, 2)])
    tables = district.read()
    assert column(tables["hukou"], "household_no") == ["H1", "H1", "H2", None]
    assert column(tables["hukou"], "village_id") == ["tl02"] * 4
    assert "户号1行空白,按合并单元格向下补全" in tables["file_register"][0]["reason"]


def test_blanks_below_each_head_read_as_merged_only_where_the_relations_say_so(district: District) -> None:
    header = "户号,姓名,身份证号,与户主关系"
    lines = [f"H1,{WANG[0]},{WANG[1]},户主", f",{LI[0]},{LI[1]},子", f",{ZHAO[0]},{ZHAO[1]},女"]
    district.put("户籍/甲.csv", "\n".join([header, *lines]))
    district.put("户籍/乙.csv", "\n".join([header, *lines[:2], lines[2].replace("女", "户主")]))
    households = column(district.read()["hukou"], "household_no")
    assert households == ["H1", None, None, "H1", "H1", "H1"]  # 乙 before 甲


REGISTER = [
    "户号",
    "姓名",
    "身份证号",
    "与户主关系",
    "保障类别",
    "停发日期",
    "停发原因",
    "享受起始时间",
    "月标准",
]
STOPPED = ["A类", "2018-06-30", "超收入", "2016-01-01", 500]


def read_register(
    district: District, rows: list[list[Any]], merges: list[tuple[int, int, int]] | None = None
) -> dict[str, Rows]:
    district.set_sources([{"match": "名册/*", "table": "enrolment", "constants": {"register": "农村低保"}}])
    put_merged(district.raw / "名册/低保.xlsx", rows, merges or [])
    return district.read()


def stops(tables: dict[str, Rows]) -> list[Any]:
    return [row["stop_on"].isoformat() if row["stop_on"] else None for row in tables["enrolment"]]


def test_a_stop_written_for_the_head_stops_the_members_of_the_same_household(district: District) -> None:
    rows = [
        REGISTER, ["H1", *WANG, "户主", *STOPPED], ["H1", *LI, "之子"], ["H2", *ZHAO, "户主", "B类"], ["H2", *SUN, "女"],
    ]  # fmt: skip
    tables = read_register(district, rows)
    assert stops(tables) == ["2018-06-30", "2018-06-30", None, None]
    found = [(r["class"], r["stop_reason"], r["monthly_fen"]) for r in tables["enrolment"]]
    assert found == [
        ("A", "超收入", 50000),
        ("A", "超收入", None),
        ("B", None, None),
        ("B", None, None),
    ]
    assert "停发日期1行空白,按同一户号的户主补全(与户主关系不是户主)" in tables["file_register"][0]["reason"]


@pytest.mark.parametrize(
    "second",
    [["H9", *LI, "之子"], ["", *LI, "户主"], ["H1", *LI, "户主"], ["H1", *LI, ""]],
    ids=["own number", "own head without a number", "own head", "no relation"],
)
def test_a_row_of_its_own_takes_no_stop_from_the_row_above(district: District, second: list[str]) -> None:
    tables = read_register(district, [REGISTER, ["H1", *WANG, "户主", *STOPPED], second])
    assert stops(tables) == ["2018-06-30", None]


def test_members_who_stop_on_days_of_their_own_make_the_column_each_persons(district: District) -> None:
    own = ["H1", *LI, "之子", "A类", "2017-01-31"]
    rows = [REGISTER, ["H1", *WANG, "户主", *STOPPED], own, ["H1", *SUN, "女"]]
    tables = read_register(district, rows)
    assert stops(tables) == ["2018-06-30", "2017-01-31", None]
    assert "停发日期有1个成员行自行填写,其余成员的1行空白不按户主补全" in tables["file_register"][0]["reason"]


def test_the_death_of_a_head_does_not_stop_the_household(district: District) -> None:
    dead = [*STOPPED[:2], "户主死亡", *STOPPED[3:]]
    tables = read_register(district, [REGISTER, ["H1", *WANG, "户主", *dead], ["H1", *LI, "之子"]])
    assert stops(tables) == ["2018-06-30", None]
    assert column(tables["enrolment"], "approved_on")[1] is not None


def test_a_merged_stop_covers_its_rows_and_a_merged_blank_takes_nothing_from_above(
    district: District,
) -> None:
    plain = [name for name in REGISTER if name != "与户主关系"]
    rows = [plain, ["H1", *WANG, *STOPPED], ["H1", *LI], ["H2", *ZHAO, "B类"], ["H2", *SUN]]
    rows = [row + [""] * (len(plain) - len(row)) for row in rows]
    tables = read_register(district, rows, [(4, 1, 2), (4, 3, 4)])
    assert stops(tables) == ["2018-06-30", "2018-06-30", None, None]
    assert column(tables["enrolment"], "class") == ["A", None, "B", None]
    assert "停发日期1行空白,按合并单元格补为全户的值" in tables["file_register"][0]["reason"]


def test_nothing_is_filled_down_over_a_total(district: District) -> None:
    total: list[Any] = ["合计", "1户"]
    rows = [REGISTER, ["H1", *WANG, "户主", *STOPPED], total, ["H1", *LI, "之子"]]
    assert stops(read_register(district, rows)) == ["2018-06-30", None]
    header = "户号,姓名,身份证号,与户主关系"
    lines = [f"H1,{WANG[0]},{WANG[1]},户主", f",{LI[0]},{LI[1]},子", "合计,,,", f",{ZHAO[0]},{ZHAO[1]},女"]
    district.set_sources([{"match": "户籍/*", "table": "hukou"}])
    district.put("户籍/甲.csv", "\n".join([header, *lines]))
    assert column(district.read()["hukou"], "household_no") == ["H1", "H1", None]


PAY = ["姓名", "身份证号", "金额", "账号"]


def pay(person: tuple[str, str], amount: int) -> list[Any]:
    return [*person, amount, "6228480000000000001"]


def test_tables_below_each_other_keep_their_own_title_village_and_total(district: District) -> None:
    rows = [
        ["团林镇草岭社区2017年3月农村低保发放表"], PAY, pay(WANG, 100), pay(LI, 50), ["合计", None, 150],
        [], ["团林镇2017年4月农村低保发放表"], ["单位:元"], PAY, pay(ZHAO, 30), ["合计", None, 31], ["总计", None, 180],
        ["制表人:钱某"],
    ]  # fmt: skip
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    found = [(r["name"], r["service_from"] - 2017 * 12 + 1) for r in tables["payment"]]
    assert found == [("王芳", 3), ("李强", 3), ("赵敏", 4)]
    assert places(tables["payment"], "payment") == [(1, 3), (1, 4), (2, 10)]
    totals = [(t["label"], t["amount_fen"], t["detail_fen"]) for t in tables["printed_total"]]
    assert totals == [("合计", 15000, 15000), ("合计", 3100, 3000), ("总计", 18000, 18000)]
    assert counts(tables) == [10, 3, 0, 7, 0]


def test_the_same_header_on_every_printed_page_makes_no_new_table(district: District) -> None:
    title = ["团林镇2017年3月农村低保发放表"]
    rows = [title, PAY, pay(WANG, 1), title, PAY, pay(LI, 2), ["第1页"], title, PAY, pay(ZHAO, 3)]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    assert places(tables["payment"], "payment") == [(1, 3), (1, 6), (1, 10)]
    assert counts(tables) == [8, 3, 0, 5, 0]


def test_a_table_further_down_with_its_columns_in_another_order_is_read_by_its_own_header(
    district: District,
) -> None:
    other = ["身份证号", "姓名", "账号", "金额"]
    rows = [["2017年3月农村低保"], PAY, pay(WANG, 1), other, [LI[1], LI[0], "6228480000000000002", 2]]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    assert [(r["name"], r["amount_fen"], r["id_no"]) for r in tables["payment"]] == [
        ("王芳", 100, WANG[1]), ("李强", 200, LI[1]),
    ]  # fmt: skip


WIDE = ["序号", "姓名", "身份证号", "村", "面积", "金额", "账号"]


@pytest.mark.parametrize("name", ["低保.xlsx", "低保.csv", "补齐.csv"])
@pytest.mark.parametrize("wide_first", [False, True])
def test_tables_of_different_widths_below_each_other_are_both_read_wholly(
    district: District, name: str, *, wide_first: bool
) -> None:
    narrow = [PAY[:3], [*WANG, 1], [*SUN, 5]]
    wide = [WIDE, [1, *LI, "草岭社区", 2.5, 2, "622848"], [2, *ZHAO, "草岭社区", 3, 3, "622849"]]
    first, second = (wide, narrow) if wide_first else (narrow, wide)
    rows = [["2017年3月农村低保发放表"], *first, ["2017年4月农村低保发放表"], *second]
    if name.endswith("xlsx"):
        district.put_workbook(f"发放/{name}", {"表": rows})
    else:
        width = 7 if name.startswith("补齐") else 0
        cells = [[*map(str, row), *[""] * (width - len(row))] for row in rows]
        district.put(f"发放/{name}", "\n".join(map(",".join, cells)))
    tables = district.read()
    found = [(r["name"], r["amount_fen"], r["account_no"], r["village_id"]) for r in tables["payment"]]
    own = [("王芳", 100, None, None), ("孙丽", 500, None, None)]
    others = [("李强", 200, "622848", "tl02"), ("赵敏", 300, "622849", "tl02")]
    assert found == (others + own if wide_first else own + others)
    assert counts(tables)[1:3] == [4, 0]


def test_cells_to_the_right_of_the_header_are_said_and_kept_with_a_row_set_aside(district: District) -> None:
    rows = [
        ["2017年3月农村低保"],
        PAY[:3],
        [*WANG, 1],
        [*LI, "暂停", None, "已迁出"],
        [None] * 4 + ["见附件"],
    ]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    assert "第5列没有列名,2行有内容,未采用" in tables["file_register"][0]["reason"]
    records = [json.loads(row["record"]) for row in tables["set_aside"]]
    assert [record.get("第5列") for record in records] == ["已迁出", "见附件"]
    assert counts(tables) == [3, 1, 2, 0, 0]


def test_a_table_above_that_lacks_a_column_is_set_aside_row_by_row(district: District) -> None:
    above = [["姓名", "身份证号", "住址"], [*WANG, "一组"]]
    rows = [["2017年3月农村低保发放表"], *above, [], WIDE, [1, *LI, "草岭社区", 2.5, 2, "622848"]]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    assert column(tables["payment"], "name") == ["李强"]
    assert "第2行起另有一张列不全的表(1人),未读取" in tables["file_register"][0]["reason"]
    (aside,) = tables["set_aside"]
    assert aside["reason"].startswith("第2行起是另一张表,缺少列“") and "金额" in aside["reason"]
    assert json.loads(aside["record"]) == {"姓名": WANG[0], "身份证号": WANG[1], "住址": "一组"}
    assert locate(aside["origin"])[1] == 3
    assert counts(tables) == [3, 1, 1, 1, 0]


@pytest.mark.parametrize(
    ("name", "title", "village", "said"),
    [
        ("团林镇/草岭社区.xlsx", "低保", "tl02", "村取自文件名“草岭社区”"),
        ("团林镇/03草岭2017年低保(改).xlsx", "", "tl02", "村取自文件名“草岭”"),
        ("团林镇/草岭社区/低保.xlsx", "", "tl02", "村取自文件夹“草岭社区”"),
        ("甲.xlsx", "团林镇草岭社区2017年3月农村低保发放表", "tl02", "村取自标题“团林镇草岭社区”"),
        ("团林镇/草岭社区.xlsx", "王祥社区2017年3月农村低保发放表", "tl03", "村取自标题“王祥社区”"),
        ("团林镇/农村低保.xlsx", "团林镇各村汇总", None, ""),
        ("团林镇/草岭社区、王祥社区.xlsx", "", None, ""),
        ("坪上镇/草岭社区.xlsx", "", None, "镇村1行无法识别"),
    ],
)
def test_the_village_comes_from_title_or_path_where_nothing_in_the_sheet_says_it(
    district: District, name: str, title: str, village: str | None, said: str
) -> None:
    month = [["农村低保2017年3月"]]
    district.put_workbook(f"发放/{name}", {"Sheet1": [[title], *month, PAY, pay(WANG, 1)]})
    tables = district.read()
    assert column(tables["payment"], "village_id") == [village]
    assert said in tables["file_register"][0]["reason"]
    assert bool(said) == ("村取自" in tables["file_register"][0]["reason"])


def test_a_village_the_area_dictionary_lacks_is_kept_as_the_files_name_says_it(district: District) -> None:
    district.put_workbook("发放/坪上镇/柳树沟村.xlsx", {"Sheet1": [["农村低保2017年3月"], PAY, pay(WANG, 1)]})
    (row,) = district.read()["payment"]
    assert (row["village_id"], row["village_raw"], row["town_id"]) == (None, "柳树沟村", "pingshang")


def test_a_column_of_villages_goes_before_the_files_name(district: District) -> None:
    rows = [["2017年3月农村低保"], [*PAY, "村"], pay(LI, 2), [*pay(WANG, 1), "王祥社区"]]
    district.put_workbook("发放/团林镇/草岭社区.xlsx", {"Sheet1": rows})
    assert column(district.read()["payment"], "village_id") == [None, "tl03"]


def test_a_village_heading_counts_for_every_column_printed_beside_another(district: District) -> None:
    rows = [["2017年3月农村低保"], PAY * 2, ["草岭社区"], pay(WANG, 1) + pay(LI, 2)]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    found = [(r["name"], r["village_id"]) for r in district.read()["payment"]]
    assert found == [("王芳", "tl02"), ("李强", "tl02")]


def test_a_table_further_down_that_lacks_a_column_is_set_aside_and_says_which(district: District) -> None:
    rows = [
        ["2017年3月农村低保"],
        PAY,
        pay(WANG, 1),
        ["其他人员名单"],
        ["姓名", "身份证号", "住址"],
        [*LI, "一组"],
    ]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    (aside,) = tables["set_aside"]
    assert aside["reason"] == "第5行起是另一张表,缺少列“金额”" and LI[1] in aside["record"]
    assert counts(tables) == [4, 1, 1, 2, 0]


def test_a_line_that_only_names_a_village_is_the_village_of_the_rows_below(district: District) -> None:
    rows = [["团林镇2017年3月农村低保"], PAY, ["一、草岭社区"], pay(WANG, 1), ["大店村"], pay(LI, 2)]
    villages = [v.name for t in district.project().towns if t.name == "团林镇" for v in t.villages]
    rows[4] = [villages[0]]
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    first = next(v.village_id for t in district.project().towns for v in t.villages if v.name == villages[0])
    assert column(tables["payment"], "village_id") == ["tl02", first]
    assert counts(tables) == [4, 2, 0, 2, 0]


def test_columns_printed_side_by_side_are_all_read(district: District) -> None:
    rows = [
        ["团林镇2017年3月农村低保发放表"], PAY + PAY, pay(WANG, 1) + pay(LI, 2), pay(ZHAO, 3),
        [None] * 4 + pay(SUN, 4), ["合计", None, 10],
    ]  # fmt: skip
    district.put_workbook("发放/低保.xlsx", {"表": rows})
    tables = district.read()
    assert [(r["name"], r["amount_fen"]) for r in tables["payment"]] == [
        ("王芳", 100),
        ("赵敏", 300),
        ("孙丽", 400),
        ("李强", 200),
    ]
    assert places(tables["payment"], "payment") == [(1, 3), (1, 4), (1, 5), (2, 3)]
    assert [(t["amount_fen"], t["detail_fen"]) for t in tables["printed_total"]] == [(1000, 1000)]
    assert counts(tables) == [4, 3, 0, 1, 1]


def test_two_columns_of_one_name_are_no_table_beside_another() -> None:
    assert side_by_side(["姓名", "金额", "姓名", "金额"]) == 2
    assert side_by_side(["姓名", "金额", "", "姓名", "金额"]) == 3
    assert side_by_side(["姓名", "金额", "备注", "金额", "备注"]) == 0


def test_a_first_and_a_last_month_in_two_columns_are_one_period(district: District) -> None:
    header = "姓名,身份证号,补贴种类,补贴项目,补贴起始月,补贴终止月,补贴金额"
    lines = [f"王芳,{WANG[1]},甲,农村低保,2018.01,2018.03,3", f"李强,{LI[1]},甲,农村低保,201805,,1"]
    district.put("发放/两补.csv", "\n".join([header, *lines]))
    spans = [(r["service_from"] - 2018 * 12, r["service_to"] - 2018 * 12) for r in district.read()["payment"]]
    assert spans == [(0, 2), (4, 4)]


def test_a_last_month_alone_is_no_period() -> None:
    mapping = map_columns(["姓名", "身份证号", "终止月份", "发放月份", "金额"], PAYMENT, {})
    assert (mapping.at["service"], mapping.until) == (3, None)


def test_a_list_without_identity_numbers_is_told_how_to_say_so(district: District) -> None:
    list_of_names = "行政村,姓名,补贴项目,年度,补贴金额\n草岭社区,王芳,农村低保,2018,90\n"
    district.put("发放/退耕.csv", list_of_names)
    with pytest.raises(SourceError, match='在 constants 中写 id: ""'):
        district.read()
    district.set_sources([{"match": "发放/*", "table": "payment", "constants": {"id": ""}}])
    (row,) = district.read()["payment"]
    assert (row["name"], row["id_status"], row["village_id"]) == ("王芳", "empty", "tl02")

"""Headers: noise is dropped, the better synonym wins, the loser is named."""

from __future__ import annotations

import pytest

from audit_lib.sources.headers import find_header, map_columns, normal_header
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import HUKOU, PAYMENT, TABLES
from tests.sources.district import WANG, District, column


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("姓 名", "姓名"),
        ("*身份证号码", "身份证号码"),
        ("补贴金额\n(元)", "补贴金额"),
        ("帐号", "账号"),
        ("村(社区)", "村"),
        ("银行账号【一本通】", "银行账号"),
        ("(元)", "(元)"),
        ("补贴标准:", "补贴标准"),
    ],
)
def test_noise_in_a_header_is_dropped(written: str, normal: str) -> None:
    assert normal_header(written) == normal


def test_every_synonym_of_every_table_finds_its_column_when_alone() -> None:
    for table in TABLES.values():
        for wanted in table.columns:
            for spelling in wanted.headers:
                mapping = map_columns([spelling], table, {})
                taken = {*mapping.at, *(["place"] if mapping.town == 0 or mapping.village == 0 else [])}
                owners = {c.name for c in table.columns if spelling in c.headers}
                assert len(taken) == 1 and taken <= owners, (table.name, spelling)


def test_the_synonym_that_stands_first_wins_and_the_other_is_named(district: District) -> None:
    header = "户主姓名,补贴对象姓名,身份证号,补贴项目,补贴年度,发放月份,补贴金额,工作日志"
    district.put("发放/清册.csv", f"{header}\n钱某,王芳,{WANG[1]},农村低保,2017,3,315,x\n")
    tables = district.read()
    assert column(tables["payment"], "name") == ["王芳"]
    assert column(tables["payment"], "service_from") == [2017 * 12 + 2]
    assert column(tables["file_register"], "reason") == ["未采用的列:户主姓名、工作日志"]


def test_the_header_is_the_row_with_most_known_names_and_titles_stay() -> None:
    rows = [["2017年发放表"], ["单位:元", "姓名册"], ["姓名", "身份证号", "金额"], ["王芳", WANG[1], "315"]]
    header = find_header([HeadRow(i + 1, cells) for i, cells in enumerate(rows)], PAYMENT, {})
    assert header is not None
    assert (header.at.row, header.title, header.unit()) == (3, "2017年发放表 单位:元 姓名册", "元")


def test_an_address_column_is_the_village_and_a_town_column_the_town() -> None:
    mapping = map_columns(["姓名", "住址", "镇街"], HUKOU, {})
    assert (mapping.village, mapping.town) == (1, 2)


def test_sources_yml_maps_headers_nobody_knows(district: District) -> None:
    district.set_sources(
        [
            {
                "match": "发放/*",
                "table": "payment",
                "columns": {
                    "甲": "name",
                    "乙": "id",
                    "丙": "amount",
                    "丁": "村",
                    "戊": "item",
                    "己": "service",
                },
            }
        ]
    )
    district.put("发放/清册.csv", f"甲,乙,丙,丁,戊,己\n王芳,{WANG[1]},315,团林镇草岭社区,农村低保,2017-03\n")
    (row,) = district.read()["payment"]
    assert (row["name"], row["amount_fen"], row["village_id"], row["item_id"]) == (
        "王芳",
        31500,
        "tl02",
        "RURAL_DIBAO",
    )


def composed(*rows: list[str]) -> tuple[int, list[str]] | None:
    header = find_header([HeadRow(i + 1, cells) for i, cells in enumerate(rows)], PAYMENT, {})
    return (header.at.row, header.at.cells) if header else None


def test_two_header_rows_are_joined_parent_and_child_and_a_title_is_no_parent() -> None:
    rows = [
        ["某镇2017年耕地地力保护补贴发放表", "", "", "", "", ""],
        ["序号", "姓名", "身份证号", "补贴情况", "", "", "备注"],
        ["", "", "", "面积", "标准", "金额(元)", ""],
        ["1", "王芳", WANG[1], "2", "45", "90", ""],
    ]
    assert composed(*rows) == (
        3,
        ["序号", "姓名", "身份证号", "补贴情况＿面积", "补贴情况＿标准", "补贴情况＿金额(元)", "备注"],
    )
    mapping = map_columns(composed(*rows)[1], PAYMENT, {})  # type: ignore[index]
    assert mapping.at == {"name": 1, "id": 2, "quantity": 3, "rate": 4, "amount": 5, "purpose": 6}


def test_three_header_rows_are_joined_and_names_written_over_and_over_stand_once() -> None:
    rows = [
        ["基本信息", "基本信息", "补贴情况", "补贴情况", "补贴情况"],
        ["姓名", "身份证号", "核定", "", "发放"],
        ["", "", "面积", "标准", "金额"],
        ["王芳", WANG[1], "2", "45", "90"],
    ]
    assert composed(*rows) == (
        3, ["基本信息＿姓名", "基本信息＿身份证号", "补贴情况＿核定＿面积", "补贴情况＿核定＿标准", "补贴情况＿发放＿金额"],
    )  # fmt: skip


def test_a_first_row_of_people_is_never_taken_for_a_second_header_row() -> None:
    rows = [
        ["姓名", "身份证号", "村", "", "金额"],
        ["王芳", "", "草岭村", "三组", "90"],
        ["李强", "", "草岭村", "四组", "90"],
    ]
    assert composed(*rows) == (1, rows[0])


def test_the_same_child_under_two_parents_means_neither_unless_one_is_the_sum() -> None:
    names = ["姓名", "2017年＿金额", "2018年＿金额"]
    assert "amount" not in map_columns(names, PAYMENT, {}).at
    assert map_columns(names, PAYMENT, {"2018年_金额": "amount"}).at["amount"] == 2
    assert map_columns(["姓名", "耕地＿金额", "种粮＿金额", "合计＿金额"], PAYMENT, {}).at["amount"] == 3


def test_the_households_own_name_wins_over_the_spouses() -> None:
    names = ["配偶＿姓名", "配偶＿身份证号", "户主＿姓名", "户主＿身份证号", "金额"]
    assert map_columns(names, PAYMENT, {}).at == {"name": 2, "id": 3, "amount": 4}


def test_codes_units_and_column_numbers_below_a_header_are_no_people() -> None:
    rows = [
        ["姓名", "身份证号", "面积", "金额"],
        ["xm", "sfzh", "mj", "je"],
        ["甲", "乙", "1", "2"],
        ["", "", "亩", "万元"],
    ]
    header = find_header([HeadRow(i + 1, cells) for i, cells in enumerate(rows)], PAYMENT, {})
    assert header is not None and header.at == HeadRow(4, ["姓名", "身份证号", "面积", "金额(万元)"])
    assert header.asides == ("第2行是代码行,不作数据", "第3行是栏次行,不作数据", "第4行是单位行,不作数据")


def test_codes_above_a_header_are_no_title() -> None:
    rows = [["一本通发放表"], ["V0601", "V0602", "V0603"], ["姓名", "身份证号", "金额"]]
    header = find_header([HeadRow(i + 1, cells) for i, cells in enumerate(rows)], PAYMENT, {})
    assert header is not None and (header.first, header.title) == (3, "一本通发放表")


def test_a_header_may_stand_thirty_rows_down_with_breaks_and_stars_in_it() -> None:
    rows = [[f"说明第{i}条,请按要求填报"] for i in range(29)] + [
        ["*姓\n名", "*身份证\n号码(18位)", "补贴\n金额(元)"]
    ]
    found = composed(*rows)
    assert found is not None and found[0] == 30
    assert map_columns(found[1], PAYMENT, {}).at == {"name": 0, "id": 1, "amount": 2}

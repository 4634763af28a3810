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

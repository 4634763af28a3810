"""Two versions of one list: neither is taken until somebody chooses; parts of a list are no versions."""

from __future__ import annotations

import pytest

from audit_lib.sources.versions import plain_name, snapshot_of
from tests.sources.district import DEFAULT_SOURCES, LI, WANG, ZHAO, District, column, payment

OLD, NEW = "发放/低保清册.csv", "发放/低保清册(改).csv"


@pytest.mark.parametrize(
    "name",
    ["低保清册(改).xlsx", "低保清册【最终版】.xls", "低保清册-修订.csv", "低保清册v2.xlsx", "低保清册最终版2.xlsx", "副本-低保清册.et",
     "副本低保清册(改).xls", "低保清册 (1).xlsx", "低保清册_修改后.csv", "低保清册(更正稿).xls", "低保清册 - 副本.xlsx", "低保清册.csv"],
)  # fmt: skip
def test_a_mark_of_a_version_is_no_part_of_the_name(name: str) -> None:
    assert plain_name(f"民政/{name}")[0] == "低保清册"


@pytest.mark.parametrize(
    "name", ["低保清册2.xlsx", "2018年低保清册.xlsx", "新农合清册.xls", "危房改造.xlsx", "低保整改.xlsx"]
)
def test_what_belongs_to_the_name_stays(name: str) -> None:
    assert plain_name(name) == (name.rsplit(".", 1)[0], "")


def put_versions(district: District) -> None:
    district.put_payments(payment(WANG), payment(LI), payment(ZHAO, amount="1"), name=OLD)
    district.put_payments(payment(WANG), payment(LI), payment(ZHAO, amount="2"), name=NEW)


def test_neither_of_two_versions_is_taken_and_each_names_the_other(district: District) -> None:
    put_versions(district)
    district.put_payments(payment(WANG, month="2018-01"), name="发放/别的.csv")
    tables = district.read()
    assert column(tables["payment"], "service_from") == [2018 * 12]
    decisions = {r["file"]: (r["decision"], r["reason"]) for r in tables["file_register"]}
    assert {name: decision for name, (decision, _) in decisions.items()} == {
        OLD: "需要映射", NEW: "需要映射", "发放/别的.csv": "采用",
    }  # fmt: skip
    assert f"与“{NEW}”像是同一清册的两个版本(67%的行相同)" in decisions[OLD][1]
    assert f'"supersedes": ["{OLD}"]' in decisions[NEW][1]


@pytest.mark.parametrize(
    ("choice", "amounts"),
    [({"supersedes": [OLD]}, [200]), ({"skip": True}, [100]), ({"supersedes": []}, [100, 200])],
)
def test_sources_yml_chooses_between_versions(
    district: District, choice: dict[str, object], amounts: list[int]
) -> None:
    put_versions(district)
    chosen = {"match": NEW, "table": "payment", "constants": {"channel": "系统"}, **choice}
    district.set_sources([chosen, *DEFAULT_SOURCES])
    tables = district.read()
    found = [row["amount_fen"] for row in tables["payment"] if row["id_no"] == ZHAO[1]]
    assert sorted(found) == amounts


def test_a_superseded_file_says_by_which(district: District) -> None:
    put_versions(district)
    district.set_sources(
        [{"match": NEW, "table": "payment", "supersedes": ["发放/低保清册.*"]}, *DEFAULT_SOURCES]
    )
    reasons = {r["file"]: (r["decision"], r["reason"]) for r in district.read()["file_register"]}
    assert reasons[OLD] == ("不采用", f"已由“{NEW}”替代(来源设置 supersedes)")


def test_numbered_parts_with_different_people_are_both_taken(district: District) -> None:
    district.put_payments(payment(WANG), name="发放/清册(1).csv")
    district.put_payments(payment(LI), name="发放/清册(2).csv")
    district.put_payments(payment(ZHAO), name="发放/清册.csv")
    assert sorted(column(district.read()["payment"], "name")) == sorted(["王芳", "李强", "赵敏"])


def test_a_copy_with_the_same_rows_in_another_format_is_asked_about(district: District) -> None:
    district.put_payments(payment(WANG), payment(LI), name="发放/清册.csv")
    district.put_payments(payment(LI), payment(WANG), name="发放/a/副本-清册.csv")
    district.put_payments(payment(ZHAO), name="发放/其他.csv")
    assert column(district.read()["payment"], "name") == ["赵敏"]


def test_a_registers_name_says_which_day_it_shows(district: District) -> None:
    for name, person in (("20171231", WANG), ("2018年12月", LI)):
        district.put(f"户籍/人口{name}.csv", f"姓名,身份证号,户号\n{person[0]},{person[1]},H1\n")
    reasons = column(district.read()["file_register"], "reason")
    assert reasons == ["快照,截至2017-12-31(取自文件名)", "快照,截至2018-12(取自文件名)"]
    assert snapshot_of("人口2017年12月至2018年12月.csv") == ""

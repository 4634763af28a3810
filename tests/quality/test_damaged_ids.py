"""Damaged numbers are told by kind, candidates come with evidence from other registers, and nothing is repaired."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from audit_lib import idnum
from audit_lib.quality.damaged_ids import DAMAGED_ID_COLUMNS, damaged_ids, visible_pattern
from tests.sources.district import District, column

NUMBER = "371327194503151230"
HUKOU = "姓名,身份证号,性别,出生日期,户号,镇,村"


@pytest.fixture
def district(tmp_path: Path) -> District:
    return District(tmp_path)


def number(sequence: str, born: str = "19450315") -> str:
    body = f"371327{born}{sequence}"
    return body + idnum.check_character(body)


def hukou(
    name: str, number: str, sex: str = "", born: str = "", household: str = "", village: str = "草岭社区"
) -> str:
    return f"{name},{number},{sex},{born},{household},团林镇,{village}"


def pay(name: str, written: str, village: str = "草岭社区") -> str:
    return f"{name},{written},团林镇,{village},农村低保,2017-03,315,6228480000000000001"


def examine(district: District, registered: list[str], paid: list[str]) -> list[dict[str, Any]]:
    """Deliver a register and a payment list (with sound lines enough that no gate closes), and examine them."""
    district.put("户籍/户籍.csv", "\n".join([HUKOU, *registered]) + "\n")
    sound = [pay(f"郑{'甲乙丙丁戊己庚辛'[n]}", number(f"3{n}1", "19600101")) for n in range(8)]
    header = "姓名,身份证号,乡镇,行政村,补贴项目,发放月份,补贴金额,银行账号"
    district.put("发放/清册.csv", "\n".join([header, *paid, *sound]) + "\n")
    district.read()
    path = damaged_ids(district.root / "out", district.root)
    return [row for row in pq.read_table(path).to_pylist()]


def test_excels_three_zeros_find_the_person_of_the_same_first_fifteen_digits(district: District) -> None:
    (line,) = examine(district, [hukou("王芳", NUMBER)], [pay("王芳", NUMBER[:15] + "000")])
    assert (line["class"], line["candidate"], line["candidates"]) == ("末三位为000", NUMBER, 1)
    assert line["evidence"] == "同名、同村、前15位相同、可见部分相同"
    assert (line["evidence_table"], line["evidence_origin"] % 10_000_000, line["origin"] % 10_000_000) == (
        "hukou",
        2,
        2,
    )
    assert "发放/清册.csv第2行“王芳”" in line["sentence"] and "户籍/户籍.csv第2行" in line["sentence"]
    assert "371327********1230" in line["sentence"] and NUMBER not in line["sentence"]
    assert "号码没有改动" in line["sentence"]


@pytest.mark.parametrize(
    ("written", "kind", "evidence"),
    [
        ("3.71327E+17", "科学计数(E+17)", "同名、同村、可见部分相同"),
        ("371327********1230", "已掩码", "同名、同村、可见部分相同"),
        (NUMBER[:-1], "缺一位(丢失0或X)", "同名、同村、只差一处且校验码成立"),
        (NUMBER[:-1] + "5", "校验码不符", "同名、同村、前15位相同、只差一处且校验码成立"),
        ("371327195403151230", "校验码不符", "同名、同村、只差一处且校验码成立"),
        ("371327194513151230", "出生日期不成立", "同名、同村、只差一处且校验码成立"),
        ("37132719450315123A", "含非法字符", "同名、同村、前15位相同、只差一处且校验码成立"),
        ("3713271945", "位数不符", "同名、同村"),
    ],
)
def test_each_kind_of_damage_is_named_and_its_candidate_shown(
    district: District, written: str, kind: str, evidence: str
) -> None:
    (line,) = examine(district, [hukou("王芳", NUMBER)], [pay("王芳", written)])
    assert (line["written"], line["class"], line["candidate"]) == (written, kind, NUMBER)
    assert line["evidence"] == evidence


def test_an_old_number_is_shown_with_the_register_that_has_its_new_form(district: District) -> None:
    lines = examine(
        district, [hukou("王芳", NUMBER)], [pay("王芳", "371327450315123"), pay("李强", "371327600229001")]
    )
    assert [(line["name"], line["class"], line["candidate"]) for line in lines] == [
        ("王芳", "15位旧号", NUMBER), ("李强", "15位旧号", None),
    ]  # fmt: skip


def test_a_float_printed_in_full_is_known_as_rounded(district: District) -> None:
    rounded = str(int(float(int(NUMBER))))
    assert rounded != NUMBER
    (line,) = examine(district, [hukou("王芳", NUMBER)], [pay("王芳", rounded)])
    assert (line["class"], line["candidate"]) == ("浮点取整", NUMBER)


def test_a_number_that_contradicts_its_row_is_shown_with_the_one_that_does_not(district: District) -> None:
    own, other = number("124"), number("123", "19450516")
    registered = [
        hukou("王芳", own, "女"),
        hukou("王芳", number("125"), "女"),
        hukou("赵敏", other, "", "1945-05-15"),
    ]
    lines = examine(district, registered, [pay("赵敏", number("223", "19450515"))])
    assert [(line["name"], line["class"], line["candidate"]) for line in lines] == [
        ("王芳", "性别与号码矛盾", own), ("赵敏", "出生日期与号码矛盾", number("223", "19450515")),
    ]  # fmt: skip
    assert lines[1]["evidence_table"] == "payment"


def test_two_people_who_fit_are_both_shown(district: District) -> None:
    twins = [number("122"), number("124")]
    lines = examine(
        district, [hukou("王芳", twins[0]), hukou("王芳", twins[1])], [pay("王芳", NUMBER[:15] + "000")]
    )
    assert [(line["place"], line["candidates"]) for line in lines] == [(1, 2), (2, 2)]
    assert sorted(column(lines, "candidate")) == sorted(twins)
    assert all("共2个可能" in line["sentence"] for line in lines)


@pytest.mark.parametrize(
    "registered",
    [
        hukou("李强", number("999", "19800101")),  # another name, another number
        hukou("王芳", number("456", "19800101"), village="王祥社区"),  # the same name in another village
    ],
)
def test_a_stranger_is_no_candidate(district: District, registered: str) -> None:
    (line,) = examine(district, [registered], [pay("王芳", "371327194513151230")])
    assert (line["candidate"], line["candidates"]) == (None, 0)
    assert "没有找到可核对的人" in line["sentence"]


@pytest.mark.parametrize(("sex", "born"), [("女", ""), ("", "1946-03-15")])
def test_who_has_another_sex_or_day_of_birth_than_the_row_is_no_candidate(
    district: District, sex: str, born: str
) -> None:
    damaged = hukou("王芳", NUMBER[:-1] + "5", sex, born)
    (line,) = examine(district, [damaged], [pay("王芳", NUMBER)])
    assert (line["class"], line["candidate"]) == ("校验码不符", None)


def test_a_hidden_number_of_another_day_is_no_candidate(district: District) -> None:
    (line,) = examine(district, [hukou("王芳", NUMBER)], [pay("王芳", "3713271954********")])
    assert (line["class"], line["candidate"]) == ("已掩码", None)


def test_nothing_is_repaired(district: District) -> None:
    damaged = [NUMBER[:15] + "000", "3.71327E+17", NUMBER[:-1] + "5", "371327********1230", NUMBER[:-1]]
    lines = examine(
        district,
        [hukou("王芳", NUMBER)],
        [pay("王芳", written) for written in damaged[:1]] + [pay("王芳", damaged[2])],
    )
    assert all(line["candidate"] == NUMBER for line in lines)
    payments = pq.read_table(district.root / "out" / "payment.parquet").to_pylist()
    kept = {row["id_raw"]: row["id_no"] for row in payments}
    assert kept[damaged[0]] is None and kept[damaged[2]] is None


def test_sound_numbers_and_an_empty_delivery_give_an_empty_table(district: District) -> None:
    assert examine(district, [hukou("王芳", NUMBER, "男", "1945-03-15")], [pay("王芳", NUMBER)]) == []
    empty = district.root / "nothing"
    empty.mkdir()
    assert pq.read_schema(damaged_ids(empty, empty)).names == list(DAMAGED_ID_COLUMNS)


@pytest.mark.parametrize(
    ("written", "pattern"),
    [
        ("371327XXXXXXXX1230", "371327.*1230"),
        ("371327194503151***", "371327194503151.*"),
        ("3.7E+17", r"\d.*X.*X"),
    ],
)
def test_what_is_visible_of_a_number_becomes_a_pattern(written: str, pattern: str) -> None:
    assert visible_pattern(idnum.clean(written), idnum.status(written)) == pattern

"""Who is linked, how surely, and who is not: invented people, one situation each."""

from __future__ import annotations

from pathlib import Path

import pytest

from audit_lib import keys
from audit_lib.tables import LINK_COLUMNS, PERSON_COLUMNS, TABLES
from tests.identity.registers import Registers, day, make_id, replace_digit, swap_digits

WANG = make_id("19450315", 124)
LI = make_id("19520708", 35)


@pytest.fixture
def registers() -> Registers:
    """A village with 王秀英 (formerly 王小英) of household H1 and 李大有 of household H2."""
    registers = Registers()
    registers.add(
        "hukou", "王秀英", WANG, "ps01", household_no="H1", former_name="王小英", birth_on=day("1945-03-15")
    )
    registers.add("hukou", "李大有", LI, "ps01", household_no="H2", birth_on=day("1952-07-08"))
    return registers


def same_as_wang(registers: Registers, folder: Path, table: str, at: int) -> tuple[bool, str | None, str]:
    people = registers.resolve(folder)
    return people.person(table, at) == keys.person_id(WANG), people.tier(table, at), people.reason(table, at)


@pytest.mark.parametrize(
    ("name", "tier", "because"),
    [
        ("王秀英", "A", "身份证号、姓名与户籍一致"),
        ("王小英", "A", "曾用名"),
        ("王 秀 英", "A", "一致"),
        ("王秀瑛", "B", "同音或形近"),
        ("王秀□", "B", "同音或形近"),
        ("王秀兰", "B", "一字之差"),
        ("王*英", "B", "未掩码部分"),
        (None, "B", "姓名空缺"),
    ],
)
def test_a_valid_number_links_under_any_form_of_its_name(
    registers: Registers, tmp_path: Path, name: str | None, tier: str, because: str
) -> None:
    at = registers.add("payment", name, WANG, "ps01")
    is_wang, found, reason = same_as_wang(registers, tmp_path, "payment", at)
    assert (is_wang, found) == (True, tier)
    assert because in reason


def test_the_15_digit_form_is_the_same_person(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", "王秀英", WANG[:6] + WANG[8:17], "ps01")
    assert same_as_wang(registers, tmp_path, "payment", at)[:2] == (True, "A")


def test_a_wholly_different_name_under_a_number_is_a_second_person(
    registers: Registers, tmp_path: Path
) -> None:
    at = registers.add("payment", "赵铁柱", WANG, "ps01")
    people = registers.resolve(tmp_path)
    assert people.person("payment", at) == keys.person_id(WANG, "赵铁柱")
    assert people.tier("payment", at) == "D"
    assert people.linked("payment")["link_tier"].tolist() == ["C"]  # no rule may rest on it
    line = people.pairs[people.pairs["tier"] == "D"].iloc[0]
    assert (line["left_table"], line["left_origin"], line["right_table"]) == ("payment", at, "hukou")
    assert not line["chosen"]
    assert line["right_person_id"] == keys.person_id(WANG)


def test_a_valid_number_that_nobody_else_has_is_a_person(registers: Registers, tmp_path: Path) -> None:
    stranger = make_id("19600101", 77)
    at = registers.add("company", "孙外来", stranger)
    people = registers.resolve(tmp_path)
    assert (people.person("company", at), people.tier("company", at)) == (keys.person_id(stranger), "A")
    described = people.described(keys.person_id(stranger))
    assert (described["name_masked"], described["in_hukou"], described["sex"]) == ("孙*来", False, "男")
    assert described["id_masked"] == stranger[:6] + "********" + stranger[-4:]


@pytest.mark.parametrize(
    ("number", "because"),
    [
        (replace_digit(WANG, 12), "身份证号第12位不同,姓名、村相同"),
        (swap_digits(WANG, 14), "身份证号第14位与第15位互换,姓名、村相同"),
        (WANG[:10] + WANG[11:], "身份证号少一位"),
    ],
)
def test_one_slip_in_the_number_with_name_and_village_is_b(
    registers: Registers, tmp_path: Path, number: str, because: str
) -> None:
    at = registers.add("payment", "王秀英", number, "ps01")
    is_wang, tier, reason = same_as_wang(registers, tmp_path, "payment", at)
    assert (is_wang, tier) == (True, "B")
    assert because in reason
    assert reason.endswith("疑似同一人(B)")


def test_one_slip_in_the_number_is_b_in_a_register_without_villages(
    registers: Registers, tmp_path: Path
) -> None:
    at = registers.add("staff", "王秀英", replace_digit(WANG, 12))
    assert same_as_wang(registers, tmp_path, "staff", at)[:2] == (True, "B")


def test_one_slip_in_the_number_from_another_town_is_only_c(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", "王秀英", replace_digit(WANG, 12), "tl01")
    people = registers.resolve(tmp_path)
    assert people.tier("payment", at) == "C"


@pytest.mark.parametrize(
    ("number", "more"),
    [
        (WANG[:6] + "********" + WANG[-4:], {}),
        (WANG[:6] + "****" + WANG[-4:], {}),
        (WANG[:15] + "000", {}),
        (None, {"household_no": "H1"}),
        (replace_digit(replace_digit(WANG, 15), 16), {}),  # the birth date in it is right
    ],
    ids=["masked", "masked short", "cut", "household", "birth"],
)
def test_name_village_and_one_more_thing_is_c(
    registers: Registers, tmp_path: Path, number: str | None, more: dict[str, str]
) -> None:
    at = registers.add("enrolment", "王秀英", number, "ps01", **more)
    assert same_as_wang(registers, tmp_path, "enrolment", at)[:2] == (True, "C")


def test_a_cut_number_that_passes_the_check_by_chance_is_still_cut(tmp_path: Path) -> None:
    # one in eleven numbers with 000 for its last three characters is valid
    born = next(day for day in range(1, 29) if make_id(f"196001{day:02d}", 100).endswith("000"))
    number = make_id(f"196001{born:02d}", 123)
    registers = Registers()
    registers.add("hukou", "周小满", number, "ps01")
    cut = registers.add("payment", "周小满", number[:15] + "000", "ps01")
    stranger = registers.add("payment", "何其多", number[:15] + "000", "ps01")
    people = registers.resolve(tmp_path)
    assert (people.person("payment", cut), people.tier("payment", cut)) == (keys.person_id(number), "C")
    assert people.person("payment", stranger) == keys.person_id(number[:15] + "000")


def test_a_hidden_number_links_only_the_person_it_fits(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("enrolment", "王秀英", LI[:6] + "********" + LI[-4:], "ps01")
    assert not same_as_wang(registers, tmp_path, "enrolment", at)[0]


def test_name_and_village_alone_link_nobody_but_are_listed(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", "王秀英", None, "ps01")
    people = registers.resolve(tmp_path)
    assert people.person("payment", at) != keys.person_id(WANG)
    line = people.pairs[people.pairs["left_origin"] == at].iloc[0]
    assert not line["chosen"]
    assert "不据此认定" in line["reason"]


def test_two_valid_different_numbers_are_two_people_whatever_else_agrees(
    registers: Registers, tmp_path: Path
) -> None:
    twin_number = make_id("19450315", 126)
    at = registers.add("payment", "王秀英", twin_number, "ps01", household_no="H1")
    people = registers.resolve(tmp_path)
    assert (people.person("payment", at), people.tier("payment", at)) == (keys.person_id(twin_number), "A")


def test_a_twin_is_not_taken_for_the_other(registers: Registers, tmp_path: Path) -> None:
    registers.add(
        "hukou", "王秀莹", make_id("19450315", 126), "ps01", household_no="H1", birth_on=day("1945-03-15")
    )
    hidden = registers.add("enrolment", "王秀莹", None, "ps01", household_no="H1")
    slipped = registers.add("payment", "王秀莹", replace_digit(make_id("19450315", 126), 17, "2"), "ps01")
    people = registers.resolve(tmp_path)
    for table, at in (("enrolment", hidden), ("payment", slipped)):
        assert people.person(table, at) == keys.person_id(make_id("19450315", 126)), people.reason(table, at)


def test_between_two_namesakes_nobody_is_chosen(registers: Registers, tmp_path: Path) -> None:
    registers.add("hukou", "王秀英", make_id("19450315", 888), "ps01", household_no="H9")
    at = registers.add("payment", "王秀英", WANG[:14] + "****", "ps01")
    people = registers.resolve(tmp_path)
    assert people.person("payment", at) not in {
        keys.person_id(WANG),
        keys.person_id(make_id("19450315", 888)),
    }
    lines = people.pairs[people.pairs["left_origin"] == at]
    assert set(lines["right_person_id"]) == {keys.person_id(WANG), keys.person_id(make_id("19450315", 888))}
    assert not lines["chosen"].any()
    assert set(lines["tier"]) == {"C"}
    assert lines["reason"].str.contains("另有他人同样可能").all()


def test_the_household_tells_namesakes_apart_for_review(registers: Registers, tmp_path: Path) -> None:
    registers.add("hukou", "王秀英", make_id("19450315", 888), "ps01", household_no="H9")
    at = registers.add("payment", "王秀英", WANG[:14] + "****", "ps01", household_no="H1")
    assert same_as_wang(registers, tmp_path, "payment", at)[:2] == (True, "C")


def test_a_register_entry_of_another_birth_date_is_another_person(
    registers: Registers, tmp_path: Path
) -> None:
    at = registers.add(
        "hukou", "王秀英", replace_digit(WANG, 12), "ps01", household_no="H1", birth_on=day("1971-01-02")
    )
    people = registers.resolve(tmp_path)
    assert people.person("hukou", at) != keys.person_id(WANG)
    line = people.pairs[people.pairs["left_origin"] == at].iloc[0]
    assert "相反证据" in line["reason"]


def test_everybody_follows_a_register_entry_with_a_slip(registers: Registers, tmp_path: Path) -> None:
    number = make_id("19800808", 66)
    wrong = replace_digit(number, 10)
    entry = registers.add("hukou", "周小满", wrong, "ps02", household_no="H3")
    paid = registers.add("payment", "周小满", number, "ps02")
    also = registers.add("enrolment", "周小满", wrong, "ps02")
    people = registers.resolve(tmp_path)
    assert people.person("payment", paid) == keys.person_id(number)
    assert people.person("hukou", entry) == keys.person_id(number)
    assert people.person("enrolment", also) == keys.person_id(number)
    assert people.described(keys.person_id(number))["in_hukou"]


def test_who_fits_only_the_register_entry_is_who_stands_behind_it(
    registers: Registers, tmp_path: Path
) -> None:
    number = make_id("19800808", 66)
    registers.add("payment", "周小满", number, "ps02")
    registers.add("hukou", "周小满", replace_digit(number, 10), "ps02", household_no="H3")
    at = registers.add("enrolment", "周小满", None, "ps02", household_no="H3")
    people = registers.resolve(tmp_path)
    assert (people.person("enrolment", at), people.tier("enrolment", at)) == (keys.person_id(number), "C")


def test_one_wrong_number_is_one_person_in_every_register(registers: Registers, tmp_path: Path) -> None:
    wrong = replace_digit(make_id("19330303", 44), 18)
    paid = registers.add("payment", "郑老五", wrong, "ps02")
    insured = registers.add("social_ins", "郑老五", wrong)
    people = registers.resolve(tmp_path)
    assert (
        people.person("payment", paid)
        == people.person("social_ins", insured)
        == keys.person_id(wrong, "郑老五", "", "")
    )
    assert people.tier("payment", paid) == "B"


def test_neither_name_nor_number_is_nobody(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", None, "无", "ps01")
    people = registers.resolve(tmp_path)
    assert people.person("payment", at) is None
    paid = people.linked("payment").set_index("payment_row")
    assert paid.loc[at, "person_id"] is None or paid["person_id"].isna()[at]


def test_tables_come_out_as_rules_see_them(registers: Registers, tmp_path: Path) -> None:
    registers.add("payment", "王秀英", WANG, "ps01", amount_fen=1200)
    people = registers.resolve(tmp_path)
    assert list(people.links.columns) == list(LINK_COLUMNS)
    assert list(people.persons.columns) == list(PERSON_COLUMNS)
    for table in ("payment", "hukou"):
        assert list(people.linked(table).columns) == list(TABLES[table].linked())
    row = people.linked("payment").iloc[0]
    assert (row["person_id"], row["link_tier"], row["amount_fen"]) == (keys.person_id(WANG), "A", 1200)


def test_a_bank_list_without_places_concerns_the_payees_own_village(
    registers: Registers, tmp_path: Path
) -> None:
    registers.add("payment", "王秀英", WANG, "tl02")
    registers.add("payment", "王秀英", WANG)
    registers.add("payment", "王秀英", WANG, village_raw="不认识的村")
    registers.add("payment", "无人识", None)
    places = registers.resolve(tmp_path).linked("payment")[["town_id", "village_id"]]
    named, unnamed, unmapped, nobody = places.itertuples(index=False, name=None)
    assert (named, unnamed) == (("tl", "tl02"), ("ps", "ps01"))
    assert (unmapped, nobody) == ((None, None), (None, None))


def test_no_number_is_written_out(registers: Registers, tmp_path: Path) -> None:
    registers.add("payment", "王秀英", WANG, "ps01")
    registers.add("payment", "王秀英", swap_digits(WANG, 14), "ps01")
    people = registers.resolve(tmp_path)
    for table in (
        people.links,
        people.persons,
        people.pairs,
        people.linked("payment"),
        people.linked("hukou"),
    ):
        text = table.to_csv()
        assert WANG not in text
        assert swap_digits(WANG, 14) not in text


def test_every_person_who_is_linked_is_described(registers: Registers, tmp_path: Path) -> None:
    registers.add("payment", "赵铁柱", WANG, "ps01")
    registers.add("payment", "钱无号", None, "ps01")
    registers.add("death", "王秀英", replace_digit(WANG, 9), "ps01")
    people = registers.resolve(tmp_path)
    assert set(people.links["person_id"]) == set(people.persons["person_id"])
    assert people.persons["person_id"].is_unique

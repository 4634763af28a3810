"""What holds whatever the registers say: order, strangers, repetition, odd and crowded data."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from audit_lib import keys
from audit_lib.identity import resolve_people
from tests.identity.district import make_district
from tests.identity.registers import People, Registers, content, make_id, make_project, replace_digit


def resolve(tables: Path, folder: Path) -> People:
    out = folder / "people"
    out.mkdir(parents=True)
    resolve_people(make_project(folder), tables, out)
    return People(out)


def mixed_registers(strangers: int = 0) -> Registers:
    registers = Registers()
    for n in range(40):
        number = make_id("19500101", n + 1)
        registers.add(
            "hukou",
            f"王{'甲乙丙丁戊'[n % 5]}{'子丑寅卯'[n % 4]}",
            number,
            f"ps0{n % 3}",
            household_no=f"H{n // 3}",
        )
        if n % 2:
            said = (number, replace_digit(number, 9), number[:6] + "********" + number[-4:], None)[n // 2 % 4]
            name = f"王{'甲乙丙丁戊'[n % 5]}{'子丑寅卯'[n % 4]}"
            registers.add("payment", name, said, f"ps0{n % 3}", household_no=f"H{n // 3}")
            registers.add("staff", name, said)
    for n in range(strangers):
        registers.add(
            "hukou", f"外{chr(0x5000 + n)}", make_id("19881111", n + 1), "tl01", household_no=f"W{n}"
        )
        registers.add(
            "payment", f"外{chr(0x5000 + n)}", replace_digit(make_id("19881111", n + 1), 11), "tl01"
        )
    return registers


def test_the_order_of_rows_does_not_matter(tmp_path: Path) -> None:
    one = content(mixed_registers().resolve(tmp_path / "one"))
    other = content(mixed_registers().resolve(tmp_path / "other", reverse=True))
    assert one == other


def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    district = make_district(tmp_path / "tables", people=600, payments=3_000)
    digests = [
        {
            path.relative_to(people.folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
            for path in people.folder.rglob("*.parquet")
        }
        for people in (
            resolve(district.tables, tmp_path / "one"),
            resolve(district.tables, tmp_path / "other"),
        )
    ]
    assert digests[0] == digests[1]


def test_strangers_change_no_link(tmp_path: Path) -> None:
    alone = mixed_registers().resolve(tmp_path / "alone")
    crowd = mixed_registers(strangers=150).resolve(tmp_path / "crowd")
    columns = ["table_name", "origin", "person_id", "tier"]
    before = {tuple(row) for row in alone.links[columns].itertuples(index=False)}
    after = {tuple(row) for row in crowd.links[columns].itertuples(index=False)}
    assert before - after == set()


def test_a_district_is_linked_to_the_right_people(tmp_path: Path) -> None:
    district = make_district(tmp_path / "tables", people=4_000, payments=16_000)
    people = resolve(district.tables, tmp_path)
    links = people.links.merge(district.truth, on=["table_name", "origin"])
    entries = links[links["table_name"] == "hukou"].set_index("person")["person_id"]
    others = links[links["table_name"] != "hukou"]
    known = others[others["person_id"].isin(set(entries))]
    wrong = known[known["person_id"] != known["person"].map(entries)]
    assert wrong[wrong["tier"].isin(["A", "B"])].empty
    assert len(wrong) <= 0.02 * (known["tier"] == "C").sum()
    sure = known[known["tier"].isin(["A", "B"])]
    # of eight kinds of error three leave no number to be sure by and one is another's name
    assert len(sure) >= 0.97 * len(others)


def test_no_table_about_people_gives_no_people(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    people = resolve(tmp_path / "tables", tmp_path)
    assert people.links.empty
    assert people.persons.empty
    assert people.pairs.empty


def test_without_a_household_register_payments_know_each_other(tmp_path: Path) -> None:
    registers = Registers()
    number = make_id("19600606", 61)
    right = registers.add("payment", "吴有田", number, "ps01")
    slipped = registers.add("payment", "吴有田", replace_digit(number, 8), "ps01")
    people = registers.resolve(tmp_path)
    assert people.person("payment", right) == people.person("payment", slipped) == keys.person_id(number)
    assert people.tier("payment", slipped) == "B"


def test_one_row_without_anything_is_nobody(tmp_path: Path) -> None:
    registers = Registers()
    at = registers.add("inspection", None, None)
    people = registers.resolve(tmp_path)
    assert people.person("inspection", at) is None
    assert len(people.linked("inspection")) == 1


@pytest.mark.parametrize(
    "name", ["🙂🙃", "王" * 300, "\u202eالاسم\u202c", "<img src=x onerror=alert(1)>", "'; DROP", "□□", "**"]
)
def test_odd_names_are_carried(tmp_path: Path, name: str) -> None:
    registers = Registers()
    registers.add("hukou", name, make_id(sequence=7), "ps01", household_no="H1")
    registers.add("hukou", name, make_id(sequence=9), "ps01", household_no="H1")
    registers.add("payment", name, None, "ps01", household_no="H1")
    at = registers.add("payment", name, make_id(sequence=7), "ps01")
    people = registers.resolve(tmp_path)
    assert people.person("payment", at) == keys.person_id(make_id(sequence=7))
    assert people.described(keys.person_id(make_id(sequence=7)))["name"] == name


def test_thousands_of_one_name_in_one_village_make_no_unbounded_block(tmp_path: Path) -> None:
    registers = Registers()
    for n in range(3_000):
        number = make_id(f"19{50 + n % 40}0101", n // 40 + 1)
        registers.add("hukou", "王秀英", number, "ps01", household_no=f"H{n}")
        # half of the payments without any number share one record, half have their own slip
        registers.add(
            "payment", "王秀英", replace_digit(number, 7) if n % 2 else None, "ps01", account_no=f"62{n}"
        )
    people = registers.resolve(tmp_path)
    assert len(people.pairs) <= 6 * 3_000
    crowded = people.pairs[people.pairs["reason"].str.contains("未逐一比对")]
    assert not crowded.empty
    assert not crowded["chosen"].any()
    assert crowded["right_person_id"].isna().all()

"""What people judged wins over evidence, in every later run, whatever else is delivered."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_lib import keys
from audit_lib.errors import ParamsError
from audit_lib.identity import resolve_people
from audit_lib.identity.clusters import Clusters
from audit_lib.identity.judgements import (
    DIFFERENT,
    FILE,
    HEADER,
    SAME,
    UNSURE,
    add_judgement,
    read_judgements,
)
from tests.identity.registers import People, Registers, content, make_id, make_project, replace_digit

WANG, OTHER = make_id("19450315", 123), make_id("19501111", 45)


def resolve(registers: Registers, folder: Path, memory: Path) -> People:
    out = folder / "people"
    out.mkdir(parents=True)
    resolve_people(make_project(folder), registers.write(folder / "tables"), out, memory)
    return People(out)


@pytest.fixture
def registers() -> Registers:
    made = Registers()
    made.add("hukou", "王秀英", WANG, "ps01", household_no="H1")
    made.add("hukou", "李大有", OTHER, "ps02", household_no="H2")
    return made


def judge(memory: Path, one: str, other: str, verdict: str) -> None:
    add_judgement(memory / FILE, one, other, verdict, "张三", "走访核实")


def own_key(people: People, at: int) -> tuple[str, str]:
    """Both keys of the pair a row stands in."""
    line = people.pairs[people.pairs["left_origin"] == at].iloc[0]
    return line["left_key"], line["right_person_id"]


def test_judged_different_a_slip_is_no_longer_the_person(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", "王秀英", replace_digit(WANG, 9), "ps01")
    before = resolve(registers, tmp_path / "1", tmp_path)
    assert (before.person("payment", at), before.tier("payment", at)) == (keys.person_id(WANG), "B")
    judge(tmp_path, *own_key(before, at), DIFFERENT)
    for run in ("2", "3"):
        after = resolve(registers, tmp_path / run, tmp_path)
        assert after.person("payment", at) != keys.person_id(WANG)
        assert "张三" in after.pairs[after.pairs["left_origin"] == at].iloc[0]["reason"]


def test_judged_different_from_one_a_row_may_still_be_another(registers: Registers, tmp_path: Path) -> None:
    """One wrong number that is a digit away from two namesakes: neither is chosen until people rule one out."""
    near = make_id("19450315", 143)
    registers.add("hukou", "王秀英", near, "ps01", household_no="H8")
    at = registers.add("payment", "王秀英", WANG[:17] + near[17], "ps01")
    before = resolve(registers, tmp_path / "1", tmp_path)
    assert before.person("payment", at) not in {keys.person_id(WANG), keys.person_id(near)}
    judge(tmp_path, own_key(before, at)[0], keys.person_id(WANG), DIFFERENT)
    assert resolve(registers, tmp_path / "2", tmp_path).person("payment", at) == keys.person_id(near)


def test_two_rows_judged_different_are_not_both_one_third_person(
    registers: Registers, tmp_path: Path
) -> None:
    one = registers.add("payment", "王秀英", replace_digit(WANG, 9), "ps01")
    other = registers.add("payment", "王秀英", replace_digit(WANG, 12), "ps01")
    before = resolve(registers, tmp_path / "1", tmp_path)
    assert before.person("payment", one) == before.person("payment", other) == keys.person_id(WANG)
    judge(tmp_path, own_key(before, one)[0], own_key(before, other)[0], DIFFERENT)
    after = resolve(registers, tmp_path / "2", tmp_path)
    assert len({after.person("payment", one), after.person("payment", other), keys.person_id(WANG)}) == 3


def test_judged_same_what_no_block_brought_together_is_one_person(
    registers: Registers, tmp_path: Path
) -> None:
    at = registers.add("payment", "王小花", None, "tl09")
    before = resolve(registers, tmp_path / "1", tmp_path)
    assert before.person("payment", at) != keys.person_id(WANG)
    judge(tmp_path, str(before.person("payment", at)), keys.person_id(WANG), SAME)
    registers.add("payment", "外乡人", make_id("19990909", 9), "ps01")
    after = resolve(registers, tmp_path / "2", tmp_path)
    assert (after.person("payment", at), after.tier("payment", at)) == (keys.person_id(WANG), "A")
    assert "张三" in after.reason("payment", at)


def test_two_valid_numbers_judged_same_are_one_person_everywhere(
    registers: Registers, tmp_path: Path
) -> None:
    paid = registers.add("payment", "李大有", OTHER, "ps02")
    judge(tmp_path, keys.person_id(WANG), keys.person_id(OTHER), SAME)
    people = resolve(registers, tmp_path / "1", tmp_path)
    assert len(set(people.links["person_id"])) == 1
    assert len(people.persons) == 1
    assert "张三" in people.reason("payment", paid) or people.person("payment", paid) == keys.person_id(OTHER)


def test_an_unsure_pair_is_for_review_only(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", "王秀英", replace_digit(WANG, 9), "ps01")
    before = resolve(registers, tmp_path / "1", tmp_path)
    judge(tmp_path, *own_key(before, at), UNSURE)
    assert resolve(registers, tmp_path / "2", tmp_path).tier("payment", at) == "C"


@pytest.mark.parametrize(
    ("verdict", "is_one", "tier"), [(SAME, True, "A"), (DIFFERENT, False, "D"), (UNSURE, True, "C")]
)
def test_another_name_under_a_valid_number_is_whose_people_say(
    registers: Registers, tmp_path: Path, verdict: str, is_one: bool, tier: str
) -> None:
    at = registers.add("payment", "王秀瑛", WANG, "ps01")
    before = resolve(registers, tmp_path / "1", tmp_path)
    assert before.tier("payment", at) == "B"
    judge(tmp_path, *own_key(before, at), verdict)
    after = resolve(registers, tmp_path / "2", tmp_path)
    assert (after.person("payment", at) == keys.person_id(WANG), after.tier("payment", at)) == (is_one, tier)


def test_another_name_under_a_valid_number_may_be_said_to_be_a_third_person(
    registers: Registers, tmp_path: Path
) -> None:
    registers.add("payment", "王秀瑛", WANG, "ps01")
    before = resolve(registers, tmp_path / "1", tmp_path)
    key, number = before.pairs.iloc[0]["left_key"], keys.person_id(OTHER)
    judge(tmp_path, key, number, SAME)
    after = resolve(registers, tmp_path / "2", tmp_path)
    row = before.pairs.iloc[0]["left_origin"]
    assert before.person("payment", row) != number and after.person("payment", row) == number


def test_the_last_judgement_of_a_pair_counts_and_all_are_listed(registers: Registers, tmp_path: Path) -> None:
    at = registers.add("payment", "王秀英", replace_digit(WANG, 9), "ps01")
    pair = own_key(resolve(registers, tmp_path / "1", tmp_path), at)
    judge(tmp_path, *pair, DIFFERENT)
    judge(tmp_path, *pair[::-1], SAME)
    after = resolve(registers, tmp_path / "2", tmp_path)
    assert (after.person("payment", at), after.tier("payment", at)) == (keys.person_id(WANG), "A")
    outcome = pd.read_parquet(after.folder / "judgement.parquet")
    assert outcome["是否采纳"].tolist() == ["否", "是"]


def test_a_contradiction_keeps_people_apart_and_says_so(registers: Registers, tmp_path: Path) -> None:
    one, other, third = keys.person_id(WANG), keys.person_id(OTHER), "PNOBODY"
    judge(tmp_path, one, other, DIFFERENT)
    judge(tmp_path, one, third, SAME)
    judge(tmp_path, third, other, SAME)
    clusters = Clusters.of(read_judgements(tmp_path / FILE))
    assert clusters.root(one) == clusters.root(third) != clusters.root(other)
    assert list(clusters.refused) == [frozenset((third, other))]


@pytest.mark.parametrize(
    "line", ["只有一格", "2019-01-01,张三,也许,P1,P2,因为", "2019-01-01,张三,同一人,P1,P1,因为"]
)
def test_a_line_that_is_no_judgement_is_named(tmp_path: Path, line: str) -> None:
    (tmp_path / FILE).write_text(",".join(HEADER) + "\n" + line + "\n", encoding="utf-8")
    with pytest.raises(ParamsError, match=r"judgements\.csv:2"):
        read_judgements(tmp_path / FILE)


ROWS = st.lists(
    st.tuples(
        st.sampled_from(["王秀英", "王秀瑛", "李大有", "赵无名"]),
        st.sampled_from([WANG, OTHER, replace_digit(WANG, 9), replace_digit(OTHER, 11), WANG[:6] + "********" + WANG[-4:], None]),
        st.sampled_from(["ps01", "ps02"]),
    ),
    min_size=2, max_size=7,
)  # fmt: skip


@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
@given(rows=ROWS, chosen=st.data())
def test_different_never_merges_and_same_never_splits(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str | None, str]], chosen: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("judged")
    registers = Registers()
    registers.add("hukou", "王秀英", WANG, "ps01", household_no="H1")
    registers.add("hukou", "李大有", OTHER, "ps02", household_no="H2")
    for name, number, village in rows:
        registers.add("payment", name, number, village)
    before = resolve(registers, folder / "1", folder)
    # what each key stands on: rows whose own key it is
    owners = before.pairs.dropna(subset=["left_key"]).set_index("left_origin")["left_key"].to_dict()
    named = sorted({*owners.values(), *before.links["person_id"]})
    if len(named) < 2:
        return
    judgements = chosen.draw(
        st.lists(
            st.tuples(st.sampled_from(named), st.sampled_from(named), st.sampled_from([SAME, DIFFERENT])),
            min_size=1,
            max_size=4,
        )
    )
    for one, other, verdict in judgements:
        if one != other:
            judge(folder, one, other, verdict)
    clusters = Clusters.of(read_judgements(folder / FILE))
    after = resolve(registers, folder / "2", folder)
    where = {
        origin: after.person(table, origin)
        for table, origin in zip(after.links["table_name"], after.links["origin"], strict=True)
    }
    # rows that stand for a key: those that were that person's by their own number or alone
    of = {
        (table, origin): owners.get(origin, person)
        for table, origin, person in before.links[["table_name", "origin", "person_id"]].itertuples(
            index=False
        )
    }
    said = list(clusters.standing.values())
    for (table, origin), key in of.items():
        for (other_table, other_origin), other_key in of.items():
            judgement = next((j for j in said if j.pair == {key, other_key} and key != other_key), None)
            if judgement is None or judgement.pair in clusters.refused:
                continue
            together = after.person(table, origin) == after.person(other_table, other_origin)
            assert together == (judgement.verdict == SAME), (key, other_key, judgement.verdict, where)


def test_nothing_moves_when_strangers_come(registers: Registers, tmp_path: Path) -> None:
    registers.add("payment", "王秀英", replace_digit(WANG, 9), "ps01")
    resolve(registers, tmp_path / "1", tmp_path)
    registers.add("payment", "外乡人", make_id("19990909", 9), "ps01")
    people = resolve(registers, tmp_path / "2", tmp_path)
    assert moved(people).empty


def test_whose_row_changes_stands_in_the_table_of_moves_for_good(
    registers: Registers, tmp_path: Path
) -> None:
    at = registers.add("payment", "周小满", None, "ps01", household_no="H7")
    first = resolve(registers, tmp_path / "1", tmp_path)
    # next month's household register knows him
    number = make_id("19800808", 66)
    registers.add("hukou", "周小满", number, "ps01", household_no="H7")
    for run in ("2", "3"):
        people = resolve(registers, tmp_path / run, tmp_path)
        lines = moved(people)
        assert lines["person_id_before"].tolist() == [first.person("payment", at)]
        assert lines["person_id_now"].tolist() == [people.person("payment", at)] == [keys.person_id(number)]
        assert "现认定" in lines["because"][0]


def test_remembering_changes_no_link(registers: Registers, tmp_path: Path) -> None:
    registers.add("payment", "王秀英", replace_digit(WANG, 9), "ps01")
    one = content(resolve(registers, tmp_path / "1", tmp_path))
    assert one == content(resolve(registers, tmp_path / "2", tmp_path))


def moved(people: People) -> pd.DataFrame:
    return pd.read_parquet(people.folder / "moved.parquet")

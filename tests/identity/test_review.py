"""What people see of the identity stage, and what their answers say about it."""

from __future__ import annotations

import csv
from pathlib import Path

import pandas as pd
import pytest

from audit_lib import keys
from audit_lib.errors import AuditError, ParamsError
from audit_lib.exports import is_live
from audit_lib.identity import clerical, resolve_people
from audit_lib.identity.judgements import DIFFERENT, FILE, SAME, add_judgement, read_judgements
from audit_lib.report.people import PeoplePage
from tests.identity.district import make_district
from tests.identity.registers import Registers, make_id, make_project, replace_digit


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> PeoplePage:
    folder = tmp_path_factory.mktemp("review")
    district = make_district(folder / "tables", people=800, payments=3_000, error=0.3)
    (folder / "people").mkdir()
    resolve_people(make_project(folder), district.tables, folder / "people", folder)
    return PeoplePage(district.tables, folder / "people", folder)


def answer(page: PeoplePage, truth: str) -> None:
    path = page.memory / clerical.FILE
    page.draw_sample(40)
    sheet = pd.read_csv(path, dtype=str, keep_default_na=False)
    sheet["结论"] = truth
    sheet.to_csv(path, index=False, encoding="utf-8-sig")


def test_every_row_of_every_register_is_accounted_for(page: PeoplePage) -> None:
    told = page.coverage()
    parts = told[["已认定", "待核", "有歧义", "一号两人", "认不出"]].sum(axis=1)
    assert parts.tolist() == told["行数"].tolist()
    assert {"户籍登记", "死亡登记"} & set(told["名册"]) or len(told) >= 8


@pytest.mark.parametrize("name", ["scores", "weights", "waterfall"])
def test_pictures_speak_chinese_and_have_their_figures_beside_them(page: PeoplePage, name: str) -> None:
    picture = getattr(page, name)()
    assert picture.svg.startswith(b"<?xml")
    assert picture.behind.rows
    assert any("\u4e00" <= character <= "\u9fff" for character in picture.alt)


def test_scores_count_every_compared_pair(page: PeoplePage) -> None:
    pairs = page._pairs()
    counted = sum(row[f"k{n}"] for row in page.scores().behind.rows for n in range(3))
    assert counted == (pairs["probability"].notna() & (pairs["tier"] != "D")).sum()


def test_the_steps_of_a_pair_add_up_to_its_probability(page: PeoplePage) -> None:
    pairs = page._pairs()
    number = int(pairs["probability"].between(0.2, 0.99).to_numpy().argmax())
    told = page.pair_weights(number)
    chance = 1 / (1 + 2 ** -told["累计"].iloc[-1])
    assert chance == pytest.approx(pairs["probability"].iloc[number], abs=0.01)
    assert told["比较项"].iloc[0] == "比对前"


def test_a_pair_that_is_not_there_is_named(page: PeoplePage) -> None:
    with pytest.raises(AuditError, match="没有第-1对"):
        page.waterfall(-1)


def test_who_has_the_least_certain_rows_comes_first(tmp_path: Path) -> None:
    registers = Registers()
    sure, doubtful = make_id("19450315", 123), make_id("19501111", 45)
    registers.add("hukou", "王秀英", sure, "ps01", household_no="H1")
    registers.add("hukou", "李大有", doubtful, "ps02", household_no="H2")
    registers.add("payment", "王秀英", replace_digit(sure, 9), "ps01", household_no="H1")
    registers.add("payment", "李大有", doubtful[:6] + "********" + doubtful[-4:], "ps02")
    people = registers.resolve(tmp_path)
    told = PeoplePage(tmp_path / "tables", people.folder, tmp_path).riskiest()
    assert told["人员编号"].tolist() == [keys.person_id(doubtful), keys.person_id(sure)]


def test_the_sample_is_blind_and_always_the_same(page: PeoplePage) -> None:
    sample = page.draw_sample(40)
    assert not {"tier", "probability", "chosen", "reason", "概率", "等级", "理由_"} & set(sample.columns)
    assert sample.equals(page.draw_sample(40))
    assert sample["编号"].is_monotonic_increasing


def test_answers_estimate_precision_and_recall(page: PeoplePage) -> None:
    answer(page, SAME)
    agreed = page.estimate()
    (page.memory / clerical.FILE).unlink()
    answer(page, DIFFERENT)
    denied = page.estimate()
    assert agreed.precision[0] > denied.precision[0]
    assert agreed.recall[0] < denied.recall[0]
    for low, middle, high in ((e.precision[1], e.precision[0], e.precision[2]) for e in (agreed, denied)):
        assert 0 <= low < middle < high <= 1
    assert "95%区间" in repr(agreed)


def test_answers_are_never_overwritten_and_become_judgements(page: PeoplePage) -> None:
    path = page.memory / clerical.FILE
    path.unlink(missing_ok=True)
    answer(page, DIFFERENT)
    page.draw_sample(40)
    given = clerical.read_answers(path)
    assert set(given.values()) == {DIFFERENT}
    with pytest.raises(ParamsError, match="没有覆盖"):
        clerical.write_sample(page.draw_sample(40), path)
    kept = page.keep_answers("李四")
    assert len(kept) == len(given)
    assert {line.by for line in read_judgements(page.memory / FILE)} == {"李四"}


def test_an_interval_holds_the_truth_of_an_invented_stage() -> None:
    size = 400
    pairs = pd.DataFrame(
        {
            "left_key": [f"P{n}" for n in range(size)], "right_person_id": [f"Q{n}" for n in range(size)],
            "tier": ["B"] * 200 + [""] * 200, "chosen": [True] * 200 + [False] * 200,
            "probability": [0.97] * 200 + [0.1] * 200,
        }
    )  # fmt: skip
    strata = clerical.add_strata(pairs)
    # nine of ten taken are right; one of ten not taken is one person
    numbers = strata["sample_no"].tolist()
    answers = {n: SAME if (at % 10 != 0) == (at < 200) else DIFFERENT for at, n in enumerate(numbers)}
    told = clerical.estimate_quality(pairs, answers, exact=0)
    assert told.precision[1] < 0.9 < told.precision[2]
    assert told.recall[1] < 180 / 200 < told.recall[2]


def test_neither_samples_nor_judgements_hold_a_live_cell(tmp_path: Path) -> None:
    sample = pd.DataFrame({"编号": ["1"], "姓名": ["=1+1"], "证件号": [make_id()]})
    clerical.write_sample(sample, tmp_path / "sample.csv")
    add_judgement(tmp_path / "judgements.csv", "a", "b", SAME, "@某", "=HYPERLINK(1)")
    for name in ("sample.csv", "judgements.csv"):
        with (tmp_path / name).open(encoding="utf-8-sig", newline="") as source:
            assert not [cell for line in csv.reader(source) for cell in line if is_live(cell)]

"""What holds for every rule, shown on the people of all case files at once."""

from __future__ import annotations

import hashlib
import random
from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from audit_lib.findings import grand_total
from audit_lib.params import Project
from audit_lib.rules import load_rules
from audit_lib.tables import ROWS_PER_SHEET, TABLES

from .judge import Outcome, judge, run
from .world import World, all_cases, make_project, strangers

#: in every part of the world, so that each part knows the same of what was delivered
ANCHOR = strangers(1)
CASES = (*(case for case in all_cases() if not case.is_alone), ANCHOR)
RULES = [rule.id for rule in load_rules()]


def digest(folder: Path) -> dict[str, str]:
    return {
        path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in sorted(folder.rglob("*.parquet"))
    }


def by_rule(outcome: Outcome, rule_id: str) -> dict[str, dict[str, Any]]:
    return {row["finding_id"]: row for row in outcome.findings if row["rule_id"] == rule_id}


def fired(outcome: Outcome, rule_id: str) -> dict[str, dict[str, Any]]:
    """The rule's findings; a law shown where nothing is found shows nothing."""
    findings = by_rule(outcome, rule_id)
    assert findings, f"{rule_id} finds nothing here"
    return findings


def lines_of(outcome: Outcome, rule_id: str) -> Counter[tuple[Any, ...]]:
    mine = by_rule(outcome, rule_id)
    return Counter(
        (row["finding_id"], row["item_id"], row["month"], row["amount_fen"])
        for row in outcome.lines if row["finding_id"] in mine
    )  # fmt: skip


def evidence_of(outcome: Outcome, rule_id: str) -> set[tuple[Any, ...]]:
    mine = by_rule(outcome, rule_id)
    return {
        (row["finding_id"], row["table_name"], row["origin"]) for row in outcome.evidence if row["finding_id"] in mine
    }  # fmt: skip


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    return make_project(tmp_path_factory.mktemp("project"), CASES)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("plain")


@pytest.fixture(scope="module")
def plain(folder: Path, project: Project) -> Outcome:
    return judge(World(CASES), folder, project)


@pytest.fixture(scope="module")
def shuffled(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Outcome:
    world = World(CASES)
    for rows in [*world.rows.values(), list(world.people.values())]:
        random.Random(7).shuffle(rows)
    return judge(world, tmp_path_factory.mktemp("shuffled"), project)


@pytest.fixture(scope="module")
def renumbered(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Outcome:
    return judge(World(CASES[::-1], first_sheet=500), tmp_path_factory.mktemp("renumbered"), project)


@pytest.fixture(scope="module")
def delivered_twice(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Outcome:
    """Every register arrives a second time as another file; payments and control totals do not."""
    world = World(CASES)
    far = 5000 * ROWS_PER_SHEET
    for name, rows in world.rows.items():
        if name not in ("payment", "control_total"):
            rows += [row | {f"{name}_row": row[f"{name}_row"] + far} for row in rows]
    again = [sheet | {"sheet_no": sheet["sheet_no"] + 5000} for sheet in world.sheets]
    world.case_of_sheet |= {number + 5000: case for number, case in world.case_of_sheet.items()}
    world.sheets += again
    return judge(world, tmp_path_factory.mktemp("twice"), project)


@pytest.fixture(scope="module")
def crowded(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Outcome:
    return judge(
        World((*CASES, strangers(40, "另一群不相干的人"))), tmp_path_factory.mktemp("crowded"), project
    )


@pytest.fixture(scope="module")
def halves(tmp_path_factory: pytest.TempPathFactory, project: Project) -> list[Outcome]:
    return [
        judge(World((*CASES[start:-1:2], ANCHOR)), tmp_path_factory.mktemp("half"), project)
        for start in (0, 1)
    ]


@pytest.fixture(scope="module")
def only_headers(tmp_path_factory: pytest.TempPathFactory, project: Project) -> Outcome:
    """Every table of the plain world is delivered, without a row."""
    world = World(CASES)
    for rows in world.rows.values():
        rows.clear()
    return judge(world, tmp_path_factory.mktemp("headers"), project)


@pytest.mark.parametrize("rule_id", RULES)
def test_tables_without_rows_give_no_findings_and_do_not_stop_the_rule(
    rule_id: str, plain: Outcome, only_headers: Outcome
) -> None:
    assert fired(plain, rule_id)
    assert not by_rule(only_headers, rule_id)
    assert only_headers.coverage[rule_id]["rows_checked"] == 0


@pytest.mark.parametrize("rule_id", RULES)
def test_the_order_of_rows_does_not_matter(rule_id: str, plain: Outcome, shuffled: Outcome) -> None:
    assert by_rule(shuffled, rule_id) == fired(plain, rule_id)
    assert lines_of(shuffled, rule_id) == lines_of(plain, rule_id)
    assert evidence_of(shuffled, rule_id) == evidence_of(plain, rule_id)


@pytest.mark.parametrize("rule_id", RULES)
def test_a_register_delivered_twice_accuses_nobody_twice(
    rule_id: str, plain: Outcome, delivered_twice: Outcome
) -> None:
    def amounts(outcome: Outcome) -> dict[str, tuple[int, int]]:
        return {key: (row["amount_fen"], row["months"]) for key, row in by_rule(outcome, rule_id).items()}

    assert amounts(plain)
    assert amounts(delivered_twice) == amounts(plain)


@pytest.mark.parametrize("rule_id", RULES)
def test_strangers_change_nothing(rule_id: str, plain: Outcome, crowded: Outcome) -> None:
    theirs = {row["finding_id"] for row in crowded.findings if crowded.case_of(row).rule_id == "STRANGERS"}
    mine = {key: row for key, row in by_rule(crowded, rule_id).items() if key not in theirs}
    assert mine == fired(plain, rule_id)


@pytest.mark.parametrize("rule_id", RULES)
def test_ids_amounts_and_sentences_survive_another_numbering_of_sheets(
    rule_id: str, plain: Outcome, renumbered: Outcome
) -> None:
    assert by_rule(renumbered, rule_id) == fired(plain, rule_id)


@pytest.mark.parametrize("rule_id", RULES)
def test_townships_one_by_one_add_up_to_the_district(
    rule_id: str, plain: Outcome, halves: list[Outcome]
) -> None:
    """Every case lives in its own towns, so half of the cases are half of the towns."""
    parts = [by_rule(half, rule_id) for half in halves]
    assert not parts[0].keys() & parts[1].keys()
    assert parts[0] | parts[1] == fired(plain, rule_id)


@pytest.mark.parametrize("rule_id", RULES)
def test_lines_add_up_to_their_finding(rule_id: str, plain: Outcome) -> None:
    for finding_id, finding in fired(plain, rule_id).items():
        mine = [row for row in plain.lines if row["finding_id"] == finding_id]
        assert sum(row["amount_fen"] for row in mine) == finding["amount_fen"]
        assert {row["month"] // 12 for row in mine} == {row["year"] for row in mine}
        assert len({row["month"] for row in mine}) == finding["months"]


@pytest.mark.parametrize("rule_id", RULES)
def test_every_piece_of_evidence_leads_to_a_row_that_exists(
    rule_id: str, plain: Outcome, folder: Path
) -> None:
    mine = fired(plain, rule_id)
    evidence = [row for row in plain.evidence if row["finding_id"] in mine]
    assert {row["finding_id"] for row in evidence} == mine.keys()
    known = {
        (name, row[f"{name}_row"]) for name, rows in plain.world.rows.items() for row in rows
    }  # fmt: skip
    for row in evidence:
        assert (row["table_name"], row["origin"]) in known
        sheet_no, number = divmod(row["origin"], ROWS_PER_SHEET)
        case = plain.world.case_of_sheet[sheet_no]
        assert (row["file"], row["row"]) == (f"{case.key}/{row['table_name']}.csv", number)


@pytest.mark.parametrize("rule_id", RULES)
def test_a_rule_names_every_finding_once(rule_id: str, plain: Outcome) -> None:
    ids = [row["finding_id"] for row in plain.findings if row["rule_id"] == rule_id]
    assert len(ids) == len(set(ids))


def test_running_again_gives_the_same_bytes_and_leaves_the_inputs_untouched(
    plain: Outcome, folder: Path, project: Project, tmp_path: Path
) -> None:
    assert {row["rule_id"] for row in plain.findings} == set(RULES)
    before = digest(folder / "tables") | digest(folder / "people")
    run(plain.world, folder / "tables", folder / "people", tmp_path / "again", project)
    first, again = digest(folder / "findings"), digest(tmp_path / "again")
    for written in (first, again):
        written.pop("coverage.parquet")  # it says how many seconds each rule took
    assert first == again
    assert digest(folder / "tables") | digest(folder / "people") == before


def test_empty_tables_give_no_findings_and_no_rule_claims_to_have_run(
    tmp_path: Path, project: Project
) -> None:
    outcome = judge(World(()), tmp_path, project)
    assert (outcome.findings, outcome.lines, outcome.evidence) == ([], [], [])
    assert {row["status"] for row in outcome.coverage.values()} == {"未执行"}
    assert outcome.coverage.keys() == set(RULES)


def test_no_sentence_shows_a_full_account_or_a_full_name(plain: Outcome) -> None:
    accounts = {row["account_no"] for row in plain.world.rows["payment"] if row.get("account_no")}
    names = {person["name"] for person in plain.world.people.values() if len(person["name"]) == 2}
    for finding in plain.findings:
        shown = finding["statement"] + finding["matter"]
        assert not [account for account in accounts if account in shown]
        assert not [name for name in names if name in shown]


def test_doubtful_identities_stand_apart_from_the_rest(plain: Outcome) -> None:
    tiers = {row["tier"] for row in plain.findings}
    assert tiers == {"A", "B", "C"}
    origins = {
        (row["table_name"], row["origin"]) for row in plain.evidence
        if row["finding_id"] in {f["finding_id"] for f in plain.findings if f["tier"] == "C" and f["person_id"]}
    }  # fmt: skip
    linked = {
        (name, row[f"{name}_row"]): row["link_tier"]
        for name, rows in plain.world.rows.items() if TABLES[name].about_person for row in rows
    }  # fmt: skip
    assert any(linked[origin] == "C" for origin in origins)


def test_in_a_grand_total_one_month_of_a_payment_counts_once(plain: Outcome, folder: Path) -> None:
    totals = grand_total(folder / "findings")
    counted = [row for row in plain.findings if row["tier"] != "C" and row["track"] == "problem"]
    kind_of = {row["finding_id"]: row["kind"] for row in counted}
    largest: dict[tuple[str, int, int], int] = {}
    for line in plain.lines:
        if line["finding_id"] in kind_of:
            key = (kind_of[line["finding_id"]], line["payment_row"], line["month"])
            largest[key] = max(largest.get(key, 0), line["amount_fen"])
    expected: Counter[str] = Counter()
    for (kind, _, _), fen in largest.items():
        expected[kind] += fen
    assert {kind: total.counted_fen for kind, total in totals.items()} == dict(expected)
    assert totals["LOSS"].overlap_fen > 0


def test_findings_are_written_in_the_order_of_their_ids(plain: Outcome, folder: Path) -> None:
    ids = pq.read_table(folder / "findings" / "finding.parquet")["finding_id"].to_pylist()
    assert ids == sorted(ids)

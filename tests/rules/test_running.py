"""Switched-off rules, tolerances, the auditor's own rules, sentences and scores."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from audit_lib.errors import RuleError
from audit_lib.findings.sentences import phrase, score
from audit_lib.rules import load_rules

from .judge import Outcome, judge
from .test_rule_files import GOOD
from .world import Case, World, all_cases, make_project

CASE = next(case for case in all_cases() if case.name == "死亡次月起连发三个月")


def outcome(tmp_path: Path, case: Case = CASE, **settings: object) -> Outcome:
    return judge(World((case,)), tmp_path / "work", make_project(tmp_path, (case,), **settings))


def test_a_rule_switched_off_says_so_with_its_reason(tmp_path: Path) -> None:
    result = outcome(tmp_path, rules_off={"DECEASED_PAID": "本次不查"})
    assert result.of_case(CASE) == []
    assert (result.coverage["DECEASED_PAID"]["status"], result.coverage["DECEASED_PAID"]["reason"]) == (
        "未执行", "已停用：本次不查",
    )  # fmt: skip


def test_a_tolerance_of_the_project_takes_effect(tmp_path: Path) -> None:
    [finding] = outcome(tmp_path, tolerances={"DECEASED_PAID": {"grace_months": 2}}).of_case(CASE)
    assert finding["金额"] == "315.00"


def own_rule(tmp_path: Path, text: str, name: str = "my_own.sql") -> None:
    folder = tmp_path / "rules"
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(text, encoding="utf-8")


def test_an_auditors_own_rule_runs_like_the_others(tmp_path: Path) -> None:
    own_rule(tmp_path, GOOD.replace("WHERE quantity > $limit", "WHERE from_month % 12 < $limit AND amount_fen = 31500"))
    result = outcome(tmp_path)
    [finding] = [row for row in result.findings if row["rule_id"] == "MY_OWN"]
    assert (finding["months"], finding["amount_fen"]) == (3, 94500)
    assert finding["statement"] == "王*领取农村低保945.00元，不详"
    assert {row["origin"] for row in result.evidence if row["finding_id"] == finding["finding_id"]} == {
        row["payment_row"] for row in result.world.rows["payment"][:3]
    }


def test_own_rules_that_cannot_run_are_refused_with_the_reason_and_stop_nobody(tmp_path: Path) -> None:
    own_rule(tmp_path, GOOD.replace("quantity > $limit", "no_such_column > $limit"))
    own_rule(tmp_path, GOOD.replace("MY_OWN", "WORSE").replace("kind: LOSS", "kind: BIG"), "worse.sql")
    result = outcome(tmp_path)
    assert result.coverage["MY_OWN"]["status"] == result.coverage["WORSE"]["status"] == "未执行"
    assert "no_such_column" in result.coverage["MY_OWN"]["reason"]
    assert "worse.sql:6" in result.coverage["WORSE"]["reason"]
    assert len(result.of_case(CASE)) == 1


def test_a_shipped_rule_that_cannot_run_stops_the_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sound = next(rule for rule in load_rules() if rule.id == "DECEASED_PAID")
    broken = replace(sound, sql=sound.sql.replace("item_id, month,", "item_id, no_such AS month,"))
    assert broken.sql != sound.sql
    monkeypatch.setattr("audit_lib.findings.load_rules", lambda *_: [broken])
    with pytest.raises(RuleError, match="DECEASED_PAID"):
        outcome(tmp_path)


def test_nothing_half_written_is_left_behind(tmp_path: Path) -> None:
    outcome(tmp_path)
    written = {path.name for path in (tmp_path / "work" / "findings").iterdir()}
    assert written == {
        f"{name}.parquet" for name in ("finding", "finding_line", "evidence", "coverage", "town_coverage")
    }


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("died_on", date(2017, 3, 5), "2017年3月5日"),
        ("since_month", 24206, "2017年3月"),
        ("due_fen", 123456, "1,234.56"),
        ("account_no", "6223190012345678", "****5678"),
        ("unit", ["乙局", None, "甲局", "乙局"], "乙局、甲局"),
        ("unit", ["丁", "丙", "乙", "甲"], "丁、丙、乙等"),
        ("reason", None, "不详"),
        ("insured", 2.0, "2"),
    ],
)
def test_a_sentence_says_values_as_officials_write_them(name: str, value: object, said: str) -> None:
    assert phrase(name, value) == said


def test_a_stronger_doubt_scores_higher() -> None:
    weak = score("B", 1, 10_000, 0)
    assert weak < score("A", 1, 10_000, 0) < score("A", 6, 10_000, 0) < score("A", 6, 1_000_000, 0)
    assert score("A", 6, 1_000_000, 0) < score("A", 6, 1_000_000, 1)
    assert (score("C", 0, 0, 0), score("A", 99, 10**9, 9)) == (10.0, 100.0)

"""A rule file that breaks the contract is refused with file and line; a good one is portable."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlglot

from audit_lib.errors import ParamsError, RuleError
from audit_lib.params import Settings
from audit_lib.rules import Rule, load_own_rules, load_rules, read_rule
from audit_lib.views import load_views

GOOD = """---
id: MY_OWN
title: 自拟规则
family: exit
problem: not_exited
kind: LOSS
track: problem
severity: 中
owner: item
matter: [item_id]
needs: [payment.service_from]
tolerances: {limit: {type: int, default: 3, min: 1, max: 9, says: 上限}}
basis: [B1]
statement: "{name}领取{item}{amount}元，{note}"
疑点情形: 某种情形
不算疑点: [另一种情形]
核实办法: 核对
---
SELECT person_id, item_id, from_month AS month, amount_fen, payment_row, purpose AS note
FROM payment_net
WHERE quantity > $limit
"""


def write(folder: Path, text: str, name: str = "my_own.sql") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def refusal(folder: Path, old: str, new: str) -> str:
    assert old in GOOD
    with pytest.raises(RuleError) as error:
        read_rule(write(folder, GOOD.replace(old, new)))
    return str(error.value)


def test_a_good_rule_is_read_with_its_default_tolerances(tmp_path: Path) -> None:
    rule = read_rule(write(tmp_path, GOOD))
    assert (rule.id, rule.tolerances, rule.head.basis[0].checked) == ("MY_OWN", {"limit": 3}, False)


@pytest.mark.parametrize(
    ("old", "new", "place", "says"),
    [
        ("severity: 中", "severity: 中\ncolour: red", "my_own.sql:9", "不认识的键"),
        ("basis: [B1]", "basis: []", "my_own.sql:13", "basis"),
        ("basis: [B1]\n", "", "my_own.sql:2", "缺少必填的键"),
        ("basis: [B1]", "basis: [B99]", "my_own.sql:13", "B99"),
        ("kind: LOSS", "kind: BIG", "my_own.sql:6", "kind"),
        ("problem: not_exited", "problem: other", "my_own.sql:5", "other"),
        ("matter: [item_id]", "matter: [colour]", "my_own.sql:10", "colour"),
        ("payment.service_from", "payment.no_such", "my_own.sql:11", "no_such"),
        ("default: 3", "default: 33", "my_own.sql:12", "不得大于 9"),
        ("default: 3", "default: 三", "my_own.sql:12", "应为整数"),
        ("{note}", "{colour}", "my_own.sql:14", "colour"),
        ("$limit", "$other", "my_own.sql:19", "$other"),
        ("FROM payment_net", "FROM secret", "my_own.sql:20", "secret"),
        ("FROM payment_net", "FROM read_csv('/etc/passwd')", "my_own.sql:20", "不得"),
        ("FROM payment_net", "FROM '/etc/passwd'", "my_own.sql:20", "/etc/passwd"),
        ("quantity > $limit", "quantity > $limit AND getenv('HOME') = ''", "my_own.sql:21", "getenv"),
        ("payment_row, ", "", "my_own.sql:19", "行号列"),
        ("amount_fen, ", "", "my_own.sql:19", "amount_fen"),
        ("SELECT person_id", "SELECT * , person_id", "my_own.sql:19", "逐列"),
        ("SELECT person_id", "DELETE FROM payment; SELECT person_id", "my_own.sql:19", "一条 SELECT"),
        ("SELECT person_id", "SELEC person_id", "my_own.sql:19", "SQL 语法有误"),
        ("id: MY_OWN", "id: MY_OTHER", "my_own.sql:2", "my_other.sql"),
    ],
)
def test_a_rule_that_breaks_the_contract_is_refused_with_file_and_line(
    tmp_path: Path, old: str, new: str, place: str, says: str
) -> None:
    message = refusal(tmp_path, old, new)
    assert place in message
    assert says in message


def test_all_faults_of_a_file_come_at_once(tmp_path: Path) -> None:
    text = GOOD.replace("kind: LOSS", "kind: BIG").replace("basis: [B1]", "basis: [B99]")
    with pytest.raises(RuleError) as error:
        read_rule(write(tmp_path, text))
    assert "my_own.sql:6" in str(error.value)
    assert "my_own.sql:13" in str(error.value)


def test_a_bad_own_rule_stops_no_other(tmp_path: Path) -> None:
    write(tmp_path, GOOD)
    write(tmp_path, GOOD.replace("kind: LOSS", "kind: BIG").replace("MY_OWN", "WORSE"), "worse.sql")
    good, refused = load_own_rules(tmp_path)
    assert [rule.id for rule in good] == ["MY_OWN"]
    assert "worse.sql:6" in refused["WORSE"]


def test_two_rules_may_not_have_the_same_id(tmp_path: Path) -> None:
    text = GOOD.replace("MY_OWN", "STAFF_PAID")
    with pytest.raises(RuleError, match="STAFF_PAID"):
        load_rules(extra=[read_rule(write(tmp_path, text, "staff_paid.sql"))])


def settings(**values: object) -> Settings:
    base = {
        "title": "案例", "zone": "区", "bureau": "局", "basis": {"title": "方案", "number": "1"},
        "years": [2017], "area_codes": ["371327"],
    }  # fmt: skip
    return Settings.model_validate(base | values)


@pytest.mark.parametrize(
    ("values", "place"),
    [
        ({"tolerances": {"NO_SUCH": {"months": 3}}}, "tolerances.NO_SUCH"),
        ({"tolerances": {"INCOME_OVER_PAID": {"weeks": 3}}}, "tolerances.INCOME_OVER_PAID.weeks"),
        ({"tolerances": {"INCOME_OVER_PAID": {"months": "3"}}}, "tolerances.INCOME_OVER_PAID.months"),
        ({"tolerances": {"INCOME_OVER_PAID": {"months": 0}}}, "tolerances.INCOME_OVER_PAID.months"),
        ({"tolerances": {"INCOME_OVER_PAID": {"months": True}}}, "tolerances.INCOME_OVER_PAID.months"),
        ({"rules_off": {"NO_SUCH": "不适用"}}, "rules_off.NO_SUCH"),
    ],
)
def test_a_project_may_only_tune_what_exists(values: dict[str, object], place: str) -> None:
    with pytest.raises(ParamsError, match=place):
        load_rules(settings(**values))


def test_another_tolerance_is_another_version() -> None:
    def version(**values: object) -> str:
        return next(rule for rule in load_rules(settings(**values)) if rule.id == "INCOME_OVER_PAID").version

    assert version() == version()
    assert version(tolerances={"INCOME_OVER_PAID": {"months": 4}}) != version()


@pytest.mark.parametrize("name", [*load_views(), *(rule.id for rule in load_rules())])
def test_views_and_rules_translate_to_spark(name: str) -> None:
    texts = {rule.id: rule.sql for rule in load_rules()} | {view.name: view.sql for view in load_views().values()}
    assert sqlglot.transpile(
        texts[name], read="duckdb", write="spark", unsupported_level=sqlglot.ErrorLevel.RAISE
    )


@pytest.mark.parametrize("rule", load_rules(), ids=lambda rule: rule.id)
def test_nothing_is_claimed_as_checked_that_no_person_checked(rule: Rule) -> None:
    assert not any(basis.checked for basis in rule.head.basis)
    assert all("待核" in basis.text for basis in rule.head.basis)

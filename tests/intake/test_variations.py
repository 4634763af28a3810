"""Headers nobody listed: what their values and stems say is used only where it can be one thing."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from audit_lib.intake.mapping import Mapped, propose_columns
from audit_lib.tables import TABLES

from .sheets import KINDS
from .variations import measure

Kinds = dict[str, str | Callable[[random.Random, int], str]]


def proposed(table: str, columns: Kinds) -> Mapped:
    """Columns of invented people under given headers, mapped; a kind of ``sheets`` or a function per header."""
    chance = random.Random(7)
    make = [KINDS[kind] if isinstance(kind, str) else kind for kind in columns.values()]
    samples = [[one(chance, number) for number in range(1, 31)] for one in make]
    return propose_columns(list(columns), samples, TABLES[table])


def used(mapped: Mapped) -> dict[str, str]:
    """Header → column of what is used without asking."""
    return {p.header: p.column for p in mapped.proposals}


def test_recombined_headers_are_never_silently_wrong_and_mostly_found() -> None:
    scores, told = measure(range(6, 8))
    assert [line for line in told if line.startswith(("WRONG", "wrong"))] == []
    poor = {name: score.right for name, score in scores.items() if score.right < 9 * score.asked}
    assert poor == {}


def test_the_only_column_of_names_is_the_name_and_one_of_two_is_asked_about() -> None:
    assert used(proposed("enrolment", {"受惠群体": "name", "身份证号": "id"}))["受惠群体"] == "name"
    two = proposed("enrolment", {"受惠群体": "name", "同住群体": "name", "身份证号": "id"})
    assert used(two) == {"身份证号": "id"}
    assert [(doubt.column, doubt.sure) for doubt in two.doubts] == [("name", False)]


def test_a_clerks_or_a_relatives_name_is_nobodys() -> None:
    mapped = proposed("enrolment", {"经办签字": "name", "配偶": "name", "身份证号": "id"})
    assert "name" not in used(mapped).values()


def test_of_two_columns_of_money_the_one_that_is_quantity_times_rate_is_the_amount() -> None:
    by_rate: Kinds = {
        "姓名": "name", "身份证号": "id", "面积": lambda c, n: f"{n / 10:g}", "标准": lambda c, n: "125",
        "惠农一折款": lambda c, n: f"{n * 12.5:g}", "保底金": lambda c, n: f"{c.randint(1, 900)}",
    }  # fmt: skip
    assert used(proposed("payment", by_rate)).get("惠农一折款") == "amount"
    without = {header: kind for header, kind in by_rate.items() if header not in ("面积", "标准")}
    assert "amount" not in used(proposed("payment", without)).values()


@pytest.mark.parametrize(
    ("header", "column"),
    [
        ("准予享补年月", "approved_on"),
        ("待遇取消日期", "stop_on"),
        ("资格届满时间", "ended_on"),
        ("出生年月", None),
    ],
)
def test_days_of_a_register_are_told_apart_by_the_stem_of_their_header(
    header: str, column: str | None
) -> None:
    assert (
        used(proposed("enrolment", {"姓名": "name", "身份证号": "id", header: "date"})).get(header) == column
    )


def test_a_stem_whose_values_deny_it_is_not_used() -> None:
    assert "待遇取消日期" not in used(
        proposed("enrolment", {"姓名": "name", "身份证号": "id", "待遇取消日期": "text"})
    )

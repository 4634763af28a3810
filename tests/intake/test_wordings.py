"""Headers as other offices write them: nearly all are known by head, rank and rows, and none is silently wrong."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from audit_lib.intake.mapping import Mapped, propose_columns
from audit_lib.intake.ranks import is_never
from audit_lib.intake.titles import item_in
from audit_lib.intake.vocabulary import ends_like
from audit_lib.tables import TABLES

from .sheets import KINDS
from .wordings import measure

Cells = str | Callable[[random.Random, int], str]


def proposed(table: str, columns: dict[str, Cells]) -> Mapped:
    """Columns under given headers, mapped; a kind of ``sheets`` or a function of chance and row number per header."""
    chance = random.Random(11)
    make = [KINDS[kind] if isinstance(kind, str) else kind for kind in columns.values()]
    samples = [[one(chance, number) for number in range(1, 31)] for one in make]
    return propose_columns(list(columns), samples, TABLES[table])


def used(mapped: Mapped) -> dict[str, str]:
    """Header → column of what is used without asking."""
    return {p.header: p.column for p in mapped.proposals}


def counting(factor: float, step: int = 7) -> Callable[[random.Random, int], str]:
    """Numbers of a row: its number within ``step``, times a factor."""
    return lambda chance, number: f"{(number % step + 1) * factor:g}"


def now_and_then(text: str) -> Callable[[random.Random, int], str]:
    """A cell that only every fifth row fills."""
    return lambda chance, number: text if number % 5 == 2 else ""


PEOPLE: dict[str, Cells] = {"姓名": "name", "身份证号": "id"}


@pytest.mark.parametrize("name", ["wordings_tuned", "wordings_frozen"])
def test_headers_of_other_offices_are_nearly_all_known_and_none_is_silently_wrong(name: str) -> None:
    counted, told = measure(name)
    assert [line for line in told if line.startswith("WRONG")] == []
    assert counted["right"] >= 0.95 * counted["all"], told


def test_a_head_is_known_whatever_qualifies_it() -> None:
    assert ends_like("第二次核发到手补助金额", "payment", "amount")
    assert not ends_like("补助金额说明", "payment", "amount")


def test_a_qualifier_that_says_otherwise_is_never_the_column() -> None:
    assert [h for h in ("补贴面积", "扣减面积", "房屋面积") if is_never("payment", "quantity", h)] == [
        "扣减面积",
        "房屋面积",
    ]


def test_of_what_is_due_and_what_was_paid_the_paid_is_the_amount() -> None:
    mapped = proposed(
        "payment", {**PEOPLE, "全年应兑付扶助款额": counting(90), "全年实兑付扶助款额": counting(80)}
    )
    assert used(mapped)["全年实兑付扶助款额"] == "amount"
    assert "全年应兑付扶助款额" not in used(mapped)


def test_the_area_that_makes_the_amount_with_the_rate_is_the_quantity() -> None:
    columns: dict[str, Cells] = {
        **PEOPLE, "核定面积": counting(1.3, 5), "种植面积": counting(1.1), "标准": lambda c, n: "125", "金额": counting(137.5),
    }  # fmt: skip
    assert used(proposed("payment", columns))["种植面积"] == "quantity"
    assert "核定面积" not in used(proposed("payment", columns))


def test_what_makes_the_amount_with_the_quantity_is_the_rate_whatever_it_is_called() -> None:
    columns: dict[str, Cells] = {
        **PEOPLE,
        "保障人数": counting(1, 4),
        "补差": lambda c, n: "210",
        "发放金额": counting(210, 4),
    }
    assert used(proposed("payment", columns))["补差"] == "rate"
    other = {**columns, "发放金额": lambda c, n: f"{c.randint(100, 900)}"}
    assert "rate" not in used(proposed("payment", other)).values()


def test_a_number_of_months_is_no_quantity() -> None:
    columns: dict[str, Cells] = {
        **PEOPLE,
        "补贴月数": counting(1, 3),
        "标准": lambda c, n: "80",
        "金额": counting(80, 3),
    }
    assert "补贴月数" not in used(proposed("payment", columns))


def test_a_column_that_is_the_sum_of_the_months_is_the_amount() -> None:
    months: dict[str, Cells] = {f"{m}月": counting(m * 10, 5) for m in (1, 2, 3)}
    columns = {**PEOPLE, **months, "全年累计": counting(60, 5)}
    assert used(proposed("payment", columns))["全年累计"] == "amount"
    assert "全年累计" not in used(proposed("payment", {**columns, "全年累计": "amount"}))


def test_the_person_stands_beside_the_number_and_the_holder_beside_the_account() -> None:
    columns: dict[str, Cells] = {
        "申请人": "name",
        "身份证号": "id",
        "金额": "amount",
        "持卡人": "name",
        "卡号": "account",
    }
    assert used(proposed("payment", columns)) == {
        "申请人": "name", "身份证号": "id", "金额": "amount", "持卡人": "account_name", "卡号": "account_no",
    }  # fmt: skip


def test_a_text_filled_only_where_payments_failed_is_the_reason() -> None:
    columns: dict[str, Cells] = {
        "账号": "account", "金额": "amount", "交易结果": lambda c, n: "失败" if n % 5 == 2 else "成功", "结果附记": now_and_then("户名不符"),
    }  # fmt: skip
    assert used(proposed("bank_return", columns))["结果附记"] == "return_reason"
    everywhere = {**columns, "结果附记": lambda c, n: "批量"}
    assert "return_reason" not in used(proposed("bank_return", everywhere)).values()


def test_a_mostly_empty_day_of_a_register_is_the_end_and_the_text_filled_with_it_the_reason() -> None:
    columns: dict[str, Cells] = {
        **PEOPLE, "批准日期": "date", "出册日": now_and_then("2019-03-01"), "出册情由": now_and_then("外迁"),
    }  # fmt: skip
    assert used(proposed("enrolment", columns)) == {
        "姓名": "name", "身份证号": "id", "批准日期": "approved_on", "出册日": "stop_on", "出册情由": "stop_reason",
    }  # fmt: skip


def test_a_column_of_villages_goes_before_one_of_addresses_and_a_group_alone_is_the_village() -> None:
    both = used(proposed("payment", {**PEOPLE, "户籍地址": "address", "居村": "village"}))
    assert both["居村"] == "村"
    assert "户籍地址" not in both
    assert (
        used(proposed("payment", {**PEOPLE, "村民小组": lambda c, n: f"上河村{n % 4 + 1}组"}))["村民小组"]
        == "村"
    )
    assert "村民小组" not in used(proposed("payment", {**PEOPLE, "村民小组": "group"}))


def test_a_title_that_goes_on_after_the_subsidy_still_names_it() -> None:
    assert item_in("高龄补贴人员变动后情况") == "高龄补贴"

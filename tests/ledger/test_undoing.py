"""Second thoughts are lines of their own: what stood before stands again, nothing is erased."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from audit_lib.errors import LedgerError
from audit_lib.ledger import Ledger
from tests.ledger.ledger_cases import as_tables, finding

CLEARED = {"reason_code": "同名同姓", "attachment": "户籍证明", "operator": "甲"}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        opened.raise_findings(*as_tables([finding("YDA"), finding("YDB")]), run_id="R1")
        yield opened


def case(ledger: Ledger, finding_id: str) -> pd.Series:
    return ledger.cases().set_index("finding_id").loc[finding_id]


def kinds(ledger: Ledger) -> list[str]:
    return list(ledger.history("YDA")["kind"])


def test_an_undone_verdict_leaves_the_case_open_and_both_lines_in_the_ledger(ledger: Ledger) -> None:
    ledger.decide("YDA", "属实", operator="甲")
    ledger.undo("YDA", "甲")
    assert (case(ledger, "YDA").state, case(ledger, "YDA").verified_fen) == ("待核实", 0)
    assert kinds(ledger) == ["raised", "verified", "undone"]
    assert ledger.verify() == []


def test_undoing_a_second_verdict_brings_the_first_back(ledger: Ledger) -> None:
    ledger.decide("YDA", "属实", operator="甲")
    ledger.decide("YDA", "不属实", **CLEARED)
    ledger.undo("YDA", "甲")
    assert (case(ledger, "YDA").state, case(ledger, "YDA").verified_fen) == ("属实", 30000)


def test_a_verdict_can_be_given_again_after_undo(ledger: Ledger) -> None:
    ledger.decide("YDA", "属实", operator="甲")
    ledger.undo("YDA", "甲")
    ledger.decide("YDA", "不属实", **CLEARED)
    assert (case(ledger, "YDA").state, case(ledger, "YDA").reason_code) == ("不属实", "同名同姓")


def test_what_was_undone_is_not_undone_twice(ledger: Ledger) -> None:
    ledger.decide("YDA", "属实", operator="甲")
    ledger.undo("YDA", "甲")
    with pytest.raises(LedgerError, match="不能撤销"):
        ledger.undo("YDA", "甲")
    assert case(ledger, "YDA").state == "待核实"


def test_money_that_came_back_since_keeps_the_verdict(ledger: Ledger) -> None:
    ledger.decide("YDA", "属实", operator="甲")
    ledger.recover("YDA", 100, "2019-07-15", voucher_no="1", operator="甲")
    with pytest.raises(LedgerError, match="不能撤销"):
        ledger.undo("YDA", "甲")
    assert case(ledger, "YDA").state == "属实"


def test_a_case_left_for_later_says_what_it_waits_for_and_that_can_be_undone(ledger: Ledger) -> None:
    ledger.defer("YDA", "甲", "等银行流水,卡号6223190012345678")
    waiting = case(ledger, "YDA")
    assert (waiting.state, waiting.shortfall) == ("待补充", "待核:等银行流水,卡号************5678")
    ledger.undo("YDA", "甲")
    assert (case(ledger, "YDA").state, case(ledger, "YDA").shortfall) == ("待核实", "")


def test_a_decision_that_stands_is_not_shaken_by_a_remark(ledger: Ledger) -> None:
    ledger.decide("YDA", "属实", operator="甲")
    ledger.defer("YDA", "甲", "等银行流水")
    assert (case(ledger, "YDA").state, case(ledger, "YDA").verified_fen) == ("属实", 30000)
    ledger.undo("YDA", "甲")
    assert case(ledger, "YDA").state == "属实"


def test_nobody_leaves_a_case_for_later_without_saying_why_or_who(ledger: Ledger) -> None:
    with pytest.raises(LedgerError, match="还缺什么"):
        ledger.defer("YDA", "甲", " ")
    with pytest.raises(LedgerError, match="经办人"):
        ledger.undo("YDA", "")
    assert kinds(ledger) == ["raised"]

"""The program's suspicions in the ledger, and what people decided about them."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pandas as pd
import pytest

from audit_lib.errors import LedgerError
from audit_lib.ledger import ImportReport, Ledger
from tests.ledger.ledger_cases import HE, SHE, SHEETS, as_tables, feedback, finding, recoveries

AT = datetime(2019, 7, 1, 8, 0, tzinfo=UTC)


@pytest.fixture
def ledger(tmp_path: Path):
    with Ledger.open(f"sqlite:///{tmp_path / 'ledger.db'}") as opened:
        yield opened


def put(ledger: Ledger, *findings: dict, ran: set[str] | None = None) -> ImportReport:
    return ledger.raise_findings(*as_tables(list(findings)), run_id="R1", at=AT, ran=ran)


def case(ledger: Ledger, finding_id: str) -> pd.Series:
    return ledger.cases().set_index("finding_id").loc[finding_id]


def kinds(ledger: Ledger, finding_id: str) -> list[str]:
    return ledger.history(finding_id)["kind"].tolist()


def outcomes(report: ImportReport) -> list[tuple[int, str, str]]:
    return [(entry.place.row, entry.outcome, entry.finding_id) for entry in report.entries]


# ── what the program suspects ────────────────────────────────────────────────────────────────


def test_a_new_finding_waits_to_be_verified_with_its_amounts_by_year(ledger):
    put(ledger, finding("YDA", {2017: 30000, 2018: 12000}))
    entered = case(ledger, "YDA")
    assert (entered.state, entered.suspected_fen, entered.verified_fen) == ("待核实", 42000, 0)
    assert entered.suspected_by_year == {2017: 30000, 2018: 12000}


def test_the_same_run_again_writes_nothing(ledger):
    put(ledger, finding("YDA"), finding("YDB"))
    head = ledger.head()
    assert put(ledger, finding("YDB"), finding("YDA")).counts == {"疑点": 2, "未变": 2}
    assert ledger.head() == head


@pytest.mark.parametrize("change", [{"tier": "B"}, {"statement": "另一句话"}, {"by_year": {2017: 30001}}])
def test_a_changed_finding_is_restated(ledger, change):
    put(ledger, finding("YDA"), finding("YDB"))
    put(ledger, finding("YDA", **change), finding("YDB"))
    assert (kinds(ledger, "YDA"), kinds(ledger, "YDB")) == (["raised", "restated"], ["raised"])


def test_a_finding_no_longer_produced_is_withdrawn_and_comes_back_when_it_is(ledger):
    put(ledger, finding("YDA"), finding("YDB"))
    put(ledger, finding("YDB"))
    assert case(ledger, "YDA").state == "已撤回"
    assert not case(ledger, "YDA").is_counted
    put(ledger, finding("YDA"), finding("YDB"))
    assert case(ledger, "YDA").state == "待核实"
    assert kinds(ledger, "YDA") == ["raised", "withdrawn", "reraised"]


def test_a_rule_that_could_not_run_withdraws_nothing(ledger):
    put(ledger, finding("YDA"), finding("YDB", rule_id="MOVED_OUT_PAID"))
    put(ledger, ran={"DECEASED_PAID"})
    assert (case(ledger, "YDA").state, case(ledger, "YDB").state) == ("已撤回", "待核实")


def test_a_tier_c_finding_is_recorded_but_does_not_count(ledger):
    put(ledger, finding("YDA", tier="C"), finding("YDB", tier="B"))
    assert ledger.cases().set_index("finding_id").is_counted.to_dict() == {"YDA": False, "YDB": True}


def test_lines_that_do_not_add_up_are_refused_and_nothing_is_written(ledger):
    wrong = finding("YDB", amount_fen=29999)
    with pytest.raises(LedgerError, match=r"300\.00元与疑点金额299\.99元不符"):
        put(ledger, finding("YDA"), wrong)
    assert ledger.cases().empty


def test_payloads_hold_no_name_and_no_sentence(ledger):
    put(ledger, finding("YDA"))
    payload = ledger.history("YDA").payload[0]
    assert "郦" not in payload
    assert "371327" not in payload


# ── what towns return ────────────────────────────────────────────────────────────────────────


def test_confirmed_with_an_empty_amount_verifies_the_suspected_amount_by_year(ledger):
    put(ledger, finding("YDA", {2017: 30000, 2018: 12000}))
    ledger.import_feedback(feedback({"finding_id": "YDA", "result": "confirmed"}), SHEETS)
    verified = case(ledger, "YDA")
    assert (verified.state, verified.verified_fen) == ("属实", 42000)
    assert verified.verified_by_year == {2017: 30000, 2018: 12000}


def test_a_cleared_case_keeps_its_reason_and_attachment(ledger):
    put(ledger, finding("YDA"))
    row = {"finding_id": "YDA", "result": "cleared", "reason_code": "同名同姓", "attachment": "户籍证明.pdf"}
    ledger.import_feedback(feedback(row), SHEETS)
    cleared = case(ledger, "YDA")
    assert (cleared.state, cleared.reason_code, cleared.attachment) == ("不属实", "同名同姓", "户籍证明.pdf")
    assert (cleared.suspected_fen, cleared.verified_fen) == (30000, 0)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"result": "cleared", "attachment": "证明.pdf"}, "不属实须有原因码"),
        ({"result": "cleared", "reason_code": "换卡"}, "不属实须有佐证附件"),
        ({"result": "cleared"}, "不属实须有原因码和佐证附件"),
        ({"result": "cleared", "reason_code": "其他", "attachment": "证明.pdf"}, "情况说明"),
        ({"result": "cleared", "reason_code": "换卡", "attachment": "a", "verified_fen": 5}, "却填了核实金额"),
        ({"result": "unverifiable", "verified_fen": 5}, "却填了核实金额"),
        ({"result": "partly"}, "部分属实须填核实金额"),
        ({"result": "partly", "verified_fen": 42001}, "核实金额420.01元大于疑点金额420.00元"),
        ({"result": "confirmed", "verified_fen": 0}, "核实金额却为0"),
        ({"result": "confirmed", "verified_fen": -1}, "负数"),
        ({"result": "partly", "verified_fen": 20000}, "年度未分列"),
        ({"result": "partly", "verified_fen": 20000, "verified_by_year": {2017: 19999}}, "不符"),
        ({"result": "partly", "verified_by_year": {2018: 12001}}, "2018年核实金额120.01元大于该年疑点金额120.00元"),
        ({"result": "partly", "verified_by_year": {2016: 1}}, "2016年"),
        ({"result": None}, "核实结果为空"),
    ],
)  # fmt: skip
def test_a_verdict_that_lacks_something_is_reported_and_not_taken(ledger, row, reason):
    put(ledger, finding("YDA", {2017: 30000, 2018: 12000}))
    report = ledger.import_feedback(feedback({"finding_id": "YDA"} | row), SHEETS)
    assert outcomes(report) == [(2, "待补充", "YDA")]
    assert reason in report.entries[0].reason
    left = case(ledger, "YDA")
    assert (left.state, left.verified_fen) == ("待补充", 0)
    assert reason in left.shortfall


@pytest.mark.parametrize(
    ("row", "by_year"),
    [
        ({"verified_fen": 42000}, {2017: 30000, 2018: 12000}),
        ({"verified_by_year": {2017: 10000, 2018: 12000}}, {2017: 10000, 2018: 12000}),
        ({"verified_fen": 12000, "verified_by_year": {2017: 0, 2018: 12000}}, {2018: 12000}),
    ],
)
def test_a_partly_confirmed_amount_goes_to_its_years(ledger, row, by_year):
    put(ledger, finding("YDA", {2017: 30000, 2018: 12000}))
    ledger.import_feedback(feedback({"finding_id": "YDA", "result": "partly"} | row), SHEETS)
    assert case(ledger, "YDA").verified_by_year == by_year


def test_a_finding_of_one_year_needs_no_split(ledger):
    put(ledger, finding("YDA", {2018: 30000}))
    ledger.import_feedback(feedback({"finding_id": "YDA", "result": "partly", "verified_fen": 1}), SHEETS)
    assert case(ledger, "YDA").verified_by_year == {2018: 1}


def test_without_a_number_the_row_is_matched_by_rule_person_and_item(ledger):
    put(
        ledger,
        finding("YDA"),
        finding("YDB", item_id="tekun"),
        finding("YDC", person_id=SHE),
        finding("YDD", rule_id="MOVED_OUT_PAID", rule_title="户口迁出后仍领取补贴"),
    )
    named = {"person_id": HE, "link_tier": "A", "result": "confirmed"}
    rows = feedback(
        named | {"rule_title": "死亡后仍领取 补贴", "item_id": "dibao"},
        named | {"rule_title": "死亡后仍领取补贴", "item_id": "tekun"},
        named | {"rule_title": "户口迁出后仍领取补贴"},
        named | {"rule_title": "死亡后仍领取补贴", "item_id": "dibao", "person_id": SHE},
    )
    report = ledger.import_feedback(rows, SHEETS)
    assert outcomes(report) == [
        (2, "已入账", "YDA"), (3, "已入账", "YDB"), (4, "已入账", "YDD"), (5, "已入账", "YDC"),
    ]  # fmt: skip


def test_a_title_that_is_nearly_a_rules_is_that_rules_and_one_between_two_is_neither(ledger):
    put(
        ledger,
        finding("YDA"),
        finding("YDB", rule_id="MOVED_OUT_PAID", rule_title="户口迁出后仍领取补贴"),
    )
    named = {"person_id": HE, "link_tier": "A", "item_id": "dibao", "result": "confirmed"}
    report = ledger.import_feedback(
        feedback(named | {"rule_title": "户口迁出仍领取补贴"}, named | {"rule_title": "仍领取补贴"}), SHEETS
    )
    assert outcomes(report) == [(2, "已入账", "YDB"), (3, "不能识别", "")]


def test_a_row_about_nobody_is_matched_by_rule_town_and_item(ledger):
    put(
        ledger,
        finding("YDA", person_id=None),
        finding("YDB", person_id=None, town_id="zhulu"),
        finding("YDC"),
    )
    row = {"rule_title": "死亡后仍领取补贴", "town_id": "tuanlin", "item_id": "dibao", "result": "confirmed"}
    report = ledger.import_feedback(
        feedback(row | {"id_status": "empty"}, row | {"id_status": "length"}), SHEETS
    )
    assert outcomes(report) == [(2, "已入账", "YDA"), (3, "不能识别", "")]


def test_a_row_without_a_number_may_name_the_problem_and_means_the_sure_finding(ledger):
    put(ledger, finding("YDA"), finding("YDB", tier="C"))
    row = {
        "rule_title": "应退出未退出",
        "person_id": HE,
        "link_tier": "B",
        "item_id": "dibao",
        "result": "confirmed",
    }
    assert outcomes(ledger.import_feedback(feedback(row), SHEETS)) == [(2, "已入账", "YDA")]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ({"finding_id": "YDX"}, "疑点编号“YDX”台账中没有"),
        ({"rule_title": "死亡后仍领取补贴"}, "未能对应到人"),
        ({"rule_title": "死亡后仍领取补贴", "person_id": HE, "link_tier": "C", "item_id": "dibao"}, "C级"),
        ({"rule_title": "死亡后仍领取补贴", "person_id": HE, "link_tier": "A"}, "2条“死亡后仍领取补贴”疑点(YDA、YDB)"),
        ({"rule_title": "收入超标", "person_id": HE, "link_tier": "A"}, "没有“收入超标”疑点"),
        ({"rule_title": "死亡后仍领取补贴", "person_id": SHE, "link_tier": "A"}, "没有"),
        ({"finding_id": "YDA", "person_id": SHE, "link_tier": "A"}, "可能错行"),
        ({"person_id": HE, "link_tier": "A", "item_raw": "某某补贴"}, "补贴项目“某某补贴”不在项目目录中"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_matched_is_reported_with_its_place(ledger, row, reason):
    put(ledger, finding("YDA"), finding("YDB", item_id="tekun"))
    report = ledger.import_feedback(feedback({"result": "confirmed"} | row), SHEETS)
    assert outcomes(report) == [(2, "不能识别", "")]
    assert reason in report.entries[0].reason
    assert "团林镇/核查反馈.xlsx:Sheet1:2 不能识别" in str(report)
    assert set(ledger.cases().state) == {"待核实"}


def test_every_delivered_row_is_in_the_report(ledger):
    put(ledger, finding("YDA"), finding("YDB"))
    report = ledger.import_feedback(
        feedback(
            {"finding_id": "YDA", "result": "confirmed"},
            {"finding_id": "YDA", "result": "confirmed"},
            {"finding_id": "YDX", "result": "confirmed"},
            {"finding_id": "YDB", "result": "cleared"},
        ),
        SHEETS,
    )
    assert outcomes(report) == [
        (2, "已入账", "YDA"), (3, "重复", "YDA"), (4, "不能识别", ""), (5, "待补充", "YDB"),
    ]  # fmt: skip
    assert report.table()["row"].tolist() == [2, 3, 4, 5]


def test_two_different_verdicts_in_one_sheet_are_both_reported_and_neither_is_taken(ledger):
    put(ledger, finding("YDA"))
    verdicts = feedback(
        {"finding_id": "YDA", "result": "confirmed"},
        {"finding_id": "YDA", "result": "cleared", "reason_code": "换卡", "attachment": "回单.pdf"},
    )
    report = ledger.import_feedback(verdicts, SHEETS)
    assert outcomes(report) == [(2, "不能识别", "YDA"), (3, "不能识别", "YDA")]
    assert case(ledger, "YDA").state == "待核实"


def test_the_same_row_again_writes_nothing_even_when_it_moved(ledger):
    put(ledger, finding("YDA"))
    first = ledger.import_feedback(feedback({"finding_id": "YDA", "result": "confirmed"}), SHEETS)
    head = ledger.head()
    again = ledger.import_feedback(feedback({"finding_id": "YDA", "result": "confirmed", "row": 9}), SHEETS)
    assert ledger.head() == head
    assert (first.counts["其中新增"], again.counts["其中新增"], again.counts["已入账"]) == (1, 0, 1)


def test_a_changed_row_supersedes_itself_and_may_change_back(ledger):
    put(ledger, finding("YDA"))
    for amount in (30000, 20000, 30000):
        row = {"finding_id": "YDA", "result": "confirmed", "verified_fen": amount}
        ledger.import_feedback(feedback(row), SHEETS)
        assert case(ledger, "YDA").verified_fen == amount
    assert kinds(ledger, "YDA") == ["raised", "verified", "verified", "verified"]


def test_of_two_files_the_later_verdict_stands_whichever_is_read_first(ledger):
    put(ledger, finding("YDA"))
    late = {
        "finding_id": "YDA",
        "result": "partly",
        "verified_fen": 100,
        "verified_on": "2019-07-20",
        "sheet_no": 2,
    }
    early = {"finding_id": "YDA", "result": "confirmed", "verified_on": "2019-07-01"}
    ledger.import_feedback(feedback(late), SHEETS)
    report = ledger.import_feedback(feedback(late, early | {"row": 3}), SHEETS)
    assert (case(ledger, "YDA").state, case(ledger, "YDA").verified_fen) == ("部分属实", 100)
    assert [(entry.place.file, entry.outcome) for entry in report.entries] == [
        ("团林镇/核查反馈(补).xlsx", "已入账"), ("团林镇/核查反馈.xlsx", "未采用"),
    ] or [(entry.place.file, entry.outcome) for entry in report.entries] == [
        ("团林镇/核查反馈.xlsx", "未采用"), ("团林镇/核查反馈(补).xlsx", "已入账"),
    ]  # fmt: skip


def test_a_row_whose_date_is_corrected_to_an_earlier_one_supersedes_itself(ledger):
    put(ledger, finding("YDA"))
    row = {"finding_id": "YDA", "result": "partly", "verified_fen": 100, "verified_on": "2019-07-20"}
    ledger.import_feedback(feedback(row), SHEETS)
    ledger.import_feedback(feedback(row | {"verified_on": "2019-07-02", "verified_fen": 200}), SHEETS)
    assert (case(ledger, "YDA").verified_fen, case(ledger, "YDA").decided_on) == (200, "2019-07-02")


def test_an_incomplete_row_is_taken_once_it_is_completed(ledger):
    put(ledger, finding("YDA"))
    row = {"finding_id": "YDA", "result": "cleared", "reason_code": "换卡"}
    ledger.import_feedback(feedback(row), SHEETS)
    ledger.import_feedback(feedback(row | {"attachment": "回单.pdf"}), SHEETS)
    assert (case(ledger, "YDA").state, case(ledger, "YDA").shortfall) == ("不属实", "")


def test_numbers_in_a_note_are_masked_before_they_are_recorded(ledger):
    put(ledger, finding("YDA"))
    row = {"finding_id": "YDA", "result": "confirmed", "note": "本人371327194503151230,账号6223190012345678"}
    ledger.import_feedback(feedback(row), SHEETS)
    assert case(ledger, "YDA").note == "本人371327********1230,账号************5678"
    assert "194503151230" not in json.dumps(ledger.history("YDA").to_dict(), ensure_ascii=False)


# ── when the data change after a decision ────────────────────────────────────────────────────


def clear(ledger: Ledger, finding_id: str) -> None:
    ledger.decide(
        finding_id, "不属实", reason_code="政策允许", attachment="批复.pdf", operator="审计组甲", at=AT
    )


def test_a_cleared_case_does_not_come_back_while_its_data_are_the_same(ledger):
    put(ledger, finding("YDA"))
    clear(ledger, "YDA")
    put(ledger, finding("YDA", statement="换了一种说法"))
    assert case(ledger, "YDA").state == "不属实"


def test_a_cleared_case_is_reviewed_when_the_amount_grows_and_restored_when_it_shrinks_back(ledger):
    put(ledger, finding("YDA", {2017: 30000}))
    clear(ledger, "YDA")
    put(ledger, finding("YDA", {2017: 40000}))
    assert (case(ledger, "YDA").state, case(ledger, "YDA").reason_code) == ("待复核", "")
    put(ledger, finding("YDA", {2017: 30000}))
    assert (case(ledger, "YDA").state, case(ledger, "YDA").reason_code) == ("不属实", "政策允许")


def test_a_verified_amount_that_no_longer_fits_is_suspended(ledger):
    put(ledger, finding("YDA", {2017: 30000}))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    put(ledger, finding("YDA", {2017: 20000}))
    assert (case(ledger, "YDA").state, case(ledger, "YDA").verified_fen) == ("待复核", 0)


def test_a_verified_amount_that_no_longer_fits_its_year_is_suspended(ledger):
    put(ledger, finding("YDA", {2017: 30000}))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    put(ledger, finding("YDA", {2017: 10000, 2018: 90000}))
    assert case(ledger, "YDA").state == "待复核"


def test_a_finding_without_months_is_verified_as_a_whole_and_suspended_when_it_shrinks(ledger):
    put(ledger, finding("YDA", {}, amount_fen=30000))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    assert (case(ledger, "YDA").verified_fen, case(ledger, "YDA").verified_by_year) == (30000, {})
    put(ledger, finding("YDA", {}, amount_fen=20000))
    assert case(ledger, "YDA").state == "待复核"


def test_verified_money_outlives_the_rule_that_found_it(ledger):
    put(ledger, finding("YDA"), finding("YDB"))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    put(ledger, finding("YDB"))
    kept = case(ledger, "YDA")
    assert (kept.state, kept.verified_fen, kept.is_produced) == ("属实", 30000, False)


# ── what a person enters ─────────────────────────────────────────────────────────────────────


def test_a_person_needs_the_same_proof_as_a_returned_sheet(ledger):
    put(ledger, finding("YDA"))
    with pytest.raises(LedgerError, match="佐证附件"):
        ledger.decide("YDA", "不属实", reason_code="换卡", operator="审计组甲")
    with pytest.raises(LedgerError, match="大于疑点金额"):
        ledger.decide("YDA", "属实", {2017: 30001}, operator="审计组甲")
    with pytest.raises(LedgerError, match="经办人"):
        ledger.decide("YDA", "属实")
    with pytest.raises(LedgerError, match="没有疑点“YDX”"):
        ledger.decide("YDX", "属实", operator="审计组甲")
    assert kinds(ledger, "YDA") == ["raised"]


def test_what_a_person_withdrew_stays_withdrawn_until_its_data_change(ledger):
    put(ledger, finding("YDA"))
    ledger.withdraw("YDA", "审计组甲", "规则参数有误")
    put(ledger, finding("YDA"))
    assert case(ledger, "YDA").state == "已撤回"
    put(ledger, finding("YDA", {2017: 30001}))
    assert case(ledger, "YDA").state == "待核实"
    with pytest.raises(LedgerError, match="理由"):
        ledger.withdraw("YDA", "审计组甲", " ")


def test_what_a_person_withdrew_stays_withdrawn_when_it_vanishes_and_returns_unchanged(ledger):
    put(ledger, finding("YDA"))
    ledger.withdraw("YDA", "审计组甲", "规则参数有误")
    put(ledger)
    put(ledger, finding("YDA"))
    assert case(ledger, "YDA").state == "已撤回"


def test_a_withdrawn_decision_is_not_brought_back_by_the_amount_it_was_about(ledger):
    put(ledger, finding("YDA", {2017: 30000}))
    clear(ledger, "YDA")
    ledger.withdraw("YDA", "审计组甲", "结论依据的文件有误")
    put(ledger, finding("YDA", {2017: 40000}))
    put(ledger, finding("YDA", {2017: 30000}))
    assert case(ledger, "YDA").state == "待核实"


def test_withdrawing_twice_is_not_permitted(ledger):
    put(ledger, finding("YDA"))
    ledger.withdraw("YDA", "审计组甲", "规则参数有误")
    with pytest.raises(LedgerError, match="不允许在“已撤回”状态下"):
        ledger.withdraw("YDA", "审计组甲", "再撤一次")


# ── money that came back ─────────────────────────────────────────────────────────────────────


def test_recovered_money_adds_up_and_gets_a_year_only_where_that_is_certain(ledger):
    put(ledger, finding("YDA", {2017: 30000, 2018: 12000}), finding("YDB", {2018: 50000}, person_id=SHE))
    for each in ("YDA", "YDB"):
        ledger.decide(each, "属实", operator="审计组甲", at=AT)
    part = {"finding_id": "YDA", "amount_fen": 40000, "voucher_no": "001"}
    rest = {"finding_id": "YDA", "amount_fen": 2000, "voucher_no": "002"}
    other = {
        "rule_title": "死亡后仍领取补贴",
        "person_id": SHE,
        "link_tier": "B",
        "item_id": "dibao",
        "amount_fen": 100,
    }
    ledger.import_recoveries(recoveries(part, other), SHEETS)
    assert (case(ledger, "YDA").recovered_fen, case(ledger, "YDA").recovered_by_year) == (40000, {})
    assert case(ledger, "YDB").recovered_by_year == {2018: 100}
    ledger.import_recoveries(recoveries(part, other, rest), SHEETS)
    assert case(ledger, "YDA").recovered_by_year == {2017: 30000, 2018: 12000}


def test_a_recovery_list_sent_again_under_another_name_adds_nothing(ledger):
    put(ledger, finding("YDA"))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    paid = {"finding_id": "YDA", "amount_fen": 100}
    ledger.import_recoveries(recoveries(paid, paid), SHEETS)
    assert case(ledger, "YDA").recovered_fen == 200
    report = ledger.import_recoveries(recoveries(paid, paid, paid | {"sheet_no": 2}), SHEETS)
    assert case(ledger, "YDA").recovered_fen == 200
    assert sorted(entry.outcome for entry in report.entries) == ["已入账", "已入账", "重复"]


def test_a_voucher_entered_twice_counts_once(ledger):
    put(ledger, finding("YDA"))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    paid = {"finding_id": "YDA", "amount_fen": 100, "voucher_no": "A-7"}
    report = ledger.import_recoveries(recoveries(paid, paid), SHEETS)
    assert outcomes(report) == [(2, "已入账", "YDA"), (3, "重复", "YDA")]
    assert case(ledger, "YDA").recovered_fen == 100


def test_a_corrected_recovery_replaces_the_old_one_and_may_be_corrected_back(ledger):
    put(ledger, finding("YDA"))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    for amount in (10000, 1000, 10000):
        ledger.import_recoveries(
            recoveries({"finding_id": "YDA", "amount_fen": amount, "voucher_no": "1"}), SHEETS
        )
        assert case(ledger, "YDA").recovered_fen == amount
    assert kinds(ledger, "YDA")[2:] == ["recovered", "recovered", "unrecovered", "recovered", "unrecovered"]


def test_more_than_verified_is_recorded_and_told(ledger):
    put(ledger, finding("YDA"), finding("YDB", person_id=SHE))
    ledger.decide("YDA", "属实", operator="审计组甲", at=AT)
    report = ledger.import_recoveries(
        recoveries(
            {"finding_id": "YDA", "amount_fen": 30001}, {"finding_id": "YDB", "amount_fen": 5},
            {"finding_id": "YDA", "amount_fen": 0},
        ),
        SHEETS,
    )  # fmt: skip
    assert [entry.reason for entry in report.entries] == [
        "多缴:已追缴300.01元,核实300.00元", "未核实先缴:已追缴0.05元,疑点状态为待核实", "追缴金额须大于0",
    ]  # fmt: skip
    assert case(ledger, "YDA").recovered_fen == 30001
    assert case(ledger, "YDA").excess.startswith("多缴")


def test_a_recovery_without_a_rule_goes_to_the_persons_only_confirmed_case(ledger):
    put(ledger, finding("YDA"), finding("YDB", rule_id="RATE_OVER", rule_title="超标准发放"))
    ledger.decide("YDB", "属实", operator="审计组甲", at=AT)
    row = {"person_id": HE, "link_tier": "A", "item_id": "dibao", "amount_fen": 100}
    assert outcomes(ledger.import_recoveries(recoveries(row), SHEETS)) == [(2, "已入账", "YDB")]


def test_the_same_voucher_cannot_be_entered_by_hand_twice(ledger):
    put(ledger, finding("YDA"))
    remark = ledger.recover("YDA", 100, "2019-07-15", "现金", "A-7", operator="审计组甲")
    assert remark.startswith("未核实先缴")
    with pytest.raises(LedgerError, match="A-7"):
        ledger.recover("YDA", 100, "2019-07-15", "现金", "A-7", operator="审计组甲")
    assert case(ledger, "YDA").recovered_fen == 100

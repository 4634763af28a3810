"""Detail against what departments, files and the bank say it adds up to, and the bridge between them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from audit_lib.quality.make import check_accounts
from tests.quality.deliveries import (
    BANK,
    CONTROL,
    MARCH_2017,
    SYSTEM,
    answer,
    aside,
    bridge,
    control,
    measured,
    payment,
)

PAID = [payment(2, 31_500), payment(3, 40_000)]


def ties(root: Path, level: str, **tables: Any) -> list[dict[str, Any]]:
    """The ties of one level that have another side."""
    found = measured(root, "tie_out", **tables)
    return [tie for tie in found if tie["level"] == level and tie["given_fen"] is not None]


def one(root: Path, level: str, **tables: Any) -> dict[str, Any]:
    """The only tie of a level."""
    (tie,) = ties(root, level, **tables)
    return tie


class TestADepartmentsTotal:
    def test_ties_without_a_bridge_when_it_is_the_detail(self, tmp_path: Path) -> None:
        tie = one(tmp_path, "control", payment=PAID, control_total=[control(2, 71_500)])
        assert (tie["verdict"], tie["difference_fen"], bridge(tie)) == ("一致", 0, {})

    def test_that_counts_failed_payments_is_explained_by_them(self, tmp_path: Path) -> None:
        failed = payment(4, 20_000, status="failed")
        tie = one(tmp_path, "control", payment=[*PAID, failed], control_total=[control(2, 91_500)])
        assert (tie["verdict"], tie["difference_fen"], bridge(tie)) == ("已解释", -20_000, {"failed": 20_000})

    def test_that_counts_reversed_payments_is_explained_by_them(self, tmp_path: Path) -> None:
        taken_back = [
            payment(4, 20_000, pay_no="L1"),
            payment(5, -20_000, pay_no="L2", reissue_of="L1", status="reversed"),
        ]
        tie = one(tmp_path, "control", payment=[*PAID, *taken_back], control_total=[control(2, 91_500)])
        assert (tie["verdict"], bridge(tie)) == ("已解释", {"reversed": 20_000})

    def test_booked_by_day_of_payment_is_explained_by_the_other_year(self, tmp_path: Path) -> None:
        from datetime import date

        late = payment(4, 20_000, MARCH_2017 + 12, paid_on=date(2017, 12, 30))
        lines = [control(2, 91_500), control(3, 0, year=2018)]
        by_year = {
            tie["year"]: tie for tie in ties(tmp_path, "control", payment=[*PAID, late], control_total=lines)
        }
        assert bridge(by_year[2017]) == {"other_year": 20_000}
        assert bridge(by_year[2018]) == {"other_year": -20_000}
        assert {tie["verdict"] for tie in by_year.values()} == {"已解释"}

    def test_holding_a_service_period_outside_the_audit_is_explained_as_that(self, tmp_path: Path) -> None:
        from datetime import date

        arrears = payment(4, 20_000, 2015 * 12, paid_on=date(2017, 5, 2))
        tie = one(tmp_path, "control", payment=[*PAID, arrears], control_total=[control(2, 91_500)])
        assert (tie["verdict"], bridge(tie)) == ("已解释", {"outside": 20_000})

    def test_holding_a_row_that_was_set_aside_is_explained_by_it(self, tmp_path: Path) -> None:
        lost = aside(
            9, {"补贴项目": "农村低保", "乡镇": "坪上镇", "年度": "2017年", "发放金额(元)": "200.00"}
        )
        tie = one(tmp_path, "control", payment=PAID, set_aside=[lost], control_total=[control(2, 91_500)])
        assert (tie["verdict"], bridge(tie)) == ("已解释", {"set_aside": 20_000})

    def test_holding_rows_of_an_item_outside_the_catalogue_is_explained_only_when_they_close_it(
        self, tmp_path: Path
    ) -> None:
        stranger = aside(9, {"补贴项目": "低保新项目", "所属期": "2017年3月", "金额": "200.00"}, "目录外项目")
        closed = one(
            tmp_path, "control", payment=PAID, set_aside=[stranger], control_total=[control(2, 91_500)]
        )
        assert (closed["verdict"], bridge(closed)) == ("已解释", {"unmapped": 20_000})
        open_ = one(
            tmp_path, "control", payment=PAID, set_aside=[stranger], control_total=[control(2, 91_600)]
        )
        assert (open_["rest_fen"], bridge(open_)) == (-20_100, {})

    def test_that_nothing_explains_keeps_its_rest(self, tmp_path: Path) -> None:
        failed = payment(4, 20_000, status="failed")
        tie = one(tmp_path, "control", payment=[*PAID, failed], control_total=[control(2, 92_000)])
        assert (tie["verdict"], bridge(tie), tie["rest_fen"]) == ("未解释", {"failed": 20_000}, -500)

    def test_is_read_in_one_way_throughout_a_sheet(self, tmp_path: Path) -> None:
        """Two lines tie without failed payments; the third is not explained away by them."""
        paid = [
            *PAID,
            payment(4, 100, item="ORPHAN_BASIC"),
            payment(5, 7, item="ORPHAN_BASIC", status="failed"),
        ]
        paid += [payment(6, 300, item="URBAN_DIBAO"), payment(7, 50, item="URBAN_DIBAO", status="failed")]
        lines = [
            control(2, 71_500),
            control(3, 100, item="ORPHAN_BASIC"),
            control(4, 380, item="URBAN_DIBAO"),
        ]
        found = {tie["item_id"]: tie for tie in ties(tmp_path, "control", payment=paid, control_total=lines)}
        assert bridge(found["URBAN_DIBAO"]) == {}
        assert found["URBAN_DIBAO"]["rest_fen"] == -80

    def test_of_a_town_is_compared_with_the_towns_detail(self, tmp_path: Path) -> None:
        elsewhere = payment(4, 999, town_id="tuanlin")
        lines = [control(2, 71_500, town="pingshang"), control(3, 1_000, town="tuanlin")]
        found = ties(tmp_path, "control", payment=[*PAID, elsewhere], control_total=lines)
        assert {tie["town_id"]: tie["difference_fen"] for tie in found} == {"pingshang": 0, "tuanlin": -1}

    def test_that_nobody_printed_is_said_to_be_missing(self, tmp_path: Path) -> None:
        found = measured(tmp_path, "tie_out", payment=PAID)
        assert [(tie["item_id"], tie["year"], tie["verdict"]) for tie in found] == [
            ("RURAL_DIBAO", 2017, "无对方数")
        ]


class TestTheBank:
    def sent(self, row: int, fen: int, **more: Any) -> dict[str, Any]:
        from datetime import date

        return payment(row, fen, pay_no=f"L{row}", batch_no="PC1", paid_on=date(2017, 3, 9), **more)

    def test_ties_line_by_line(self, tmp_path: Path) -> None:
        lines = {"payment": [self.sent(2, 100)], "bank_return": [answer(2, "L2", 100)]}
        tie = one(tmp_path, "bank", **lines)
        assert (tie["verdict"], tie["month"], tie["item_id"], tie["town_id"]) == (
            "一致",
            MARCH_2017,
            "RURAL_DIBAO",
            "pingshang",
        )
        assert one(tmp_path, "batch", **lines)["batch_no"] == "PC1"

    def test_that_refused_what_the_list_calls_paid_explains_the_difference(self, tmp_path: Path) -> None:
        tie = one(
            tmp_path, "bank", payment=[self.sent(2, 100), self.sent(3, 50)],
            bank_return=[answer(2, "L2", 100), answer(3, "L3", 50, "交易失败")],
        )  # fmt: skip
        assert (tie["difference_fen"], bridge(tie), tie["verdict"]) == (50, {"failed": -50}, "已解释")

    def test_that_never_answered_a_line_leaves_a_rest(self, tmp_path: Path) -> None:
        tie = one(
            tmp_path,
            "bank",
            payment=[self.sent(2, 100), self.sent(3, 50)],
            bank_return=[answer(2, "L2", 100)],
        )
        assert (tie["rest_fen"], tie["verdict"]) == (50, "未解释")

    def test_that_paid_a_row_set_aside_is_explained_by_it(self, tmp_path: Path) -> None:
        lost = aside(9, {"流水号": "L9", "金额": "0.50"})
        found = ties(
            tmp_path, "bank", payment=[self.sent(2, 100)], set_aside=[lost],
            bank_return=[answer(2, "L2", 100), answer(3, "L9", 50)],
        )  # fmt: skip
        assert [(bridge(tie), tie["verdict"]) for tie in found if tie["difference_fen"]] == [
            ({"set_aside": 50}, "已解释")
        ]

    def test_that_gives_no_flow_numbers_is_matched_by_account_and_amount(self, tmp_path: Path) -> None:
        twice = [self.sent(2, 100, account_no="A1"), self.sent(3, 100, account_no="A1")]
        tie = one(
            tmp_path, "bank", payment=twice, bank_return=[answer(2, None, 100, account_no="A1")]
        )  # fmt: skip
        assert (tie["given_fen"], tie["detail_fen"]) == (100, 200)

    def test_that_did_not_answer_for_a_month_is_not_compared_with_it(self, tmp_path: Path) -> None:
        from datetime import date

        april = payment(4, 70, MARCH_2017 + 1, pay_no="L4", paid_on=date(2017, 4, 9))
        found = measured(
            tmp_path, "tie_out", payment=[self.sent(2, 100), april], bank_return=[answer(2, "L2", 100)]
        )
        said = {tie["month"]: tie["verdict"] for tie in found if tie["level"] == "bank"}
        assert said == {MARCH_2017: "一致", MARCH_2017 + 1: "无对方数"}


def test_a_total_printed_in_a_file_is_compared_with_the_rows_above_it(tmp_path: Path) -> None:
    printed = {"origin": SYSTEM * 10_000_000 + 4, "label": "合计", "amount_fen": 71_600, "detail_fen": 71_500}
    tie = one(tmp_path, "printed", payment=PAID, printed_total=[printed])
    assert (tie["file"], tie["row"], tie["difference_fen"], tie["verdict"]) == (
        "发放/系统.csv",
        4,
        -100,
        "未解释",
    )
    assert (tie["item_id"], tie["town_id"], tie["year"]) == ("RURAL_DIBAO", "pingshang", 2017)


class TestRowsOfAFile:
    def test_are_kept_set_aside_or_totals(self, tmp_path: Path) -> None:
        accounts = measured(
            tmp_path, "file_account", payment=PAID, set_aside=[aside(9, {"金额": "1.00"})],
            control_total=[control(2, 71_500)],
        )  # fmt: skip
        found = {
            line["file"]: (line["delivered"], line["kept_found"], line["set_aside_found"])
            for line in accounts
        }
        assert found["发放/系统.csv"] == (3, 2, 1)
        money = {line["file"]: (line["kept_fen"], line["set_aside_fen"]) for line in accounts}
        assert money["发放/系统.csv"] == (71_500, 100)

    @pytest.mark.parametrize("lost", [SYSTEM, CONTROL, BANK])
    def test_that_got_lost_stop_the_run(self, tmp_path: Path, lost: int) -> None:
        tables = {"payment": PAID, "control_total": [control(2, 71_500)], "bank_return": [answer(2, "L2", 1)]}
        name = {SYSTEM: "payment", CONTROL: "control_total", BANK: "bank_return"}[lost]
        accounts = measured(tmp_path, "file_account", **tables)  # type: ignore[arg-type]
        check_accounts(accounts)
        shortened = [
            {**line, "kept_found": line["kept_found"] - 1} if line["table_name"] == name else line
            for line in accounts
        ]
        with pytest.raises(AssertionError, match="not accounted for"):
            check_accounts(shortened)

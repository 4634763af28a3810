"""The auditor's desk on the tiny district: decisions reach the ledger at once, one person is one page."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from audit_lib.errors import AuditError, LedgerError
from audit_lib.lab import FindingQueue, PeopleChooser, PersonPage, QueuePanel
from audit_lib.lab.people import find_people
from audit_lib.lab.plain import plain_text
from audit_lib.ledger import Ledger
from audit_lib.report.stages import Stages, pin_stages
from audit_lib.workbook import Workbook
from tests.report.fixtures import DEAD_A, DEAD_B, EVIL_NAME, ID, make_stages, person


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Stages:
    return make_stages(tmp_path_factory.mktemp("desk"))


@pytest.fixture
def stages(finished: Stages, tmp_path: Path) -> Iterator[Stages]:
    """The same stages, each test with a ledger of its own."""
    own = Stages(**{**finished.__dict__, "ledger_url": f"sqlite:///{tmp_path / 'ledger.db'}"})
    with Ledger.open(own.ledger_url) as ledger:
        ledger.raise_findings(own.findings / "finding.parquet", own.findings / "finding_line.parquet", "R1")
    yield own


def state(stages: Stages, finding_id: str) -> str:
    with Ledger.open(stages.ledger_url) as ledger:
        return str(ledger.cases().set_index("finding_id").loc[finding_id, "state"])


class TestQueue:
    def test_the_surest_and_largest_comes_first_and_possible_people_last(self, stages: Stages) -> None:
        queue = FindingQueue(stages, "甲")
        assert queue.ids[0] == DEAD_A
        assert queue.ids[-1] == ID["DECEASED_PAID", "RESIDENT_PENSION", "pingshang"]

    def test_filters_leave_what_they_say(self, stages: Stages) -> None:
        queue = FindingQueue(stages, "甲")
        queue.choose(town_id="tuanlin", rule_id="DECEASED_PAID")
        assert queue.ids == [DEAD_B]
        queue.choose(rule_id="", town_id="", least_fen=90_000)
        assert queue.ids == [DEAD_A]
        queue.choose(least_fen=0, tier="C")
        assert queue.ids == [ID["DECEASED_PAID", "RESIDENT_PENSION", "pingshang"]]

    def test_another_town_forgets_the_village(self, stages: Stages) -> None:
        queue = FindingQueue(stages, "甲")
        queue.choose(town_id="pingshang")
        queue.choose(village_id="ps01")
        queue.choose(town_id="tuanlin")
        assert DEAD_B in queue.ids

    def test_a_decision_is_in_the_ledger_before_the_next_finding_is_shown(self, stages: Stages) -> None:
        queue = FindingQueue(stages, "甲")
        done, total = queue.progress()
        queue.decide("属实")
        assert state(stages, DEAD_A) == "属实"
        assert queue.current != DEAD_A
        assert queue.progress() == (done + 1, total)

    def test_undo_is_a_line_of_its_own(self, stages: Stages) -> None:
        queue = FindingQueue(stages, "甲")
        queue.decide("属实")
        queue.undo()
        assert (queue.current, state(stages, DEAD_A)) == (DEAD_A, "待核实")
        with Ledger.open(stages.ledger_url) as ledger:
            assert list(ledger.history(DEAD_A)["kind"]) == ["raised", "verified", "undone"]
        with pytest.raises(LedgerError, match="没有可撤销"):
            queue.undo()

    def test_clearing_without_reason_and_proof_is_refused_and_nothing_is_written(
        self, stages: Stages
    ) -> None:
        queue = FindingQueue(stages, "甲")
        with pytest.raises(LedgerError, match="原因码和佐证附件"):
            queue.decide("不属实")
        assert (queue.current, state(stages, DEAD_A)) == (DEAD_A, "待核实")

    def test_left_for_later_says_what_it_waits_for(self, stages: Stages) -> None:
        queue = FindingQueue(stages, "甲")
        queue.decide("待核", note="等银行流水")
        assert state(stages, DEAD_A) == "待补充"
        queue.move(-1)
        assert "待核:等银行流水" in queue.card().text


class TestPanel:
    def test_a_refusal_is_said_and_a_decision_by_button_is_kept(self, stages: Stages) -> None:
        panel = QueuePanel(FindingQueue(stages))
        panel.buttons["属实"].click()
        assert "经办人" in panel.said.value
        assert state(stages, DEAD_A) == "待核实"
        panel.operator.value = "甲"
        panel.buttons["属实"].click()
        assert f"已记入台账:{DEAD_A} 属实" in panel.said.value
        assert state(stages, DEAD_A) == "属实"
        assert DEAD_A in panel.recent.value

    def test_keys_do_what_the_buttons_do(self, stages: Stages) -> None:
        panel = QueuePanel(FindingQueue(stages))
        panel.operator.value = "甲"
        panel.keys.value = "1"
        assert (state(stages, DEAD_A), panel.keys.value) == ("属实", "")
        panel.keys.value = "0"
        assert state(stages, DEAD_A) == "待核实"

    def test_a_hostile_name_is_shown_as_text(self, stages: Stages) -> None:
        panel = QueuePanel(FindingQueue(stages))
        panel.tier.value = "C"
        shown = "".join(
            html.value for html in (panel.card, panel.evidence, panel.months, panel.recent, panel.said)
        )
        assert EVIL_NAME.replace("<", "&lt;").replace(">", "&gt;") in shown
        assert "<img src=x" not in shown


class TestPerson:
    def test_every_payment_is_listed_with_the_rule_that_doubts_it(self, stages: Stages) -> None:
        grid = PersonPage(stages, person("甲")).payments()
        assert [(row["payment_row"], row["doubt"] != "") for row in grid.rows] == [
            (10_000_002, True), (10_000_003, True), (10_000_010, True)
        ]  # fmt: skip

    def test_every_rule_says_why_it_did_not_flag_him(self, stages: Stages) -> None:
        lines = {row["rule"]: row for row in PersonPage(stages, person("甲")).why_not().rows}
        assert lines["DECEASED_PAID"]["outcome"] == "有疑点"
        assert DEAD_A in lines["DECEASED_PAID"]["why"]
        assert lines["MULTI_ACCOUNT"]["outcome"] == "未执行"
        assert lines["MULTI_ACCOUNT"]["why"] == "没有收到发放账号"

    def test_a_rule_that_looked_says_what_it_looked_at_and_what_is_harmless(self, stages: Stages) -> None:
        lines = {row["rule"]: row for row in PersonPage(stages, person("乙")).why_not().rows}
        assert lines["CATEGORY_MIXED"]["outcome"] in ("查过,未见疑点", "查不了")
        assert "发放明细" in lines["CATEGORY_MIXED"]["why"] or "缺" in lines["CATEGORY_MIXED"]["why"]

    def test_the_timeline_names_the_months_in_doubt(self, stages: Stages) -> None:
        drawn = PersonPage(stages, person("甲")).timeline()
        assert {row["name"]: row["doubtful"] for row in drawn.behind.rows} == {"农村最低生活保障金": 3}
        assert b"<svg" in drawn.svg

    def test_people_are_found_by_name_number_of_a_finding_and_key(self, stages: Stages) -> None:
        for wanted in ("甲", DEAD_A, DEAD_A.lower(), person("甲")):
            assert [row["person_id"] for row in find_people(stages, wanted)] == [person("甲")]
        with pytest.raises(AuditError, match="没有找到"):
            find_people(stages, "无此人")

    def test_the_page_as_text_names_its_findings(self, stages: Stages) -> None:
        assert DEAD_A in plain_text(PersonPage(stages, person("甲")))

    def test_the_parts_follow_the_choice(self, stages: Stages) -> None:
        people = PeopleChooser(stages)
        part = people.part("findings")
        people.search.value = "乙"
        assert DEAD_B in part.value
        assert DEAD_A not in part.value
        people.search.value = "<img src=x>"
        assert "<img" not in people.said.value

    def test_a_workbook_opens_a_person_and_names_namesakes(self, stages: Stages) -> None:
        pin_stages(stages)
        workbook = Workbook.open(stages.project.folder)
        assert workbook.person("甲").person_id == person("甲")

"""Laws that hold after any sequence of what programs, towns and people may do."""

from __future__ import annotations

from collections import Counter
from unittest import mock

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from audit_lib.errors import LedgerError
from audit_lib.ledger import Ledger
from audit_lib.ledger.batch import Batch
from audit_lib.ledger.states import DECIDED, Case, fold
from tests.ledger.ledger_cases import SHEETS, as_tables, feedback, finding, recoveries

NUMBERS = ("YDA", "YDB")
RESULTS = ("confirmed", "partly", "cleared", "unverifiable", None)

amounts = st.sampled_from([0, 1, 500, 1000, 1500])
splits = st.fixed_dictionaries({2017: amounts, 2018: amounts})
numbers = st.sampled_from(NUMBERS)

runs = st.tuples(st.just("run"), st.dictionaries(numbers, st.tuples(splits, st.sampled_from("ABC"))))
sheets = st.tuples(
    st.just("sheet"),
    st.lists(
        st.fixed_dictionaries(
            {"finding_id": numbers, "result": st.sampled_from(RESULTS), "sheet_no": st.sampled_from([1, 2])},
            optional={
                "verified_fen": amounts, "verified_by_year": splits, "reason_code": st.just("换卡"),
                "attachment": st.just("回单.pdf"), "verified_on": st.sampled_from(["2019-07-01", "2019-07-09"]),
            },
        ),
        max_size=4,
    ),
)  # fmt: skip
payments = st.tuples(
    st.just("payment"),
    st.lists(
        st.fixed_dictionaries(
            {"finding_id": numbers, "amount_fen": amounts, "voucher_no": st.sampled_from([None, "1", "2"])}
        ),
        max_size=4,
    ),
)
decisions = st.tuples(st.just("decide"), numbers, st.sampled_from(["属实", "部分属实", "不属实"]), splits)
retractions = st.tuples(st.just("withdraw"), numbers)
histories = st.lists(st.one_of(runs, sheets, payments, decisions, retractions), max_size=12)


def act(ledger: Ledger, step: tuple) -> bool:
    """Do one step; False when the ledger refuses it."""
    try:
        match step:
            case ("run", found):
                findings = [finding(number, split, tier=tier) for number, (split, tier) in found.items()]
                ledger.raise_findings(*as_tables(findings), run_id="R")
            case ("sheet", rows):
                report = ledger.import_feedback(feedback(*rows), SHEETS)
                assert sorted(entry.place.row for entry in report.entries) == list(range(2, 2 + len(rows)))
            case ("payment", rows):
                report = ledger.import_recoveries(recoveries(*rows), SHEETS)
                assert sorted(entry.place.row for entry in report.entries) == list(range(2, 2 + len(rows)))
            case ("decide", number, result, split):
                ledger.decide(number, result, split, "换卡", "回单.pdf", "审计组甲", decided_on="2019-07-05")
            case ("withdraw", number):
                ledger.withdraw(number, "审计组甲", "规则参数有误")
    except LedgerError:
        return False
    return True


law = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@law
@given(histories)
def test_money_never_exceeds_what_carries_it(history):
    with Ledger.open("sqlite://") as ledger:
        for step in history:
            act(ledger, step)
            cases = ledger.cases()
            assert (cases.verified_fen <= cases.suspected_fen).all()
            assert (cases.verified_fen[~cases.state.isin(DECIDED)] == 0).all()
            for case in cases.itertuples():
                assert sum(case.verified_by_year.values()) == case.verified_fen
                assert sum(case.suspected_by_year.values()) == case.suspected_fen
                assert all(fen <= case.suspected_by_year[year] for year, fen in case.verified_by_year.items())
                assert sum(case.recovered_by_year.values()) in (0, case.recovered_fen)
                assert case.state != "不属实" or (case.reason_code and case.attachment)


class WatchedBatch(Batch):
    """A batch that can be looked at after it was written."""

    last: Batch

    def __init__(self, *about) -> None:
        super().__init__(*about)
        WatchedBatch.last = self


@law
@given(histories)
def test_what_the_writer_held_in_mind_is_what_a_replay_of_the_database_gives(history):
    with Ledger.open("sqlite://") as ledger, mock.patch("audit_lib.ledger.register.Batch", WatchedBatch):
        for step in history:
            if act(ledger, step):
                assert WatchedBatch.last.cases == fold(ledger._store.entries())
        assert ledger.verify(ledger.head()) == []
        entries = ledger._store.entries()
        # every event of every finding is accounted for
        assert Counter(entry.finding_id for entry in entries) == {
            number: case.events for number, case in fold(entries).items()
        }


@law
@given(histories, runs, sheets, payments)
def test_doing_the_same_again_writes_nothing(history, run, sheet, payment):
    with Ledger.open("sqlite://") as ledger:
        for step in (*history, run, sheet, payment):
            act(ledger, step)
        head = ledger.head()
        for step in (run, sheet, payment):
            act(ledger, step)
        assert ledger.head() == head


@law
@given(histories)
def test_one_finding_is_not_moved_by_what_happens_to_another(history):
    with Ledger.open("sqlite://") as ledger:
        ledger.raise_findings(*as_tables([finding("YDZ")]), run_id="R")
        for step in history:
            if step[0] == "run":
                continue
            act(ledger, step)
        entries = [entry for entry in ledger._store.entries() if entry.finding_id == "YDZ"]
        assert fold(entries)["YDZ"] == Case(
            "YDZ", "待核实", entries[0].said()["claim"], True, statements=1, events=1, last_event="F/YDZ/1"
        )

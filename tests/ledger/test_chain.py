"""Nobody rewrites the ledger unnoticed, and no interruption leaves half an import."""

from __future__ import annotations

import multiprocessing
import os
import sqlite3
import time
from pathlib import Path

import pyarrow as pa
import pytest
import sqlalchemy as sa

from audit_lib.errors import LedgerError
from audit_lib.ledger import Ledger
from audit_lib.ledger.batch import Batch
from audit_lib.ledger.events import GENESIS, Entry, Event, seal
from audit_lib.ledger.states import TRANSITIONS
from audit_lib.ledger.store import Store
from tests.ledger.ledger_cases import SHEETS, as_tables, feedback, finding

NUMBERS = ["YDA", "YDB", "YDC", "YDD"]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A ledger with four findings, each raised by one event."""
    path = tmp_path / "ledger.db"
    with Ledger.open(f"sqlite:///{path}") as ledger:
        ledger.raise_findings(*as_tables([finding(number) for number in NUMBERS]), run_id="R1")
    return path


def url(path: Path) -> str:
    return f"sqlite:///{path}"


def tamper(path: Path, *statements: str) -> None:
    """What somebody with a database tool does: first the guards go, then the lines."""
    with sqlite3.connect(path) as connection:
        connection.execute("DROP TRIGGER event_no_update")
        connection.execute("DROP TRIGGER event_no_delete")
        for statement in statements:
            connection.execute(statement)
    connection.close()


def faults(path: Path, printed_head: str | None = None) -> list[str]:
    with Ledger.open(url(path)) as ledger:
        return ledger.verify(printed_head)


def test_an_untouched_chain_is_whole(path):
    with Ledger.open(url(path)) as ledger:
        assert ledger.verify(ledger.head()) == []


@pytest.mark.parametrize("statement", ["UPDATE event SET note = '改'", "DELETE FROM event WHERE seq = 2"])
def test_the_database_itself_refuses_to_change_a_line(path, statement):
    with pytest.raises(sqlite3.IntegrityError, match="只增不改"), sqlite3.connect(path) as connection:
        connection.execute(statement)
    connection.close()
    assert faults(path) == []


@pytest.mark.parametrize(
    "column", ["payload", "note", "operator", "at", "run_id", "kind", "finding_id", "event_id"]
)
def test_an_edited_line_is_named(path, column):
    tamper(path, f"UPDATE event SET {column} = replace({column}, '', '') || '1' WHERE seq = 2")
    assert [fault.partition("(")[0] for fault in faults(path)] == ["第2条"]
    assert "被改动过" in faults(path)[0]


def test_an_edited_line_with_a_recomputed_digest_breaks_the_next_link(path):
    store = Store(url(path))
    line = store.entries()[1]
    event = Event(line.event_id, line.finding_id, line.kind, {"claim": {"amount_fen": 1}}, line.operator)
    forged = seal(event, line.seq, line.previous, line.at)
    store.close()
    tamper(
        path,
        f"UPDATE event SET payload = '{forged.payload}', run_id = '', digest = '{forged.digest}' WHERE seq = 2",
    )
    assert [fault.partition("(")[0] for fault in faults(path)] == ["第3条"]
    assert "与前一条接不上" in faults(path)[0]


def test_a_removed_line_is_named(path):
    tamper(path, "DELETE FROM event WHERE seq = 2")
    assert faults(path)[0].startswith("第2条不见了:第3条(")


def test_a_removed_line_is_named_even_when_the_rest_is_renumbered(path):
    tamper(path, "DELETE FROM event WHERE seq = 2", "UPDATE event SET seq = seq - 1 WHERE seq > 2")
    assert faults(path)[0].startswith("第2条")


def test_a_tail_cut_off_shows_against_the_digest_a_report_printed(path):
    with Ledger.open(url(path)) as ledger:
        printed = ledger.head()
    tamper(path, "DELETE FROM event WHERE seq = 4")
    with Ledger.open(url(path)) as ledger:
        assert ledger.head() != printed
        assert ledger.verify() == []
        assert "被截断" in ledger.verify(printed)[0]


def test_a_chain_rewritten_with_good_digests_but_impossible_events_is_named(tmp_path):
    store = Store(url(tmp_path / "forged.db"))
    withdrawn = Event("F/YDA/1", "YDA", "withdrawn", {})
    with store.writing() as (_, added):
        added.append(seal(withdrawn, 1, GENESIS, "2019-07-01T00:00:00+00:00"))
    store.close()
    assert faults(tmp_path / "forged.db") == [
        "第1条(F/YDA/1)不合状态规则:台账不允许在“尚未登记”状态下记“withdrawn”"
    ]


def test_an_event_the_ledger_already_has_is_not_written_again(path):
    store = Store(url(path))
    with store.writing() as (entries, added):
        batch = Batch(entries, added, None)
        noted = Event("N/1", "YDA", "noted", {})
        assert [batch.add(noted), batch.add(noted), batch.add(Event("F/YDA/1", "YDA", "noted", {}))] == [
            True,
            False,
            False,
        ]
    assert [entry.event_id for entry in store.entries()][-2:] == ["F/YDD/1", "N/1"]
    store.close()


def test_an_import_that_fails_in_the_middle_leaves_nothing(path, monkeypatch):
    before = Store(url(path)).entries()
    verdicts = feedback(*({"finding_id": number, "result": "confirmed"} for number in NUMBERS))
    written = []

    def break_down(entry: Entry) -> str:
        written.append(entry)
        if len(written) == 3:
            raise RuntimeError("power cut")
        return honest(entry)

    honest = Entry.expected_digest
    monkeypatch.setattr(Entry, "expected_digest", break_down)
    with Ledger.open(url(path)) as ledger, pytest.raises(RuntimeError, match="power cut"):
        ledger.import_feedback(verdicts, SHEETS)
    monkeypatch.undo()
    assert len(written) == 3
    assert Store(url(path)).entries() == before
    with Ledger.open(url(path)) as ledger:
        assert ledger.import_feedback(verdicts, SHEETS).counts["其中新增"] == 4


def test_a_process_killed_while_writing_leaves_nothing_and_no_lock(path):
    before = Store(url(path)).entries()
    context = multiprocessing.get_context("spawn")
    holding = context.Event()
    writer = context.Process(target=_write_and_hang, args=(url(path), holding))
    writer.start()
    assert holding.wait(60)
    writer.kill()
    writer.join()
    assert Store(url(path)).entries() == before
    with Ledger.open(url(path)) as ledger:
        ledger.decide("YDA", "属实", operator="审计组甲")
        assert ledger.verify() == []


def _write_and_hang(address: str, holding) -> None:
    from audit_lib.ledger.store import event_table

    store = Store(address)
    with store._engine.connect().execution_options(ledger_writer=True) as connection, connection.begin():
        line = seal(Event("X", "YDA", "noted", {}), 99, "any", "2019-07-01T00:00:00+00:00")
        connection.execute(sa.insert(event_table), [{name: getattr(line, name) for name in Entry.__slots__}])
        holding.set()
        time.sleep(600)


def test_two_processes_importing_at_once_do_not_fork_the_chain(path):
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_much, args=(url(path), name)) for name in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Ledger.open(url(path)) as ledger:
        assert ledger.verify() == []
        operators = [entry.operator for entry in Store(url(path)).entries() if entry.kind == "verified"]
        assert (operators.count("甲"), operators.count("乙")) == (15, 15)
        # both raised the same ten findings; each is in the ledger once
        raised = [entry.finding_id for entry in Store(url(path)).entries() if entry.kind == "raised"]
        assert sorted(raised) == sorted({*NUMBERS, *(f"YD{n}" for n in range(10))})


@pytest.mark.skipif(
    not os.environ.get("YBT_TEST_DATABASE"), reason="YBT_TEST_DATABASE names no empty database"
)
def test_another_database_keeps_the_chain_and_refuses_changes_as_well():
    address = os.environ["YBT_TEST_DATABASE"]
    context = multiprocessing.get_context("spawn")
    writers = [context.Process(target=_write_much, args=(address, name)) for name in ("甲", "乙")]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join(120)
    assert [writer.exitcode for writer in writers] == [0, 0]
    with Ledger.open(address) as ledger:
        assert ledger.verify(ledger.head()) == []
    engine = sa.create_engine(address)
    for statement in ("UPDATE event SET note = '改'", "DELETE FROM event WHERE seq = 2"):
        with pytest.raises(sa.exc.DBAPIError, match="只增不改"), engine.begin() as connection:
            connection.exec_driver_sql(statement)
    engine.dispose()


def _write_much(address: str, operator: str) -> None:
    everything = [finding(number) for number in NUMBERS] + [finding(f"YD{n}") for n in range(10)]
    with Ledger.open(address) as ledger:
        for _ in range(15):
            ledger.raise_findings(*as_tables(everything), run_id=operator)
            ledger.decide("YDA", "属实", operator=operator)


def test_a_second_writer_is_told_to_wait_not_let_in(path, monkeypatch):
    monkeypatch.setattr("audit_lib.ledger.store._BUSY_SECONDS", 0.1)
    store = Store(url(path))
    with store.writing(), Ledger.open(url(path)) as ledger, pytest.raises(LedgerError, match="写不进台账"):
        ledger.decide("YDA", "属实", operator="审计组甲")


@pytest.mark.parametrize("address", ["不是地址", "sqlite:////proc/没有/ledger.db", "nosuchdb://x/y"])
def test_a_ledger_that_cannot_be_opened_is_a_chinese_message(address):
    with pytest.raises(LedgerError, match="台账"):
        Ledger.open(address)


def test_every_state_that_can_be_reached_has_its_transitions():
    reached = {following for steps in TRANSITIONS.values() for following in steps.values()}
    assert reached | {""} == set(TRANSITIONS)


@pytest.mark.slow
def test_thirty_thousand_findings_are_recorded_within_five_seconds(tmp_path):
    one, line = as_tables([finding("YDA")])
    numbers = pa.array([f"YD{n:08}" for n in range(30_000)])
    many = pa.concat_tables([one] * 30_000).combine_chunks()
    lines = pa.concat_tables([line] * 30_000).combine_chunks()
    many = many.set_column(many.schema.get_field_index("finding_id"), "finding_id", numbers)
    lines = lines.set_column(lines.schema.get_field_index("finding_id"), "finding_id", numbers)
    with Ledger.open(url(tmp_path / "big.db")) as ledger:
        started = time.process_time()
        assert ledger.raise_findings(many, lines, run_id="R1").counts == {"疑点": 30_000, "新增": 30_000}
        first = time.process_time() - started
        assert ledger.raise_findings(many, lines, run_id="R2").counts == {"疑点": 30_000, "未变": 30_000}
        second = time.process_time() - started - first
    print(f"first {first:.1f} s, again {second:.1f} s of processor time")
    assert first < 5

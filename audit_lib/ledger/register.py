"""The ledger: what the program suspects, what people verified, what came back — kept apart.

Nothing recorded is overwritten. Every line is an event chained to the one before by a digest;
a case's state is the fold over its events.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Self

import pandas as pd
import pyarrow as pa

from audit_lib.errors import LedgerError
from audit_lib.ledger.batch import Batch
from audit_lib.ledger.events import Entry, Event, is_day, timestamp
from audit_lib.ledger.feedback import judge, read_feedback, take_feedback
from audit_lib.ledger.intake import make_claims, read_table, take_claims
from audit_lib.ledger.masks import mask_text
from audit_lib.ledger.overview import list_cases
from audit_lib.ledger.recoveries import (
    Recovery,
    enter_recovery,
    excess,
    incomplete,
    read_recoveries,
    take_recoveries,
)  # fmt: skip
from audit_lib.ledger.reports import ImportReport
from audit_lib.ledger.states import RESULTS, fold
from audit_lib.ledger.store import Store
from audit_lib.ledger.undoing import defer_case, undo_last
from audit_lib.ledger.verdicts import Verdict, settle
from audit_lib.ledger.verification import verify_chain

_CAPTIONS = {
    "raised": "新增", "restated": "变动", "reopened": "变动须复核", "restored": "恢复原结论",
    "reraised": "重新出现", "withdrawn": "撤回", "unchanged": "未变",
}  # fmt: skip


class Ledger:
    """The append-only ledger of one project; use it in a ``with`` block.

    Example:
        >>> with Ledger.open("sqlite://") as ledger:
        ...     ledger.verify()
        []
    """

    def __init__(self, store: Store) -> None:
        self._store = store

    @classmethod
    def open(cls, url: str) -> Ledger:
        """Open the ledger at a SQLAlchemy URL, creating it when it is not there.

        Raises:
            LedgerError: the URL is malformed or the database cannot be opened.
        """
        return cls(Store(url))

    def close(self) -> None:
        """Give the database back."""
        self._store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _writing(self, at: datetime | None) -> Iterator[tuple[Batch, list[Entry]]]:
        with self._store.writing() as (entries, added):
            yield Batch(entries, added, at), entries

    # ── what arrives ─────────────────────────────────────────────────────────────────────────

    def raise_findings(
        self,
        findings: pa.Table | Path,
        lines: pa.Table | Path,
        run_id: str,
        at: datetime | None = None,
        ran: Collection[str] | None = None,
    ) -> ImportReport:
        """Record what a run suspects: new, changed, no longer, again; nothing for what did not change.

        Args:
            findings: table ``finding`` or its Parquet file.
            lines: table ``finding_line`` or its Parquet file.
            run_id: name of the run.
            at: the moment written on the events; now when None.
            ran: rule_ids that were run (coverage 已执行 or 部分执行); a finding of a rule that was
                not run is not withdrawn. All rules when None.

        Raises:
            LedgerError: lines that do not add up, or the ledger cannot be written; nothing is written then.
        """
        claims = make_claims(read_table(findings), read_table(lines))
        with self._writing(at) as (batch, _):
            written = take_claims(batch, claims, run_id, ran)
        counts = {"疑点": len(claims)} | {
            caption: written[kind] for kind, caption in _CAPTIONS.items() if written[kind]
        }
        return ImportReport("登记疑点", counts)

    def import_feedback(
        self, feedback: pa.Table | Path, sheets: pa.Table | Path, at: datetime | None = None
    ) -> ImportReport:
        """Record the verdicts on returned verification sheets.

        Args:
            feedback: table ``feedback`` after identity (``linked/feedback.parquet``).
            sheets: table ``sheet``, which resolves origins to file and sheet.
            at: the moment written on the events; now when None.

        Returns:
            What became of every row.
        """
        rows = read_feedback(read_table(feedback), read_table(sheets))
        with self._writing(at) as (batch, entries):
            return take_feedback(batch, entries, rows)

    def import_recoveries(
        self, recoveries: pa.Table | Path, sheets: pa.Table | Path, at: datetime | None = None
    ) -> ImportReport:
        """Record recoveries; ``recoveries`` is table ``recovery`` after identity. See ``import_feedback``."""
        rows = read_recoveries(read_table(recoveries), read_table(sheets))
        with self._writing(at) as (batch, entries):
            return take_recoveries(batch, entries, rows)

    # ── what a person enters ─────────────────────────────────────────────────────────────────

    def decide(
        self,
        finding_id: str,
        result: str,
        amount_by_year: Mapping[int, int] | None = None,
        reason_code: str = "",
        attachment: str = "",
        operator: str = "",
        note: str = "",
        decided_on: str = "",
        at: datetime | None = None,
    ) -> None:
        """Enter a verdict by hand.

        Args:
            finding_id: 疑点编号.
            result: 属实, 部分属实, 不属实, 无法核实, or their codes.
            amount_by_year: verified fen by year; the suspected amount when 属实 and None.
            reason_code: why it is 不属实.
            attachment: what proves it.
            operator: who decides.
            note: 情况说明.
            decided_on: ISO day; the day of ``at`` when empty.
            at: the moment written on the event; now when None.

        Raises:
            LedgerError: unknown finding, or the verdict lacks something a returned row would need too.
        """
        _require_operator(operator)
        if decided_on and not is_day(decided_on):
            raise LedgerError(f"核实日期“{decided_on}”不是日期", remedy="写成 2019-07-15 这样的日期")
        code = next((code for code, caption in RESULTS.items() if result in (code, caption)), result)
        verdict = Verdict(
            code, None, amount_by_year, reason_code, mask_text(attachment), operator,
            decided_on or timestamp(at)[:10], mask_text(note),
        )  # fmt: skip
        with self._writing(at) as (batch, _):
            case = batch.case(finding_id)
            settled = settle(verdict, case)
            if isinstance(settled, str):
                raise LedgerError(settled, f"疑点 {finding_id}", "补齐后重新登记")
            kind, said, _ = judge(case, verdict, settled, source="")
            event_id = f"M/{finding_id}/{case.events + 1}"
            batch.add(Event(event_id, finding_id, kind, said, operator, verdict.note))

    def defer(self, finding_id: str, operator: str, note: str, at: datetime | None = None) -> None:
        """Note that a case waits for something (待核); a decision that stands keeps standing.

        Raises:
            LedgerError: unknown finding, no operator, or nothing is said about what is missing.
        """
        _require_operator(operator)
        with self._writing(at) as (batch, _):
            defer_case(batch, finding_id, operator, mask_text(note))

    def undo(self, finding_id: str, operator: str, at: datetime | None = None) -> None:
        """Take back the verdict or remark just written, by a line of its own; nothing is erased.

        Raises:
            LedgerError: unknown finding, no operator, or the case's last line is no verdict.
        """
        _require_operator(operator)
        with self._writing(at) as (batch, _):
            undo_last(batch, finding_id, operator)

    def withdraw(self, finding_id: str, operator: str, note: str, at: datetime | None = None) -> None:
        """Take a suspicion back by hand. It comes back only when its data change.

        Raises:
            LedgerError: unknown finding, no operator or reason, or it is withdrawn already.
        """
        _require_operator(operator)
        if not note.strip():
            raise LedgerError("撤回疑点须写明理由", f"疑点 {finding_id}", "填写撤回理由后重新登记")
        with self._writing(at) as (batch, _):
            case = batch.case(finding_id)
            event_id = f"M/{finding_id}/{case.events + 1}"
            batch.add(Event(event_id, finding_id, "retracted", {}, operator, mask_text(note)))

    def recover(
        self,
        finding_id: str,
        amount_fen: int,
        recovered_on: str,
        method: str = "",
        voucher_no: str = "",
        operator: str = "",
        note: str = "",
        at: datetime | None = None,
    ) -> str:
        """Enter money that came back, by hand; ``recovered_on`` is an ISO day.

        Returns:
            A remark when more came back than was verified (recorded nevertheless), else an empty text.

        Raises:
            LedgerError: unknown finding, no operator, no amount or day, or a voucher entered already.
        """
        _require_operator(operator)
        recovery = Recovery(amount_fen, recovered_on, mask_text(method), mask_text(voucher_no))
        if fault := incomplete(recovery):
            raise LedgerError(fault, f"疑点 {finding_id}", "补齐后重新登记")
        with self._writing(at) as (batch, entries):
            case = batch.case(finding_id)
            event = enter_recovery(case, recovery, entries)
            batch.add(replace(event, operator=operator, note=mask_text(note)))
            return excess(case)

    # ── what it says ─────────────────────────────────────────────────────────────────────────

    def cases(self) -> pd.DataFrame:
        """One line per finding: state, suspected, verified and recovered fen. See ``overview.list_cases``."""
        entries = self._store.entries()
        return list_cases(fold(entries).values())

    def history(self, finding_id: str) -> pd.DataFrame:
        """All events of one finding in order: seq, at, kind, operator, note, run_id, payload (JSON)."""
        columns = ["seq", "at", "kind", "operator", "note", "run_id", "payload"]
        entries = self._store.entries(finding_id)
        return pd.DataFrame(
            [[getattr(entry, name) for name in columns] for entry in entries], columns=columns
        )

    def verify(self, printed_head: str | None = None) -> list[str]:
        """What is wrong with the chain, the first broken link first; nothing when it is whole.

        Args:
            printed_head: a digest that a report printed; lines cut off at the end show only by it.
        """
        return verify_chain(self._store.entries(), printed_head)

    def head(self) -> str:
        """Digest of the last line; reports print it."""
        return self._store.head()


def _require_operator(operator: str) -> None:
    if not operator.strip():
        raise LedgerError("登记台账须写明经办人", remedy="填写经办人后重新登记")

"""Recovery entries (追缴登记): money that came back, each payment once.

A payment is known by finding, amount, day and voucher; without a voucher, equal payments of one
day are told apart by counting them within their sheet. So a list sent again under another name
adds nothing. A payment that its own file no longer contains is taken back by a line of its own.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass
from itertools import count

import pyarrow as pa

from audit_lib.errors import LedgerError
from audit_lib.ledger.batch import Batch
from audit_lib.ledger.events import Entry, Event, canonical_json, is_day
from audit_lib.ledger.feedback import find_place, places, read_reference
from audit_lib.ledger.masks import mask_text
from audit_lib.ledger.matching import Matcher, Reference
from audit_lib.ledger.reports import ImportEntry, ImportReport, Place
from audit_lib.ledger.states import Case
from audit_lib.money import format_yuan


@dataclass(frozen=True, slots=True)
class Recovery:
    """Money that came back: fen, day, how (现金, 抵扣, 扣回丧葬费 …) and its voucher."""

    amount_fen: int
    recovered_on: str
    method: str = ""
    voucher_no: str = ""


@dataclass(frozen=True, slots=True)
class RecoveryRow:
    """One row of a recovery list."""

    place: Place
    reference: Reference
    recovery: Recovery


def read_recoveries(recoveries: pa.Table, sheets: pa.Table) -> list[RecoveryRow]:
    """Rows of the linked recovery table, in the order delivered."""
    names = places(sheets)
    return [
        RecoveryRow(
            find_place(row["recovery_row"], names),
            read_reference(row),
            Recovery(
                int(row["amount_fen"] or 0),
                str(row["recovered_on"] or ""),
                mask_text(row["method"] or ""),
                mask_text(row["voucher_no"] or ""),
            ),
        )
        for row in sorted(recoveries.to_pylist(), key=lambda row: int(row["recovery_row"]))
    ]


def take_recoveries(batch: Batch, entries: list[Entry], rows: list[RecoveryRow]) -> ImportReport:
    """Write recoveries; every row is in the report, and more than was verified is recorded and told."""
    matcher = Matcher(batch.cases)
    live, ever = _recorded(entries)
    counted: Counter[str] = Counter()
    seen: dict[str, Place] = {}
    report: list[ImportEntry] = []
    for row in rows:
        case = matcher.find(row.reference, among_confirmed=True)
        if isinstance(case, str):
            report.append(ImportEntry(row.place, "不能识别", reason=case))
        elif fault := incomplete(row.recovery):
            report.append(ImportEntry(row.place, "待补充", case.finding_id, fault))
        elif (key := _key(case, row, counted)) in seen:
            reason = f"与 {seen[key]} 是同一笔(疑点、金额、日期、凭证号都相同)"
            report.append(ImportEntry(row.place, "重复", case.finding_id, reason))
        else:
            seen[key] = row.place
            is_new = key not in live and batch.add(recovered(case, row.recovery, key, ever[key], row.place))
            report.append(ImportEntry(row.place, "已入账", case.finding_id, is_new=is_new))
    notices = _take_back(batch, live, seen, {row.place.file for row in rows})
    return ImportReport.of("追缴登记", [_remark(batch, entry) for entry in report], notices)


def recovered(case: Case, recovery: Recovery, key: str, times: int, place: Place | None) -> Event:
    """The event of one recovery; ``times`` is how often this very payment was recorded before."""
    source = {"file": place.file, "sheet": place.sheet, "row": place.row} if place else None
    return Event(
        f"R/{case.finding_id}/{key}/{times + 1}",
        case.finding_id,
        "recovered",
        {
            "key": key, "amount_fen": recovery.amount_fen, "recovered_on": recovery.recovered_on,
            "method": recovery.method, "voucher_no": recovery.voucher_no, "source": source,
        },
    )  # fmt: skip


def enter_recovery(case: Case, recovery: Recovery, entries: list[Entry]) -> Event:
    """The event of a recovery that a person enters.

    Raises:
        LedgerError: this very payment, known by its voucher, is recorded already.
    """
    live, ever = _recorded(entries)
    keys = (payment_key(case, recovery, number) for number in count(1))
    key = next(keys)
    if recovery.voucher_no and key in live:
        raise LedgerError(
            f"凭证号“{recovery.voucher_no}”的这一笔已经登记",
            f"疑点 {case.finding_id}",
            "核对凭证号、金额和日期",
        )
    while key in live:
        key = next(keys)
    return recovered(case, recovery, key, ever[key], None)


def incomplete(recovery: Recovery) -> str:
    """What a recovery lacks, one Chinese sentence; empty when nothing."""
    if recovery.amount_fen <= 0:
        return "追缴金额须大于0"
    return "" if is_day(recovery.recovered_on) else "缺追缴日期,或不是“2019-07-15”这样的日期"


def excess(case: Case) -> str:
    """What is odd about the money that came back on a case; empty when nothing."""
    if not case.recovered_fen:
        return ""
    if case.standing is None:
        return f"未核实先缴:已追缴{format_yuan(case.recovered_fen)}元,疑点状态为{case.state}"
    if case.recovered_fen > case.verified_fen:
        return f"多缴:已追缴{format_yuan(case.recovered_fen)}元,核实{format_yuan(case.verified_fen)}元"
    return ""


def payment_key(case: Case, recovery: Recovery, number: int) -> str:
    """Digest of what makes a payment the same payment."""
    parts = [
        case.finding_id,
        recovery.amount_fen,
        recovery.recovered_on,
        recovery.voucher_no or recovery.method,
        number,
    ]
    return hashlib.sha256(canonical_json(parts).encode()).hexdigest()[:16]


def _key(case: Case, row: RecoveryRow, counted: Counter[str]) -> str:
    if row.recovery.voucher_no:
        return payment_key(case, row.recovery, 1)
    alike = canonical_json([row.place.source, payment_key(case, row.recovery, 0)])
    counted[alike] += 1
    return payment_key(case, row.recovery, counted[alike])


def _recorded(entries: list[Entry]) -> tuple[dict[str, Entry], Counter[str]]:
    """Recoveries in force by key, and how often each key was ever recorded."""
    live: dict[str, Entry] = {}
    ever: Counter[str] = Counter()
    for entry in entries:
        if entry.kind == "recovered":
            key = str(entry.said()["key"])
            live[key] = entry
            ever[key] += 1
        elif entry.kind == "unrecovered":
            live.pop(str(entry.said()["key"]), None)
    return live, ever


def _take_back(batch: Batch, live: dict[str, Entry], seen: dict[str, Place], files: set[str]) -> list[str]:
    notices = []
    for key, entry in live.items():
        said = entry.said()
        source = said["source"]
        if source and source["file"] in files and key not in seen:
            place = Place(source["file"], source["sheet"], source["row"])
            batch.add(
                Event(
                    f"{entry.event_id}/冲回",
                    entry.finding_id,
                    "unrecovered",
                    {"key": key, "reverses": entry.event_id},
                )
            )
            amount = format_yuan(said["amount_fen"])
            notices.append(f"{place} 原登记的{amount}元在文件中已不存在,已冲回({entry.finding_id})")
    return notices


def _remark(batch: Batch, entry: ImportEntry) -> ImportEntry:
    if entry.outcome != "已入账":
        return entry
    reason = excess(batch.cases[entry.finding_id])
    return ImportEntry(entry.place, entry.outcome, entry.finding_id, reason, entry.is_new)

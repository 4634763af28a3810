"""Walking the chain of digests, and naming the link that does not hold."""

from __future__ import annotations

from audit_lib.errors import LedgerError
from audit_lib.ledger.events import GENESIS, Entry
from audit_lib.ledger.states import Case, apply


def verify_chain(entries: list[Entry], printed_head: str | None = None) -> list[str]:
    """What is wrong, in the order of the lines; nothing when the chain is whole.

    Args:
        entries: all lines in order.
        printed_head: a digest some report printed, to be found in the chain.
    """
    faults: list[str] = []
    previous, number = GENESIS, 0
    for entry in entries:
        name = f"第{entry.seq}条({entry.event_id},{entry.at})"
        if entry.seq != number + 1:
            missing = f"第{number + 1}条" if entry.seq == number + 2 else f"第{number + 1}至{entry.seq - 1}条"
            faults.append(f"{missing}不见了:{name}之前缺少记录")
        elif entry.previous != previous:
            faults.append(f"{name}与前一条接不上:前一条被改动或替换过")
        if entry.expected_digest() != entry.digest:
            faults.append(f"{name}的内容与摘要不符:这一条被改动过")
        previous, number = entry.digest, entry.seq
    if not faults:
        faults += _verify_transitions(entries)
    known = {entry.digest for entry in entries} | {GENESIS}
    if printed_head is not None and printed_head not in known:
        faults.append(f"报告所印的摘要{printed_head[:12]}…不在台账中:报告之后台账末尾被截断或重写过")
    return faults


def _verify_transitions(entries: list[Entry]) -> list[str]:
    cases: dict[str, Case] = {}
    for entry in entries:
        case = cases.setdefault(entry.finding_id, Case(entry.finding_id))
        try:
            apply(case, entry)
        except LedgerError as error:
            return [f"第{entry.seq}条({entry.event_id})不合状态规则:{error.what}"]
    return []

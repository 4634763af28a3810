"""Second thoughts: leave a case for later, or take back what was just written — each a line of its own."""

from __future__ import annotations

from audit_lib.errors import LedgerError
from audit_lib.ledger.batch import Batch
from audit_lib.ledger.events import Event


def defer_case(batch: Batch, finding_id: str, operator: str, note: str) -> None:
    """Write down what a case waits for.

    Raises:
        LedgerError: unknown finding, or ``note`` is empty.
    """
    if not note.strip():
        raise LedgerError("待核须写明还缺什么", f"疑点 {finding_id}", "在情况说明中写一句,如“等银行流水”")
    case = batch.case(finding_id)
    said = {"shortfall": f"待核:{note.strip()}"}
    batch.add(Event(f"D/{finding_id}/{case.events + 1}", finding_id, "incomplete", said, operator, note))


def undo_last(batch: Batch, finding_id: str, operator: str) -> None:
    """Take back a case's last line when it is a verdict or a remark; what stood before stands again.

    Raises:
        LedgerError: unknown finding, or the last line is something else, such as a recovery.
    """
    case = batch.case(finding_id)
    if case.before is None:
        raise LedgerError(
            "该疑点最近一笔不是核实结论,不能撤销",
            f"疑点 {finding_id}",
            "重新登记结论即可,新的一笔取代旧的一笔",
        )
    said = {"reverses": case.last_event}
    batch.add(Event(f"U/{finding_id}/{case.events + 1}", finding_id, "undone", said, operator))

"""A writer's view while it holds the lock: all cases as they stand, and the lines it adds."""

from __future__ import annotations

from datetime import datetime

from audit_lib.errors import LedgerError
from audit_lib.ledger.events import GENESIS, Entry, Event, seal, timestamp
from audit_lib.ledger.states import Case, apply, fold


class Batch:
    """Adds events one after the other, each checked against the state the others left.

    Args:
        entries: the ledger's lines so far.
        added: receives the new lines.
        at: the moment written on the new lines; now when None.
    """

    def __init__(self, entries: list[Entry], added: list[Entry], at: datetime | None) -> None:
        self.cases = fold(entries)
        self._known = {entry.event_id for entry in entries}
        self._added = added
        self._next = entries[-1].seq + 1 if entries else 1
        self._head = entries[-1].digest if entries else GENESIS
        self._at = timestamp(at)

    def add(self, event: Event) -> bool:
        """Append one event; False when the ledger already has it.

        Raises:
            LedgerError: the case does not permit it in its present state.
        """
        if event.event_id in self._known:
            return False
        entry = seal(event, self._next, self._head, self._at)
        case = self.cases.get(event.finding_id) or Case(event.finding_id)
        apply(case, entry)
        self.cases[event.finding_id] = case
        self._known.add(event.event_id)
        self._added.append(entry)
        self._next, self._head = self._next + 1, entry.digest
        return True

    def case(self, finding_id: str) -> Case:
        """A case by its number.

        Raises:
            LedgerError: the ledger does not have it.
        """
        if finding_id not in self.cases:
            raise LedgerError(f"台账中没有疑点“{finding_id}”", remedy="核对疑点编号;编号见报告的疑点清单")
        return self.cases[finding_id]

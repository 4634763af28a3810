"""复核意见: what a reviewer ticked on a page enters the ledger as a returned sheet does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from audit_lib.ledger.feedback import ReturnedRow, take_feedback
from audit_lib.ledger.register import Ledger
from audit_lib.ledger.reports import ImportReport


def enter_opinions(ledger: Ledger, rows: Sequence[ReturnedRow], at: datetime | None = None) -> ImportReport:
    """Record a reviewer's opinions, all of them or none; the same file again writes nothing.

    Args:
        ledger: an open ledger.
        rows: what the reviewer's file says, each row naming its finding.
        at: the moment written on the events; now when None.

    Returns:
        What became of every opinion.
    """
    with ledger._writing(at) as (batch, entries):
        return replace(take_feedback(batch, entries, list(rows)), caption="复核意见")

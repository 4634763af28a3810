"""All cases as one table."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pandas as pd

from audit_lib.ledger.recoveries import excess
from audit_lib.ledger.states import Case

_CLAIM = (
    "rule_id", "rule_title", "problem", "kind", "track",
    "item_id", "town_id", "village_id", "person_id", "tier",
)  # fmt: skip

COLUMNS = (
    "finding_id", *_CLAIM, "state", "is_counted", "is_produced", "changed_since_decision",
    "suspected_fen", "verified_fen", "recovered_fen",
    "suspected_by_year", "verified_by_year", "recovered_by_year",
    "reason_code", "attachment", "note", "verifier", "decided_on", "shortfall", "excess", "last_event",
)  # fmt: skip


def list_cases(cases: Iterable[Case]) -> pd.DataFrame:
    """One line per finding.

    Money is in fen; ``…_by_year`` are dictionaries year → fen. ``is_counted`` says whether the
    suspected amount belongs in totals (tier A or B and not withdrawn, or confirmed by a person).
    ``verified_fen`` is 0 unless a decision stands. ``recovered_by_year`` is empty where the year
    of the money that came back is not certain; ``recovered_fen`` is always complete.
    """
    return pd.DataFrame([_line(case) for case in cases], columns=list(COLUMNS))


def _line(case: Case) -> dict[str, Any]:
    decision = case.standing
    return {
        "finding_id": case.finding_id,
        **{name: case.claim.get(name) for name in _CLAIM},
        "state": case.state,
        "is_counted": case.is_counted,
        "is_produced": case.produced,
        "changed_since_decision": case.changed_since_decision,
        "suspected_fen": case.suspected_fen,
        "verified_fen": case.verified_fen,
        "recovered_fen": case.recovered_fen,
        "suspected_by_year": case.suspected_by_year,
        "verified_by_year": case.verified_by_year,
        "recovered_by_year": case.recovered_by_year,
        "reason_code": decision.reason_code if decision else "",
        "attachment": decision.attachment if decision else "",
        "note": decision.note if decision else "",
        "verifier": decision.verifier if decision else "",
        "decided_on": decision.decided_on if decision else "",
        "shortfall": case.shortfall,
        "excess": excess(case),
        "last_event": case.last_event,
    }

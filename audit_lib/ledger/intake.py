"""What the program found enters the ledger: only what is new, changed or gone since the last run."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.errors import LedgerError
from audit_lib.ledger.batch import Batch
from audit_lib.ledger.events import Event, EventKind
from audit_lib.ledger.states import DECIDED, OPEN, Case, years
from audit_lib.ledger.verdicts import still_fits
from audit_lib.money import format_yuan

#: what a claim says, beside the amounts: keys and codes only, nothing that names a person
_CLAIM_COLUMNS = (
    "rule_id", "rule_title", "problem", "kind", "track",
    "item_id", "town_id", "village_id", "person_id", "tier",
)  # fmt: skip

Claim = dict[str, Any]


def read_table(table: pa.Table | Path) -> pa.Table:
    """An Arrow table, or the Parquet file of one."""
    return table if isinstance(table, pa.Table) else pq.read_table(table)


def make_claims(findings: pa.Table, lines: pa.Table) -> dict[str, Claim]:
    """What each finding claims, by finding_id.

    Raises:
        LedgerError: a finding's lines do not add up to its amount.
    """
    by_year = _sum_by_year(lines)
    wanted = [
        name
        for name in (*_CLAIM_COLUMNS, "finding_id", "amount_fen", "statement")
        if name in findings.column_names
    ]
    claims: dict[str, Claim] = {}
    for row in findings.select(wanted).to_pylist():
        finding_id, amount = row["finding_id"], int(row["amount_fen"] or 0)
        split = by_year.get(finding_id, {})
        if split and sum(split.values()) != amount:
            raise LedgerError(
                f"疑点明细合计{format_yuan(sum(split.values()))}元与疑点金额{format_yuan(amount)}元不符",
                f"{row['rule_id']} {finding_id}",
                "该规则的明细有误,改正规则后重新运行",
            )
        statement = hashlib.sha256((row.get("statement") or "").encode()).hexdigest()[:16]
        claims[finding_id] = {name: row.get(name) for name in _CLAIM_COLUMNS} | {
            "amount_fen": amount,
            "by_year": {str(year): fen for year, fen in sorted(split.items()) if fen},
            "statement": statement,
        }
    return claims


def _sum_by_year(lines: pa.Table) -> dict[str, dict[int, int]]:
    sums = lines.group_by(["finding_id", "year"]).aggregate([("amount_fen", "sum")])
    by_year: dict[str, dict[int, int]] = {}
    for row in sums.to_pylist():
        if row["year"] is not None:
            by_year.setdefault(row["finding_id"], {})[row["year"]] = int(row["amount_fen_sum"] or 0)
    return by_year


def take_claims(
    batch: Batch, claims: dict[str, Claim], run_id: str, ran: Collection[str] | None
) -> Counter[str]:
    """Write what changed; returns how many events of each kind, and how many findings did not change.

    Args:
        batch: the open ledger.
        claims: of this run.
        run_id: name of the run.
        ran: rules that were run; findings of the others are left as they are. All rules when None.
    """
    written: Counter[str] = Counter()
    for finding_id, claim in claims.items():
        case = batch.cases.get(finding_id) or Case(finding_id)
        kind = _what_changed(case, claim)
        if kind is None:
            written["unchanged"] += 1
            continue
        said: dict[str, Any] = {"claim": claim}
        if kind == "restored" and case.decision:
            said["result"] = case.decision.result
        written[kind] += batch.add(Event(_event_id(case), finding_id, kind, said, "程序", run_id=run_id))
    for finding_id, case in batch.cases.items():
        if case.produced and finding_id not in claims and (ran is None or case.claim["rule_id"] in ran):
            written["withdrawn"] += batch.add(
                Event(_event_id(case), finding_id, "withdrawn", {}, "程序", run_id=run_id)
            )
    return written


def _event_id(case: Case) -> str:
    return f"F/{case.finding_id}/{case.statements + 1}"


def _what_changed(case: Case, claim: Claim) -> EventKind | None:
    if not case.state:
        return "raised"
    is_same = case.claim == claim
    if is_same and (case.produced or case.retracted):
        return None
    by_year = years(claim["by_year"])
    if case.state in DECIDED:
        if not still_fits(case, claim["amount_fen"], by_year):
            return "reopened"
        return "restated" if case.produced else "reraised"
    if case.state in OPEN:
        is_as_decided = case.decision is not None and case.decision.suspected_fen == claim["amount_fen"]
        return "restored" if is_as_decided and still_fits(case, claim["amount_fen"], by_year) else "restated"
    return "reraised"

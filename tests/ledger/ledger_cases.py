"""A few made-up findings and returned rows, by the contract of docs/architecture.md."""

from __future__ import annotations

import json
from typing import Any

import pyarrow as pa

from audit_lib.tables import origin

ALIVE, HE, SHE = "P0000000000000", "P1111111111111", "P2222222222222"

FINDING = pa.schema(
    [
        (name, pa.string())
        for name in (
            "finding_id rule_id rule_title rule_version family problem kind severity track person_id name_masked"
            " id_masked town_id village_id household_no item_id matter tier owner office statement"
        ).split()
    ]
    + [(name, pa.int64()) for name in ("first_month", "last_month", "months", "amount_fen")]
    + [("score", pa.float64())]
)
LINE = pa.schema(
    [("finding_id", pa.string()), ("item_id", pa.string()), ("month", pa.int32()), ("year", pa.int32()),
     ("payment_row", pa.int64()), ("amount_fen", pa.int64())]
)  # fmt: skip


def finding(finding_id: str, by_year: dict[int, int] | None = None, **said: Any) -> dict[str, Any]:
    """A finding with its lines under ``lines``."""
    by_year = {2017: 30000} if by_year is None else by_year
    row: dict[str, Any] = {name: None for name in FINDING.names} | {
        "finding_id": finding_id, "rule_id": "DECEASED_PAID", "rule_title": "死亡后仍领取补贴", "problem": "not_exited",
        "kind": "LOSS", "severity": "高", "track": "problem", "person_id": HE, "name_masked": "郦*",
        "id_masked": "371327********1230", "town_id": "tuanlin", "village_id": "tl01", "item_id": "dibao",
        "matter": '["dibao"]', "tier": "A", "owner": "社会事业局", "office": "民政所", "score": 0.9,
        "statement": "郦*于2017年1月死亡,仍领取低保。", "amount_fen": sum(by_year.values()),
        "first_month": 2017 * 12, "last_month": 2017 * 12, "months": len(by_year),
    } | said  # fmt: skip
    lines = [
        {"finding_id": finding_id, "item_id": row["item_id"], "month": year * 12, "year": year,
         "payment_row": origin(1, 2 + n), "amount_fen": fen}
        for n, (year, fen) in enumerate(by_year.items())
    ]  # fmt: skip
    return row | {"lines": lines}


def as_tables(findings: list[dict[str, Any]]) -> tuple[pa.Table, pa.Table]:
    """Tables ``finding`` and ``finding_line``."""
    rows = [{name: found[name] for name in FINDING.names} for found in findings]
    lines = [line for found in findings for line in found["lines"]]
    return pa.Table.from_pylist(rows, FINDING), pa.Table.from_pylist(lines, LINE)


SHEETS = pa.table(
    {
        "sheet_no": pa.array([1, 2, 3], pa.int32()),
        "file": ["团林镇/核查反馈.xlsx", "团林镇/核查反馈(补).xlsx", "追缴登记.xlsx"],
        "sheet": ["Sheet1", "Sheet1", "7月"],
    }
)
FEEDBACK = pa.schema(
    [("feedback_row", pa.int64())]
    + [
        (name, pa.string())
        for name in (
            "person_id link_tier finding_id rule_title town_id village_id village_raw id_status item_id item_raw"
            " result reason_code verified_by_year note attachment verifier"
        ).split()
    ]
    + [("verified_fen", pa.int64()), ("verified_on", pa.string())]
)


def feedback(*rows: dict[str, Any]) -> pa.Table:
    """The linked feedback table; by default rows 2, 3, … of the first sheet confirm nothing in particular."""
    return pa.Table.from_pylist([_returned(n, row) for n, row in enumerate(rows)], FEEDBACK)


def _returned(n: int, row: dict[str, Any]) -> dict[str, Any]:
    by_year = row.get("verified_by_year")
    return {
        "feedback_row": origin(row.get("sheet_no", 1), row.get("row", 2 + n)),
        "verified_on": "2019-07-01",
        "verifier": "镇民政所经办人",
        **row,
        "verified_by_year": json.dumps({str(year): fen for year, fen in by_year.items()})
        if by_year
        else None,
    }


RECOVERY = pa.schema(
    [("recovery_row", pa.int64())]
    + [
        (name, pa.string())
        for name in (
            "person_id link_tier finding_id rule_title town_id village_id item_id item_raw recovered_on method"
            " voucher_no"
        ).split()
    ]
    + [("amount_fen", pa.int64())]
)


def recoveries(*rows: dict[str, Any]) -> pa.Table:
    """The linked recovery table; by default rows 2, 3, … of the third sheet."""
    told = [
        {
            "recovery_row": origin(row.get("sheet_no", 3), 2 + n),
            "recovered_on": "2019-07-15",
            "method": "现金",
        }
        | row
        for n, row in enumerate(rows)
    ]
    return pa.Table.from_pylist(told, RECOVERY)

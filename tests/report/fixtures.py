"""Finished stages of a tiny made-up district, written by the contracts of docs/architecture.md."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib import keys
from audit_lib.findings.columns import (
    COVERAGE_COLUMNS,
    EVIDENCE_COLUMNS,
    FINDING_COLUMNS,
    FINDING_LINE_COLUMNS,
)
from audit_lib.ledger import Ledger
from audit_lib.report.stages import Stages, empty_table
from audit_lib.tables import (
    FILE_REGISTER_COLUMNS,
    LINK_COLUMNS,
    PERSON_COLUMNS,
    PRINTED_TOTAL_COLUMNS,
    SET_ASIDE_COLUMNS,
    SHEET_COLUMNS,
    TABLES,
)
from audit_lib.workbook import Workbook

ROOT = Path(__file__).parent.parent.parent
LINGANG = ROOT / "params" / "lingang"
NOTEBOOKS = ROOT / "notebooks"

Row = dict[str, Any]
MARCH_2017 = 2017 * 12 + 2
EVIL_NAME = "<img src=x onerror=alert(1)>"


def person(name: str) -> str:
    """Key of a made-up person."""
    return keys.person_id(name)


def payment(
    row: int, who: str, item_id: str, month: int, fen: int, town: str = "pingshang", **more: Any
) -> Row:
    """One successful payment unless ``more`` says otherwise."""
    return {
        "payment_row": row, "person_id": person(who), "link_tier": "A", "town_id": town,
        "village_id": {"pingshang": "ps01", "tuanlin": "tl01"}.get(town), "item_id": item_id,
        "service_from": month, "service_to": month, "amount_fen": fen, "status": "success", "channel": "system",
    } | more  # fmt: skip


PAYMENTS = [
    payment(10_000_002, "甲", "RURAL_DIBAO", MARCH_2017, 31_500),
    payment(10_000_003, "甲", "RURAL_DIBAO", MARCH_2017 + 12, 34_000),
    payment(10_000_004, "乙", "RURAL_DIBAO", MARCH_2017, 31_500, "tuanlin"),
    payment(10_000_005, "乙", "ARABLE_LAND", MARCH_2017, 25_000, "tuanlin"),
    payment(10_000_006, "丙", "RESIDENT_PENSION", MARCH_2017, 10_000, channel="off_system"),
    payment(10_000_007, "丙", "RURAL_DIBAO", MARCH_2017, 99_900, status="failed", fail_reason="户名不符"),
    payment(10_000_008, "丁", "RURAL_DIBAO", MARCH_2017, 31_500, pay_no="L1"),
    payment(
        10_000_009, "丁", "RURAL_DIBAO", MARCH_2017, -31_500, status="reversed", reissue_of="L1", pay_no="L2"
    ),
    payment(10_000_010, "甲", "RURAL_DIBAO", MARCH_2017 + 24, 34_000),
]


def finding(rule_id: str, who: str, item_id: str, town: str | None, fen: int, **more: Any) -> Row:
    """One finding of tier A."""
    kind, problem, track = {
        "DECEASED_PAID": ("LOSS", "not_exited", "problem"), "MULTI_ACCOUNT": ("EXPOSURE", "accounts", "problem"),
        "NOT_IN_REGISTER": ("LOSS", "not_exited", "problem"),
        "IDENTITY_THEFT_SUSPECT": ("NONE", "identity_theft", "protective"),
        "RECON_TOTAL": ("EXPOSURE", "data_quality", "management"),
    }[rule_id]  # fmt: skip
    return {
        "finding_id": keys.finding_id(rule_id, person(who), [item_id]), "rule_id": rule_id,
        "rule_title": {"DECEASED_PAID": "死亡后仍领取补贴"}.get(rule_id, rule_id), "rule_version": "1",
        "family": "exit", "problem": problem, "kind": kind, "severity": "高", "track": track,
        "person_id": person(who), "name_masked": f"{who}*", "id_masked": "371327********1230", "town_id": town,
        "village_id": {"pingshang": "ps01", "tuanlin": "tl01"}.get(town or ""), "household_no": None,
        "item_id": item_id, "matter": json.dumps([item_id]), "first_month": MARCH_2017, "last_month": MARCH_2017,
        "months": 1, "amount_fen": fen, "tier": "A", "score": 1.0, "owner": "社会事业局", "office": "民政所",
        "statement": f"{who}*于2017年1月死亡,2017年3月仍领取1个月",
    } | more  # fmt: skip


FINDINGS = [
    finding("DECEASED_PAID", "甲", "RURAL_DIBAO", "pingshang", 99_500, last_month=MARCH_2017 + 24),
    finding("NOT_IN_REGISTER", "甲", "RURAL_DIBAO", "pingshang", 31_500),
    finding("DECEASED_PAID", "乙", "RURAL_DIBAO", "tuanlin", 31_500),
    finding("DECEASED_PAID", "丙", "RESIDENT_PENSION", "pingshang", 10_000, tier="C", name_masked=EVIL_NAME,
            statement=f"{EVIL_NAME}可能已死亡"),
    finding("IDENTITY_THEFT_SUSPECT", "丁", "RURAL_DIBAO", "tuanlin", 0),
    finding("RECON_TOTAL", "", "ARABLE_LAND", None, 500, person_id=None, name_masked=None, id_masked=None),
]  # fmt: skip
ID = {(row["rule_id"], row["item_id"], row["town_id"]): row["finding_id"] for row in FINDINGS}
DEAD_A = ID["DECEASED_PAID", "RURAL_DIBAO", "pingshang"]
DEAD_B = ID["DECEASED_PAID", "RURAL_DIBAO", "tuanlin"]


def line(finding_id: str, item_id: str, month: int, row: int | None, fen: int) -> Row:
    """One line of a finding."""
    return {
        "finding_id": finding_id, "item_id": item_id, "month": month, "year": month // 12, "payment_row": row,
        "amount_fen": fen,
    }  # fmt: skip


LINES = [
    line(DEAD_A, "RURAL_DIBAO", MARCH_2017, 10_000_002, 31_500),
    line(DEAD_A, "RURAL_DIBAO", MARCH_2017 + 12, 10_000_003, 34_000),
    line(DEAD_A, "RURAL_DIBAO", MARCH_2017 + 24, 10_000_010, 34_000),
    line(ID["NOT_IN_REGISTER", "RURAL_DIBAO", "pingshang"], "RURAL_DIBAO", MARCH_2017, 10_000_002, 31_500),
    line(DEAD_B, "RURAL_DIBAO", MARCH_2017, 10_000_004, 31_500),
    line(
        ID["DECEASED_PAID", "RESIDENT_PENSION", "pingshang"],
        "RESIDENT_PENSION",
        MARCH_2017,
        10_000_006,
        10_000,
    ),
    line(ID["RECON_TOTAL", "ARABLE_LAND", None], "ARABLE_LAND", MARCH_2017, None, 500),
]

EVIDENCE = [
    {"finding_id": row["finding_id"], "table_name": "payment", "origin": 10_000_002 + n, "file": "发放/系统.csv",
     "sheet": "", "row": 2 + n}
    for n, row in enumerate(FINDINGS)
]  # fmt: skip

COVERAGE = [
    {"rule_id": rule_id, "title": title, "status": status, "reason": reason, "rows_checked": 9, "rows_unable": 1,
     "findings": 1, "seconds": 0.1}
    for rule_id, title, status, reason in (
        ("DECEASED_PAID", "死亡后仍领取补贴", "已执行", None), ("NOT_IN_REGISTER", "不在名册", "已执行", None),
        ("IDENTITY_THEFT_SUSPECT", "疑似身份被盗用", "已执行", None), ("RECON_TOTAL", "对账", "已执行", None),
        ("CATEGORY_MIXED", "混淆发放类别", "已执行", None),
        ("MULTI_ACCOUNT", "一人多卡", "未执行", "没有收到发放账号"),
    )
]  # fmt: skip

PEOPLE = [
    {"person_id": person(name), "name": name, "name_masked": f"{name}*", "id_masked": "371327********1230",
     "sex": "男", "birth_on": date(1940, 1, 1), "town_id": "pingshang", "village_id": "ps01", "household_no": name,
     "in_hukou": True}
    for name in "甲乙丙丁"
]  # fmt: skip

FILES = [
    {"file": "发放/系统.csv", "size": 1, "sha256": "ab" * 32, "format": "csv", "encoding": "GB18030",
     "table_name": "payment", "decision": "采用", "reason": "", "sheets": 1, "delivered": 11, "kept": 9,
     "set_aside": 1, "totals": 1},
]  # fmt: skip

SHEET = {
    "sheet_no": 1,
    "file": "发放/系统.csv",
    "sheet": "",
    "table_name": "payment",
    "header_row": 1,
    "title": "",
}
SET_ASIDE = [
    {"origin": 10_000_012, "table_name": "payment", "reason": "金额无法识别", "column_name": "金额", "cell": "待定",
     "record": '{"金额": "待定"}'},
]  # fmt: skip

CONTROL = [
    {
        "control_total_row": 1,
        "item_id": "RURAL_DIBAO",
        "town_id": "pingshang",
        "year": 2017,
        "amount_fen": 31_500,
    },
    {
        "control_total_row": 2,
        "item_id": "RURAL_DIBAO",
        "town_id": "tuanlin",
        "year": 2017,
        "amount_fen": 31_500,
    },
    {"control_total_row": 3, "item_id": "RURAL_DIBAO", "town_id": None, "year": 2017, "amount_fen": 63_000},
    {"control_total_row": 4, "item_id": "ARABLE_LAND", "town_id": None, "year": 2017, "amount_fen": 25_500},
]

INSPECTIONS = [
    {"inspection_row": n, "person_id": person(name), "town_id": town, "village_id": village, "household_no": household,
     "inspected_on": date(2019, 7, 9)}
    for n, (name, town, village, household) in enumerate(
        [("甲", "pingshang", "ps01", "1"), ("乙", "tuanlin", "tl01", "2"), ("丙", "pingshang", "ps01", "1")]
    )
]  # fmt: skip


def to_arrow(rows: list[Row], columns: dict[str, str]) -> pa.Table:
    """Rows with missing columns as NULL."""
    return pa.Table.from_pylist(rows, schema=empty_table(columns).schema)


def _delivered(row: Row) -> Row:
    """A linked row as it stood before identity."""
    return {name: value for name, value in row.items() if name in TABLES["payment"].stored()}


def write_stage(folder: Path, tables: dict[str, tuple[list[Row], dict[str, str]]]) -> None:
    """One Parquet file per table."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, (rows, columns) in tables.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        pq.write_table(to_arrow(rows, columns), folder / f"{name}.parquet")


def make_stages(
    root: Path, findings: list[Row] = FINDINGS, lines: list[Row] = LINES, payments: list[Row] = PAYMENTS
) -> Stages:
    """A project under ``root`` with finished stages and a ledger; running it again would find it up to date."""
    if not (root / "params").exists():
        shutil.copytree(LINGANG, root / "params" / "lingang")
    workbook = Workbook.open(root / "params" / "lingang")
    raw = workbook.project.raw
    raw.mkdir(parents=True, exist_ok=True)
    (raw / "说明.txt").write_text("演示", encoding="utf-8")
    counts = {"delivered": len(payments) + 2, "kept": len(payments), "set_aside": 1, "totals": 1}
    contents = {
        "tables": {
            "file_register": ([FILES[0] | counts], FILE_REGISTER_COLUMNS),
            "sheet": ([SHEET | counts], SHEET_COLUMNS),
            "set_aside": (SET_ASIDE, SET_ASIDE_COLUMNS), "printed_total": ([], PRINTED_TOTAL_COLUMNS),
            "payment": ([_delivered(row) for row in payments], TABLES["payment"].stored()),
        },
        "people": {
            "person": (PEOPLE, PERSON_COLUMNS), "link": ([], LINK_COLUMNS),
            "pair": ([], {"left_table": "VARCHAR", "probability": "DOUBLE"}),
            "linked/payment": (payments, TABLES["payment"].linked()),
            "linked/control_total": (CONTROL, TABLES["control_total"].linked()),
            "linked/inspection": (INSPECTIONS, TABLES["inspection"].linked()),
        },
        "findings": {
            "finding": (findings, FINDING_COLUMNS), "finding_line": (lines, FINDING_LINE_COLUMNS),
            "evidence": (EVIDENCE, EVIDENCE_COLUMNS), "coverage": (COVERAGE, COVERAGE_COLUMNS),
        },
    }  # fmt: skip

    def finished(folder: Path, _caption: str, key: str, make: Callable[[Path], None]) -> bool:
        if folder.name in contents:
            write_stage(folder, contents[folder.name])
        else:
            folder.mkdir(parents=True, exist_ok=True)
            make(folder)
        (folder / "stage.json").write_text(json.dumps({"key": key, "seconds": 0.0}), encoding="utf-8")
        return True

    with patch("audit_lib.workbook.run_stage", finished):
        stages = workbook.stages
    with Ledger.open(stages.ledger_url) as ledger:
        ledger.raise_findings(
            stages.findings / "finding.parquet", stages.findings / "finding_line.parquet", "R1"
        )
    return stages


def decide(stages: Stages) -> None:
    """One case confirmed and partly recovered, one cleared."""
    with Ledger.open(stages.ledger_url) as ledger:
        ledger.decide(
            DEAD_A,
            "部分属实",
            {2017: 31_500, 2019: 34_000},
            attachment="取证单1",
            operator="王某",
            note="已停发",
        )
        ledger.decide(
            DEAD_B, "不属实", reason_code="死亡信息有误", attachment="户籍证明", operator="王某", note="健在"
        )
        ledger.recover(DEAD_A, 20_000, "2019-07-15", "现金", "PZ1", operator="王某")

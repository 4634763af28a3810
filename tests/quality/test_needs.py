"""数据需求: what departments are asked for follows from what the rules say they need."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
from docx import Document

from audit_lib.params import load_project
from audit_lib.quality.request_letters import write_request_letters
from audit_lib.rules import load_rules
from tests.quality.deliveries import deliver, measured, payment

PAID = [payment(2, 31_500), payment(3, 40_000, household_no=None)]
OWN_RULE = """---
id: PHONE_MISSING
title: 没有联系电话
family: channel
problem: off_system
kind: EXPOSURE
track: management
severity: 低
owner: item
matter: [item_id]
needs: [payment.service_from, payment.phone, vehicle.brand]
tolerances: {}
basis: [B10]
statement: "{item}没有联系电话"
疑点情形: 没有联系电话
不算疑点: [有电话的]
核实办法: 补登电话
---
SELECT
    CAST(NULL AS VARCHAR) AS person_id, item_id, service_from AS month, amount_fen, payment_row
FROM payment
WHERE phone IS NULL
"""


def asked(rows: list[dict[str, Any]], department: str) -> dict[tuple[str, str], dict[str, Any]]:
    """A department's fields by table and column."""
    return {(row["table_name"], row["column_name"]): row for row in rows if row["department"] == department}


def test_a_table_nobody_delivered_is_asked_for(tmp_path: Path) -> None:
    police = asked(measured(tmp_path, "need", payment=PAID), "公安部门")
    assert police["death", "died_on"]["state"] == "未收到"
    assert police["death", "died_on"]["is_required"]


def test_a_column_that_came_empty_or_half_empty_is_asked_for_again(tmp_path: Path) -> None:
    bureau = asked(measured(tmp_path, "need", payment=PAID), "区财政审计局")
    assert bureau["payment", "account_no"]["state"] == "整列空缺"
    assert bureau["payment", "amount"]["state"] == "已收到"


def test_a_register_is_asked_of_the_department_of_its_items(tmp_path: Path) -> None:
    rows = measured(tmp_path, "need", payment=PAID)
    assert {row["department"] for row in rows if row["register"] == "dibao_rural"} == {"社会事业局"}
    assert {row["department"] for row in rows if row["register"] == "land"} == {"农林水利局"}


def test_a_new_rule_changes_what_is_asked(tmp_path: Path) -> None:
    before = asked(measured(tmp_path, "need", payment=PAID), "公安交管部门")
    rules = tmp_path / "params" / "lingang" / "rules"
    rules.mkdir()
    (rules / "phone_missing.sql").write_text(OWN_RULE, encoding="utf-8")
    rows = measured(tmp_path, "need", payment=PAID)
    after = asked(rows, "公安交管部门")
    assert ("vehicle", "brand") not in before
    assert after["vehicle", "brand"]["rules"] == "没有联系电话"
    phone = asked(rows, "区财政审计局")["payment", "phone"]
    assert phone["is_required"]
    assert "没有联系电话" in phone["rules"]


def test_a_rule_that_is_switched_off_asks_for_nothing(tmp_path: Path) -> None:
    folder = deliver(tmp_path, payment=PAID)
    path = folder / "project.yml"
    assert asked(measured(tmp_path, "need", payment=PAID), "不动产登记机构")
    off = {
        rule.id: "不查"
        for rule in load_rules()
        if any(
            column.startswith("property.")
            for column in (*rule.head.needs, *rule.head.needs_somewhere, *rule.head.helps)
        )
    }
    assert off
    with path.open("a", encoding="utf-8") as settings:
        settings.write("rules_off: " + json.dumps(off, ensure_ascii=False) + "\n")
    assert not asked(measured(tmp_path, "need", payment=PAID), "不动产登记机构")


def test_each_department_gets_one_letter_that_names_table_field_rule_and_day(tmp_path: Path) -> None:
    measured(tmp_path, "need", payment=PAID)
    project = load_project(tmp_path / "params" / "lingang")
    quality = project.work / "quality"
    departments = set(pq.read_table(quality / "need.parquet").column("department").to_pylist())
    letters = write_request_letters(project, quality, tmp_path / "数据需求")
    assert {path.name.removesuffix(".数据需求单.docx") for path in letters} == departments
    police = Document(str(tmp_path / "数据需求" / "公安部门.数据需求单.docx"))
    text = "\n".join(paragraph.text for paragraph in police.paragraphs)
    assert "尚未收到" in text and "死亡注销登记" in text and "____年____月____日" in text
    assert "“文本”格式" in text
    lines = [[cell.text for cell in row.cells] for row in police.tables[0].rows]
    died = next(line for line in lines if line[1] == "死亡日期")
    assert died[2:4] == ["必需", "未收到"]
    assert "死亡后仍领取补贴" in died[4]


def test_letters_are_not_written_again_while_nothing_changed(tmp_path: Path) -> None:
    measured(tmp_path, "need", payment=PAID)
    project = load_project(tmp_path / "params" / "lingang")
    quality, out = project.work / "quality", tmp_path / "数据需求"
    (quality / "stage.json").write_text('{"key": "one", "seconds": 0}', encoding="utf-8")
    first = write_request_letters(project, quality, out)
    times = [path.stat().st_mtime_ns for path in first]
    assert write_request_letters(project, quality, out) == first
    assert [path.stat().st_mtime_ns for path in first] == times
    first[0].unlink()
    assert write_request_letters(project, quality, out) == first

"""Finished stages enter a project's ledger."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit_lib.ledger import Ledger, record_stages
from audit_lib.params import Project, load_project
from tests.ledger.ledger_cases import SHEETS, as_tables, feedback, finding, recoveries

PARAMS = Path(__file__).parents[2] / "params" / "lingang"


@pytest.fixture
def project(tmp_path: Path) -> Project:
    shutil.copytree(PARAMS, tmp_path / "params" / "lingang")
    return load_project(tmp_path / "params" / "lingang")


def record(
    project: Project, findings: list[dict], run_id: str, status: str = "已执行", *, came_back: bool = True
):
    """Write the stages' files as the stages would, and record them."""
    work = project.work
    for folder in ("tables", "people/linked", "findings"):
        (work / folder).mkdir(parents=True, exist_ok=True)
    found, lines = as_tables(findings)
    coverage = pa.table({"rule_id": ["DECEASED_PAID"], "status": [status]})
    for name, table in (("finding", found), ("finding_line", lines), ("coverage", coverage)):
        pq.write_table(table, work / "findings" / f"{name}.parquet")
    pq.write_table(SHEETS, work / "tables" / "sheet.parquet")
    if came_back:
        verdicts = feedback(
            {"finding_id": "YDA", "result": "confirmed"}, {"finding_id": "YDX", "result": "cleared"}
        )
        pq.write_table(verdicts, work / "people" / "linked" / "feedback.parquet")
        paid = recoveries({"finding_id": "YDA", "amount_fen": 10000})
        pq.write_table(paid, work / "people" / "linked" / "recovery.parquet")
    return record_stages(project, work / "tables", work / "people", work / "findings", run_id)


def test_suspected_verified_and_recovered_stay_apart(project):
    record(project, [finding("YDA"), finding("YDB")], "R1")
    with Ledger.open(project.ledger_url) as ledger:
        cases = ledger.cases().set_index("finding_id")
    assert cases.loc["YDA", ["suspected_fen", "verified_fen", "recovered_fen"]].tolist() == [
        30000,
        30000,
        10000,
    ]
    assert cases.loc["YDB", ["suspected_fen", "verified_fen", "recovered_fen"]].tolist() == [30000, 0, 0]


def test_the_summary_names_what_is_left_to_do_and_every_returned_row_is_listed(project):
    told = "\n".join(str(report) for report in record(project, [finding("YDA")], "R1"))
    assert "登记疑点:疑点1、新增1" in told
    assert "核查反馈:收到2、已入账1、其中新增1、不能识别1" in told
    assert "团林镇/核查反馈.xlsx:Sheet1:3 不能识别:疑点编号“YDX”台账中没有" in told
    listed = pd.read_csv(project.work / "returned_rows.csv", dtype=str)
    assert listed[["file", "row", "outcome"]].values.tolist() == [
        ["团林镇/核查反馈.xlsx", "2", "已入账"],
        ["团林镇/核查反馈.xlsx", "3", "不能识别"],
        ["追缴登记.xlsx", "2", "已入账"],
    ]  # fmt: skip


def test_recording_the_same_stages_again_leaves_the_ledger_as_it_was(project):
    record(project, [finding("YDA")], "R1")
    with Ledger.open(project.ledger_url) as ledger:
        head = ledger.head()
    record(project, [finding("YDA")], "R1")
    with Ledger.open(project.ledger_url) as ledger:
        assert ledger.head() == head


def test_a_rule_that_lacked_its_data_withdraws_nothing(project):
    record(project, [finding("YDA")], "R1", came_back=False)
    record(project, [], "R2", status="未执行", came_back=False)
    with Ledger.open(project.ledger_url) as ledger:
        assert ledger.cases().state.tolist() == ["待核实"]
    record(project, [], "R3", came_back=False)
    with Ledger.open(project.ledger_url) as ledger:
        assert ledger.cases().state.tolist() == ["已撤回"]

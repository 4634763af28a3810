"""Where a project stands, in one table."""

from __future__ import annotations

from audit_lib.lab.records import Files
from audit_lib.ledger import Ledger
from audit_lib.ledger.states import OPEN
from audit_lib.report.grids import Field, Grid
from audit_lib.report.stages import Stages


def make_overview(stages: Stages) -> Grid:
    """Received, found, decided: one line per step of the procedure."""
    files = Files(stages)
    register = files.read(stages.tables / "file_register.parquet")
    links = files.people("link")
    findings, coverage = files.findings("finding"), files.findings("coverage")
    with Ledger.open(stages.ledger_url) as ledger:
        cases = ledger.cases()
    unused = sum(row["decision"] in ("需要映射", "拒收") for row in register)
    not_run = sum(row["status"] == "未执行" for row in coverage)
    waiting = int(cases["state"].isin(OPEN).sum())
    rows = [
        {"step": "收数", "what": "收到的文件", "n": len(register), "say": f"其中{unused}个没有用上"},
        {"step": "整理", "what": "采用的行", "n": sum(row["kept"] or 0 for row in register),
         "say": f"不能采用{sum(row['set_aside'] or 0 for row in register)}行"},
        {"step": "认人", "what": "认定了是谁的行", "n": sum(bool(row["person_id"]) for row in links),
         "say": f"认不出的{sum(not row['person_id'] for row in links)}行"},
        {"step": "筛疑", "what": "疑点", "n": len(findings), "say": f"{len(coverage)}条规则,其中{not_run}条未执行"},
        {"step": "记账", "what": "已核实的疑点", "n": len(cases) - waiting, "say": f"还要核实{waiting}件"},
    ]  # fmt: skip
    fields = [
        Field("step", "步骤", head=True), Field("what", "内容"), Field("n", "数量", "count"), Field("say", "说明"),
    ]  # fmt: skip
    return Grid(f"{stages.project.settings.title} 运行 {stages.run_id}", fields, rows)

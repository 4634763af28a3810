"""The foot of a page: what it was made from, so that a second auditor can make it again."""

from __future__ import annotations

from html import escape

import pyarrow.parquet as pq

from audit_lib import __version__
from audit_lib.report.annex import spaced
from audit_lib.report.grids import Markup
from audit_lib.report.rulebook import RuleHead, rulebook_digest
from audit_lib.report.stages import Stages
from audit_lib.stage import digest


def page_foot(stages: Stages, ledger_head: str, rules: dict[str, RuleHead]) -> list[tuple[str, str]]:
    """Name and value of run, inputs, ledger and rules. Digests stand in groups of four."""
    register = pq.read_table(stages.tables / "file_register.parquet", columns=["file", "sha256"]).to_pylist()
    inputs = digest(*sorted(f"{row['file']}={row['sha256']}" for row in register))
    files = "".join(
        f"<li>{escape(row['file'])} <code>{spaced((row['sha256'] or '')[:16])}</code></li>"
        for row in sorted(register, key=lambda row: str(row["file"]))
    )
    listed = Markup(
        f"{len(register)}个，摘要 {spaced(inputs)}<details><summary>各文件的摘要（SHA-256 前16位）</summary><ul>{files}</ul></details>"
    )
    return [
        ("运行编号", stages.run_id),
        ("数据文件", listed),
        ("规则", f"{len(rules)}条，摘要 {spaced(rulebook_digest(rules))}"),
        ("台账链尾", spaced(ledger_head[:32]) if ledger_head.strip("0") else "空"),
        ("程序版本", __version__),
        ("校验", f"ybt verify reports/{stages.project.reports.name}"),
    ]

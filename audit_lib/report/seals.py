"""Proof that a page is about its own town: a digest of the town's own rows, computed twice.

The page computes it from the rows it shows and carries it; whoever publishes the page computes
it again from the stages. A page that mixed up towns has another digest, or names another
town's finding, and is not published.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from audit_lib.engine import DuckDbEngine
from audit_lib.errors import ReportError
from audit_lib.report.stages import sql_text
from audit_lib.stage import digest

if TYPE_CHECKING:
    from audit_lib.engine import Engine
    from audit_lib.report.stages import Stages

Row = Mapping[str, Any]
_SAYS = ("finding_id", "rule_id", "town_id", "village_id", "item_id", "amount_fen", "tier", "statement")


def seal_rows(town_id: str | None, findings: Iterable[Row]) -> str:
    """Digest of the town's findings as a page shows them.

    Raises:
        ReportError: a finding is of another town.
    """
    lines = []
    for finding in findings:
        if finding["town_id"] != town_id:
            raise ReportError(
                f"页面混入了其他镇的疑点 {finding['finding_id']}（属于 {finding['town_id']}）", f"镇 {town_id}",
                "这是程序错误:不要使用该页面,重新运行 ybt run 并反馈",
            )  # fmt: skip
        lines.append("|".join(str(finding[name]) for name in _SAYS))
    return digest(str(town_id), *sorted(lines))


def town_findings(engine: Engine, town_id: str | None) -> list[dict[str, Any]]:
    """The findings of a town as pages list them; ``None`` gives those of no town."""
    return list(engine.query(sql_text("findings"), {"town": town_id}).to_pylist())


def own_findings(stages: Stages, town_id: str | None) -> list[dict[str, Any]]:
    """The findings of a town read from the stage itself, past everything a page did."""
    with DuckDbEngine(stages.project.settings.memory_gib) as engine:
        engine.register("finding", stages.findings / "finding.parquet")
        return list(engine.query(sql_text("own_findings"), {"town": town_id}).to_pylist())

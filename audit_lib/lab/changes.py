"""The difference between two runs as tables for the eye."""

from __future__ import annotations

from audit_lib.findings.difference import Difference
from audit_lib.report.grids import Field, Grid, Group


def show_changes(difference: Difference) -> Group:
    """What differs in the inputs, the counts by reason, and every finding that came, went or changed."""
    causes = Grid(
        f"两次运行的不同({difference.old} → {difference.new})",
        [Field("kind", "方面", head=True), Field("what", "内容")],
        [{"kind": str(line.kind), "what": str(line.what)} for line in difference.causes.itertuples()],
        empty="所用的数据、参数、规则和程序相同。",
    )
    fields = [
        Field("change", "变化", head=True), Field("finding_id", "疑点编号"), Field("rule_title", "规则"),
        Field("name_masked", "姓名", "plain"), Field("before_fen", "上次(元)", "yuan"), Field("after_fen", "本次(元)", "yuan"),
        Field("reason", "原因"),
    ]  # fmt: skip
    rows = [
        {str(name): _plain(value) for name, value in line.items()}
        for line in difference.lines.to_dict("records")
    ]
    lines = Grid(
        f"变化的疑点{len(rows)}件,未变{difference.unchanged}件", fields, rows, empty="疑点没有变化。"
    )
    return Group([("", causes), ("", lines)])


def _plain(value: object) -> object:
    """A missing amount is None, a number of pandas an int."""
    if value is None or str(value) in ("<NA>", "nan"):
        return None
    return value if isinstance(value, str) else int(str(value))

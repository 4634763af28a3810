"""与上次运行相比: what the run before this one found and this one does not, and the other way round."""

from __future__ import annotations

from typing import Any

import pandas as pd

from audit_lib.findings.difference import Difference, compare_runs
from audit_lib.findings.kept_runs import FOLDER, list_runs
from audit_lib.money import format_yuan
from audit_lib.report.grids import Field, Grid, Group, Prose, count_text, linked
from audit_lib.report.stages import Stages

#: of a long list of changes a page prints the first, says how many there are, and where all of them are
SHOWN = 200


def differences_group(stages: Stages, town_id: str | None) -> Group:
    """The changes of a town's findings since the kept run before this one, all towns' when ``town_id`` is None."""
    folder = stages.project.work / FOLDER
    kept = list_runs(stages.project)
    earlier = kept[: kept.index(stages.run_id)] if stages.run_id in kept else []
    if not earlier:
        return Group([("", Prose(["没有可比较的上次运行：这是第一次运行，或上次的结果没有保留。"]))])
    difference = compare_runs(folder / earlier[-1], folder / stages.run_id)
    lines = [
        {str(name): None if pd.isna(value) else value for name, value in line.items()}
        for line in difference.lines.to_dict("records")
        if town_id is None or line["town_id"] == town_id
    ]
    return Group([("", Prose([_told(difference, lines)])), ("", _grid(difference, lines))])


def _told(difference: Difference, lines: list[dict[str, Any]]) -> str:
    counts = "、".join(
        f"{change}{count_text(sum(line['change'] == change for line in lines))}件" for change in ("新增", "消失", "变动")
    )  # fmt: skip
    causes = "；".join(f"{cause.kind}：{cause.what}" for cause in difference.causes.itertuples())
    said = f"与运行 {difference.old} 相比：{counts}。"
    return said + (f"两次运行的不同——{causes}。" if causes else "两次运行所用的数据、参数、规则和程序相同。")


def _grid(difference: Difference, lines: list[dict[str, Any]]) -> Grid:
    rows = [
        {
            **line,
            "number": linked(line["finding_id"], f"#{line['finding_id']}") if line["change"] != "消失" else line["finding_id"],
            "before": _money(line["before_fen"]), "after": _money(line["after_fen"]), "name": line["name_masked"] or "—",
        }
        for line in lines[:SHOWN]
    ]  # fmt: skip
    rest = len(lines) - len(rows)
    command = f"ybt diff {difference.old} {difference.new}"
    return Grid(
        f"疑点的变化（{count_text(len(lines))}件，金额：元）",
        [
            Field("number", "疑点编号", head=True), Field("change", "变化", "plain"), Field("rule_title", "规则"),
            Field("name", "姓名"), Field("before", "原金额", "count"), Field("after", "现金额", "count"), Field("reason", "原因"),
        ],
        rows, empty="疑点没有变化。", style="changes",
        note=f"显示 {len(rows)} ＋ 未显示 {rest} ＝ 合计 {len(lines)} 件" + (f"，全部用 {command} 查看。" if rest else "。"),
    )  # fmt: skip


def _money(fen: Any) -> str | None:
    return None if fen is None else format_yuan(int(fen))

"""Tie-outs for the eye: what was compared, what differs, and the bridge in words."""

from __future__ import annotations

from audit_lib.money import format_yuan
from audit_lib.params import Project
from audit_lib.report.grids import Field, Grid, month_text
from audit_lib.report.quality_parts import Row, grouped, read_rows
from audit_lib.report.stages import Stages

LEVELS = {
    "control": "部门汇总表(总账)", "printed": "文件内的合计、小计", "batch": "银行回盘(按批次)",
    "bank": "银行回盘(按项目、月、镇)",
}  # fmt: skip
#: bridge lines: what the other side holds and the detail does not
BRIDGE = {
    "failed_fen": "失败、退回", "reversed_fen": "冲销", "other_year_fen": "跨年(按发放日期计)",
    "outside_fen": "所属期不在审计年度", "set_aside_fen": "不能采用的行", "unmapped_fen": "目录外项目",
}  # fmt: skip


def bridge_text(tie: Row) -> str:
    """The bridge of a difference in words: its lines, then what stays unexplained."""
    lines = [f"{caption}{_signed(tie[key])}元" for key, caption in BRIDGE.items() if tie[key]]
    if tie["rest_fen"]:
        lines.append(f"未能解释{_signed(tie['rest_fen'] * -1)}元")
    return ";".join(lines) or "—"


def _signed(fen: int) -> str:
    return f"{'+' if fen > 0 else '-'}{format_yuan(abs(fen))}"


def tie_place(tie: Row, project: Project) -> str:
    """What a tie is about, in words."""
    item, town = project.item_by_id.get(tie["item_id"] or ""), project.town_by_id.get(tie["town_id"] or "")
    when = month_text(tie["month"]) if tie["month"] is not None else f"{tie['year']}年" if tie["year"] else ""
    parts = [item.name if item else "", town.name if town else "", when]
    if tie["batch_no"]:
        parts.append(f"批次{tie['batch_no']}")
    return " ".join(part for part in parts if part) or "未能归入项目"


def ties_summary_grid(ties: list[Row]) -> Grid:
    """What was compared and how it came out, level by level."""
    rows = []
    for level, own in grouped(ties, lambda tie: tie["level"]).items():
        count = {
            verdict: sum(tie["verdict"] == verdict for tie in own)
            for verdict in ("一致", "已解释", "未解释", "无对方数")
        }
        rows.append(
            {
                "level": LEVELS[level], "compared": len(own) - count["无对方数"], **count,
                "rest_fen": sum(abs(tie["rest_fen"] or 0) for tie in own),
            }
        )  # fmt: skip
    return Grid(
        "明细与各方数字的核对(处)",
        [
            Field("level", "对方", head=True), Field("compared", "核对", "count"), Field("一致", "一致", "count"),
            Field("已解释", "有差额、已解释", "count"), Field("未解释", "未能解释", "count"),
            Field("无对方数", "对方没有数", "count"), Field("rest_fen", "未能解释金额(元,绝对值)", "yuan"),
        ],
        rows, empty="没有可以核对的数字。",
        note="“对方没有数”:没有汇总表,或银行没有该月的回盘;不等于一致。",
    )  # fmt: skip


def differences_grid(ties: list[Row], project: Project, caption: str) -> Grid:
    """Every difference with its bridge, unexplained ones first."""
    rows = [
        {
            **tie, "place": tie_place(tie, project), "against": LEVELS[tie["level"]],
            "where": _where(tie), "bridge": bridge_text(tie),
        }
        for tie in sorted(ties, key=lambda tie: (tie["verdict"] != "未解释", -abs(tie["difference_fen"] or 0)))
        if tie["difference_fen"]
    ]  # fmt: skip
    return Grid(
        caption,
        [
            Field("place", "项目、镇、期间", head=True), Field("against", "对方"), Field("where", "出处"),
            Field("given_fen", "对方数(元)", "yuan"), Field("detail_fen", "明细(元)", "yuan"),
            Field("difference_fen", "差额(元)", "yuan"), Field("bridge", "调节:对方有而明细没有的"), Field("verdict", "结果", "plain"),
        ],
        rows, empty="没有差额。", note="差额 = 明细 − 对方数;明细 + 各调节项 + 未能解释 = 对方数。报告中的金额用明细,不因差额改动。",
    )  # fmt: skip


def _where(tie: Row) -> str:
    if not tie["file"]:
        return "—"
    sheet = f" {tie['sheet']}" if tie["sheet"] else ""
    return f"{tie['file']}{sheet} 第{tie['row']}行"


def without_total_grid(ties: list[Row], project: Project) -> Grid:
    """Money for which no other side gives a figure."""
    rows = [
        {"place": tie_place(tie, project), "against": LEVELS[tie["level"]], "detail_fen": tie["detail_fen"]}
        for tie in ties
        if tie["given_fen"] is None and tie["level"] in ("control", "bank") and tie["detail_fen"]
    ]
    return Grid(
        "没有对方数、未能核对的金额(元)",
        [Field("place", "项目、期间", head=True), Field("against", "缺"), Field("detail_fen", "明细", "yuan")],
        rows, empty="所有项目、年度都有汇总表,发放各月都有回盘。",
    )  # fmt: skip


def open_ties(ties: list[Row]) -> list[Row]:
    """Differences that nothing explains."""
    return [tie for tie in ties if tie["verdict"] == "未解释"]


def find_differences(stages: Stages, town: str | None) -> dict[str, dict[str, list[str]]]:
    """Item → year → what differs, in words, for the pages that print the figure.

    Args:
        stages: the finished stages.
        town: only what concerns this town (its own ties, and those of the whole district); None for all.
    """
    notes: dict[str, dict[str, list[str]]] = {}
    for tie in read_rows(stages.quality, "tie_out"):
        own = town is None or tie["town_id"] in (town, None)
        known = tie["item_id"] is not None and tie["year"] is not None
        if tie["difference_fen"] and own and known and tie["level"] != "batch":
            years = notes.setdefault(tie["item_id"], {})
            years.setdefault(str(tie["year"]), []).append(
                f"{tie_place(tie, stages.project)}:{LEVELS[tie['level']]}{format_yuan(tie['given_fen'])}元,"
                f"明细{format_yuan(tie['detail_fen'])}元,差{_signed(tie['difference_fen'])}元({bridge_text(tie)})"
            )
    return notes

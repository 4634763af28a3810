"""What was delivered, what is missing, whether totals tie, what could not be checked."""

from __future__ import annotations

from typing import Any

from audit_lib.report.grids import Field, Grid


def received_grid(figures: dict[str, Any], town_rows: dict[str, int] | None = None) -> Grid:
    """Delivered and missing tables; with ``town_rows``, how many kept rows name the town."""
    rows = []
    for name, table in figures["data_received"].items():
        row = {**table, "state": "已收到" if table["received"] else "未收到"}
        if town_rows is not None:
            row["town_rows"] = town_rows.get(name)
        rows.append(row)
    fields = [
        Field("title", "数据", head=True), Field("state", "状态"), Field("files", "文件数", "count"),
        Field("delivered", "收到行数", "count"), Field("kept", "采用", "count"),
        Field("set_aside", "不能采用", "count"), Field("totals", "合计行", "count"),
    ]  # fmt: skip
    if town_rows is not None:
        fields.append(Field("town_rows", "其中注明本镇", "count"))
    sums = {
        key: sum(row[key] or 0 for row in rows)
        for key in ("files", "delivered", "kept", "set_aside", "totals")
    }
    return Grid(
        "收到的数据（行）", fields, rows, {"title": "合计", "state": "", "town_rows": "", **sums},
        note="收到行数 = 采用 + 不能采用 + 合计行。不能采用的行及原因见数据登记；“—”表示该数据不注明所在镇。",
    )  # fmt: skip


def missing_titles(figures: dict[str, Any]) -> list[str]:
    """Names of the expected data nobody delivered."""
    return [table["title"] for table in figures["data_received"].values() if not table["received"]]


def tie_out_grid(figures: dict[str, Any]) -> Grid:
    """Printed control totals beside the detail, per item and year."""
    names = {item_id: item["name"] for item_id, item in figures["items"].items()}
    rows = [
        {
            **row, "item": names.get(row["item_id"], row["item_id"]),
            "verdict": "无汇总表" if row["control_fen"] is None else "一致" if not row["difference_fen"] else "不一致",
        }
        for row in figures["tie_out"]
    ]  # fmt: skip
    total = {
        "item": "合计", "year": "", "verdict": "",
        "control_fen": sum(row["control_fen"] or 0 for row in rows),
        "detail_fen": sum(row["detail_fen"] for row in rows),
        "difference_fen": sum(row["difference_fen"] or 0 for row in rows),
    }  # fmt: skip
    return Grid(
        "部门汇总表与发放明细核对（元）",
        [
            Field("item", "补贴项目", head=True), Field("year", "年度", "plain"),
            Field("control_fen", "部门汇总", "yuan"), Field("detail_fen", "发放明细", "yuan"),
            Field("difference_fen", "差额", "yuan"), Field("verdict", "结果"),
        ],
        rows, total, empty="没有收到部门汇总表，无法核对。",
    )  # fmt: skip


def coverage_grid(figures: dict[str, Any]) -> Grid:
    """What each rule checked and what it could not."""
    rows = [{"rule_id": rule_id, **rule} for rule_id, rule in figures["rules"].items()]
    return Grid(
        "各条规则的执行情况",
        [
            Field("title", "规则", head=True), Field("rule_id", "代码"), Field("status", "执行情况", "plain"),
            Field("rows_checked", "核查行数", "count"), Field("rows_unable", "未能核查", "count"),
            Field("reason", "说明"), *([Field("registers", "核查到何时")] if figures["town"] else []),
        ],
        [{**row, "reason": row["reason"] or ""} for row in rows],
        note="“未执行”表示缺少所需数据，不等于没有问题。"
        + ("核查行数为本镇报送的行数，“—”表示没有可查的行，不是零。" if figures["town"] else "核查行数为全区数。"),
    )  # fmt: skip

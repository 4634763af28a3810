"""Completeness for the eye: which periods and which registers came."""

from __future__ import annotations

from typing import Any

from audit_lib.params import Project
from audit_lib.report.grids import Field, Grid, Markup, count_text
from audit_lib.report.quality_parts import Row, grouped, spans

STATES = {
    "hole": "中间缺", "edge": "起止缺", "few": "明显偏少", "absent": "本镇从未有", "nowhere": "各镇都没有",
    "thin": "人数很少,不作判断",
}  # fmt: skip
#: one sign per cell of the matrix, told apart in black and white
_SIGNS = {"there": "●", "some": "◐", "none": "○", "few": "▽", "thin": "·"}


def matrix_grid(arrivals: list[Row], project: Project) -> Grid:
    """Item × month: a sign for how many towns have the period."""
    first, last = project.audit_months
    months = list(range(first, last + 1))
    rows = []
    for item_id, own in grouped(arrivals, lambda line: line["item_id"]).items():
        row: dict[str, Any] = {"item": project.item_by_id[item_id].name}
        for month in months:
            here = [line for line in own if line["first_month"] <= month <= line["last_month"]]
            row[str(month)] = _sign(here)
        rows.append(row)
    fields = [Field("item", "补贴项目", head=True)]
    fields += [
        Field(str(month), f"{month // 12 % 100:02d}年{month % 12 + 1}" if month % 12 == 0 else str(month % 12 + 1), "plain")
        for month in months
    ]  # fmt: skip
    return Grid(
        "各项目发放明细到报情况(项目 × 月份)", fields, rows, style="matrix",
        empty="没有按期发放的项目。",
        note="● 各镇都有 ◐ 有的镇缺 ○ 应有而各镇都缺 ▽ 有镇明显偏少 · 人数很少不作判断 空白:未到该期。"
        "按季、半年、学期、年发放的,一期占所在各月;从未有该项目的镇不计。",
    )  # fmt: skip


def _sign(here: list[Row]) -> str:
    states = [line["state"] for line in here if line["state"] not in ("absent",)]
    if not states:
        return ""
    known = [state for state in states if state != "thin"]
    if not known:
        return _SIGNS["thin"]
    there = sum(state in ("there", "few") for state in known)
    if there == len(known):
        return _SIGNS["few"] if "few" in known else _SIGNS["there"]
    return _SIGNS["some"] if there else _SIGNS["none"]


def gaps_grid(arrivals: list[Row], project: Project) -> Grid:
    """Every gap: item, town, which periods, and what stands beside it."""
    rows = []
    for (item_id, town_id, state), own in grouped(
        (line for line in arrivals if line["state"] in ("hole", "edge", "few")),
        lambda line: (line["item_id"], line["town_id"], line["state"]),
    ).items():
        series = [line for line in arrivals if line["item_id"] == item_id and line["town_id"] == town_id]
        usual = [line["payments"] for line in series if line["payments"]]
        rows.append(
            {
                "item": project.item_by_id[item_id].name, "town": project.town_by_id[town_id].name,
                "state": STATES[state], "dept": project.item_by_id[item_id].dept,
                "when": spans((line["first_month"], line["last_month"]) for line in own),
                "periods": len(own), "usual": round(sum(usual) / len(usual)) if usual else 0,
                "found": sum(line["payments"] for line in own),
            }
        )  # fmt: skip
    rows.sort(key=lambda row: (-row["usual"] * row["periods"], row["item"], row["town"]))
    return Grid(
        "疑似缺报的期次",
        [
            Field("item", "补贴项目", head=True), Field("town", "镇"), Field("state", "情况", "plain"), Field("when", "期间"),
            Field("periods", "期数", "count"), Field("found", "这些期的笔数", "count"), Field("usual", "平常每期笔数", "count"),
            Field("dept", "主管部门"),
        ],
        rows, empty="按发放频次应有的各期都有数据。",
        note="应有哪些期由补贴项目目录(items.yml)的发放频次和起止时间决定。“明显偏少”:不足前后两期平均的八成。"
        "缺报不等于没有发放,请主管部门说明或补报。",
    )  # fmt: skip


def absent_grid(arrivals: list[Row], project: Project) -> Grid:
    """Towns that never have an item others have."""
    rows = []
    for item_id, own in grouped(
        (line for line in arrivals if line["state"] == "absent"), lambda line: line["item_id"]
    ).items():
        towns = list(dict.fromkeys(project.town_by_id[line["town_id"]].name for line in own))
        rows.append({"item": project.item_by_id[item_id].name, "towns": "、".join(towns),
                     "dept": project.item_by_id[item_id].dept})  # fmt: skip
    return Grid(
        "有的镇从未有数据的项目",
        [Field("item", "补贴项目", head=True), Field("towns", "没有数据的镇"), Field("dept", "主管部门")],
        rows, empty="每个项目各镇都有数据。", note="可能确无补贴对象,也可能整镇漏报,请主管部门确认。",
    )  # fmt: skip


def registers_grid(register_towns: list[Row], needs: list[Row], project: Project) -> Grid:
    """Register × town: rows, and where payments make one expect some."""
    texts = {need["register"]: need["text"] for need in needs if need["register"]}
    rows = []
    for register, own in grouped(register_towns, lambda line: line["register"]).items():
        row: dict[str, Any] = {"register": texts.get(register, register), "rows": own[0]["rows_of_register"]}
        for line in own:
            lacking = line["payments"] and not line["rows_listed"]
            row[line["town_id"]] = (
                Markup(f'<span class="bad">缺</span><small>发放{count_text(line["payments"])}笔</small>')
                if lacking else line["rows_listed"]
            )  # fmt: skip
        placed = sum(line["rows_listed"] for line in own)
        row["elsewhere"] = row["rows"] - placed
        rows.append(row)
    towns = [Field(town.town_id, town.name, "count") for town in project.towns]
    return Grid(
        "资格名册分镇行数",
        [Field("register", "名册", head=True), *towns, Field("elsewhere", "未注明镇", "count"), Field("rows", "合计", "count")],
        rows, empty="没有需要名册的项目。", note="“缺”:该镇发了这些项目的补贴,名册中却没有该镇的人。",
    )  # fmt: skip

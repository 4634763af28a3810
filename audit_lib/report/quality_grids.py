"""Completeness, validity, uniqueness and freshness for the eye."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

from audit_lib.money import format_yuan
from audit_lib.params import Project
from audit_lib.report.grids import Field, Grid, Markup, count_text, month_text, percent_text
from audit_lib.report.quality_parts import Row, grouped, spans
from audit_lib.tables import TABLES

STATES = {
    "hole": "中间缺", "edge": "起止缺", "few": "明显偏少", "absent": "本镇从未有", "nowhere": "各镇都没有",
    "thin": "人数很少,不作判断",
}  # fmt: skip
#: one sign per cell of the matrix, told apart in black and white
_SIGNS = {"there": "●", "some": "◐", "none": "○", "few": "▽", "thin": "·"}
_STATUS = {
    "valid": "有效", "empty": "空", "masked": "打码", "excel_cut": "末位被截", "length": "位数不对",
    "characters": "含非法字符", "birth": "出生日期不实", "check_digit": "校验码不符",
}  # fmt: skip


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


def ids_grid(fields: list[Row]) -> Grid:
    """Identity numbers of every table by what they are."""
    rows = []
    for table, own in grouped(fields, lambda line: line["table_name"]).items():
        found = Counter[str]()
        for line in own:
            if line["column_name"].startswith("id:"):
                found[line["column_name"].removeprefix("id:")] += line["filled"]
        if not found:
            continue
        total, written = sum(found.values()), sum(found.values()) - found["empty"]
        share = percent_text(found["valid"], written)
        rows.append({"table": TABLES[table].caption, "rows": total, "share": share, **found})
    return Grid(
        "身份证号(行)",
        [
            Field("table", "数据", head=True), Field("rows", "行数", "count"),
            *(Field(status, caption, "count") for status, caption in _STATUS.items()),
            Field("share", "填写的有效率", "count"),
        ],
        rows, empty="没有含身份证号的数据。",
        note="无效号码不作修改,按姓名、村、户等另行认人,证据不足的不计入疑点金额。",
    )  # fmt: skip


def damaged_grid(damaged: list[Row]) -> Grid:
    """Damaged numbers by kind and table, and for how many other registers show whose it may be. No number."""
    rows = []
    for (kind, table), own in sorted(
        grouped(damaged, lambda line: (line["class"], line["table_name"])).items()
    ):
        sure = {line["origin"] for line in own if line["candidates"] == 1}
        some = {line["origin"] for line in own if line["candidate"]}
        found = {line["origin"] for line in own}
        rows.append({"kind": kind, "table": TABLES[table].caption, "rows": len(found), "sure": len(sure & some),
                     "several": len(some - sure), "none": len(found - some)})  # fmt: skip
    return Grid(
        "有问题的身份证号与其他登记的比对(行)",
        [
            Field("kind", "问题", head=True), Field("table", "数据"), Field("rows", "行数", "count"),
            Field("sure", "只有一个可能的号码", "count"), Field("several", "有几个可能", "count"), Field("none", "无从推断", "count"),
        ],
        rows, empty="没有有问题的身份证号。",
        note="可能的号码只供部门核对更正,程序不改动任何号码;逐行清单见工作簿的 damaged_id 表。",
    )  # fmt: skip


def fields_grid(needs: list[Row]) -> Grid:
    """Fields the rules want that did not come as they should."""
    rows = [
        {**need, "what": need["text"], "share": percent_text(need["filled"], need["rows"]),
         "must": "必需" if need["is_required"] else "有则提供"}
        for need in needs
        if need["state"] != "已收到" and (need["is_required"] or need["state"] == "整列空缺")
    ]  # fmt: skip
    rows.sort(key=lambda need: (not need["is_required"], need["department"]))
    return Grid(
        "规则需要而没有收齐的字段",
        [
            Field("what", "数据", head=True), Field("department", "部门"), Field("caption", "字段"), Field("must", "要求", "plain"),
            Field("state", "情况", "plain"), Field("rows", "行数", "count"), Field("share", "填写率", "count"), Field("rules", "用于规则"),
        ],
        rows, empty="规则需要的字段都已收齐。",
    )  # fmt: skip


def repeats_grid(repeated: list[Row]) -> Grid:
    """The same payment in two places."""
    rows = [
        {**line, "where": "同一文件" if line["file"] == line["other_file"] else line["other_file"]}
        for line in repeated[:200]
    ]
    return Grid(
        "同一人、项目、期间、金额重复出现",
        [
            Field("file", "文件", head=True), Field("where", "重复于"), Field("repeats", "重复笔数", "count"),
            Field("repeated_fen", "金额(元)", "yuan"),
        ],
        rows, empty="没有重复出现的发放记录。",
        note="整份重复多为同一清册报了两次;零星重复见规则“同期重复发放”。" + (
            f"只列前200组,共{count_text(len(repeated))}组。" if len(repeated) > 200 else ""
        ),
    )  # fmt: skip


def freshness_grid(fields: list[Row], needs: list[Row], project: Project) -> Grid:
    """The latest day in every kind of list beside the end of the audit."""
    texts = {need["register"]: need["text"] for need in needs if need["register"]}
    last = project.audit_months[1]
    rows = []
    for (table, register), own in grouped(
        fields, lambda line: (line["table_name"], line["register"])
    ).items():
        days = [line["latest_on"] for line in own if line["latest_on"] is not None]
        if not days:
            continue
        latest: date = max(days)
        short = last - (latest.year * 12 + latest.month - 1)
        rows.append(
            {
                "what": texts.get(register or "", TABLES[table].caption), "latest": latest.isoformat(),
                "files": len({line["file"] for line in own}), "short": max(short, 0),
                "verdict": f"早于审计期末{short}个月" if short > 0 else "到期末",
            }
        )  # fmt: skip
    rows.sort(key=lambda row: -row["short"])
    return Grid(
        f"数据的最近日期(审计期末:{month_text(last)})",
        [
            Field("what", "数据", head=True), Field("files", "文件数", "count"), Field("latest", "最近日期", "plain"),
            Field("verdict", "与审计期末相比"),
        ],
        rows, empty="收到的数据没有日期列。", note="按业务发生日期(登记、批准、死亡、发放等)取最近一天,不看计划终止日期。"
        "早于期末的,期末几个月的情况查不到,请补报。",
    )  # fmt: skip


def villages_grid(spellings: list[Row]) -> Grid:
    """Villages that the area list does not have."""
    more = f"只列行数最多的100种,共{count_text(len(spellings))}种。" if len(spellings) > 100 else ""
    return Grid(
        "行政区划表里没有的村名、地址",
        [
            Field("spelling", "写法", head=True), Field("town", "镇(原文)"), Field("rows", "行数", "count"),
            Field("files", "文件数", "count"), Field("suggestion", "可能是"), Field("reason", "原因与处理"),
        ],
        spellings[:100], empty="村名都能识别。", note=more,
    )  # fmt: skip


def flags_grid(flags: list[Row]) -> Grid:
    """What cleaning did and what it could not read, per table and column."""
    rows = [
        {**line, "table": TABLES[line["table_name"]].caption if line["table_name"] in TABLES else line["table_name"]}
        for line in flags
    ]  # fmt: skip
    return Grid(
        "清洗标记(单元格)",
        [
            Field("table", "数据", head=True), Field("column_name", "列"), Field("flag", "标记"),
            Field("cells", "单元格", "count"), Field("spellings", "不同写法", "count"), Field("files", "文件数", "count"),
        ],
        rows, empty="没有需要标记的单元格。", note="原文、清洗后的值和标记逐一留存,见“收数与整理”工作簿。",
    )  # fmt: skip


def columns_grid(accounts: list[Row]) -> Grid:
    """Columns of delivered files that nobody used."""
    rows = [
        {"file": line["file"], "columns": line["reason"].split("未采用的列:")[1].split(";")[0]}
        for line in accounts
        if "未采用的列:" in (line["reason"] or "")
    ]
    return Grid(
        "没有用到的列", [Field("file", "文件", head=True), Field("columns", "列名")], rows,
        empty="各文件的列都已采用。", note="需要采用的,在 sources.yml 该来源的 columns 中写明它是哪一列。",
    )  # fmt: skip


def reasons_grid(reasons: list[Row]) -> Grid:
    """Why rows were set aside, per file."""
    rows = [
        {
            **line,
            "table": TABLES[line["table_name"]].caption
            if line["table_name"] in TABLES
            else line["table_name"],
        }
        for line in reasons
    ]
    return Grid(
        "不能采用的行及原因",
        [
            Field("file", "文件", head=True), Field("table", "数据"), Field("reason", "原因"), Field("column_name", "列"),
            Field("rows_found", "行数", "count"), Field("first_row", "首见于第几行", "plain"),
        ],
        rows, {"file": "合计", "table": "", "reason": "", "column_name": "", "first_row": "",
               "rows_found": sum(line["rows_found"] for line in reasons)},
        empty="没有不能采用的行。", note="逐行的退件表在 set_aside 文件夹;在原文件中改正后整份重新报送。",
    )  # fmt: skip


def accounts_grid(accounts: list[Row]) -> Grid:
    """Every delivered file: its rows are kept, set aside, or totals."""
    keys = ("delivered", "kept", "set_aside", "totals", "split")
    rows = [
        {**line, "money": format_yuan(line["kept_fen"]) if line["kept_fen"] is not None else "",
         "lost": format_yuan(line["set_aside_fen"]) if line["set_aside_fen"] else "",
         "table": TABLES[line["table_name"]].caption if line["table_name"] in TABLES else "—",
         "why": "" if line["decision"] == "采用" else line["reason"]}
        for line in accounts
    ]  # fmt: skip
    fields = [
        Field("file", "文件", head=True), Field("table", "数据"), Field("decision", "处理", "plain"),
        Field("delivered", "收到", "count"), Field("kept", "采用", "count"), Field("set_aside", "不能采用", "count"),
        Field("totals", "合计行", "count"),
    ]  # fmt: skip
    if any(line["split"] for line in accounts):
        fields.append(Field("split", "一行多人、多项拆出", "count"))
    fields += [
        Field("money", "采用金额(元)", "count"),
        Field("lost", "不能采用金额(元)", "count"),
        Field("why", "说明"),
    ]
    total = {
        "file": f"{len(accounts)}个文件",
        "table": "",
        "decision": "",
        "money": "",
        "lost": "",
        "why": "",
    }
    return Grid(
        "每个文件的行数", fields, rows, total | {key: sum(line[key] or 0 for line in accounts) for key in keys},
        empty="没有收到文件。",
        note="收到 = 采用 + 不能采用 + 合计行,对每个文件都成立;按写入的数据逐个文件清点,对不上则停止运行。",
    )  # fmt: skip


def scores_grid(scores: list[Row]) -> Grid:
    """One line per department."""
    rows = [
        {**line, "lists": f"{line['received']}/{line['datasets']}", "needed": f"{line['fields_good']}/{line['fields']}",
         "valid": percent_text(line["ids_valid"], line["ids"]), "aside": percent_text(line["set_aside"], line["delivered"])}
        for line in scores
    ]  # fmt: skip
    return Grid(
        "各部门报送情况",
        [
            Field("department", "部门", head=True), Field("grade", "评定", "plain"), Field("lists", "收到/应报(种)", "count"),
            Field("files", "文件", "count"), Field("delivered", "行数", "count"), Field("aside", "不能采用", "count"),
            Field("needed", "必需字段齐/应有", "count"), Field("valid", "证号有效率", "count"),
            Field("gaps", "缺期", "count"), Field("open_ties", "未解释差额", "count"),
        ],
        rows,
        note="未报:一种都没有;不全:缺数据或必需字段;待改:有不能采用的行、缺期、无效证号或未解释的差额;齐全:无需再报。",
    )  # fmt: skip

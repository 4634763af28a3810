"""Validity of fields and numbers, uniqueness and freshness for the eye."""

from __future__ import annotations

from collections import Counter
from datetime import date

from audit_lib.params import Project
from audit_lib.report.grids import Field, Grid, count_text, month_text, percent_text
from audit_lib.report.quality_parts import Row, grouped
from audit_lib.tables import TABLES

_STATUS = {
    "valid": "有效", "empty": "空", "masked": "打码", "excel_cut": "末位被截", "length": "位数不对",
    "characters": "含非法字符", "birth": "出生日期不实", "check_digit": "校验码不符",
}  # fmt: skip


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

"""What became of files, rows, columns and spellings, and how each department did, for the eye."""

from __future__ import annotations

from audit_lib.money import format_yuan
from audit_lib.report.grids import Field, Grid, count_text, percent_text
from audit_lib.report.quality_parts import Row
from audit_lib.tables import TABLES


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

"""数据需求单 on the page: what each department is asked for, generated from what the rules need."""

from __future__ import annotations

from typing import Any

from audit_lib.report.grids import Field, Grid, Group, Prose, percent_text
from audit_lib.report.quality_parts import Folded, Row, grouped

#: how the lists are to be delivered, for the page and for the letters
FORMATS = (
    "一张表一个文件或一个工作表,第一行为列名;不合并单元格,不加小计,标题、单位、说明写在表外或文件名中。",
    "一人一行;家庭成员、多个月份、多个项目不写在同一行的不同列里。",
    "身份证号、银行账号设为“文本”格式,18位写全,不打码,末尾的 X 大写;不要用科学计数法(如 3.71E+17)。",
    "日期写成 2018-03-05,月份写成 2018-03,所属期与发放日期分两列;不写“同上”“长期”。",
    "金额以元为单位写数字,不带“元”和千分位;冲销、退回的用负数或状态列注明,不要删行。",
    "镇、行政村(社区)分两列,用区划名称全称。",
    "报送 .xlsx 或 UTF-8、GB18030 编码的 .csv;同一清册改正后整份重新报送,并注明替换哪一份。",
)


def requests_group(needs: list[Row]) -> Group:
    """Per department the lists and fields asked for, with what has come."""
    parts: list[tuple[str, Any]] = [("", Prose(["格式要求:", *FORMATS]))]
    for department, own in grouped(needs, lambda need: need["department"]).items():
        open_ = sum(is_open(need) for need in own)
        said = f"{department}:{len(grouped(own, lambda need: (need['table_name'], need['text'])))}种数据,{open_}个字段待补"
        parts.append((department, Folded(said, request_grid(own, department))))
    return Group(parts)


def is_open(need: Row) -> bool:
    """Whether a field has to be asked for (again)."""
    return bool(
        need["state"] != "已收到" and (need["is_required"] or need["state"] in ("未收到", "整列空缺"))
    )


def request_grid(needs: list[Row], department: str) -> Grid:
    """The fields one department is asked for."""
    rows = [
        {
            **need, "must": "必需" if need["is_required"] else "有则提供", "share": percent_text(need["filled"], need["rows"]),
            "rules": need["rules"] or "读取该表所必需",
        }
        for need in needs
    ]  # fmt: skip
    return Grid(
        f"{department}数据需求",
        [
            Field("text", "数据", head=True), Field("caption", "字段"), Field("must", "要求", "plain"),
            Field("state", "已报送情况", "plain"), Field("share", "填写率", "count"), Field("rules", "用途(规则)"),
        ],
        rows,
    )  # fmt: skip

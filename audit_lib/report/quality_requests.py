"""数据需求单 on the page: what each department is asked for, generated from what the rules need."""

from __future__ import annotations

from typing import Any

from audit_lib.quality.needs import is_open
from audit_lib.quality.request_letters import FORMATS
from audit_lib.report.grids import Field, Grid, Group, Prose, percent_text
from audit_lib.report.quality_parts import Folded, Row, grouped


def requests_group(needs: list[Row]) -> Group:
    """Per department the lists and fields asked for, with what has come."""
    parts: list[tuple[str, Any]] = [("", Prose(["格式要求:", *FORMATS]))]
    for department, own in grouped(needs, lambda need: need["department"]).items():
        open_ = sum(is_open(need) for need in own)
        said = f"{department}:{len(grouped(own, lambda need: (need['table_name'], need['text'])))}种数据,{open_}个字段待补"
        parts.append((department, Folded(said, request_grid(own, department))))
    return Group(parts)


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

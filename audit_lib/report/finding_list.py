"""The list of findings: one line each, masked, with the place of every piece of evidence."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from html import escape
from itertools import groupby
from typing import Any

from audit_lib.money import format_yuan
from audit_lib.report.grids import Field, Grid, Group, Markup, Prose, count_text, month_text
from audit_lib.report.problems import KINDS

Row = Mapping[str, Any]


def finding_groups(findings: Sequence[Row], sources: Iterable[Row]) -> Group:
    """Findings under their rules; ``sources`` are lines of ``sql/finding_sources.sql``."""
    places: dict[str, list[Row]] = {}
    for source in sources:
        places.setdefault(source["finding_id"], []).append(source)
    parts: list[tuple[str, Any]] = []
    for _, group in groupby(findings, key=lambda finding: finding["rule_id"]):
        mine = list(group)
        first = mine[0]
        counts = "、".join(
            f"{tier}级{count_text(number)}件"
            for tier in "ABC"
            if (number := sum(finding["tier"] == tier for finding in mine))
        )
        caption = f"{first['rule_title']}（{count_text(len(mine))}件）"
        parts.append((caption, Prose([f"{counts}。金额性质：{KINDS[first['kind']]}。"])))
        parts.append(("", _grid(first["rule_title"], mine, places)))
    return Group(parts or [("", Prose(["没有疑点。"]))])


def _grid(title: str, findings: Sequence[Row], places: dict[str, list[Row]]) -> Grid:
    rows = [
        {
            "finding_id": finding["finding_id"],
            "village": finding["village"] or "—",
            "person": _person(finding),
            "says": _says(finding, places.get(finding["finding_id"], [])),
            "span": span_text(finding["first_month"], finding["last_month"]),
            "amount_fen": "—" if finding["kind"] == "NONE" else finding["amount_fen"],
            "tier": finding["tier"],
            "state": _state(finding),
        }
        for finding in findings
    ]
    return Grid(
        title,
        [
            Field("finding_id", "疑点编号", head=True), Field("village", "村（社区）"), Field("person", "姓名/证号"),
            Field("says", "疑点说明与证据所在"), Field("span", "期间"), Field("amount_fen", "金额（元）", "yuan"),
            Field("tier", "等级"), Field("state", "核实情况"),
        ],
        rows, row_id="finding_id", style="findings",
    )  # fmt: skip


def _says(finding: Row, sources: list[Row]) -> Markup:
    return Markup(f"{escape(finding['statement'] or '')}<small>{escape(evidence_text(sources))}</small>")


def _person(finding: Row) -> Markup:
    name, number = finding["name_masked"] or "—", finding["id_masked"] or ""
    return Markup(f"{escape(name)}<small>{escape(number)}</small>")


def _state(finding: Row) -> Markup:
    state = finding["state"] or "待登记"
    money = ""
    if finding["verified_fen"]:
        money = f"<small>核实{format_yuan(finding['verified_fen'])}元</small>"
    if finding["recovered_fen"]:
        money += f"<small>追回{format_yuan(finding['recovered_fen'])}元</small>"
    return Markup(escape(state) + money)


def span_text(first: int | None, last: int | None) -> str:
    """``2017年3月–2018年1月``; ``—`` when the finding is not about months."""
    if first is None:
        return "—"
    return (
        month_text(first)
        if last in (None, first)
        else f"{month_text(first)}–{month_text(int(last or first))}"
    )


def evidence_text(sources: Iterable[Row]) -> str:
    """``死亡/殡仪馆.csv 第12行；发放/系统.csv 第3–5、9行``; of very many rows the first, and how many in all."""
    return "；".join(_place(source) for source in sources)


def _place(source: Row) -> str:
    sheet = f"〔{source['sheet']}〕" if source["sheet"] else ""
    spans = "、".join(
        str(first) if first == last else f"{first}–{last}" for first, last in source["first_spans"]
    )
    rest = ""
    if source["spans"] > len(source["first_spans"]):
        rest = f"等共{count_text(source['rows'])}行，全部行号用 ybt trace 查看"
    return f"{source['file']}{sheet} 第{spans}行{rest}"

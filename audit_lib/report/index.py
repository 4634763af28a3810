"""``index.html``: every page with its status, and the district's headline figures."""

from __future__ import annotations

import json
from html import escape
from typing import Any

from audit_lib.money import format_wan
from audit_lib.report.cases import register_cases
from audit_lib.report.grids import Cards, Field, Grid, Markup, chosen_on, count_text, linked
from audit_lib.report.jobs import PageResult
from audit_lib.report.problem_grids import problems_grid
from audit_lib.report.register import INDEX, PageRegister
from audit_lib.report.render import render_page
from audit_lib.report.stages import Stages, open_stages, sql_text
from audit_lib.report.town_grids import to_towns, town_pages
from audit_lib.stage import write_text

_MONEY = ("suspected_fen", "verified_fen", "recovered_fen")
#: which findings of a town each figure is about
_ASKS: dict[str, dict[str, str]] = {
    "findings": {}, "confirmed": {"standing": "confirmed"}, "pending": {"standing": "pending"},
    "suspected_fen": {"kind": "应追缴"}, "verified_fen": {"kind": "应追缴", "standing": "confirmed"},
    "recovered_fen": {"standing": "confirmed"},
}  # fmt: skip
_STATUS = {"done": "已更新", "skipped": "无变化"}


def write_index(
    stages: Stages, register: PageRegister, results: list[PageResult], foot: list[tuple[str, str]]
) -> None:
    """Write the index of the reports folder and note it in the register."""
    project = stages.project
    with open_stages(stages) as engine:
        register_cases(engine, stages)
        engine.materialise("counted_line", sql_text("counted_line"))
        towns = {row["town_id"]: row for row in engine.query(sql_text("by_town"), {"town": None}).to_pylist()}
    summary = project.reports / "summary.json"
    figures = json.loads(summary.read_text(encoding="utf-8")) if summary.is_file() else None
    body = (_headline(figures) if figures else "") + _pages(stages, register, results, towns)
    if figures:
        body += (
            "<h2>各类问题</h2>"
            + problems_grid(figures, "全区各类问题（金额：万元）", _to_district)._repr_html_()
        )
    page = render_page(f"{project.settings.zone}“一本通”审计报告", "index", body, foot)
    write_text(project.reports / INDEX, page)
    register.note_index()


def _headline(figures: dict[str, Any]) -> str:
    total = figures["totals"]["all"]
    years = figures["scope"]["years"]
    return Cards(
        [
            (
                f"{min(years)}—{max(years)}年发放",
                f"{format_wan(total['amount_fen'])}万元",
                f"{total['items']}项",
            ),
            ("疑点金额（应追缴）", f"{format_wan(figures['suspected_loss_fen'])}万元", "A、B级，待核实"),
            ("核实金额（应追缴）", f"{format_wan(figures['verified_loss_fen'])}万元", "经镇和部门核实"),
            ("已追回", f"{format_wan(figures['recovered_fen'])}万元", "据追缴登记"),
        ]
    )._repr_html_()


def _pages(
    stages: Stages, register: PageRegister, results: list[PageResult], towns: dict[str | None, dict[str, Any]]
) -> str:
    project = stages.project
    outcome = {result.name: result for result in results}
    failed = [result for result in results if result.status == "failed"]
    town_of = {page: town_id for town_id, page in town_pages(project).items()}
    rows = []
    for name in ["district", "quality", *project.townships]:
        result = outcome.get(name)
        entry = register.pages.get(f"{name}.html")
        title = entry["title"] if entry else result.title if result else name
        line = towns.get(town_of.get(name, name), {})
        rows.append(
            {
                "page": Markup(f'<a href="{escape(name, quote=True)}.html">{escape(title)}</a>') if entry else title,
                "status": Markup('<span class="bad">失败</span>') if result and result.status == "failed"
                else _STATUS[result.status] if result else "本次未更新" if entry else "尚未生成",
                "why": result.error if result else "",
                **{key: _led(name, entry, count_text(line[key]), key, line[key]) if line else "" for key in _ASKS if key not in _MONEY},
                **{key: _led(name, entry, format_wan(line[key]), key, line[key]) if line else "" for key in _MONEY},
            }
        )  # fmt: skip
    warning = f'<p class="bad">有{len(failed)}个页面没有生成，原因见下表。</p>' if failed else ""
    grid = Grid(
        "报告目录与状态（件；金额：万元）",
        [
            Field("page", "报告", head=True), Field("status", "状态"), Field("findings", "问题疑点", "count"),
            Field("confirmed", "属实", "count"), Field("pending", "待核实", "count"),
            Field("suspected_fen", "疑点金额（应追缴）", "count"), Field("verified_fen", "核实金额", "count"),
            Field("recovered_fen", "已追回", "count"), Field("why", "失败原因与处理"),
        ][: None if failed else -1],
        rows, note="疑点为A、B级；问题金额只计核实金额。",
    )  # fmt: skip
    return f"<h2>报告</h2>{warning}{grid._repr_html_()}"


def _to_district(**_: str | None) -> str:
    """The district's page splits each type of problem over the towns."""
    return f"district.html{to_towns()}"


def _led(name: str, entry: object, text: str, key: str, value: int) -> str:
    """A figure leading to its findings, when the page is there and there are some."""
    if not entry or not value:
        return text
    return linked(text, chosen_on(name, track="problem", sure="1", **_ASKS[key]))


def failure_page(stages: Stages, result: PageResult) -> str:
    """What stands in place of a page that could not be made; an older page must not look valid."""
    body = (
        '<section class="failed"><h2>本页没有生成</h2>'
        f"<p>原因：{escape(result.error)}</p>"
        "<p>此前生成的页面已撤下，以免误用。改正后重新运行 ybt run；其余页面不受影响。</p></section>"
    )
    return render_page(f"{result.title}：未能生成", "town", body, [("运行编号", stages.run_id)])

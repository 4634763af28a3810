"""Items and money: item × year × level × channel, head counts, the system's coverage."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from html import escape
from typing import Any

from audit_lib.report.grids import FORMATS, Field, Grid, Marked, Markup, Row, percent_text

LEVELS = {"P": "到人", "H": "到户"}
CHANNELS = {"system": "系统", "off_system": "系统外", "both": "系统、系统外"}


def items_grid(figures: dict[str, Any], caption: str, *, with_origins: bool = False) -> Grid:
    """Every item of the catalogue with payees and money per year.

    ``with_origins``: the page also has ``origins_grid``, to which each amount leads.
    """
    years = [str(year) for year in figures["scope"]["years"]]
    rows = []
    notes: list[str] = []
    for item_id, item in figures["items"].items():
        differs = figures["differences"].get(item_id, {})
        row: dict[str, Any] = {
            "item_id": item_id, "name": item["name"], "level": LEVELS[item["level"]], "channel": CHANNELS[item["channel"]],
        }  # fmt: skip
        for year in years:
            row[f"payees{year}"] = item[year]["payees"]
            fen = item[year]["amount_fen"]
            row[f"fen{year}"] = Marked(fen) if year in differs else fen
            notes += differs.get(year, [])
        rows.append(row)
    fields = [Field("name", "补贴项目", head=True), Field("level", "到人/到户"), Field("channel", "渠道")]
    for year in years:
        fields += [
            Field(f"payees{year}", f"{year}年人（户）次", "count"),
            Field(f"fen{year}", f"{year}年金额", "wan", asks=partial(_origin, year, with_origins)),
        ]
    total: dict[str, Any] = {"name": "合计", "level": "", "channel": ""}
    for year in years:
        sums = figures["totals"][year]
        total[f"payees{year}"] = sums["payees"]["persons"] + sums["payees"]["households"]
        total[f"fen{year}"] = sums["amount_fen"]
    return Grid(
        caption, fields, rows, total,
        note="人（户）次：每个项目内去重计数，各项目相加。金额按补贴所属年度，扣除冲销，不含发放失败。" + _differences_note(notes),
    )  # fmt: skip


#: differences told below a table; the page of data quality has all
_TOLD = 8


def _differences_note(notes: list[str]) -> str:
    """What the marks in a table mean."""
    if not notes:
        return ""
    more = f"；另有{len(notes) - _TOLD}处" if len(notes) > _TOLD else ""
    return (
        "※ 与对方数字有差额，金额仍按明细：" + "；".join(notes[:_TOLD]) + more + "。全部见数据对账与质量页。"
    )


def _origin(year: str, with_origins: bool, row: Row) -> str:
    return f"#from-{row['item_id']}-{year}" if with_origins and "item_id" in row else ""


class Origins:
    """Where an amount comes from: per item and year the files, sheets and rows that add up to it."""

    def __init__(self, figures: dict[str, Any], lines: Sequence[Row]) -> None:
        self._figures, self._lines = figures, lines

    def _repr_html_(self) -> str:
        seen: set[str] = set()
        rows: list[dict[str, Any]] = []
        for line in self._lines:
            anchor = f"from-{line['item_id']}-{line['year']}"
            item = self._figures["items"].get(line["item_id"], {"name": "未注明项目"})
            rows.append(
                {
                    **line, "anchor": anchor if anchor not in seen else f"{anchor}-{len(rows)}", "item": item["name"],
                    "place": line["file"] + (f"〔{line['sheet']}〕" if line["sheet"] else ""),
                    "span": f"第{line['first_row']}—{line['last_row']}行",
                }
            )  # fmt: skip
            seen.add(anchor)
        grid = Grid(
            "发放金额的出处（元）",
            [
                Field("item", "补贴项目", head=True), Field("year", "年度", "plain"), Field("place", "文件〔工作表〕"),
                Field("rows", "行数", "count"), Field("span", "所在行（首、末）"), Field("amount_fen", "金额", "yuan"),
            ],
            rows, row_id="anchor", empty="没有发放记录。",
            note="一个项目一个年度各行之和即上表金额（冲销为负）；首、末行之间可能夹有其他镇或其他项目的行。",
        )  # fmt: skip
        title = escape(f"发放金额的出处：{len(rows)}处")
        return f'<details id="origins"><summary>{title}</summary>{Markup(grid._repr_html_())}</details>'


def totals_grid(figures: dict[str, Any]) -> Grid:
    """The headline sums, year by year."""
    totals = figures["totals"]
    labels = [*(str(year) for year in figures["scope"]["years"]), "all"]
    lines: list[tuple[str, str, Callable[[dict[str, Any]], int]]] = [
        ("项目数", "count", lambda t: t["items"]),
        ("资金总额", "wan", lambda t: t["amount_fen"]),
        ("其中：到人", "wan", lambda t: t["person_fen"]),
        ("其中：到户", "wan", lambda t: t["household_fen"]),
        ("系统发放项目数", "count", lambda t: t["in_system"]["items"]),
        ("系统发放金额", "wan", lambda t: t["in_system"]["amount_fen"]),
        ("系统外发放项目数", "count", lambda t: t["off_system"]["items"]),
        ("系统外发放金额", "wan", lambda t: t["off_system"]["amount_fen"]),
    ]
    rows = [
        {"what": what, "unit": "万元" if kind == "wan" else "项"}
        | {label: FORMATS[kind](pick(totals[label])) for label in labels}
        for what, kind, pick in lines
    ]
    share = {
        label: percent_text(totals[label]["in_system"]["amount_fen"], totals[label]["amount_fen"])
        for label in labels
    }
    rows.append({"what": "系统发放占比", "unit": "", **share})
    fields = [Field("what", "指标", head=True), Field("unit", "单位")]
    fields += [Field(label, "合计" if label == "all" else f"{label}年", "count") for label in labels]
    return Grid("资金总体情况", fields, rows)


def heads_grid(figures: dict[str, Any]) -> Grid:
    """Head counts both ways, labelled."""
    rows = []
    for label in [*(str(year) for year in figures["scope"]["years"]), "all"]:
        total = figures["totals"][label]
        payees = total["payees"] or {"persons": None, "households": None}
        rows.append(
            {
                "year": "各年合计" if label == "all" else f"{label}年",
                "sum_persons": payees["persons"], "sum_households": payees["households"],
                "persons": total["distinct"]["persons"], "households": total["distinct"]["households"],
            }
        )  # fmt: skip
    return Grid(
        "享受补贴人数、户数（两种口径）",
        [
            Field("year", "年度", head=True), Field("sum_persons", "按项目累计：人", "count"),
            Field("sum_households", "按项目累计：户", "count"), Field("persons", "去重：人", "count"),
            Field("households", "去重：户", "count"),
        ],
        rows,
        note="按项目累计：一人享受几个项目计几次，跨年不可相加，记“—”。去重：同一人（户）只计一次。",
    )  # fmt: skip


def must_grid(figures: dict[str, Any]) -> Grid:
    """The items that have to be in the system, and whether they are."""
    rows = [
        {
            "name": item["name"],
            "dept": item["dept"],
            "channel": "已纳入" if item["channel"] == "system" else "未纳入",
        }
        for item in figures["items"].values()
        if item["must_in_system"]
    ]
    return Grid(
        "应纳尽纳项目",
        [Field("name", "补贴项目", head=True), Field("dept", "主管部门"), Field("channel", "是否纳入系统")],
        rows,
    )

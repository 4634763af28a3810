"""Problems: suspected, verified, recovered; by year, by item, by rule."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from audit_lib.report.grids import Field, Grid, Row, percent_text
from audit_lib.report.problems import KINDS

NOT_RUN, NOT_FOUND = "未执行", "未发现"
#: where the findings behind a figure are: ``grids.chosen`` on a page that lists them
Lead = Callable[..., str]


def no_lead(**_: str | None) -> str:
    """A page that does not list the findings it counts."""
    return ""


def year_caption(year: str, figures: dict[str, Any]) -> str:
    """``2017年``, or ``2019年(延伸)`` for a year outside the audit years."""
    if not year.isdigit():
        return year
    return f"{year}年" if int(year) in figures["scope"]["years"] else f"{year}年（延伸）"


def money_years(figures: dict[str, Any]) -> list[str]:
    """Audit years, trace years, and the years outside both in which money was found."""
    years = {str(year) for year in [*figures["scope"]["years"], *figures["scope"]["trace_years"]]}
    for problem in figures["problems"].values():
        years |= {year for money in ("suspected_fen", "verified_fen") for year in problem[money]} - {"total"}
    return sorted(years)


def verdict_of(problem: dict[str, Any]) -> str:
    """What the report says where a type of problem has no verified money."""
    if problem["status"] == NOT_RUN:
        return NOT_RUN
    if not problem["findings"] and not problem["verified_fen"]["total"]:
        return NOT_FOUND
    return "未量化" if problem["kind"] == "NONE" else ""


def problems_grid(figures: dict[str, Any], caption: str, lead: Lead = no_lead) -> Grid:
    """Each type of problem: suspected and verified money, verified by year, recovered, people."""
    years = money_years(figures)
    rows = []
    for key, problem in figures["problems"].items():
        word = verdict_of(problem)
        row: dict[str, Any] = {
            "key": key, "title": problem["title"], "kind": KINDS[problem["kind"]], "status": problem["status"],
            "suspected": word or problem["suspected_fen"]["total"],
            "verified": word or problem["verified_fen"]["total"],
            "recovered": word or problem["recovered_fen"],
            "people": NOT_RUN if problem["status"] == NOT_RUN else problem["people"] or "—",
            "findings": NOT_RUN if problem["status"] == NOT_RUN else problem["findings"],
        }  # fmt: skip
        for year in years:
            row[year] = "" if word else problem["verified_fen"].get(year, 0)
        rows.append(row)
    fields = [
        Field("title", "问题类型", head=True), Field("kind", "金额性质"), Field("status", "规则执行"),
        Field("findings", "疑点件数", "count", asks=lambda row: lead(problem=row["key"], sure="1")),
        Field("people", "涉及人数", "count", asks=lambda row: lead(problem=row["key"], sure="1")),
        Field("suspected", "疑点金额", "wan", asks=lambda row: lead(problem=row["key"], kind=row["kind"], sure="2")),
        Field("verified", "核实金额", "wan", asks=lambda row: lead(problem=row["key"], standing="confirmed")),
        *(Field(year, f"其中{year_caption(year, figures)}", "wan") for year in years),
        Field("recovered", "已追回", "wan", asks=lambda row: lead(problem=row["key"], standing="confirmed")),
    ]  # fmt: skip
    return Grid(
        caption, fields, rows,
        note="疑点由程序提出，核实由镇和部门作出，进入问题金额的只有核实金额；四种性质的金额不相加。"
        "延伸年度在审计年度之外，单独列示。一笔补贴同一月份在一类问题中只计一次。",
    )  # fmt: skip


def problem_items_grid(figures: dict[str, Any], key: str) -> Grid:
    """One type of problem by item and year: verified beside suspected."""
    problem, names = figures["problems"][key], figures["items"]
    years = money_years(figures)
    rows = []
    for item_id, by_year in problem["by_item"].items():
        row: dict[str, Any] = {"item": names[item_id]["name"] if item_id in names else "未注明项目"}
        for money in ("suspected_fen", "verified_fen"):
            row[money] = sum(year[money] for year in by_year.values())
        for year in years:
            row[year] = by_year.get(year, {}).get("verified_fen", 0)
        rows.append(row)
    total = {
        "item": "合计", "suspected_fen": problem["suspected_fen"]["total"],
        "verified_fen": problem["verified_fen"]["total"],
        **{year: problem["verified_fen"].get(year, 0) for year in years},
    }  # fmt: skip
    fields = [
        Field("item", "补贴项目", head=True), Field("suspected_fen", "疑点金额", "wan"),
        Field("verified_fen", "核实金额", "wan"),
        *(Field(year, f"其中{year_caption(year, figures)}", "wan") for year in years),
    ]  # fmt: skip
    return Grid(
        f"{problem['title']}：分项目、分年度", fields, rows, total, empty=verdict_of(problem) or NOT_FOUND
    )


def rules_grid(
    figures: dict[str, Any], caption: str, lead: Lead = no_lead, titles: dict[str, str] | None = None
) -> Grid:
    """What each rule found, tiers apart; ``titles`` are what the list of findings calls the rules."""

    def asks(**wanted: str) -> Callable[[Row], str]:
        return lambda row: lead(rule=(titles or {}).get(row["rule_id"], row["title"]), **wanted)

    problems = figures["problems"]
    rows = []
    for rule_id, rule in figures["rules"].items():
        ran = rule["status"] != NOT_RUN
        rows.append(
            {
                **rule, "rule_id": rule_id,
                "problem": problems[rule["problem"]]["title"] if rule["problem"] in problems else "",
                "kind": KINDS.get(rule["kind"] or "", ""),
                **{tier: rule[tier] if ran else NOT_RUN for tier in ("tier_a", "tier_b", "tier_c")},
                "suspected_fen": NOT_RUN if not ran else "未量化" if rule["kind"] == "NONE" else rule["suspected_fen"],
            }
        )  # fmt: skip
    return Grid(
        caption,
        [
            Field("title", "规则", head=True), Field("problem", "问题类型"), Field("kind", "金额性质"),
            Field("tier_a", "A 确定", "count", asks=asks(tier="A")),
            Field("tier_b", "B 高度疑似", "count", asks=asks(tier="B")),
            Field("tier_c", "C 待核对", "count", asks=asks(tier="C")),
            Field("suspected_fen", "疑点金额（A、B）", "wan", asks=asks(sure="1")),
        ],
        rows,
        note="匹配等级：A 证件号与姓名一致；B 高度疑似，需核对身份；C 仅供核对，不计入任何合计。",
    )  # fmt: skip


def recovery_grid(figures: dict[str, Any], lead: Lead = no_lead) -> Grid:
    """Verified, recovered, outstanding, by type of problem."""

    def asks(row: Row) -> str:
        return lead(problem=row.get("key"), standing="confirmed", kind=None if "key" in row else "应追缴")

    rows = []
    for key, problem in figures["problems"].items():
        if problem["track"] != "problem" or problem["kind"] != "LOSS":
            continue
        verified, recovered = problem["verified_fen"]["total"], problem["recovered_fen"]
        rows.append(
            {
                "key": key, "title": problem["title"], "confirmed": problem["confirmed"], "verified": verified,
                "recovered": recovered, "left": verified - recovered, "rate": percent_text(recovered, verified),
            }
        )  # fmt: skip
    total = {
        "title": "合计", "confirmed": sum(row["confirmed"] for row in rows),
        **{name: sum(row[name] for row in rows) for name in ("verified", "recovered", "left")},
    }  # fmt: skip
    total["rate"] = percent_text(total["recovered"], total["verified"])
    return Grid(
        "应追缴资金追回情况",
        [
            Field("title", "问题类型", head=True), Field("confirmed", "属实件数", "count", asks=asks),
            Field("verified", "核实金额", "wan", asks=asks), Field("recovered", "已追回", "wan", asks=asks),
            Field("left", "未追回", "wan", asks=asks), Field("rate", "追回率", "count"),
        ],
        rows, total,
    )  # fmt: skip

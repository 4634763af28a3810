"""A town's charts: where the money goes, what the rules found, and in which villages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from audit_lib.report.grids import Field, Grid, Row
from audit_lib.report.pictures import Picture, paired_bars, stacked_bars


def items_chart(figures: dict[str, Any], years_audited: Sequence[int], town: str) -> Picture:
    """Money of the larger items, year beside year; the rest, if any, as one bar."""
    years = [str(year) for year in years_audited]
    money = {item["name"]: [item[year]["amount_fen"] for year in years] for item in figures["items"].values()}
    largest = sorted(money, key=lambda name: -sum(money[name]))[:10]
    rest = [fen for name, fen in money.items() if name not in largest]
    names, bars = list(largest), [money[name] for name in largest]
    if rest:
        names.append(f"其余{len(rest)}项")
        bars.append([sum(column) for column in zip(*rest, strict=True)])
    series = [(f"{year}年", [bar[place] for bar in bars]) for place, year in enumerate(years)]
    rows = [
        {"name": name, **{caption: values[place] for caption, values in series}}
        for place, name in enumerate(names)
    ]
    fields = [
        Field("name", "补贴项目", head=True),
        *(Field(caption, caption, "wan") for caption, _ in series),
    ]
    return paired_bars(
        names,
        series,
        f"{town}资金量前{len(largest)}项补贴{'及其余各项合计' if rest else ''}（万元）",
        Grid("资金量（万元）", fields, rows),
    )


def rules_chart(figures: dict[str, Any], town: str) -> Picture:
    """Findings per rule, certain to possible."""
    rules = [r for r in figures["rules"].values() if r["findings"] and r["track"] != "management"]
    rules.sort(key=lambda rule: -rule["findings"])
    series = [(f"{tier}级", [rule[f"tier_{tier.lower()}"] for rule in rules]) for tier in "ABC"]
    fields = [
        Field("title", "规则", head=True),
        *(Field(f"tier_{t.lower()}", f"{t}级", "count") for t in "ABC"),
    ]
    return stacked_bars(
        [rule["title"] for rule in rules],
        series,
        "件",
        f"{town}疑点件数，按规则和匹配等级（不含管理提示）",
        Grid("疑点件数", fields, rules),
        pareto=True,
    )  # fmt: skip


def villages_chart(villages: Sequence[Row], town: str) -> Picture:
    """Findings per village."""
    series = [(f"{tier}级", [row[f"tier_{tier.lower()}"] for row in villages]) for tier in "ABC"]
    fields = [
        Field("village", "村", head=True),
        *(Field(f"tier_{t.lower()}", f"{t}级", "count") for t in "ABC"),
    ]
    return stacked_bars(
        [row["village"] for row in villages], series, "件", f"{town}问题疑点件数，按村和匹配等级",
        Grid("疑点件数", fields, villages),
    )  # fmt: skip


#: how long payments went on after a death, in months
_SPANS = (
    (1, 1, "1个月"),
    (2, 3, "2—3个月"),
    (4, 6, "4—6个月"),
    (7, 12, "7—12个月"),
    (13, 10_000, "12个月以上"),
)


def after_death_chart(findings: Sequence[Row], town: str) -> Picture:
    """For how many months payments went on after a death: a late report, or nobody looked?"""
    mine = [finding for finding in findings if finding["rule_id"] == "DECEASED_PAID"]
    rows = [
        {"span": caption}
        | {
            tier: sum(f["tier"] == tier and first <= (f["months"] or 0) <= last for f in mine)
            for tier in "ABC"
        }
        for first, last, caption in _SPANS
    ]
    fields = [
        Field("span", "死亡后继续领取", head=True),
        *(Field(tier, f"{tier}级", "count") for tier in "ABC"),
    ]
    return stacked_bars(
        [row["span"] for row in rows],
        [(f"{tier}级", [row[tier] for row in rows]) for tier in "ABC"],
        "件",
        f"{town}死亡后仍领取补贴的时间长短（件）",
        Grid("疑点件数", fields, rows),
    )

"""Towns beside each other, every figure leading to the list on that town's own page."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from audit_lib.errors import AuditError
from audit_lib.params import Project, load_township
from audit_lib.report.grids import Field, Grid, Row, chosen_on

_MATRIX = "by-town"


def to_towns(**_: str | None) -> str:
    """On the district's page figures lead to the table that splits them over the towns."""
    return f"#{_MATRIX}"


def town_pages(project: Project) -> dict[str, str]:
    """The name of each town's page by town_id, of those whose parameters can be used."""
    pages = {}
    for slug in project.townships:
        try:
            pages[load_township(project, slug).town] = slug
        except AuditError:  # its page is reported as failed where pages are planned
            continue
    return pages


def town_problems_grid(figures: dict[str, Any], project: Project, counts: Iterable[Row]) -> Grid:
    """Type of problem × town, findings of tiers A and B.

    Args:
        figures: of the district.
        project: names of the towns.
        counts: lines of ``sql/town_problem.sql``.
    """
    found = {(line["problem"], line["town_id"]): line["findings"] for line in counts}
    pages = town_pages(project)
    towns = [(town.town_id, town.name) for town in project.towns]
    elsewhere = any(town_id not in dict(towns) for _, town_id in found)
    rows = []
    for place, (key, problem) in enumerate(figures["problems"].items()):
        ran = problem["status"] != "未执行"
        row: dict[str, Any] = {
            "key": key,
            "title": problem["title"],
            "anchor": _MATRIX if place == 0 else f"{_MATRIX}-{key}",
        }
        row |= {town_id: found.get((key, town_id), 0) if ran else "未执行" for town_id, _ in towns}
        row[""] = sum(
            number for (each, town_id), number in found.items() if each == key and town_id not in dict(towns)
        )
        row["all"] = problem["findings"] if ran else "未执行"
        rows.append(row)

    def asks(town_id: str) -> Callable[[Row], str]:
        return lambda row: chosen_on(pages[town_id], problem=row["key"], sure="1") if town_id in pages else ""

    fields = [Field("title", "问题类型", head=True)]
    fields += [Field(town_id, name, "count", asks=asks(town_id)) for town_id, name in towns]
    if elsewhere:
        fields.append(Field("", "不属某镇", "count", asks=lambda row: "#list"))
    return Grid(
        "各类问题分镇疑点（A、B级，件）", [*fields, Field("all", "合计", "count")], rows, row_id="anchor",
        note="点数字到该镇页面的疑点清单。",
    )  # fmt: skip

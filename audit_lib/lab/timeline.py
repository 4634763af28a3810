"""One person's payments month by month, suspicious ones hatched, with the days on which something happened."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from audit_lib.report.drawings import DARK, INK, LIGHT, Drawing, canvas, draw
from audit_lib.report.grids import Field, Grid


@dataclass(frozen=True)
class Lane:
    """One subsidy: its name, the months paid, and those of them that a finding names."""

    name: str
    paid: frozenset[int]
    doubtful: frozenset[int]


@dataclass(frozen=True)
class Happening:
    """Something that happened on a day: 死亡、迁出、停发."""

    on: date
    what: str
    source: str


def month_of(day: date) -> float:
    """A day on the axis of months."""
    return day.year * 12 + day.month - 1 + (day.day - 1) / 31


def draw_timeline(lanes: Sequence[Lane], happenings: Sequence[Happening]) -> Drawing | Grid:
    """The picture; a table that says there is nothing when nothing was paid."""
    behind = Grid(
        "按项目的发放月数与疑点月数",
        [
            Field("name", "项目", head=True),
            Field("paid", "发放月数", "count"),
            Field("doubtful", "疑点月数", "count"),
        ],
        [{"name": lane.name, "paid": len(lane.paid), "doubtful": len(lane.doubtful)} for lane in lanes],
        empty="没有成功发放的补贴。",
    )
    months = [month for lane in lanes for month in (*lane.paid, *lane.doubtful)]
    if not months:
        return behind
    first, last = min(months), max(months) + 1
    shown = [h for h in happenings if first - 24 <= month_of(h.on) <= last + 24]
    first = int(min([first, *(month_of(h.on) for h in shown)]))
    last = int(max([last, *(month_of(h.on) + 1 for h in shown)]))
    figure, axes = canvas(len(lanes) + 2 + len(shown) * 0.8)
    for row, lane in enumerate(lanes):
        axes.broken_barh(
            runs(lane.paid - lane.doubtful), (row - 0.32, 0.64), facecolors=LIGHT, edgecolor="white"
        )
        axes.broken_barh(
            runs(lane.doubtful), (row - 0.32, 0.64), facecolors=DARK, hatch="////", edgecolor="white"
        )
    for number, happening in enumerate(shown):
        at = month_of(happening.on)
        axes.axvline(at, color=INK, linewidth=0.9, linestyle="--")
        axes.annotate(
            f"{happening.on.isoformat()} {happening.what}({happening.source})", (at, len(lanes) - 0.2 + number * 0.8),
            xytext=(3, 0), textcoords="offset points", fontsize=7.5, va="center",
            ha="left" if at < (first + last) / 2 else "right",
        )  # fmt: skip
    years = range(first // 12, last // 12 + 1)
    axes.set_xticks([year * 12 for year in years], [f"{year}年" for year in years], fontsize=7.5)
    axes.set_xlim(first - 1, last + 1)
    axes.set_yticks(range(len(lanes)), [lane.name for lane in lanes], fontsize=8.5)
    axes.set_ylim(len(lanes) + 0.2 + len(shown) * 0.8, -0.7)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    doubtful = sum(len(lane.doubtful) for lane in lanes)
    alt = (
        f"{len(lanes)}项补贴按月的发放(浅色)与疑点月份(深色斜线,共{doubtful}项月)"
        + ";虚线:" * bool(shown)
        + "、".join(f"{h.on.isoformat()}{h.what}" for h in shown)
    )
    return Drawing(draw(figure), alt, behind)


def runs(months: Iterable[int]) -> list[tuple[float, float]]:
    """Consecutive months as (start, length).

    Example:
        >>> runs({1, 2, 3, 7})
        [(1, 3), (7, 1)]
    """
    found: list[tuple[float, float]] = []
    for month in sorted(months):
        if found and found[-1][0] + found[-1][1] == month:
            found[-1] = (found[-1][0], found[-1][1] + 1)
        else:
            found.append((month, 1))
    return found

"""Charts of the identity stage for notebooks, drawn by matplotlib with the bundled Chinese font.

A glyph the font does not have stops the drawing: a box in a caption says nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from audit_lib.report.drawings import DARK, LIGHT, Drawing, canvas, draw
from audit_lib.report.grids import Grid

_MIDDLE, _RULE = "#7d94ad", "#9a9a9a"
_SHADES = (DARK, _MIDDLE, LIGHT)


@dataclass(frozen=True)
class Bar:
    """A piece of a bar: row from the top, where it starts, its signed length, and its shade (0 dark to 2 light)."""

    row: int
    start: float
    length: float
    shade: int = 0


def draw_bars(
    names: Sequence[str], bars: Sequence[Bar], labels: Sequence[str], unit: str, alt: str, behind: Grid,
    legend: Sequence[str] = (),
) -> Drawing:  # fmt: skip
    """Horizontal bars, one row per name; a row may have several pieces that start anywhere.

    Args:
        names: captions of the rows, from top to bottom.
        bars: the pieces.
        labels: what is written beside each row.
        unit: of the lengths.
        alt: the chart in one sentence.
        behind: the table with the same figures.
        legend: captions of the shades, when they mean something.

    Raises:
        ReportError: the font lacks a character.
    """
    figure, axes = canvas(len(names))
    from matplotlib.patches import Patch

    ends = [0.0] * len(names)
    for bar in bars:
        axes.barh(
            bar.row, bar.length, left=bar.start, height=0.62, color=_SHADES[bar.shade], edgecolor="white", linewidth=0.6,
            hatch="////" if bar.shade and bar.length < 0 else "",
        )  # fmt: skip
        ends[bar.row] = max(ends[bar.row], bar.start, bar.start + bar.length)
    for row, label in enumerate(labels):
        axes.annotate(
            label, (ends[row], row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=7.5,
        )  # fmt: skip
    axes.axvline(0, color=_RULE, linewidth=0.6)
    axes.set_yticks(range(len(names)), list(names), fontsize=8.5)
    axes.invert_yaxis()
    axes.set_xlabel(unit, fontsize=8, loc="right")
    axes.tick_params(axis="x", labelsize=7.5, length=2)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.margins(x=0.12)
    if legend:
        axes.legend(
            [Patch(color=shade) for shade in _SHADES[: len(legend)]], legend, frameon=False, ncols=3, loc="lower right",
            bbox_to_anchor=(1, 1), borderaxespad=0, prop={"size": 8},
        )  # fmt: skip
    return Drawing(draw(figure), alt, behind)

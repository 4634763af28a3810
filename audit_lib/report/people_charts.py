"""Charts of the identity stage for notebooks, drawn by matplotlib with the bundled Chinese font.

A glyph the font does not have stops the drawing: a box in a caption says nothing.
"""

from __future__ import annotations

import base64
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape

from audit_lib.errors import ReportError
from audit_lib.report.fonts import font_path
from audit_lib.report.grids import Grid

_DARK, _MIDDLE, _LIGHT, _RULE = "#1f3a5f", "#7d94ad", "#cdd6df", "#9a9a9a"
_SHADES = (_DARK, _MIDDLE, _LIGHT)


@dataclass(frozen=True)
class Bar:
    """A piece of a bar: row from the top, where it starts, its signed length, and its shade (0 dark to 2 light)."""

    row: int
    start: float
    length: float
    shade: int = 0


@dataclass(frozen=True, repr=False)
class Chart:
    """A finished chart: SVG, what it says in words, and the table behind it."""

    svg: bytes
    alt: str
    behind: Grid

    def __repr__(self) -> str:
        return f"<图:{self.alt}>"

    def _repr_html_(self) -> str:
        source = base64.b64encode(self.svg).decode()
        return (
            f'<figure><img alt="{escape(self.alt, quote=True)}" src="data:image/svg+xml;base64,{source}">'
            f"<figcaption>{escape(self.alt)}</figcaption>"
            f"<details><summary>图中数据</summary>{self.behind._repr_html_()}</details></figure>"
        )


@cache
def _prepare() -> None:
    from matplotlib import font_manager, rcParams

    font_manager.fontManager.addfont(str(font_path()))
    rcParams.update({"svg.fonttype": "path", "svg.hashsalt": "ybt", "axes.unicode_minus": False})


def draw_bars(
    names: Sequence[str], bars: Sequence[Bar], labels: Sequence[str], unit: str, alt: str, behind: Grid,
    legend: Sequence[str] = (),
) -> Chart:  # fmt: skip
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
    _prepare()
    from matplotlib.figure import Figure
    from matplotlib.patches import Patch

    figure = Figure(figsize=(8.4, 0.9 + 0.27 * max(len(names), 2)), layout="constrained")
    axes = figure.add_subplot()
    ends = [0.0] * len(names)
    for bar in bars:
        axes.barh(
            bar.row, bar.length, left=bar.start, height=0.62, color=_SHADES[bar.shade], edgecolor="white", linewidth=0.6,
            hatch="////" if bar.shade and bar.length < 0 else "",
        )  # fmt: skip
        ends[bar.row] = max(ends[bar.row], bar.start, bar.start + bar.length)
    for row, label in enumerate(labels):
        axes.annotate(
            label, (ends[row], row), xytext=(4, 0), textcoords="offset points", va="center", fontsize=7.5, fontfamily=_font(),
        )  # fmt: skip
    axes.axvline(0, color=_RULE, linewidth=0.6)
    axes.set_yticks(range(len(names)), list(names), fontsize=8.5, fontfamily=_font())
    axes.invert_yaxis()
    axes.set_xlabel(unit, fontsize=8, loc="right", fontfamily=_font())
    axes.tick_params(axis="x", labelsize=7.5, length=2)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.margins(x=0.12)
    if legend:
        axes.legend(
            [Patch(color=shade) for shade in _SHADES[: len(legend)]], legend, frameon=False, ncols=3, loc="lower right",
            bbox_to_anchor=(1, 1), borderaxespad=0, prop={"family": _font(), "size": 8},
        )  # fmt: skip
    out = io.BytesIO()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    missing = [str(entry.message) for entry in caught if "missing from" in str(entry.message)]
    if missing:
        raise ReportError(f"图中有字体没有的字:{missing[0]}", font_path().name, "改用含该字的字体或改写名称")
    return Chart(out.getvalue(), alt, behind)


def _font() -> str:
    return "Noto Sans SC"

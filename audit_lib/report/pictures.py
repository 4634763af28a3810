"""Charts, drawn for paper: few lines, dark to light instead of colours, real Chinese glyphs.

Glyphs come from the Noto Sans SC that the package ``zhplot`` carries; letters become outlines
in the picture, so a reader's machine needs no font. A glyph the font does not have stops the
report: a box in a person's name is a wrong name.
"""

from __future__ import annotations

import base64
import importlib.util
import io
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from audit_lib.errors import ReportError
from audit_lib.money import FEN_PER_WAN
from audit_lib.report.grids import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: shades from most to least weight, distinguishable in black and white
SHADES = ("#1f3a5f", "#7d94ad", "#cdd6df")
HATCHES = ("", "", "////")
INK, RULE = "#222222", "#9a9a9a"


def font_path() -> Path:
    """The bundled Chinese font.

    Raises:
        ReportError: the package that carries it is not installed.
    """
    spec = importlib.util.find_spec("zhplot")
    folder = Path(spec.origin).parent / "fonts" if spec and spec.origin else Path()
    path = folder / "NotoSansSC-Regular.ttf"
    if not path.is_file():
        raise ReportError(
            "没有找到中文字体，图中的汉字会变成方框", "zhplot", "重新安装依赖：pip install zhplot"
        )
    return path


@dataclass(frozen=True, repr=False)
class Picture:
    """A finished chart: SVG, what it says in words, and the table behind it."""

    svg: bytes
    alt: str
    behind: Grid

    def __repr__(self) -> str:
        return f"<图：{self.alt}>"

    def _repr_html_(self) -> str:
        source = base64.b64encode(self.svg).decode()
        return (
            f'<figure><img alt="{escape(self.alt, quote=True)}" src="data:image/svg+xml;base64,{source}">'
            f"<figcaption>{escape(self.alt)}</figcaption>"
            f"<details><summary>图中数据</summary>{self.behind._repr_html_()}</details></figure>"
        )


def stacked_bars(
    names: Sequence[str], series: Sequence[tuple[str, Sequence[float]]], unit: str, alt: str, behind: Grid
) -> Picture:
    """Horizontal bars, one per name from top to bottom, the series one after the other.

    Args:
        names: captions of the bars.
        series: up to three (caption, values), drawn dark to light.
        unit: of the values, e.g. ``件``.
        alt: the picture in one sentence.
        behind: the table with the same figures.
    """
    figure, axes = _canvas(len(names))
    left = [0.0] * len(names)
    for place, (caption, values) in enumerate(series):
        axes.barh(
            range(len(names)), list(values), left=left, height=0.62, label=caption, color=SHADES[place % len(SHADES)],
            hatch=HATCHES[place % len(HATCHES)], edgecolor="white", linewidth=0.6,
        )  # fmt: skip
        left = [start + value for start, value in zip(left, values, strict=True)]
    for place, total in enumerate(left):
        axes.annotate(
            f"{total:,.0f}",
            (total, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    return _finish(figure, axes, names, unit, alt, behind, legend=len(series) > 1)


def paired_bars(
    names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], alt: str, behind: Grid
) -> Picture:
    """Horizontal bars in 万元, the series side by side under each name; values are fen."""
    figure, axes = _canvas(len(names) * max(1, len(series)) * 0.62)
    height = 0.8 / max(len(series), 1)
    for place, (caption, fen) in enumerate(series):
        at = [row - 0.4 + height * (place + 0.5) for row in range(len(names))]
        values = [value / FEN_PER_WAN for value in fen]
        axes.barh(
            at, values, height=height * 0.92, label=caption, color=SHADES[place % len(SHADES)], hatch=HATCHES[place % len(HATCHES)],
            edgecolor="white", linewidth=0.4,
        )  # fmt: skip
        for y, value in zip(at, values, strict=True):
            axes.annotate(
                f"{value:,.2f}",
                (max(value, 0), y),
                xytext=(4, 0),
                textcoords="offset points",
                va="center",
                fontsize=7,
            )
    return _finish(figure, axes, names, "万元", alt, behind, legend=len(series) > 1)


@cache
def _prepare() -> None:
    import matplotlib
    from matplotlib import font_manager

    matplotlib.use("svg")
    font_manager.fontManager.addfont(str(font_path()))
    matplotlib.rcParams.update(
        {
            "font.family": "Noto Sans SC", "svg.fonttype": "path", "svg.hashsalt": "ybt", "hatch.linewidth": 0.6,
            "axes.edgecolor": RULE, "axes.labelcolor": INK, "text.color": INK, "xtick.color": INK,
            "ytick.color": INK, "axes.unicode_minus": False, "hatch.color": "#8a97a5",
        }
    )  # fmt: skip


def _canvas(lines: float) -> tuple[Figure, Axes]:
    _prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(8.4, 0.9 + 0.27 * max(lines, 2)), layout="constrained")
    return figure, figure.add_subplot()


def _finish(
    figure: Figure, axes: Axes, names: Sequence[str], unit: str, alt: str, behind: Grid, *, legend: bool
) -> Picture:
    axes.set_yticks(range(len(names)), list(names), fontsize=8.5)
    axes.invert_yaxis()
    axes.set_xlabel(unit, fontsize=8, loc="right")
    axes.tick_params(axis="x", labelsize=7.5, length=2)
    axes.tick_params(axis="y", length=0)
    axes.spines[["top", "right", "left"]].set_visible(False)
    axes.margins(x=0.12)
    axes.xaxis.set_major_formatter("{x:,.10g}")
    if legend:
        axes.legend(
            frameon=False, fontsize=8, ncols=3, loc="lower right", bbox_to_anchor=(1, 1), borderaxespad=0
        )
    return Picture(_draw(figure), alt, behind)


def _draw(figure: Figure) -> bytes:
    """The figure as SVG, refusing to draw a box where a character belongs."""
    out = io.BytesIO()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    missing = [str(entry.message) for entry in caught if "missing from" in str(entry.message)]
    if missing:
        raise ReportError(
            f"图中有字体没有的字：{missing[0]}", str(font_path().name), "改用含该字的字体或改写名称"
        )
    return out.getvalue()

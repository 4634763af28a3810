"""Pictures for the notebooks by matplotlib, with real Chinese glyphs; a missing one stops the drawing."""

from __future__ import annotations

import base64
import io
import warnings
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from audit_lib.errors import ReportError
from audit_lib.report.fonts import font_path
from audit_lib.report.grids import Grid

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

#: shades that can be told apart in black and white
DARK, LIGHT, INK = "#1f3a5f", "#cdd6df", "#222222"


@dataclass(frozen=True, repr=False)
class Drawing:
    """A finished picture: SVG, what it says in words, and the table behind it."""

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
    import matplotlib
    from matplotlib import font_manager

    font_manager.fontManager.addfont(str(font_path()))
    matplotlib.rcParams.update(
        {"font.family": "Noto Sans SC", "svg.fonttype": "path", "svg.hashsalt": "ybt", "axes.unicode_minus": False,
         "hatch.linewidth": 0.6, "hatch.color": "#8a97a5", "axes.edgecolor": "#9a9a9a", "text.color": INK}
    )  # fmt: skip


def canvas(lines: float) -> tuple[Figure, Axes]:
    """A figure of page width with room for so many lines of text."""
    _prepare()
    from matplotlib.figure import Figure

    figure = Figure(figsize=(9.2, 0.9 + 0.27 * max(lines, 2)), layout="constrained")
    return figure, figure.add_subplot()


def draw(figure: Figure) -> bytes:
    """The figure as SVG.

    Raises:
        ReportError: the font lacks a character; a box in a name is a wrong name.
    """
    out = io.BytesIO()
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        figure.savefig(out, format="svg", metadata={"Date": None, "Creator": None})
    missing = [str(entry.message) for entry in caught if "missing from" in str(entry.message)]
    if missing:
        raise ReportError(f"图中有字体没有的字:{missing[0]}", remedy="改用含该字的字体或改写名称")
    return out.getvalue()

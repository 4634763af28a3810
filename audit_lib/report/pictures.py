"""Charts as vector pictures in the page itself: few lines, dark to light instead of colours, real letters.

Letters stay text, so that a reader can find and copy them and a screen reader can say them; the page carries
the glyphs (``fonts``). A glyph that the bundled font does not have stops the report: a box in a name is a
wrong name.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from math import floor, log10

from audit_lib.errors import ReportError
from audit_lib.money import format_wan
from audit_lib.report.fonts import font_characters, font_path
from audit_lib.report.grids import Grid

#: fills from most to least weight, told apart in black and white and outlined in the darkest; 2 is hatched
SHADES = ("#1f3a5f", "#8ea3b8", "url(#ybt-hatch)")
INK, SOFT, RULE = "#1c1c1c", "#595959", "#767676"
WIDTH, ROW, BAR = 860, 22, 13
_FAMILY = "'Noto Sans CJK SC','Microsoft YaHei','PingFang SC','SimHei','YBT Sans',sans-serif"
_HATCH = (
    '<pattern id="ybt-hatch" width="5" height="5" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="5" height="5" fill="#fff"/><rect width="1.2" height="5" fill="#1f3a5f"/></pattern>'
)


@dataclass(frozen=True, repr=False)
class Picture:
    """A finished chart: SVG, what it says in words, and the table behind it."""

    svg: str
    alt: str
    behind: Grid

    def __repr__(self) -> str:
        return f"<图：{self.alt}>"

    def _repr_html_(self) -> str:
        return (
            f"<figure>{self.svg}<figcaption>{escape(self.alt)}</figcaption>"
            f"<details><summary>图中数据</summary>{self.behind._repr_html_()}</details></figure>"
        )


def stacked_bars(
    names: Sequence[str],
    series: Sequence[tuple[str, Sequence[float]]],
    unit: str,
    alt: str,
    behind: Grid,
    *,
    pareto: bool = False,
) -> Picture:
    """Horizontal bars, one per name from top to bottom, the series one after the other.

    Args:
        names: captions of the bars.
        series: up to three (caption, values), drawn dark to light.
        unit: of the values, e.g. ``件``.
        alt: the picture in one sentence.
        behind: the table with the same figures.
        pareto: beside each figure also the share that it and those above it have in all.
    """
    totals = [sum(values[place] for _, values in series) for place in range(len(names))]
    left, scale = _scale(names, totals)
    marks, running, whole = [], 0.0, sum(totals) or 1.0
    for place, name in enumerate(names):
        top = _top(place * ROW)
        marks.append(_label(name, left, top + BAR - 2))
        x = float(left)
        for shade, (_, values) in zip(SHADES, series, strict=False):
            marks.append(_bar(x, top, values[place] * scale, BAR, shade))
            x += values[place] * scale
        running += totals[place]
        share = f"（累计{running / whole:.0%}）" if pareto else ""
        marks.append(_text(x + 6, top + BAR - 2, f"{totals[place]:,.0f}{share}", size=12))
    return _finish(
        marks, len(names) * ROW, left, scale, unit, [caption for caption, _ in series], alt, behind
    )


def paired_bars(
    names: Sequence[str], series: Sequence[tuple[str, Sequence[int]]], alt: str, behind: Grid
) -> Picture:
    """Horizontal bars in 万元, the series one below the other under each name; values are fen."""
    largest = [max((fen[place] for _, fen in series), default=0) / 1_000_000 for place in range(len(names))]
    left, scale = _scale(names, largest)
    step = BAR * len(series) + 9
    marks = []
    for place, name in enumerate(names):
        top = _top(place * step)
        marks.append(_label(name, left, top + step / 2 - 1))
        for line, (shade, (_, fen)) in enumerate(zip(SHADES, series, strict=False)):
            width = max(fen[place] / 1_000_000 * scale, 0)
            y = top + line * BAR
            marks.append(_bar(left, y, width, BAR - 2, shade))
            marks.append(_text(left + width + 6, y + BAR - 3, format_wan(fen[place]), size=11))
    return _finish(
        marks, len(names) * step, left, scale, "万元", [caption for caption, _ in series], alt, behind
    )


def _top(offset: float) -> float:
    """Below the legend."""
    return 30 + offset


def _scale(names: Sequence[str], values: Sequence[float]) -> tuple[int, float]:
    """Where the bars begin, and points per unit; the longest leaves room for its figure."""
    left = min(int(max((_width(name, 13) for name in names), default=0)) + 14, 330)
    return left, (WIDTH - left - 150) / (max([*values, 0]) or 1)


def _width(text: str, size: float) -> float:
    """About how wide a text is: a Chinese character is a square, others are about half of one."""
    return sum(size if ord(letter) > 0x2E7F else size * 0.56 for letter in text)


def _text(x: float, y: float, text: str, *, size: int = 13, anchor: str = "start", fill: str = INK) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" fill="{fill}">'
        f"{escape(text)}</text>"
    )


def _label(name: str, left: int, y: float) -> str:
    """A bar's caption; a long one is set smaller until it fits."""
    size = 13
    while size > 9 and _width(name, size) > left - 8:
        size -= 1
    return _text(left - 8, y, name, size=size, anchor="end")


def _bar(x: float, y: float, width: float, height: float, shade: str) -> str:
    if width <= 0:
        return ""
    return f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0.8):.1f}" height="{height}" fill="{shade}" stroke="{SHADES[0]}" stroke-width=".8"/>'


def _finish(
    marks: list[str], height: float, left: int, scale: float, unit: str, captions: list[str], alt: str, behind: Grid
) -> Picture:  # fmt: skip
    bottom = _top(height) + 2
    parts = [f"<defs>{_HATCH}</defs>"]
    for value in _ticks((WIDTH - left - 150) / scale, whole=unit != "万元"):
        x = left + value * scale
        parts.append(
            f'<path d="M{x:.1f} {_top(-4)}V{bottom}" stroke="{RULE}" stroke-width=".4" stroke-dasharray="1 3"/>'
        )
        parts.append(_text(x, bottom + 15, f"{value:,.10g}", size=11, anchor="middle", fill=SOFT))
    parts.append(_text(WIDTH, bottom + 15, unit, size=11, anchor="end", fill=SOFT))
    x = float(left)
    for shade, caption in zip(SHADES, captions if len(captions) > 1 else [], strict=False):
        parts += [_bar(x, 6, 11, 11, shade), _text(x + 16, 16, caption, size=12)]
        x += _width(caption, 12) + 36
    parts += [*marks, f'<path d="M{left} {_top(-4)}V{bottom}" stroke="{INK}"/>']
    drawn = "".join(parts)
    check_glyphs(alt + drawn)
    svg = (
        f'<svg role="img" aria-label="{escape(alt, quote=True)}" viewBox="0 0 {WIDTH} {bottom + 24:.0f}" width="{WIDTH}" '
        f'xmlns="http://www.w3.org/2000/svg" font-family="{_FAMILY}">{drawn}</svg>'
    )  # fmt: skip
    return Picture(svg, alt, behind)


def _ticks(largest: float, *, whole: bool) -> list[float]:
    """Round values from nothing to ``largest``, four to eight of them; only whole ones of what is counted."""
    if largest <= 0:
        return [0]
    tens = 10.0 ** floor(log10(largest))
    step = next(tens * part for part in (1, 0.5, 0.2) if largest / (tens * part) >= 4 or part == 0.2)
    step = max(step, 1) if whole else step
    return [round(number * step, 10) for number in range(floor(largest / step) + 1)]


def check_glyphs(text: str) -> None:
    """Nothing is drawn whose glyph the pages' font does not have.

    Raises:
        ReportError: it lacks a character, which is named by its number.
    """
    missing = sorted({letter for letter in text if letter >= " "} - _known())
    if missing:
        told = "、".join(f"U+{ord(letter):04X}" for letter in missing[:5])
        raise ReportError(f"图中有字体没有的字：{told}", font_path().name, "改用含该字的字体或改写名称")


@cache
def _known() -> frozenset[str]:
    return font_characters()

"""A person's page for a terminal, and as a file of its own."""

from __future__ import annotations

import re
import unicodedata
from html import unescape

from audit_lib.lab.marks import SideBySide
from audit_lib.lab.person import PersonPage
from audit_lib.report.grids import FORMATS, Cards, Grid, Group
from audit_lib.report.render import render_page

_WIDEST = 46
_TAG = re.compile(r"<[^>]+>")


def plain_text(page: PersonPage) -> str:
    """All parts as text; the picture is told in words."""
    return "\n\n".join(f"【{title}】\n{_told(part)}" for title, part in page.parts)


def web_page(page: PersonPage) -> str:
    """All parts as one self-contained page with its font."""
    body = "".join(f"<h2>{title}</h2>{part._repr_html_()}" for title, part in page.parts)
    return render_page(
        f"一人一页:{page.who.get('name_masked') or page.person_id}",
        "town",
        body,
        [("人员编号", page.person_id)],
    )


def _told(part: object) -> str:
    if isinstance(part, Cards):
        return "  ".join(f"{caption} {figure}({remark})" for caption, figure, remark in part.cards)
    if isinstance(part, Group):
        return "\n".join(_told(inner) for _, inner in part.parts)
    if isinstance(part, Grid):
        return _grid(part)
    if isinstance(part, SideBySide):
        return "\n".join(f"{r.caption} {r.place} {r.tier} {r.reason}" for r in part.records) or "无"
    return str(getattr(part, "alt", part))


def _grid(grid: Grid) -> str:
    if not grid.rows:
        return f"{grid.caption}:{grid.empty}"
    lines = [[field.caption for field in grid.fields]]
    for row in grid.rows:
        lines.append([_cell(row.get(field.key), field.kind) for field in grid.fields])
    widths = [min(_WIDEST, max(_width(line[n]) for line in lines)) for n in range(len(grid.fields))]
    told = [
        "  ".join(cell + " " * (widths[n] - _width(cell)) for n, cell in enumerate(line)).rstrip()
        for line in lines
    ]
    return "\n".join([grid.caption, *told])


def _cell(value: object, kind: str) -> str:
    if value is None:
        return "—"
    text = value if isinstance(value, str) else FORMATS[kind](value)
    return "".join(c for c in unescape(_TAG.sub("", text)) if unicodedata.category(c)[0] != "C")


def _width(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)

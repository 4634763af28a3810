"""Tables for the eye: every cell escaped, numbers right-aligned, head cells with their scope."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any
from urllib.parse import urlencode

from audit_lib.money import format_wan, format_yuan, rounding_gap

Row = Mapping[str, Any]


class Markup(str):
    """HTML made by this package from escaped parts; any other text is escaped when it is shown."""

    def __html__(self) -> str:
        """The page's frame (jinja) takes it as it is, too."""
        return str(self)


class Marked(int):
    """A figure with a small mark: the note below the table says what is the matter with it."""


def count_text(value: int) -> str:
    """A whole number with separators."""
    return f"{value:,}"


def month_text(month: int) -> str:
    """``2017年3月`` for a month number."""
    return f"{month // 12}年{month % 12 + 1}月"


def percent_text(part: int, whole: int) -> str:
    """A share with one decimal; ``—`` of nothing."""
    return "—" if not whole else f"{part / whole:.1%}"


def chosen(**wanted: str | None) -> str:
    """Which findings of the list are meant; ``template/list.js`` reads it. What is None is not asked for."""
    return urlencode({name: value for name, value in wanted.items() if value is not None})


def chosen_on(page: str, **wanted: str | None) -> str:
    """The address of findings in the list of another page of the same folder."""
    return f"{page}.html?{chosen(**wanted)}#list"


FORMATS: dict[str, Callable[[Any], str]] = {
    "text": str, "count": count_text, "wan": format_wan, "yuan": format_yuan, "month": month_text,
    "plain": str,
}  # fmt: skip


@dataclass(frozen=True)
class Field:
    """One column: key in the row, caption, and how its values are written.

    ``kind`` is ``text``, ``plain`` (short words or a year, never broken), ``count``, ``month``,
    ``wan`` (fen shown as 万元) or ``yuan`` (fen shown as 元).
    ``head`` marks the column that names the row. ``asks`` leads from a figure to the findings it counts:
    a filter of this page's list (``chosen``), or the address of another page's (``chosen_on``).
    """

    key: str
    caption: str
    kind: str = "text"
    head: bool = False
    asks: Callable[[Row], str] | None = None


@dataclass(frozen=True, repr=False)
class Grid:
    """One table with its caption; a notebook shows it, a page prints it.

    Args:
        caption: what the table shows, with its unit.
        fields: its columns.
        rows: one mapping per line.
        total: a line below; ``wan`` columns that do not add up to it get a 尾差 line.
        empty: what is said instead of a table without rows.
        row_id: key of the column that becomes the line's anchor.
        row_note: key of what a line says to the script only (``data-o``).
    """

    caption: str
    fields: Sequence[Field]
    rows: Sequence[Row]
    total: Row | None = None
    empty: str = "无。"
    row_id: str | None = None
    note: str = ""
    style: str = ""
    row_note: str | None = None

    def __repr__(self) -> str:
        return f"<{self.caption}，{len(self.rows)}行>"

    def _repr_html_(self) -> str:
        if not self.rows:
            return f'<p class="empty"><b>{escape(self.caption)}</b>:{escape(self.empty)}</p>'
        head = "".join(f'<th scope="col"{_align(f)}>{escape(f.caption)}</th>' for f in self.fields)
        body = "".join(self._line(row) for row in self.rows)
        note = f'<p class="note">{escape(self.note)}</p>' if self.note else ""
        style = f' class="{self.style}"' if self.style else ""
        return (
            f'<div class="sheet"><table{style}><caption>{escape(self.caption)}</caption>'
            f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody>{self._foot()}</table></div>{note}"
        )

    def _line(self, row: Row) -> str:
        anchor = f' id="{escape(str(row[self.row_id]), quote=True)}"' if self.row_id else ""
        note = (
            f' data-{self.row_note}="{escape(str(row[self.row_note]), quote=True)}"' if self.row_note else ""
        )
        return f"<tr{anchor}{note}>{''.join(_cell(row.get(f.key), f, row) for f in self.fields)}</tr>"

    def _foot(self) -> str:
        if self.total is None:
            return ""
        cells = "".join(_cell(self.total.get(f.key, Markup("")), f, self.total) for f in self.fields)
        lines = [f"<tr>{cells}</tr>"]
        gaps = {f.key: self._gap(f) for f in self.fields}
        if any(gaps.values()):
            name = next(f.key for f in self.fields)
            lines.append(
                "<tr>"
                + "".join(_text_cell("尾差" if f.key == name else gaps[f.key], f) for f in self.fields)
                + "</tr>"
            )
        return f"<tfoot>{''.join(lines)}</tfoot>"

    def _gap(self, column: Field) -> str:
        """What the printed column misses of its printed total, as text; empty when it adds up."""
        assert self.total is not None
        if column.kind != "wan" or not isinstance(self.total.get(column.key), int):
            return ""
        parts = [row[column.key] for row in self.rows if isinstance(row.get(column.key), int)]
        gap = rounding_gap(parts, self.total[column.key])
        return f"{gap:+.2f}" if gap else ""


@dataclass(frozen=True, repr=False)
class Prose:
    """Paragraphs, each a text or ``Markup``."""

    paragraphs: Sequence[str]
    style: str = "prose"

    def __repr__(self) -> str:
        return f"<文字，{len(self.paragraphs)}段>"

    def _repr_html_(self) -> str:
        return (
            f'<div class="{self.style}">'
            + "".join(f"<p>{shown(text)}</p>" for text in self.paragraphs)
            + "</div>"
        )

    @property
    def text(self) -> str:
        """All paragraphs as plain text."""
        return "\n".join(self.paragraphs)


@dataclass(frozen=True, repr=False)
class Group:
    """Several parts shown one below the other under small headings."""

    parts: Sequence[tuple[str, Any]]

    def __repr__(self) -> str:
        return f"<{len(self.parts)}个部分>"

    def _repr_html_(self) -> str:
        shown_parts = (
            (f"<h3>{escape(title)}</h3>" if title else "") + part._repr_html_() for title, part in self.parts
        )
        return "".join(shown_parts)


@dataclass(frozen=True, repr=False)
class Cards:
    """Headline figures side by side: caption, figure (a text, or ``Markup`` with a link), remark."""

    cards: Sequence[tuple[str, str, str]]

    def __repr__(self) -> str:
        return f"<{len(self.cards)}个数字>"

    def _repr_html_(self) -> str:
        shown_cards = "".join(
            f"<div><dt>{escape(caption)}</dt><dd>{shown(figure)}<small>{escape(remark)}</small></dd></div>"
            for caption, figure, remark in self.cards
        )
        return f'<dl class="cards">{shown_cards}</dl>'


def shown(value: object) -> str:
    """HTML of a value: ``Markup`` as it is, everything else escaped."""
    return str(value) if isinstance(value, Markup) else escape(str(value), quote=True)


def _align(column: Field) -> str:
    if column.kind in ("text", "month", "plain"):
        return ' class="w"' if column.kind == "plain" else ""
    return ' class="n"'


def _cell(value: object, column: Field, row: Row) -> str:
    if value is None:
        return _text_cell("—", column)
    if isinstance(value, str):
        return _text_cell(value, column)
    text = escape(FORMATS[column.kind](value))
    if isinstance(value, Marked):
        text += "<sup>※</sup>"
    if column.asks and value:
        text = linked(text, column.asks(row))
    return _text_cell(Markup(text), column)


def linked(text: str, asks: str) -> Markup:
    """HTML ``text`` as a link to the findings that ``asks`` means; without script it leads to the list."""
    if not asks:
        return Markup(text)
    target = escape(asks, quote=True)
    return Markup(
        f'<a href="{target}">{text}</a>' if "#" in asks else f'<a href="#list" data-f="{target}">{text}</a>'
    )


def _text_cell(text: str, column: Field) -> str:
    if column.head:
        return f'<th scope="row">{shown(text)}</th>'
    return f"<td{_align(column)}>{shown(text)}</td>"

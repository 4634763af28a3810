"""Rows of several departments side by side, with the characters in which they differ marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from html import escape

from audit_lib.lab.records import IDENTITY, Record, column_captions, hidden
from audit_lib.report.grids import Markup
from audit_lib.tables import TABLES

#: a number that differs in more characters is another number: it stays masked, or its digits would give it away
SLIPS = 4
#: more columns than this cannot be compared by eye; how many are left out is said
COLUMNS = 12
_CAPTIONS = {
    "name": "姓名", "id": "身份证号", "sex": "性别", "birth_on": "出生日期", "place": "镇村", "household_no": "户号",
    "phone": "电话", "account_no": "账号", "account_name": "户名",
}  # fmt: skip


def mark_difference(reference: str, text: str, shown: str = "") -> Markup:
    """``text`` escaped, what is not in ``reference`` inside ``<mark>``.

    Args:
        reference: what it is compared with; nothing is marked when it is empty.
        text: the full text.
        shown: how it may be shown (masked); a masked character that differs is shown all the same, because the
            difference is what the reader has to see. ``text`` when empty.

    Example:
        >>> str(mark_difference("王秀英", "王秀瑛"))
        '王秀<mark>瑛</mark>'
    """
    visible = shown or text
    if not reference or not text or reference == text:
        return Markup(escape(visible))
    if len(visible) != len(text) or (visible != text and _differing(reference, text) > SLIPS):
        return Markup(f"<mark>{escape(visible)}</mark>")
    parts = []
    for kind, _, _, first, last in SequenceMatcher(None, reference, text, autojunk=False).get_opcodes():
        if kind == "equal":
            parts.append(escape(visible[first:last]))
        elif last > first:
            parts.append(f"<mark>{escape(text[first:last])}</mark>")
    if len(text) < len(reference):
        parts.append("<mark>□</mark>")
    return Markup("".join(parts))


def _differing(reference: str, text: str) -> int:
    """How many characters of ``text`` are not those of ``reference`` at their place."""
    return sum(one != other for one, other in zip(reference, text, strict=False)) + abs(
        len(reference) - len(text)
    )


@dataclass(frozen=True, repr=False)
class SideBySide:
    """Records as columns, what they say about the person as lines; the first is what the others are compared with.

    Records of one table that say the same about the person share a column, which tells how many they are.
    """

    caption: str
    records: Sequence[Record]
    reveal: bool = False
    is_one_person: bool = True

    def __repr__(self) -> str:
        return f"<{self.caption},{len(self.records)}行>"

    def _groups(self) -> list[list[Record]]:
        groups: dict[tuple[str, ...], list[Record]] = {}
        for record in self.records:
            key = (record.table, *(record.cells.get(name, "") for name in IDENTITY))
            groups.setdefault(key, []).append(record)
        return list(groups.values())

    def _repr_html_(self) -> str:
        if not self.records:
            return f'<p class="empty"><b>{escape(self.caption)}</b>:没有可列的行。</p>'
        every = self._groups()
        groups = every[:COLUMNS]
        head = "".join(f'<th scope="col">{escape(_column_head(group))}</th>' for group in groups)
        lines = [self._line(name, groups) for name in IDENTITY]
        lines += [
            _told("其他内容", [self._rest(group[0]) for group in groups]),
            _told("来源", [Markup("<br>".join(escape(record.place) for record in group[:3])
                   + (f"<br>……另{len(group) - 3}行" if len(group) > 3 else "")) for group in groups]),
            _told("认定", [Markup(escape(" ".join((group[0].tier, group[0].reason)))) for group in groups]),
        ]  # fmt: skip
        caption = f"{self.caption}(共{len(self.records)}行,相同的并为一列,共{len(every)}列" + (
            f",列出前{COLUMNS}列,另{len(every) - COLUMNS}列见发放明细)" if len(every) > COLUMNS else ")"
        )
        return (
            f'<div class="sheet"><table class="side"><caption>{escape(caption)}</caption><thead><tr>'
            f'<th scope="col">内容</th>{head}</tr></thead><tbody>{"".join(lines)}</tbody></table></div>'
        )

    def _line(self, name: str, groups: Sequence[Sequence[Record]]) -> str:
        texts = [group[0].cells.get(name, "") for group in groups]
        if not any(texts):
            return ""
        reference = next(text for text in texts if text) if self.is_one_person else ""
        cells = [
            mark_difference(reference, text, "" if self.reveal else hidden(name, text))
            if text
            else Markup("—")
            for text in texts
        ]
        return _told(_CAPTIONS[name], cells)

    def _rest(self, record: Record) -> Markup:
        captions = column_captions(record.table)
        told = [
            f"{escape(captions[name])}:{escape(text if self.reveal else hidden(name, text))}"
            for name, text in record.cells.items()
            if name not in IDENTITY
        ]
        return Markup("<br>".join(told))


def _column_head(group: Sequence[Record]) -> str:
    caption = TABLES[group[0].table].caption
    return caption if len(group) == 1 else f"{caption} ×{len(group)}行"


def _told(caption: str, cells: Sequence[str]) -> str:
    inside = "".join(f"<td>{cell}</td>" for cell in cells)
    return f'<tr><th scope="row">{escape(caption)}</th>{inside}</tr>'

"""Headers of several rows: parents over children, units, column numbers and code dictionaries.

Works on rows of text cells alone, so that a sheet that nobody has a table for can be looked at, too.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from audit_lib.sources.sheets import HeadRow

#: joins a parent and its child in a composed header; a full-width low line, which nobody types
JOINT = "＿"
#: header rows below the first one (two levels of children), and rows of units, numbers or codes among them
_MOST_LEVELS, _MOST_ASIDES = 3, 3
_LONGEST_WORD = 24

_CODE = re.compile(r"[A-Za-z][A-Za-z0-9_]{1,29}", re.ASCII)
_NUMBERING = re.compile(
    r"[(\[]?(\d{1,2})[)\]]?(?:[=＝].{0,30})?|[甲乙丙丁戊己庚辛]|栏次|列次|序号?", re.ASCII
)
_UNIT = re.compile(
    r"[(\[]?(元|万元|亩|人|户|个|平方米|㎡|元/亩|元/人|元/月|元/人[.·]月|元/户|公斤|斤|岁|年|月|头|只|%|天)[)\]]?"
)
_MONEY_UNIT = re.compile(r"[(\[]?(元|万元)[)\]]?")
_VALUE = re.compile(r"[\d,.\-+%/:*\s年月日XxE¥￥]+|.*\d{6,}.*|.*[:：].*")
#: words that stand under a parent whatever the table is
_CHILD = re.compile(
    r".*(姓名|身份证|证件|关系|性别|面积|标准|金额|人数|户数|数量|小计|合计|次数|笔数|账号|帐号|日期|时间|名称|编号|代码|原因)|"
    r"\d{1,2}月份?|(?:19[5-9]|20[0-4])\d年?度?|第?[一二三四1-4]季度?|[上下]半年|镇|乡镇|村|组|村组|街道|社区|其中.*|电话|备注|等级|类别"
)


@dataclass(frozen=True)
class Composed:
    """A header of one or more rows.

    Attributes:
        at: its last row, with one name per column; parent and child are joined by ``JOINT``.
        first: number of its first row.
        asides: what rows below the names were passed over, in words for the register.
    """

    at: HeadRow
    first: int
    asides: tuple[str, ...] = ()


def compose_header(head: list[HeadRow], index: int) -> Composed:
    """The header that starts at ``head[index]``, with the rows folded in that belong to it.

    Example:
        >>> rows = [HeadRow(1, ["姓名", "补贴", ""]), HeadRow(2, ["", "面积", "金额"]), HeadRow(3, ["王芳", "2", "90"])]
        >>> compose_header(rows, 0).at
        HeadRow(row=2, cells=['姓名', '补贴＿面积', '补贴＿金额'])
    """
    cells, last, levels = head[index].cells, head[index].row, 1
    asides: list[str] = []
    for at, row in enumerate(head[index + 1 :], start=index + 1):
        if row.row != last + 1:
            break
        if (said := _aside(cells, row.cells)) and len(asides) < _MOST_ASIDES:
            asides.append(f"第{row.row}行是{said},不作数据")
            if said == "单位行":
                cells = _with_units(cells, row.cells)
        elif levels < _MOST_LEVELS and is_continuation(cells, row.cells, head[at + 1 : at + 4]):
            cells, levels = join_levels(cells, row.cells), levels + 1
        else:
            break
        last = row.row
    return Composed(HeadRow(last, cells), head[index].row, tuple(asides))


def _aside(upper: list[str], lower: list[str]) -> str:
    if is_code_row(lower) and not is_code_row(upper):
        return "代码行"
    if is_numbering_row(lower):
        return "栏次行"
    return "单位行" if is_unit_row(upper, lower) else ""


def _said(cells: list[str]) -> list[str]:
    return [
        squeezed for cell in cells if (squeezed := re.sub(r"\s+", "", unicodedata.normalize("NFKC", cell)))
    ]


def is_code_row(cells: list[str]) -> bool:
    """Whether a row holds field codes (V0604, a01, AAC003) and nothing else."""
    said = _said(cells)
    return len(said) >= 3 and all(_CODE.fullmatch(cell) for cell in said) and len(set(said)) == len(said)


def is_numbering_row(cells: list[str]) -> bool:
    """Whether a row numbers the columns: 甲 | 乙 | 1 | 2 | 3=1×2."""
    said = _said(cells)
    found = [_NUMBERING.fullmatch(cell) for cell in said]
    numbers = [int(match[1]) for match in found if match and match[1]]
    return len(said) >= 3 and all(found) and len(numbers) >= 2 and numbers == list(range(1, len(numbers) + 1))


def is_unit_row(upper: list[str], lower: list[str]) -> bool:
    """Whether a row below a header says the columns' units (亩 | 元/亩 | 元)."""
    said = _said(lower)
    placed = all(i < len(upper) and upper[i].strip() for i, cell in enumerate(lower) if cell.strip())
    return bool(said) and placed and all(_UNIT.fullmatch(cell) for cell in said)


def _with_units(upper: list[str], lower: list[str]) -> list[str]:
    """Names with the unit of money in brackets; other units say nothing that the program reads."""
    units = lower + [""] * (len(upper) - len(lower))
    found = [_MONEY_UNIT.fullmatch(unicodedata.normalize("NFKC", unit).strip()) for unit in units]
    return [f"{name}({unit[1]})" if unit else name for name, unit in zip(upper, found, strict=False)]


def is_continuation(upper: list[str], lower: list[str], below: list[HeadRow] | None = None) -> bool:
    """Whether ``lower`` names the columns under the merged cells of ``upper``.

    It does when it only holds words, when a word stands under the blank that a merged parent leaves,
    and when what stands below it looks different (numbers) or the words are such as children have.
    """
    parents = without_repeats(upper)
    if len(_said(parents)) < 2 or not all(_is_word(cell) for cell in (*parents, *lower) if cell.strip()):
        return False
    children = [i for i, cell in enumerate(lower) if cell.strip()]
    if len(children) < 2 or not any(_group_start(parents, lower, i) is not None for i in children):
        return False
    if any(_group_start(parents, lower, i) is None and not _at(parents, i) for i in children):
        return False
    words = [i for i in children if _CHILD.fullmatch(_said([lower[i]])[0])]
    values = [i for i in children for row in below or () if _VALUE.fullmatch(_at(row.cells, i) or "x")]
    return len(words) * 2 >= len(children) or len(set(values)) * 2 >= len(children)


def _is_word(cell: str) -> bool:
    word = _said([cell])[0]
    return len(word) <= _LONGEST_WORD and (bool(_CHILD.fullmatch(word)) or not _VALUE.fullmatch(word))


def _at(cells: list[str], position: int) -> str:
    return cells[position].strip() if position < len(cells) else ""


def without_repeats(cells: list[str]) -> list[str]:
    """A row of parents as merging shows it: a name written over and over stands once."""
    return [
        "" if i and cell.strip() and cell.strip() == cells[i - 1].strip() else cell
        for i, cell in enumerate(cells)
    ]


def _group_start(upper: list[str], lower: list[str], position: int) -> int | None:
    """Where the parent stands whose merged cell covers a blank of ``upper``; None when none does."""
    if _at(upper, position):
        return None
    start = next((i for i in range(min(position, len(upper)) - 1, -1, -1) if upper[i].strip()), None)
    return start if start is not None and _at(lower, start) else None


def join_levels(upper: list[str], lower: list[str]) -> list[str]:
    """Names of two header rows, one per column: the parent alone where it reaches down, else parent＿child."""
    parents = without_repeats(upper)
    names: list[str] = []
    for i in range(max(len(parents), len(lower))):
        parent, child = _at(parents, i), _at(lower, i)
        if child and not parent:
            start = _group_start(parents, lower, i)
            parent = parents[start].strip() if start is not None else ""
        names.append(JOINT.join(part for part in (parent, child) if part))
    return names

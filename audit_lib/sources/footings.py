"""Rows below the header that are no detail: 合计 rows and signatures."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib.sources.cells import Mask
from audit_lib.sources.cheap_tests import holds, is_decimal, is_not, matches
from audit_lib.sources.clean.amounts import read_fen
from audit_lib.sources.sheets import Body, OddRow

_LABEL = re.compile(
    r"(.{0,20}(合计|小计|总计|共计|累计)|总笔数|总金额|总户数|总人数|TOTAL|SUM)"
    r"([(].*[)])?(元|万元)?[::=]?[\d,.元笔户人]*",
    re.IGNORECASE,
)
#: a total says so in one of its first cells
_LABEL_COLUMNS = 4
_TRAILER = re.compile(r"(总笔数|总金额|笔数|金额)[::=]?([\d,]+(?:\.\d+)?)")
#: cheap test (RE2) for cells that could be a label at all
_MAYBE_LABEL = holds("(计|总|(?i:total|sum))", maybe=is_not(is_decimal))
#: (RE2) what a cell with an identity or account number holds, whole, cut or masked; a year behind words is none
_NUMBERED = matches(
    r"\p{Nd}{6}|\*{2}|^[^\p{Han}]*\p{Nd}{4}",
    certain=lambda cells: pc.and_(is_decimal(cells), pc.greater_equal(pc.binary_length(cells), 6)),
)
_FOOTER = re.compile(
    r"(制表|填表|填报|审核|复核|经办|负责人|单位负责人|主管|分管|会计|出纳|村主任|村书记|镇长|盖章|公章|签字|签章|领款人签|"
    r"打印|备注|注|说明|附注|监督电话|举报电话|联系电话|日期|第\d+页|共\d+页|以下空白|以上|本表|导出时间).*"
)


def _squeezed(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def is_total_label(text: str) -> bool:
    """Whether a cell is 合计, 大店村小计 or 总笔数:12."""
    return bool(_LABEL.fullmatch(_squeezed(text)))


def is_footer(cells: list[str]) -> bool:
    """Whether a row without person and amount is a signature or a remark."""
    said = [_squeezed(cell) for cell in cells if cell.strip()]
    return bool(said) and bool(_FOOTER.match(said[0])) and not is_total_label(said[0])


@dataclass(frozen=True)
class Footings:
    """Which rows of a body are no detail.

    Attributes:
        totals: rows that carry a printed total.
        others: signatures and remarks.
    """

    totals: Mask
    others: Mask

    @property
    def any(self) -> Mask:
        """Rows that are no detail."""
        return self.totals | self.others


def find_nobody(body: Body, person: list[int]) -> Mask:
    """Rows without the number of a person or an account.

    Args:
        body: the rows.
        person: positions of the columns that identify a row (ID, account): a total has none.
    """
    nobody = np.ones(len(body), dtype=np.bool_)
    for position in person:
        if position < len(body.columns):
            nobody &= ~body.where(position, _NUMBERED) | _labelled(body, position)
    return nobody


def find_footings(body: Body, nobody: Mask, amount: int | None) -> Footings:
    """Tell detail from footings.

    Args:
        body: the rows.
        nobody: rows without the number of a person or an account.
        amount: position of the amount column.
    """
    label = np.zeros(len(body), dtype=np.bool_)
    for position in range(min(_LABEL_COLUMNS, len(body.columns))):
        label |= _labelled(body, position)
    totals = label & nobody
    others = np.zeros(len(body), dtype=np.bool_)
    candidates = nobody & ~totals
    if amount is not None and amount < len(body.columns):
        candidates &= ~body.where(amount, lambda cells: pc.match_substring_regex(cells, r"\p{Nd}"))
    for i in np.flatnonzero(candidates):
        others[i] = is_footer(row_cells(body, int(i)))
    return Footings(totals, others)


def _labelled(body: Body, position: int) -> Mask:
    """Rows with a label of a total in a column."""

    def test(cells: pa.Array) -> pa.Array:
        maybe = np.array(_MAYBE_LABEL(cells), dtype=np.bool_)
        for i in np.flatnonzero(maybe):
            maybe[i] = is_total_label(cells[int(i)].as_py())
        return pa.array(maybe)

    return body.where(position, test)


def row_cells(body: Body, index: int) -> list[str]:
    """Cells of one row."""
    return [str(column[index].as_py()) for column in body.columns]


def is_odd_total(row: OddRow) -> bool:
    """Whether a row that fits no column is a bank file's trailer, a total or a signature."""
    said = [cell for cell in row.cells if cell.strip()]
    return any(is_total_label(cell) for cell in said[:3]) or is_footer(row.cells)


def printed_amount(cells: list[str], amount: int | None, unit: str) -> tuple[str, int | None]:
    """Label and amount of a total row: from the amount column, else from 总金额 in or beside the label."""
    label = next((_squeezed(cell) for cell in cells if is_total_label(cell)), "合计")
    if amount is not None and amount < len(cells) and (fen := read_fen(cells[amount], unit)) is not None:
        return label, fen
    squeezed = [_squeezed(cell) for cell in cells]
    for i, cell in enumerate(squeezed):
        inside = [found[2] for found in _TRAILER.finditer(cell) if found[1].endswith("金额")]
        beside = squeezed[i + 1] if cell.rstrip(":") == "总金额" and i + 1 < len(cells) else ""
        for text in (*inside, beside):
            if text and (fen := read_fen(text, unit)) is not None:
                return label, fen
    return label, None

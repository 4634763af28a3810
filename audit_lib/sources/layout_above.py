"""A table above the one that is read, in the same sheet, that lacks a needed column: its rows are set aside."""

from __future__ import annotations

from dataclasses import dataclass

from audit_lib.sources.layout_heads import Composed
from audit_lib.sources.sheets import HeadRow, used_width


@dataclass(frozen=True)
class TableAbove:
    """The rows from below its header to the header that is read.

    Attributes:
        cells: its header.
        rows: rows down to the last of a person; none can be used.
        passed: number of the other rows: the title and the header that are read, counted with the totals.
        reason: why its rows cannot be used.
        said: the same for the register.
    """

    cells: list[str]
    rows: tuple[HeadRow, ...]
    passed: int
    reason: str
    said: str

    @classmethod
    def of(
        cls, header: Composed, people: list[HeadRow], until: Composed, head: list[HeadRow], missing: list[str]
    ) -> TableAbove:
        """Count the rows of a sheet's head.

        Args:
            header: the header of the table above.
            people: its rows with the number of a person, at least one.
            until: the header that is read.
            head: the first non-blank rows of the sheet.
            missing: captions of the columns it lacks.
        """
        below = [row for row in head if header.at.row < row.row <= until.at.row]
        width = used_width(header.at.cells)
        rows = tuple(
            HeadRow(row.row, row.cells[: max(width, used_width(row.cells))])
            for row in below if row.row <= people[-1].row
        )  # fmt: skip
        return cls(
            header.at.cells, rows, len(below) - len(rows),
            f"第{header.first}行起是另一张表,缺少列“{'、'.join(missing)}”",
            f"第{header.first}行起另有一张列不全的表({len(people)}人),未读取,逐行搁置;需要时请拆成单独的文件报送",
        )  # fmt: skip

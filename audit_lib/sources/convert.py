"""One delivered sheet → rows of a canonical table, rows set aside, printed totals, and an account of all."""

from __future__ import annotations

import json
from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib import idnum
from audit_lib.sources.cells import Mask
from audit_lib.sources.columns import Dictionaries, SheetColumns, read_columns
from audit_lib.sources.flags import Memory, remember
from audit_lib.sources.footings import find_footings, is_odd_total, printed_amount, row_cells
from audit_lib.sources.readings import Reading
from audit_lib.sources.sheets import OddRow
from audit_lib.sources.totals import Printed, compare_totals
from audit_lib.tables import Column, Table

#: columns of a sheet's converted rows before the sheet has its number
ROW = "row"


@dataclass(frozen=True)
class SetAside:
    """A row that could not be used."""

    row: int
    reason: str
    column: str
    cell: str
    record: str


@dataclass
class Quality:
    """What the file's gates look at, added up over its sheets."""

    rows: int = 0
    amounts: int = 0
    amounts_unreadable: int = 0
    first_bad_amount: str = ""
    ids: int = 0
    ids_cut: int = 0
    cut_examples: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Converted:
    """What became of one sheet. ``delivered`` = ``kept`` + set aside + ``totals``."""

    rows: pa.Table
    set_aside: list[SetAside]
    printed: list[Printed]
    delivered: int
    totals: int
    quality: Quality
    notes: list[str] = field(default_factory=list)
    memory: Memory = field(default_factory=lambda: Memory.of([]))

    @property
    def kept(self) -> int:
        """Rows that became canonical rows."""
        return int(self.rows.num_rows)


def convert_sheet(sheet: SheetColumns, known: Dictionaries) -> Converted:
    """Read a sheet whose header is mapped.

    Raises:
        AssertionError: a row got lost between delivery and account — a bug, never the data's fault.
    """
    delivered = len(sheet.body) + len(sheet.body.odd)
    amount = amount_column(sheet.table)
    amount_at = sheet.columns.at.get(amount.name) if amount else None
    unit = sheet.unit(amount_at)
    person = [sheet.columns.at[name] for name in ("id", "account_no") if name in sheet.columns.at]
    footings = find_footings(sheet.body, sheet.header.cells, person, amount_at)
    odd_totals = [row for row in sheet.body.odd if is_odd_total(row)]
    printed = [
        (int(sheet.body.rows[i]), *printed_amount(row_cells(sheet.body, int(i)), amount_at, unit))
        for i in np.flatnonzero(footings.totals)
    ] + [(row.row, *printed_amount(row.cells, amount_at, unit)) for row in odd_totals]  # fmt: skip
    detail = SheetColumns(
        sheet.table, sheet.spec, sheet.header, sheet.columns, sheet.given, sheet.body.keep(~footings.any)
    )
    stored: dict[str, pa.Array] = {ROW: pa.array(detail.body.rows, pa.int64())}
    faults = RowFaults(detail)
    quality, notes = Quality(), _notes(sheet)
    memories: list[Memory] = []
    for column, reading in read_columns(detail, known):
        stored |= reading.stored
        _apply_default(sheet.table, column, detail, reading, stored)
        memories += remember(column, reading, detail.body.rows, detail.unit(detail.columns.at.get(column.name)))
        note = faults.judge(column, reading)
        notes += [note] if note else []
        _measure(quality, detail, column, reading, is_amount=column is amount)
    faults.judge_nobody(stored)
    rows = pa.table(stored).filter(pa.array(faults.sound))
    set_aside = faults.set_aside() + [_odd(row, sheet) for row in sheet.body.odd if row not in odd_totals]
    totals = int(footings.any.sum()) + len(odd_totals)
    if rows.num_rows + len(set_aside) + totals != delivered:
        raise AssertionError(
            f"{delivered} delivered, {rows.num_rows} + {len(set_aside)} + {totals} accounted for"
        )
    compared = compare_totals(printed, detail.body.rows, _amounts(stored, amount))
    return Converted(
        rows, sorted(set_aside, key=lambda s: s.row), compared, delivered, totals, quality, notes,
        Memory.of(memories),
    )


def amount_column(table: Table) -> Column | None:
    """The column a printed total adds up: the required amount, else the first amount."""
    amounts = [column for column in table.columns if column.type == "fen"]
    return next((c for c in amounts if c.name == "amount"), amounts[0] if amounts else None)


def _amounts(stored: dict[str, pa.Array], amount: Column | None) -> np.ndarray:
    if amount is None:
        return np.zeros(len(stored[ROW]), dtype=np.int64)
    return np.asarray(pc.fill_null(stored[f"{amount.name}_fen"], 0))


def _notes(sheet: SheetColumns) -> list[str]:
    unmapped = [cell for cell in sheet.columns.unmapped if cell not in ("序号", "编号", "行号")]
    return ["未采用的列:" + "、".join(unmapped)] if unmapped else []


def _apply_default(
    table: Table, column: Column, sheet: SheetColumns, reading: Reading, stored: dict[str, pa.Array]
) -> None:
    """A payment list without a status column lists what was paid; a blank status says the same."""
    if table.name == "payment" and column.name == "status":
        blank = pa.array(reading.blank)
        stored["status"] = pc.if_else(blank, pa.scalar("success"), stored["status"])


def _measure(
    quality: Quality, sheet: SheetColumns, column: Column, reading: Reading, *, is_amount: bool
) -> None:
    if is_amount and column.required:
        quality.rows += len(sheet.body)
        quality.amounts += int((~reading.blank).sum())
        quality.amounts_unreadable += int(reading.unreadable.sum())
        if reading.unreadable.any():
            first = int(np.flatnonzero(reading.unreadable)[0])
            quality.first_bad_amount = f"第{sheet.body.rows[first]}行“{sheet.cells(column).at(first)}”"
    if column.type == "id":
        quality.ids += int((~reading.blank).sum())
        cut = np.flatnonzero(np.asarray(pc.equal(reading.stored["id_status"], "excel_cut")))
        quality.ids_cut += len(cut)
        cells = sheet.cells(column) if len(cut) else None
        quality.cut_examples += [
            f"第{sheet.body.rows[i]}行 {idnum.mask(cells.at(int(i)).strip())}" for i in cut[:3] if cells
        ]


#: what is said about a required cell that cannot be read
_UNREADABLE = {
    "fen": "金额无法识别", "date": "日期无法识别", "period": "所属期无法识别", "item": "目录外项目",
    "int": "数字无法识别", "number": "数字无法识别", "choice": "取值无法识别",
}  # fmt: skip
_JUDGED_TOGETHER = {"name", "id"}


class RowFaults:
    """Why rows of a sheet cannot be used; the first reason found is the one reported."""

    def __init__(self, sheet: SheetColumns) -> None:
        self._sheet = sheet
        self.sound: Mask = np.ones(len(sheet.body), dtype=np.bool_)
        self._reasons: dict[int, tuple[str, str, str]] = {}

    def judge(self, column: Column, reading: Reading) -> str:
        """Take the rows a column spoils; return a note about cells that were merely passed over."""
        must = column.required or (self._sheet.table.name == "payment" and column.name == "status")
        caption = column.caption
        if must and column.type not in _JUDGED_TOGETHER:
            self._spoil(reading.unreadable, _UNREADABLE.get(column.type, "无法识别"), column)
            if column.required:
                self._spoil(reading.blank, f"{caption}空缺", column)
            return ""
        passed_over = int(reading.unreadable.sum())
        return f"{caption}{passed_over}行无法识别,按空缺处理" if passed_over else ""

    def judge_nobody(self, stored: dict[str, pa.Array]) -> None:
        """A row about a person needs a name or a number."""
        columns = {column.name: column for column in self._sheet.table.columns}
        if not self._sheet.table.about_person or not columns["name"].required:
            return
        nobody = np.asarray(pc.is_null(stored["name"])) & np.asarray(pc.equal(stored["id_status"], "empty"))
        self._spoil(nobody, "姓名和身份证号都空缺", columns["name"])

    def _spoil(self, spoilt: Mask, reason: str, column: Column) -> None:
        rows = np.flatnonzero(spoilt & self.sound)
        if len(rows) == 0:
            return
        cells = self._sheet.cells(column)
        for row in rows:
            self._reasons[int(row)] = (reason, column.caption, cells.at(int(row)))
        self.sound[rows] = False

    def set_aside(self) -> list[SetAside]:
        """The spoilt rows with their records."""
        body = self._sheet.body
        return [
            SetAside(int(body.rows[row]), *reason, as_record(self._sheet.header.cells, row_cells(body, row)))
            for row, reason in self._reasons.items()
        ]


def as_record(header: list[str], cells: list[str]) -> str:
    """A row as delivered: JSON of header → cell; cells beyond the header are named by their position."""
    record: dict[str, str] = {}
    for i, cell in enumerate(cells):
        name = header[i].strip() if i < len(header) else ""
        if not name or name in record:
            name = f"{name}第{i + 1}列"
        record[name] = cell
    return json.dumps(record, ensure_ascii=False)


def _odd(row: OddRow, sheet: SheetColumns) -> SetAside:
    return SetAside(row.row, row.reason, "", "", as_record(sheet.header.cells, row.cells))

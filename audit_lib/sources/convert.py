"""One delivered sheet → rows of a canonical table, rows set aside, printed totals, and an account of all."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from audit_lib import idnum
from audit_lib.sources.cells import Mask, spell_out
from audit_lib.sources.clean.marks import ERROR_CELL
from audit_lib.sources.columns import Dictionaries, SheetColumns, read_columns
from audit_lib.sources.cut_numbers import columns_cut_at_16
from audit_lib.sources.flags import Memory, remember
from audit_lib.sources.footings import find_footings, find_nobody, is_odd_total, printed_amount, row_cells
from audit_lib.sources.headers import Header
from audit_lib.sources.layout_above import TableAbove
from audit_lib.sources.layout_blocks import Block, Look, as_odd, cut_blocks, wordy_rows
from audit_lib.sources.layout_households import Merged, fill_households
from audit_lib.sources.layout_lanes import open_lanes
from audit_lib.sources.layout_members import share_with_members
from audit_lib.sources.layout_spans import join_spans
from audit_lib.sources.layout_widths import unnamed_notes
from audit_lib.sources.readings import Reading
from audit_lib.sources.sheets import OddRow, used_width
from audit_lib.sources.statuses import STATUS, UNKNOWN, settle_statuses
from audit_lib.sources.totals import Printed, compare_totals
from audit_lib.sources.unread_dates import DateCells, count_dates, join_dates, unread_columns
from audit_lib.tables import Column, Table

#: columns of a sheet's converted rows before the sheet has its number
ROW = "row"
#: rows that are read at once, and how many times at once
_SLICE, _THREADS = 262_144, 2
_EXAMPLES = 3
#: row, label, amount of a printed total
Mark = tuple[int, str, int | None]
#: row numbers of details and their amounts in 分
Details = tuple[npt.NDArray[np.int64], npt.NDArray[np.int64]]
#: takes canonical rows that belong to the next sheet (or table of a sheet) which will be accounted for
Outlet = Callable[[pa.Table], None]


def no_details() -> Details:
    """No rows at all."""
    return np.array([], dtype=np.int64), np.array([], dtype=np.int64)


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

    def add(self, part: Quality, where: str = "") -> None:
        """Count a part in; ``where`` goes before its examples."""
        self.rows += part.rows
        self.amounts += part.amounts
        self.amounts_unreadable += part.amounts_unreadable
        self.ids += part.ids
        self.ids_cut += part.ids_cut
        self.cut_examples += [f"{where}{example}" for example in part.cut_examples]
        if part.first_bad_amount and not self.first_bad_amount:
            self.first_bad_amount = f"{where}:{part.first_bad_amount}" if where else part.first_bad_amount


@dataclass(frozen=True)
class Converted:
    """What became of one sheet, or of one table of several in a sheet.

    ``delivered`` = ``kept`` + ``aside`` + ``totals``. A lane holds further people of rows that are
    accounted for elsewhere: nothing of it counts as delivered, all of it is ``split``. ``handed_over`` canonical rows are
    not among ``rows``: an outlet has them already.
    """

    header: Header
    rows: pa.Table
    set_aside: list[SetAside]
    delivered: int
    totals: int
    quality: Quality
    marks: list[Mark] = field(default_factory=list)
    details: Details = field(default_factory=no_details)
    notes: list[str] = field(default_factory=list)
    printed: list[Printed] = field(default_factory=list)
    is_lane: bool = False
    memory: Memory = field(default_factory=lambda: Memory.of([]))
    passed_over: dict[str, int] = field(default_factory=dict)
    handed_over: int = 0
    dates: dict[str, DateCells] = field(default_factory=dict)

    @property
    def kept(self) -> int:
        """Delivered rows that became canonical rows."""
        return 0 if self.is_lane else int(self.rows.num_rows) + self.handed_over

    @property
    def aside(self) -> int:
        """Delivered rows set aside."""
        return 0 if self.is_lane else len(self.set_aside)

    @property
    def split(self) -> int:
        """Records of further people, beyond one for each delivered row."""
        return int(self.rows.num_rows) + len(self.set_aside) if self.is_lane else 0


def convert_sheet(
    sheet: SheetColumns,
    known: Dictionaries,
    merged: Merged = (),
    look: Look | None = None,
    outlet: Outlet | None = None,
) -> list[Converted]:
    """Read a sheet whose header is mapped.

    Args:
        sheet: header, columns and rows.
        known: the district's spellings.
        merged: cells merged downwards: column, first and last row.
        look: reads the title of a further table in the same sheet.
        outlet: takes the rows of a long sheet that is one table as soon as they are converted.

    Returns:
        One entry for an ordinary sheet; one for each table below another, and for each further
        person of its rows.

    Raises:
        AssertionError: a row got lost between delivery and account — a bug, never the data's fault.
    """
    amount = amount_column(sheet.table)
    amount_at = sheet.columns.at.get(amount.name) if amount else None
    nobody = find_nobody(sheet.body, _person(sheet))
    wordy = wordy_rows(sheet.body, nobody, sheet.columns.at.get("name"), amount_at, sheet.header.cells)
    blocks = cut_blocks(sheet, wordy, look, known.places)
    whole = nobody if len(blocks) == 1 else None
    outlet = outlet if len(blocks) == 1 else None
    converted = [part for block in blocks for part in _convert_block(block, known, merged, whole, outlet)]
    delivered = len(sheet.body) + len(sheet.body.odd)
    accounted = sum(part.kept + part.aside + part.totals for part in converted)
    if accounted != delivered or sum(part.delivered for part in converted) != delivered:
        raise AssertionError(f"{delivered} delivered, {accounted} accounted for")
    converted[0] = _with_above(converted[0], sheet.header.above)
    if len(blocks) > 1:
        converted[0].notes.append(f"一个工作表里上下有{len(blocks)}个表,各按自己的标题和表头读取")
    tied = tie_totals(converted)
    tied[0].notes.extend(_untied_notes([total for part in tied for total in part.printed]))
    return tied


def _with_above(part: Converted, above: TableAbove | None) -> Converted:
    """The rows of a table above that cannot be read are delivered, too, and set aside."""
    if above is None:
        return part
    aside = [SetAside(row.row, above.reason, "", "", as_record(above.cells, row.cells)) for row in above.rows]
    return replace(
        part, set_aside=[*aside, *part.set_aside], totals=part.totals + above.passed,
        delivered=part.delivered + len(aside) + above.passed,
    )  # fmt: skip


def _untied_notes(printed: list[Printed]) -> list[str]:
    """Words for the register about printed totals that are not what their rows add up to."""
    untied = [total for total in printed if total.amount_fen not in (None, total.detail_fen)]
    notes = [
        f"第{total.row}行“{total.label}”{(total.amount_fen or 0) / 100:,.2f}元,明细合计{total.detail_fen / 100:,.2f}元,不符"
        for total in untied[:_EXAMPLES]
    ]
    return notes + ([f"另有{len(untied) - _EXAMPLES}处合计与明细不符"] if len(untied) > _EXAMPLES else [])


def _person(sheet: SheetColumns) -> list[int]:
    return [sheet.columns.at[name] for name in ("id", "account_no") if name in sheet.columns.at]


def _convert_block(
    block: Block, known: Dictionaries, merged: Merged, nobody: Mask | None, outlet: Outlet | None
) -> list[Converted]:
    sheet, passed = join_spans(block.sheet), len(block.passed)
    if block.missing:
        aside = [_odd(row, sheet) for row in as_odd(block)]
        empty = replace(sheet, body=sheet.body.keep(np.zeros(len(sheet.body), dtype=np.bool_)))
        part = _convert_rows(empty, known)
        return [replace(part, set_aside=aside, delivered=len(aside) + passed, totals=passed)]
    amount = amount_column(sheet.table)
    amount_at = sheet.columns.at.get(amount.name) if amount else None
    if nobody is None or len(nobody) != len(sheet.body):
        nobody = find_nobody(sheet.body, _person(sheet))
    footings = find_footings(sheet.body, nobody, amount_at)
    odd_totals = [row for row in sheet.body.odd if is_odd_total(row)]
    unit = sheet.unit(amount_at)
    marks = [
        (int(sheet.body.rows[i]), *printed_amount(row_cells(sheet.body, int(i)), amount_at, unit))
        for i in np.flatnonzero(footings.totals)
    ] + [(row.row, *printed_amount(row.cells, amount_at, unit)) for row in odd_totals]  # fmt: skip
    breaks = np.sort([*block.passed, *(mark[0] for mark in marks)]).astype(np.int64)
    filled = fill_households(replace(sheet, body=sheet.body.keep(~footings.any)), merged, breaks)
    shared = share_with_members(filled.sheet, merged, breaks)
    lanes = open_lanes(shared.sheet)
    base = _convert_rows(lanes.base, known, outlet)
    odd = [_odd(row, sheet) for row in sheet.body.odd if row not in odd_totals]
    base = replace(
        base, set_aside=sorted([*base.set_aside, *odd], key=lambda s: s.row), marks=marks,
        delivered=len(sheet.body) + len(sheet.body.odd) + passed,
        totals=int(footings.any.sum()) + len(odd_totals) + passed,
        notes=[*_notes(lanes.base), *filled.notes, *shared.notes, *lanes.notes, *base.notes],
    )  # fmt: skip
    return [base, *(replace(_convert_rows(lane, known), delivered=0, is_lane=True) for lane in lanes.further)]


def _convert_rows(detail: SheetColumns, known: Dictionaries, outlet: Outlet | None = None) -> Converted:
    """Read rows that are details: each becomes a canonical row or is set aside.

    Many rows are read slice by slice, two at a time: what is needed on the way is then needed for a slice only.
    """
    count, cut = len(detail.body), columns_cut_at_16(detail)
    if count <= _SLICE:
        return _convert_slice(detail, known, cut)

    def convert(start: int) -> Converted:
        return _convert_slice(replace(detail, body=detail.body.between(start, start + _SLICE)), known, cut)

    with ThreadPoolExecutor(_THREADS) as pool:
        parts = [
            part if outlet is None else _hand_over(part, outlet)
            for part in pool.map(convert, range(0, count, _SLICE))
        ]
    return _put_together(detail.header, parts)


def _hand_over(part: Converted, outlet: Outlet) -> Converted:
    """Rows are written, and forgotten, while the next slices are converted."""
    outlet(part.rows)
    return replace(part, rows=part.rows.schema.empty_table(), handed_over=part.rows.num_rows)


def _put_together(header: Header, parts: list[Converted]) -> Converted:
    """The slices of one sheet as one."""
    quality, passed_over = Quality(), Counter[str]()
    for part in parts:
        quality.add(part.quality)
        passed_over.update(part.passed_over)
    del quality.cut_examples[_EXAMPLES:]
    dates = join_dates([part.dates for part in parts])
    rows = pa.concat_tables([_spelt(part.rows) for part in parts])
    details = tuple(np.concatenate([part.details[i] for part in parts]) for i in (0, 1))
    return Converted(
        header, rows, [row for part in parts for row in part.set_aside], rows.num_rows, 0, quality,
        details=(details[0], details[1]), notes=_passed_over_notes(passed_over, dates), passed_over=dict(passed_over), dates=dates,
        memory=Memory.joined([part.memory for part in parts]), handed_over=sum(part.handed_over for part in parts),
    )  # fmt: skip


def _spelt(rows: pa.Table) -> pa.Table:
    return pa.table({name: spell_out(rows.column(name)) for name in rows.column_names})


def _passed_over_notes(passed_over: Mapping[str, int], dates: Mapping[str, DateCells]) -> list[str]:
    said = [
        f"{caption}{count}{UNKNOWN if caption == STATUS else '行无法识别,按空缺处理'}"
        for caption, count in passed_over.items()
    ]
    return [*said, *unread_columns(dates)]


def _convert_slice(detail: SheetColumns, known: Dictionaries, cut: frozenset[str]) -> Converted:
    amount = amount_column(detail.table)
    stored: dict[str, pa.Array] = {ROW: pa.array(detail.body.rows, pa.int64())}
    faults = RowFaults(detail)
    quality, passed_over, dates = Quality(), dict[str, int](), dict[str, DateCells]()
    memories: list[Memory] = []
    no_status: Mask = np.zeros(len(detail.body), dtype=np.bool_)
    for column, reading in read_columns(detail, known):
        stored |= reading.stored
        if column.name == "status":
            no_status = reading.blank
        memories += remember(
            column, reading, detail.body.rows, detail.unit(detail.columns.at.get(column.name)), cut_at_16=column.name in cut
        )  # fmt: skip
        dates |= count_dates(column, reading)
        if count := faults.judge(column, reading):
            passed_over[column.caption] = count
        _measure(quality, detail, column, reading, is_amount=column is amount)
    if detail.table.name == "payment":
        stored["status"] = settle_statuses(stored["status"], no_status, stored["fail_reason"])
    faults.judge_nobody(stored)
    rows = pa.table(stored)
    rows = rows if faults.sound.all() else rows.filter(pa.array(faults.sound))
    details = (detail.body.rows, _amounts(stored, amount))
    return Converted(
        detail.header,
        rows,
        faults.set_aside(),
        rows.num_rows,
        0,
        quality,
        details=details,
        notes=_passed_over_notes(passed_over, dates),
        passed_over=passed_over,
        dates=dates,
        memory=Memory.of(memories),
    )


def tie_totals(converted: list[Converted]) -> list[Converted]:
    """Compare the totals printed in a sheet with all details of the sheet, whichever table they stand in."""
    if not any(part.marks for part in converted):
        return converted
    rows = np.concatenate([part.details[0] for part in converted])
    amounts = np.concatenate([part.details[1] for part in converted])
    order = np.argsort(rows, kind="stable")
    compared = compare_totals(
        [mark for part in converted for mark in part.marks], rows[order], amounts[order]
    )
    return [
        replace(part, printed=[total for total in compared if total.row in {mark[0] for mark in part.marks}])
        if part.marks else part
        for part in converted
    ]  # fmt: skip


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
    return (["未采用的列:" + "、".join(unmapped)] if unmapped else []) + unnamed_notes(sheet)


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
            f"第{sheet.body.rows[i]}行 {idnum.mask(cells.at(int(i)).strip())}"
            for i in cut[:_EXAMPLES]
            if cells
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

    def judge(self, column: Column, reading: Reading) -> int:
        """Take the rows a column spoils; return the number of cells that were merely passed over."""
        if column.required and column.type not in _JUDGED_TOGETHER:
            self._spoil(reading.unreadable, _UNREADABLE.get(column.type, "无法识别"), column)
            self._spoil(reading.blank, f"{column.caption}空缺", column)
            return 0
        return int(reading.unreadable.sum())

    def judge_nobody(self, stored: dict[str, pa.Array]) -> None:
        """A row about a person needs a name or a number."""
        columns = {column.name: column for column in self._sheet.table.columns}
        if not self._sheet.table.about_person or not columns["name"].required:
            return
        failed = pc.match_substring_regex(pc.fill_null(stored["id_raw"], ""), rf"^{ERROR_CELL}$")
        unnumbered = np.asarray(pc.or_(pc.equal(stored["id_status"], "empty"), failed))
        nobody = np.asarray(pc.is_null(stored["name"])) & unnumbered
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
        body, header = self._sheet.body, self._sheet.header.cells
        named, width = used_width(header), self._sheet.delivered_width
        records = ((row, row_cells(body, row)[:width]) for row in self._reasons)
        return [
            SetAside(int(body.rows[row]), *self._reasons[row], as_record(header, cells[: max(named, used_width(cells))]))
            for row, cells in records
        ]  # fmt: skip


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

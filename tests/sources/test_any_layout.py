"""Any layout of a known list reads back as that list, and every delivered row is accounted for."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import xlsxwriter
from hypothesis import given, settings
from hypothesis import strategies as st

from audit_lib.idnum import check_character
from audit_lib.params import SourceSpec, load_project
from audit_lib.sources.columns import Dictionaries
from audit_lib.sources.files import FileAccount, SheetAccount, read_file
from tests.sources.district import LINGANG

VILLAGES = ("草岭社区", "大官庄村", "小官庄村")
#: column → how a list may head it: one row, or parent and child
HEADS: dict[str, tuple[tuple[str, str], ...]] = {
    "序号": (("序号", ""), ("编号", "")),
    "name": (("姓名", ""), ("姓 名", ""), ("基本信息", "姓名"), ("*农户姓名", "")),
    "id": (("身份证号", ""), ("身份证\n号码", ""), ("基本信息", "身份证号"), ("公民身份号码(18位)", "")),
    "account": (("银行账号", ""), ("帐 号", ""), ("基本信息", "一卡通账号")),
    "quantity": (("面积", ""), ("补贴情况", "面积"), ("数量(亩)", "")),
    "amount": (("补贴金额(元)", ""), ("补贴情况", "金额"), ("发放金额", ""), ("补贴情况", "发放\n金额")),
    "note": (("备注", ""), ("领款人签字", "")),
}
Row = tuple[str, str, int]


@dataclass
class Layout:
    """A sheet drawn at random, the people written into it, and what the reader should count."""

    rows: list[list[Any]] = field(default_factory=list)
    people: list[Row] = field(default_factory=list)
    printed: list[tuple[int, int]] = field(default_factory=list)
    below_header: int = 0


def person(draw: random.Random) -> tuple[str, str]:
    number = f"371327{draw.randint(1940, 2005)}{draw.randint(1, 12):02}{draw.randint(1, 28):02}{draw.randint(1, 999):03}"
    name = draw.choice("王李张刘陈") + "".join(draw.choices("芳强敏丽军洋勇艳", k=draw.randint(1, 2)))
    return name, number + check_character(number)


class Writer:
    """Writes one sheet the way offices do."""

    def __init__(self, draw: random.Random) -> None:
        self._draw, self.layout = draw, Layout()
        self._columns = ["序号", "name", "id", "account", "quantity", "amount", "note"]
        if draw.random() < 0.5:
            draw.shuffle(self._columns)
        if draw.random() < 0.3:
            self._columns.remove("quantity")
        self._spaced = draw.random() < 0.3
        heads = {column: draw.choice(HEADS[column]) for column in self._columns}
        parents = [parent for parent, child in heads.values() if child]
        for column, (parent, child) in heads.items():
            if child and parents.count(parent) < 2:  # nobody merges a cell over one column
                heads[column] = HEADS[column][0]
        self._columns = sorted(self._columns, key=lambda column: self._first_of(heads, heads[column][0]))
        self._header = self._rows_of([heads[column] for column in self._columns])

    def _first_of(self, heads: dict[str, tuple[str, str]], parent: str) -> int:
        """Children of one parent stand together."""
        return min(i for i, column in enumerate(self._columns) if heads[column][0] == parent)

    def _rows_of(self, heads: list[tuple[str, str]]) -> list[list[str]]:
        if not any(child for _, child in heads):
            return [[parent for parent, _ in heads]]
        repeat = self._draw.random() < 0.3
        above = [
            "" if i and child and heads[i - 1][0] == parent and heads[i - 1][1] and not repeat else parent
            for i, (parent, child) in enumerate(heads)
        ]
        return [above, [child for _, child in heads]]

    def put(self, *cells: Any, counted: bool = True) -> None:
        self.layout.rows.append(list(cells))
        self.layout.below_header += counted and any(str(cell).strip() for cell in cells)

    def title(self, village: str, *, counted: bool) -> None:
        self.put(f"团林镇{village}2018年3月农村低保发放表", counted=counted)
        if self._draw.random() < 0.5:
            self.put("单位:元", "", "填报日期:2018年4月1日", counted=counted)
        if self._draw.random() < 0.3:
            self.put(counted=counted)

    def header(self, *, counted: bool) -> None:
        for row in self._header:
            self.put(*row, counted=counted)
        kind = self._draw.random()
        if kind < 0.15:
            self.put(*(str(i) for i in range(1, len(self._columns) + 1)), counted=counted)
        elif kind < 0.3:
            self.put(*(f"V06{i:02}" for i in range(len(self._columns))), counted=counted)

    def people(self, count: int) -> int:
        total = 0
        for number in range(1, count + 1):
            name, identity = person(self._draw)
            amount = self._draw.randint(1, 900)
            cells = {"序号": number, "name": name, "id": identity, "account": "6228480000000000001", "quantity": 2.5,
                     "amount": amount, "note": self._draw.choice(["", "新增"])}  # fmt: skip
            self.put(*(cells[column] for column in self._columns))
            self.layout.people.append((name, identity, amount * 100))
            total += amount
            if self._spaced and self._draw.random() < 0.2:
                self.put()
        return total

    def total(self, label: str, amount: int) -> None:
        cells: list[Any] = [""] * len(self._columns)
        cells[self._columns.index("amount")] = amount
        first = next(i for i, column in enumerate(self._columns) if column != "amount")
        cells[first] = label
        self.put(*cells)
        self.layout.printed.append((amount * 100, amount * 100))


def draw_layout(seed: int) -> Layout:
    """Title, header, blocks of people with subtotals, headers again, blanks, a total, signatures."""
    draw = random.Random(seed)
    writer = Writer(draw)
    blocks = draw.randint(1, 4)
    titled, headed = draw.random() < 0.3, draw.random() < 0.5
    subtotal = draw.choice(["小计", "{}小计", "合计", ""])
    writer.title("", counted=False)
    writer.header(counted=False)
    whole = 0
    for block in range(blocks):
        village = draw.choice(VILLAGES)
        if block and titled:
            writer.title(village, counted=True)
        if block and (titled or headed):
            writer.header(counted=True)
        part = writer.people(draw.randint(1, 6))
        if subtotal:
            writer.total(subtotal.format(village), part)
        whole += part
    if draw.random() < 0.7:
        writer.total(draw.choice(["总计", "合 计"]), whole)
    if draw.random() < 0.6:
        writer.put("制表人:钱某", "", "审核人:孙某")
    return writer.layout


@lru_cache(maxsize=1)
def dictionaries() -> Dictionaries:
    project = load_project(LINGANG)
    return Dictionaries.of(project.items, project.towns)


def read(layout: Layout) -> tuple[list[SheetAccount], FileAccount]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "清册.xlsx"
        with xlsxwriter.Workbook(str(path)) as workbook:
            page = workbook.add_worksheet("Sheet1")
            for at, row in enumerate(layout.rows):
                for place, cell in enumerate(row):
                    if cell != "":
                        page.write(at, place, cell)
        account = FileAccount()
        spec = SourceSpec(match="*", table="payment", constants={"channel": "系统"})
        return list(read_file(path, "清册.xlsx", spec, dictionaries(), account)), account


@given(st.integers(0, 10**9))
@settings(max_examples=120, deadline=None)
def test_any_layout_of_a_list_reads_back_as_the_list(seed: int) -> None:
    layout = draw_layout(seed)
    sheets, _ = read(layout)
    rows = [row for sheet in sheets for row in sheet.converted.rows.to_pylist()]
    aside = [row for sheet in sheets for row in sheet.converted.set_aside]
    assert aside == []
    assert [(row["name"], row["id_no"], row["amount_fen"]) for row in rows] == layout.people
    assert [layout.rows[row["row"] - 1].count(row["id_no"]) for row in rows] == [1] * len(rows)
    printed = [total for sheet in sheets for total in sheet.converted.printed]
    assert [(total.amount_fen, total.detail_fen) for total in printed] == layout.printed
    counted = [(c.delivered, c.kept + c.aside + c.totals) for c in (sheet.converted for sheet in sheets)]
    assert all(delivered == accounted for delivered, accounted in counted)
    assert sum(delivered for delivered, _ in counted) >= layout.below_header - 2 * len(sheets)


@given(st.integers(0, 10**9), st.integers(0, 10**9))
@settings(max_examples=80, deadline=None)
def test_whatever_is_done_to_a_sheet_every_row_below_its_header_is_accounted_for(
    seed: int, mess: int
) -> None:
    layout, draw = draw_layout(seed), random.Random(mess)
    for _ in range(draw.randint(1, 8)):
        row = draw.choice(layout.rows)
        match draw.randint(0, 4):
            case 0 if row:
                row[draw.randrange(len(row))] = draw.choice(
                    ["", "合计", "姓名", "#REF!", "草岭社区", "身份证号", "315", "—"]
                )
            case 1:
                layout.rows.insert(draw.randrange(len(layout.rows)), list(draw.choice(layout.rows)))
            case 2:
                layout.rows.insert(
                    draw.randrange(len(layout.rows)), [draw.choice(["二、大官庄村", "说明:无", "单位:万元"])]
                )
            case 3:
                draw.shuffle(row)
            case _:
                row += row
    try:
        sheets, account = read(layout)
    except Exception as fault:
        assert type(fault).__name__ == "SourceError", fault
        return
    numbers = [row for s in sheets if not s.converted.is_lane for row in s.converted.rows["row"].to_pylist()]
    numbers += [aside.row for s in sheets if not s.converted.is_lane for aside in s.converted.set_aside]
    assert len(numbers) == len(set(numbers))
    delivered = sum(s.converted.delivered for s in sheets)
    first = min(s.header_row for s in sheets)
    below = [row for row in layout.rows[first:] if any(str(cell).strip() for cell in row)]
    assert delivered == len(below), account.notes
    assert delivered == sum(s.converted.kept + s.converted.aside + s.converted.totals for s in sheets)

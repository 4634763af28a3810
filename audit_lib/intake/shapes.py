"""Columns under headers that no word list has: by what their values are, and by being the only ones of their kind.

A header is never contradicted: a column is taken only when a stem in its header agrees with its values, or when its
values can only be one thing (valid identity numbers, names). Where two columns would do, both are asked about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import yaml

from audit_lib.intake.evidence import Evidence
from audit_lib.intake.ranks import is_never, rank_of
from audit_lib.sources.clean.amounts import read_number
from audit_lib.tables import Table

#: confidence of a column that is the only one of its kind, and of one that must be asked about
UNIQUE, ASKED = 0.8, 0.62
_PERSON = re.compile(
    r"(?:姓名|名字|人|户|户主|主|者|对象|老人|士兵|军人|儿童|学生|党员|医生|教师|干部|代表|成员|农民|村民|居民|残疾人|人员|学员|职工)$"
)
_NO_PERSON = re.compile(
    r"账|卡|存折|开户|签|审|经办|领导|组长|书记|主任|联系|介绍|负责|制表|填|村|镇|乡|庄|组|地|址|行|单位|公司|银行|类|别|族|校|班|"
    r"原因|备注|说明|状|结果|病|品种|曾用|原名|别名|收费|代领|代办|代理|监护|配偶|丈夫|妻|父|母|子女|儿子|女儿|家属|担保|见证|录入|操作|复核|核对|帮扶|包保|包户"
)
_NO_ACCOUNT = re.compile(
    r"流水|单|凭证|批|合同|证|电话|手机|代码|订单|编号|序|文|票|户号|学籍|机构|联行|新|原|旧"
)
_ACCOUNT = re.compile(r"号|卡|折|账|户")
_MONEY = re.compile(
    r"额|金|款|补贴|补助|津贴|元|资金|费|合计|钱|发放|实发|应发|拨付|兑付|报酬|工资|待遇|救助|抚恤|奖"
)
_NO_MONEY = re.compile(
    r"年龄|人数|人口|户数|面积|亩|数量|笔|号|序|比例|率|余额|标准|单价|每|均|基数|自筹|市级|县级|区级|省级|中央|地方|配套|累计|扣|税"
    r"|收入|支出|总价|购|造价|投资|应|其中|上级|年度|次数|月数|日|时间|电话|账|卡|结余|差额|缴|报销|医疗费|费用|原"
)


@dataclass(frozen=True)
class Found:
    """A column found by its shape: where, what, how sure and why."""

    position: int
    column: str
    confidence: float
    why: str


@dataclass(frozen=True)
class Shape:
    """One line of ``shapes.yml``."""

    column: str
    header: re.Pattern[str]
    never: re.Pattern[str]
    values: str
    few: int


@lru_cache(maxsize=1)
def _shapes() -> dict[str, list[Shape]]:
    written = yaml.safe_load((Path(__file__).parent / "shapes.yml").read_text(encoding="utf-8"))
    return {
        table: [
            Shape(line["column"], re.compile(line["header"]), re.compile(line.get("never", r"(?!)")),
                  line["values"], line.get("few", 10**9))
            for line in lines
        ]
        for table, lines in written.items()
    }  # fmt: skip


@dataclass
class Columns:
    """The columns of a sheet that no word has named yet.

    Attributes:
        names: for each position the normal header, empty where the column is taken, numbering or another person's.
        evidence: for each position what its values are.
        samples: for each position values from below the header.
        taken: canonical columns that have a header, with its position.
    """

    table: Table
    names: list[str]
    evidence: list[Evidence]
    samples: Sequence[Sequence[str]]
    taken: dict[str, int]

    def free(self) -> list[int]:
        """Positions still without a meaning."""
        return [i for i, name in enumerate(self.names) if name and self.evidence[i].filled]

    def open(self, column: str) -> bool:
        """Whether the table has such a column and no header is it yet."""
        kind = "place" if column in ("镇", "村") else ""
        return column not in self.taken and any(
            c.name == column or c.type == kind for c in self.table.columns
        )

    def take(self, found: Found) -> Found:
        """Nothing else becomes of the column."""
        self.names[found.position] = ""
        if found.confidence >= UNIQUE:
            self.taken[found.column] = found.position
        return found


def by_shape(columns: Columns) -> Iterator[Found]:
    """Columns that words did not find."""
    for finder in (_people, _accounts, _stems, _money):
        for found in list(finder(columns)):
            yield columns.take(found)


def _people(columns: Columns) -> Iterator[Found]:
    if not columns.open("name"):
        return
    like = [
        i for i in columns.free()
        if _share(columns, i, "name") >= 0.8 and _many(columns.samples[i]) and not _NO_PERSON.search(columns.names[i])
    ]  # fmt: skip
    stems = [i for i in like if _PERSON.search(columns.names[i])]
    best = stems or like
    for i in best[:1]:
        sure = len(best) == 1 and columns.evidence[i].filled >= 3
        yield Found(
            i,
            "name",
            UNIQUE if sure else ASKED,
            f"列名不认识,{_said(columns, i, 'name')}的值像姓名" + _only(sure),
        )


def may_be_a_person(header: str) -> bool:
    """Whether a header of a column of names may be the person of the row: no clerk, no relative, no holder of an account."""
    return _NO_PERSON.search(header) is None


def _accounts(columns: Columns) -> Iterator[Found]:
    if not columns.open("account_no"):
        return
    like = [
        i for i in columns.free()
        if _share(columns, i, "account") >= 0.9 and not _NO_ACCOUNT.search(columns.names[i])
    ]  # fmt: skip
    for i in like[:1]:
        sure = (
            len(like) == 1
            and _ACCOUNT.search(columns.names[i]) is not None
            and columns.evidence[i].filled >= 3
        )
        yield Found(
            i,
            "account_no",
            UNIQUE if sure else ASKED,
            f"{_said(columns, i, 'account')}的值像账号" + _only(sure),
        )


def _stems(columns: Columns) -> Iterator[Found]:
    for shape in _shapes().get(columns.table.name, []):
        if not columns.open(shape.column):
            continue
        fit = _foremost(columns, [i for i in columns.free() if _fits(columns, i, shape)], shape.column)
        for i in fit[:1]:
            sure = len(fit) == 1
            caption = next((c.caption for c in columns.table.columns if c.name == shape.column), shape.column)
            found = Found(i, shape.column, UNIQUE if sure else ASKED, f"列名和值都像{caption}" + _only(sure))
            yield columns.take(found)


def _foremost(columns: Columns, fit: list[int], column: str) -> list[int]:
    """Of several columns those whose headers say most clearly that they are the one; more than one are asked about."""
    worth = {i: rank_of(columns.table.name, column).worth(columns.names[i]) for i in fit}
    return [i for i in fit if worth[i] >= max(worth.values()) - 0.001]


def _fits(columns: Columns, i: int, shape: Shape) -> bool:
    name, evidence = columns.names[i], columns.evidence[i]
    if not shape.header.search(name) or shape.never.search(name):
        return False
    if is_never(columns.table.name, shape.column, name):
        return False
    if len({cell.strip() for cell in columns.samples[i] if cell.strip()}) > shape.few:
        return False
    match shape.values:
        case "any":
            return max(evidence.share("id"), evidence.share("account"), evidence.share("day")) < 0.5
        case "grain":  # a month, a quarter, a term; a day is none
            period = evidence.share("period") - evidence.share("day")
            return max(period, evidence.share("month_part")) >= 0.9
        case "fen" | "number":
            return (
                evidence.share(shape.values) >= 0.95
                and evidence.share("day") < 0.5
                and evidence.share("year") < 0.5
            )
        case _:
            return evidence.share(shape.values) >= 0.9


def _money(columns: Columns) -> Iterator[Found]:
    """The amount of a list of payments: the only column of money, or the one that is quantity × rate."""
    if columns.table.name not in ("payment", "bank_return") or not columns.open("amount"):
        return
    like = [i for i in columns.free() if is_money(columns.names[i], columns.evidence[i], columns.table)]
    product = _product(columns)
    proven = [i for i in like if product and _equal(columns.samples[i], product)]
    best = _foremost(columns, proven or like, "amount")
    for i in best[:1]:
        sure = len(best) == 1
        why = (
            "等于数量×标准"
            if proven
            else "表中只有这一列像金额"
            if len(like) == 1
            else "列名最像实发的金额"
            if sure
            else "有几列像金额"
        )
        yield Found(i, "amount", UNIQUE if sure else ASKED, f"列名和值都像金额,{why}")


def is_money(header: str, evidence: Evidence, table: Table) -> bool:
    """Whether a column could be the amount of a payment: its header speaks of money and its values are amounts."""
    return (
        evidence.filled >= 3 and evidence.share("fen") >= 0.95
        and evidence.share("day") < 0.5 and evidence.share("year") < 0.5
        and _MONEY.search(header) is not None and _NO_MONEY.search(header) is None
        and not is_never(table.name, "amount", header)
    )  # fmt: skip


def _product(columns: Columns) -> list[float | None]:
    quantity, rate = columns.taken.get("quantity"), columns.taken.get("rate")
    if quantity is None or rate is None:
        return []
    pairs = zip(columns.samples[quantity], columns.samples[rate], strict=False)
    numbers = [(read_number(one), read_number(other)) for one, other in pairs]
    return [None if a is None or b is None else a * b for a, b in numbers]


def _equal(cells: Sequence[str], product: list[float | None]) -> bool:
    both = [(read_number(c), p) for c, p in zip(cells, product, strict=False) if p is not None]
    known = [(c, p) for c, p in both if c is not None]
    return len(known) >= 3 and sum(abs(c - p) < 0.051 for c, p in known) >= 0.9 * len(known)


def _many(cells: Sequence[str]) -> bool:
    """Whether a column holds many different values, as people's names are and villages' are not."""
    filled = [cell.strip() for cell in cells if cell.strip()]
    return len(set(filled)) >= max(3, 0.3 * len(filled))


def _share(columns: Columns, i: int, kind: str) -> float:
    return columns.evidence[i].share(kind)


def _said(columns: Columns, i: int, kind: str) -> str:
    return f"{_share(columns, i, kind):.0%}"


def _only(sure: bool) -> str:
    return ",表中只有这一列" if sure else ""

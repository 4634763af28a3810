"""What the rows say about columns together, after words and shapes: products, sums, holders, ends and reasons.

Arithmetic is stronger than a name: quantity × rate = amount proves the three of them, a column that is the sum of others
is the whole. Where a name and the arithmetic disagree and nothing else fits, the column is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from audit_lib.intake.arithmetic import Numeric, filled_alike, filled_where_rare
from audit_lib.intake.evidence import Evidence
from audit_lib.intake.proposed import Proposal
from audit_lib.intake.ranks import is_never
from audit_lib.intake.shapes import may_be_a_person
from audit_lib.intake.vocabulary import is_somebody_elses
from audit_lib.tables import Table

#: confidence of what the rows prove, and of what they put in doubt
_PROVEN, _DOUBTED = 0.85, 0.5
_SPAN = re.compile(r"月份?数|天数|次数|期数|日数|个月")
_HOLDER = re.compile(r"账|卡|存折|开户")
_COUNTED = re.compile(r"面积|亩|人数|人口|数量")
_NET = re.compile(r"实(?!施|名|物)")
_GROSS = re.compile(r"应|预|计划|标准|扣")
_ONE_MONTH = re.compile(r"(?:\d{1,2}|[一二三四五六七八九十]{1,2})月份?|第?[一二三四1-4]季度|[上下]半年")
_WHOLE = re.compile(r"额|金|款|计|总|补|发|元|钱")
_PRICE = re.compile(r"标准|单价|定额|补差|补贴|补助|津贴|金|额|元|每|均")
_PERSONS_OTHER_DATES = re.compile(r"出生|死亡|去世|生日|退伍|入伍|离任|入党|脱贫|变更|复核|年审|结婚|迁")


@dataclass
class Sheet:
    """The columns of a sheet: normal headers, values below, what the values are, and what is taken for what."""

    table: Table
    names: list[str]
    cells: list[str]
    samples: Sequence[Sequence[str]]
    evidence: list[Evidence]
    proposals: list[Proposal]
    doubts: list[Proposal]

    def at(self, column: str) -> int | None:
        """Where a column is."""
        return next((p.position for p in self.proposals if p.column == column), None)

    def has(self, column: str) -> bool:
        """Whether the table has such a column at all."""
        return any(c.name == column for c in self.table.columns)

    def free(self) -> list[int]:
        """Filled columns that are nothing yet and nobody else's."""
        used = {p.position for p in self.proposals}
        return [
            i for i, name in enumerate(self.names)
            if name and i not in used and self.evidence[i].filled and not is_somebody_elses(name)
        ]  # fmt: skip

    def use(self, column: str, position: int, why: str) -> None:
        """Take a column for what the rows prove, in place of what was taken before."""
        self.drop(column)
        self.doubts[:] = [d for d in self.doubts if d.position != position and d.column != column]
        self.proposals.append(Proposal(self.cells[position].strip(), column, _PROVEN, why, position))

    def drop(self, column: str, why: str = "") -> None:
        """A column is no longer taken for what it was; with a reason it is asked about."""
        for found in [p for p in self.proposals if p.column == column]:
            self.proposals.remove(found)
            if why:
                self.doubts.append(replace(found, confidence=_DOUBTED, why=f"{found.why};{why}"))


def look_across(sheet: Sheet) -> None:
    """Correct and complete the proposals of a sheet by what its rows say."""
    _part_holders(sheet)
    if sheet.table.name == "payment":
        numbers = Numeric.of(sheet.samples, [i for i in range(len(sheet.names)) if _is_number(sheet, i)])
        _find_whole(sheet, numbers)
        _find_quantity(sheet, numbers)
        _find_rate(sheet, numbers)
    if sheet.table.name == "enrolment":
        _find_end(sheet)
    _find_reasons(sheet)


def _is_number(sheet: Sheet, i: int) -> bool:
    one = sheet.evidence[i]
    other = max(one.share(kind) for kind in ("id", "account", "phone", "day", "year"))
    return bool(sheet.names[i]) and one.filled >= 3 and one.share("number") >= 0.95 and other < 0.5


def _part_holders(sheet: Sheet) -> None:
    """The card's holder beside the account is not the payee beside the identity number."""
    at, known, account = sheet.at("name"), sheet.at("id"), sheet.at("account_no")
    if at is None or known is None or not sheet.has("account_name") or abs(at - known) == 1:
        return
    people = [
        i for i in sheet.free()
        if abs(i - known) == 1 and sheet.evidence[i].share("name") >= 0.8 and may_be_a_person(sheet.names[i])
    ]  # fmt: skip
    if len(people) != 1:
        return
    sheet.use("name", people[0], "紧挨身份证号的是本人,另一列是收款人")
    beside = account is not None and abs(at - account) == 1
    if sheet.at("account_name") is None and (beside or _HOLDER.search(sheet.names[at])):
        sheet.use("account_name", at, "账号的户名")


def _find_whole(sheet: Sheet, numbers: Numeric) -> None:
    """A column that is the sum of others is the amount, unless only what was really paid is already known."""
    at = sheet.at("amount")
    if at is not None and _NET.search(sheet.names[at]):
        return
    months = [i for i in numbers.columns if _ONE_MONTH.fullmatch(sheet.names[i])]
    for i in numbers.columns:
        if i == at or _GROSS.search(sheet.names[i]) or not _WHOLE.search(sheet.names[i]) or i in months:
            continue
        parts = Numeric(
            {
                k: v
                for k, v in numbers.columns.items()
                if k == i or k in months or _WHOLE.search(sheet.names[k])
            }
        ).sum_of(i)
        if parts and (at is None or at in parts):
            sheet.use("amount", i, f"等于{len(parts)}列之和")
            return


def _find_quantity(sheet: Sheet, numbers: Numeric) -> None:
    """The quantity is what makes the amount with the rate; one that does not, beside others that may be it, is asked about."""
    quantity, rate, amount = (sheet.at(name) for name in ("quantity", "rate", "amount"))
    if quantity is not None and _SPAN.search(sheet.names[quantity]):
        sheet.drop("quantity")
        quantity = None
    counted = [i for i, values in numbers.columns.items() if any(values) and _COUNTED.search(sheet.names[i])]
    if (
        quantity in numbers.columns
        and quantity not in counted
        and not any(numbers.columns[quantity])
        and counted
    ):
        sheet.drop("quantity", "全是零,另有一列面积或人数")
        quantity = None
    if rate not in numbers.columns or amount not in numbers.columns or rate is None or amount is None:
        return
    spans = [i for i in numbers.columns if _SPAN.search(sheet.names[i])]

    def makes(i: int) -> bool:
        return numbers.is_product(amount, i, rate) or any(
            numbers.is_product(amount, i, rate, m) for m in spans if m != i
        )

    if quantity is not None and (quantity not in numbers.columns or makes(quantity)):
        return
    others = [i for i in numbers.columns if i not in (quantity, rate, amount) and i not in spans]
    fit = [i for i in others if _COUNTED.search(sheet.names[i]) and makes(i)]
    if len(fit) == 1 and not is_never("payment", "quantity", sheet.names[fit[0]]):
        sheet.use("quantity", fit[0], "乘以标准等于金额")
    elif quantity is not None and any(_COUNTED.search(sheet.names[i]) for i in others):
        if numbers.is_product(amount, rate) or not any(makes(i) for i in others):
            return  # the rate is no unit price here
        sheet.drop("quantity", "乘以标准不等于金额")


def _find_rate(sheet: Sheet, numbers: Numeric) -> None:
    """What makes the amount with the quantity, or with a number of months, is the rate, whatever it is called."""
    quantity, amount = sheet.at("quantity"), sheet.at("amount")
    if sheet.at("rate") is not None or amount is None or amount not in numbers.columns:
        return
    free = [
        i
        for i in sheet.free()
        if i in numbers.columns and _PRICE.search(sheet.names[i]) and not _SPAN.search(sheet.names[i])
    ]
    spans = [i for i in numbers.columns if _SPAN.search(sheet.names[i])]
    factors = [i for i in (quantity, *spans) if i is not None and i in numbers.columns]
    fit = [i for i in free if any(numbers.is_product(amount, f, i) for f in factors)]
    fit = fit or [i for i in free if len(factors) > 1 and numbers.is_product(amount, i, *factors[:2])]
    if len(fit) == 1:
        sheet.use("rate", fit[0], "乘以数量等于金额")


def _find_end(sheet: Sheet) -> None:
    """A mostly empty column of days of a register says when somebody left it."""
    if sheet.at("stop_on") is not None:
        return
    sparse = [
        i for i in sheet.free()
        if sheet.evidence[i].share("date") >= 0.9 and 2 * sheet.evidence[i].filled < len(sheet.samples[i])
        and not is_never("enrolment", "stop_on", sheet.names[i]) and not _PERSONS_OTHER_DATES.search(sheet.names[i])
    ]  # fmt: skip
    if len(sparse) == 1:
        sheet.use("stop_on", sparse[0], "多数行空着的日期")


def _find_reasons(sheet: Sheet) -> None:
    """A text filled exactly where people left, or where payments failed, says why."""
    name = sheet.table.name
    free = [i for i in sheet.free() if _is_text(sheet.evidence[i])]
    if name == "enrolment" and sheet.at("stop_reason") is None:
        ends = [at for at in (sheet.at("stop_on"), sheet.at("ended_on")) if at is not None]
        fit = [i for i in free if any(filled_alike(sheet.samples[i], sheet.samples[at]) for at in ends)
               and 2 * sheet.evidence[i].filled < len(sheet.samples[i])]  # fmt: skip
        if len(fit) == 1:
            sheet.use("stop_reason", fit[0], "只在退出的行里填写")
    for status, reason in (("status", "fail_reason"), ("return_status", "return_reason")):
        at = sheet.at(status)
        if at is None or not sheet.has(reason) or sheet.at(reason) is not None:
            continue
        fit = [i for i in free if filled_where_rare(sheet.samples[i], sheet.samples[at])]
        if len(fit) == 1:
            sheet.use(reason, fit[0], "只在失败的行里填写")


def _is_text(one: Evidence) -> bool:
    return max(one.share(kind) for kind in ("id", "account", "phone", "date", "number", "name")) < 0.5

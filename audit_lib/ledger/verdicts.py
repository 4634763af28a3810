"""What a returned verdict must carry before it is taken.

Clearing somebody needs as much as confirming: a reason and an attachment. Money is taken only
as far as it is suspected, and only when it is known to which year it belongs.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from audit_lib.ledger.states import RESULTS, ByYear, Case
from audit_lib.money import format_yuan

#: 不属实原因码, offered as a drop-down in the lists
REASON_CODES = (
    "同名同姓", "证号录入错误", "信息被冒用", "死亡信息有误", "补发/合并发放", "户主代领",
    "监护人代领", "换卡", "政策允许", "已停发/已追回", "车辆报废或农用",
    "房产为回迁/继承", "合作社挂名", "其他",
)  # fmt: skip

#: a reviewer's third answer: not decided, something is still to be looked at
PENDING = "pending"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A verdict as returned: amounts in fen, None where the cell was empty."""

    result: str
    verified_fen: int | None = None
    verified_by_year: Mapping[int, int] | None = None
    reason_code: str = ""
    attachment: str = ""
    verifier: str = ""
    decided_on: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Settled:
    """The money of a verdict that was taken: fen in all and by year (no years where the finding has none)."""

    fen: int
    by_year: ByYear


def settle(verdict: Verdict, case: Case) -> Settled | str:
    """The verified money, or what the verdict lacks in one Chinese sentence.

    Args:
        verdict: as returned.
        case: the finding it is about.
    """
    if verdict.result == PENDING:
        return f"待核:{verdict.note.strip() or '未写明还缺什么'}"
    if verdict.result not in RESULTS:
        return "核实结果为空或不是规定的四种(属实、部分属实、不属实、无法核实)"
    by_year = {year: fen for year, fen in sorted((verdict.verified_by_year or {}).items()) if fen}
    amount = verdict.verified_fen
    if amount is None and by_year:
        amount = sum(by_year.values())
    if verdict.result in ("cleared", "unverifiable"):
        if amount:
            return f"核实结果为“{RESULTS[verdict.result]}”,却填了核实金额{format_yuan(amount)}元"
        fault = _clearing_fault(verdict) if verdict.result == "cleared" else ""
        return fault or Settled(0, {})
    return _settle_amount(verdict, case, amount, by_year)


def _clearing_fault(verdict: Verdict) -> str:
    reason = unicodedata.normalize("NFKC", verdict.reason_code).strip()
    missing = [
        name for name, value in (("原因码", reason), ("佐证附件", verdict.attachment.strip())) if not value
    ]
    if reason in ("其他", "其他(必填)") and not verdict.note.strip():
        missing.append("“其他”原因的情况说明")
    return f"不属实须有{'和'.join(missing)}" if missing else ""


def _settle_amount(verdict: Verdict, case: Case, amount: int | None, by_year: ByYear) -> Settled | str:
    suspected, suspected_by_year = case.suspected_fen, case.suspected_by_year
    if amount is None:
        if verdict.result == "partly":
            return "部分属实须填核实金额"
        amount = suspected
    if amount < 0 or any(fen < 0 for fen in by_year.values()):
        return "核实金额为负数"
    if amount == 0 and suspected:
        return f"核实结果为“{RESULTS[verdict.result]}”,核实金额却为0"
    if amount > suspected:
        return f"核实金额{format_yuan(amount)}元大于疑点金额{format_yuan(suspected)}元"
    if by_year and sum(by_year.values()) != amount:
        return f"各年核实金额之和{format_yuan(sum(by_year.values()))}元与核实金额{format_yuan(amount)}元不符"
    if not by_year:
        if amount == suspected:
            return Settled(amount, suspected_by_year)
        if len(suspected_by_year) != 1:
            return "年度未分列:疑点跨年度,须分年填写核实金额"
        return Settled(amount, {next(iter(suspected_by_year)): amount})
    if suspected_by_year:
        for year, fen in by_year.items():
            if fen > suspected_by_year.get(year, 0):
                return (
                    f"{year}年核实金额{format_yuan(fen)}元大于该年疑点金额"
                    f"{format_yuan(suspected_by_year.get(year, 0))}元"
                )
    return Settled(amount, by_year)


def still_fits(case: Case, amount_fen: int, by_year: ByYear) -> bool:
    """Whether the decision that stands can be kept when the suspicion becomes ``amount_fen``.

    Somebody cleared of 300 元 was not cleared of 400; somebody who owes 300 cannot owe it out of 200.
    """
    decision = case.decision
    if decision is None:
        return True
    if decision.result in ("cleared", "unverifiable"):
        return amount_fen <= decision.suspected_fen
    if decision.verified_fen > amount_fen:
        return False
    return all(fen <= by_year.get(year, 0) for year, fen in decision.verified_by_year.items()) or not by_year

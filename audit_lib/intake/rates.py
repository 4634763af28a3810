"""补贴标准 as offices write it (每人每月330元, 125元/亩, 一级100元/月,二级80元/月) → classes and amounts."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Per = Literal["month", "quarter", "half", "year", "term", "mu", "once", ""]

_AMOUNT = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万)?元?")
_MONEY = re.compile(r"(\d[\d,]*(?:\.\d+)?)(万)?元")
#: words that only say that an amount follows
_FILLER = re.compile(
    r"(?:每人|每户|每亩|每月|每年|每季度?|每学期|每学年|每半年|每生|每次|人均|户均|亩均|月|年|季度|人|户|亩|生|次|学期|按|为|标准|执行|补助|补贴|发放|"
    r"保障|给予|享受|全区|全县|全市|统一|财政|一次性|以|的|是|达到|金额|领取|不低于|元|[:/·.()\-—])+"
)
_CLASS = re.compile(
    r"[一二三四五1-4]级.{0,4}|[A-Da-d甲乙丙丁][类级档].{0,2}|第?[一二三四五1-5][类档等].{0,3}|\d{2,3}(?:(?:周?岁)?[-~至到]\d{2,3})?周?岁?(?:以上|及以上|以下)?(?:老年?人)?"
    r"|(?:城市|城镇|农村|分散|集中|散居|机构|小学|初中|高中|中职|幼儿园|学前|全护理|半护理|全自理|失能|半失能|独生|伤残|死亡|C|D|重度|中度|轻度|寄宿|非寄宿).{0,8}"
)
_PERS: tuple[tuple[str, Per], ...] = (
    ("亩", "mu"), ("半年", "half"), ("学期", "term"), ("季", "quarter"), ("月", "month"), ("年", "year"),
    ("一次性", "once"), ("次", "once"),
)  # fmt: skip
#: months of the units an amount per person is written in
MONTHS: dict[str, int] = {"month": 1, "quarter": 3, "half": 6, "year": 12}


@dataclass(frozen=True)
class Rate:
    """One amount: 元 as written out, for whom, and per what (empty when the text does not say)."""

    class_name: str
    yuan: Decimal
    per: Per


def read_rates(text: str) -> list[Rate]:
    """Every rate a text states; none at all when any part of it is not understood.

    Example:
        >>> [(rate.class_name, str(rate.yuan), rate.per) for rate in read_rates("一级100元/月,二级80元/月")]
        [('一级', '100', 'month'), ('二级', '80', 'month')]
        >>> read_rates("不超过购机价格的30%")
        []
    """
    written = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).strip("。.;,")
    if re.fullmatch(_AMOUNT, written):
        return [Rate("", _yuan(re.fullmatch(_AMOUNT, written)), "")]
    written = re.sub(r"(?<=\d),(?=\d{3}(?!\d))", "", written)
    rates: list[Rate] = []
    for clause in re.split(r"[;,。、\n]|(?<=元)(?=[\u4e00-\u9fffA-D][类级档])", written):
        if not clause:
            continue
        found = list(_MONEY.finditer(clause))
        rate = _clause(clause, found[0]) if len(found) == 1 else None
        if rate is None:
            return []
        rates.append(rate)
    pers: list[Per] = list(dict.fromkeys(rate.per for rate in rates if rate.per))
    if len(pers) > 1 or (len(rates) > 1 and len({rate.class_name for rate in rates}) < len(rates)):
        return []
    per: Per = pers[0] if pers else ""
    return [Rate(rate.class_name, rate.yuan, per) for rate in rates]


def _clause(clause: str, amount: re.Match[str]) -> Rate | None:
    around = clause[: amount.start()] + "|" + clause[amount.end() :]
    found: list[Per] = [per for word, per in _PERS if word in around]
    name = clause[: amount.start()]
    ends = [found.span() for found in _FILLER.finditer(name)]
    name = name[: ends[-1][0]] if ends and ends[-1][1] == len(name) else name
    name = name[ends[0][1] :] if ends and ends[0][0] == 0 else name
    rest = _FILLER.sub("", clause[amount.end() :])
    if rest or (name and not _CLASS.fullmatch(name)):
        return None
    return Rate(name, _yuan(amount), found[0] if found else "")


def _yuan(found: re.Match[str] | None) -> Decimal:
    assert found is not None
    return Decimal(found[1].replace(",", "")) * (10_000 if found[2] else 1)


def in_unit(rate: Rate, unit: str) -> Decimal | None:
    """The amount per unit of an item (``params.Item.unit``), None when it cannot be said to the 分.

    Example:
        >>> in_unit(Rate("", Decimal(960), "year"), "person_month")
        Decimal('80.00')
    """
    if rate.per == "":
        return rate.yuan if unit in ("mu", "once") else None
    if unit in ("mu", "once") or rate.per in ("mu", "once"):
        return rate.yuan if unit == rate.per else None
    if unit == "person_term" or rate.per == "term":
        halves = {("term", "person_term"): 1, ("year", "person_term"): 2}.get((rate.per, unit))
        return _even(rate.yuan, halves) if halves else None
    months = {"person_month": 1, "household_month": 1, "person_half": 6, "person_year": 12}[unit]
    return _even(rate.yuan * months, MONTHS[rate.per])


def _even(yuan: Decimal, parts: int) -> Decimal | None:
    """A share that comes out even in 分."""
    share = (yuan / parts).quantize(Decimal("0.01"))
    return share if share * parts == yuan else None

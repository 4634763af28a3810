"""The subsidies of a district: its policy list first, then the names in the payments, known or not."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from pypinyin import Style, lazy_pinyin

from audit_lib.intake.vocabulary import known_item
from audit_lib.sources.clean.items import normal
from audit_lib.sources.clean.texts import clean_text

_CAUTIOUS: dict[str, Any] = {
    "level": "P", "freq": "month", "unit": "person_month", "in_system": True, "valid_from": "2000-01",
    "stop_rule": "next_month", "rate_check": "none",
}  # fmt: skip
_FREQ = (
    ("月", "month"), ("季", "quarter"), ("半年", "half"), ("学期", "term"), ("一次性", "once"), ("年", "year"),
)  # fmt: skip
_UNIT = {
    "month": "person_month", "quarter": "person_month", "half": "person_half", "term": "person_term",
    "once": "once", "year": "person_year", "event": "once",
}  # fmt: skip


@dataclass
class CatalogueItem:
    """One subsidy to be written into ``items.yml``, with what a person must look at."""

    fields: dict[str, Any]
    remarks: list[str] = field(default_factory=list)
    #: whether the policy list says that it is paid through the system; None when it does not say
    paid_through: bool | None = None

    @property
    def code(self) -> str:
        """Its ``item_id``."""
        return str(self.fields["item_id"])

    def spellings(self) -> set[str]:
        """Every spelling that means it."""
        return {normal(s) for s in (self.fields["name"], *self.fields["aliases"])}


def build_catalogue(
    policy: list[dict[str, str]], written: Counter[str], channels: dict[str, Counter[str]]
) -> list[CatalogueItem]:
    """Items from the policy list and the payments.

    Args:
        policy: rows of the policy list: item, dept, freq, remark, … as far as delivered.
        written: item cells of payments and totals and how often they occur.
        channels: item cell → how often it was paid through which channel.
    """
    items: list[CatalogueItem] = []
    for row in policy:
        if row.get("item"):
            _add(items, row["item"], row)
    for name in sorted(written, key=lambda n: (-len(n), n)):
        _add(items, clean_text(name), {})
    for item in items:
        if item.paid_through is not None:
            item.fields["in_system"] = item.paid_through
            continue
        seen = sum((channels.get(s, Counter()) for s in item.spellings()), Counter[str]())
        if seen:
            item.fields["in_system"] = seen["系统"] >= seen["系统外"]
    return items


def _add(items: list[CatalogueItem], name: str, row: dict[str, str]) -> None:
    if not normal(name) or any(normal(name) in item.spellings() for item in items):
        return
    known = known_item(name)
    same = next((item for item in items if known and item.code == known["item_id"]), None)
    if same is None and not row:
        same = _short_for(name, items)
    if same is not None and not row:
        same.fields["aliases"].append(name)
        return
    taken = {item.code for item in items}
    fields: dict[str, Any] = {
        "item_id": "",
        "name": name,
        "aliases": [],
        "dept": "待确认",
        "office": "待确认",
    }
    remarks = []
    if known is not None and same is None:
        fields |= known
        remarks.append("按名称认出,各字段取常见做法")
    else:
        fields |= _CAUTIOUS | {"item_id": _code(name, taken)}
        remarks.append("程序不认识的项目,按最谨慎的方式处理(不核标准、不核户籍)")
        _from_policy(fields, row)
    if row.get("dept"):
        fields["dept"] = row["dept"]
    if row.get("standard"):
        remarks.append(f"政策清单的标准:{row['standard']}")
    items.append(CatalogueItem(fields, remarks, _paid_through(row.get("channel", ""))))


def _short_for(name: str, items: list[CatalogueItem]) -> CatalogueItem | None:
    """The one listed subsidy whose name holds a short form (护理补贴 of 重残护理补贴资金); None when several do."""
    short = re.sub(r"(?:资金|项目|款)$", "", normal(name))
    holding = [item for item in items if len(short) >= 3 and short in normal(str(item.fields["name"]))]
    if len(holding) != 1:
        return None
    holding[0].remarks.append(f"“{name}”按简称认作本项")
    return holding[0]


def _paid_through(said: str) -> bool | None:
    """Whether a cell of the policy list says that a subsidy is paid through the system.

    Example:
        >>> _paid_through("是"), _paid_through("现金发放"), _paid_through("按季")
        (True, False, None)
    """
    if re.fullmatch("[否不无×]|未纳入|不纳入", said) or re.search(
        "系统外|现金|线下|未纳入|不通过|非一[卡本]通", said
    ):
        return False
    return (
        True if re.fullmatch("[是√有]|已?纳入", said) or re.search("一[卡本折]通|系统|平台", said) else None
    )


def _from_policy(fields: dict[str, Any], row: dict[str, str]) -> None:
    said = row.get("freq", "")
    freq = next((code for word, code in _FREQ if word in said), None)
    if freq:
        fields |= {"freq": freq, "unit": _UNIT[freq]}
    if "到户" in row.get("remark", "") + row.get("level", "") or "亩" in row.get("standard", ""):
        fields["level"] = "H"
    if "亩" in row.get("standard", ""):
        fields["unit"] = "mu"


def _code(name: str, taken: set[str]) -> str:
    letters = "".join(lazy_pinyin(re.sub(r"[^\u4e00-\u9fff]", "", name), style=Style.FIRST_LETTER)).upper()
    base = f"X_{letters[:16] or 'ITEM'}"
    code, n = base, 2
    while code in taken:
        code, n = f"{base}_{n}", n + 1
    return code

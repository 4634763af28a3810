"""What stands beside a list and not in it: which register, which subsidy, which period, whose deaths."""

from __future__ import annotations

import re
import unicodedata

from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.titles import item_in
from audit_lib.intake.vocabulary import all_named, first_named
from audit_lib.sources.headers import normal_header
from audit_lib.sources.surroundings import period_in

#: the first that the words around a list name
_CHANNELS = {
    "现金": re.compile("现金(?!补助|直补|补贴)|签领|领条"),
    "系统外": re.compile("(?:系统|平台|一[卡本]通)外|未通过|线下|手工发放|非(?:一[卡本]通|系统)"),
    "系统": re.compile("一[卡本折]通|惠民平台|阳光平台"),
}
NO_CHANNEL = (
    "没有写明是否通过一卡通(一本通)系统发放,先空着,不据此判断系统外发放;"
    "知道的话在 constants 中写 channel: 系统(或 系统外、现金)"
)


def is_given(column: str, proposal: SheetProposal) -> bool:
    """Whether what surrounds the list says what this column would."""
    match column:
        case "register":
            return True
        case "item":
            return bool(item_in(*proposal.places) or _item_in_remarks(proposal))
        case "service":
            return bool(period_of(proposal)) or proposal.mapped.has("paid_on")
        case "year":
            return bool(period_of(proposal))
        case _:
            return False


def period_of(proposal: SheetProposal) -> str:
    """The period that title, sheet, file or folder names, empty when none does."""
    return next((found for text in proposal.places if (found := period_in(text))), "")


def add_constants(proposal: SheetProposal) -> None:
    """Fill in what the words around a list say about columns it does not have."""
    title, sheet, last, *folders = (unicodedata.normalize("NFKC", text) for text in proposal.places)
    name, table, mapped = proposal.sample.name, proposal.table.name, proposal.mapped
    headers = " ".join(normal_header(cell) for cell in proposal.at.cells)
    if table == "enrolment" and not mapped.has("register"):
        register = first_named("registers", title, last, sheet, *folders)
        if register and not _two_registers(title or last):
            proposal.constants["register"] = register
    if table == "death" and not mapped.has("source"):
        source = first_named("death_sources", last, title, headers, name)
        if source:
            proposal.constants["source"] = source
    if table == "payment":
        if not mapped.has("channel"):
            _say_channel(proposal, f"{name} {title} {sheet}")
        if not mapped.has("item"):
            proposal.item = item_in(title, sheet, last, *folders) or _item_in_remarks(proposal)
        said = any(period_in(text) for text in (title, sheet, last.rsplit(".", 1)[0]))
        folder = next((period for text in folders if (period := period_in(text))), "")
        if folder and not said and not mapped.has("service"):
            proposal.constants["service"] = folder
    if table == "control_total" and not mapped.has("year") and (found := period_of(proposal)):
        proposal.constants["year"] = found[:4]
    name_at = mapped.at("name")
    if table == "company" and name_at is not None and not mapped.has("role"):
        role = re.search("法定代表人|法人代表", proposal.at.cells[name_at])
        proposal.constants |= {"role": "法定代表人"} if role else {}


def _item_in_remarks(proposal: SheetProposal) -> str:
    """The subsidy that every row's 摘要 names alike, as on a bank's batch."""
    at = proposal.mapped.at("purpose")
    if at is None:
        return ""
    said = {cell.strip() for cell in proposal.sample.below(proposal.at)[at]}
    return item_in(*said) if len(said) == 1 else ""


def _two_registers(text: str) -> bool:
    """Whether a title names several registers (低保、特困人员名册), so that rows of both may stand below."""
    found = {name.split("_")[0] for name in all_named("registers", text)}
    return len(found) > 1 and re.search(r"[、和与及]", text) is not None


def _say_channel(proposal: SheetProposal, words: str) -> None:
    """How a list was paid, where words say it; a guess would accuse the office that paid."""
    for channel, pattern in _CHANNELS.items():
        if pattern.search(words):
            proposal.constants["channel"] = channel
            return
    proposal.remarks.append(NO_CHANNEL)

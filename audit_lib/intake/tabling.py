"""Which canonical table a sheet is: by its headers, by the words around it, and by what it cannot be without."""

from __future__ import annotations

import re
from functools import lru_cache

from audit_lib.intake.beside import add_constants, is_given
from audit_lib.intake.evidence import Evidence
from audit_lib.intake.header_rows import find_header_row
from audit_lib.intake.mapping import Mapped, propose_columns
from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.questions import ask
from audit_lib.intake.sampling import Sample
from audit_lib.intake.titles import item_in
from audit_lib.intake.vocabulary import first_named, known_item, patterns
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import TABLES, Table

#: words of a list of money paid, whoever is on it
_PAID = re.compile(
    r"(?:发放|打卡|兑付|兑现|拨付|代发|支付|直补|一卡通|一本通)(?!对象|资格|账户|人员信息)|(?:补助|补贴)(?:明细|表)"
)
#: what a title says before it says that something was paid
_DOUBTED = 0.6
_NEVER_PAID = frozenset(("social_ins", "bank_return", "control_total", "feedback", "recovery", "inspection"))
#: what is said of fields and woods and never of a house
_FIELD = re.compile(r"亩|确权|承包|地块|耕地|林地|退耕|种植|林种|造林")
#: tables whose names say little: most lists are called so
_GENERAL = frozenset(("payment", "enrolment", "control_total", "account"))
#: tables that a column of their own makes certain, and that are nothing without it
_TELLING = {
    "death": {"died_on"}, "feedback": {"result"}, "recovery": {"recovered_on"}, "inspection": {"inspected_on"},
    "bank_return": {"return_status"}, "vehicle": {"plate_no", "plate_kind"},
    "property": {"cert_no", "address", "area_m2"},
    "company": {"company_name", "uscc"}, "tax": {"income", "payer"}, "custody": {"custody_kind"},
    "account": {"opened_on", "account_status"}, "social_ins": {"scheme", "ins_status", "pension", "base"},
    "staff": {"post_kind", "monthly_pay", "unit"},
    "hukou": {"relation", "hukou_kind"}, "control_total": {"payees", "payments"},
    "enrolment": {"approved_on", "class", "stop_on"}, "payment": {"amount", "paid_on"},
}  # fmt: skip


def propose_sheet(sample: Sample) -> SheetProposal | None:
    """The best table for a sheet, None when no row heads a list."""
    at = find_header_row(sample.head)
    if at is None:
        return None
    candidates = [_as_table(sample, at, table) for table in TABLES.values()]
    ranked = sorted(candidates, key=lambda c: -c[0])
    (best, proposal), runner_up = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    lead = (best - runner_up) / max(best, 0.01)
    proposal.confidence = round(min(0.98, 0.55 + lead * 1.5), 2) if best >= _enough(proposal) else 0.4
    if proposal.table.name == "enrolment" and any(_is_a_payment(other) for _, other in candidates):
        proposal.confidence = min(proposal.confidence, _DOUBTED)
    add_constants(proposal)
    ask(proposal, ranked[1][1].table.caption if len(ranked) > 1 else "")
    return proposal


def _enough(proposal: SheetProposal) -> float:
    """What a table must come to: less where title or file name say the same."""
    return 2.0 if _named_register(proposal) or _named_table(proposal) else 2.5


def _as_table(sample: Sample, at: HeadRow, table: Table) -> tuple[float, SheetProposal]:
    mapped = propose_columns(at.cells, sample.below(at), table)
    proposal = SheetProposal(sample, at, table, mapped, 0.0)
    score = sum(_rarity(table.name, p.column) * p.confidence for p in mapped.proposals)
    score -= 0.15 * min(len(mapped.unknown) + len(mapped.doubts), 8)
    score += _said(proposal)
    named = _named_register(proposal) or _named_table(proposal)
    if table.name == "custody" and named and mapped.has("started_on") and mapped.has("ended_on"):
        score += 1.0  # few say how a sentence is served; that the title names it is enough
    if not any(mapped.has(column) for column in _TELLING[table.name]) and not named:
        score *= 0.4
    missing = [
        c for c in table.columns
        if c.required and c.name != "id" and not mapped.has(c.name) and not is_given(c.name, proposal)
    ]  # fmt: skip
    if table.name == "enrolment" and not _named_register(proposal):
        score *= 0.6
    if table.name == "property" and any(_FIELD.search(cell) for cell in at.cells):
        score *= 0.3
    if (
        table.name == "control_total"
        and (mapped.has("payees") or mapped.has("payments"))
        and not _has_people(proposal)
    ):
        score += 0.8
    if table.name == "staff" and _is_a_subsidy(proposal):
        score *= 0.6
    if table.name == "payment" and _pays_each(mapped) and not _is_never_paid(proposal):
        score += 1.0
    if not any(p.column == "id" for p in (*mapped.proposals, *mapped.doubts)) and table.about_person:
        score *= 0.7
    return score * 0.5 ** len(missing), proposal


def _said(proposal: SheetProposal) -> float:
    """What the words around a list add to a table: most when the title says it first."""
    name = proposal.table.name
    said = 0.0
    for text, weight in zip(proposal.places, (1.2, 0.6, 1.2, 0.4, 0.2), strict=False):
        if text and patterns("tables")[name].search(text):
            said = max(said, weight * (1.6 if first_named("tables", text) == name else 1.0))
    paid = any(_PAID.search(text) for text in proposal.places[:3])
    if name == "payment" and paid and not _is_never_paid(proposal):
        said += 1.5
    if name == "payment" and _names_an_event(proposal) and _was_paid(proposal):
        said += 1.2
    if name == "enrolment" and (paid or _names_an_event(proposal)):
        said = min(said, 0.5)
    elif name == "staff" and paid:
        said = min(said, 0.3)
    elif name == "enrolment" and said < 1.5 and any(first_named("registers", t) for t in proposal.places[:3]):
        said += 0.8
    return said


def _is_a_subsidy(proposal: SheetProposal) -> bool:
    """Whether a title says that a subsidy was paid, and not merely wages."""
    texts = [text for text in proposal.places[:3] if _PAID.search(text)]
    return any(re.search("补贴|补助|津贴|报酬", item_in(text)) for text in texts)


def _has_people(proposal: SheetProposal) -> bool:
    """Whether a column of the sheet holds identity numbers."""
    return any(Evidence.of(column).share("id") >= 0.5 for column in proposal.sample.below(proposal.at))


def _names_an_event(proposal: SheetProposal) -> bool:
    """Whether a title names a subsidy that is granted case by case: its 审批台账 says what was paid, not who is entitled."""
    items = (known_item(item_in(text)) for text in proposal.places[:3] if text)
    return any(item is not None and item["freq"] == "event" for item in items)


def _was_paid(proposal: SheetProposal) -> bool:
    """Whether amounts were paid, and not merely granted: an 审批台账 says so by the account or the day it was paid."""
    asked = any(re.search("审批|审核|申请|申报|备案", text) for text in proposal.places[:3])
    return _pays_each(proposal.mapped) or (proposal.mapped.has("amount") and not asked)


def _is_never_paid(proposal: SheetProposal) -> bool:
    """Whether the words around a list say that it is about money, but not a list of subsidies paid."""
    return any(patterns("tables")[t].search(text) for t in _NEVER_PAID for text in proposal.places[:3])


def _named_table(proposal: SheetProposal) -> bool:
    """Whether what stands around the list names this table before any other, and no mere list or payment."""
    name = proposal.table.name
    return name not in _GENERAL and any(first_named("tables", text) == name for text in proposal.places[:3])


def _pays_each(mapped: Mapped) -> bool:
    """Whether each row says how much went to which account or on which day, as only lists of payments do."""
    to = mapped.has("account_no") or mapped.has("paid_on") or mapped.has("status")
    return mapped.has("amount") and to and (mapped.has("name") or mapped.has("id"))


def _is_a_payment(proposal: SheetProposal) -> bool:
    """Whether a list taken for a register may as well be one of payments: an amount that is no monthly rate, and where it went."""
    at = proposal.mapped.at("amount")
    if proposal.table.name != "payment" or at is None or not _pays_each(proposal.mapped):
        return False
    return re.search(r"月|标准|每|均", proposal.at.cells[at]) is None


def _named_register(proposal: SheetProposal) -> bool:
    """Whether a list of people and no more is a register because its title names one."""
    return proposal.table.name == "enrolment" and first_named("registers", *proposal.places[:3]) is not None


@lru_cache(maxsize=512)
def _rarity(table: str, column: str) -> float:
    """A column that many tables have says little about which table it is."""
    if column in ("镇", "村"):
        return 0.1
    owners = sum(any(c.name == column for c in other.columns) for other in TABLES.values())
    return 1.5 / owners if column not in _TELLING[table] else 2.0

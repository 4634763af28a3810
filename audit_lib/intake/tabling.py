"""Which canonical table a sheet is: by its headers, by the words around it, and by what it cannot be without."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from audit_lib.intake.header_rows import find_header_row
from audit_lib.intake.mapping import SURE, Mapped, Proposal, propose_columns
from audit_lib.intake.sampling import Sample
from audit_lib.intake.titles import is_several, item_in
from audit_lib.intake.vocabulary import all_named, first_named, patterns, register_choices
from audit_lib.sources.headers import normal_header
from audit_lib.sources.sheets import HeadRow
from audit_lib.sources.surroundings import period_in
from audit_lib.tables import TABLES, Table

#: tables that a column of their own makes certain, and that are nothing without it
_TELLING = {
    "death": {"died_on"}, "feedback": {"result"}, "recovery": {"recovered_on"}, "inspection": {"inspected_on"},
    "bank_return": {"return_status"}, "vehicle": {"plate_no", "plate_kind"},
    "property": {"cert_no", "address", "area_m2"},
    "company": {"company_name", "uscc"}, "tax": {"income", "payer"}, "custody": {"custody_kind"},
    "account": {"opened_on", "account_status"}, "social_ins": {"scheme", "ins_status"},
    "staff": {"post_kind", "monthly_pay", "unit"},
    "hukou": {"relation", "hukou_kind"}, "control_total": {"payees", "payments"},
    "enrolment": {"approved_on", "class", "stop_on"}, "payment": {"amount"},
}  # fmt: skip


@dataclass
class SheetProposal:
    """What one sheet is taken for.

    Attributes:
        confidence: 0 to 1; from ``mapping.SURE`` on it is used without asking.
        constants: what stands beside the list for columns it does not have.
        wanted: columns that are still open, with a proposal where there is one.
        questions: what a person must answer, in Chinese; empty when nothing is open.
    """

    sample: Sample
    at: HeadRow
    table: Table
    mapped: Mapped
    confidence: float
    constants: dict[str, str] = field(default_factory=dict)
    wanted: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)
    item: str = ""

    @property
    def title(self) -> str:
        """What is written above the header."""
        return self.sample.title(self.at)

    @property
    def places(self) -> tuple[str, ...]:
        """Where a list says what it is, the most telling first: title, sheet, file, folders."""
        *folders, file = self.sample.name.split("/")
        return self.title, self.sample.sheet, file, *reversed(folders)


def propose_sheet(sample: Sample) -> SheetProposal | None:
    """The best table for a sheet, None when no row heads a list."""
    at = find_header_row(sample.head)
    if at is None:
        return None
    candidates = [_as_table(sample, at, table) for table in TABLES.values()]
    ranked = sorted(candidates, key=lambda c: -c[0])
    (best, proposal), runner_up = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    lead = (best - runner_up) / max(best, 0.01)
    proposal.confidence = round(min(0.98, 0.55 + lead * 1.5), 2) if best >= 2.5 else 0.4
    _add_constants(proposal)
    _ask(proposal, ranked[1][1].table.caption if len(ranked) > 1 else "")
    return proposal


def _as_table(sample: Sample, at: HeadRow, table: Table) -> tuple[float, SheetProposal]:
    mapped = propose_columns(at.cells, sample.below(at), table)
    proposal = SheetProposal(sample, at, table, mapped, 0.0)
    score = sum(_rarity(table.name, p.column) * p.confidence for p in mapped.proposals)
    score -= 0.15 * min(len(mapped.unknown) + len(mapped.doubts), 8)
    score += _said(proposal)
    if not any(mapped.has(column) for column in _TELLING[table.name]) and not _named_register(proposal):
        score *= 0.4
    missing = [
        c for c in table.columns if c.required and not mapped.has(c.name) and not _given(c.name, proposal)
    ]
    return score * 0.5 ** len(missing), proposal


def _said(proposal: SheetProposal) -> float:
    """What the words around a list add to a table: most when the title says it first."""
    name = proposal.table.name
    said = 0.0
    for text, weight in zip(proposal.places, (1.2, 0.6, 1.2, 0.4, 0.2), strict=False):
        if text and patterns("tables")[name].search(text):
            said = max(said, weight * (1.6 if first_named("tables", text) == name else 1.0))
    if (
        name == "enrolment"
        and said < 1.5
        and any(first_named("registers", text) for text in proposal.places[:3])
    ):
        said += 0.8
    return said


def _named_register(proposal: SheetProposal) -> bool:
    """Whether a list of people and no more is a register because its title names one."""
    return (
        proposal.table.name == "enrolment" and first_named("registers", *proposal.places[:3]) is not None
        and any(patterns("tables")["enrolment"].search(text) for text in proposal.places[:3])
    )  # fmt: skip


@lru_cache(maxsize=512)
def _rarity(table: str, column: str) -> float:
    """A column that many tables have says little about which table it is."""
    if column in ("镇", "村"):
        return 0.1
    owners = sum(any(c.name == column for c in other.columns) for other in TABLES.values())
    return 1.5 / owners if column not in _TELLING[table] else 2.0


def _given(column: str, proposal: SheetProposal) -> bool:
    """Whether what surrounds the list says what this column would."""
    match column:
        case "register":
            return True
        case "item":
            return bool(item_in(*proposal.places))
        case "service":
            return bool(_period(proposal))
        case "year":
            return bool(_period(proposal))
        case _:
            return False


def _period(proposal: SheetProposal) -> str:
    return next((found for text in proposal.places if (found := period_in(text))), "")


def _add_constants(proposal: SheetProposal) -> None:
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
            proposal.constants["channel"] = _channel(name, title)
        if not mapped.has("item"):
            proposal.item = item_in(title, sheet, last, *folders)
        said = any(period_in(text) for text in (title, sheet, last.rsplit(".", 1)[0]))
        folder = next((period for text in folders if (period := period_in(text))), "")
        if folder and not said and not mapped.has("service"):
            proposal.constants["service"] = folder
    if table == "control_total" and not mapped.has("year") and (found := _period(proposal)):
        proposal.constants["year"] = found[:4]
    name_at = mapped.at("name")
    if table == "company" and name_at is not None and not mapped.has("role"):
        role = re.search("法定代表人|法人代表", proposal.at.cells[name_at])
        proposal.constants |= {"role": "法定代表人"} if role else {}


def _two_registers(text: str) -> bool:
    """Whether a title names several registers (低保、特困人员名册), so that rows of both may stand below."""
    found = {name.split("_")[0] for name in all_named("registers", text)}
    return len(found) > 1 and re.search(r"[、和与及]", text) is not None


def _channel(name: str, title: str) -> str:
    words = f"{name} {title}"
    return (
        "系统"
        if re.search(r"一本通|一卡通", words) and not re.search(r"系统外|未通过|线下", words)
        else "系统外"
    )


def _ask(proposal: SheetProposal, other: str) -> None:
    """Questions about what is not sure; only required columns hold a file back."""
    table, mapped = proposal.table, proposal.mapped
    if proposal.confidence < SURE:
        proposal.questions.append(
            f"像“{table.caption}”({proposal.confidence:.0%}),也可能是“{other}”。是哪一种?" if other
            else f"像“{table.caption}”({proposal.confidence:.0%})。对吗?"
        )  # fmt: skip
    for column in table.columns:
        if not column.required or mapped.has(column.name) or column.name in proposal.constants:
            continue
        doubtful = [p for p in mapped.doubts if p.column == column.name]
        if doubtful:
            proposal.questions.append(f"“{doubtful[0].header}”是不是{column.caption}?({doubtful[0].why})")
        elif column.name == "register":
            choices = register_choices(proposal.sample.name, proposal.title)
            proposal.wanted["register"] = "|".join(choices) or "名册代码"
            hint = "是 " + " 还是 ".join(choices) if choices else "是哪一种名册(register)"
            proposal.questions.append(f"没有写明名册:{hint}?")
        elif column.name == "item":
            _ask_item(proposal)
        elif column.name == "service" and not _given("service", proposal):
            _ask_service(proposal)
        elif not _given(column.name, proposal):
            proposal.questions.append(f"哪一列是{column.caption}?没有找到")


def _ask_item(proposal: SheetProposal) -> None:
    if not proposal.item:
        proposal.wanted["item"] = "补贴项目名称"
        proposal.questions.append("是哪一项补贴?没有项目列,标题、工作表名、文件名里也没有写明")
    elif is_several(proposal.item):
        proposal.wanted["item"] = proposal.item
        proposal.questions.append(f"标题里不止一项补贴(“{proposal.item}”)。是哪一项?")


def _ask_service(proposal: SheetProposal) -> None:
    """A list that only says when it was paid: 所属期 is not the same, but often the best there is."""
    paid = next((p for p in proposal.mapped.proposals if p.column == "paid_on"), None)
    if paid is None:
        proposal.wanted["service"] = "2018年"
        proposal.questions.append("补的是哪一段时间?没有所属期列,标题和文件名里也没有年月")
        return
    proposal.mapped.doubts.append(
        Proposal(paid.header, "service", 0.5, "只有发放日期,没有所属期", paid.position)
    )
    proposal.questions.append(f"没有所属期列。“{paid.header}”能不能当作所属期?(补发以前月份的不能)")

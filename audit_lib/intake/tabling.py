"""Which canonical table a sheet is: by its headers, by the words around it, and by what it cannot be without."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from audit_lib.intake.mapping import Mapped, propose_columns
from audit_lib.intake.sampling import Sample, sound_header
from audit_lib.intake.vocabulary import first_named, known_item, patterns, register_choices
from audit_lib.sources.headers import find_header, normal_header
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import TABLES, Table

_YEAR_IN_TEXT = re.compile(r"(?:19|20)\d\d")
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
        questions: what a person must answer, in Chinese; empty when nothing is open.
    """

    sample: Sample
    at: HeadRow
    table: Table
    mapped: Mapped
    confidence: float
    constants: dict[str, str] = field(default_factory=dict)
    questions: list[str] = field(default_factory=list)

    @property
    def title(self) -> str:
        """What is written above the header."""
        return self.sample.title(self.at)


def propose_sheet(sample: Sample) -> SheetProposal | None:
    """The best table for a sheet, None when no row heads a list."""
    candidates = [found for table in TABLES.values() if (found := _as_table(sample, table)) is not None]
    if not candidates:
        return None
    ranked = sorted(candidates, key=lambda c: -c[0])
    (best, proposal), runner_up = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    lead = (best - runner_up) / max(best, 0.01)
    proposal.confidence = round(min(0.98, 0.55 + lead * 1.5), 2) if best >= 2.5 else 0.4
    _add_constants(proposal)
    _ask(proposal, ranked[1][1].table.caption if len(ranked) > 1 else "")
    return proposal


def _as_table(sample: Sample, table: Table) -> tuple[float, SheetProposal] | None:
    at = _header_row(sample, table)
    if at is None:
        return None
    mapped = propose_columns(at.cells, sample.below(at), table)
    proposal = SheetProposal(sample, at, table, mapped, 0.0)
    score = sum(_rarity(table.name, p.column) * p.confidence for p in mapped.proposals)
    words = f"{sample.name} {proposal.title} {sample.sheet}"
    said = patterns("tables")[table.name].search(words) is not None
    first = first_named("tables", words) == table.name
    score += (1.0 if said else 0.0) + (1.0 if first else 0.0)
    if not any(mapped.has(column) for column in _TELLING[table.name]):
        score *= 0.4
    missing = [c for c in table.columns if c.required and not mapped.has(c.name) and not _given(c.name, proposal)]
    return score * 0.5 ** len(missing), proposal


def _header_row(sample: Sample, table: Table) -> HeadRow | None:
    """The row the program would take by itself, else the first that looks like a header and has a person in it."""
    found = find_header(sample.head, table, {})
    rows = [row for row in sample.head if sound_header(row, sample.head)]
    if found is not None and (found.at in rows or not rows):
        return found.at
    return rows[0] if rows else None


@lru_cache(maxsize=512)
def _rarity(table: str, column: str) -> float:
    """A column that many tables have says little about which table it is."""
    if column in ("镇", "村"):
        return 0.1
    owners = sum(any(c.name == column for c in other.columns) for other in TABLES.values())
    return 1.5 / owners if column not in _TELLING[table] else 2.0


def _given(column: str, proposal: SheetProposal) -> bool:
    """Whether what surrounds the list says what this column would."""
    words = f"{proposal.sample.name} {proposal.title} {proposal.sample.sheet}"
    if column == "register":
        return True
    if column == "item":
        return known_item(words) is not None
    if column == "service":
        return _YEAR_IN_TEXT.search(words) is not None or "年度" in " ".join(proposal.at.cells)
    if column == "year":
        return _YEAR_IN_TEXT.search(words) is not None
    return False


def _add_constants(proposal: SheetProposal) -> None:
    name, title, sheet = (
        unicodedata.normalize("NFKC", text) for text in (proposal.sample.name, proposal.title, proposal.sample.sheet)
    )
    last, headers = name.rsplit("/", 1)[-1], " ".join(normal_header(cell) for cell in proposal.at.cells)
    if proposal.table.name == "enrolment" and not proposal.mapped.has("register"):
        register = first_named("registers", title, last, sheet, name)
        if register:
            proposal.constants["register"] = register
    if proposal.table.name == "death" and not proposal.mapped.has("source"):
        source = first_named("death_sources", last, title, headers, name)
        if source:
            proposal.constants["source"] = source
    if proposal.table.name == "payment" and not proposal.mapped.has("channel"):
        proposal.constants["channel"] = _channel(name, title)


def _channel(name: str, title: str) -> str:
    words = f"{name} {title}"
    return "系统" if re.search(r"一本通|一卡通", words) and "系统外" not in words else "系统外"


def _ask(proposal: SheetProposal, other: str) -> None:
    """Questions about what is not sure; only required columns hold a file back."""
    table, mapped = proposal.table, proposal.mapped
    if proposal.confidence < 0.75:
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
            hint = "是 " + " 还是 ".join(choices) if choices else "是哪一种名册(register)"
            proposal.questions.append(f"没有写明名册:{hint}?")
        elif not _given(column.name, proposal):
            proposal.questions.append(f"哪一列是{column.caption}?没有找到")

"""What a sheet is taken for, and what is still to be answered about it."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit_lib.intake.mapping import Mapped
from audit_lib.intake.sampling import Sample
from audit_lib.sources.sheets import HeadRow
from audit_lib.tables import Table


@dataclass
class SheetProposal:
    """What one sheet is taken for.

    Attributes:
        confidence: 0 to 1; from ``mapping.SURE`` on it is used without asking.
        constants: what stands beside the list for columns it does not have.
        wanted: columns that are still open, with a proposal where there is one.
        remarks: what was settled and should be looked at, in Chinese.
        item: the subsidy that the words around a payment list name.
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
    remarks: list[str] = field(default_factory=list)
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

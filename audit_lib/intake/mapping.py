"""Which header of a sheet is which canonical column, how sure that is, and what must be asked."""

from __future__ import annotations

from dataclasses import dataclass, field

from audit_lib.intake.evidence import Evidence
from audit_lib.intake.vocabulary import patterns
from audit_lib.sources.headers import ColumnMap, map_columns, normal_header
from audit_lib.tables import YEAR_HEADERS, Column, Table

#: from here on a proposal is used without asking
SURE = 0.75
_SYNONYM, _WORDS, _VALUES = 0.98, 0.85, 0.6
_NUMBERING = frozenset("序号 编号 行号 NO No no 序".split())


@dataclass(frozen=True)
class Proposal:
    """One header and the canonical column it is taken for (镇, 村 for the halves of a place)."""

    header: str
    column: str
    confidence: float
    why: str
    known: bool

    @property
    def sure(self) -> bool:
        """Whether it is used without asking."""
        return self.confidence >= SURE


@dataclass
class Mapped:
    """The proposals for one sheet as one table."""

    proposals: list[Proposal] = field(default_factory=list)
    doubts: list[Proposal] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)

    @property
    def columns(self) -> dict[str, str]:
        """What ``sources.yml`` must say: sure headers that the program does not know by itself."""
        return {p.header: p.column for p in self.proposals if not p.known}

    def has(self, column: str) -> bool:
        """Whether a header is surely this column."""
        return any(p.column == column for p in self.proposals)


def propose_columns(cells: list[str], samples: list[list[str]], table: Table) -> Mapped:
    """Map the headers of a sheet.

    Args:
        cells: the header row.
        samples: for each header, values from below it.
        table: the canonical table the sheet is supposed to be.
    """
    known = map_columns(cells, table, {})
    evidence = [Evidence.of(sample) for sample in samples]
    mapped = Mapped()
    columns = {column.name: column for column in table.columns}
    for name, position in _positions(known).items():
        column = columns.get(name)
        agreement = evidence[position].agrees(name, column.type) if column and name != "service" else None
        if name == "service":
            agreement = max(evidence[position].share("period"), evidence[position].share("number"))
        _add(mapped, Proposal(cells[position].strip(), name, *_judge(_SYNONYM, agreement, "列名"), True))
    taken = {p.column for p in mapped.proposals + mapped.doubts}
    used = known.used()
    for position, cell in enumerate(cells):
        header = normal_header(cell)
        if not header or position in used or header in _NUMBERING or header in YEAR_HEADERS:
            continue
        found = _by_words(header, cell, table, evidence[position], taken)
        found = found or _by_values(cell, table, evidence[position], taken)
        if found is None:
            mapped.unknown.append(cell.strip())
            continue
        taken.add(found.column)
        _add(mapped, found)
    return mapped


def _add(mapped: Mapped, proposal: Proposal) -> None:
    (mapped.proposals if proposal.sure else mapped.doubts).append(proposal)


def _positions(known: ColumnMap) -> dict[str, int]:
    halves = {"镇": known.town, "村": known.village}
    return known.at | {name: position for name, position in halves.items() if position is not None}


def _judge(base: float, agreement: float | None, source: str) -> tuple[float, str]:
    """Confidence and its reason: what the header says, less what the values deny."""
    if agreement is None:
        return base, source
    if agreement >= 0.5:
        return base, f"{source},{agreement:.0%}的值相符"
    return round(base * (0.3 + agreement), 2), f"{source},但只有{agreement:.0%}的值相符"


def _by_words(
    header: str, cell: str, table: Table, evidence: Evidence, taken: set[str]
) -> Proposal | None:
    """A header that other places are known to use, when the values do not deny it."""
    columns = {column.name: column for column in table.columns}
    for name, pattern in patterns("headers").items():
        place = name in ("镇", "村")
        if name in taken or (name not in columns and not (place and "place" in columns)):
            continue
        if not pattern.fullmatch(header):
            continue
        agreement = None if place else evidence.agrees(name, columns[name].type)
        confidence, why = _judge(_WORDS, agreement, "列名相近")
        if confidence >= 0.3:
            return Proposal(cell.strip(), name, confidence, why, False)
    return None


def _by_values(cell: str, table: Table, evidence: Evidence, taken: set[str]) -> Proposal | None:
    """A header nobody knows whose values can only be one thing; always asked about."""
    for column in table.columns:
        if column.name in taken or column.name not in ("id", "name", "account_no"):
            continue
        agreement = evidence.share({"id": "id", "name": "name", "account_no": "account"}[column.name])
        if evidence.filled >= 3 and agreement > 0.8 and _required(column):
            why = f"列名不认识,{agreement:.0%}的值像{column.caption}"
            return Proposal(cell.strip(), column.name, _VALUES, why, False)
    return None


def _required(column: Column) -> bool:
    return column.required or column.name == "account_no"

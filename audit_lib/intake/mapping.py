"""Which header of a sheet is which canonical column, how sure that is, and what must be asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from audit_lib.intake.cross import Sheet, look_across
from audit_lib.intake.evidence import Evidence
from audit_lib.intake.placing import positions as positions
from audit_lib.intake.proposed import BY_HEAD
from audit_lib.intake.proposed import SURE as SURE
from audit_lib.intake.proposed import Proposal as Proposal
from audit_lib.intake.ranks import is_never, rank_of
from audit_lib.intake.rivals import without_rivals
from audit_lib.intake.shapes import Columns, by_shape
from audit_lib.intake.vocabulary import ends_like, find_word, is_somebody_elses
from audit_lib.sources.headers import UNUSED, header_forms, map_columns, normal_header
from audit_lib.sources.layout_heads import JOINT
from audit_lib.tables import TOWN_HEADERS, YEAR_HEADERS, Column, Table

#: what a header alone is worth: a spelling the program knows, a like one, a code, nothing but its values
_KNOWN, _LIKE, _BUILT, _CODE, _VALUES = 0.95, 0.88, 0.82, 0.60, 0.62
_NUMBERING = frozenset("序号 编号 行号 NO No no 序 XH".split())
#: columns of one person; a column headed 户主… is theirs only when no other is
_PERSONAL = frozenset(("name", "id", "account_no", "phone"))
#: what is never another person's; an account may be, the guardian's
_OWN = frozenset(("name", "id", "phone"))
_FORMER = ("原", "旧", "其他", "第二", "曾", "代办", "经办", "审核")
_FORMER_TOO = frozenset(("former_name", "reissue_of", "class", "村", "unit"))
_ADDRESS = ("址", "地", "住所", "所在地", "详址")
_HEAD = ("户主", "家长", "家庭户主", "户代表")
_HOLDER = re.compile(r"账|卡|存折|开户|收款.*名|^户名")
_HALVES = ("镇", "村")
#: what a column gains whose values are 一级, A类, 分散供养
_TELLING = 0.06


@dataclass
class Mapped:
    """The proposals for one sheet as one table.

    Attributes:
        proposals: what is used.
        doubts: what is asked about and not used until then.
        unknown: headers that mean nothing to the program.
        columns: what ``sources.yml`` must say so that the run maps exactly the proposals.
    """

    proposals: list[Proposal] = field(default_factory=list)
    doubts: list[Proposal] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    columns: dict[str, str] = field(default_factory=dict)

    def has(self, column: str) -> bool:
        """Whether a header is surely this column."""
        return any(p.column == column for p in self.proposals)

    def at(self, column: str) -> int | None:
        """Position of the header of a column."""
        return next((p.position for p in self.proposals if p.column == column), None)


def propose_columns(cells: list[str], samples: list[list[str]], table: Table) -> Mapped:
    """Map the headers of a sheet.

    Args:
        cells: the header row.
        samples: for each header, values from below it.
        table: the canonical table the sheet is supposed to be.
    """
    forms = [
        (*names, *_first_of(cell, names)) for names, cell in zip(header_forms(cells), cells, strict=True)
    ]
    evidence = [Evidence.of(sample) for sample in samples]
    candidates = [
        candidate for position, names in enumerate(forms) if names and names[0] not in _NUMBERING
        for candidate in _candidates(position, cells[position], names, table, evidence[position])
        if evidence[position].filled or not (_is_needed(table, candidate.column) and any(e.filled for e in evidence))
    ]  # fmt: skip
    candidates = list(without_rivals(candidates, forms, evidence, table))
    mapped, taken = Mapped(), _Taken()
    for candidate in sorted(candidates, key=lambda c: (-c.sure, -c.priority, c.position)):
        if taken.admits(candidate):
            taken.add(candidate)
            twins = _twins(candidate, candidates, forms, samples)
            _settle(mapped, candidate, twins)
    for candidate in _by_values(cells, forms, evidence, table, taken):
        taken.add(candidate)
        _settle(mapped, candidate, twins=False)
    free = [names[-1] if names and _is_free(names, i, taken) else "" for i, names in enumerate(forms)]
    sure = {p.column: p.position for p in mapped.proposals}
    for found in by_shape(Columns(table, free, evidence, samples, sure)):
        candidate = Proposal(
            cells[found.position].strip(), found.column, found.confidence, found.why, found.position
        )
        taken.add(candidate)
        _settle(mapped, candidate, twins=False)
    holder = next((p for p in mapped.proposals if p.column == "account_name"), None)
    if (
        holder
        and taken.free("name", table)
        and not _is_asked(mapped, "name")
        and evidence[holder.position].share("name") >= 0.6
    ):
        taken.columns.add("name")  # a bank knows people by their accounts
        mapped.proposals.remove(holder)
        mapped.proposals.append(replace(holder, column="name", confidence=0.8, why="没有姓名列,户名就是姓名"))
    plain = [names[-1] if names and names[0] not in _NUMBERING else "" for names in forms]
    look_across(Sheet(table, plain, cells, samples, evidence, mapped.proposals, mapped.doubts))
    taken.positions |= {p.position for p in mapped.proposals}
    mapped.columns = _overrides(cells, table, mapped)
    mapped.unknown = [
        cells[i].strip() for i, names in enumerate(forms)
        if names and i not in taken.positions and names[0] not in _NUMBERING and names[0] not in YEAR_HEADERS
    ]  # fmt: skip
    return mapped


@dataclass
class _Taken:
    columns: set[str] = field(default_factory=set)
    positions: set[int] = field(default_factory=set)

    def admits(self, candidate: Proposal) -> bool:
        return candidate.column not in self.columns and candidate.position not in self.positions

    def free(self, column: str, table: Table) -> bool:
        """Whether a column of the table is still without a header."""
        return column not in self.columns and any(c.name == column and c.required for c in table.columns)

    def add(self, candidate: Proposal) -> None:
        self.columns.add(candidate.column)
        self.positions.add(candidate.position)


def _targets(table: Table) -> Iterator[tuple[str, Column, tuple[str, ...]]]:
    """Each column a header can be, with the spellings the program knows; a place is two of them."""
    for column in table.columns:
        if column.type == "place":
            yield "镇", column, tuple(s for s in column.headers if s in TOWN_HEADERS)
            yield "村", column, tuple(s for s in column.headers if s not in TOWN_HEADERS)
        elif column.type != "fen_by_year":
            yield column.name, column, column.headers


def _candidates(
    position: int, cell: str, names: tuple[str, ...], table: Table, evidence: Evidence
) -> Iterator[Proposal]:
    for target, column, spellings in _targets(table):
        if is_somebody_elses(names[0]) and (
            target in _OWN
            or (names[0].startswith(_FORMER) and target not in _FORMER_TOO and column.type != "date")
        ):
            continue
        if is_never(table.name, target, names[0]):
            continue
        found = _match(names, target, spellings, table)
        if found is None or (
            target == "name" and names[0] not in spellings and _names_a_holder(names[0], table)
        ):
            continue
        base, rank, source = found
        agreement = evidence.agrees(column, target if target in _HALVES else "")
        if target == "村" and names[0].endswith(_ADDRESS) and not evidence.is_placed():
            agreement = 0.3
        confidence, why = _judge(base, agreement, source, is_code=base == _CODE)
        why += evidence.hint(column)
        behind = (
            0.0004 * rank
            - rank_of(table.name, target).worth(names[0])
            - (_TELLING if _tells(target, evidence) else 0.0)
            + (0.2 if target in _PERSONAL and names[0].startswith(_HEAD) else 0.0)
        )
        if column.type == "period" and names[0] in YEAR_HEADERS:  # the year of a month in another column
            behind += 0.15
        if target == "村" and names[0].endswith(_ADDRESS):  # a column of villages says more
            behind += 0.15
        yield Proposal(cell.strip(), target, confidence, why, position, confidence - behind)


def _is_needed(table: Table, target: str) -> bool:
    """Whether a table is nothing without a column: one without values is then not it, as a column for signatures."""
    return any(column.name == target and column.required for column in table.columns)


def _tells(target: str, evidence: Evidence) -> bool:
    """Whether the values alone say so much: 一级, A类 for a class, villages and nothing more for 村."""
    kind = {"class": "class", "村": "village"}.get(target)
    return kind is not None and evidence.share(kind) >= 0.9


def _first_of(cell: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """What stands before the stroke of 生活自理情况/级别, as one more name of the column."""
    first = normal_header(re.split(r"[/／]", cell)[0]) if names and JOINT not in cell else ""
    return (first,) if len(first) >= 2 and first not in names else ()


def _names_a_holder(header: str, table: Table) -> bool:
    """Whether a header is about the holder of the account, in a list that may name payee and holder."""
    return _HOLDER.search(header) is not None and any(c.name == "account_name" for c in table.columns)


def _is_asked(mapped: Mapped, column: str) -> bool:
    return any(p.column == column for p in mapped.doubts)


def _match(
    names: tuple[str, ...], target: str, spellings: tuple[str, ...], table: Table
) -> tuple[float, int, str] | None:
    """Worth of the header, its rank among the ways to write the column, and the reason in words."""
    known = [normal_header(spelling) for spelling in spellings]
    for level, name in enumerate(names):
        if name in known:
            return _KNOWN, known.index(name) + level * 50, "列名"
    for level, name in enumerate(names):
        word = find_word(name, table.name, target)
        if word is not None:
            base = _CODE if word.is_code else _LIKE
            return base, 60 + word.rank * 40 + level * 10, "代码列名" if word.is_code else "列名相近"
    for level, name in enumerate(names):
        if ends_like(name, table.name, target):
            return _BUILT, 100 + level * 10, BY_HEAD
    return None


def _judge(base: float, agreement: float | None, source: str, *, is_code: bool = False) -> tuple[float, str]:
    """Confidence and its reason: what the header says, more or less what the values say."""
    if agreement is None:
        return base, source
    said = f"{source},{agreement:.0%}的值相符"
    if agreement >= 0.8:
        return min(0.99, base + (0.2 if is_code else 0.04)), said
    if agreement >= 0.5:
        return base - 0.1, said
    return round(base * (0.2 + agreement), 2), f"{source},但只有{agreement:.0%}的值相符"


def _twins(
    chosen: Proposal, candidates: list[Proposal], forms: list[tuple[str, ...]], samples: list[list[str]]
) -> bool:
    """Whether another column has the very same header and other values: which of them is meant, nobody can tell."""
    return any(
        other.column == chosen.column and other.position != chosen.position
        and forms[other.position][0] == forms[chosen.position][0]
        and samples[other.position] != samples[chosen.position]
        for other in candidates
    )  # fmt: skip


def _settle(mapped: Mapped, found: Proposal, twins: bool) -> None:
    if twins:
        said = f"{found.why};有几列同叫“{found.header}”"
        found = Proposal(found.header, found.column, 0.5, said, found.position)
    (mapped.proposals if found.sure else mapped.doubts).append(found)


def _is_free(names: tuple[str, ...], position: int, taken: _Taken) -> bool:
    return position not in taken.positions and names[0] not in _NUMBERING and not is_somebody_elses(names[0])


def _by_values(
    cells: list[str], forms: list[tuple[str, ...]], evidence: list[Evidence], table: Table, taken: _Taken
) -> Iterator[Proposal]:
    """Headers nobody knows whose values can only be one thing: the only column of valid ID numbers is one."""
    free = [i for i, names in enumerate(forms) if names and _is_free(names, i, taken)]
    columns = {target: column for target, column, _ in _targets(table)}
    for target, kind, least, worth in (
        ("id", "valid_id", 0.9, 0.8), ("镇", "town", 0.9, 0.78), ("村", "village", 0.9, 0.76),
        ("id", "id", 0.8, _VALUES),
    ):  # fmt: skip
        if target not in columns or target in taken.columns:
            continue
        fit = [i for i in free if evidence[i].filled >= 3 and evidence[i].share(kind) >= least]
        fit = [i for i in fit if i not in taken.positions]
        if len(fit) != 1 and worth > _VALUES:
            continue
        for i in fit[:1]:
            caption = columns[target].caption if target not in _HALVES else target
            why = f"列名不认识,{evidence[i].share(kind):.0%}的值像{caption}"
            yield Proposal(cells[i].strip(), target, worth, why, i)


def _overrides(cells: list[str], table: Table, mapped: Mapped) -> dict[str, str]:
    """The fewest entries of ``columns`` with which the run maps the proposals and nothing else."""
    wanted = {p.column: p.position for p in mapped.proposals}
    overrides: dict[str, str] = {}
    for _ in range(4):
        found = positions(map_columns(cells, table, overrides))
        missing = {c: at for c, at in wanted.items() if found.get(c) != at}
        extra = {c: at for c, at in found.items() if c not in wanted}
        if not missing and not extra:
            break
        overrides |= {cells[at].strip(): column for column, at in missing.items()}
        overrides |= {
            cells[at].strip(): UNUSED for at in extra.values() if cells[at].strip() not in overrides
        }
    return overrides

"""Columns that must not be used because another may as well be meant: then words alone do not decide."""

from __future__ import annotations

from collections.abc import Iterator

from audit_lib.intake.evidence import Evidence
from audit_lib.intake.proposed import BY_HEAD, Proposal
from audit_lib.intake.ranks import rank_of
from audit_lib.intake.shapes import is_money, may_be_a_person
from audit_lib.tables import Table

#: at least this share of the cells of a rival are names or identity numbers
_MOST = 0.8
_KINDS = {"name": "name", "id": "id"}


def without_rivals(
    candidates: list[Proposal], forms: list[tuple[str, ...]], evidence: list[Evidence], table: Table
) -> Iterator[Proposal]:
    """The candidates that nothing unnamed rivals; what is left out may still be found by its shape, or is asked about."""
    known = {c.position for c in candidates}
    free = [i for i, names in enumerate(forms) if names and i not in known]
    for one in candidates:
        if one.column == "amount" and table.name in ("payment", "bank_return"):
            if _beaten(one, forms, free, evidence, table):
                continue
        elif one.column in _KINDS and one.why.startswith(BY_HEAD) and _is_one_of_many(one, forms, evidence):
            continue
        yield one


def _beaten(
    one: Proposal, forms: list[tuple[str, ...]], free: list[int], evidence: list[Evidence], table: Table
) -> bool:
    """Whether money that nobody knows is more clearly the amount, or as clearly where only the head of the name is known."""
    rank = rank_of(table.name, "amount")
    own = rank.worth(forms[one.position][0]) - (0.001 if one.why.startswith(BY_HEAD) else 0.0)
    return any(is_money(forms[i][0], evidence[i], table) and rank.worth(forms[i][0]) > own for i in free)


def _is_one_of_many(one: Proposal, forms: list[tuple[str, ...]], evidence: list[Evidence]) -> bool:
    """Whether another column holds people's names, and the qualifier of this one says nothing known."""
    return any(
        i != one.position
        and names
        and evidence[i].share(_KINDS[one.column]) >= _MOST
        and may_be_a_person(names[0])
        for i, names in enumerate(forms)
    )

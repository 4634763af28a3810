"""Sheets with the very same header row: what one of them lets us see holds for those whose values say too little."""

from __future__ import annotations

from collections.abc import Iterable
from copy import deepcopy

from audit_lib.intake.beside import add_constants
from audit_lib.intake.evidence import Evidence
from audit_lib.intake.mapping import SURE
from audit_lib.intake.proposals import SheetProposal
from audit_lib.intake.questions import ask
from audit_lib.sources.headers import normal_header
from audit_lib.tables import Column

Heads = tuple[str, ...]
#: a sheet whose cells deny a column by more than this keeps what it was taken for
_DENIED = 0.5


def head_of(proposal: SheetProposal) -> Heads:
    """What makes sheets twins: their normal headers in order, columns without one left out at the end."""
    names = [normal_header(cell) if cell.strip() else "" for cell in proposal.at.cells]
    while names and not names[-1]:
        names.pop()
    return tuple(names)


def models_of(proposals: Iterable[SheetProposal]) -> dict[Heads, SheetProposal]:
    """For each header row the sheet that was understood best: sure of its table, the most columns used."""
    best: dict[Heads, SheetProposal] = {}
    for one in proposals:
        known = best.get(head_of(one))
        if one.confidence >= SURE and (known is None or _seen(one) > _seen(known)):
            best[head_of(one)] = one
    return best


def follow(proposal: SheetProposal, models: dict[Heads, SheetProposal]) -> None:
    """Take a sheet as its twin was taken, unless its own cells deny that; questions are asked anew."""
    model = models.get(head_of(proposal))
    if model is None or model is proposal or _seen(model) <= _seen(proposal):
        return
    if proposal.confidence >= SURE and proposal.table.name != model.table.name:
        return
    if any(_denies(proposal, found.position, found.column, model) for found in model.mapped.proposals):
        return
    proposal.table, proposal.mapped = model.table, deepcopy(model.mapped)
    proposal.confidence = max(proposal.confidence, model.confidence)
    proposal.constants, proposal.wanted, proposal.questions, proposal.remarks = {}, {}, [], []
    proposal.item = ""
    add_constants(proposal)
    ask(proposal, "")


def _seen(proposal: SheetProposal) -> int:
    return len(proposal.mapped.proposals)


def _denies(proposal: SheetProposal, position: int, column: str, model: SheetProposal) -> bool:
    below = proposal.sample.below(proposal.at)
    if position >= len(below):
        return False
    half = column if column in ("镇", "村") else ""
    found: Column | None = next(
        (c for c in model.table.columns if c.name == column or (half and c.type == "place")), None
    )
    agreement = Evidence.of(below[position]).agrees(found, half) if found else None
    return agreement is not None and agreement < _DENIED

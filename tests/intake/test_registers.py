"""Registers with the headers that offices use: what is sure is right, what is misleading is asked about."""

from __future__ import annotations

import pytest

from audit_lib.intake.mapping import SURE
from audit_lib.intake.tabling import SheetProposal, propose_sheet

from .sheets import Register, load_registers

SEEDS = (1, 2, 3)


@pytest.fixture(scope="module")
def proposals() -> list[tuple[Register, SheetProposal]]:
    """Every register of the collection, with other people each time, and what it is taken for."""
    found = [(register, propose_sheet(register.sample)) for s in SEEDS for register in load_registers(s)]
    return [(register, proposal) for register, proposal in found if proposal is not None]


def taken(proposal: SheetProposal) -> dict[str, str]:
    """Header → column as the run will map it."""
    return {p.header: p.column for p in proposal.mapped.proposals}


def test_every_register_is_taken_for_what_it_is(proposals: list[tuple[Register, SheetProposal]]) -> None:
    wrong = [(r.sample.name, p.table.name, p.confidence) for r, p in proposals if p.table.name != r.table]
    assert wrong == []


def test_what_stands_beside_the_lists_is_understood(proposals: list[tuple[Register, SheetProposal]]) -> None:
    for register, proposal in proposals:
        given = proposal.constants | ({"item": proposal.item} if proposal.item else {})
        assert given == register.constants, register.sample.name


def test_no_proposal_that_is_sure_is_wrong(proposals: list[tuple[Register, SheetProposal]]) -> None:
    wrong = []
    for register, proposal in proposals:
        for header, column in register.truth:
            got = taken(proposal).get(header, "-")
            if column != "place" and got not in ("-", column):
                wrong.append((register.sample.name, header, got, column))
    assert wrong == []


def test_nine_tenths_of_the_columns_are_found(proposals: list[tuple[Register, SheetProposal]]) -> None:
    due = [
        (r.sample.name, header, column, taken(p).get(header, "-"))
        for r, p in proposals for header, column in r.truth if column not in ("-", "asked", "place")
    ]  # fmt: skip
    missed = [line for line in due if line[2] != line[3]]
    assert len(missed) <= 0.02 * len(due), missed


def test_a_column_whose_values_deny_its_header_is_asked_about(
    proposals: list[tuple[Register, SheetProposal]],
) -> None:
    for register, proposal in proposals:
        doubts = {p.header for p in proposal.mapped.doubts}
        for header, column in register.truth:
            if column == "asked":
                assert header in doubts, (register.sample.name, header)
                assert proposal.mapped.columns.get(header) in (None, "不用"), header


def test_registers_that_are_what_they_seem_need_no_answer(
    proposals: list[tuple[Register, SheetProposal]],
) -> None:
    plain = [(r, p) for r, p in proposals if all(column != "asked" for _, column in r.truth)]
    held = [
        (r.sample.name, p.confidence, p.questions) for r, p in plain if p.questions or p.confidence < SURE
    ]
    assert len(held) <= 0.05 * len(plain), held

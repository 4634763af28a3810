"""Where a case stands: the fold over its events, by one literal table of permitted transitions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, Literal

from audit_lib.errors import LedgerError
from audit_lib.ledger.events import Entry

State = Literal["", "待核实", "待补充", "属实", "部分属实", "不属实", "无法核实", "待复核", "已撤回"]
Result = Literal["confirmed", "partly", "cleared", "unverifiable"]
ByYear = dict[int, int]

#: how a verdict is called on paper
RESULTS: dict[str, State] = {
    "confirmed": "属实",
    "partly": "部分属实",
    "cleared": "不属实",
    "unverifiable": "无法核实",
}
DECIDED: frozenset[State] = frozenset(RESULTS.values())
#: states in which somebody still has to verify
OPEN: frozenset[State] = frozenset({"待核实", "待补充", "待复核"})

_VERDICTS: dict[str, State] = {**RESULTS}


def _undone(*states: State) -> dict[str, State]:
    """Steps back to the state before the line that is taken back."""
    return {f"undone:{state}": state for state in states}


def _stays(state: State, *steps: str) -> dict[str, State]:
    return dict.fromkeys(steps, state)


#: state → step → state; what is not here is refused. A step is an event's kind, or its verdict when it has
#: one. A person's decision outranks the program: a decided case that is no longer produced stays decided.
TRANSITIONS: dict[State, dict[str, State]] = {
    "": {"raised": "待核实"},
    "待核实": {
        **_stays("待核实", "restated", "noted", "recovered", "unrecovered"),
        "withdrawn": "已撤回", "retracted": "已撤回", "incomplete": "待补充", **_VERDICTS,
    },
    "待补充": {
        **_stays("待补充", "restated", "incomplete", "noted", "recovered", "unrecovered"),
        "withdrawn": "已撤回", "retracted": "已撤回", **_VERDICTS,
        **_undone("待核实", "待补充"),
    },
    "待复核": {
        **_stays("待复核", "restated", "incomplete", "noted", "recovered", "unrecovered"),
        "withdrawn": "已撤回", "retracted": "已撤回", **_VERDICTS, **_undone("待复核"),
    },
    "已撤回": {
        **_stays("已撤回", "withdrawn", "incomplete", "noted", "recovered", "unrecovered"),
        "reraised": "待核实", **_VERDICTS, **_undone("已撤回"),
    },
    **{
        decided: {
            **_stays(decided, "restated", "withdrawn", "reraised"),
            **_stays(decided, "incomplete", "noted", "recovered", "unrecovered"),
            "reopened": "待复核", "retracted": "已撤回", **_VERDICTS,
            **_undone("待核实", "待补充", "待复核", "已撤回", *RESULTS.values()),
        }
        for decided in RESULTS.values()
    },
}  # fmt: skip

#: kinds whose payload states the suspicion anew
_STATEMENTS = frozenset({"raised", "restated", "reopened", "restored", "reraised"})


@dataclass(slots=True)
class Decision:
    """A verdict that was taken."""

    result: Result
    verified_by_year: ByYear
    verified_fen: int
    suspected_fen: int
    reason_code: str
    attachment: str
    verifier: str
    decided_on: str
    note: str
    source: str


@dataclass(slots=True)
class Case:
    """One finding's standing after its events so far."""

    finding_id: str
    state: State = ""
    claim: dict[str, Any] = field(default_factory=dict)
    produced: bool = False
    retracted: bool = False
    decision: Decision | None = None
    shortfall: str = ""
    before: tuple[State, Decision | None, str] | None = None
    recoveries: dict[str, int] = field(default_factory=dict)
    statements: int = 0
    events: int = 0
    last_event: str = ""

    @property
    def suspected_fen(self) -> int:
        """Amount the program suspects, in fen."""
        return int(self.claim.get("amount_fen", 0))

    @property
    def suspected_by_year(self) -> ByYear:
        """Suspected fen by year."""
        return years(self.claim.get("by_year", {}))

    @property
    def standing(self) -> Decision | None:
        """The decision, when it stands: not suspended for review, not retracted."""
        return self.decision if self.state in DECIDED else None

    @property
    def verified_fen(self) -> int:
        """Verified fen; 0 unless a decision stands."""
        return self.standing.verified_fen if self.standing else 0

    @property
    def verified_by_year(self) -> ByYear:
        """Verified fen by year."""
        return self.standing.verified_by_year if self.standing else {}

    @property
    def recovered_fen(self) -> int:
        """Fen that came back."""
        return sum(self.recoveries.values())

    @property
    def recovered_by_year(self) -> ByYear:
        """Recovered fen by the year it was paid, where that is certain; never spread pro rata."""
        verified, recovered = self.verified_by_year, self.recovered_fen
        if not recovered or not verified:
            return {}
        if len(verified) == 1:
            return {next(iter(verified)): recovered}
        return dict(verified) if recovered == self.verified_fen else {}

    @property
    def is_counted(self) -> bool:
        """Whether the suspected amount belongs in a total: the person is sure enough, or it was confirmed."""
        if self.state in ("属实", "部分属实"):
            return True
        return self.state != "已撤回" and self.claim.get("tier") in ("A", "B")

    @property
    def changed_since_decision(self) -> bool:
        """Whether the suspected amount is not the one the decision was about."""
        return self.decision is not None and self.decision.suspected_fen != self.suspected_fen


def years(content: dict[str, int]) -> ByYear:
    """JSON's text keys back to years, in order, without zeros."""
    return {int(year): int(fen) for year, fen in sorted(content.items()) if int(fen)}


def apply(case: Case, entry: Entry) -> None:
    """Move a case on by one event.

    Raises:
        LedgerError: the transition is not permitted.
    """
    said = entry.said()
    step = _step(case, entry, said)
    following = TRANSITIONS[case.state].get(step)
    if following is None:
        raise LedgerError(
            f"台账不允许在“{case.state or '尚未登记'}”状态下记“{step}”",
            f"疑点 {entry.finding_id},第 {entry.seq} 条",
            "先查看该疑点的经过:ybt ledger",
        )
    before, case.before = case.before, None
    if entry.kind in ("verified", "incomplete"):
        case.before = (case.state, case.decision, case.shortfall)
    case.state = following
    if entry.kind in _STATEMENTS:
        case.claim = said["claim"]
        case.produced, case.retracted = True, False
        case.statements += 1
    elif entry.kind == "withdrawn":
        case.produced = False
        case.statements += 1
    elif entry.kind == "retracted":
        case.retracted, case.decision = True, None
    elif entry.kind == "verified":
        case.decision = _decision(said, entry.note)
        case.shortfall = ""
    elif entry.kind == "incomplete":
        case.shortfall = str(said["shortfall"])
    elif entry.kind == "recovered":
        case.recoveries[entry.event_id] = int(said["amount_fen"])
    elif entry.kind == "unrecovered" and case.recoveries.pop(said["reverses"], None) is None:
        raise LedgerError(
            "台账中没有要冲回的追缴",
            f"疑点 {entry.finding_id},第 {entry.seq} 条",
            "用 ybt ledger verify 校验台账",
        )
    elif entry.kind == "undone" and before:
        _, case.decision, case.shortfall = before
    case.events += 1
    case.last_event = entry.event_id


def _step(case: Case, entry: Entry, said: dict[str, Any]) -> str:
    """What the line does to the case, as the table of transitions calls it."""
    if entry.kind in ("verified", "restored"):
        return str(said.get("result") or entry.kind)
    if entry.kind == "undone" and case.before and said.get("reverses") == case.last_event:
        return f"undone:{case.before[0]}"
    return entry.kind


def _decision(said: dict[str, Any], note: str) -> Decision:
    return Decision(
        result=said["result"],
        verified_by_year=years(said["verified_by_year"]),
        verified_fen=int(said["verified_fen"]),
        suspected_fen=int(said["suspected_fen"]),
        reason_code=said["reason_code"],
        attachment=said["attachment"],
        verifier=said["verifier"],
        decided_on=said["decided_on"],
        note=note,
        source=":".join((said["source"]["file"], said["source"]["sheet"])) if said.get("source") else "",
    )


def fold(entries: Iterable[Entry]) -> dict[str, Case]:
    """Every case by finding_id, in the order they were raised."""
    cases: dict[str, Case] = {}
    for entry in entries:
        if entry.finding_id not in cases:
            cases[entry.finding_id] = Case(entry.finding_id)
        apply(cases[entry.finding_id], entry)
    return cases

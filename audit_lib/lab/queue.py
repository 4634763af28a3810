"""The findings that wait for a decision: choose some, look at one, decide, undo — each saved in the ledger at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import pandas as pd

from audit_lib.errors import LedgerError
from audit_lib.lab.marks import SideBySide
from audit_lib.lab.records import Files, Record, span_text
from audit_lib.ledger import Ledger
from audit_lib.ledger.states import OPEN
from audit_lib.money import format_yuan
from audit_lib.report.grids import Field, Grid, Prose
from audit_lib.report.stages import Stages

Choice = tuple[str, str]
#: lines of a finding that are shown; a village's finding may have thousands
MONTHS = 120
_TIER_ORDER = {"A": 0, "B": 1, "C": 2}


@dataclass(frozen=True)
class Filters:
    """Which findings are looked at; an empty text means all. Amount in fen."""

    town_id: str = ""
    village_id: str = ""
    rule_id: str = ""
    tier: str = ""
    least_fen: int = 0
    open_only: bool = True


@dataclass
class FindingQueue:
    """The queue of one project. ``operator`` is written on every line of the ledger."""

    stages: Stages
    operator: str = ""
    filters: Filters = Filters()
    position: int = 0
    decided: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.files = Files(self.stages)
        self._findings = {row["finding_id"]: row for row in self.files.findings("finding")}
        self.refresh()

    def refresh(self) -> None:
        """Read the ledger's states anew."""
        with Ledger.open(self.stages.ledger_url) as ledger:
            cases = ledger.cases()
        self._cases = {row["finding_id"]: row for row in _records(cases)}
        self._list = self._chosen()

    def choose(self, **changes: Any) -> None:
        """Change filters and start at the first finding that passes them."""
        if "town_id" in changes and "village_id" not in changes:
            changes["village_id"] = ""
        self.filters, self.position = replace(self.filters, **changes), 0
        self._list = self._chosen()

    def _chosen(self) -> list[str]:
        mine = [
            row for row in self._findings.values()
            if row["finding_id"] in self._cases and self._passes(row, self.filters)
        ]  # fmt: skip
        mine.sort(
            key=lambda row: (_TIER_ORDER.get(row["tier"], 3), -(row["amount_fen"] or 0), row["finding_id"])
        )
        return [row["finding_id"] for row in mine]

    def _passes(self, row: dict[str, Any], wanted: Filters) -> bool:
        return (
            (not wanted.town_id or row["town_id"] == wanted.town_id)
            and (not wanted.village_id or row["village_id"] == wanted.village_id)
            and (not wanted.rule_id or row["rule_id"] == wanted.rule_id)
            and (not wanted.tier or row["tier"] == wanted.tier)
            and (row["amount_fen"] or 0) >= wanted.least_fen
            and (
                not wanted.open_only
                or self.state(row["finding_id"]) in OPEN
                or row["finding_id"] in self.decided
            )
        )

    # ── where it stands ──────────────────────────────────────────────────────────────────────

    @property
    def ids(self) -> Sequence[str]:
        """Numbers of the findings that pass the filters, surest and largest first."""
        return self._list

    @property
    def current(self) -> str:
        """The finding that is looked at; empty when none passes the filters."""
        return self._list[self.position] if self.position < len(self._list) else ""

    def move(self, steps: int) -> None:
        """Go on (1) or back (-1), never beyond the ends."""
        self.position = max(0, min(self.position + steps, len(self._list) - 1))

    def state(self, finding_id: str) -> str:
        """The ledger's state of a finding."""
        return str(self._cases[finding_id]["state"])

    def progress(self) -> tuple[int, int]:
        """Decided and all of the findings that pass the filters, whether open or not."""
        wanted = replace(self.filters, open_only=False)
        every = [
            row
            for row in self._findings.values()
            if row["finding_id"] in self._cases and self._passes(row, wanted)
        ]
        done = sum(self.state(row["finding_id"]) not in OPEN for row in every)
        return done, len(every)

    # ── what a person decides ────────────────────────────────────────────────────────────────

    def decide(self, result: str, reason_code: str = "", attachment: str = "", note: str = "") -> str:
        """Write 属实 or 不属实 about the current finding into the ledger and go to the next.

        Returns:
            what was written, in one sentence.

        Raises:
            LedgerError: nothing to decide, or the ledger does not take it as it is.
        """
        finding_id = self._require_current()
        with Ledger.open(self.stages.ledger_url) as ledger:
            if result == "待核":
                ledger.defer(finding_id, self.operator, note or reason_code)
            else:
                ledger.decide(
                    finding_id,
                    result,
                    reason_code=reason_code,
                    attachment=attachment,
                    operator=self.operator,
                    note=note,
                )
        self._written(finding_id)
        return f"已记入台账:{finding_id} {result}" + (f"({reason_code})" if reason_code else "")

    def undo(self) -> str:
        """Take the last decision of this session back, by a line of its own in the ledger.

        Raises:
            LedgerError: nothing was decided, or the case has moved on since.
        """
        if not self.decided:
            raise LedgerError("本次还没有作出结论,没有可撤销的")
        finding_id = self.decided[-1]
        with Ledger.open(self.stages.ledger_url) as ledger:
            ledger.undo(finding_id, self.operator)
        self.decided.pop()
        self.refresh()
        self.position = self._list.index(finding_id) if finding_id in self._list else 0
        return f"已撤销:{finding_id} 恢复为“{self.state(finding_id)}”,台账另记一笔"

    def _require_current(self) -> str:
        if not self.current:
            raise LedgerError("没有符合条件的疑点", remedy="放宽筛选条件")
        return self.current

    def _written(self, finding_id: str) -> None:
        self.decided.append(finding_id)
        self.refresh()
        self.move(1)

    # ── what is shown ────────────────────────────────────────────────────────────────────────

    def towns(self) -> list[Choice]:
        """Names and codes of the towns that have findings."""
        present = {row["town_id"] for row in self._findings.values()}
        return [(town.name, town.town_id) for town in self.files.project.towns if town.town_id in present]

    def villages(self) -> list[Choice]:
        """Villages of the chosen town."""
        town = self.files.project.town_by_id.get(self.filters.town_id)
        return [(village.name, village.village_id) for village in town.villages] if town else []

    def rules(self) -> list[Choice]:
        """Titles and codes of the rules that found something."""
        return sorted({(row["rule_title"], row["rule_id"]) for row in self._findings.values()})

    def card(self) -> Prose:
        """The current finding in words."""
        if not self.current:
            return Prose(["没有符合条件的疑点。"])
        row = self._findings[self.current]
        case = self._cases[self.current]
        state = f"台账状态:{case['state']}" + (f"({case['shortfall']})" if case["shortfall"] else "")
        return Prose(
            [
                f"{row['finding_id']} {row['rule_title']}  {row['tier']}级  {format_yuan(row['amount_fen'] or 0)}元  {state}",
                str(row["statement"]),
                f"{self.files.place_name(row['town_id'], row['village_id']) or '全区'}  {self.files.item_name(row['item_id'])}"
                f"  {span_text(row['first_month'], row['last_month'])}  核实单位:{row['owner']} {row['office']}",
            ]
        )  # fmt: skip

    def evidence(self, reveal: bool = False) -> SideBySide:
        """The rows behind the current finding, department by department side by side."""
        records: list[Record] = []
        by_table: dict[str, list[int]] = {}
        for line in self.files.findings("evidence", finding_id=self.current) if self.current else []:
            by_table.setdefault(line["table_name"], []).append(line["origin"])
        for table, origins in sorted(by_table.items(), key=lambda entry: len(entry[1])):
            records += self.files.records(table, origins)
        about_one = bool(self.current and self._findings[self.current]["person_id"])
        says = "各部门登记并列" + (",与第一列不同的字已标出" if about_one else "(涉及多人,不逐字比较)")
        return SideBySide(says, records, reveal, about_one)

    def months(self) -> Grid:
        """The current finding's money by month."""
        lines = self.files.findings("finding_line", finding_id=self.current) if self.current else []
        rows = [
            {"month": line["month"], "item": self.files.item_name(line["item_id"]), "fen": line["amount_fen"],
             "place": self.files.place(line["payment_row"]) if line["payment_row"] is not None else "—"}
            for line in sorted(lines, key=lambda line: (line["month"] or 0, line["item_id"] or ""))
        ]  # fmt: skip
        fields = [
            Field("month", "月份", "month", head=True), Field("item", "项目"), Field("fen", "金额(元)", "yuan"),
            Field("place", "发放行"),
        ]  # fmt: skip
        total = {"month": "合计", "fen": sum(row["fen"] or 0 for row in rows)}
        shown = f"按月明细,共{len(rows)}行" + (f",列前{MONTHS}行,合计是全部的" if len(rows) > MONTHS else "")
        return Grid(shown, fields, rows[:MONTHS], total, empty="该疑点没有按月金额。")

    def recent(self, last: int = 10) -> Grid:
        """The ledger's lines about the findings decided in this session, newest first."""
        with Ledger.open(self.stages.ledger_url) as ledger:
            histories = {finding_id: ledger.history(finding_id) for finding_id in dict.fromkeys(self.touched)}
        lines: list[dict[str, Any]] = [
            {"finding": finding_id, "state": self.state(finding_id), **line}
            for finding_id, history in histories.items()
            for line in _records(history[["seq", "at", "kind", "operator", "note"]])
        ]
        lines.sort(key=lambda line: -int(line["seq"]))
        names = {"raised": "提出", "verified": "结论", "undone": "撤销", "incomplete": "待核"}
        rows: list[dict[str, Any]] = [
            line | {"kind": names.get(line["kind"], line["kind"])} for line in lines[:last]
        ]
        fields = [
            Field("seq", "台账序号", "count"), Field("finding", "疑点编号", head=True), Field("kind", "记载", "plain"),
            Field("state", "现状态", "plain"), Field("operator", "经办人", "plain"), Field("note", "情况说明"),
            Field("at", "时间(UTC)", "plain"),
        ]  # fmt: skip
        return Grid(
            f"本次所作结论在台账中的记载(共{len(lines)}笔,列{len(rows)}笔)",
            fields,
            rows,
            empty="本次还没有作出结论。",
        )

    @property
    def touched(self) -> list[str]:
        """Findings somebody decided or looked at last in this session."""
        return [*self.decided, self.current] if self.current else list(self.decided)


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The lines of a data frame."""
    return [{str(name): value for name, value in line.items()} for line in frame.to_dict("records")]

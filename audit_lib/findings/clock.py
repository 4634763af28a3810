"""The entitlement clock: how the months and the money of an exit finding come about, in one sentence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

import pyarrow as pa

from audit_lib.engine import Engine
from audit_lib.findings.sentences import format_month, phrase
from audit_lib.money import format_yuan
from audit_lib.params import Project, Standard

_UNITS = {
    "person_month": "月", "household_month": "户月", "person_year": "年", "mu": "亩", "person_half": "半年",
    "person_term": "学期", "once": "次",
}  # fmt: skip
#: more runs of equal months, or more payments shared out, are summed up with 等
_SHOWN = 3

_SQL = Path(__file__).parent / "sql"


class Clock:
    """The arithmetic of the findings in ``keyed_line``, by their keys."""

    def __init__(self, engine: Engine, project: Project, columns: Mapping[str, pa.DataType]) -> None:
        self._project = project
        self._months: dict[str, list[tuple[str, int, int]]] = defaultdict(list)
        for row in engine.query(_query("clock_months")).to_pylist():
            self._months[row["finding_key"]].append((row["item_id"], row["month"], row["amount_fen"]))
        self._shared: dict[str, list[dict[str, Any]]] = defaultdict(list)
        if "payment_row" in columns:
            for row in engine.query(_query("clock_shared")).to_pylist():
                self._shared[row["finding_key"]].append(row)

    def text(self, key: str, event: Mapping[str, Any]) -> str:
        """Event and source, grace, first wrong month; then months × amount, standard, sharing out.

        Args:
            key: ``finding_key``.
            event: the finding's ``CLOCK_COLUMNS``.
        """
        begin = (
            f"计算：{phrase('event_on', event['event_on'])}({phrase('event_source', event['event_source'])})"
        )
        grace = f"，宽限{event['grace']}个月" if event["grace"] else ""
        parts = [
            f"{begin}{grace}，{format_month(event['wrong_month'])}起不应发",
            *self._sums(key),
            *self._parts(key),
        ]
        return "；".join(parts)

    def _sums(self, key: str) -> list[str]:
        runs = _runs(self._months[key])
        texts = [self._run(*run) for run in runs[:_SHOWN]]
        return [*texts[:-1], texts[-1] + "等"] if len(runs) > _SHOWN else texts

    def _run(self, item_id: str, first: int, last: int, fen: int) -> str:
        months = last - first + 1
        span = format_month(first) + (f"至{format_month(last)}" if last > first else "")
        each = (
            f"每月{format_yuan(fen)}元×{months}={format_yuan(fen * months)}元"
            if months > 1
            else f"{format_yuan(fen)}元"
        )
        return f"{span}{each}{self._standard(item_id, first, fen)}"

    def _standard(self, item_id: str, month: int, fen: int) -> str:
        """The rate in force: the one that is paid, or the only one; of several classes none is guessed."""
        item = self._project.item_by_id.get(item_id or "")
        rates = [
            rate for rate in self._project.standards if rate.item_id == item_id and _in_force(rate, month)
        ]
        paid = [rate for rate in rates if rate.amount == fen]
        if item is None or not (paid or len(rates) == 1):
            return ""
        rate = (paid or rates)[0]
        return f"(标准每{_UNITS[item.unit]}{format_yuan(rate.amount)}元，{rate.doc_no})"

    def _parts(self, key: str) -> list[str]:
        rows = self._shared[key]
        texts = [
            f"{format_month(row['from_month'])}至{format_month(row['to_month'])}一笔{format_yuan(row['paid_fen'])}元"
            f"按{row['to_month'] - row['from_month'] + 1}个月分摊，计{row['months']}个月{format_yuan(row['counted_fen'])}元"
            for row in rows[:_SHOWN]
            if row["from_month"] is not None and (row["to_month"] or 0) > row["from_month"]
        ]
        return [*texts[:-1], texts[-1] + "等"] if texts and len(rows) > _SHOWN else texts


def _query(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def _in_force(rate: Standard, month: int) -> bool:
    return rate.from_month <= month and (rate.to_month is None or month <= rate.to_month)


def _runs(lines: list[tuple[str, int, int]]) -> list[tuple[str, int, int, int]]:
    """Months in a row with the same item and amount: item, first month, last month, amount of each."""
    if not lines:
        return []
    breaks = [
        n for n, (one, two) in enumerate(pairwise(lines), start=1)
        if (one[0], one[1] + 1, one[2]) != two
    ]  # fmt: skip
    edges = [0, *breaks, len(lines)]
    return [(lines[a][0], lines[a][1], lines[b - 1][1], lines[a][2]) for a, b in pairwise(edges)]

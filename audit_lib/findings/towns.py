"""Coverage town by town: what of each town a rule checked, on which registers up to when, and where it had nothing to check."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlglot import exp

from audit_lib.engine import Engine
from audit_lib.findings.coverage import NOT_RUN, caption
from audit_lib.rules import Rule
from audit_lib.tables import TABLES


@dataclass
class TownRows:
    """Rows by town and last days of the tables, each asked for once."""

    engine: Engine
    _rows: dict[tuple[str, ...], dict[str | None, int]] = field(default_factory=dict)
    _last: dict[str, str] = field(default_factory=dict)

    def rows(self, table: str, *complete: str) -> dict[str | None, int]:
        """Town → rows of a table in which the ``complete`` columns are filled."""
        key = (table, *sorted(complete))
        if key not in self._rows:
            query = exp.select("town_id", exp.Count(this=exp.Star()).as_("n")).from_(table).group_by("town_id")
            for column in key[1:]:
                query = query.where(exp.column(column).is_(exp.null()).not_())
            found = self.engine.query(query.sql(dialect="duckdb")).to_pylist()
            self._rows[key] = {row["town_id"]: row["n"] for row in found}
        return self._rows[key]

    def last(self, column: str) -> str:
        """``死亡登记的“死亡日期”至2018年12月``; empty for a column that is no day or month, or is empty."""
        if column not in self._last:
            table, _, name = column.partition(".")
            kind = TABLES[table].linked()[name]
            newest = None
            if kind == "DATE" or name == "service_from":
                asked = exp.select(exp.Max(this=exp.column(name)).as_("newest")).from_(table)
                newest = self.engine.query(asked.sql(dialect="duckdb"))["newest"][0].as_py()
            if newest is None:
                self._last[column] = ""
            else:
                year, month = divmod(newest, 12) if isinstance(newest, int) else (newest.year, newest.month - 1)
                self._last[column] = f"{caption(column)}至{year}年{month + 1}月"
        return self._last[column]


def cover_towns(
    rows: TownRows,
    rules: Sequence[Rule],
    coverage: Sequence[Mapping[str, Any]],
    towns: Mapping[str, str],
    found: Mapping[tuple[str, str | None], int],
) -> list[dict[str, Any]]:
    """One line per rule and town.

    Args:
        rows: what the tables hold.
        rules: the rules that were to run.
        coverage: the district's lines of coverage.
        towns: name of each town by code.
        found: findings by rule and town.

    Returns:
        rule_id, town_id, status, reason, registers, rows_checked, rows_unable, findings. Counts are None where nothing
        was run, never 0; rows are None, too, where the table that a rule goes through knows no towns.
    """
    by_id = {rule.id: rule for rule in rules}
    lines = []
    for line in coverage:
        rule = by_id.get(line["rule_id"])
        for town_id, name in towns.items():
            own = {"rule_id": line["rule_id"], "town_id": town_id, "status": line["status"], "reason": line["reason"]}
            own |= dict.fromkeys(("rows_checked", "rows_unable", "findings")) | {"registers": ""}
            if rule is not None and line["status"] != NOT_RUN:
                own |= _of_town(rows, rule, town_id, name, line)
                if own["status"] != NOT_RUN:
                    own["findings"] = found.get((rule.id, town_id), 0)
            lines.append(own)
    return lines


def _of_town(rows: TownRows, rule: Rule, town_id: str, name: str, line: Mapping[str, Any]) -> dict[str, Any]:
    head = rule.head
    told = (rows.last(column) for column in (*head.needs, *head.needs_somewhere, *head.helps))
    registers = {"registers": "、".join(dict.fromkeys(text for text in told if text))}
    main = next((table for table in head.tables if "town_id" in TABLES[table].linked()), None)
    if main is None:
        return registers
    columns = [column.split(".")[1] for column in head.needs if column.startswith(f"{main}.")]
    total, complete = rows.rows(main).get(town_id, 0), rows.rows(main, *columns).get(town_id, 0)
    if total == 0:
        return registers | {"status": NOT_RUN, "reason": f"没有收到{name}的{TABLES[main].caption}"}
    return registers | {"rows_checked": complete, "rows_unable": total - complete}

"""Whether a rule could run, on what, and what it could not judge. A rule without its data says 未执行, never 0."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from sqlglot import exp

from audit_lib.engine import Engine
from audit_lib.rules import Rule
from audit_lib.tables import TABLES

RAN, PARTLY, NOT_RUN = "已执行", "部分执行", "未执行"


@dataclass
class Delivered:
    """Counts of what the tables hold, each asked for once; and which files of a table were 拒收."""

    engine: Engine
    refused: Mapping[str, Sequence[str]] = field(default_factory=dict)
    _counts: dict[tuple[str, ...], int] = field(default_factory=dict)

    def rows(self, table: str, *complete: str) -> int:
        """Rows of a table in which all the ``complete`` columns are filled."""
        key = (table, *sorted(complete))
        if key not in self._counts:
            query = exp.select(exp.Count(this=exp.Star()).as_("n")).from_(table)
            for column in sorted(complete):
                query = query.where(exp.column(column).is_(exp.null()).not_())
            self._counts[key] = self.engine.query(query.sql(dialect="duckdb"))["n"][0].as_py()
        return self._counts[key]


@dataclass(frozen=True)
class Reach:
    """What a rule can check before it runs."""

    status: str
    reason: str
    rows_checked: int
    rows_unable: int


@cache
def caption(column: str) -> str:
    """``death.died_on`` → 死亡登记的“死亡日期”."""
    table, _, name = column.partition(".")
    if name == "person_id":
        return f"{TABLES[table].caption}中能确定身份的人员"
    named = [entry.caption for entry in TABLES[table].columns if name in entry.stored()]
    return f"{TABLES[table].caption}的“{named[0] if named else name}”"


def _lost(delivered: Delivered, tables: Iterable[str]) -> list[str]:
    """A file that was 拒收 is a part of its table that nobody could check."""
    told = []
    for table in dict.fromkeys(tables):
        if files := delivered.refused.get(table):
            more = f"等{len(files)}个文件" if len(files) > 1 else ""
            told.append(f"{TABLES[table].caption}“{files[0]}”{more}被拒收，其中的行未查")
    return told


def reach(rule: Rule, delivered: Delivered) -> Reach:
    """Decide whether a rule can run, and count the rows it can and cannot judge."""
    head = rule.head
    missing = [TABLES[table].caption for table in head.tables if delivered.rows(table) == 0]
    lost = _lost(delivered, [*head.tables, *(column.split(".")[0] for column in head.helps)])
    if missing:
        return Reach(NOT_RUN, "；".join(["未收到" + "、".join(missing), *lost]), 0, 0)
    blank = [column for column in [*head.needs, *head.needs_somewhere] if not delivered.rows(*column.split("."))]
    if blank:
        return Reach(NOT_RUN, "没有" + "、".join(caption(column) for column in blank), 0, 0)
    reasons, unable, checked = lost, 0, 0
    for table in head.tables:
        columns = [column.split(".")[1] for column in head.needs if column.split(".")[0] == table]
        complete, total = delivered.rows(table, *columns), delivered.rows(table)
        checked = checked or complete
        if complete < total:
            unable += total - complete
            lacking = [caption(f"{table}.{name}") for name in columns if delivered.rows(table, name) < total]
            reasons.append(f"{total - complete}行缺" + "、".join(lacking))
    for column in head.helps:
        table, name = column.split(".")
        if delivered.rows(table) == 0:
            reasons.append(f"未收到{TABLES[table].caption}，有关情形未查")
        elif delivered.rows(table, name) == 0:
            reasons.append(f"没有{caption(column)}，有关情形未查")
    return Reach(PARTLY if reasons else RAN, "；".join(dict.fromkeys(reasons)), checked, unable)

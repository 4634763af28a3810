"""Queries that turn what any rule selects into lines, findings and evidence.

Which columns a rule yields is known only when it is read, so these queries are put together as
syntax trees from its column names, never as text.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa
import sqlglot
from sqlglot import exp
from sqlglot.expressions import Select

from audit_lib.rules import Rule
from audit_lib.rules.checks import row_table
from audit_lib.rules.head import CLOCK_COLUMNS
from audit_lib.tables import TABLES

#: separates the parts of a finding's key; no cell contains it
UNIT_SEPARATOR = "\x1f"
_OVERRIDES = ("severity", "kind", "track")


@dataclass(frozen=True)
class Shape:
    """The columns of one rule's result.

    Args:
        rule: the rule.
        columns: its result as Arrow types by name.
    """

    rule: Rule
    columns: dict[str, pa.DataType]
    row_columns: dict[str, str] = field(init=False)

    def __post_init__(self) -> None:
        rows = {name: table for name in self.columns if (table := row_table(name))}
        object.__setattr__(self, "row_columns", rows)

    @property
    def sentence_columns(self) -> list[str]:
        """Selected columns that the sentence uses, besides those it fills by itself."""
        head = self.rule.head
        wanted = [*head.statement_fields, *(CLOCK_COLUMNS if head.has_clock else ())]
        return [name for name in dict.fromkeys(wanted) if name in self.columns]

    def lines(self) -> str:
        """``rule_row`` → lines with the key of their finding, tier and place.

        The tier is the worst of the rows behind the line. A line about nobody rests on no identity.
        """
        query: Select = exp.select(*(exp.column(name, "line") for name in self.columns))
        query = query.from_("rule_row AS line")
        tiers: list[exp.Expr] = [exp.Literal.string("A")]
        towns, villages = self._own_place("town_id"), self._own_place("village_id")
        for number, (column, table) in enumerate(self.row_columns.items()):
            if not TABLES[table].about_person:
                continue
            alias = f"source_{number}"
            on = exp.column(TABLES[table].row_column, alias).eq(exp.column(column, "line"))
            query = query.join(exp.to_table(table).as_(alias), on=on, join_type="left")
            tiers.append(exp.func("coalesce", exp.column("link_tier", alias), exp.Literal.string("A")))
            if column == "payment_row":
                towns.append(exp.column("town_id", alias))
                villages.append(exp.column("village_id", alias))
        nobody = exp.column("person_id", "line").is_(exp.null())
        worst = exp.func("greatest", *tiers)
        tier = exp.func("coalesce", exp.column("tier", "line"), worst) if "tier" in self.columns else worst
        tier = exp.case().when(nobody, exp.Literal.string("A")).else_(tier)
        query = query.select(
            tier.as_("link_tier"),
            exp.func("coalesce", *towns).as_("place_town"),
            exp.func("coalesce", *villages).as_("place_village"),
        )
        return query.sql(dialect="duckdb")

    def keyed(self) -> str:
        """``rule_line`` → the same with ``finding_key``; lines on tier C get a key of their own."""
        parts = [_text("person_id"), *(_text(name) for name in self.rule.head.matter), _is_c()]
        key = exp.func("concat_ws", exp.Literal.string(UNIT_SEPARATOR), *parts)
        return exp.select("*", key.as_("finding_key")).from_("rule_line").sql(dialect="duckdb")

    def findings(self) -> str:
        """``keyed_line`` → one row per finding."""
        columns: list[exp.Expr] = [
            exp.column("finding_key"),
            _over("min", "person_id"), _over("min", "item_id"),
            exp.Count(this=exp.Distinct(expressions=[exp.column("item_id")])).as_("items"),
            _over("min", "month", "first_month"), _over("max", "month", "last_month"),
            exp.Count(this=exp.Distinct(expressions=[exp.column("month")])).as_("months"),
            exp.cast(exp.func("sum", exp.column("amount_fen")), "BIGINT").as_("amount_fen"),
            _over("max", "link_tier", "tier"),
            _over("min", "place_town"), _over("min", "place_village"),
        ]  # fmt: skip
        columns += [_over("min", name) for name in _OVERRIDES if name in self.columns]
        columns += [_over("max", "score", "own_score")] if "score" in self.columns else []
        for number, name in enumerate(self.rule.head.matter):
            columns.append(exp.func("min", _text(name)).as_(f"matter_{number}"))
        for name in self.row_columns:
            columns.append(exp.Count(this=exp.column(name)).as_(f"has_{name}"))
        for name in self.sentence_columns:
            columns.append(_for_sentence(name, self.columns[name]).as_(f"say_{name}"))
        query = exp.select(*columns).from_("keyed_line").group_by("finding_key").order_by("finding_key")
        return query.sql(dialect="duckdb")

    def finding_lines(self) -> str:
        """``keyed_line`` with the ids given to its keys → ``finding_line``."""
        payment = (
            exp.column("payment_row") if "payment_row" in self.columns else exp.cast(exp.null(), "BIGINT")
        )
        query = exp.select(
            "finding_id", "item_id", exp.cast(exp.column("month"), "INTEGER").as_("month"),
            exp.cast(exp.IntDiv(this=exp.column("month"), expression=exp.Literal.number(12)), "INTEGER").as_("year"),
            payment.as_("payment_row"), exp.cast(exp.column("amount_fen"), "BIGINT").as_("amount_fen"),
        )  # fmt: skip
        return query.from_("keyed_line").join("finding_key", using="finding_key").sql(dialect="duckdb")

    def evidence(self) -> str:
        """``keyed_line`` with ids → one row per finding and row behind it."""
        parts: list[Select] = []
        for column, table in self.row_columns.items():
            table_name = exp.Literal.string(table).as_("table_name")
            query = exp.select("finding_id", table_name, exp.column(column).as_("origin"))
            query = query.from_("keyed_line").join("finding_key", using="finding_key")
            parts.append(query.where(exp.column(column).is_(exp.null()).not_()))
        union: exp.Query = parts[0]
        for part in parts[1:]:
            union = exp.union(union, part, distinct=True)
        if len(parts) == 1:
            union = parts[0].distinct()
        return union.sql(dialect="duckdb")

    def _own_place(self, name: str) -> list[exp.Expr]:
        own: list[exp.Expr] = [exp.cast(exp.null(), "VARCHAR")]
        return [exp.column(name, "line"), *own] if name in self.columns else own


def empty_result(sql: str) -> str:
    """The query for its columns alone, without computing a row."""
    query = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(query, exp.Query)
    return exp.select("*").from_(query.subquery("line")).limit(0).sql(dialect="duckdb")


def _text(name: str) -> exp.Expr:
    return exp.func("coalesce", exp.cast(exp.column(name), "VARCHAR"), exp.Literal.string(""))


def _is_c() -> exp.Expr:
    return exp.case().when("link_tier = 'C'", exp.Literal.string("C")).else_(exp.Literal.string(""))


def _over(function: str, column: str, name: str = "") -> exp.Expr:
    return exp.func(function, exp.column(column)).as_(name or column)


def _for_sentence(name: str, kind: pa.DataType) -> exp.Expr:
    """Several lines, one sentence: earliest day or month, largest number, all distinct texts."""
    column = exp.column(name)
    if pa.types.is_date(kind) or name.endswith("_month") or name == "year":
        return exp.func("min", column)
    if pa.types.is_integer(kind) or pa.types.is_floating(kind) or pa.types.is_decimal(kind):
        return exp.func("max", column)
    distinct: Sequence[exp.Expr] = [exp.Distinct(expressions=[column])]
    return exp.func("list", *distinct)

"""The SQL of this stage, one file per step, and the two statements that follow a table's own columns.

Registers differ in columns; identity wants the same ones of each. Those projections are built
as syntax trees from the table's definition, never by pasting text.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files

from sqlglot import exp, parse_one

from audit_lib.tables import TABLES, Table

#: what identity reads of a row, and its type; what a table does not have is empty
STATED = {
    "id_raw": "VARCHAR", "id_no": "VARCHAR", "name": "VARCHAR", "former_name": "VARCHAR", "sex": "VARCHAR",
    "birth_on": "DATE", "town_id": "VARCHAR", "village_id": "VARCHAR", "household_no": "VARCHAR",
    "account_no": "VARCHAR", "moved_in_on": "DATE", "moved_out_on": "DATE", "cancelled_on": "DATE",
}  # fmt: skip


@cache
def read_sql(name: str) -> str:
    """The text of ``sql/<name>.sql``."""
    return files("audit_lib.identity").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


def stated_query(table: Table) -> str:
    """A query giving the rows of one table in the shape every table shares."""
    rank = list(TABLES).index(table.name)
    shared: list[exp.Expr] = [
        exp.alias_(exp.Literal.string(table.name), "table_name"),
        exp.alias_(exp.Literal.number(rank), "table_rank"),
        exp.alias_(exp.column(table.row_column), "origin"),
    ]
    shared += [_as_text(column, column in table.stored()) for column in STATED]
    return exp.select(*shared).from_(exp.to_table(table.name)).sql("duckdb")


def _as_text(column: str, exists: bool) -> exp.Expr:
    """A column as text; an empty cell and a column the table lacks are both the empty text."""
    if not exists:
        return exp.alias_(exp.Literal.string(""), column)
    text = exp.cast(exp.column(column), "VARCHAR")
    return exp.alias_(exp.Coalesce(this=text, expressions=[exp.Literal.string("")]), column)


def union_query(queries: list[str]) -> str:
    """All rows of several queries of one shape."""
    combined = parse_one(queries[0], dialect="duckdb")
    for query in queries[1:]:
        combined = exp.union(combined, parse_one(query, dialect="duckdb"), distinct=False)
    return combined.sql("duckdb")


def _tier_for_rules() -> exp.Expr:
    """The tier as rules know it: a second person under one number (D) is as unsure to them as C."""
    tier = exp.column("tier", table="link")
    return exp.Case().when(tier.eq("D"), exp.Literal.string("C")).else_(tier)


_PLACE = ("town_id", "village_id")


def _own_or_home(column: str) -> exp.Expr:
    """The place a list names; a bank's list that names none at all concerns the payee's own town and village."""
    unnamed = [exp.column(name, table="row").is_(exp.null()) for name in (*_PLACE, "village_raw")]
    sure = exp.column("tier", table="link").isin("A", "B")
    home = exp.Case().when(exp.and_(sure, *unnamed), exp.column(column, table="person"))
    return exp.alias_(home.else_(exp.column(column, table="row")), column)


def linked_query(table: Table) -> str:
    """A query giving one table as rules see it: ``person_id`` and ``link_tier`` in place of name and number.

    Reads ``link`` and ``person`` beside the table itself.
    """
    columns: list[exp.Expr] = []
    for column in table.linked():
        if column == "link_tier":
            columns.append(exp.alias_(_tier_for_rules(), "link_tier"))
        elif table.name == "payment" and column in _PLACE:
            columns.append(_own_or_home(column))
        else:
            columns.append(exp.column(column, table="link" if column == "person_id" else "row"))
    row = exp.column(table.row_column, table="row")
    same = exp.and_(
        exp.column("table_name", table="link").eq(table.name), exp.column("origin", table="link").eq(row)
    )
    query = exp.select(*columns).from_(exp.alias_(exp.to_table(table.name), "row", table=True))
    query = query.join(exp.to_table("link"), on=same, join_type="left").order_by(row)
    if table.name == "payment":
        home = exp.column("person_id", table="link").eq(exp.column("person_id", table="person"))
        query = query.join(exp.to_table("person"), on=home, join_type="left")
    return query.sql("duckdb")

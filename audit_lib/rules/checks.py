"""What a rule's query may do: read known tables with one SELECT, and yield what its head promises."""

from __future__ import annotations

from collections.abc import Iterator

import sqlglot
from sqlglot import exp

from audit_lib.rules.head import CLOCK_COLUMNS, SENTENCE_FIELDS, Head
from audit_lib.tables import TABLES
from audit_lib.views import load_views, tables_read

#: parameters and people as tables, besides the canonical tables and the views
PARAMETER_TABLES = frozenset(
    {"item", "purpose_word", "entitlement", "standard", "exclusion", "area", "area_code", "audit_month"}
)
PEOPLE_TABLES = frozenset({"person", "pair"})
#: columns of a rule's result that the runner understands
CONTRACT = frozenset(
    {
        "person_id",
        "item_id",
        "month",
        "amount_fen",
        "town_id",
        "village_id",
        "severity",
        "kind",
        "track",
        "tier",
        "score",
    }
)
REQUIRED = ("person_id", "item_id", "month", "amount_fen")
#: bound by the runner for every rule
COMMON_PARAMETERS = frozenset({"audit_from", "audit_to"})
#: functions that make rows without reading anything
_HARMLESS = (exp.Unnest, exp.GenerateSeries, exp.Values)


def readable() -> frozenset[str]:
    """Everything a rule may name after FROM."""
    return frozenset(TABLES) | load_views().keys() | PARAMETER_TABLES | PEOPLE_TABLES


def row_table(column: str) -> str | None:
    """The canonical table an origin column points to: ``payment_row`` or ``other_payment_row``."""
    if not column.endswith("_row"):
        return None
    stem = column.removesuffix("_row")
    matching = [name for name in TABLES if stem == name or stem.endswith("_" + name)]
    return max(matching, key=len) if matching else None


def query_reads(sql: str) -> frozenset[str]:
    """Tables and views a query reads."""
    return tables_read(sqlglot.parse_one(sql, read="duckdb"))


def query_faults(sql: str) -> Iterator[tuple[int, str]]:
    """Faults of any query of a rule file: line within the query, and what is wrong."""
    try:
        statements = [statement for statement in sqlglot.parse(sql, read="duckdb") if statement is not None]
    except sqlglot.errors.ParseError as error:
        yield (error.errors[0].get("line") or 1), "SQL 语法有误"
        return
    if len(statements) != 1 or not isinstance(statements[0], exp.Query):
        yield 1, "规则只能有一条 SELECT 语句"
        return
    statement = statements[0]
    unknown = tables_read(statement) - readable()
    for table in statement.find_all(exp.Table):
        if not isinstance(table.this, exp.Identifier):
            if not isinstance(table.this, _HARMLESS):
                yield _line_of(sql, table.this.sql()), "规则不得调用读取文件的表函数"
        elif table.name in unknown or table.db:
            yield _line_of(sql, table.name), f"规则读取了不存在的表“{table.sql()}”"
    for call in statement.find_all(exp.Anonymous):
        if call.name.lower().startswith(("read_", "glob", "getenv", "parquet_", "sniff_", "query")):
            yield _line_of(sql, call.name), f"规则不得使用函数“{call.name}”"


def contract_faults(head: Head, sql: str) -> Iterator[tuple[str, str]]:
    """Where head and query contradict each other: key of the head (or ``sql``), and what is wrong."""
    statement = sqlglot.parse_one(sql, read="duckdb")
    assert isinstance(statement, exp.Query)
    produced = statement.named_selects
    if "*" in produced:
        yield "sql", "请逐列写出结果列,不要用 *"
        return
    for column in REQUIRED:
        if column not in produced:
            yield "sql", f"结果缺少列“{column}”"
    for column in head.matter:
        if column not in produced:
            yield "matter", f"结果没有 matter 列“{column}”"
    for name in head.statement_fields:
        if name not in produced and name not in SENTENCE_FIELDS:
            yield "statement", f"结果没有语句要用的列“{name}”"
    for column in CLOCK_COLUMNS if head.has_clock else ():
        if column not in produced:
            yield "statement", f"语句要用{{clock}}，结果缺少列“{column}”"
    for column in produced:
        if column.endswith("_row") and row_table(column) is None:
            yield "sql", f"“{column}”不是任何标准表的行号列"
    if not any(row_table(column) for column in produced):
        yield "sql", "结果没有任何行号列(如 payment_row),查不到证据"
    bound = {parameter.name for parameter in statement.find_all(exp.Parameter)}
    bound |= {placeholder.name for placeholder in statement.find_all(exp.Placeholder)}
    for name in sorted(bound - head.tolerances.keys() - COMMON_PARAMETERS):
        yield "sql", f"头部没有定义参数“${name}”"
    for name in sorted(head.tolerances.keys() - bound):
        yield "tolerances", f"参数“{name}”没有用到"


def _line_of(sql: str, text: str) -> int:
    lines = [number for number, line in enumerate(sql.splitlines(), start=1) if text.lower() in line.lower()]
    return lines[0] if lines else 1

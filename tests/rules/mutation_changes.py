"""One wrong turn at a time in a rule's query: the changes that the cases have to notice."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import sqlglot
from sqlglot import exp

_EDGES: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.GTE,
    exp.GTE: exp.GT,
    exp.LT: exp.LTE,
    exp.LTE: exp.LT,
}
_OPPOSITE: dict[type[exp.Expr], type[exp.Expr]] = {
    exp.GT: exp.LT,
    exp.GTE: exp.LTE,
    exp.LT: exp.GT,
    exp.LTE: exp.GTE,
    exp.EQ: exp.NEQ,
    exp.NEQ: exp.EQ,
}

#: by how much a bound moves away from where the strict or the loose comparison would put it
_FURTHER: dict[type[exp.Expr], int] = {exp.GT: 1, exp.GTE: -1, exp.LT: -1, exp.LTE: 1}

#: way of changing → what it is called in the report
WAYS = {
    "edge": "比较号放宽或收紧",
    "opposite": "比较号反向，等于改不等",
    "month": "月份(金额)界线移一",
    "early": "区间晚一个月开始",
    "late": "区间早一个月结束",
    "drop": "去掉一个条件",
    "swap": "“或”改“且”",
    "arm": "去掉“或”的一支",
    "not": "去掉“非”",
    "list": "名单少一项",
    "key": "连接少一列",
    "outer": "外连接改内连接",
    "repeat": "不同的个数改成全部的个数",
    "extreme": "最大改最小",
}


def mutants(sql: str) -> Iterator[tuple[str, str]]:
    """What was changed, and the query with that one change; what is said of a change is said once."""
    tree = sqlglot.parse_one(sql, read="duckdb")
    said: Counter[str] = Counter()
    for node in list(tree.walk()):
        for what, changed in _changes(node):
            said[what] += 1
            name = what if said[what] == 1 else f"{what} #{said[what]}"
            node.replace(changed)
            yield name, tree.sql(dialect="duckdb")
            changed.replace(node)


def _changes(node: exp.Expr) -> Iterator[tuple[str, exp.Expr]]:
    for way in WAYS:
        for detail, changed in _ways(node, way):
            yield f"{way}: {detail}", changed


def _sql(node: exp.Expr) -> str:
    return node.sql(dialect="duckdb")


def _ways(node: exp.Expr, way: str) -> Iterator[tuple[str, exp.Expr]]:
    """Every change of one way at one node, each with what it is."""
    if way in ("drop", "arm"):
        yield from _halves(node, way)
    elif way == "list" and isinstance(node, exp.In) and not node.args.get("query"):
        for number, choice in enumerate(node.expressions):
            changed = node.copy()
            changed.set("expressions", [one for n, one in enumerate(changed.expressions) if n != number])
            if changed.expressions:
                yield f"{_sql(choice)} of {_sql(node)}", changed
    elif way == "key" and isinstance(node, exp.Join) and len(node.args.get("using") or []) > 1:
        for number, column in enumerate(node.args["using"]):
            changed = node.copy()
            changed.set("using", [one for n, one in enumerate(changed.args["using"]) if n != number])
            yield f"{_sql(column)} of {_sql(node).strip()}", changed
    elif changed := _single(node, way):
        yield f"{_sql(node).strip()}  →  {_sql(changed).strip()}", changed


def _halves(node: exp.Expr, way: str) -> Iterator[tuple[str, exp.Expr]]:
    kind = exp.And if way == "drop" else exp.Or
    if isinstance(node, kind):
        yield f"{_sql(node.right)}", node.left.copy()
        if not isinstance(node.left, kind):  # the conditions further left have their own turn
            yield f"{_sql(node.left)}", node.right.copy()


def _moved(bound: exp.Expr, months: int) -> exp.Expr:
    return exp.Add(this=exp.paren(bound.copy()), expression=exp.Literal.number(months))


def _single(node: exp.Expr, way: str) -> exp.Expr | None:
    kind = type(node)
    left, right = node.args.get("this"), node.args.get("expression")
    if way == "edge" and kind in _EDGES:
        return _EDGES[kind](this=left.copy(), expression=right.copy())
    if way == "opposite" and kind in _OPPOSITE:
        return _OPPOSITE[kind](this=left.copy(), expression=right.copy())
    if way == "month" and kind in _FURTHER and "month" in node.sql():
        return kind(this=left.copy(), expression=_moved(right, _FURTHER[kind]))
    if way in ("early", "late") and isinstance(node, exp.Between) and "month" in node.sql():
        changed = node.copy()
        edge = "low" if way == "early" else "high"
        changed.set(edge, _moved(node.args[edge], 1 if way == "early" else -1))
        return changed
    if way == "swap" and kind is exp.Or:
        return exp.And(this=left.copy(), expression=right.copy())
    if way == "not" and kind is exp.Not:
        return left.copy()
    if way == "outer" and isinstance(node, exp.Join) and node.side == "LEFT":
        changed = node.copy()
        changed.set("side", None)
        changed.set("kind", "INNER")
        return changed
    if way == "repeat" and isinstance(node, exp.Count) and isinstance(node.this, exp.Distinct):
        return exp.Count(this=node.this.expressions[0].copy())
    if way == "extreme" and kind in (exp.Min, exp.Max) and "_row" not in node.sql():
        return (exp.Max if kind is exp.Min else exp.Min)(this=left.copy())
    if way == "extreme" and kind in (exp.ArgMin, exp.ArgMax):
        return (exp.ArgMax if kind is exp.ArgMin else exp.ArgMin)(this=left.copy(), expression=right.copy())
    return None

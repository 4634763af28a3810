"""Shapes that rules share: one view, one ``.sql`` file, named like the file.

A view may read canonical tables, parameter tables and other views; the order in which they
are defined follows from what they read. A first line ``-- keep`` asks for the rows to be
computed once and kept for the session, for views that are costly and read by several rules.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import sqlglot
from sqlglot import exp

from audit_lib.engine import Engine

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class View:
    """One view: its query, what it reads, and whether its rows are kept."""

    name: str
    sql: str
    reads: frozenset[str]
    is_kept: bool


def tables_read(statement: exp.Expr) -> frozenset[str]:
    """Names of tables and views a parsed query reads, its own ``WITH`` names left out."""
    own = {cte.alias for cte in statement.find_all(exp.CTE)}
    return frozenset(table.name for table in statement.find_all(exp.Table) if table.name not in own)


@cache
def load_views() -> dict[str, View]:
    """All views by name."""
    views = {}
    for path in sorted(FOLDER.glob("*.sql")):
        sql = path.read_text(encoding="utf-8")
        statement = sqlglot.parse_one(sql, read="duckdb")
        views[path.stem] = View(path.stem, sql, tables_read(statement), sql.startswith("-- keep"))
    return views


def views_behind(names: Iterable[str]) -> list[View]:
    """The views among ``names`` and everything they rest on, each after what it reads."""
    views, ordered = load_views(), dict[str, View]()

    def visit(name: str) -> None:
        if name in views and name not in ordered:
            for read in sorted(views[name].reads):
                visit(read)
            ordered[name] = views[name]

    for name in sorted(names):
        visit(name)
    return list(ordered.values())


def tables_behind(names: Iterable[str]) -> frozenset[str]:
    """Tables, views left out, that ``names`` rest on in the end."""
    names = set(names)
    reads = names.union(*(view.reads for view in views_behind(names)))
    return frozenset(reads - load_views().keys())


def define(engine: Engine, names: Iterable[str], defined: set[str]) -> None:
    """Define the views behind ``names`` that are not in ``defined`` yet, and note them there."""
    for view in views_behind(names):
        if view.name in defined:
            continue
        if view.is_kept:
            engine.materialise(view.name, view.sql)
        else:
            engine.view(view.name, view.sql)
        defined.add(view.name)

"""What rules see: linked tables, people, and the project's parameters, registered in one engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.engine import Engine
from audit_lib.findings.columns import schema
from audit_lib.params import Project
from audit_lib.tables import PERSON_COLUMNS, SHEET_COLUMNS, TABLES

_ITEM = {
    "item_id": "VARCHAR", "name": "VARCHAR", "dept": "VARCHAR", "office": "VARCHAR", "level": "VARCHAR",
    "freq": "VARCHAR", "unit": "VARCHAR", "in_system": "BOOLEAN", "must_in_system": "BOOLEAN",
    "valid_from": "INTEGER", "valid_to": "INTEGER", "register_name": "VARCHAR", "stop_rule": "VARCHAR",
    "grace_months": "INTEGER", "posthumous_ok": "BOOLEAN", "means_tested": "BOOLEAN", "hukou_required": "BOOLEAN",
    "staff_forbidden": "BOOLEAN", "rate_check": "VARCHAR", "account_holder": "VARCHAR", "purpose_words": "VARCHAR",
}  # fmt: skip
_STANDARD = {
    "item_id": "VARCHAR", "class_name": "VARCHAR", "amount_fen": "BIGINT", "from_month": "INTEGER",
    "to_month": "INTEGER", "doc_no": "VARCHAR",
}  # fmt: skip
_EXCLUSION = {
    "item_a": "VARCHAR", "item_b": "VARCHAR", "scope": "VARCHAR", "relation": "VARCHAR", "flag": "VARCHAR",
    "from_month": "INTEGER", "to_month": "INTEGER", "doc_no": "VARCHAR",
}  # fmt: skip
_ENTITLEMENT = {
    "item_id": "VARCHAR", "register_name": "VARCHAR", "classes": "VARCHAR", "also": "VARCHAR", "unless": "VARCHAR",
    "age_from": "INTEGER", "doc_no": "VARCHAR",
}  # fmt: skip
#: what rules may know of compared records; the numbers and names behind them stay with identity
PAIR_COLUMNS = {
    "left_table": "VARCHAR", "left_origin": "BIGINT", "left_person_id": "VARCHAR",
    "right_table": "VARCHAR", "right_origin": "BIGINT", "right_person_id": "VARCHAR", "tier": "VARCHAR",
}  # fmt: skip


def register_all(engine: Engine, project: Project, tables: Path, people: Path) -> None:
    """Register every table a rule may read; one that nobody delivered has no rows.

    Args:
        engine: an engine without tables.
        project: parameters.
        tables: folder of the canonical tables; gives ``sheet`` and the tables that are not about people.
        people: folder with ``person.parquet``, ``pair.parquet`` and ``linked/``.
    """
    for name, table in TABLES.items():
        linked = people / "linked" / f"{name}.parquet"
        unlinked = tables / f"{name}.parquet"
        path = unlinked if not linked.is_file() and not table.about_person else linked
        _register_file(engine, name, path, table.linked())
    _register_file(engine, "person", people / "person.parquet", PERSON_COLUMNS)
    _register_file(engine, "pair", people / "pair.parquet", PAIR_COLUMNS)
    _register_file(engine, "sheet", tables / "sheet.parquet", SHEET_COLUMNS)
    for name, rows in _parameters(project).items():
        engine.register(name, rows)


def refused_files(tables: Path) -> dict[str, list[str]]:
    """Files that a source wanted and nobody could use, by the canonical table they were to become."""
    path, found = tables / "refused_file.parquet", dict[str, list[str]]()
    lines = pq.read_table(path, columns=["file", "table_name"]).to_pylist() if path.is_file() else []
    for line in lines:
        found.setdefault(line["table_name"], []).append(line["file"])
    return found


def _register_file(engine: Engine, name: str, path: Path, columns: dict[str, str]) -> None:
    """A file that lacks a column of today's contract gets it empty, so an older delivery still runs."""
    if path.is_file() and set(columns) <= set(pq.read_schema(path).names):
        engine.register(name, path)
    else:
        engine.register(name, schema(columns).empty_table())


def _parameters(project: Project) -> dict[str, pa.Table]:
    items = [
        item.model_dump(exclude={"aliases", "purpose_words"}) | {"purpose_words": "|".join(item.purpose_words)}
        for item in project.items
    ]
    words = [{"item_id": item.item_id, "word": word} for item in project.items for word in item.purpose_words]
    rights = [
        {
            "item_id": item.item_id,
            "register_name": right.register_name,
            "age_from": right.age_from,
            "doc_no": right.doc_no,
        }
        | {name: "|".join(getattr(right, name)) for name in ("classes", "also", "unless")}
        for item in project.items
        for right in item.entitled
    ]
    standards = [entry.model_dump() | {"amount_fen": entry.amount} for entry in project.standards]
    exclusions = [entry.model_dump() for entry in project.exclusions]
    areas = [
        {"town_id": town.town_id, "town": town.name, "village_id": village.village_id, "village": village.name}
        for town in project.towns
        for village in town.villages
    ]
    months = [{"month": year * 12 + n, "year": year} for year in project.settings.years for n in range(12)]
    text = dict.fromkeys
    return {
        "item": _rows(items, _ITEM),
        "purpose_word": _rows(words, text(("item_id", "word"), "VARCHAR")),
        "entitlement": _rows(rights, _ENTITLEMENT),
        "standard": _rows(standards, _STANDARD),
        "exclusion": _rows(exclusions, _EXCLUSION),
        "area": _rows(areas, text(("town_id", "town", "village_id", "village"), "VARCHAR")),
        "area_code": _rows([{"code": code} for code in project.settings.area_codes], {"code": "VARCHAR"}),
        "audit_month": _rows(months, text(("month", "year"), "INTEGER")),
    }


def _rows(rows: Sequence[Mapping[str, object]], columns: dict[str, str]) -> pa.Table:
    known = [{name: row.get(name) for name in columns} for row in rows]
    return pa.Table.from_pylist(known, schema=schema(columns))

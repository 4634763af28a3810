"""数据需求: which tables and fields the chosen rules need, from whom, and what of it has come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import pyarrow as pa

from audit_lib.params import Project
from audit_lib.quality.datasets import Dataset
from audit_lib.rules import Rule, load_own_rules, load_rules
from audit_lib.tables import TABLES, Column

NEED_COLUMNS = pa.schema(
    [
        ("department", pa.string()), ("table_name", pa.string()), ("register", pa.string()), ("text", pa.string()),
        ("items", pa.string()), ("column_name", pa.string()), ("caption", pa.string()), ("is_required", pa.bool_()),
        ("rules", pa.string()), ("files", pa.int64()), ("rows", pa.int64()), ("filled", pa.int64()),
        ("valid", pa.int64()), ("state", pa.string()),
    ]
)  # fmt: skip
#: a column filled in fewer rows than this share is asked for again
ENOUGH = 0.95
MISSING, NO_COLUMN, POOR, WRONG, RECEIVED = "未收到", "整列空缺", "空缺较多", "号码有误", "已收到"


@dataclass
class Wanted:
    """One field: whether a rule cannot judge a row without it, and the titles of the rules that use it."""

    is_required: bool = False
    rules: list[str] = field(default_factory=list)


def is_open(need: Mapping[str, Any]) -> bool:
    """Whether a field has to be asked for (again)."""
    return bool(need["state"] != RECEIVED and (need["is_required"] or need["state"] in (MISSING, NO_COLUMN)))


def chosen_rules(project: Project) -> list[Rule]:
    """The rules a project runs: those that ship and its own, without those it switched off."""
    own, _ = load_own_rules(project.folder / "rules")
    return [rule for rule in load_rules(project.settings, own) if rule.id not in project.settings.rules_off]


def wanted_fields(rules: list[Rule]) -> dict[str, dict[str, Wanted]]:
    """Table → column → who wants it, from what the rules' heads say they need."""
    wanted: dict[str, dict[str, Wanted]] = defaultdict(lambda: defaultdict(Wanted))
    for rule in rules:
        head = rule.head
        for names, is_required in ((head.needs, True), (head.needs_somewhere, False), (head.helps, False)):
            for name in names:
                table, _, stored = name.partition(".")
                for column in columns_behind(table, stored):
                    entry = wanted[table][column.name]
                    entry.is_required |= is_required
                    if rule.head.title not in entry.rules:
                        entry.rules.append(rule.head.title)
        for table in head.tables:
            for column in TABLES[table].columns:
                if column.required and column.name != "register":
                    wanted[table][column.name].is_required = True
    return wanted


def columns_behind(table: str, stored: str) -> list[Column]:
    """The columns a department fills for a stored column: a person is a name and a number."""
    columns = TABLES[table].columns
    if stored in ("person_id", "link_tier", "id_status"):
        return [column for column in columns if column.name in ("name", "id")]
    return [column for column in columns if stored in column.stored() and column.name != "register"]


def list_needs(
    project: Project, datasets: list[Dataset], received: dict[Dataset, list[dict[str, Any]]]
) -> list[dict[str, Any]]:
    """One line per dataset and field the rules want.

    Args:
        project: parameters.
        datasets: what departments can be asked for.
        received: per dataset the lines of ``field`` of its sheets, each with its ``file``.
    """
    wanted = wanted_fields(chosen_rules(project))
    lines: list[dict[str, Any]] = []
    for dataset in datasets:
        found = received.get(dataset, [])
        for column in TABLES[dataset.table].columns:
            if column.name not in wanted.get(dataset.table, {}):
                continue
            entry = wanted[dataset.table][column.name]
            standing = _standing(column, found, entry.is_required)
            lines.append(
                {
                    "department": dataset.department, "table_name": dataset.table, "register": dataset.register,
                    "text": dataset.text, "items": "、".join(project.item_by_id[code].name for code in dataset.items),
                    "column_name": column.name, "caption": column.caption, "is_required": entry.is_required,
                    "rules": ";".join(entry.rules), **standing,
                }
            )  # fmt: skip
    return lines


def _standing(column: Column, found: list[dict[str, Any]], is_required: bool) -> dict[str, Any]:
    """What came of a field. Only what every row must say (not a day on which something ended) can be too sparse."""
    own = [line for line in found if line["column_name"] == column.name]
    valid = [line for line in found if line["column_name"] == "id:valid"] if column.type == "id" else own
    rows, filled = (sum(line[name] for line in own) for name in ("rows", "filled"))
    right = sum(line["filled"] for line in valid)
    rows = rows or sum({line["sheet_no"]: line["rows"] for line in found}.values())
    if not found:
        state = MISSING
    elif not filled:
        state = NO_COLUMN
    elif is_required and filled < ENOUGH * rows:
        state = POOR
    else:
        state = WRONG if right < ENOUGH * filled else RECEIVED
    files = len({line["file"] for line in found})
    return {"files": files, "rows": rows, "filled": filled, "valid": right, "state": state}

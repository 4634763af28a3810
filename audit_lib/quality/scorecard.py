"""One line per department: what it was asked for, what came, how good it is, what is open."""

from __future__ import annotations

from collections import defaultdict
from typing import Any

import pyarrow as pa

from audit_lib.params import Project
from audit_lib.quality.datasets import Dataset
from audit_lib.quality.needs import MISSING, RECEIVED

SCORE_COLUMNS = pa.schema(
    [
        ("department", pa.string()), ("datasets", pa.int64()), ("received", pa.int64()), ("files", pa.int64()),
        ("delivered", pa.int64()), ("set_aside", pa.int64()), ("ids", pa.int64()), ("ids_valid", pa.int64()),
        ("fields", pa.int64()), ("fields_good", pa.int64()), ("gaps", pa.int64()), ("open_ties", pa.int64()),
        ("grade", pa.string()),
    ]
)  # fmt: skip
#: states of ``arrival`` in which something is missing that one should have
GAPS = ("hole", "edge", "few")


def score_departments(
    project: Project,
    needs: list[dict[str, Any]],
    sheets: dict[Dataset, list[dict[str, Any]]],
    ties: list[dict[str, Any]],
    arrivals: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """One line per department, those with most to put right first.

    Args:
        project: parameters.
        needs: lines of ``list_needs``.
        sheets: per dataset the lines of ``sheet``.
        ties: lines of ``tie_out``.
        arrivals: lines of ``arrival``.
    """  # fmt: skip
    owner = {item.item_id: item.dept for item in project.items}
    gaps: dict[str, int] = defaultdict(int)
    for arrival in arrivals:
        gaps[owner[arrival["item_id"]]] += arrival["state"] in GAPS
    open_ties: dict[str, int] = defaultdict(int)
    for tie in ties:
        if tie["level"] in ("control", "printed") and tie["verdict"] == "未解释":
            open_ties[owner.get(tie["item_id"], project.settings.bureau)] += 1
    by_department: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for need in needs:
        by_department[need["department"]].append(need)
    lines = [
        _score(
            department, own, [s for d, found in sheets.items() if d.department == department for s in found]
        )
        | {"gaps": gaps[department], "open_ties": open_ties[department]}
        for department, own in by_department.items()
    ]
    for line in lines:
        line["grade"] = grade(line)
    return sorted(lines, key=lambda line: (_GRADES.index(line["grade"]), line["department"]))


_GRADES = ("未报", "不全", "待改", "齐全")


def grade(line: dict[str, Any]) -> str:
    """未报: nothing came; 不全: a list or a field is missing; 待改: something to correct; 齐全: nothing to do."""
    if not line["received"]:
        return "未报"
    if line["received"] < line["datasets"] or line["fields_good"] < line["fields"]:
        return "不全"
    faulty = line["set_aside"] or line["gaps"] or line["open_ties"] or line["ids_valid"] < line["ids"]
    return "待改" if faulty else "齐全"


def _score(department: str, needs: list[dict[str, Any]], sheets: list[dict[str, Any]]) -> dict[str, Any]:
    datasets = {(need["table_name"], need["text"]) for need in needs}
    missing = {(need["table_name"], need["text"]) for need in needs if need["state"] == MISSING}
    numbers = [need for need in needs if need["column_name"] == "id"]
    required = [need for need in needs if need["is_required"]]
    return {
        "department": department,
        "datasets": len(datasets),
        "received": len(datasets - missing),
        "files": len({sheet["file"] for sheet in sheets}),
        "delivered": sum(sheet["delivered"] for sheet in sheets),
        "set_aside": sum(sheet["set_aside"] for sheet in sheets),
        "ids": sum(need["filled"] for need in numbers),
        "ids_valid": sum(need["valid"] for need in numbers),
        "fields": len(required),
        "fields_good": sum(need["state"] == RECEIVED for need in required),
    }

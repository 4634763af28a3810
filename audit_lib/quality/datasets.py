"""What is asked from whom: one dataset is one kind of list from one department."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from audit_lib.params import Item, Project, SourceSpec
from audit_lib.sources.matching import spec_of
from audit_lib.tables import TABLES

#: by what sheets are told apart: their items, their register, or the path
PAYMENT, REGISTER, CONTROL = "payment", "enrolment", "control_total"


@dataclass(frozen=True)
class Dataset:
    """A kind of list that one department is asked for.

    Attributes:
        department: who is asked.
        table: canonical table it becomes.
        text: what the letter calls it.
        register: register code of a list of entitled people, else empty.
        items: codes of the items it is about; empty when it is about people in general.
        words: words in a file's path that make it this department's, where several deliver one table.
    """

    department: str
    table: str
    text: str
    register: str = ""
    items: tuple[str, ...] = ()
    words: tuple[str, ...] = field(default=())


@cache
def providers() -> dict[str, list[dict[str, Any]]]:
    """The content of ``providers.yml``."""
    content = yaml.safe_load((Path(__file__).parent / "providers.yml").read_text(encoding="utf-8"))
    assert isinstance(content, dict)
    return content


def list_datasets(project: Project) -> list[Dataset]:
    """Everything a project's departments can be asked for, by department, in the order of the tables."""
    found = [*_payments(project), *_others(project), *_registers(project), *_controls(project)]
    order = list(TABLES)
    return sorted(found, key=lambda d: (d.department, order.index(d.table), d.text))


def _by_department(items: list[Item]) -> dict[str, list[Item]]:
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(item.dept, []).append(item)
    return grouped


def _stated(project: Project, table: str, **constants: str) -> str:
    """The department that ``sources.yml`` names for a table (and constants), empty when it names none."""
    for spec in project.sources:
        fits = all(spec.constants.get(name) == value for name, value in constants.items())
        if spec.table == table and fits and spec.department:
            return spec.department
    return ""


def _payments(project: Project) -> list[Dataset]:
    inside = tuple(item.item_id for item in project.items if item.in_system)
    found = []
    if inside:
        bureau = _stated(project, PAYMENT, channel="系统") or project.settings.bureau
        found.append(Dataset(bureau, PAYMENT, "一本通系统发放明细", items=inside))
    outside = [item for item in project.items if not item.in_system]
    for department, items in _by_department(outside).items():
        codes = tuple(item.item_id for item in items)
        found.append(Dataset(department, PAYMENT, "系统外发放明细", items=codes))
    return found


def _registers(project: Project) -> list[Dataset]:
    by_register: dict[str, list[Item]] = {}
    for item in project.items:
        if item.register_name:
            by_register.setdefault(item.register_name, []).append(item)
    return [
        Dataset(
            _stated(project, REGISTER, register=register) or items[0].dept, REGISTER,
            "、".join(item.name for item in items) + " 享受对象名册", register,
            tuple(item.item_id for item in items),
        )
        for register, items in by_register.items()
    ]  # fmt: skip


def _controls(project: Project) -> list[Dataset]:
    return [
        Dataset(
            department, CONTROL, "各项目分年度(分镇)发放汇总表", items=tuple(item.item_id for item in items)
        )
        for department, items in _by_department(project.items).items()
    ]


def _others(project: Project) -> list[Dataset]:
    found = []
    for table, entries in providers().items():
        stated = _stated(project, table)
        for entry in entries:
            department = stated if stated and len(entries) == 1 else entry["department"]
            found.append(Dataset(department, table, entry["text"], words=tuple(entry.get("words", ()))))
    return found


def dataset_of(
    datasets: list[Dataset], sheet: dict[str, Any], items: set[str], register: str | None, project: Project
) -> Dataset | None:
    """The dataset a delivered sheet belongs to, None when nobody is asked for such a table.

    Args:
        datasets: of the project.
        sheet: a line of ``sheet``.
        items: the items the sheet is about.
        register: its register, when it is a register.
        project: for the departments that ``sources.yml`` names.
    """
    own = [dataset for dataset in datasets if dataset.table == sheet["table_name"]]
    if not own:
        return None
    spec: SourceSpec | None = spec_of(sheet["file"], project.sources)
    if spec is not None and spec.department:
        stated = [dataset for dataset in own if dataset.department == spec.department]
        own = stated or own
    if register:
        return next((dataset for dataset in own if dataset.register == register), None)
    if items:
        return max(own, key=lambda dataset: len(items & set(dataset.items)))
    named = [dataset for dataset in own if any(word in sheet["file"] for word in dataset.words)]
    return (named or own)[0]

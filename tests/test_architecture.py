"""The order of modules in docs/architecture.md is the order of imports."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "audit_lib"

#: later may import earlier; modules in one group may import each other
ORDER = [
    {"errors"}, {"money", "idnum", "keys", "progress", "exports"}, {"stage"}, {"params"}, {"tables"}, {"engine", "engine_spark"},
    {"sources"}, {"intake"}, {"identity"}, {"views"}, {"rules"}, {"findings"}, {"ledger"}, {"quality"}, {"report"}, {"lab"}, {"workbook"},
    {"demo"}, {"cli"}, {"__main__"},
]  # fmt: skip
RANK = {module: rank for rank, group in enumerate(ORDER) for module in group}


def module_of(path: Path) -> str:
    """The top module a file belongs to."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported_modules(path: Path) -> set[str]:
    """Top modules of audit_lib that a file imports."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("audit_lib"):
            parts = (node.module or "").split(".")
            found |= {parts[1]} if len(parts) > 1 else {alias.name for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {a.name.split(".")[1] for a in node.names if a.name.startswith("audit_lib.")}
    return found


FILES = sorted(PACKAGE.rglob("*.py"))


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_a_module_imports_only_from_earlier_ones(path: Path) -> None:
    module = module_of(path)
    if module == "__init__":
        return
    later = {name for name in imported_modules(path) if name in RANK and RANK[name] > RANK[module]}
    assert not later, f"{path.name} imports {later}, which stand below {module}"


def test_every_module_has_its_place_in_the_order() -> None:
    assert {module_of(path) for path in FILES} - {"__init__"} <= set(RANK)


def test_only_identity_imports_recordlinkage() -> None:
    importers = {
        module_of(path) for path in FILES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if (isinstance(node, ast.Import) and any(a.name.split(".")[0] == "recordlinkage" for a in node.names))
        or (isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] == "recordlinkage")
    }  # fmt: skip
    assert importers <= {"identity"}


def test_rules_know_neither_identity_nor_sources() -> None:
    for path in FILES:
        if module_of(path) in {"rules", "views", "findings"}:
            assert not imported_modules(path) & {"identity", "sources", "report", "ledger"}, path.name

"""Notebooks are thin: no logic, no stored outputs, a sentence above every table."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import nbformat
import pytest

from tests.report.fixtures import make_stages

NOTEBOOKS = sorted((Path(__file__).parent.parent.parent / "notebooks").glob("*.ipynb"))
RUN = """
import sys, papermill, audit_lib.report.inline as inline
for name in sys.argv[1:]:
    papermill.execute_notebook(
        f"{name}.ipynb", f"{name}.out.ipynb", engine_name=inline.NAME, kernel_name="python3", progress_bar=False
    )
"""
PAGES = {"township": {"project", "town"}, "district": {"project"}, "quality": {"project"}}
LOGIC = (
    ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, ast.For, ast.While, ast.If, ast.IfExp, ast.Try,
    ast.With, ast.comprehension,
)  # fmt: skip


def cells(path: Path, kind: str) -> list[nbformat.NotebookNode]:
    """Cells of one kind."""
    return [cell for cell in nbformat.read(path, as_version=4).cells if cell.cell_type == kind]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
class TestEveryNotebook:
    def test_is_valid(self, path: Path) -> None:
        nbformat.validate(nbformat.read(path, as_version=4))

    def test_has_no_logic(self, path: Path) -> None:
        for cell in cells(path, "code"):
            found = [
                type(node).__name__ for node in ast.walk(ast.parse(cell.source)) if isinstance(node, LOGIC)
            ]
            assert not found, cell.source

    def test_has_cells_of_a_few_lines(self, path: Path) -> None:
        assert all(len(cell.source.splitlines()) <= 3 for cell in cells(path, "code"))

    def test_stores_no_outputs(self, path: Path) -> None:
        assert all(not cell.outputs and cell.execution_count is None for cell in cells(path, "code"))

    def test_speaks_chinese(self, path: Path) -> None:
        assert all(
            any("\u4e00" <= character <= "\u9fff" for character in cell.source)
            for cell in cells(path, "markdown")
        )


@pytest.mark.parametrize("name", PAGES)
def test_a_pages_parameters_are_codes_and_exactly_these(name: str) -> None:
    path = next(path for path in NOTEBOOKS if path.stem == name)
    first = cells(path, "code")[0]
    assert first.metadata["tags"] == ["parameters"]
    body = ast.parse(first.source).body
    assert all(isinstance(node, ast.AnnAssign) and isinstance(node.value, ast.Constant) for node in body)
    assert {ast.unparse(node).split(" = ")[0] for node in body} == {f"{name}: str" for name in PAGES[name]}
    assert first.source.isascii()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_ends_with_its_seal(name: str) -> None:
    path = next(path for path in NOTEBOOKS if path.stem == name)
    assert cells(path, "code")[-1].source == "page.seal()"


def test_these_are_the_auditors_notebooks() -> None:
    found = {path.stem for path in NOTEBOOKS} - set(PAGES)
    assert found == {"00_start", "01_sources", "02_identity", "03_findings", "04_person", "05_ledger"}


def test_the_start_page_links_to_every_one_of_them() -> None:
    start = "".join(cell.source for cell in cells(NOTEBOOKS[0].with_name("00_start.ipynb"), "markdown"))
    for path in NOTEBOOKS:
        assert path.stem in {*PAGES, "00_start"} or f"({path.name})" in start, path.stem


def test_every_cell_is_one_call() -> None:
    for path in NOTEBOOKS:
        for cell in cells(path, "code"):
            shown = [node for node in ast.parse(cell.source).body if isinstance(node, ast.Expr)]
            assert len(shown) <= 1, cell.source


def test_interactive_notebooks_explain_every_cell() -> None:
    for path in NOTEBOOKS:
        if path.stem in PAGES:
            continue
        kinds = [cell.cell_type for cell in nbformat.read(path, as_version=4).cells]
        assert all(before == "markdown" for before, kind in pairwise(kinds) if kind == "code"), path


def test_interactive_notebooks_run_from_top_to_bottom(tmp_path: Path) -> None:
    make_stages(tmp_path)
    shutil.copytree(NOTEBOOKS[0].parent, tmp_path / "notebooks")
    names = [path.stem for path in NOTEBOOKS if path.stem not in PAGES]
    root = str(NOTEBOOKS[0].parent.parent)
    subprocess.run(
        [sys.executable, "-c", RUN, *names],
        cwd=tmp_path / "notebooks",
        check=True,
        env=os.environ | {"PYTHONPATH": root, "YBT_PROJECT": str(tmp_path / "params" / "lingang")},
    )
    for name in names:
        ran = cells(tmp_path / "notebooks" / f"{name}.out.ipynb", "code")
        assert all(cell.outputs for cell in ran[1:]), name

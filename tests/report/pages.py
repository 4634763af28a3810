"""Tiny notebooks for the batch: what a page needs and nothing that takes time."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import nbformat

OPEN = "from audit_lib import workbook\n\nwb = workbook.Workbook.open(project)"
TOWN = ("page = wb.township(town)", "page.findings_list()", "page.seal()")
DISTRICT = (
    "page = wb.district()",
    "page.totals()",
    "page.problems_table()",
    "page.district_findings()",
    "page.seal()",
)
QUALITY = ("page = wb.quality()", "page.summary()", "page.seal()")


def write_notebook(path: Path, parameters: str, cells: Sequence[str]) -> None:
    """A notebook with a tagged parameters cell, the opening cell and these cells."""
    first = nbformat.v4.new_code_cell(parameters, metadata={"tags": ["parameters"]})
    rest = [nbformat.v4.new_code_cell(source) for source in (OPEN, *cells)]
    notebook = nbformat.v4.new_notebook(cells=[first, nbformat.v4.new_markdown_cell("## 部分"), *rest])
    notebook.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(nbformat.writes(notebook), encoding="utf-8")


def small_notebooks(
    folder: Path,
    town: Sequence[str] = TOWN,
    district: Sequence[str] = DISTRICT,
    parameters: str = 'project = ""\ntown = ""',
) -> Path:
    """A folder with ``township.ipynb``, ``district.ipynb`` and ``quality.ipynb`` made of these cells."""
    write_notebook(folder / "township.ipynb", parameters, town)
    write_notebook(folder / "district.ipynb", 'project = ""', district)
    write_notebook(folder / "quality.ipynb", 'project = ""', QUALITY)
    return folder

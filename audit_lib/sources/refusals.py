"""Delivered files that cannot be used as a whole: why, and what goes back to the department."""

from __future__ import annotations

import json
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.errors import SourceError
from audit_lib.sources.entries import arrow_schema
from audit_lib.sources.reading import Fault
from audit_lib.sources.register import Delivered
from audit_lib.tables import REFUSED_FILE_COLUMNS

_MOST_EXAMPLES = 5


def told(error: SourceError, file: str) -> str:
    r"""What is wrong with a file in one line, without the name of the file before every fault.

    Example:
        >>> told(SourceError("报送文件无法使用(共1处)\n  a.csv: 空文件", "", ""), "a.csv")
        '空文件'
    """
    lines = [line.strip() for line in error.what.splitlines()]
    faults = [line for line in lines if not line.startswith("报送文件无法使用(共")] or lines
    return ";".join(line.removeprefix(f"{file}: ").removeprefix(f"{file}:") for line in faults)


def write_refusals(refused: list[tuple[Delivered, Fault]], out: Path) -> None:
    """Write ``refused_file.parquet`` into the folder of the tables, also when nothing was refused."""
    lines = [
        {
            "file": file.name, "table_name": file.table, "reason": told(fault.error, file.name),
            "remedy": fault.error.remedy, "ids": fault.quality.ids, "ids_cut": fault.quality.ids_cut,
            "examples": json.dumps(fault.quality.cut_examples[:_MOST_EXAMPLES], ensure_ascii=False),
        }
        for file, fault in refused
    ]  # fmt: skip
    pq.write_table(
        pa.Table.from_pylist(lines, arrow_schema(REFUSED_FILE_COLUMNS)), out / "refused_file.parquet"
    )

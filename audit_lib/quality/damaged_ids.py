"""Forensics of damaged identity numbers: what is wrong, and whose number it may be, with the evidence.

Nothing is repaired. A candidate is a line for a person to look at; no stage reads this table, so no number in
any table changes by it.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib import idnum
from audit_lib.engine import DuckDbEngine
from audit_lib.identity.queries import stated_query, union_query
from audit_lib.tables import ROWS_PER_SHEET, person_tables

SQL = Path(__file__).parent / "sql"
DAMAGED_ID_COLUMNS = {
    "origin": "BIGINT", "table_name": "VARCHAR", "name": "VARCHAR", "town_id": "VARCHAR", "village_id": "VARCHAR",
    "written": "VARCHAR", "class": "VARCHAR", "candidate": "VARCHAR", "place": "BIGINT", "candidates": "BIGINT",
    "score": "INTEGER", "evidence": "VARCHAR", "evidence_table": "VARCHAR", "evidence_origin": "BIGINT",
    "sentence": "VARCHAR",
}  # fmt: skip
#: tables that come back from us, with numbers we masked ourselves
_RETURNED = {"feedback", "recovery"}
_STEPS = ("damaged_row", "damaged_writing", "damaged_known", "damaged_candidate")
_FORM = pa.schema(
    {"id_raw": pa.string(), "number": pa.string(), "status": pa.string(), "pattern": pa.string(), "is_rounded": pa.bool_()}
)  # fmt: skip
#: distance of neighbouring 64-bit floats among 18-digit numbers
_FLOAT_STEP = 64


def damaged_ids(tables: Path, out: Path, memory_gib: float = 2.0) -> Path:
    """List every row whose identity number is damaged or contradicts the row, with up to three candidates.

    Args:
        tables: the finished tables of the stage ``sources``.
        out: an existing folder; receives ``damaged_id.parquet``.
        memory_gib: ceiling of the engine's memory.

    Returns:
        The file written: ``DAMAGED_ID_COLUMNS``, by origin and place; ``written`` is the number as delivered,
        ``class`` what is wrong, ``candidate`` a valid number of another row or NULL, ``evidence`` why, and
        ``evidence_origin`` the row that has it.
    """
    path = out / "damaged_id.parquet"
    with DuckDbEngine(memory_gib, spill=out / "spill") as engine:
        queries = []
        for table in person_tables():
            if table.name not in _RETURNED and (tables / f"{table.name}.parquet").is_file():
                engine.register(table.name, tables / f"{table.name}.parquet")
                queries.append(stated_query(table))
        if not queries:
            pq.write_table(_empty(), path)
            return path
        engine.register("sheet", tables / "sheet.parquet")
        engine.view("stated", union_query(queries))
        written = engine.query(_sql("damaged_written")).column(0).to_pylist()
        engine.register("number_form", _forms(written))
        for step in _STEPS:
            engine.materialise(step, _sql(step))
        engine.write(_sql("damaged_id"), path, {"rows_per_sheet": ROWS_PER_SHEET})
    shutil.rmtree(out / "spill", ignore_errors=True)
    return path


def _sql(name: str) -> str:
    return (SQL / f"{name}.sql").read_text(encoding="utf-8")


def _empty() -> pa.Table:
    types = {"BIGINT": pa.int64(), "INTEGER": pa.int32(), "VARCHAR": pa.string()}
    return pa.schema({name: types[sql] for name, sql in DAMAGED_ID_COLUMNS.items()}).empty_table()


def _forms(written: list[str]) -> pa.Table:
    lines = []
    for text in written:
        number, status = idnum.clean(text), idnum.status(text)
        rounded = status == "check_digit" and number.isdigit() and int(number) % _FLOAT_STEP == 0
        lines.append((text, number, status, visible_pattern(number, status, is_rounded=rounded), rounded))
    return pa.table([list(column) for column in zip(*lines, strict=True)] or [[]] * 5, schema=_FORM)


def visible_pattern(number: str, status: str, *, is_rounded: bool = False) -> str:
    r"""A regular expression for the whole numbers that a damaged one may stand for; empty when all is written.

    Example:
        >>> visible_pattern("371327********1230", "masked"), visible_pattern("3.71327E+17", "excel_cut")
        ('371327.*1230', '37132.*')
        >>> visible_pattern("371327194503151000", "excel_cut")
        '371327194503151.*'
    """
    if status == "masked":
        ends = re.match(r"(\d*)\D.*?([\dX]*)$", re.sub(r"X{2,}", "*", number))
        return f"{ends[1]}.*{ends[2]}" if ends and len(ends[1] + ends[2]) >= 4 else r"\d.*X.*X"
    if status == "excel_cut" and "E" in number:
        digits = number.split("E")[0].replace(".", "")
        return f"{digits[:-1]}.*" if len(digits) > 4 else r"\d.*X.*X"  # the last digit shown may be rounded
    if status == "excel_cut" or is_rounded:
        return f"{number[:15]}.*"
    return ""

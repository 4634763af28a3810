"""From delivered rows to distinct records with their names and numbers read."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa

from audit_lib import idnum, keys
from audit_lib.engine import Engine
from audit_lib.identity.names import mask_name, plain
from audit_lib.identity.numbers import read_number
from audit_lib.identity.queries import read_sql, stated_query, union_query
from audit_lib.tables import person_tables

_TEXT = pa.string()


def collect_records(engine: Engine, tables: Path) -> bool:
    """Define ``record``, ``row_record`` and ``spelt`` from the tables that were delivered.

    Returns:
        False when no table about people was delivered.
    """
    queries = []
    for table in person_tables():
        path = tables / f"{table.name}.parquet"
        if path.is_file():
            engine.register(table.name, path)
            queries.append(stated_query(table))
    if not queries:
        return False
    engine.view("stated", union_query(queries))
    engine.materialise("record", read_sql("record"))
    engine.view("row_record", read_sql("row_record"))
    engine.register("name_form", _name_forms(engine))
    engine.register("number_form", _number_forms(engine))
    engine.materialise("doubtful_number", read_sql("doubtful_number"))
    engine.materialise("spelt", read_sql("spelt"))
    return True


def key_numbers(engine: Engine) -> None:
    """Define ``id_person``: the key of everybody with a valid number."""
    numbers: list[str] = engine.query(read_sql("distinct_id")).column(0).to_pylist()
    engine.register(
        "id_key",
        pa.table(
            {
                "id_no": pa.array(numbers, _TEXT),
                "person_id": pa.array([keys.person_id(number) for number in numbers], _TEXT),
                "id_masked": pa.array([idnum.mask(number) for number in numbers], _TEXT),
            }
        ),
    )
    engine.materialise("id_person", read_sql("id_person"))


def _name_forms(engine: Engine) -> pa.Table:
    names: list[str] = engine.query(read_sql("distinct_name")).column(0).to_pylist()
    return pa.table(
        {
            "name": pa.array(names, _TEXT),
            "plain": pa.array([plain(name) for name in names], _TEXT),
            "masked": pa.array([mask_name(name) for name in names], _TEXT),
        }
    )


def _number_forms(engine: Engine) -> pa.Table:
    written: list[str] = engine.query(read_sql("distinct_number")).column(0).to_pylist()
    numbers = [read_number(text) for text in written]
    return pa.table(
        {
            "id_said": pa.array(written, _TEXT),
            "kind": pa.array([number.kind for number in numbers], _TEXT),
            "pattern": pa.array([number.pattern for number in numbers], _TEXT),
            "birth": pa.array([number.birth for number in numbers], _TEXT),
            "sex": pa.array([number.sex for number in numbers], _TEXT),
        }
    )

"""The whole stage: canonical tables in, people and linked tables out."""

from __future__ import annotations

import shutil
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib.engine import DuckDbEngine, Engine
from audit_lib.identity.clusters import Clusters
from audit_lib.identity.exact import probability_of_exact, score_misnamed, settle_numbers
from audit_lib.identity.fuzzy import compare_all, decide, find_pairs
from audit_lib.identity.judged import outcome_table, register_merged, say_judged
from audit_lib.identity.judgements import FILE, Judgement, read_judgements
from audit_lib.identity.moves import MOVED_SCHEMA, record_moves
from audit_lib.identity.outcome import keep_lines, loose_lines, pair_table, settle_loose
from audit_lib.identity.queries import linked_query, read_sql
from audit_lib.identity.records import collect_records
from audit_lib.identity.weights import weight_table
from audit_lib.params import Project
from audit_lib.tables import LINK_COLUMNS, PERSON_COLUMNS, TABLES

_ARROW = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "DOUBLE": pa.float64(), "DATE": pa.date32(), "BOOLEAN": pa.bool_(),
}  # fmt: skip


def resolve_people(project: Project, tables: Path, out: Path, memory: Path | None = None) -> None:
    """Find out who every row is about.

    Args:
        project: thresholds (``identity``) and the memory ceiling.
        tables: folder of the sources stage, ``<table>.parquet``; tables may be missing.
        out: existing empty folder; receives ``person``, ``link``, ``pair``, ``weight``, ``judgement``, ``moved`` and ``linked/<table>``.
        memory: folder that outlives the stages, with people's judgements and what the last run answered.
    """
    spill = out / "spill"
    judgements = read_judgements(memory / FILE) if memory is not None else []
    with DuckDbEngine(project.settings.memory_gib, spill=spill) as engine:
        if collect_records(engine, tables):
            pairs, weights, outcome = _resolve(engine, project, judgements)
            engine.write(read_sql("link"), out / "link.parquet")
            engine.write(read_sql("person"), out / "person.parquet")
            record_moves(engine, out, memory)
        else:
            pairs, weights, outcome = (
                pair_table([]),
                weight_table(None),
                outcome_table(Clusters.of([]), [], set()),
            )
            pq.write_table(MOVED_SCHEMA.empty_table(), out / "moved.parquet")
            _write_empty(LINK_COLUMNS, out / "link.parquet")
            _write_empty(PERSON_COLUMNS, out / "person.parquet")
        for name, table in (("pair", pairs), ("weight", weights), ("judgement", outcome)):
            pq.write_table(table, out / f"{name}.parquet", compression="zstd")
        _write_linked(engine, tables, out)
    shutil.rmtree(spill, ignore_errors=True)


def _resolve(
    engine: Engine, project: Project, judgements: list[Judgement]
) -> tuple[pa.Table, pa.Table, pa.Table]:
    """Define ``record_person`` and what ``person`` needs; return ``pair``, ``weight`` and ``judgement``."""
    clusters = Clusters.of(judgements)
    misnamed = settle_numbers(engine, clusters)
    compared = compare_all(engine, find_pairs(engine))
    decided, weights = decide(engine, compared, project.settings.identity, clusters)
    kept = say_judged(keep_lines(decided), clusters)
    lines = [score_misnamed(engine, misnamed, weights), loose_lines(engine, kept)]
    named = {key for judgement in judgements for key in judgement.pair}
    valid = named & set(engine.query("SELECT person_id FROM id_person").column(0).to_pylist())
    merged = settle_loose(engine, decided, kept, clusters, valid)
    register_merged(engine, merged, clusters, valid)
    said = {
        "exact_probability": probability_of_exact(weights),
        "in_hukou": "身份证号、姓名与户籍一致(A)",
        "not_in_hukou": "身份证号有效,户籍中无此号,以本号为准(A)",
    }
    engine.materialise("record_person_found", read_sql("record_person"), said)
    engine.materialise("record_person", read_sql("record_person_judged"))
    engine.materialise("described", read_sql("described"))
    engine.materialise("home_of_all", read_sql("home_of_all"))
    known = valid | (named & set(misnamed["left_key"]))
    known |= named & set(engine.query("SELECT person_id FROM loose").column(0).to_pylist())
    return pair_table(lines), weight_table(weights), outcome_table(clusters, judgements, known)


def _write_linked(engine: Engine, tables: Path, out: Path) -> None:
    """Every delivered table as rules see it: a person in place of name and number."""
    engine.register("link", out / "link.parquet")
    engine.register("person", out / "person.parquet")
    (out / "linked").mkdir()
    for table in TABLES.values():
        source, target = tables / f"{table.name}.parquet", out / "linked" / f"{table.name}.parquet"
        if not source.is_file():
            continue
        if table.about_person:
            engine.write(linked_query(table), target)
        else:
            shutil.copyfile(source, target)


def _write_empty(columns: dict[str, str], path: Path) -> None:
    pq.write_table(pa.schema([(name, _ARROW[sql]) for name, sql in columns.items()]).empty_table(), path)

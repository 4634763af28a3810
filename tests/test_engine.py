"""The engine's contract: named parameters, whole files, quoting."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from audit_lib.engine import DuckDbEngine, open_engine
from audit_lib.errors import ParamsError
from audit_lib.params import load_project

LINGANG = Path(__file__).parent.parent / "params" / "lingang"

PEOPLE = pa.table({"person_id": ["P1", "P2"], "amount_fen": [100, 250]})


def test_queries_take_named_parameters() -> None:
    with DuckDbEngine() as engine:
        engine.register("person", PEOPLE)
        rows = engine.query(
            "SELECT person_id FROM person WHERE amount_fen > $least", {"least": 200, "unused": 1}
        )
    assert rows.to_pylist() == [{"person_id": "P2"}]


def test_a_parameter_is_never_sql() -> None:
    with DuckDbEngine() as engine:
        engine.register("person", PEOPLE)
        rows = engine.query("SELECT * FROM person WHERE person_id = $who", {"who": "P1' OR '1'='1"})
    assert rows.num_rows == 0


def test_a_written_file_is_whole_or_not_there(tmp_path: Path) -> None:
    target = tmp_path / "o'ut.parquet"
    with DuckDbEngine() as engine:
        engine.register("person", PEOPLE)
        assert engine.write("SELECT * FROM person ORDER BY amount_fen DESC", target) == 2
        with pytest.raises(Exception, match=r"P1|P2"):
            engine.write("SELECT error(person_id) FROM person", tmp_path / "failed.parquet")
    assert pq.read_table(target)["person_id"].to_pylist() == ["P2", "P1"]
    assert not (tmp_path / "failed.parquet").exists()


def test_a_folder_of_parts_reads_as_one_table(tmp_path: Path) -> None:
    pq.write_table(PEOPLE.slice(0, 1), tmp_path / "1.parquet")
    pq.write_table(PEOPLE.slice(1, 1), tmp_path / "2.parquet")
    with DuckDbEngine() as engine:
        engine.register("person", tmp_path)
        assert engine.query("SELECT sum(amount_fen) AS total FROM person").to_pylist() == [{"total": 350}]


def test_another_engine_than_the_two_is_refused() -> None:
    settings = load_project(LINGANG).settings.model_copy(update={"engine": "mysql"})
    with pytest.raises(ParamsError, match="不认识的计算引擎"):
        open_engine(settings)


@pytest.mark.spark
def test_both_engines_give_the_same_rows(tmp_path: Path) -> None:
    pytest.importorskip("pyspark")
    from audit_lib.engine_spark import SparkEngine

    pq.write_table(PEOPLE, tmp_path / "person.parquet")
    sql = "SELECT person_id, amount_fen // 3 AS third FROM rich ORDER BY person_id"
    found = []
    for engine in (DuckDbEngine(), SparkEngine("local[1]")):
        with engine:
            engine.register("person", tmp_path / "person.parquet")
            engine.materialise("rich", "SELECT * FROM person WHERE amount_fen > $least", {"least": 150})
            found.append(engine.query(sql).to_pylist())
            engine.write("SELECT * FROM rich", tmp_path / "out" / "rich.parquet")
            assert pq.read_table(tmp_path / "out" / "rich.parquet")["person_id"].to_pylist() == ["P2"]
    assert found[0] == found[1] == [{"person_id": "P2", "third": 83}]

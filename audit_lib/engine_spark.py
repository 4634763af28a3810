"""The second engine: the same SQL on Spark, for a province that outgrows one machine.

The statements are written once, in DuckDB's dialect, and translated by sqlglot. Needs the
extra ``audit_lib[spark]`` and Java; the Parquet files have to lie where every worker sees them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.parquet as pq
import sqlglot

from audit_lib.engine import Parameters, parameters_used
from audit_lib.errors import ParamsError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame


class SparkEngine:
    """SQL on a Spark cluster.

    Args:
        master: address of the cluster, ``spark://host:7077``; ``local[2]`` in tests.
        memory_gib: memory of the driver and of each executor.

    Raises:
        ParamsError: PySpark is not installed.
    """

    def __init__(self, master: str, memory_gib: float = 2.0) -> None:
        try:
            from pyspark.sql import SparkSession
        except ImportError:
            raise ParamsError(
                "没有安装 Spark 支持", "project.yml:engine", "安装 audit_lib[spark],或把 engine 改回 duckdb"
            ) from None
        memory = f"{int(memory_gib * 1024)}m"
        self._session = (
            SparkSession.builder.master(master)
            .appName("ybt")
            .config("spark.driver.memory", memory)
            .config("spark.executor.memory", memory)
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.execution.arrow.pyspark.enabled", "true")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "8")
            .getOrCreate()
        )
        self._session.sparkContext.setLogLevel("ERROR")

    def __enter__(self) -> SparkEngine:
        return self

    def __exit__(self, *unused: object) -> None:
        self.close()

    def register(self, name: str, data: Path | pa.Table) -> None:
        """See ``Engine.register``."""
        if isinstance(data, pa.Table):
            frame = self._session.createDataFrame(data)
        else:
            frame = self._session.read.parquet(str(data / "*.parquet" if data.is_dir() else data))
        frame.createOrReplaceTempView(name)

    def view(self, name: str, sql: str) -> None:
        """See ``Engine.view``."""
        self._run(sql).createOrReplaceTempView(name)

    def materialise(self, name: str, sql: str, parameters: Parameters | None = None) -> None:
        """See ``Engine.materialise``."""
        self._run(sql, parameters).cache().createOrReplaceTempView(name)

    def query(self, sql: str, parameters: Parameters | None = None) -> pa.Table:
        """See ``Engine.query``."""
        return self._run(sql, parameters).toArrow()

    def write(self, sql: str, path: Path, parameters: Parameters | None = None) -> int:
        """See ``Engine.write``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        parts = path.with_name(path.name + ".parts")
        shutil.rmtree(parts, ignore_errors=True)
        self._run(sql, parameters).coalesce(1).write.parquet(str(parts))
        (part,) = parts.glob("part-*.parquet")
        os.replace(part, path)
        shutil.rmtree(parts)
        return int(pq.ParquetFile(path).metadata.num_rows)

    def close(self) -> None:
        """See ``Engine.close``."""
        self._session.stop()

    def _run(self, sql: str, parameters: Parameters | None = None) -> DataFrame:
        return self._session.sql(translate(sql), args=parameters_used(sql, parameters))


def translate(sql: str) -> str:
    """One DuckDB statement in Spark's dialect; parameters ``$x`` become ``:x``."""
    (statement,) = sqlglot.transpile(sql, read="duckdb", write="spark")
    return statement

"""One small SQL interface; between sources and ledger everything is SQL behind it.

DuckDB runs inside the process and is the default. The interface is what a second engine
has to offer, no more: name a Parquet file or an Arrow table, define a view, run a query
with named parameters (``$grace_months``) to Arrow or to a Parquet file.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import duckdb
import pyarrow as pa

from audit_lib.errors import ParamsError
from audit_lib.params import Settings

Parameters = Mapping[str, Any]


class Engine(Protocol):
    """What the stages need from a SQL engine."""

    def register(self, name: str, data: Path | pa.Table) -> None:
        """Make a Parquet file (or a folder's ``*.parquet``) or an Arrow table readable as ``name``."""
        ...

    def view(self, name: str, sql: str) -> None:
        """Define ``name`` as a query. Views take no parameters."""
        ...

    def materialise(self, name: str, sql: str, parameters: Parameters | None = None) -> None:
        """Run a query once and keep its rows as ``name`` for this session."""
        ...

    def query(self, sql: str, parameters: Parameters | None = None) -> pa.Table:
        """Run a query and fetch its rows as Arrow."""
        ...

    def write(self, sql: str, path: Path, parameters: Parameters | None = None) -> int:
        """Run a query into one Parquet file, complete or not there at all; return the number of rows."""
        ...

    def close(self) -> None:
        """Give the engine's memory and threads back."""
        ...

    def __enter__(self) -> Self:
        """An engine is used in a ``with`` block."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        ...


class DuckDbEngine:
    """The embedded engine, with a memory ceiling and a place to spill.

    Args:
        memory_gib: ceiling for DuckDB's own memory; beyond it, it spills to ``spill``.
        threads: worker threads; all cores when None.
        spill: folder for spilled blocks; DuckDB's default when None.
    """

    def __init__(
        self, memory_gib: float = 2.0, threads: int | None = None, spill: Path | None = None
    ) -> None:
        self._connection = duckdb.connect(":memory:")
        self._set("memory_limit", f"{memory_gib}GiB")
        self._set("threads", threads or os.cpu_count() or 1)
        self._set("preserve_insertion_order", True)
        self._set("enable_progress_bar", False)
        if spill is not None:
            spill.mkdir(parents=True, exist_ok=True)
            self._set("temp_directory", str(spill))

    def _set(self, option: str, value: object) -> None:
        self._connection.execute(f"SET {option} = ?", [value])

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def register(self, name: str, data: Path | pa.Table) -> None:
        """See ``Engine.register``."""
        if isinstance(data, pa.Table):
            self._connection.register(name, data)
            return
        pattern = data / "*.parquet" if data.is_dir() else data
        relation = self._connection.read_parquet(str(pattern))
        relation.create_view(name, replace=True)

    def view(self, name: str, sql: str) -> None:
        """See ``Engine.view``."""
        self._connection.execute(f'CREATE OR REPLACE VIEW "{name}" AS {sql}')

    def materialise(self, name: str, sql: str, parameters: Parameters | None = None) -> None:
        """See ``Engine.materialise``."""
        self._connection.execute(
            f'CREATE OR REPLACE TEMP TABLE "{name}" AS {sql}', parameters_used(sql, parameters)
        )

    def query(self, sql: str, parameters: Parameters | None = None) -> pa.Table:
        """See ``Engine.query``."""
        return self._connection.execute(sql, parameters_used(sql, parameters)).to_arrow_table()

    def write(self, sql: str, path: Path, parameters: Parameters | None = None) -> int:
        """See ``Engine.write``."""
        path.parent.mkdir(parents=True, exist_ok=True)
        partial = path.with_name(path.name + ".partial")
        target = str(partial).replace("'", "''")
        command = f"COPY ({sql}) TO '{target}' (FORMAT parquet, COMPRESSION zstd)"
        row = self._connection.execute(command, parameters_used(sql, parameters)).fetchone()
        os.replace(partial, path)
        return int(row[0]) if row else 0

    def close(self) -> None:
        """See ``Engine.close``."""
        self._connection.close()


def parameters_used(sql: str, parameters: Parameters | None) -> dict[str, Any]:
    """Engines refuse parameters that a statement does not name; keep only those it does."""
    named = set(re.findall(r"\$(\w+)", sql))
    return {name: value for name, value in (parameters or {}).items() if name in named}


def open_engine(settings: Settings, spill: Path | None = None) -> Engine:
    """The engine a project asks for: ``duckdb``, or Spark by the address of its cluster.

    Raises:
        ParamsError: no such engine.
    """
    if settings.engine == "duckdb":
        return DuckDbEngine(settings.memory_gib, spill=spill)
    if settings.engine.startswith(("spark://", "local[")):
        from audit_lib.engine_spark import SparkEngine

        return SparkEngine(settings.engine, settings.memory_gib)
    raise ParamsError(
        f"不认识的计算引擎“{settings.engine}”", "project.yml:engine", "写 duckdb 或 spark://主机:7077"
    )

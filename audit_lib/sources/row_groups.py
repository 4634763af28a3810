"""Tables one after the other into one Parquet file."""

from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

_GROUP_ROWS = 200_000
#: a column with more distinct cells than this is written as it stands: numbers and names of people repeat too little
_DICTIONARY_BYTES = 1 << 16


class RowGroups:
    """Writes tables one after the other into one Parquet file, in groups of a sensible size."""

    def __init__(self, path: Path, schema: pa.Schema, compression: str, *, passing: bool = False) -> None:
        """``passing``: the file is read once, whole and soon: neither packed nor described for searches.

        Text columns may then come coded (``pa.DictionaryArray``); they are written so and read as text.
        """
        self._path, self._schema = path, schema
        self._compression, self._passing = "none" if passing else compression, passing
        self._writer: pq.ParquetWriter | None = None
        self._waiting: list[pa.Table] = []
        self._rows = 0

    def add(self, rows: pa.Table) -> None:
        """Append rows that have all columns of the schema."""
        self._waiting.append(rows.select(self._schema.names))
        self._rows += rows.num_rows
        if self._rows >= _GROUP_ROWS:
            self._flush()

    def _flush(self) -> None:
        if self._waiting:
            writer = self._opened(self._waiting[0].schema)
            written = [rows.cast(writer.schema) for rows in self._waiting]
            writer.write_table(pa.concat_tables(written), row_group_size=max(self._rows, 1))
        self._waiting, self._rows = [], 0

    def _opened(self, first: pa.Schema) -> pq.ParquetWriter:
        """The writer, made when the first rows show which columns are coded."""
        if self._writer is None:
            schema = _coded_as(self._schema, first) if self._passing else self._schema
            self._writer = pq.ParquetWriter(
                self._path, schema, compression=self._compression, dictionary_pagesize_limit=_DICTIONARY_BYTES,
                write_statistics=not self._passing, store_schema=not self._passing,
            )  # fmt: skip
        return self._writer

    def close(self) -> None:
        """Write what is waiting and finish the file."""
        self._flush()
        self._opened(self._schema).close()


def _coded_as(schema: pa.Schema, first: pa.Schema) -> pa.Schema:
    coded = {
        name: first.field(name).type
        for name in schema.names
        if pa.types.is_dictionary(first.field(name).type)
    }
    return pa.schema([(field.name, coded.get(field.name, field.type)) for field in schema])

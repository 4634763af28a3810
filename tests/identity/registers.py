"""Registers of invented people, written as the sources stage would leave them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from audit_lib import idnum
from audit_lib.identity import resolve_people
from audit_lib.params import Document, Project, Settings, Thresholds
from audit_lib.tables import TABLES, origin

ARROW = {
    "VARCHAR": pa.string(), "BIGINT": pa.int64(), "INTEGER": pa.int32(), "DATE": pa.date32(), "DOUBLE": pa.float64(),
}  # fmt: skip
SHEETS = {name: number for number, name in enumerate(TABLES, start=1)}


def make_id(birth: str = "19450315", sequence: int = 123, area: str = "371327") -> str:
    """A valid number of nobody in particular."""
    body = f"{area}{birth}{sequence:03d}"
    return body + idnum.check_character(body)


def replace_digit(number: str, place: int, by: str | None = None) -> str:
    """The number with another digit at a place (first = 1)."""
    digit = by or str((int(number[place - 1]) + 1) % 10)
    return number[: place - 1] + digit + number[place:]


def swap_digits(number: str, place: int) -> str:
    """The number with two neighbours exchanged."""
    return number[: place - 1] + number[place] + number[place - 1] + number[place + 1 :]


@dataclass
class Registers:
    """Rows per table; each row is what a register says, the rest is NULL."""

    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def add(
        self, table: str, name: str | None, number: str | None, village: str | None = None, **more: Any
    ) -> int:
        """Add a row and return its origin."""
        rows = self.rows.setdefault(table, [])
        at = origin(SHEETS[table], len(rows) + 2)
        written = number or ""
        stored = TABLES[table].stored()
        row: dict[str, Any] = {
            f"{table}_row": at, "name": name, "id_raw": number, "id_no": idnum.canonical(written),
            "id_status": idnum.status(written), "village_id": village, "town_id": village[:2] if village else None,
            "village_raw": village, **more,
        }  # fmt: skip
        unknown = set(row) - set(stored) - {"village_id", "town_id", "village_raw"}
        assert not unknown, f"{table} has no {unknown}"
        rows.append({column: row.get(column) for column in stored})
        return at

    def write(self, folder: Path, reverse: bool = False) -> Path:
        """Write the Parquet files, rows back to front if asked."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, rows in self.rows.items():
            schema = pa.schema([(column, ARROW[sql]) for column, sql in TABLES[name].stored().items()])
            ordered = list(reversed(rows)) if reverse else rows
            pq.write_table(pa.Table.from_pylist(ordered, schema=schema), folder / f"{name}.parquet")
        return folder

    def resolve(self, folder: Path, reverse: bool = False) -> People:
        """Write them, run the stage and read its result."""
        out = folder / "people"
        out.mkdir(parents=True)
        resolve_people(make_project(folder), self.write(folder / "tables", reverse), out)
        return People(out)


@dataclass
class People:
    """What the stage left."""

    folder: Path

    def __post_init__(self) -> None:
        self.links = pd.read_parquet(self.folder / "link.parquet")
        self.persons = pd.read_parquet(self.folder / "person.parquet")
        self.pairs = pd.read_parquet(self.folder / "pair.parquet")
        self._by_origin = self.links.set_index(["table_name", "origin"])

    def linked(self, table: str) -> pd.DataFrame:
        return pd.read_parquet(self.folder / "linked" / f"{table}.parquet")

    def person(self, table: str, at: int) -> str | None:
        """Whom a row was given to."""
        return self._by_origin["person_id"].get((table, at))

    def tier(self, table: str, at: int) -> str | None:
        return self._by_origin["tier"].get((table, at))

    def reason(self, table: str, at: int) -> str:
        return str(self._by_origin["reason"][(table, at)])

    def described(self, person_id: str) -> dict[str, Any]:
        """The person's line."""
        return self.persons.set_index("person_id").loc[person_id].to_dict()


def make_project(folder: Path, thresholds: Thresholds | None = None) -> Project:
    """A project with nothing but what identity asks of it."""
    settings = Settings(
        title="测试", zone="测试区", bureau="测试局", basis=Document(title="测试", number="测试〔2019〕1号"),
        years=[2017, 2018], area_codes=["371327", "372824"], identity=thresholds or Thresholds(), memory_gib=1.0,
    )  # fmt: skip
    return Project(
        slug="test", folder=folder, settings=settings, towns=[], items=[], standards=[], exclusions=[], sources=[],
        townships={},
    )  # fmt: skip


def content(people: People) -> dict[str, list[tuple[Any, ...]]]:
    """Everything the stage wrote, for comparing two runs."""
    files: Iterable[Path] = sorted(people.folder.rglob("*.parquet"))
    return {
        path.relative_to(people.folder).as_posix(): [
            tuple(row.values()) for row in pq.read_table(path).to_pylist()
        ]
        for path in files
    }


def day(text: str) -> date:
    return date.fromisoformat(text)

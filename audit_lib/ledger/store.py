"""The append-only table behind the ledger, on SQLite by default or any SQLAlchemy URL.

One import is one transaction held by one writer: all of it is written or nothing. On SQLite
the writer takes the database's write lock before it reads where the chain ends; on other
databases it locks the table. A unique ``previous`` makes a forked chain impossible anyway.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.exc import ArgumentError, DBAPIError, OperationalError
from sqlalchemy.pool import NullPool, StaticPool

from audit_lib.errors import LedgerError
from audit_lib.ledger.events import GENESIS, Entry

_SQL = Path(__file__).parent
_BUSY_SECONDS = 60

metadata = sa.MetaData()

event_table = sa.Table(
    "event",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("event_id", sa.Text, nullable=False, unique=True),
    sa.Column("finding_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("operator", sa.Text, nullable=False),
    sa.Column("note", sa.Text, nullable=False),
    sa.Column("run_id", sa.Text, nullable=False),
    sa.Column("payload", sa.Text, nullable=False),
    sa.Column("previous", sa.Text, nullable=False, unique=True),
    sa.Column("digest", sa.Text, nullable=False, unique=True),
)


class Store:
    """Reads and appends lines; nothing else.

    Args:
        url: a SQLAlchemy URL, e.g. ``sqlite:///data/lingang/ledger.db``.

    Raises:
        LedgerError: the URL is malformed, or the database cannot be opened.
    """

    def __init__(self, url: str) -> None:
        try:
            address = sa.make_url(url)
            self._is_sqlite = address.get_backend_name() == "sqlite"
            self.place = address.render_as_string(hide_password=True)
            if self._is_sqlite and address.database not in (None, "", ":memory:"):
                Path(str(address.database)).parent.mkdir(parents=True, exist_ok=True)
            self._engine = self._connect(address)
            self._create()
        except ArgumentError:
            raise LedgerError(
                "台账地址写法有误", url, "写成 sqlite:///路径/ledger.db 或 postgresql://…"
            ) from None
        except (DBAPIError, OSError, ImportError) as error:
            raise LedgerError(
                f"打不开台账数据库:{_cause(error)}", url, "检查路径、权限和数据库是否可用"
            ) from error

    def _connect(self, address: sa.URL) -> sa.Engine:
        if not self._is_sqlite:
            return sa.create_engine(address)
        in_memory = address.database in (None, "", ":memory:")
        engine = sa.create_engine(
            address,
            poolclass=StaticPool if in_memory else NullPool,
            connect_args={"timeout": _BUSY_SECONDS},
        )
        sa.event.listen(engine, "connect", _configure_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
        return engine

    def _exists(self) -> bool:
        with self._engine.connect() as connection:
            return sa.inspect(connection).has_table("event")

    def _create(self) -> None:
        if self._exists():
            return
        try:
            self._create_once()
        except DBAPIError:
            if not self._exists():  # else another process created it in the same moment
                raise

    def _create_once(self) -> None:
        script = _SQL / f"append_only_{self._engine.dialect.name}.sql"
        with self._engine.connect().execution_options(ledger_writer=True) as connection, connection.begin():
            metadata.create_all(connection)
            if script.is_file():
                for statement in script.read_text(encoding="utf-8").split("\n--\n"):
                    connection.exec_driver_sql(statement)

    def entries(self, finding_id: str | None = None) -> list[Entry]:
        """All lines, or those of one finding, in order."""
        with self._engine.connect() as connection:
            return _read(connection, finding_id)

    def head(self) -> str:
        """Digest of the last line."""
        last = sa.select(event_table.c.digest).order_by(event_table.c.seq.desc()).limit(1)
        with self._engine.connect() as connection:
            return str(connection.execute(last).scalar_one_or_none() or GENESIS)

    @contextmanager
    def writing(self) -> Iterator[tuple[list[Entry], list[Entry]]]:
        """Hold the writer's lock: the lines so far, and a list for new ones, written if the block ends well.

        Raises:
            LedgerError: another writer held the lock for too long, or the database refused.
        """
        try:
            with (
                self._engine.connect().execution_options(ledger_writer=True) as connection,
                connection.begin(),
            ):
                if self._engine.dialect.name == "postgresql":
                    connection.exec_driver_sql("LOCK TABLE event IN EXCLUSIVE MODE")
                added: list[Entry] = []
                yield _read(connection, None), added
                if added:
                    connection.execute(sa.insert(event_table), [_row(entry) for entry in added])
        except OperationalError as error:
            raise LedgerError(
                f"写不进台账:{_cause(error)}", self.place, "等另一个正在写台账的程序结束后重试"
            ) from error

    def close(self) -> None:
        """Give the connections back."""
        self._engine.dispose()


def _read(connection: sa.Connection, finding_id: str | None) -> list[Entry]:
    chosen = sa.select(event_table).order_by(event_table.c.seq)
    if finding_id is not None:
        chosen = chosen.where(event_table.c.finding_id == finding_id)
    return [Entry(*row) for row in connection.execute(chosen)]


def _row(entry: Entry) -> dict[str, Any]:
    return {name: getattr(entry, name) for name in Entry.__slots__}


def _configure_sqlite(connection: Any, _record: object) -> None:
    connection.isolation_level = None  # transactions are begun by _begin_sqlite, not by the driver
    connection.execute("PRAGMA journal_mode=WAL")


def _begin_sqlite(connection: sa.Connection) -> None:
    writer = connection.get_execution_options().get("ledger_writer")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writer else "BEGIN")


def _cause(error: BaseException) -> str:
    return str(getattr(error, "orig", None) or error).splitlines()[0]

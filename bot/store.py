"""The Store: the one database, SQLite or PostgreSQL, with its clock and its ways of failing."""

import os
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Engine,
    Table,
    any_,
    create_engine,
    event,
    literal,
    make_url,
    text,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import URL
from sqlalchemy.exc import ArgumentError, DBAPIError

from bot.errors import SettingsError
from bot.migrations import HEAD
from bot.tables import time_of

POOL, MORE = 4, 8
"""Connections kept, and made beside them when many read at once."""
BUSY_MS, LOCK_MS, STATEMENT_MS = 5_000, 10_000, 15_000
_SQLITE_NOW = text("SELECT CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER)")
_POSTGRES_NOW = text("SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT)")
_REVISION = text("SELECT version_num FROM alembic_version")
READING = {"reading": True}
T = TypeVar("T")


def database_url(environ: Mapping[str, str]) -> str:
    """The database these variables name: DATABASE_URL, or SQLite in DATA_DIR."""
    named = environ.get("DATABASE_URL", "").strip()
    return named or f"sqlite:///{Path(environ.get('DATA_DIR') or 'data').absolute() / 'bot.db'}"


def engine_url(url: str) -> URL:
    """The URL with the driver this project uses. Raises SettingsError for another database."""
    try:
        parsed = make_url(url)
    except (ArgumentError, ValueError):
        raise SettingsError(["DATABASE_URL が読めません。"]) from None
    kind = parsed.drivername.partition("+")[0]
    if kind in {"postgres", "postgresql"}:
        return parsed.set(drivername="postgresql+psycopg")
    if kind != "sqlite" or not parsed.database or parsed.database == ":memory:":
        raise SettingsError(["DATABASE_URL は postgresql:// か sqlite:/// にしてください。"])
    return parsed


class Store:
    """The database. `name` is this process's own; `offset` is added to its clock."""

    def __init__(self, engine: Engine, offset: timedelta = timedelta(0)) -> None:
        self.engine, self.offset = engine, offset
        self.postgres = engine.dialect.name == "postgresql"
        self.name = f"{os.getpid()}-{uuid4().hex[:12]}"

    @classmethod
    def open(cls, url: str, *, offset: timedelta = timedelta(0)) -> "Store":
        """Open it. SQLite is brought up to date; PostgreSQL has to be: else SettingsError."""
        store = cls.unchecked(url, offset)
        if store.revision() != HEAD:
            if store.postgres:
                store.close()
                raise SettingsError(
                    ["データベースの形が違います。jigyokei migrate を実行してください。"]
                )
            store.migrate()
        return store

    @classmethod
    def unchecked(cls, url: str, offset: timedelta = timedelta(0)) -> "Store":
        """The same, whatever its tables look like."""
        return cls(_engine(engine_url(url)), offset)

    def revision(self) -> str:
        """The revision of its tables; "" where there are none yet."""
        with self.read() as connection:
            if not self.engine.dialect.has_table(connection, "alembic_version"):
                return ""
            return connection.scalar(_REVISION) or ""

    def migrate(self) -> None:
        """Bring the tables up to date, in one transaction; several may try at once."""
        from bot.migrations.upgrade import upgrade  # noqa: PLC0415 - Alembic is slow to import

        upgrade(self.engine)

    def now(self, connection: Connection | None = None) -> datetime:
        """The database's clock, in UTC, plus the offset."""
        if connection is None:
            with self.read() as reading:
                return self.now(reading)
        found = connection.scalar(_POSTGRES_NOW if self.postgres else _SQLITE_NOW)
        return time_of(int(found)) + self.offset

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection to read with, in one transaction that takes no lock. For any thread."""
        with self.engine.connect().execution_options(**READING) as connection:
            yield connection

    def insert(self, table: Table) -> Any:
        """An INSERT that knows `on_conflict_do_nothing`."""
        return (postgresql if self.postgres else sqlite).insert(table)

    def among(self, column: Column[T], values: Iterable[T]) -> ColumnElement[bool]:
        """Is the column one of these? On PostgreSQL one array, whatever their number."""
        if not self.postgres:
            return column.in_(list(values))
        return column == any_(literal(list(values), postgresql.ARRAY(column.type)))

    def close(self) -> None:
        self.engine.dispose()


def _engine(url: URL) -> Engine:
    """No exception and no log of the engine holds a value."""
    hidden = {"hide_parameters": True, "pool_size": POOL, "max_overflow": MORE}
    if url.drivername.startswith("postgresql"):
        settings = f"-c lock_timeout={LOCK_MS} -c statement_timeout={STATEMENT_MS}"
        settings += f" -c idle_in_transaction_session_timeout={2 * STATEMENT_MS} -c timezone=UTC"
        given = {"connect_timeout": 5, "application_name": "jigyokei", "options": settings}
        return create_engine(
            url, isolation_level="READ COMMITTED", connect_args=given, pool_recycle=1800, **hidden
        )
    if url.database:
        _make_private(Path(url.database))
    engine = create_engine(url, **hidden)
    event.listen(engine, "connect", _prepare_sqlite)
    event.listen(engine, "begin", _begin_sqlite)
    return engine


def _make_private(file: Path) -> None:
    """A file that only its owner reads, in a folder of theirs, unless they are there already.

    SQLite gives the files beside it the same mode.
    """
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Where it cannot be made SQLite says so itself.
    with suppress(OSError):
        os.close(os.open(file, os.O_CREAT | os.O_EXCL, 0o600))


def _prepare_sqlite(connection: sqlite3.Connection, _record: object) -> None:
    connection.isolation_level = None
    for setting in (
        f"busy_timeout={BUSY_MS}", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON",
        "secure_delete=ON",
    ):  # fmt: skip
        connection.execute(f"PRAGMA {setting}").close()


def _begin_sqlite(connection: Connection) -> None:
    """A transaction that writes takes its lock at once: it never fails half way for another's."""
    reading = connection.get_execution_options().get("reading")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


# -- how a database fails -------------------------------------------------------------------------

_AGAIN = ("40001", "40P01", "55P03", "57014")
"""Serialisation, deadlock, a lock or a statement that took too long."""
_GONE = ("08", "25006", "53", "57P", "58", "XX")
"""Connection, read-only, resources (disk full), shutdown, input and output, internal."""
_SQLITE_AGAIN = ("SQLITE_BUSY", "SQLITE_LOCKED")
_SQLITE_GONE = (
    "SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_CORRUPT",
    "SQLITE_NOTADB", "SQLITE_NOMEM", "SQLITE_PERM",
)  # fmt: skip


def failing(error: BaseException) -> str:
    """What an error asks for: "again" (repeat it), "away" (wait for the database), else "wrong"."""
    if not isinstance(error, DBAPIError):
        return "wrong"
    if error.connection_invalidated:
        return "away"
    code = getattr(error.orig, "sqlstate", None)
    name = getattr(error.orig, "sqlite_errorname", None)
    if code is None and name is None:
        # A driver that got no answer at all: the connection was refused or cut.
        no_answer = type(error).__name__ in {"OperationalError", "InterfaceError"}
        return "away" if no_answer else "wrong"
    if (code or "").startswith(_AGAIN) or (name or "").startswith(_SQLITE_AGAIN):
        return "again"
    gone = (code or "-").startswith(_GONE) or (name or "-").startswith(_SQLITE_GONE)
    return "away" if gone else "wrong"

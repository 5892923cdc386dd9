"""Opening the database, and the only two ways to speak with it: a transaction that writes, and one that reads."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from time import monotonic
from typing import Any

from sqlalchemy import URL, Connection, Engine, Table, create_engine, event, make_url, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import StoreTrouble, UserFault
from monitor.store.troubles import describe_trouble

__all__ = ["Connection", "Store", "insert_all_unless_known", "insert_unless_known", "is_there", "open_store"]

PATIENCE = timedelta(seconds=30)
# Any number will do, as long as every process that writes asks for the same one.
_POSTGRESQL_WRITER = 0x466163747761


@dataclass(frozen=True, slots=True, kw_only=True)
class Store:
    """An open database of the right revision.

    There is one writer at a time: a lock in this process, BEGIN IMMEDIATE between processes on SQLite, an advisory lock on
    PostgreSQL. What a transaction reads therefore still holds when it writes.

    Attributes:
        name: What people call it: the path of its file, or its URL without the password.
        path: Its file; None for a database server.
    """

    name: str
    path: Path | None
    _writer: Engine = field(repr=False)
    _reader: Engine = field(repr=False)
    _patience: timedelta = field(repr=False)
    _turn: threading.Lock = field(default_factory=threading.Lock, repr=False)
    _next: threading.Lock = field(default_factory=threading.Lock, repr=False)

    @contextmanager
    def transaction(self) -> Generator[Connection]:
        """A transaction that may write; committed when the block ends, undone when it raises.

        Never nested, and never open while the network is used.

        Raises:
            StoreTrouble: The database is locked, full, read-only, damaged or away; nothing was written.
        """
        with self._taking_turns(), self._naming_troubles(), self._writer.begin() as connection:
            yield connection

    @contextmanager
    def reading(self) -> Generator[Connection]:
        """A transaction that only reads: one snapshot, however many queries, beside the writer and never in its way.

        Raises:
            StoreTrouble: As ``transaction``; also when the block tries to write.
        """
        with self._naming_troubles(), self._reader.begin() as connection:
            yield connection

    def close(self) -> None:
        """Give back all connections; SQLite then folds its write-ahead log into the file."""
        self._reader.dispose()
        self._writer.dispose()

    @contextmanager
    def _taking_turns(self) -> Generator[None]:
        """One thread at a time.

        Whoever comes back at once queues behind the one that waits; with a single lock, a thread that writes all the time gets
        it again before the other has woken up.
        """
        until = monotonic() + self._patience.total_seconds()
        is_next = self._next.acquire(timeout=self._patience.total_seconds())
        try:
            is_mine = is_next and self._turn.acquire(timeout=max(0.0, until - monotonic()))
        finally:
            if is_next:
                self._next.release()
        if not is_mine:
            raise StoreTrouble(f"the database {self.name} is held by another transaction of this program; nothing was written")
        try:
            yield
        finally:
            self._turn.release()

    @contextmanager
    def _naming_troubles(self) -> Generator[None]:
        try:
            yield
        except (SQLAlchemyError, sqlite3.Error) as error:
            trouble = describe_trouble(error, self.name)
            if trouble is None:
                raise
            # A file that was opened read-only stays so for as long as any connection of ours is open, even once it is mended.
            self.close()
            raise trouble from error


def open_store(url: str, *, patience: timedelta = PATIENCE) -> Store:
    """Open a database, made or brought to this version's revision where needed.

    A new SQLite file gets mode 0600 in a directory of mode 0700. Before a migration, a file that holds data is copied beside
    itself as ``NAME.before-REVISION``.

    Args:
        url: For instance ``sqlite:////var/lib/factwatch/factwatch.db`` or ``postgresql+psycopg://user@host/name``.
        patience: How long to wait for another writer.

    Raises:
        UserFault: The URL is none of ours, or the database was written by a newer version.
        StoreTrouble: It cannot be opened or migrated now; it is as it was.
    """
    parsed = _parse_url(url)
    path = Path(parsed.database or "") if parsed.get_backend_name() == "sqlite" else None
    name = str(path) if path else parsed.render_as_string(hide_password=True)
    if path:
        _prepare_file(path)
        writer, reader = _sqlite_engine(parsed, patience, is_writer=True), _sqlite_engine(parsed, patience, is_writer=False)
    else:
        writer, reader = (
            _postgresql_engine(parsed, patience, is_writer=True),
            _postgresql_engine(parsed, patience, is_writer=False),
        )
    store = Store(name=name, path=path, _writer=writer, _reader=reader, _patience=patience)
    try:
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def is_there(url: str) -> bool:
    """Whether there is a database to open: always for a server, which is not asked; for SQLite if its file is there.

    Raises:
        UserFault: The URL is none of ours.
    """
    parsed = _parse_url(url)
    return parsed.get_backend_name() != "sqlite" or Path(parsed.database or "").is_file()


def insert_unless_known(connection: Connection, table: Table, **row: Any) -> bool:
    """Insert a row, unless one with the same unique key is there already, which is left alone.

    Returns:
        Whether it was inserted.
    """
    statement = _ignoring_insert(connection, table).values(row).returning(*table.primary_key.columns)
    return connection.execute(statement).first() is not None


def insert_all_unless_known(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Insert many rows, leaving alone those whose unique key is there already."""
    if rows:
        connection.execute(_ignoring_insert(connection, table), rows)


def _ignoring_insert(connection: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    if connection.dialect.name == "sqlite":
        return sqlite.insert(table).on_conflict_do_nothing()
    return postgresql.insert(table).on_conflict_do_nothing()


def _bring_up_to_date(store: Store) -> None:
    from monitor.store import migrating

    with store.reading() as connection:
        if migrating.is_current(connection):
            return
    with store.transaction() as connection:
        migrating.migrate(connection, name=store.name, path=store.path)


def _parse_url(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UserFault(
            "the database URL cannot be read; write sqlite:////path/to/factwatch.db or postgresql+psycopg://user@host/name"
        ) from None
    if parsed.get_backend_name() not in ("sqlite", "postgresql"):
        raise UserFault(
            f"no database of the kind {parsed.get_backend_name()!r} is known; write sqlite:///… or postgresql+psycopg://…"
        )
    if parsed.get_backend_name() == "sqlite" and parsed.database in (None, "", ":memory:"):
        raise UserFault("the database URL names no file; write sqlite:////path/to/factwatch.db")
    return parsed


# --- SQLite -----------------------------------------------------------------------------------------


def _prepare_file(path: Path) -> None:
    """Make the file before SQLite would, so that nobody else can read it for even a moment; its log files inherit the mode."""
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreTrouble(f"the database {path} cannot be opened ({error.strerror}); nothing was written") from error


def _sqlite_engine(url: URL, patience: timedelta, *, is_writer: bool) -> Engine:
    """An engine whose transactions are begun by us: the driver's own BEGIN comes late and lets writers overtake each other."""
    engine = create_engine(url, connect_args={"timeout": patience.total_seconds()})
    begin = "BEGIN IMMEDIATE" if is_writer else "BEGIN"

    def set_up(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        driver.isolation_level = None
        cursor = driver.cursor()
        if is_writer:
            cursor.execute("PRAGMA journal_mode = WAL")
        cursor.execute("PRAGMA synchronous = FULL")
        cursor.execute("PRAGMA foreign_keys = ON")
        cursor.execute(f"PRAGMA query_only = {'OFF' if is_writer else 'ON'}")
        cursor.close()

    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    event.listen(engine, "connect", set_up)
    event.listen(engine, "begin", start)
    return engine


# --- PostgreSQL -------------------------------------------------------------------------------------


def _postgresql_engine(url: URL, patience: timedelta, *, is_writer: bool) -> Engine:
    if is_writer:
        engine = create_engine(url, pool_pre_ping=True)

        def take_turn(connection: Connection) -> None:
            connection.execute(text(f"SET LOCAL lock_timeout = {int(patience.total_seconds() * 1000)}"))
            connection.execute(text("SELECT pg_advisory_xact_lock(:writer)"), {"writer": _POSTGRESQL_WRITER})

        event.listen(engine, "begin", take_turn)
        return engine
    return create_engine(
        url, pool_pre_ping=True, isolation_level="REPEATABLE READ", execution_options={"postgresql_readonly": True}
    )

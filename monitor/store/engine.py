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

from sqlalchemy import Connection, Engine, Table, text
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.exc import SQLAlchemyError

from monitor.errors import StoreTrouble, UserFault
from monitor.store.engines import is_file, make_engines, parse_url, prepare_file
from monitor.store.troubles import describe_trouble

__all__ = ["Connection", "Store", "insert_all_unless_known", "insert_unless_known", "is_there", "open_store"]

PATIENCE = timedelta(seconds=30)


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

    @property
    def is_shared(self) -> bool:
        """Whether several processes may poll and send with it at once."""
        return self.path is None

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

    @contextmanager
    def session(self) -> Generator[Connection]:
        """A connection of one's own to a server, without a transaction, for locks that last as long as the block.

        Raises:
            StoreTrouble: The server does not answer.
        """
        with self._naming_troubles():
            connection = self._reader.connect().execution_options(isolation_level="AUTOCOMMIT")
            connection.detach()
        with connection:
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
        UserFault: The URL is none of ours, its driver is not installed, the database was written by a newer version, or it
            cannot hold all characters.
        StoreTrouble: It cannot be opened or migrated now; it is as it was.
    """
    parsed = parse_url(url)
    path = file_of(url)
    # Parameters may hold a password too, and say nothing of which database it is.
    name = str(path) if path else parsed.set(query={}).render_as_string(hide_password=True)
    if path:
        prepare_file(path)
    writer, reader = make_engines(parsed, patience)
    store = Store(name=name, path=path, _writer=writer, _reader=reader, _patience=patience)
    try:
        _bring_up_to_date(store)
    except BaseException:
        store.close()
        raise
    return store


def file_of(url: str) -> Path | None:
    """The file of a database; None for a server's.

    Raises:
        UserFault: The URL is none of ours.
    """
    parsed = parse_url(url)
    return Path(parsed.database or "") if is_file(parsed) else None


def is_there(url: str) -> bool:
    """Whether there is a database to open: always for a server, which is not asked; for SQLite if its file is there.

    Raises:
        UserFault: The URL is none of ours.
    """
    path = file_of(url)
    return path is None or path.is_file()


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
        _demand_unicode(connection, store.name)
        if migrating.is_current(connection):
            return
    with store.transaction() as connection:
        migrating.migrate(connection, name=store.name, path=store.path)


def _demand_unicode(connection: Connection, name: str) -> None:
    if connection.dialect.name != "postgresql":
        return
    encoding = connection.execute(text("SHOW server_encoding")).scalar_one()
    if encoding != "UTF8":
        raise UserFault(
            f"the database {name} is encoded in {encoding}; make one with CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0"
        )

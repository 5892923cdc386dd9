"""How each kind of database is spoken with: SQLite in a file, PostgreSQL on a server."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import ConnectionPoolEntry

from monitor.errors import StoreTrouble, UserFault
from monitor.store.texts import write_json

# Any number will do, as long as every process that writes asks for the same one.
_POSTGRESQL_WRITER = 0x466163747761
# A program that stands still in a transaction, or whose machine is gone, must not hold up the others for longer.
_LONGEST_IDLE = timedelta(minutes=2)
# Without these, a server that vanished behind a dead line would be waited for for hours.
_LIVELY = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
    "application_name": "factwatch",
}


def parse_url(url: str) -> URL:
    """The parts of a database's URL.

    Raises:
        UserFault: It is none of ours.
    """
    try:
        parsed = make_url(url)
    except ArgumentError:
        raise UserFault(
            "the database URL cannot be read; write sqlite:////path/to/factwatch.db or postgresql+psycopg://user@host/name"
        ) from None
    if parsed.drivername not in ("sqlite", "sqlite+pysqlite", "postgresql", "postgresql+psycopg"):
        raise UserFault(f"no database of the kind {parsed.drivername!r} is known; write sqlite:///… or postgresql+psycopg://…")
    if is_file(parsed) and parsed.database in (None, "", ":memory:"):
        raise UserFault("the database URL names no file; write sqlite:////path/to/factwatch.db")
    return parsed


def is_file(url: URL) -> bool:
    """Whether the database is a file of this machine."""
    return url.get_backend_name() == "sqlite"


def make_engines(url: URL, patience: timedelta) -> tuple[Engine, Engine]:
    """What begins the transactions that write, and what begins those that only read.

    Raises:
        UserFault: The driver is not installed.
    """
    make = _sqlite_engine if is_file(url) else _postgresql_engine
    return make(url, patience, is_writer=True), make(url, patience, is_writer=False)


# --- SQLite -----------------------------------------------------------------------------------------


def prepare_file(path: Path) -> None:
    """Make the file before SQLite would, so that nobody else can read it for even a moment; its log files inherit the mode.

    Raises:
        StoreTrouble: It cannot be made.
    """
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        path.touch(mode=0o600, exist_ok=True)
        if path.stat().st_mode & 0o077:
            path.chmod(0o600)
    except OSError as error:
        raise StoreTrouble(f"the database {path} cannot be opened ({error.strerror}); nothing was written") from error


def _sqlite_engine(url: URL, patience: timedelta, *, is_writer: bool) -> Engine:
    """An engine whose transactions are begun by us: the driver's own BEGIN comes late and lets writers overtake each other."""
    engine = create_engine(url, connect_args={"timeout": patience.total_seconds()}, json_serializer=write_json)
    begin = "BEGIN IMMEDIATE" if is_writer else "BEGIN"

    def set_up(driver: DBAPIConnection, _: ConnectionPoolEntry) -> None:
        driver.isolation_level = None
        cursor = driver.cursor()
        if is_writer:
            cursor.execute("PRAGMA auto_vacuum = INCREMENTAL")  # of a new file; before anything is written to it
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
    options: dict[str, Any] = {
        "pool_pre_ping": True,  # a connection that broke while nobody used it is replaced in silence
        "connect_args": {name: value for name, value in _LIVELY.items() if name not in url.query},
        "json_serializer": write_json,
    }
    try:
        if not is_writer:
            read_only = {"postgresql_readonly": True}
            return create_engine(url, isolation_level="REPEATABLE READ", execution_options=read_only, **options)
        # At a higher level, the snapshot would be of the moment before its turn came.
        engine = create_engine(url, isolation_level="READ COMMITTED", **options)
    except ImportError as error:
        raise UserFault(
            "the driver for PostgreSQL is not installed; it comes with the extra: pip install 'factwatch[postgresql]'"
        ) from error

    settings = {"patience": _milliseconds(patience), "idle": _milliseconds(_LONGEST_IDLE), "writer": _POSTGRESQL_WRITER}

    def take_turn(connection: Connection) -> None:
        limits = "set_config('lock_timeout', :patience, true), set_config('idle_in_transaction_session_timeout', :idle, true)"
        # A server that forgets what it has confirmed would have messages sent twice.
        lasting = "CASE current_setting('synchronous_commit') WHEN 'off' THEN set_config('synchronous_commit', 'on', true) END"
        connection.execute(text(f"SELECT {limits}, {lasting}"), settings)
        connection.execute(text("SELECT pg_advisory_xact_lock(:writer)"), settings)

    event.listen(engine, "begin", take_turn)
    return engine


def _milliseconds(duration: timedelta) -> str:
    return str(int(duration.total_seconds() * 1000))

"""Who works with a database: leases by holder, and locks by which programs know of each other."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Generator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import CompoundSelect, Connection, exists, func, or_, select, union, update

from monitor.errors import StoreTrouble
from monitor.store.engine import Store
from monitor.store.tables import articles, feeds, metadata

# Any number will do; held in common by all that poll and send, and alone by whoever needs a database that rests.
_POSTGRESQL_USE = 0x466163747762


def holder() -> str:
    """Who this process is, among all that work with one database."""
    return f"{socket.gethostname()}:{os.getpid()}"


@contextmanager
def sole_use(store: Store) -> Generator[bool]:
    """Poll and send with this database for as long as the block lasts, if possible as the only process.

    Kernel or server end it with the process, so a crash leaves nothing behind. A database server may serve many, and nobody
    counts as alone there.

    Yields:
        Whether nobody else polls or sends.

    Raises:
        StoreTrouble: The file beside the database that stands for it cannot be opened, or the database is being moved.
    """
    if store.path is not None:
        with _locking_file(store.path) as is_mine:
            yield is_mine
        return
    with store.session() as connection:
        if not connection.execute(select(func.pg_try_advisory_lock_shared(_POSTGRESQL_USE))).scalar_one():
            raise StoreTrouble(f"the database {store.name} is being moved to another; wait for its end")
        yield False


@contextmanager
def at_rest(store: Store) -> Generator[None]:
    """Keep everybody from polling and sending with this database for as long as the block lasts.

    Raises:
        StoreTrouble: Somebody does so now.
    """
    if store.path is not None:
        with file_at_rest(store.path):
            yield
        return
    with store.session() as connection:
        _demand_rest(store.name, connection.execute(select(func.pg_try_advisory_lock(_POSTGRESQL_USE))).scalar_one())
        yield


@contextmanager
def file_at_rest(database: Path) -> Generator[None]:
    """As ``at_rest``, for a database that may be too damaged to be opened.

    Raises:
        StoreTrouble: Somebody polls and sends with it now.
    """
    with _locking_file(database) as is_mine:
        _demand_rest(str(database), is_mine)
        yield


def _demand_rest(name: str, is_at_rest: bool) -> None:
    if not is_at_rest:
        raise StoreTrouble(f"a factwatch polls with the database {name}; end that first")


@contextmanager
def _locking_file(database: Path) -> Generator[bool]:
    path = database.with_name(f"{database.name}.lock")
    try:
        held = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreTrouble(f"{path} cannot be opened ({error.strerror}); nothing was written") from error
    try:
        yield _lock(held)
    finally:
        os.close(held)


def release_all(connection: Connection) -> None:
    """Give back every lease, for those who held them are gone; only with sole use, in a writing transaction."""
    for table in metadata.sorted_tables:
        if "leased_until" in table.c:
            given_back = {name: None for name in ("leased_until", "lease_owner") if name in table.c}
            connection.execute(update(table).where(table.c.leased_until.is_not(None)).values(given_back))


def is_any_visit(connection: Connection, *, now: datetime) -> bool:
    """Whether anybody is visiting a feed or fetching an article; for any transaction."""
    under_way = (exists().where(table.c.leased_until > now) for table in (feeds, articles))
    return bool(connection.execute(select(or_(*under_way))).scalar_one())


def hosts_of_others(owner: str, *, now: datetime) -> CompoundSelect[str]:
    """A query for the hosts that other processes are asking now; each host is asked by one at a time."""
    of_others = (
        select(table.c.host).where(table.c.leased_until > now, table.c.lease_owner != owner) for table in (feeds, articles)
    )
    return union(*of_others)


def _lock(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

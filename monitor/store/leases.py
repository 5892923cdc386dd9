"""Leases that outlive their holder: given back at the start by whoever has the database to himself."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Generator
from contextlib import contextmanager

from sqlalchemy import Connection, update

from monitor.errors import StoreTrouble
from monitor.store.engine import Store
from monitor.store.tables import articles, feeds, outbox


@contextmanager
def sole_use(store: Store) -> Generator[bool]:
    """Ask to be the only process that polls and sends with this database, for as long as the block lasts.

    The kernel ends it with the process, so a crash leaves nothing behind. A database server may serve many, and nobody is
    alone there.

    Yields:
        Whether nobody else polls or sends.

    Raises:
        StoreTrouble: The file beside the database that stands for it cannot be opened.
    """
    if store.path is None:
        yield False
        return
    path = store.path.with_name(f"{store.path.name}.lock")
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
    connection.execute(update(feeds).where(feeds.c.leased_until.is_not(None)).values(leased_until=None, lease_owner=None))
    for table in (articles, outbox):
        connection.execute(update(table).where(table.c.leased_until.is_not(None)).values(leased_until=None))


def _lock(held: int) -> bool:
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

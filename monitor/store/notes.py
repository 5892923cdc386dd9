"""Small things to remember over restarts: that an archive was read, up to where a watch has caught up."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, delete, select, update

from monitor.store.engine import insert_unless_known
from monitor.store.tables import notes


def read(connection: Connection, key: str) -> Any:
    """The note of a key, as it was written; None where there is none. For any transaction."""
    return connection.execute(select(notes.c.value).where(notes.c.key == key)).scalar_one_or_none()


def read_under(connection: Connection, prefix: str) -> dict[str, Any]:
    """All notes whose keys begin so, by key; for any transaction."""
    query = select(notes).where(notes.c.key.startswith(prefix, autoescape=True)).order_by(notes.c.key)
    return {row.key: row.value for row in connection.execute(query)}


def write(connection: Connection, key: str, value: Any) -> None:
    """Write a note in place of the one before; for a writing transaction.

    Args:
        value: Anything that JSON holds, but None.
    """
    insert_unless_known(connection, notes, key=key, value=value)
    connection.execute(update(notes).where(notes.c.key == key).values(value=value))


def erase(connection: Connection, key: str) -> None:
    """Forget a note; for a writing transaction."""
    connection.execute(delete(notes).where(notes.c.key == key))

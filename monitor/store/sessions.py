"""Sessions that were ended before their time; all others are known by their cookie alone."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, delete, select

from monitor.store.engine import insert_unless_known
from monitor.store.tables import ended_sessions


def end(connection: Connection, name: str, *, until: datetime, now: datetime) -> None:
    """Have a session's cookie open nothing any more, and forget those that are over by now; for a writing transaction.

    Args:
        name: Of the session.
        until: When its cookie is over by itself.
    """
    connection.execute(delete(ended_sessions).where(ended_sessions.c.until < now))
    insert_unless_known(connection, ended_sessions, name=name, until=until)


def is_ended(connection: Connection, name: str) -> bool:
    """Whether a session was ended; for any transaction."""
    query = select(ended_sessions.c.name).where(ended_sessions.c.name == name)
    return connection.execute(query).one_or_none() is not None

"""Versions that were judged by our own reading alone, since the second reader was not heard: it is asked about them later."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, Connection, and_, delete, func, or_, select, update

from monitor.store.engine import insert_unless_known
from monitor.store.tables import item_versions, unheard
from monitor.store.versions import Version, read_version, select_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class Unheard:
    """One version that a watch has read without its second reader.

    Attributes:
        attempts: Times that it was asked about it in vain.
    """

    version: Version
    watch: str
    attempts: int


def note(connection: Connection, version_id: int, watch: str, *, why: str, next_attempt: datetime) -> None:
    """Note that a watch has read a version alone; for the transaction that stores what it read."""
    row = {"version_id": version_id, "watch": watch}
    insert_unless_known(connection, unheard, **row, attempts=1, next_attempt=next_attempt, last_detail=why)


def lease_due(connection: Connection, *, now: datetime, lease: timedelta, limit: int) -> tuple[Unheard, ...]:
    """Take what is due to be asked about again, the newest news first; for a short writing transaction.

    Nobody else gets it until it is settled or the lease runs out.
    """
    is_free = or_(unheard.c.leased_until.is_(None), unheard.c.leased_until <= now)
    query = (
        select_versions()
        .add_columns(unheard.c.watch, unheard.c.attempts)
        .join(unheard, unheard.c.version_id == item_versions.c.id)
        .where(unheard.c.next_attempt <= now, is_free)
        .order_by(item_versions.c.published.desc(), item_versions.c.id.desc(), unheard.c.watch)
        .limit(limit)
    )
    rows = connection.execute(query).all()
    for row in rows:
        connection.execute(update(unheard).where(_is(row.id, row.watch)).values(leased_until=now + lease))
    return tuple(Unheard(version=read_version(row), watch=row.watch, attempts=row.attempts) for row in rows)


def put_off(connection: Connection, version_id: int, watch: str, *, why: str, next_attempt: datetime) -> None:
    """It was asked in vain once more; for a writing transaction."""
    values = {"attempts": unheard.c.attempts + 1, "next_attempt": next_attempt, "leased_until": None, "last_detail": why}
    connection.execute(update(unheard).where(_is(version_id, watch)).values(values))


def forget(connection: Connection, version_id: int, watch: str) -> None:
    """It was heard, or is given up; for the transaction that stores what came of it."""
    connection.execute(delete(unheard).where(_is(version_id, watch)))


def count(connection: Connection) -> int:
    """How many wait; for any transaction."""
    return connection.execute(select(func.count()).select_from(unheard)).scalar_one()


def _is(version_id: int, watch: str) -> ColumnElement[bool]:
    return and_(unheard.c.version_id == version_id, unheard.c.watch == watch)

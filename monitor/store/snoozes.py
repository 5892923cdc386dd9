"""Snoozes: watches, facts or changes that a person wants to hear nothing of for a while."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, select, update

from monitor.store.engine import insert_unless_known
from monitor.store.tables import snoozes


@dataclass(frozen=True, slots=True, kw_only=True)
class Snooze:
    """One target's silence.

    Attributes:
        target: A watch, ``watch/fact``, or the key of a change.
    """

    target: str
    until: datetime
    note: str
    created: datetime


def snooze(connection: Connection, target: str, *, until: datetime, now: datetime, note: str = "") -> None:
    """Silence a target until a moment, in place of any silence it has; for a writing transaction."""
    insert_unless_known(connection, snoozes, target=target, until=until, note=note, created=now)
    connection.execute(update(snoozes).where(snoozes.c.target == target).values(until=until, note=note, created=now))


def wake(connection: Connection, target: str) -> bool:
    """End a silence early; for a writing transaction. Returns whether there was one."""
    return connection.execute(delete(snoozes).where(snoozes.c.target == target)).rowcount == 1


def list_active(connection: Connection, *, now: datetime) -> tuple[Snooze, ...]:
    """The silences that hold now, the soonest to end first; for any transaction."""
    query = select(snoozes).where(snoozes.c.until > now).order_by(snoozes.c.until, snoozes.c.target)
    return tuple(Snooze(**row._mapping) for row in connection.execute(query))


def snoozed_until(connection: Connection, watch: str, fact: str, change_key: str, *, now: datetime) -> datetime | None:
    """When the last of the silences over a change ends: its own, its fact's, its watch's; None where none holds."""
    over = (watch, f"{watch}/{fact}", change_key)
    query = select(snoozes.c.until).where(snoozes.c.target.in_(over), snoozes.c.until > now)
    return max(connection.execute(query).scalars(), default=None)

"""Tellings that are held back until a moment: while sources gather, while a person snoozes, through quiet hours."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, select, update

from monitor.core.messages import Occasion
from monitor.store.engine import insert_unless_known
from monitor.store.tables import held

EVERYBODY = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldTelling:
    """A change that is to be told later.

    Attributes:
        destination: For whom; empty for everybody that the rule names, which is decided when it is told.
        reason: In words, for people.
        released_at: When it was handed on; None while it is held.
    """

    id: int
    change_key: str
    occasion: Occasion
    destination: str
    reason: str
    held_at: datetime
    until: datetime
    released_at: datetime | None


def hold(
    connection: Connection,
    change_key: str,
    occasion: Occasion = Occasion.CHANGE,
    *,
    destination: str = EVERYBODY,
    until: datetime,
    reason: str,
    now: datetime,
) -> None:
    """Hold the telling of a change back; held already, it gets the new moment and reason.

    For the transaction that writes the change or the snooze.
    """
    row = {"change_key": change_key, "occasion": occasion.value, "destination": destination}
    if insert_unless_known(connection, held, **row, reason=reason, held_at=now, until=until):
        return
    known = update(held).where(_is_telling(change_key, occasion, destination))
    connection.execute(known.values(until=until, reason=reason, released_at=None))


def was_held(connection: Connection, change_key: str, occasion: Occasion, destination: str) -> bool:
    """Whether a telling was ever held for a destination, handed on since or not; for any transaction."""
    return connection.execute(select(exists().where(_is_telling(change_key, occasion, destination)))).scalar_one()


def release_due(connection: Connection, *, now: datetime, limit: int = 500) -> tuple[HeldTelling, ...]:
    """Hand on what is due, in the order of holding; for the transaction that puts it in the outbox (or holds it again)."""
    query = select(held).where(held.c.released_at.is_(None), held.c.until <= now).order_by(held.c.id).limit(limit)
    due = tuple(map(_read, connection.execute(query)))
    _release(connection, [telling.id for telling in due], now=now)
    return due


def release(connection: Connection, change_key: str, *, now: datetime) -> tuple[HeldTelling, ...]:
    """Hand on all that is held of one change, due or not; for the transaction that tells it or makes it moot."""
    return _release_where(connection, held.c.change_key == change_key, now=now)


def release_fact(connection: Connection, watch: str, fact: str, destination: str, *, now: datetime) -> tuple[HeldTelling, ...]:
    """Hand on what is held of one fact for one destination; for the transaction that tells it something newer."""
    is_of_fact = held.c.change_key.startswith(f"{watch}/{fact}#", autoescape=True)
    return _release_where(connection, and_(is_of_fact, held.c.destination == destination), now=now)


def release_waiting(connection: Connection, *, now: datetime) -> tuple[HeldTelling, ...]:
    """Hand on what waits for one destination each and is not due; for the transaction that decides anew how long it waits."""
    return _release_where(connection, and_(held.c.destination != EVERYBODY, held.c.until > now), now=now)


def list_held(connection: Connection) -> tuple[HeldTelling, ...]:
    """What is held now, the soonest first; for any transaction."""
    query = select(held).where(held.c.released_at.is_(None)).order_by(held.c.until, held.c.id)
    return tuple(map(_read, connection.execute(query)))


def next_release_at(connection: Connection) -> datetime | None:
    """When the next telling is due; None where nothing is held. For any transaction."""
    soonest: datetime | None = connection.execute(select(func.min(held.c.until)).where(held.c.released_at.is_(None))).scalar_one()
    return soonest


def _is_telling(change_key: str, occasion: Occasion, destination: str) -> ColumnElement[bool]:
    return and_(held.c.change_key == change_key, held.c.occasion == occasion.value, held.c.destination == destination)


def _release_where(connection: Connection, condition: ColumnElement[bool], *, now: datetime) -> tuple[HeldTelling, ...]:
    query = select(held).where(held.c.released_at.is_(None), condition).order_by(held.c.id)
    tellings = tuple(map(_read, connection.execute(query)))
    _release(connection, [telling.id for telling in tellings], now=now)
    return tellings


def _release(connection: Connection, ids: Collection[int], *, now: datetime) -> None:
    connection.execute(update(held).where(held.c.id.in_(list(ids))).values(released_at=now))


def _read(row: Row[Any]) -> HeldTelling:
    return HeldTelling(
        id=row.id,
        change_key=row.change_key,
        occasion=Occasion(row.occasion),
        destination=row.destination,
        reason=row.reason,
        held_at=row.held_at,
        until=row.until,
        released_at=row.released_at,
    )

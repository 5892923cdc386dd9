"""The outbox: one row for each message and destination, kept until it is sent or given up for good."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, and_, exists, func, or_, select, update

from monitor.core.messages import Delivery, Message
from monitor.core.telling.retrying import Fate, Settle
from monitor.store.engine import insert_unless_known
from monitor.store.payloads import read_message, write_message
from monitor.store.tables import outbox, rests

AMONG_ALL = "*"
"""The order key of what tells of many facts: it waits for all that is before it, and all that comes after waits for it."""


class DeliveryState(StrEnum):
    """Where a delivery stands; ``dead`` is given up until a person has it tried again."""

    PENDING = "pending"
    SENT = "sent"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryRecord:
    """A delivery with what became of it.

    Attributes:
        next_attempt: When it is or was next to be tried.
        settled: When it was sent or given up; None while pending.
        last_detail: What the last try brought, in words.
    """

    delivery: Delivery
    state: DeliveryState
    next_attempt: datetime
    settled: datetime | None
    last_detail: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """How the deliveries to one destination stand.

    Attributes:
        oldest_pending: When the oldest delivery that still waits was created; None where none waits.
    """

    destination: str
    pending: int
    sent: int
    dead: int
    oldest_pending: datetime | None


# --- putting in -------------------------------------------------------------------------------------


def enqueue(
    connection: Connection,
    message: Message,
    *,
    destination: str,
    order_key: str,
    now: datetime,
    not_before: datetime | None = None,
    detail: str = "",
) -> bool:
    """Put a message in the outbox for one destination; for the transaction that writes what the message tells.

    A message is told to a destination once: the same key and occasion again does nothing, whatever became of the first.

    Args:
        order_key: Deliveries of one destination with the same key are sent one after the other: the fact, as a rule.
        not_before: When to try first; None for now.
        detail: Why not before.

    Returns:
        Whether it is new.
    """
    return insert_unless_known(
        connection,
        outbox,
        message_key=message.key,
        occasion=message.occasion.value,
        destination=destination,
        order_key=order_key,
        message=write_message(message),
        state=DeliveryState.PENDING.value,
        attempts=0,
        created=now,
        next_attempt=not_before or now,
        last_detail=detail,
    )


# --- sending ----------------------------------------------------------------------------------------


def lease_due(
    connection: Connection, *, now: datetime, lease: timedelta, limit: int, but: Collection[str] = ()
) -> tuple[Delivery, ...]:
    """Take deliveries that are due, the longest waiting first; for a short writing transaction before sending.

    Nobody else gets them until they are settled or the lease runs out. A delivery waits while an older one of the same
    destination and order key is pending, so each fact is told in order; and while its destination rests.

    Args:
        but: Destinations that can take nothing now.
    """
    query = (
        select(outbox)
        .where(outbox.c.state == DeliveryState.PENDING.value, outbox.c.next_attempt <= now, ~_must_wait())
        .where(or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now))
        .where(~_rests(now))
        .order_by(outbox.c.next_attempt, outbox.c.id)
        .limit(limit)
    )
    if but:
        query = query.where(outbox.c.destination.not_in(list(but)))
    due = tuple(map(_read_delivery, connection.execute(query)))
    taken = update(outbox).where(outbox.c.id.in_([delivery.id for delivery in due]))
    connection.execute(taken.values(leased_until=now + lease))
    return due


def _must_wait() -> ColumnElement[bool]:
    """Whether an older delivery of the same order is pending; asked in three ways, for each of which there is an index."""
    older = outbox.alias()
    is_before = exists().where(
        older.c.destination == outbox.c.destination,
        older.c.state == DeliveryState.PENDING.value,
        older.c.id < outbox.c.id,
    )
    return or_(
        is_before.where(older.c.order_key == outbox.c.order_key),
        is_before.where(older.c.order_key == AMONG_ALL),
        and_(outbox.c.order_key == AMONG_ALL, is_before),
    )


def settle(connection: Connection, delivery_id: int, step: Settle, *, now: datetime) -> None:
    """Record what became of a send; for a short writing transaction right after it.

    A delivery that is given up lets the next of its order go. The late word of a sender whose lease ran out changes nothing
    that was settled since.
    """
    match step.fate:
        case Fate.SENT:
            became: dict[str, Any] = {"state": DeliveryState.SENT.value, "settled": now}
        case Fate.DEAD:
            became = {"state": DeliveryState.DEAD.value, "settled": now}
        case Fate.RETRY:
            became = {"next_attempt": step.at or now}
    waiting = update(outbox).where(outbox.c.id == delivery_id, outbox.c.state == DeliveryState.PENDING.value)
    tried = waiting.values(attempts=outbox.c.attempts + 1, leased_until=None, last_detail=step.detail, **became)
    connection.execute(tried)


def rest(connection: Connection, destination: str, *, until: datetime, now: datetime) -> None:
    """Send nothing to a destination before a moment; for the transaction that settles a send to it."""
    insert_unless_known(connection, rests, destination=destination, since=now, until=until)
    connection.execute(update(rests).where(rests.c.destination == destination).values(since=now, until=until))


def retry(connection: Connection, *, now: datetime, delivery_ids: Collection[int] | None = None) -> int:
    """Have dead deliveries tried again from the first attempt, for as long as new ones; for a writing transaction.

    Args:
        delivery_ids: None for all that are dead.

    Returns:
        How many.
    """
    dead = update(outbox).where(outbox.c.state == DeliveryState.DEAD.value)
    if delivery_ids is not None:
        dead = dead.where(outbox.c.id.in_(list(delivery_ids)))
    again = {"state": DeliveryState.PENDING.value, "attempts": 0, "next_attempt": now, "leased_until": None, "settled": None}
    return connection.execute(dead.values(**again, revived=now)).rowcount


# --- looking ----------------------------------------------------------------------------------------


def find(connection: Connection, delivery_id: int) -> DeliveryRecord | None:
    """One delivery; for any transaction."""
    row = connection.execute(select(outbox).where(outbox.c.id == delivery_id)).one_or_none()
    return _read_record(row) if row else None


def list_newest(
    connection: Connection,
    *,
    states: Collection[DeliveryState] = (),
    destination: str | None = None,
    message_key: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[DeliveryRecord, ...]:
    """Deliveries, newest first; for any transaction.

    Args:
        states: Only deliveries in one of them; empty for all.
        message_key: Only deliveries of this message, such as a change's key.
        before: Only deliveries with a smaller id.
    """
    query = select(outbox).order_by(outbox.c.id.desc()).limit(limit)
    if states:
        query = query.where(outbox.c.state.in_([state.value for state in states]))
    if destination is not None:
        query = query.where(outbox.c.destination == destination)
    if message_key is not None:
        query = query.where(outbox.c.message_key == message_key)
    if before is not None:
        query = query.where(outbox.c.id < before)
    return tuple(map(_read_record, connection.execute(query)))


def list_backlogs(connection: Connection) -> tuple[Backlog, ...]:
    """How each destination stands, by name; for any transaction."""
    waiting = outbox.c.state == DeliveryState.PENDING.value
    query = (
        select(
            outbox.c.destination,
            _count(waiting).label("pending"),
            _count(outbox.c.state == DeliveryState.SENT.value).label("sent"),
            _count(outbox.c.state == DeliveryState.DEAD.value).label("dead"),
            func.min(outbox.c.created).filter(waiting).label("oldest_pending"),
        )
        .group_by(outbox.c.destination)
        .order_by(outbox.c.destination)
    )
    return tuple(Backlog(**row._mapping) for row in connection.execute(query))


def next_attempt_at(connection: Connection, *, now: datetime) -> datetime | None:
    """When the next pending delivery is to be tried, those to resting destinations aside; None where none waits.

    For any transaction.
    """
    query = select(func.min(outbox.c.next_attempt)).where(outbox.c.state == DeliveryState.PENDING.value, ~_rests(now))
    soonest: datetime | None = connection.execute(query).scalar_one()
    return soonest


# --- rows -------------------------------------------------------------------------------------------


def _rests(now: datetime) -> ColumnElement[bool]:
    """Whether a delivery's destination rests; a rest that begins in the future is one of a clock that was set back since."""
    return exists().where(rests.c.destination == outbox.c.destination, rests.c.since <= now, rests.c.until > now)


def _count(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(condition)


def _read_delivery(row: Row[Any]) -> Delivery:
    return Delivery(
        id=row.id,
        destination=row.destination,
        message=read_message(row.message),
        order_key=row.order_key,
        attempts=row.attempts,
        created=row.created,
        revived=row.revived,
    )


def _read_record(row: Row[Any]) -> DeliveryRecord:
    return DeliveryRecord(
        delivery=_read_delivery(row),
        state=DeliveryState(row.state),
        next_attempt=row.next_attempt,
        settled=row.settled,
        last_detail=row.last_detail,
    )

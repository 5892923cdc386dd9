"""Subscriptions to hubs: which feeds are pushed to us, until when, and which pushes wait for a visit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection, Row, delete, insert, or_, select, update

from monitor.store.tables import feeds, subscriptions


class SubscriptionState(StrEnum):
    """Where a subscription stands; ``asked`` waits for the hub to ask back whether it was us."""

    NEW = "new"
    ASKED = "asked"
    ACTIVE = "active"
    DENIED = "denied"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One feed's subscription.

    Attributes:
        token: The last part of the callback's address, which nobody can guess.
        secret: With which the hub signs; never shown.
        lease_until: None before the hub has confirmed.
        attempts: Requests since the last confirmation.
    """

    feed_id: int
    hub: str
    topic: str
    token: str
    secret: str
    state: SubscriptionState
    lease_until: datetime | None
    attempts: int


def forget_unwanted(connection: Connection, wanted: Mapping[int, tuple[str, str]]) -> None:
    """Forget subscriptions that are not wanted any more or that went to another hub or topic; for a writing transaction.

    Args:
        wanted: Hub and topic, by feed.
    """
    for row in connection.execute(select(subscriptions)):
        if wanted.get(row.feed_id) != (row.hub, row.topic):
            connection.execute(delete(subscriptions).where(subscriptions.c.feed_id == row.feed_id))


def list_known(connection: Connection) -> frozenset[int]:
    """The feeds that have a subscription, in whichever state; for any transaction."""
    return frozenset(connection.execute(select(subscriptions.c.feed_id)).scalars())


def add(connection: Connection, feed_id: int, *, hub: str, topic: str, token: str, secret: str, now: datetime) -> None:
    """Add a subscription, to be asked for at once; for a writing transaction."""
    connection.execute(
        insert(subscriptions).values(
            feed_id=feed_id,
            hub=hub,
            topic=topic,
            token=token,
            secret=secret,
            state=SubscriptionState.NEW.value,
            next_attempt=now,
            attempts=0,
            last_detail="",
        )
    )


def take_due(connection: Connection, *, now: datetime, again: timedelta, limit: int) -> tuple[Subscription, ...]:
    """Take subscriptions that have to be asked for or prolonged; for a short writing transaction before asking.

    They count as asked from now on, since a hub may ask back before it answers. Each request that nobody confirms doubles the
    wait for the next, up to a day.

    Args:
        again: How long to wait for the confirmation the first time.
    """
    query = select(subscriptions).where(subscriptions.c.next_attempt <= now).order_by(subscriptions.c.next_attempt).limit(limit)
    due = tuple(map(_read, connection.execute(query)))
    for each in due:
        wait = min(again * 2 ** min(each.attempts, 10), timedelta(days=1))
        _set(connection, each.feed_id, state=SubscriptionState.ASKED.value, attempts=each.attempts + 1, next_attempt=now + wait)
    return due


def find(connection: Connection, token: str) -> Subscription | None:
    """The subscription of a callback; for any transaction."""
    row = connection.execute(select(subscriptions).where(subscriptions.c.token == token)).one_or_none()
    return _read(row) if row else None


def confirm(connection: Connection, feed_id: int, *, lease_until: datetime, next_attempt: datetime) -> None:
    """Record that the hub will push until then; for a writing transaction."""
    active = SubscriptionState.ACTIVE.value
    _set(connection, feed_id, state=active, lease_until=lease_until, next_attempt=next_attempt, attempts=0, last_detail="")


def deny(connection: Connection, feed_id: int, *, next_attempt: datetime, detail: str) -> None:
    """Record that the hub refuses, and when to ask it anew; for a writing transaction."""
    _set(connection, feed_id, state=SubscriptionState.DENIED.value, next_attempt=next_attempt, last_detail=detail)


def note(connection: Connection, feed_id: int, detail: str) -> None:
    """Record in one line why the last request failed; for a writing transaction."""
    _set(connection, feed_id, last_detail=detail)


def mark_pushed(connection: Connection, feed_id: int, *, now: datetime) -> None:
    """Remember that a feed wants a visit; for a writing transaction."""
    _set(connection, feed_id, pushed_at=now)


def take_pushed(connection: Connection, *, now: datetime, rest: timedelta) -> tuple[int, ...]:
    """The feeds that were pushed and can be visited, which are forgotten by that; for a writing transaction.

    A feed that is being visited waits, since that visit may have begun before the push; so does one that was read a moment ago,
    or a hub could have us knock at a publisher's door without end.

    Args:
        rest: Between the end of a visit and the next one that a push may bring about.
    """
    query = (
        select(subscriptions.c.feed_id)
        .join(feeds, feeds.c.id == subscriptions.c.feed_id)
        .where(subscriptions.c.pushed_at.is_not(None))
        .where(or_(feeds.c.leased_until.is_(None), feeds.c.leased_until <= now))
        .where(or_(feeds.c.last_ok_at.is_(None), feeds.c.last_ok_at <= now - rest))
    )
    ready = tuple(connection.execute(query).scalars())
    for feed_id in ready:
        _set(connection, feed_id, pushed_at=None)
    return ready


def _set(connection: Connection, feed_id: int, **values: object) -> None:
    connection.execute(update(subscriptions).where(subscriptions.c.feed_id == feed_id).values(**values))


def _read(row: Row[tuple[object, ...]]) -> Subscription:
    return Subscription(
        feed_id=row.feed_id,
        hub=row.hub,
        topic=row.topic,
        token=row.token,
        secret=row.secret,
        state=SubscriptionState(row.state),
        lease_until=row.lease_until,
        attempts=row.attempts,
    )

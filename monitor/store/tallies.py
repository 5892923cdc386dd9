"""Tallies: how much there is of what, for those who measure; each a query that stays cheap however much there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, case, func, select

from monitor.store.articles import ArticleState
from monitor.store.outbox import DeliveryState
from monitor.store.tables import articles, changes, feeds, outbox


@dataclass(frozen=True, slots=True, kw_only=True)
class Leases:
    """What is taken of one kind of work.

    Attributes:
        number: Taken and not given back, those that ran out included.
        ends: When the oldest runs out or ran out; None where nothing is taken.
    """

    number: int
    ends: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waiting:
    """What lies in the outbox for one destination.

    Attributes:
        oldest: When the oldest that is pending was put in; None where none is.
    """

    destination: str
    pending: int
    dead: int
    oldest: datetime | None


def count_changes(connection: Connection) -> tuple[tuple[str, str, int], ...]:
    """Watch, verdict and how many changes ever; for any transaction."""
    query = select(changes.c.watch, changes.c.verdict, func.count()).group_by(changes.c.watch, changes.c.verdict)
    return tuple((watch, verdict, number) for watch, verdict, number in connection.execute(query))


def count_told(connection: Connection, *, since: datetime) -> dict[str, int]:
    """How many changes each watch has told since a moment; for any transaction."""
    query = select(changes.c.watch, func.count()).where(changes.c.is_told, changes.c.learned >= since).group_by(changes.c.watch)
    return {row[0]: row[1] for row in connection.execute(query)}


def count_waiting(connection: Connection) -> tuple[Waiting, ...]:
    """The destinations for which something waits or was given up; for any transaction."""
    is_pending, is_dead = (outbox.c.state == state.value for state in (DeliveryState.PENDING, DeliveryState.DEAD))
    query = (
        select(
            outbox.c.destination,
            func.count().filter(is_pending).label("pending"),
            func.count().filter(is_dead).label("dead"),
            func.min(outbox.c.created).filter(is_pending).label("oldest"),
        )
        # What was sent is nearly all of the table, and left to the index.
        .where(outbox.c.state.in_([DeliveryState.PENDING.value, DeliveryState.DEAD.value]))
        .group_by(outbox.c.destination)
    )
    return tuple(Waiting(**row._mapping) for row in connection.execute(query))


def count_feeds(connection: Connection) -> dict[str, int]:
    """How many live feeds are in what health, in the words of ``Feed.health``; for any transaction."""
    health = case(
        (feeds.c.ended_at.is_not(None), "ended"),
        (feeds.c.failures > 0, "failing"),
        (feeds.c.last_ok_at.is_not(None), "well"),
        else_="not read yet",
    )
    query = (
        select(health.label("health"), func.count().label("number"))
        .where(feeds.c.is_polled, feeds.c.retired_at.is_(None))
        .group_by(health)
    )
    found = {row.health: row.number for row in connection.execute(query)}
    return {word: found.get(word, 0) for word in ("well", "failing", "ended", "not read yet")}


def count_leases(connection: Connection) -> dict[str, Leases]:
    """Feeds, articles and deliveries that somebody has taken; for any transaction."""
    return {
        "feed": _count(connection, feeds.c.leased_until),
        # What is settled holds no lease and is nearly all of these tables.
        "article": _count(connection, articles.c.leased_until, articles.c.state == ArticleState.PENDING.value),
        "delivery": _count(connection, outbox.c.leased_until, outbox.c.state == DeliveryState.PENDING.value),
    }


def _count(connection: Connection, taken: Column[Any], *where: ColumnElement[bool]) -> Leases:
    number, ends = connection.execute(select(func.count(), func.min(taken)).where(taken.is_not(None), *where)).one()
    return Leases(number=number, ends=ends)

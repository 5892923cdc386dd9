"""Moments that lie ahead in the database, and what becomes of them when the clock is set back."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Table, select, update

from monitor.store.tables import articles, feeds, hosts, outbox

_AHEAD: tuple[tuple[Table, str], ...] = (
    (feeds, "next_due"),
    (hosts, "not_before"),
    (articles, "next_due"),
    (outbox, "next_attempt"),
)
"""What is waited for by the clock; the moments that people name (snoozes, quiet hours) stay as they are."""

_LEASES = tuple((table, "leased_until") for table in (feeds, articles, outbox))


def bring_nearer(connection: Connection, by: timedelta, *, now: datetime, with_leases: bool) -> int:
    """Move what lies ahead as much nearer as the clock was set back; for a writing transaction.

    A feed that counts as first read in the future was first read now, or what it says until then would be no news.

    Args:
        by: Positive.
        with_leases: Leases too; not where they may be of others, whose clocks go on.

    Returns:
        How many moments were moved.
    """
    moved = sum(
        _move(connection, table, table.c[name], by, now=now) for table, name in (*_AHEAD, *(_LEASES if with_leases else ()))
    )
    early = update(feeds).where(feeds.c.first_ok_at > now)
    return moved + connection.execute(early.values(first_ok_at=now)).rowcount


def _move(connection: Connection, table: Table, column: Column[Any], by: timedelta, *, now: datetime) -> int:
    (key,) = table.primary_key.columns
    rows = connection.execute(select(key, column).where(column > now)).all()
    for identity, moment in rows:
        connection.execute(update(table).where(key == identity).values({column: max(now, moment - by)}))
    return len(rows)

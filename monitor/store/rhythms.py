"""How often feeds bring news, and how often the reader finds something in it: what the self-watch compares with the past."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, and_, func, select

from monitor.store.tables import item_versions, items, readings


def newest_of_feeds(connection: Connection, *, limit: int = 20) -> Mapping[int, tuple[datetime, ...]]:
    """When the newest items of each feed were published, oldest first, by the feed's id; for any transaction."""
    place = func.row_number().over(partition_by=items.c.feed_id, order_by=item_versions.c.published.desc())
    newest = and_(item_versions.c.item_id == items.c.id, item_versions.c.number == items.c.latest)
    placed = (
        select(items.c.feed_id, item_versions.c.published, place.label("place"))
        .join_from(items, item_versions, newest)
        .subquery()
    )
    query = select(placed.c.feed_id, placed.c.published).where(placed.c.place <= limit)
    rows = connection.execute(query.order_by(placed.c.feed_id, placed.c.published))
    return {feed_id: tuple(row.published for row in group) for feed_id, group in groupby(rows, key=lambda row: row.feed_id)}


def newest_claims(connection: Connection, watch: str, *, limit: int) -> tuple[int, ...]:
    """How many claims were found in each of the versions that a watch read last, oldest first; for any transaction."""
    query = select(readings.c.claims).where(readings.c.watch == watch).order_by(readings.c.version_id.desc()).limit(limit)
    return tuple(connection.execute(query).scalars())[::-1]

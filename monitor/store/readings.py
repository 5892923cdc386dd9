"""Which watch has read which version, so that a version is judged once and a new watch can catch up."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import Connection, and_, exists

from monitor.store.engine import insert_all_unless_known
from monitor.store.tables import item_versions, items, readings
from monitor.store.versions import Version, read_version, select_versions


def list_unread(
    connection: Connection,
    watch: str,
    *,
    after: int = 0,
    feed_ids: Collection[int] | None = None,
    since: datetime | None = None,
    limit: int = 200,
) -> tuple[Version, ...]:
    """Versions that a watch has not read, in the order of storing; for any transaction.

    Args:
        after: The id of the last version of the batch before.
        feed_ids: Only items of these feeds; None for all.
        since: Only versions published at or after it.
    """
    was_read = exists().where(and_(readings.c.version_id == item_versions.c.id, readings.c.watch == watch))
    query = select_versions().where(item_versions.c.id > after, ~was_read).order_by(item_versions.c.id).limit(limit)
    if feed_ids is not None:
        query = query.where(items.c.feed_id.in_(feed_ids))
    if since is not None:
        query = query.where(item_versions.c.published >= since)
    return tuple(map(read_version, connection.execute(query)))


def mark_read(connection: Connection, watch: str, version_ids: Iterable[int], *, now: datetime) -> None:
    """Record that a watch has read versions; for the transaction that stores what it made of them."""
    rows = [{"version_id": version_id, "watch": watch, "read_at": now} for version_id in version_ids]
    insert_all_unless_known(connection, readings, rows)

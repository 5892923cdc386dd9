"""Which watch has read which version and what it made of it; so a version is judged once, and a new watch can catch up."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, or_, select, update

from monitor.core.items import Item
from monitor.store.engine import insert_unless_known
from monitor.store.tables import item_versions, items, readings
from monitor.store.versions import ITEM_COLUMNS, Version, read_item, read_version, select_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class ReadingRecord:
    """One version as one reader has read it.

    Attributes:
        reader: A watch, or ``watch/fact`` for a fact that was added to it later.
        account: What was made of it, in the words of whoever stored it.
    """

    reader: str
    version_id: int
    number: int
    read_at: datetime
    account: Mapping[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TellingRecord:
    """One version that said something, with what was made of it.

    Attributes:
        account: As in ``ReadingRecord``.
    """

    item: Item
    account: Mapping[str, Any]


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


def record(
    connection: Connection, reader: str, version_id: int, *, claims: int, account: Mapping[str, Any], now: datetime
) -> None:
    """Record that a version was read; for the transaction that stores what it moved.

    Args:
        claims: How many the reader found in it.
        account: For ``list_of_item``.
    """
    row = {"version_id": version_id, "watch": reader, "read_at": now}
    insert_unless_known(connection, readings, **row, claims=claims, account=dict(account))


def record_again(
    connection: Connection, reader: str, version_id: int, *, claims: int, account: Mapping[str, Any], now: datetime
) -> None:
    """Record that a version was read once more, in place of what was made of it before; otherwise as ``record``."""
    record(connection, reader, version_id, claims=claims, account=account, now=now)
    is_its = and_(readings.c.version_id == version_id, readings.c.watch == reader)
    connection.execute(update(readings).where(is_its).values(read_at=now, claims=claims, account=dict(account)))


def list_of_item(connection: Connection, item_id: str) -> tuple[ReadingRecord, ...]:
    """Who has read which version of an item, oldest version first; for any transaction."""
    if not item_id.isdecimal():
        return ()
    query = (
        select(readings, item_versions.c.number)
        .join_from(readings, item_versions)
        .where(item_versions.c.item_id == int(item_id))
        .order_by(item_versions.c.number, readings.c.watch)
    )
    return tuple(
        ReadingRecord(reader=row.watch, version_id=row.version_id, number=row.number, read_at=row.read_at, account=row.account)
        for row in connection.execute(query)
    )


def list_telling(connection: Connection, watch: str, *, limit: int) -> tuple[TellingRecord, ...]:
    """What a watch read last of the versions in which it found claims, newest first; for any transaction."""
    is_ours = or_(readings.c.watch == watch, readings.c.watch.startswith(f"{watch}/", autoescape=True))
    query: Select[Any] = (
        select(readings.c.account, *ITEM_COLUMNS)
        .join_from(readings, item_versions)
        .where(is_ours, readings.c.claims > 0)
        .order_by(readings.c.version_id.desc())
        .limit(limit)
    )
    return tuple(TellingRecord(item=read_item(row), account=row.account) for row in connection.execute(query))

"""The catalogue: stored items page by page, each with what its readers made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from itertools import groupby

from sqlalchemy import Connection, exists, select

from monitor.store.readings import ReadingRecord
from monitor.store.tables import item_versions, items, readings
from monitor.store.versions import Version, read_version, select_versions


@dataclass(frozen=True, slots=True, kw_only=True)
class CatalogueEntry:
    """An item in its newest wording.

    Attributes:
        readings: Of this wording, by reader.
    """

    version: Version
    readings: tuple[ReadingRecord, ...]


def list_entries(
    connection: Connection,
    *,
    feed_id: int | None = None,
    watch: str | None = None,
    before: int | None = None,
    limit: int = 50,
) -> tuple[CatalogueEntry, ...]:
    """Items by when their newest wording was stored, the last first; two queries. For any transaction.

    Args:
        feed_id: Only items of this feed.
        watch: Only items whose newest wording this watch has read.
        before: The id of the last version of the page before.
    """
    query = select_versions().where(item_versions.c.number == items.c.latest).order_by(item_versions.c.id.desc()).limit(limit)
    if feed_id is not None:
        query = query.where(items.c.feed_id == feed_id)
    if watch is not None:
        query = query.where(exists().where(readings.c.version_id == item_versions.c.id, readings.c.watch == watch))
    if before is not None:
        query = query.where(item_versions.c.id < before)
    versions = tuple(map(read_version, connection.execute(query)))
    read = _readings_of(connection, [version.id for version in versions])
    return tuple(CatalogueEntry(version=version, readings=read.get(version.id, ())) for version in versions)


def _readings_of(connection: Connection, version_ids: Collection[int]) -> Mapping[int, tuple[ReadingRecord, ...]]:
    query = (
        select(readings, item_versions.c.number)
        .join_from(readings, item_versions)
        .where(readings.c.version_id.in_(version_ids))
        .order_by(readings.c.version_id, readings.c.watch)
    )
    found = (
        ReadingRecord(reader=row.watch, version_id=row.version_id, number=row.number, read_at=row.read_at, account=row.account)
        for row in connection.execute(query)
    )
    return {version_id: tuple(group) for version_id, group in groupby(found, key=lambda record: record.version_id)}

"""Items: what was published, in which wordings."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, func, insert, or_, select, update

from monitor.core.items import Item
from monitor.store.engine import insert_unless_known
from monitor.store.sightings import Sighting, find_known, rename_reissued
from monitor.store.tables import item_versions, items
from monitor.store.texts import storable
from monitor.store.versions import TextKind, Version, read_version, select_versions, text_hash

MOST_VERSIONS = 24
"""A page that changes for ever (a clock, a counter) is not judged for ever."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """What a feed has brought.

    Attributes:
        total: Items that were ever seen of it.
        recent: Those first seen since the moment that was asked for.
        newest: The item seen last.
    """

    total: int
    recent: int
    newest: Version


# --- storing ----------------------------------------------------------------------------------------


def store(connection: Connection, feed_id: int, sightings: Iterable[Sighting], *, now: datetime) -> tuple[Version, ...]:
    """Store what is new of a poll; for the transaction that also judges it and settles the feed.

    A new identity becomes an item; a known one gets a version when this wording of it was never seen, up to
    ``MOST_VERSIONS``. One that is republished under another identity stays what it is. Characters that no database takes (NUL,
    lone surrogates) are dropped or replaced.

    Returns:
        The versions that were stored, in the order of the sightings; what was known already is left out.
    """
    entries = list(sightings)
    known = find_known(connection, feed_id, [entry.identity for entry in entries])
    reissued = rename_reissued(connection, feed_id, entries, known)
    stored = []
    for entry in entries:
        if entry.identity in reissued or text_hash(entry.title, entry.body) in known.get(storable(entry.identity), ()):
            continue
        # A feed may name one identity twice in a document, so each text is asked for again when it is stored.
        item_id = _ensure_item(connection, feed_id, storable(entry.identity), now=now)
        version = _add_version(connection, item_id, _wording(entry), kind=TextKind.SUMMARY, now=now)
        if version:
            stored.append(version)
    return tuple(stored)


def store_article(connection: Connection, item_id: str, *, title: str, body: str, now: datetime) -> Version | None:
    """Store an item's article text as a new version; for the transaction that also judges it and settles the article.

    Address, publisher, date and language stay those of the newest version.

    Returns:
        None where these very words are on record, the item is unknown, or it has ``MOST_VERSIONS``.
    """
    latest = load_version(connection, item_id)
    if latest is None:
        return None
    item = latest.item
    wording = {"url": item.url, "publisher": item.publisher, "published": item.published, "language": item.language}
    return _add_version(connection, int(item_id), {**wording, "title": title, "body": body}, kind=TextKind.ARTICLE, now=now)


# --- finding ----------------------------------------------------------------------------------------


def load(connection: Connection, item_id: str) -> Item | None:
    """The newest version of an item; for any transaction."""
    version = load_version(connection, item_id)
    return version.item if version else None


def load_version(connection: Connection, item_id: str, number: int | None = None) -> Version | None:
    """One version of an item, the newest where no number is given; for any transaction."""
    if not item_id.isdecimal():
        return None
    query = select_versions().where(items.c.id == int(item_id), item_versions.c.number == (number or items.c.latest))
    row = connection.execute(query).one_or_none()
    return read_version(row) if row else None


def list_versions(connection: Connection, item_id: str) -> tuple[Version, ...]:
    """All versions of an item, oldest first; for any transaction."""
    if not item_id.isdecimal():
        return ()
    query = select_versions().where(items.c.id == int(item_id)).order_by(item_versions.c.number)
    return tuple(map(read_version, connection.execute(query)))


def list_newest(connection: Connection, *, feed_id: int | None = None, limit: int = 50) -> tuple[Version, ...]:
    """The newest version of the items seen last, newest first; for any transaction."""
    query = select_versions().where(item_versions.c.number == items.c.latest).order_by(items.c.id.desc()).limit(limit)
    if feed_id is not None:
        query = query.where(items.c.feed_id == feed_id)
    return tuple(map(read_version, connection.execute(query)))


def list_published(connection: Connection, feed_ids: Collection[int], *, since: datetime, limit: int) -> tuple[Version, ...]:
    """The newest version of the items of some feeds, those published last first, without those whose words were forgotten.

    For any transaction.

    Args:
        since: Only those published at or after it.
    """
    has_words = or_(item_versions.c.title != "", item_versions.c.body != "")
    is_latest = item_versions.c.number == items.c.latest
    query = (
        select_versions()
        .where(is_latest, has_words, items.c.feed_id.in_(feed_ids), item_versions.c.published >= since)
        .order_by(item_versions.c.published.desc(), items.c.id.desc())
        .limit(limit)
    )
    return tuple(map(read_version, connection.execute(query)))


def count_by_feed(connection: Connection) -> Mapping[int, int]:
    """How many items were ever seen of each feed; a feed without any is left out. For any transaction."""
    query = select(items.c.feed_id, func.count().label("number")).group_by(items.c.feed_id)
    return {row.feed_id: row.number for row in connection.execute(query)}


def tally_by_feed(connection: Connection, feed_ids: Collection[int], *, since: datetime) -> Mapping[int, Tally]:
    """What some feeds have brought, two queries; a feed without any item is left out. For any transaction."""
    is_asked_for = items.c.feed_id.in_(feed_ids)
    counts = (func.count().label("total"), func.count().filter(items.c.first_seen >= since).label("recent"))
    rows = connection.execute(select(items.c.feed_id, *counts).where(is_asked_for).group_by(items.c.feed_id)).all()
    newest_ids = select(func.max(items.c.id)).where(is_asked_for).group_by(items.c.feed_id)
    query = select_versions().where(items.c.id.in_(newest_ids), item_versions.c.number == items.c.latest)
    newest = {version.feed_id: version for version in map(read_version, connection.execute(query))}
    return {row.feed_id: Tally(total=row.total, recent=row.recent, newest=newest[row.feed_id]) for row in rows}


# --- rows -------------------------------------------------------------------------------------------


def _ensure_item(connection: Connection, feed_id: int, identity: str, *, now: datetime) -> int:
    insert_unless_known(connection, items, feed_id=feed_id, identity=identity, first_seen=now, latest=0)
    query = select(items.c.id).where(items.c.feed_id == feed_id, items.c.identity == identity)
    item_id: int = connection.execute(query).scalar_one()
    return item_id


def _wording(entry: Sighting) -> dict[str, Any]:
    return {
        "title": entry.title,
        "body": entry.body,
        "url": entry.url,
        "publisher": entry.publisher,
        "published": entry.published,
        "language": entry.language,
    }


def _add_version(
    connection: Connection, item_id: int, wording: Mapping[str, Any], *, kind: TextKind, now: datetime
) -> Version | None:
    """Add a wording to an item, unless it is on record or one too many."""
    clean = {name: storable(word) if isinstance(word, str) else word for name, word in wording.items()}
    fingerprint = text_hash(clean["title"], clean["body"])
    of_item = item_versions.c.item_id == item_id
    hashes = connection.execute(select(item_versions.c.text_hash).where(of_item)).scalars().all()
    if fingerprint in hashes or len(hashes) >= MOST_VERSIONS:
        return None
    number = len(hashes) + 1
    connection.execute(
        insert(item_versions).values(item_id=item_id, number=number, kind=kind.value, text_hash=fingerprint, seen_at=now, **clean)
    )
    connection.execute(update(items).where(items.c.id == item_id).values(latest=number))
    return load_version(connection, str(item_id), number)

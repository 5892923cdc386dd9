"""Catching up: a new watch, or a new fact of one, reads what is stored and what its archive tells, without any alert."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from monitor.config.archives import read_archive
from monitor.core.items import Item
from monitor.core.watches import Tier, Watch
from monitor.jobs.assessing import assess_for, is_in_time
from monitor.jobs.context import Context
from monitor.jobs.ruling import FeedKey
from monitor.store import feeds, items, notes, readings
from monitor.store.engine import Connection
from monitor.store.facts import start_of
from monitor.store.sightings import Sighting
from monitor.store.versions import Version

_WATCHES = "watches"


def catch_up(connection: Connection, watch: Watch, feed_ids: Mapping[FeedKey, int], context: Context) -> None:
    """Have a watch read what it has not: its archive once, and for what is new in its rule the stored items of its feeds.

    For one writing transaction; a crash leaves all of it done or nothing.

    Args:
        feed_ids: By URL and selector, as ``feeds.sync`` gives them.
    """
    tiers = {feed_ids[source.url, source.select]: source.tier for source in watch.feeds}
    archive = _store_archive(connection, watch, context)
    if archive is not None:
        tiers[archive] = Tier.NORMAL
    known = notes.read(connection, _note(watch.id))
    if known is None:
        _read_stored(connection, watch, tiers, context, reader=watch.id)
    else:
        if archive is not None:
            _read_stored(connection, watch, {archive: Tier.NORMAL}, context, reader=watch.id)
        for fact in watch.facts:
            if fact not in known:
                # Such a fact is a reader of its own: the watch has read these items without it.
                _read_stored(connection, watch, tiers, context, reader=f"{watch.id}/{fact}", only=(fact,))
    if known is None or set(known) != set(watch.facts):
        notes.write(connection, _note(watch.id), list(watch.facts))


def forget_gone(connection: Connection, watches: Collection[str]) -> None:
    """Forget of watches whose rule is gone that they have caught up; if they return, they do it again.

    For a writing transaction.
    """
    known = notes.read(connection, _WATCHES) or []
    for gone in set(known) - set(watches):
        notes.erase(connection, _note(gone))
    if set(known) != set(watches):
        notes.write(connection, _WATCHES, sorted(watches))


def _note(watch_id: str) -> str:
    return f"caught-up/{watch_id}"


def _store_archive(connection: Connection, watch: Watch, context: Context) -> int | None:
    """Store the items of a watch's archive, once for ever; the id of their feed when this was the time."""
    note = f"archive/{watch.id}"
    if not watch.archive or notes.read(connection, note):
        return None
    # Kept by the watch, not by the path: an installation that moves has not got another history.
    archive = feeds.register_archive(connection, f"archive:{watch.id}", now=context.now())
    known = read_archive(Path(watch.archive))
    items.store(connection, archive, map(_sighting, known), now=context.now())
    notes.write(connection, note, watch.archive)
    context.log.info("archive read", watch=watch.id, items=len(known))
    return archive


def _sighting(item: Item) -> Sighting:
    return Sighting(
        identity=item.id,
        title=item.title,
        body=item.body,
        url=item.url,
        publisher=item.publisher,
        published=item.published,
        language=item.language,
    )


def _read_stored(
    connection: Connection,
    watch: Watch,
    tiers: Mapping[int, Tier],
    context: Context,
    *,
    reader: str,
    only: Collection[str] | None = None,
) -> None:
    """Read what a reader has not read, in the order in which it was published.

    Args:
        tiers: Of the feeds whose items are read, by their ids.
        reader: Under which name it counts as read.
        only: Facts that it may move; None for all.
    """
    route = context.rules.current.reader.router.route
    unread = _list_unread(connection, watch, reader, tiers)
    wanted = [version for version in unread if is_in_time(version, watch.since) and watch.id in route(version.item)]
    for version in sorted(wanted, key=lambda version: (version.item.published, version.id)):
        tier = tiers[version.feed_id]
        assess_for(connection, version, context, watch=watch, tier=tier, is_silent=True, only=only)


def _list_unread(connection: Connection, watch: Watch, reader: str, feed_ids: Collection[int]) -> Iterator[Version]:
    last = 0
    while batch := readings.list_unread(connection, reader, after=last, feed_ids=feed_ids, since=start_of(watch.since)):
        yield from batch
        last = batch[-1].id

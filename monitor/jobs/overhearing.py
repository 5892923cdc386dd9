"""Overhearing: whether the feeds of a watch ever name its subject."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from monitor.core.reading.routing import Router
from monitor.core.watches import Watch
from monitor.store import feeds, items
from monitor.store.engine import Connection

ENOUGH = 50
"""Items, of which at least one should name what they are read for."""

_MOST = 500
_EVER = datetime(1995, 1, 1, tzinfo=UTC)


def subjects_unheard(connection: Connection, watches: Iterable[Watch]) -> list[tuple[Watch, int]]:
    """The watches whose subject none of the newest items of their feeds names, and how many items that were.

    Watches whose feeds have brought fewer than ``ENOUGH`` are left out: nothing can be said of them yet. For any transaction.
    """
    known = feeds.list_ids(connection)
    return [(watch, count) for watch in watches if (count := _count_of_strangers(connection, watch, known)) >= ENOUGH]


def _count_of_strangers(connection: Connection, watch: Watch, known: Mapping[tuple[str, str | None], int]) -> int:
    """How many items were looked at in vain; 0 where one of them names the subject."""
    ids = [known[place] for feed in watch.feeds if (place := (feed.url, feed.select)) in known]
    if not ids:
        return 0
    router = Router((watch,))
    newest = items.list_published(connection, ids, since=_EVER, limit=_MOST)
    return 0 if any(router.route(version.item) for version in newest) else len(newest)

"""Running once: every feed polled now, with all that follows from it, and then an end; what cron can do."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Collection

from monitor.jobs.articles import complete_item, lease_articles
from monitor.jobs.context import Context, Network
from monitor.jobs.digesting import send_digest
from monitor.jobs.polling import Polled, lease_feeds, poll_feed
from monitor.jobs.releasing import release_held
from monitor.store import feeds
from monitor.store.feeds import Feed

_AT_ONCE = 64


def find_feeds(context: Context, url: str | None = None) -> tuple[Feed, ...]:
    """The live feeds of the rules, or those of one address."""
    with context.store.reading() as connection:
        return tuple(feed for feed in feeds.list_all(connection) if url in (None, feed.url, feed.current_url))


async def poll_once(context: Context, network: Network, chosen: Collection[Feed]) -> AsyncIterator[Polled]:
    """Poll feeds now, whatever their rhythm says; each answer comes as it is ready.

    A feed that somebody else is polling at this moment is left to him. Articles that items ask for are fetched, and what is to
    be told lies in the outbox afterwards.
    """
    wanted = {feed.id for feed in chosen}
    await context.aside(_make_due, context, wanted)
    while leased := await context.aside(lease_feeds, context, limit=_AT_ONCE, only=wanted):
        visits = [asyncio.create_task(poll_feed(context, network, feed)) for feed in leased]
        for visit in asyncio.as_completed(visits):
            yield await visit
    while articles := await context.aside(lease_articles, context, limit=_AT_ONCE):
        await asyncio.gather(*(complete_item(context, network, article) for article in articles))
    await context.aside(send_digest, context, is_quiet=True)
    await context.aside(release_held, context)


def _make_due(context: Context, feed_ids: Collection[int]) -> None:
    with context.store.transaction() as connection:
        feeds.make_due(connection, now=context.now(), feed_ids=feed_ids)

"""Hearing again: what was judged by our own reading alone is judged anew once the second reader has answered."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta

from monitor.config.second_readers import second_reader_of
from monitor.core.watches import FeedSource
from monitor.jobs.assessing import ASK_AGAIN, assess_for, is_old_news
from monitor.jobs.consulting import Wanted, consult, heard_of, may_consult
from monitor.jobs.context import Context, Network
from monitor.store import feeds, items, unheard
from monitor.store.engine import Connection
from monitor.store.unheard import Unheard

LEASE = timedelta(minutes=15)
"""Longer than any question takes with all its tries."""

MOST_TRIES = 6
"""With pauses that double, about five hours; what is older is no news."""


def lease_unheard(context: Context, *, limit: int) -> tuple[Unheard, ...]:
    """Take what is due to be asked about again; a look without a write where nothing waits."""
    with context.store.reading() as connection:
        if limit < 1 or not unheard.count(connection):
            return ()
    with context.store.transaction() as connection:
        return unheard.lease_due(connection, now=context.now(), lease=LEASE, limit=limit)


async def hear_again(context: Context, network: Network, one: Unheard) -> None:
    """Ask about a leased version once more, and judge it anew if there is an answer."""
    watch = context.rules.current.watches.get(one.watch)
    if watch is not None and may_consult(context):
        await consult(context, network, [Wanted(item=one.version.item, watch=watch)])
    await context.aside(_take_in, context, one)


def _take_in(context: Context, one: Unheard) -> None:
    context.rules.current.make_ready()
    with context.store.transaction() as connection:
        source = _listener(connection, context, one)
        if source is None:
            unheard.forget(connection, one.version.id, one.watch)
            return
        watch = context.rules.current.watches[one.watch]
        second = second_reader_of(watch, context.settings)
        heard = heard_of(connection, one.version.item, watch, second) if second else None
        if heard is None or heard.is_final:
            unheard.forget(connection, one.version.id, one.watch)
            if heard is not None and heard.hearing is not None:
                assess_for(connection, one.version, context, watch=watch, tier=source.tier, is_silent=False, is_again=True)
        elif one.attempts >= MOST_TRIES:
            unheard.forget(connection, one.version.id, one.watch)
            context.log.warning("the second reader was never heard", item=one.version.item.id, watch=one.watch)
        else:
            again = context.now() + ASK_AGAIN * 2**one.attempts
            unheard.put_off(connection, one.version.id, one.watch, why=heard.why, next_attempt=again)


def _listener(connection: Connection, context: Context, one: Unheard) -> FeedSource | None:
    """What the rule says of the feed that the version came by; None where that is over, or a newer version has been judged."""
    feed, latest = feeds.find(connection, one.version.feed_id), items.load_version(connection, one.version.item.id)
    if feed is None or latest is None or latest.id != one.version.id or is_old_news(one.version, feed):
        return None
    audience = context.rules.current.audiences.get((feed.url, feed.select))
    listening: Mapping[str, FeedSource] = audience.by_watch if audience else {}
    return listening.get(one.watch)

"""Polling: due feeds are visited, and what one brings is stored, judged and told in one transaction."""

from __future__ import annotations

import base64
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from monitor.core.changes import Change
from monitor.core.telling.notices import feed_ended
from monitor.core.telling.routing import route
from monitor.core.watches import FeedSource
from monitor.errors import FeedGone, FeedTrouble
from monitor.feeds.links import shown
from monitor.feeds.visiting import Visit, visit
from monitor.jobs.articles import want_article
from monitor.jobs.assessing import assess_version, is_old, is_old_news
from monitor.jobs.consulting import Wanted, consult, may_consult, wanted_of
from monitor.jobs.context import Context, Network
from monitor.jobs.holding_back import Told, within_bounds
from monitor.jobs.pacing import due_after_failure, due_after_success, hints_of, memory_of, validators_of
from monitor.jobs.ruling import Audience
from monitor.jobs.sighting import item_of, sight
from monitor.jobs.telling import enqueue_for_all
from monitor.store import feeds, items, leases
from monitor.store.engine import Connection
from monitor.store.feeds import Feed, host_of
from monitor.store.sightings import Sighting, find_known
from monitor.store.texts import storable
from monitor.store.versions import Version, text_hash

LEASE = timedelta(minutes=5)
"""Longer than any visit; a feed whose holder died is taken by another then."""

_LOST = 3  # failures in a row


@dataclass(frozen=True, slots=True, kw_only=True)
class Polled:
    """How one poll went.

    Attributes:
        news: Items that are new or were edited.
        heard: How many of them name a subject of those who listen.
        trouble: Why it failed, in one line that names the feed; empty where it did not.
    """

    feed: Feed
    news: int = 0
    heard: int = 0
    trouble: str = ""


def lease_feeds(context: Context, *, limit: int, only: Collection[int] | None = None) -> tuple[Feed, ...]:
    """Take feeds that are due, or those among some, the longest overdue first; a look without a write where none is."""
    now = context.now()
    with context.store.reading() as connection:
        soonest = feeds.next_due_at(connection)
    if limit < 1 or soonest is None or soonest > now:
        return ()
    with context.store.transaction() as connection:
        return feeds.lease_due(connection, now=now, lease=LEASE, limit=limit, owner=leases.holder(), feed_ids=only)


async def poll_feed(context: Context, network: Network, feed: Feed) -> Polled:
    """Visit a leased feed and take in what it says; no transaction is open while the network is used."""
    audience = _audience(context, feed)
    if audience is None:
        return Polled(feed=feed, trouble=f"{shown(feed.url)}: no rule names it any more")
    source = replace(audience.source, url=_address(feed))
    try:
        with context.meters.fetching.time():
            found = await visit(
                source,
                fetcher=network.fetcher,
                workers=network.workers,
                memory=memory_of(feed, now=context.now()) if source.url == feed.current_url else None,
                authorization=_authorization(context, source),
            )
    except FeedGone as end:
        return await context.aside(_take_end, context, feed, end)
    except FeedTrouble as trouble:
        return await context.aside(_take_trouble, context, feed, source, trouble)
    if found.feed is not None and may_consult(context):
        await consult(context, network, await context.aside(_unread, context, feed, found, audience))
    return await context.aside(_take_in, context, feed, found)


def _unread(context: Context, feed: Feed, found: Visit, audience: Audience) -> tuple[Wanted, ...]:
    """What a visit brought that was never judged in these words, for the watches that have a second reader."""
    context.rules.current.make_ready()
    sightings = _sightings(found, audience, now=context.now())
    with context.store.reading() as connection:
        known = find_known(connection, feed.id, [one.identity for one in sightings])
    return tuple(
        wanted
        for one in sightings
        if text_hash(one.title, one.body) not in known.get(storable(one.identity), ())
        for wanted in wanted_of(context, item_of(one), audience.by_watch, is_old=is_old(one.published, feed))
    )


# --- taking in --------------------------------------------------------------------------------------


def _take_in(context: Context, feed: Feed, found: Visit) -> Polled:
    """Store, judge and tell what a visit brought, and settle the feed: one transaction, all or nothing."""
    audience = _audience(context, feed)
    if audience is None:
        return Polled(feed=feed, trouble=f"{shown(feed.url)}: no rule names it any more")
    if found.feed is not None and not found.feed.entries and _had_items(context, feed):
        # Taken for "nothing new", a blank page would pass for health, and its validators would make it last.
        return _take_trouble(context, feed, audience.source, FeedTrouble("the feed is empty, although it had items before"))
    if found.feed is not None:
        context.rules.current.make_ready()
    now = context.now()
    with context.store.transaction() as connection:
        news = _store(connection, feed, found, audience, now=now)
        heard = within_bounds(connection, context, lambda: _assess(connection, news, feed, audience, context))
        _settle(connection, feed, found, audience.source, context, now=now)
    context.meters.polls.labels("news" if news else "unchanged").inc()
    context.meters.items.inc(len(news))
    if feed.failures:
        context.log.info("feed can be read again", feed=shown(feed.url), after_failures=feed.failures)
    context.log.debug("feed read", feed=shown(feed.url), unchanged=found.feed is None, news=len(news), heard=heard)
    return Polled(feed=feed, news=len(news), heard=heard)


def _had_items(context: Context, feed: Feed) -> bool:
    with context.store.reading() as connection:
        return bool(items.list_newest(connection, feed_id=feed.id, limit=1))


def _store(connection: Connection, feed: Feed, found: Visit, audience: Audience, *, now: datetime) -> tuple[Version, ...]:
    """What is new, in the order of time, for so facts move; of one moment, the last in the document first: feeds begin with the
    newest."""
    stored = items.store(connection, feed.id, _sightings(found, audience, now=now), now=now)
    return tuple(sorted(stored, key=lambda version: (version.item.published, -version.id)))


def _sightings(found: Visit, audience: Audience, *, now: datetime) -> tuple[Sighting, ...]:
    document, source = found.feed, audience.source
    return tuple(sight(entry, document, source, now=now) for entry in document.entries) if document else ()


def _assess(
    connection: Connection, news: Iterable[Version], feed: Feed, audience: Audience, context: Context
) -> tuple[int, Told]:
    """How many of the items name a subject of those who listen, and what is told of each watch."""
    heard, told = 0, dict[str, list[Change]]()
    for version in news:
        is_old = is_old_news(version, feed)
        by_watch = assess_version(connection, version, context, audience=audience.by_watch, is_silent=is_old)
        if by_watch and audience.source.select is None:
            want_article(connection, version.item, now=context.now())
        for watch, changes in by_watch.items():
            told.setdefault(watch, []).extend(changes)
        heard += bool(by_watch)
    return heard, told


def _settle(connection: Connection, feed: Feed, found: Visit, source: FeedSource, context: Context, *, now: datetime) -> None:
    document, answer = found.feed, found.answer
    hints = hints_of(document, answer) if document else feed.hints
    feeds.settle_success(
        connection,
        feed.id,
        now=now,
        next_due=due_after_success(source, hints, max_age=answer.max_age, now=now, jitter=context.jitter()),
        validators=validators_of(found, now=now),
        title=document.title if document else None,
        current_url=answer.moved_to or _address(feed),
        hints=hints,
    )


# --- failing ----------------------------------------------------------------------------------------


def _take_trouble(context: Context, feed: Feed, source: FeedSource, trouble: FeedTrouble) -> Polled:
    """Note in the feed's health why it could not be read, and when it is asked again."""
    now = context.now()
    due = due_after_failure(source, feed, trouble, now=now, jitter=context.jitter())
    with context.store.transaction() as connection:
        feeds.settle_failure(connection, feed.id, now=now, next_due=due, error=str(trouble))
        if trouble.retry_after:
            until = now + timedelta(seconds=trouble.retry_after)
            feeds.silence_host(connection, trouble.host or host_of(feed.current_url), until=until)
    context.meters.polls.labels("failed").inc()
    why = _naming(feed, trouble)
    context.log.warning("feed not read", why=why, again=f"{due:%Y-%m-%d %H:%M:%S}Z")
    return Polled(feed=feed, trouble=why)


def _take_end(context: Context, feed: Feed, end: FeedGone) -> Polled:
    """The publisher has ended the feed: it is told once, and the feed is not asked again."""
    audience = _audience(context, feed)
    listening: Mapping[str, FeedSource] = audience.by_watch if audience else {}
    with context.store.transaction() as connection:
        feeds.settle_end(connection, feed.id, now=context.now(), error=str(end))
        message = feed_ended(shown(feed.url), sorted(listening), context.stationery)
        everybody = route((), context.courier.destinations).destinations
        enqueue_for_all(connection, message, everybody, order_key="notices", context=context)
    context.meters.polls.labels("ended").inc()
    context.log.warning("feed has ended", why=_naming(feed, end))
    return Polled(feed=feed, trouble=_naming(feed, end))


def _naming(feed: Feed, trouble: FeedTrouble) -> str:
    """The trouble in one line that names the feed."""
    address, why = shown(feed.url), str(trouble)
    return why if address in why else f"{address}: {why}"


# --- asking -----------------------------------------------------------------------------------------


def _address(feed: Feed) -> str:
    """Where to ask: one that moved and then kept failing is looked for at its old place too, every other time."""
    is_lost = feed.failures >= _LOST and feed.failures % 2
    return feed.url if is_lost else feed.current_url


def _audience(context: Context, feed: Feed) -> Audience | None:
    return context.rules.current.audiences.get((feed.url, feed.select))


def _authorization(context: Context, source: FeedSource) -> str:
    """The header for credentials that are written USER:PASSWORD."""
    secret = context.settings.credentials(source.auth) if source.auth else None
    return f"Basic {base64.b64encode(secret.get_secret_value().encode()).decode()}" if secret else ""

"""The text of articles that a feed only announces: wanted for items that name a subject, fetched politely and once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from monitor.core.items import Item
from monitor.core.watches import FeedSource
from monitor.errors import AddressRefused, FeedGone, FeedTrouble
from monitor.feeds.articles import Article, fetch_article
from monitor.feeds.links import shown
from monitor.feeds.troubles import BadStatus
from monitor.jobs.assessing import assess_version, is_old_news
from monitor.jobs.consulting import Wanted, consult, may_consult, wanted_of
from monitor.jobs.context import Context, Network
from monitor.store import articles, feeds, items, leases
from monitor.store.articles import ArticleState, WantedArticle
from monitor.store.engine import Connection
from monitor.store.feeds import host_of
from monitor.store.versions import Version

LEASE = timedelta(minutes=5)
WHOLE = 1_000
"""Characters from which a feed's text is taken for the article itself."""
NEWEST = timedelta(days=14)
"""What is older is history: not worth the publisher's trouble."""

_TRIES = 3
_FIRST_WAIT = timedelta(minutes=30)
_FOR_GOOD = range(400, 500)
_FOR_NOW = frozenset({408, 425, 429})


def want_article(connection: Connection, item: Item, *, now: datetime) -> None:
    """Ask for an item's article where the feed gives only the beginning of it; for the transaction that stores the item."""
    if item.url and len(item.body) < WHOLE and now - item.published <= NEWEST:
        articles.want(connection, item.id, item.url, now=now)


def lease_articles(context: Context, *, limit: int) -> tuple[WantedArticle, ...]:
    """Take articles that are due."""
    with context.store.reading() as connection:
        is_any = articles.count(connection).get(ArticleState.PENDING, 0) > 0
    if not is_any or limit < 1:
        return ()
    with context.store.transaction() as connection:
        return articles.lease_due(connection, now=context.now(), lease=LEASE, limit=limit, owner=leases.holder())


async def complete_item(context: Context, network: Network, wanted: WantedArticle) -> None:
    """Fetch a leased article and take its text in; no transaction is open while the network is used."""
    try:
        article = await fetch_article(wanted.url, fetcher=network.fetcher, robots=network.robots, workers=network.workers)
    except FeedTrouble as trouble:
        await context.aside(_take_trouble, context, wanted, trouble)
        return
    if may_consult(context):
        await consult(context, network, await context.aside(_unread, context, wanted, article))
    await context.aside(_take_in, context, wanted, article)


def _unread(context: Context, wanted: WantedArticle, article: Article) -> tuple[Wanted, ...]:
    """The item with its whole text, for the watches that have a second reader."""
    context.rules.current.make_ready()
    with context.store.reading() as connection:
        summary = items.load_version(connection, wanted.item_id)
        feed = feeds.find(connection, summary.feed_id) if summary else None
    audience = context.rules.current.audiences.get((feed.url, feed.select)) if feed else None
    if summary is None or feed is None or audience is None:
        return ()
    whole = replace(summary.item, body=joined(summary.item.body, article.text))
    return tuple(wanted_of(context, whole, audience.by_watch, is_old=is_old_news(summary, feed)))


def _take_in(context: Context, wanted: WantedArticle, article: Article) -> None:
    """Store the text as a further version of its item, judge it and settle the article, in one transaction."""
    context.rules.current.make_ready()
    with context.store.transaction() as connection:
        summary = items.load(connection, wanted.item_id)
        version = None
        if summary is not None:
            body = joined(summary.body, article.text)
            version = items.store_article(connection, wanted.item_id, title=summary.title, body=body, now=context.now())
        if version is not None:
            _assess(connection, version, context)
        articles.settle(connection, wanted.item_id, ArticleState.FETCHED)
    context.log.debug("article read", article=shown(wanted.url), characters=len(article.text))


def joined(summary: str, text: str) -> str:
    """The article's text with the feed's before it, unless it holds that already.

    A summary is often written apart from its article; what it says must not count as taken back.
    """
    is_held = " ".join(summary.split()) in " ".join(text.split())
    return text if is_held else f"{summary}\n{text}"


def _assess(connection: Connection, version: Version, context: Context) -> None:
    feed = feeds.find(connection, version.feed_id)
    if feed is None:
        return
    audience = context.rules.current.audiences.get((feed.url, feed.select))
    listening: Mapping[str, FeedSource] = audience.by_watch if audience else {}
    assess_version(connection, version, context, audience=listening, is_silent=is_old_news(version, feed))


def _take_trouble(context: Context, wanted: WantedArticle, trouble: FeedTrouble) -> None:
    now = context.now()
    is_last = _is_for_good(trouble) or wanted.attempts + 1 >= _TRIES
    asked = timedelta(seconds=trouble.retry_after or 0)
    again = None if is_last else now + max(_FIRST_WAIT * 2**wanted.attempts, asked)
    with context.store.transaction() as connection:
        state = ArticleState.REFUSED if is_last else ArticleState.PENDING
        articles.settle(connection, wanted.item_id, state, next_due=again, detail=str(trouble))
        if trouble.retry_after:
            feeds.silence_host(connection, trouble.host or host_of(wanted.url), until=now + asked)
    context.log.info("article not read", why=str(trouble), article=shown(wanted.url))


def _is_for_good(trouble: FeedTrouble) -> bool:
    if isinstance(trouble, BadStatus):
        return trouble.status in _FOR_GOOD and trouble.status not in _FOR_NOW
    return isinstance(trouble, AddressRefused | FeedGone)

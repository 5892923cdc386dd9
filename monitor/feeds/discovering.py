"""Which feeds a site has: those that its page names, and those that lie where feeds commonly lie."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from urllib.parse import urljoin

from monitor.core.watches import FeedSource
from monitor.errors import FeedTrouble
from monitor.feeds.entries import ParsedFeed
from monitor.feeds.fetching import FOR_PAGES, Fetcher, FetchRequest
from monitor.feeds.links import shown
from monitor.feeds.pages import feeds_of_page, looks_like_page
from monitor.feeds.visiting import Visit, visit
from monitor.feeds.workers import Workers

COMMON_PLACES = ("feed/", "feed", "rss", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json", "feeds/all.xml")
_MOST_NAMED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Discovery:
    """A feed that can be read.

    Attributes:
        url: Its address, after redirects.
        is_named: The page names it, or is it; else it was found by trying.
    """

    url: str
    feed: ParsedFeed
    is_named: bool


async def discover_feeds(url: str, *, fetcher: Fetcher, workers: Workers) -> tuple[Discovery, ...]:
    """Find the feeds of a page, the named ones first; each document once, under whichever addresses it lies.

    Raises:
        FeedTrouble: The page cannot be read, or there is no feed.
    """
    named = await _named_feeds(url, fetcher, workers)
    guesses = [urljoin(base, place) for base in (_folder(url), urljoin(url, "/")) for place in COMMON_PLACES]
    candidates = tuple(dict.fromkeys([*named, *guesses]))
    visits = await asyncio.gather(*(_try(candidate, fetcher, workers) for candidate in candidates))
    found: dict[str, Discovery] = {}
    for candidate, visited in zip(candidates, visits, strict=True):
        if visited is not None and visited.feed is not None:
            discovery = Discovery(url=visited.answer.url, feed=visited.feed, is_named=candidate in named)
            found.setdefault(visited.memory.digest, discovery)
    if not found:
        raise FeedTrouble(f"{shown(url)} names no feed that can be read, and none lies where feeds commonly lie")
    return tuple(found.values())


async def _named_feeds(url: str, fetcher: Fetcher, workers: Workers) -> tuple[str, ...]:
    """What a page names; the address itself where it is no page, since it may be a feed then."""
    answer = await fetcher.fetch(FetchRequest(url=url, accept=FOR_PAGES))
    if not looks_like_page(answer.body):
        return (url,)
    return (await workers.run(feeds_of_page, answer.body, answer.url))[:_MOST_NAMED]


async def _try(url: str, fetcher: Fetcher, workers: Workers) -> Visit | None:
    try:
        return await visit(FeedSource(url=url), fetcher=fetcher, workers=workers)
    except FeedTrouble:
        return None


def _folder(url: str) -> str:
    """The place below which a page's own feeds lie: https://news.example/cars for that and for https://news.example/cars/."""
    return url.partition("#")[0].partition("?")[0].rstrip("/") + "/"

"""One visit to a feed or a watched page: fetched, and parsed unless nothing changed."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.watches import FeedSource
from monitor.feeds.answers import read_charset
from monitor.feeds.entries import ParsedFeed
from monitor.feeds.fetching import FOR_FEEDS, FOR_PAGES, Fetcher, FetchRequest, FetchResult
from monitor.feeds.identity import digest_of_body
from monitor.feeds.pages import select_items
from monitor.feeds.parsing import parse_feed
from monitor.feeds.workers import Workers


@dataclass(frozen=True, slots=True, kw_only=True)
class Memory:
    """What an earlier visit left behind, to be sent or compared at the next; store it together with the items that it stands for.

    Attributes:
        digest: Of the body.
    """

    etag: str = ""
    last_modified: str = ""
    digest: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """What a visit brought.

    Attributes:
        feed: None where nothing changed: the host said so, or the body is the one of the last visit.
        memory: For the next visit.
    """

    answer: FetchResult
    memory: Memory
    feed: ParsedFeed | None


async def visit(
    source: FeedSource, *, fetcher: Fetcher, workers: Workers, memory: Memory | None = None, authorization: str = ""
) -> Visit:
    """Read a source.

    Args:
        memory: Of the last visit; None asks for everything, whether it changed or not.
        authorization: Value of the Authorization header.

    Raises:
        FeedTrouble: It cannot be read now, or what came is no feed.
        FeedGone: The host answered 410.
        AddressRefused: It, or where it redirects, is no address that we open.
    """
    known = memory or Memory()
    answer = await fetcher.fetch(
        FetchRequest(
            url=source.url,
            etag=known.etag,
            last_modified=known.last_modified,
            authorization=authorization,
            accept=FOR_PAGES if source.select else FOR_FEEDS,
        )
    )
    if answer.unchanged:
        return Visit(answer=answer, memory=known, feed=None)
    latest = Memory(etag=answer.etag, last_modified=answer.last_modified, digest=digest_of_body(answer.body))
    if latest.digest == known.digest:
        return Visit(answer=answer, memory=latest, feed=None)
    return Visit(answer=answer, memory=latest, feed=await _parse(source, answer, workers))


async def _parse(source: FeedSource, answer: FetchResult, workers: Workers) -> ParsedFeed:
    if source.select is None:
        return await workers.run(parse_feed, answer.body, url=answer.url, content_type=answer.content_type)
    encoding = read_charset(answer.content_type)
    return await workers.run(select_items, answer.body, selector=source.select, url=answer.url, encoding=encoding)

"""What feeds say now, with nothing stored: for trying addresses before they go into a rule."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from dataclasses import dataclass

from monitor.core.watches import FeedSource
from monitor.errors import FeedTrouble
from monitor.feeds.entries import ParsedFeed
from monitor.feeds.fetching import Fetcher
from monitor.feeds.visiting import visit
from monitor.feeds.workers import Workers

_AT_ONCE = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The answer for one address: what it holds, or why it could not be read."""

    url: str
    feed: ParsedFeed | None
    error: str = ""


async def preview_feeds(urls: Iterable[str], *, fetcher: Fetcher, workers: Workers) -> AsyncIterator[Preview]:
    """Read all addresses, some dozens at once, and give each answer as it comes in; none is left out."""
    waiting: set[asyncio.Task[Preview]] = set()
    remaining = iter(urls)
    try:
        while True:
            while len(waiting) < _AT_ONCE and (url := next(remaining, None)) is not None:
                waiting.add(asyncio.create_task(_preview(url, fetcher, workers)))
            if not waiting:
                return
            done, waiting = await asyncio.wait(waiting, return_when=asyncio.FIRST_COMPLETED)
            for task in done:
                yield task.result()
    finally:
        for task in waiting:
            task.cancel()
        await asyncio.gather(*waiting, return_exceptions=True)


async def _preview(url: str, fetcher: Fetcher, workers: Workers) -> Preview:
    try:
        found = await visit(FeedSource(url=url), fetcher=fetcher, workers=workers)
    except FeedTrouble as trouble:
        return Preview(url=url, feed=None, error=str(trouble))
    return Preview(url=url, feed=found.feed)

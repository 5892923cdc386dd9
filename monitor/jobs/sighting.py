"""From an entry as a feed states it to an item as we store it: who is behind it, and when it was published."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import lru_cache
from typing import TYPE_CHECKING

from monitor.core.items import Item
from monitor.core.watches import FeedSource
from monitor.feeds.entries import ParsedEntry, ParsedFeed
from monitor.store.feeds import host_of
from monitor.store.sightings import Sighting

if TYPE_CHECKING:
    from tldextract import TLDExtract

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC)
"""What claims to be older than the web's newspapers has no date, but a publisher's slip."""


def sight(entry: ParsedEntry, feed: ParsedFeed, source: FeedSource, *, now: datetime) -> Sighting:
    """The item that an entry is, seen now."""
    stated = entry.published or entry.updated
    return Sighting(
        identity=entry.id,
        title=entry.title,
        body=entry.text,
        url=entry.url,
        publisher=source.label or publisher_of(entry.url, source.url),
        published=bounded(stated, now=now),
        is_dated=bounded(stated, now=now) == stated,
        language=entry.language or feed.language,
    )


def item_of(sighting: Sighting) -> Item:
    """The item as it will be read once it is stored; its id is given then."""
    return Item(
        id="",
        title=sighting.title,
        body=sighting.body,
        url=sighting.url,
        publisher=sighting.publisher,
        published=sighting.published,
        language=sighting.language,
    )


def bounded(stated: datetime | None, *, now: datetime) -> datetime:
    """The publisher's date, or now where it states none, one that lies ahead or one that cannot be."""
    return now if stated is None or not EARLIEST <= stated <= now else stated


def publisher_of(*urls: str) -> str:
    """Who is behind the first address that names anybody: its registrable domain (``bbc.co.uk``), else its host."""
    for url in urls:
        if host := host_of(url):
            return _suffixes()(host).top_domain_under_public_suffix or host
    return ""


@lru_cache(maxsize=1)
def _suffixes() -> TLDExtract:
    """The public suffix list of the package: nothing is fetched, nothing is cached on disk."""
    from tldextract import TLDExtract

    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)

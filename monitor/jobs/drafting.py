"""Drafting: a document is read, and what a watch of its subject could begin with is proposed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from monitor.config.lexicons import load_library
from monitor.config.outlines import load_outlines
from monitor.config.writing import Origin
from monitor.core.items import Item
from monitor.core.proposing.merging import Proposals
from monitor.core.proposing.proposing import propose
from monitor.core.watches import Subject
from monitor.feeds.articles import Article
from monitor.feeds.documents import fetch_document, is_address, load_document, read_document
from monitor.jobs.context import Network
from monitor.jobs.sighting import publisher_of

_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Drafted:
    """What came of a document.

    Attributes:
        is_dated: The day is the document's own or was given; else it is the day of reading.
    """

    origin: Origin
    proposals: Proposals
    is_dated: bool


async def draft(source: str, subject: Subject, *, network: Network, published: date | None, today: date) -> Drafted:
    """Read a document and propose facts.

    Args:
        source: A file or an address of the web.
        published: When it appeared; None for what the document states itself.

    Raises:
        FeedTrouble: It cannot be read.
        UserFault: There is no such file.
    """
    article = await _read(source, network)
    stated = published or (article.published.date() if article.published else None)
    day = stated or today
    origin = Origin(
        title=article.title or (source if is_address(source) else Path(source).name),
        as_of=day,
        publisher=publisher_of(source) if is_address(source) else "",
        url=source if is_address(source) else "",
    )
    item = Item(
        id=source,
        title=article.title,
        body=article.text,
        url=origin.url,
        publisher=origin.publisher,
        published=datetime.combine(day, _NOON),
        language=article.language,
    )
    return Drafted(origin=origin, proposals=propose(item, subject, load_library(), load_outlines()), is_dated=stated is not None)


async def _read(source: str, network: Network) -> Article:
    if is_address(source):
        return await fetch_document(source, fetcher=network.fetcher, robots=network.robots, workers=network.workers)
    return await read_document(load_document(Path(source)), workers=network.workers)

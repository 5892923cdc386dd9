"""What a parsed document says, whatever its format: the feed, its entries, and its wishes about when to come again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice

_MOST_ENTRIES = 5_000
_LONGEST_TITLE = 1_000
_LONGEST_TEXT = 200_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedEntry:
    """One entry, cleaned to plain text.

    Attributes:
        id: Its identity within the feed, the same each time that the entry is seen: guid, else link, else a hash.
        title: One line; where the publisher gave none, the first sentence of the text, or the link.
        url: Absolute; may be empty.
        text: The fullest text that the document has; paragraphs are parted by line breaks.
        published: Aware, as stated and not judged; None where nothing that can be read was stated.
        updated: Likewise, of the latest edit.
        language: ISO 639-1, or empty where nothing was stated.
    """

    id: str
    title: str
    url: str
    text: str
    published: datetime | None = None
    updated: datetime | None = None
    language: str = ""
    authors: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """When a feed wishes to be asked.

    Attributes:
        ttl: How long the document may be kept (RSS ``ttl``).
        skip_hours: Hours of the day in UTC in which nothing is published.
        skip_days: Days of the week, Monday being 0, in which nothing is published.
        update_period: How often the publisher says it publishes (``sy:updatePeriod`` by ``sy:updateFrequency``).
    """

    ttl: timedelta | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()
    update_period: timedelta | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """One document, read whole.

    Attributes:
        entries: In the document's order, no identity twice.
        site: The publisher's page, absolute; may be empty.
        hub: Where a WebSub subscription could be made; may be empty.
        self_url: What the feed says its own address is; may be empty.
    """

    title: str
    entries: tuple[ParsedEntry, ...]
    language: str = ""
    site: str = ""
    hub: str = ""
    self_url: str = ""
    hints: Hints = Hints()


def limit(entries: Iterable[ParsedEntry]) -> Iterator[ParsedEntry]:
    """The first entries of a document, each cut to what a reader could need; more than that is an archive or an attack."""
    for entry in islice(entries, _MOST_ENTRIES):
        if len(entry.title) > _LONGEST_TITLE or len(entry.text) > _LONGEST_TEXT:
            yield replace(entry, title=entry.title[:_LONGEST_TITLE], text=entry.text[:_LONGEST_TEXT])
        else:
            yield entry

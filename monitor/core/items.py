"""Items: what a feed or a page publishes, as the reader sees it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One version of one entry of a feed, cleaned to plain text.

    Attributes:
        id: Ours, stable over versions.
        title: Headline, one line, no markup.
        body: Summary or article text; paragraphs are parted by line breaks.
        url: Where a person can read it; may be empty.
        publisher: Who is behind it (registrable domain or a feed's label); two items of one publisher are one source.
        published: Aware; the publisher's date bounded by when we first saw it.
        language: ISO 639-1, or empty where unknown.
    """

    id: str
    title: str
    body: str
    url: str
    publisher: str
    published: datetime
    language: str = ""

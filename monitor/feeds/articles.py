"""The text of an article from its web page: asked for once, with the publisher's leave, and extracted in a worker."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime

from monitor.errors import FeedTrouble
from monitor.feeds.answers import read_charset
from monitor.feeds.dates import read_date
from monitor.feeds.fetching import FOR_PAGES, Fetcher, FetchRequest
from monitor.feeds.links import shown
from monitor.feeds.pages import one_line, tidy
from monitor.feeds.robots import Robots
from monitor.feeds.workers import Workers

_MOST_BYTES = 2_000_000
_LANGUAGE = re.compile(rb"<html\b[^>]{0,500}?\blang\s*=\s*[\"']?([a-z]{2})\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """What a person reads on an article's page.

    Attributes:
        title: One line; may be empty.
        text: Paragraphs, parted by line breaks; never empty.
        published: The day that the page states, as its midnight in UTC; None where it states none.
        language: ISO 639-1, as the page states it; may be empty.
    """

    title: str
    text: str
    published: datetime | None = None
    language: str = ""


async def fetch_article(url: str, *, fetcher: Fetcher, robots: Robots, workers: Workers) -> Article:
    """Get an article's text.

    Raises:
        FeedTrouble: The publisher's robots.txt forbids it, or there is no article to be had there.
    """
    if not await robots.allow(url):
        raise FeedTrouble(f"{shown(url)} may not be read: the publisher's robots.txt forbids it or cannot be read")
    answer = await fetcher.fetch(FetchRequest(url=url, accept=FOR_PAGES, max_bytes=_MOST_BYTES), permits=robots.allow)
    kind = answer.content_type.partition(";")[0].strip().lower()
    if kind and "html" not in kind and not kind.startswith("text/"):
        raise FeedTrouble(f"{shown(url)} is no web page but {kind}")
    return await workers.run(extract_article, answer.body, url=answer.url, content_type=answer.content_type)


def extract_article(body: bytes, *, url: str, content_type: str = "") -> Article:
    """Find the article in a page; slow on hostile input, so call it through ``Workers.run``.

    Raises:
        FeedTrouble: The page holds no article that can be told from its surroundings.
    """
    from trafilatura import bare_extraction

    found = bare_extraction(
        _decoded(body, content_type),
        url=url,
        include_comments=False,
        with_metadata=True,
        # The extensive search takes any year in the text for the date of the page.
        date_extraction_params={"extensive_search": False, "original_date": True},
        as_dict=True,
    )
    text = tidy(str(found.get("text") or "")) if isinstance(found, dict) else ""
    if not text or not isinstance(found, dict):
        raise FeedTrouble("the page holds no article")
    return Article(
        title=one_line(str(found.get("title") or "")),
        text=text,
        published=read_date(str(found.get("date") or "")),
        language=_language(body),
    )


def _decoded(body: bytes, content_type: str) -> str | bytes:
    """The page as text where the answer's head states a charset; otherwise its own statement decides."""
    charset = read_charset(content_type)
    return body.decode(charset, "replace") if charset else body


def _language(body: bytes) -> str:
    stated = _LANGUAGE.search(body[:5000])
    return stated[1].decode("ascii").lower() if stated else ""

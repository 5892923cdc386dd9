"""JSON Feed 1.1, read forgivingly: a field of the wrong type counts as absent, and only a document that is no feed is refused."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from monitor.errors import FeedTrouble
from monitor.feeds.dates import read_date
from monitor.feeds.entries import ParsedEntry, ParsedFeed, limit
from monitor.feeds.identity import identify, merge_duplicates
from monitor.feeds.links import absolute
from monitor.feeds.pages import headline, html_to_text, one_line, plain_to_text

_MOST_AUTHORS = 20
_LONGEST_NAME = 200


def looks_like_json(body: bytes) -> bool:
    """Whether a document begins as a JSON object does; no XML does."""
    return body[:200].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] == b"{"


def parse_json_feed(body: bytes, *, url: str) -> ParsedFeed:
    """Read a JSON Feed.

    Raises:
        FeedTrouble: The document is no JSON, or JSON of something else.
    """
    try:
        document = json.loads(body.decode("utf-8-sig", "replace"), strict=False)
    except (ValueError, RecursionError):
        raise FeedTrouble("the body begins like JSON but cannot be read as such") from None
    if not isinstance(document, dict) or not (
        isinstance(document.get("items"), list) or "jsonfeed.org" in _text(document, "version")
    ):
        raise FeedTrouble("the body is JSON, but no JSON Feed")
    site = absolute(url, _text(document, "home_page_url"))
    language = _text(document, "language")
    entries = (_entry(item, base=site or url, language=language) for item in _objects(document, "items"))
    return ParsedFeed(
        title=one_line(plain_to_text(_text(document, "title"))),
        entries=merge_duplicates(limit(entries)),
        language=_code(language),
        site=site,
        hub=next((_text(hub, "url") for hub in _objects(document, "hubs") if _text(hub, "type").lower() == "websub"), ""),
        self_url=_text(document, "feed_url"),
    )


def _entry(item: Mapping[str, Any], *, base: str, language: str) -> ParsedEntry:
    url = absolute(base, _text(item, "url")) or absolute(base, _text(item, "external_url"))
    text = html_to_text(_text(item, "content_html")) or plain_to_text(_text(item, "content_text") or _text(item, "summary"))
    title = one_line(plain_to_text(_text(item, "title")))
    return ParsedEntry(
        id=identify(_text(item, "id"), url, title, text),
        title=title or headline(plain_to_text(_text(item, "summary")) or text, url),
        url=url,
        text=text,
        published=read_date(_text(item, "date_published")),
        updated=read_date(_text(item, "date_modified")),
        language=_code(_text(item, "language") or language),
        authors=_authors(item),
    )


def _authors(item: Mapping[str, Any]) -> tuple[str, ...]:
    """Names by the present form (``authors``) or by that of version 1.0 (``author``), either as an object or a list of them."""
    found = [*_objects(item, "authors"), *_objects(item, "author")]
    names = (one_line(_text(author, "name"))[:_LONGEST_NAME] for author in found[:_MOST_AUTHORS])
    return tuple(dict.fromkeys(filter(None, names)))


def _objects(parent: Mapping[str, Any], key: str) -> Iterator[Mapping[str, Any]]:
    value = parent.get(key)
    for one in value if isinstance(value, list) else [value]:
        if isinstance(one, dict):
            yield one


def _text(parent: Mapping[str, Any], key: str) -> str:
    """A text field; numbers are taken too, since many feeds have numbers for ids, and halves of characters are dropped."""
    value = parent.get(key)
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    return str(value).encode("utf-8", "ignore").decode("utf-8")


def _code(language: str) -> str:
    return language[:2].lower()

"""RSS, Atom and RDF through feedparser, which reads what others refuse; links, HTML and dates are read by us.

Its sanitising and resolving are off: they take more than half of its time, and we have no use for the HTML. It is never told of
a Content-Location, by which it would rewrite ids.
"""

from __future__ import annotations

import io
import re
from calendar import timegm
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import cache
from types import ModuleType
from typing import Any

from monitor.feeds.dates import read_date
from monitor.feeds.entries import Hints, ParsedEntry, ParsedFeed, limit
from monitor.feeds.identity import identify, merge_duplicates
from monitor.feeds.links import absolute
from monitor.feeds.pages import headline, html_to_text, one_line, plain_to_text

_LONGEST_AUTHOR = 200
_MOST_AUTHORS = 20
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_PERIODS = {
    "hourly": timedelta(hours=1),
    "daily": timedelta(days=1),
    "weekly": timedelta(weeks=1),
    "monthly": timedelta(days=30),
    "yearly": timedelta(days=365),
}
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_SKIPS = re.compile(rb"<skip(hours|days)\b[^>]*>(.{0,2000}?)</skip\1\s*>", re.IGNORECASE | re.DOTALL)
_REFERENCE = re.compile(rb"&#(x[0-9a-f]+|[0-9]+);?", re.IGNORECASE)
_SKIP = re.compile(rb"<(?:hour|day)\b[^>]*>\s*(\w{1,12})\s*<", re.IGNORECASE)


def parse_xml_feed(body: bytes, *, url: str, content_type: str = "") -> ParsedFeed | None:
    """Read a feed in XML, however malformed; None where the body shows no sign of one."""
    try:
        document = _parse(body, content_type)
    except (ValueError, OverflowError):
        # It stumbles over references to characters that do not exist; nobody misses those.
        document = _parse(_REFERENCE.sub(_existing, body), content_type)
    if not (document.version or document.entries):
        return None
    feed = document.feed
    self_url = _linked(feed, "self")
    site = absolute(self_url or url, _string(feed.get("link")))
    language = _code(feed.get("language"))
    entries = (_entry(entry, base=site or self_url or url, language=language) for entry in document.entries)
    return ParsedFeed(
        title=one_line(_text(feed, "title")),
        entries=merge_duplicates(limit(entries)),
        language=language,
        site=site,
        hub=_linked(feed, "hub"),
        self_url=self_url,
        hints=_hints(feed, body),
    )


def _parse(body: bytes, content_type: str) -> Any:
    # A charset in the head wins over the document's own by the standard, so feedparser must see it.
    return _feedparser().parse(
        io.BytesIO(body),
        response_headers={"content-type": content_type or "application/xml"},
        sanitize_html=False,
        resolve_relative_uris=False,
    )


def _existing(reference: re.Match[bytes]) -> bytes:
    digits = reference[1].lower().lstrip(b"0")
    if len(digits) > 8:
        return b""
    number = int(digits[1:], 16) if digits.startswith(b"x") else int(digits or b"0")
    return reference[0] if number < 0xD800 or 0xDFFF < number <= 0x10FFFF else b""


def _entry(entry: dict[str, Any], *, base: str, language: str) -> ParsedEntry:
    guid = _string(entry.get("id"))
    url = next(filter(None, (absolute(base, link) for link in _links(entry, guid))), "")
    title = one_line(_text(entry, "title"))
    text = _body(entry)
    published = _date(entry, "published")
    updated = _date(entry, "updated")
    return ParsedEntry(
        id=identify(guid, url, title, text),
        title=title or headline(text, url),
        url=url,
        text=text,
        published=published or updated or _date(entry, "created"),
        updated=updated,
        language=_code((entry.get("title_detail") or {}).get("language")) or language,
        authors=_authors(entry),
    )


def _links(entry: dict[str, Any], guid: str) -> Iterator[str]:
    """Where the entry may be read, best first; FeedBurner's own link is only a counter before the real one."""
    yield _string(entry.get("feedburner_origlink"))
    yield _string(entry.get("link"))
    for link in entry.get("links", ()):
        if link.get("rel") == "alternate":
            yield _string(link.get("href"))
    if guid.startswith(("http://", "https://")):
        yield guid


def _body(entry: dict[str, Any]) -> str:
    """The longest of the texts that an entry has: some publishers put the article into the summary, most into the content."""
    texts = [_clean(part.get("value"), part.get("type")) for part in entry.get("content", ())]
    return max([*texts, _text(entry, "summary")], key=len)


def _text(parent: dict[str, Any], key: str) -> str:
    return _clean(parent.get(key), (parent.get(f"{key}_detail") or {}).get("type"))


def _clean(value: Any, kind: Any) -> str:
    return html_to_text(_string(value)) if kind in _HTML_TYPES else plain_to_text(_string(value))


def _date(entry: dict[str, Any], key: str) -> datetime | None:
    """The stated moment; feedparser's reading is only asked for forms that ours does not know, and must hold the stated year."""
    # feedparser's own ``get`` would answer with another date where this one is absent.
    stated = _string(dict.get(entry, key))
    moment = read_date(stated)
    parsed = dict.get(entry, f"{key}_parsed")
    if moment is None and parsed and str(parsed[0]) in stated:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    return moment


def _authors(entry: dict[str, Any]) -> tuple[str, ...]:
    named = [_string(author.get("name")) for author in entry.get("authors", ())[:_MOST_AUTHORS]]
    names = (one_line(name)[:_LONGEST_AUTHOR] for name in named if name)
    return tuple(dict.fromkeys(names)) or tuple(filter(None, [_string(entry.get("author"))[:_LONGEST_AUTHOR]]))


def _linked(feed: dict[str, Any], relation: str) -> str:
    links = (_string(link.get("href")) for link in feed.get("links", ()) if link.get("rel") == relation)
    return next(filter(None, (absolute("", link) for link in links)), "")


def _hints(feed: dict[str, Any], body: bytes) -> Hints:
    skips = {kind.lower(): _SKIP.findall(inside) for kind, inside in _SKIPS.findall(body)}
    hours = {int(hour) % 24 for hour in skips.get(b"hours", ()) if hour.isdigit() and int(hour) <= 24}
    days = {_DAYS.index(name) for day in skips.get(b"days", ()) if (name := day.decode("utf-8", "replace").lower()) in _DAYS}
    ttl = _number(feed.get("ttl"))
    period = _PERIODS.get(_string(feed.get("sy_updateperiod")).strip().lower())
    return Hints(
        ttl=timedelta(minutes=ttl) if ttl else None,
        skip_hours=frozenset(hours) if len(hours) < 24 else frozenset(),
        skip_days=frozenset(days) if len(days) < 7 else frozenset(),
        update_period=period / (_number(feed.get("sy_updatefrequency")) or 1) if period else None,
    )


def _number(value: Any) -> int:
    """A whole number below a million, or 0."""
    text = _string(value).strip()
    return int(text) if re.fullmatch(r"[0-9]{1,6}", text) else 0


def _string(value: Any) -> str:
    """feedparser gives a mapping, not a text, for an element that has attributes and that it does not know."""
    return value if isinstance(value, str) else ""


def _code(language: Any) -> str:
    return _string(language)[:2].lower()


@cache
def _feedparser() -> ModuleType:
    """feedparser, with its authors cut: it looks for addresses in them by a pattern of quadratic time (32 KB take 4 s)."""
    import feedparser.api

    class ShortAuthors:
        def _sync_author_detail(self, key: str = "author") -> None:
            context = self._get_context()  # type: ignore[attr-defined]
            if isinstance(context.get(key), str):
                context[key] = context[key][:_LONGEST_AUTHOR]
            super()._sync_author_detail(key)  # type: ignore[misc]

    for name in ("StrictFeedParser", "LooseFeedParser"):
        setattr(feedparser.api, name, type(name, (ShortAuthors, getattr(feedparser.api, name)), {}))
    module: ModuleType = feedparser
    return module

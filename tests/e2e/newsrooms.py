"""An outlet on loopback: a feed that grows item by item, with an ETag, and that can be made to misbehave."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler

from tests.feeds.sites import Site, plain


@dataclass(slots=True, kw_only=True)
class Newsroom:
    """One feed.

    Attributes:
        items: RSS elements, the newest first, as feeds have them.
    """

    site: Site
    path: str = "/feed"
    items: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.site.answers[self.path] = self.answer

    @property
    def url(self) -> str:
        """The feed's address."""
        return self.site.url(self.path)

    @property
    def asked(self) -> int:
        """How often the feed was asked for."""
        return sum(path == self.path for path, _ in self.site.requests)

    def publish(self, title: str, text: str, *, published: datetime | None = None, guid: str | None = None) -> None:
        """Put an item on top; one of a known guid takes the place of the former."""
        number = guid or str(len(self.items) + 1)
        date = format_datetime(published or datetime.now(UTC))
        link = self.site.url(f"/{number}")
        item = (
            f'<item><guid isPermaLink="false">{number}</guid><title>{title}</title><link>{link}</link>'
            f"<description>{text}</description><pubDate>{date}</pubDate></item>"
        )
        rest = [other for other in self.items if f">{number}</guid>" not in other]
        self.items = [item, *rest]

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Give the feed, or 304 to whoever has it."""
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>{"".join(self.items)}</channel></rss>'
        etag = f'"{sha256(body.encode()).hexdigest()[:12]}"'
        is_known = handler.headers.get("If-None-Match") == etag
        plain(b"" if is_known else body.encode(), status=304 if is_known else 200, headers={"ETag": etag})(handler)


def opening(words: str) -> str:
    """A sentence that says when the bridge opens."""
    return f"The Harbour Bridge will open in {words}, the city said."

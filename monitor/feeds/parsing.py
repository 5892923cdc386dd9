"""A body to a feed: what it is, is seen from the body itself, since content types are often wrong."""

from __future__ import annotations

from monitor.errors import FeedTrouble
from monitor.feeds.entries import ParsedFeed
from monitor.feeds.jsonfeeds import looks_like_json, parse_json_feed
from monitor.feeds.links import shown
from monitor.feeds.pages import feeds_of_page, looks_like_page
from monitor.feeds.xmlfeeds import parse_xml_feed


def parse_feed(body: bytes, *, url: str, content_type: str = "") -> ParsedFeed:
    """Read a feed of any format; slow or even endless on hostile input, so call it through ``Workers.run``.

    Args:
        url: Where the body was found; relative links start there unless the document says otherwise.
        content_type: As the answer's head states it; only its charset is used.

    Raises:
        FeedTrouble: The body is empty, a web page, or no feed at all. A feed without entries is no trouble.
    """
    if not body.strip(b"\0\xef\xbb\xbf\xfe\xff \t\r\n"):
        raise FeedTrouble("the body is empty")
    if looks_like_json(body):
        return parse_json_feed(body, url=url)
    feed = parse_xml_feed(body, url=url, content_type=content_type)
    if feed is not None:
        return feed
    if not looks_like_page(body):
        raise FeedTrouble("the body is no feed: neither RSS nor Atom nor JSON Feed")
    links = feeds_of_page(body, url)
    hint = f"; it links to {', '.join(map(shown, links[:3]))}" if links else ""
    raise FeedTrouble(f"this is a web page, not a feed{hint}")

"""WebSub, as a subscriber speaks it (W3C Recommendation of 23 January 2018): discovery, the request, the check of a push.

A push is never read: that it came, signed with a secret that only the hub has, means that the feed is worth a visit.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta

from monitor.feeds.entries import ParsedFeed
from monitor.feeds.fetching import FetchResult
from monitor.feeds.links import absolute

LARGEST_PUSH = 5_000_000
LEASE = timedelta(days=10)
"""What we ask for; a hub may grant another."""

_LINK = re.compile(r"<([^<>]{1,2000})>([^<]{0,500})")
_RELATION = re.compile(r";\s*rel\s*=\s*(?:\"([^\"]*)\"|([^\s;,\"]+))", re.IGNORECASE)
_METHODS = frozenset({"sha1", "sha256", "sha384", "sha512"})
_LONGEST_ADDRESS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """What can be subscribed to.

    Attributes:
        hub: Where to subscribe.
        url: The feed's own name for itself, which may be another than that under which we ask for it.
    """

    hub: str
    url: str


def find_topic(answer: FetchResult, feed: ParsedFeed) -> Topic | None:
    """The topic of a feed, by the head of the answer or else by the document; None where no hub is named."""
    links = dict(reversed([*_links(answer.link)]))
    hub = absolute(answer.url, links.get("hub", "")) or feed.hub
    url = absolute(answer.url, links.get("self", "")) or feed.self_url or answer.url
    if not hub or len(hub) > _LONGEST_ADDRESS or len(url) > _LONGEST_ADDRESS:
        return None
    return Topic(hub=hub, url=url)


def subscription(topic: Topic, *, callback: str, secret: str) -> Mapping[str, str]:
    """The form that asks a hub for pushes; asked again before its end, it prolongs the lease."""
    return {
        "hub.mode": "subscribe",
        "hub.topic": topic.url,
        "hub.callback": callback,
        "hub.secret": secret,
        "hub.lease_seconds": str(int(LEASE.total_seconds())),
    }


def is_signed(body: bytes, signature: str, secret: str) -> bool:
    """Whether a push bears the right signature (``X-Hub-Signature: sha256=…``); the comparison takes the same time for all."""
    method, _, digest = signature.strip().partition("=")
    if method.lower() not in _METHODS:
        return False
    expected = hmac.new(secret.encode(), body, getattr(hashlib, method.lower())).hexdigest()
    return hmac.compare_digest(expected.encode(), digest.strip().lower().encode())


def _links(header: str) -> Iterator[tuple[str, str]]:
    """Relations and their targets, of a Link header (RFC 8288)."""
    for target, parameters in _LINK.findall(header[:10_000]):
        relation = _RELATION.search(parameters)
        if relation:
            for name in (relation[1] or relation[2]).lower().split():
                yield name, target.strip()

"""The outlets of the soak: each a host with one feed on one subject, whose every item is a change."""

from __future__ import annotations

import random
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from hashlib import sha256
from http.server import BaseHTTPRequestHandler
from itertools import product

from tests.feeds.sites import Answer, Site, plain
from tests.servers.faults import PASSING

SHOWN = 100
"""Items in a feed; enough to outlast a row of failures, each of which puts the next visit off."""
MOST = 1000

_BEGINNINGS = (
    *("Alder", "Birch", "Brook", "Castle", "Crane", "Dal", "Eagle", "Elm", "Falcon", "Glen"),
    *("Hazel", "Iron", "Kings", "Lark", "Maple", "North", "Oak", "Raven", "Stone", "Winter"),
)
_ENDINGS = ("bury", "combe", "dale", "field", "ford", "mouth", "stead", "ton", "wick", "worth")
_STRUCTURES = ("Bridge", "Tunnel", "Stadium", "Library", "Tramway")
_RULE = """\
version: 1
watch: {watch}
title: {name}
baseline: ../seeds/{watch}.yaml
subject:
  names: [{name}]
feeds:
  - {{url: '{url}', every: {every}s}}
facts:
  opening: {{title: Opening, kind: period, about: [open, opening]}}
notify: [{tag}]
"""
_SEED = """\
version: 1
watch: {watch}
as_of: 2026-01-01
source: {{title: Plan, publisher: City, date: 2026-01-01, url: "https://city.example/plan"}}
facts:
  opening: {{value: 2027-06}}
"""


@dataclass(slots=True, kw_only=True)
class Outlet:
    """One feed.

    Attributes:
        published: When each change was published, by its key.
        items: RSS elements, the newest first.
        served: How many of its changes were in a document that it gave whole; the oldest may have left it before.
        missed: Keys of changes that left the document before anybody asked for it.
    """

    name: str
    host: str
    published: dict[str, datetime] = field(default_factory=dict)
    items: deque[str] = field(default_factory=lambda: deque(maxlen=SHOWN))
    served: int = 0
    missed: set[str] = field(default_factory=set)

    @property
    def watch(self) -> str:
        """The id of its watch."""
        return self.name.lower().replace(" ", "-")

    @property
    def path(self) -> str:
        """Of its feed."""
        return f"/{self.watch}.xml"

    def publish(self) -> None:
        """Move the opening by a month once more."""
        number, now = len(self.published) + 1, datetime.now(UTC)
        self._add(f"{self.watch}-{number}", value_of(number), now)
        self.published[f"{self.watch}/opening#{number}"] = now

    def publish_plan(self) -> None:
        """Say what is known anyway, so that the feed has something to begin with."""
        self._add(f"{self.watch}-plan", datetime(2027, 6, 1, tzinfo=UTC), datetime.now(UTC))

    def _add(self, guid: str, month: datetime, now: datetime) -> None:
        self.items.appendleft(
            f'<item><guid isPermaLink="false">{guid}</guid><title>News of the {self.name}</title>'
            f"<description>The {self.name} will open in {month:%B %Y}, the city said.</description>"
            f"<pubDate>{format_datetime(now)}</pubDate></item>"
        )

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Give the feed, or 304 to whoever has it."""
        items = "".join(tuple(self.items))
        body = f'<?xml version="1.0"?><rss version="2.0"><channel><title>{self.name} Gazette</title>{items}</channel></rss>'
        etag = f'"{sha256(body.encode()).hexdigest()[:12]}"'
        is_known = handler.headers.get("If-None-Match") == etag
        self._note_served(len(self.published))
        plain(b"" if is_known else body.encode(), status=304 if is_known else 200, headers={"ETag": etag})(handler)

    def _note_served(self, number: int) -> None:
        gone = range(self.served + 1, number - SHOWN + 1)
        self.missed |= {f"{self.watch}/opening#{one}" for one in gone}
        self.served = max(self.served, number)


def value_of(number: int) -> datetime:
    """The month that an outlet's change of this number tells, later for each than for the one before."""
    return datetime(2028 + number // 12, number % 12 + 1, 1, tzinfo=UTC)


@dataclass(slots=True, kw_only=True)
class Outlets:
    """All outlets, on one server.

    Attributes:
        faults: How many answers were faults.
    """

    site: Site
    chance: random.Random
    share: float
    all: list[Outlet]
    faults: int = 0

    def __post_init__(self) -> None:
        for outlet in self.all:
            outlet.publish_plan()
            self.site.answers[outlet.path] = self._answering(outlet)

    def rules(self, tags: int, *, every: int) -> Iterator[tuple[str, str, str]]:
        """Each watch's id, rule and seed."""
        for number, outlet in enumerate(self.all):
            url = self.site.url(outlet.path, host=outlet.host)
            words = {"watch": outlet.watch, "name": outlet.name, "url": url, "every": every, "tag": f"desk{number % tags}"}
            yield outlet.watch, _RULE.format(**words), _SEED.format(**words)

    def _answering(self, outlet: Outlet) -> Answer:
        troubles = tuple(PASSING.values())

        def answer(handler: BaseHTTPRequestHandler) -> None:
            if self.chance.random() >= self.share:
                outlet.answer(handler)
                return
            self.faults += 1
            self.chance.choice(troubles)(handler)

        return answer


@contextmanager
def open_outlets(count: int, *, share: float, chance: random.Random) -> Iterator[Outlets]:
    """Serve so many outlets until the block ends.

    Args:
        share: Of the answers that are faults.
    """
    names = [f"{beginning}{ending} {structure}" for structure, beginning, ending in product(_STRUCTURES, _BEGINNINGS, _ENDINGS)]
    all_ = [Outlet(name=name, host=f"127.1.{n // 250}.{n % 250 + 1}") for n, name in enumerate(names[:count])]
    with Site("0.0.0.0") as site:
        yield Outlets(site=site, chance=chance, share=share, all=all_)

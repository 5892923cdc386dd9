"""One daemon among hosts that misbehave in every way: the healthy feed is told, each fault stands in its feed's health."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from http.server import BaseHTTPRequestHandler
from itertools import cycle

import pytest

from monitor.store import feeds
from monitor.store.feeds import Feed
from tests.e2e.alerts import alerts, keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.feeds.sites import Answer as SiteAnswer
from tests.feeds.sites import Site, plain
from tests.servers import faults
from tests.servers.sinks import Answer, Sink

LATIN = (
    '<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Gazette</title><item><guid>1</guid>'
    "<title>Caf\u00e9</title><description>The Harbour Bridge caf\u00e9 is open.</description></item></channel></rss>"
)
EMPTY = '<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title></channel></rss>'
UTF8, XML = {"Content-Type": "text/xml; charset=utf-8"}, {"Content-Type": "application/rss+xml"}

FAULTS: Mapping[str, tuple[SiteAnswer, str]] = {
    "drip": (faults.drip, "took too long to answer"),
    "circle": (faults.redirect_for_ever, "redirects more than 5 times"),
    "gzip": (faults.GZIP_BOMB, "sent more than 5 MB"),
    "brotli": (faults.BROTLI_BOMB, "sent more than 5 MB"),
    "garbled": (faults.NOT_GZIP, "cannot be unpacked"),
    "page": (faults.WEB_PAGE, "a web page, not a feed"),
    "nothing": (faults.NOTHING, "empty"),
    "other": (faults.NO_FEED, "no JSON Feed"),
    "reset": (faults.reset, "closed the connection"),
    "truncated": (faults.truncate, "broke off"),
    "busy": (faults.unavailable(429, retry_after=3600), "answered 429"),
    "away": (faults.unavailable(503, retry_after=3600), "answered 503"),
}
"""Each fault with words of what has to stand in the feed's health."""


@pytest.fixture
def hosts() -> Iterator[Site]:
    """A server on which each address of 127.0.0.0/8 is a host of its own."""
    with Site("0.0.0.0") as site:
        yield site


def health(program: Program) -> dict[str, Feed]:
    """Every feed with its health, by the last part of its address."""
    store = program.open_store()
    with store.reading() as connection:
        known = {feed.url.rpartition("/")[2]: feed for feed in feeds.list_all(connection)}
    store.close()
    return known


@pytest.mark.timeout(300)
def test_the_healthy_feed_is_told_while_all_others_misbehave(
    program: Program, newsroom: Newsroom, hosts: Site, sink: Sink
) -> None:
    hung = sink.url("/hung")
    sink.answers["/hung"] = Answer(hangs=True)
    program.settings |= {
        "FACTWATCH_NOTIFY_URLS": f"{hung} {sink.url('/alerts')}",
        "FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8",
    }
    urls = []
    for number, (name, (answer, _)) in enumerate(FAULTS.items(), start=2):
        hosts.answers[f"/{name}"] = answer
        urls.append(hosts.url(f"/{name}", host=f"127.0.0.{number}"))
    program.write_rule(newsroom.url, *urls)
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    newsroom.publish("Bridge later", opening("March 2029"))
    program.wait_for(lambda: {"bridge/opening#1", "bridge/opening#2"} <= {alert.key for alert in told(sink)})
    program.wait_for(lambda: all(feed.failures for name, feed in health(program).items() if name in FAULTS))
    assert program.end() == 0
    after = health(program)
    for name, (_, words) in FAULTS.items():
        assert words in after[name].last_error, name
        assert after[name].first_ok_at is None, name
    assert after["feed"].failures == 0
    for name in ("busy", "away"):
        assert sum(path == f"/{name}" for path, _ in hosts.requests) == 1, "it asked for an hour's rest"
    assert max(keys(sink).values()) <= 2, "each of the two destinations is told once"
    assert "Traceback" not in program.errors


def told(sink: Sink) -> list[object]:
    """What came to the destination that does not hang."""
    return [alert for alert, request in zip(alerts(sink), list(sink.requests), strict=False) if request.path == "/alerts"]


@pytest.mark.timeout(300)
def test_a_feed_with_passing_faults_loses_no_item_and_repeats_none(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    good, empty = newsroom.answer, plain(EMPTY.encode(), headers=XML)
    turns = cycle([empty, good, faults.unavailable(502), good, faults.reset, good, faults.truncate, good])

    def take_turns(handler: BaseHTTPRequestHandler) -> None:
        next(turns)(handler)

    newsroom.site.answers[newsroom.path] = take_turns
    for number, month in enumerate(("November 2028", "March 2029", "June 2029", "August 2029"), start=1):
        newsroom.publish(f"Bridge, part {number}", opening(month))
        program.wait_for(lambda number=number: keys(sink)[f"bridge/opening#{number}"])
    assert program.end() == 0
    assert keys(sink) == {f"bridge/opening#{number}": 1 for number in range(1, 5)}


def test_a_body_that_is_not_in_the_charset_it_names_is_read_all_the_same(
    program: Program, newsroom: Newsroom, hosts: Site
) -> None:
    hosts.answers["/latin"] = plain(LATIN.encode("latin-1"), headers=UTF8)
    program.write_rule(newsroom.url, hosts.url("/latin"))
    program.start()
    settle(newsroom, program)
    assert program.end() == 0
    assert health(program)["latin"].failures == 0

"""What WebSub asks of a subscriber: whose hub, which form, which signature."""

from __future__ import annotations

import asyncio
import hashlib
import hmac

import pytest

from monitor.errors import AddressRefused, FeedTrouble
from monitor.feeds.entries import ParsedFeed
from monitor.feeds.fetching import FetchResult, open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.websub import Topic, find_topic, is_signed
from tests.feeds.sites import RSS, Site, fetch
from tests.servers.sinks import Answer, Sink, open_sink

HUB, SELF = "https://hub.example/", "https://news.example/feed"


def answer(link: str = "") -> FetchResult:
    return FetchResult(url="https://news.example/today", unchanged=False, link=link)


def document(hub: str = "", self_url: str = "") -> ParsedFeed:
    return ParsedFeed(title="", entries=(), hub=hub, self_url=self_url)


NAMED = Topic(hub=HUB, url=SELF)


@pytest.mark.parametrize(
    ("link", "feed", "topic"),
    [
        ("", document(HUB, SELF), NAMED),
        (
            f'<{HUB}>; rel="hub", <{SELF}>; rel=self',
            document("https://x.example/", "https://y.example/"),
            Topic(hub=HUB, url=SELF),
        ),
        (
            f'<{SELF}>; title="a, b"; REL="SELF up",<{HUB}>;rel=hub,<https://x.example/>;rel=hub',
            document(),
            Topic(hub=HUB, url=SELF),
        ),
        ("</hub>; rel=hub", document(), Topic(hub="https://news.example/hub", url="https://news.example/today")),
        ("", document(), None),
        (f"<{SELF}>; rel=self", document(), None),
        ("<javascript:x>; rel=hub", document(), None),
        (f"<https://hub.example/{'x' * 3000}>; rel=hub", document(), None),
        ("<" * 8000, document(), None),
    ],
)
def test_the_head_names_hub_and_topic_before_the_document_does(link: str, feed: ParsedFeed, topic: Topic | None) -> None:
    assert find_topic(answer(link), feed) == topic


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_only_the_holder_of_the_secret_can_sign(method: str) -> None:
    signature = f"{method}={hmac.new(b'secret', b'body', method).hexdigest()}"
    assert is_signed(b"body", signature, "secret")
    assert is_signed(b"body", signature.upper(), "secret")
    assert not is_signed(b"body", signature, "other")
    assert not is_signed(b"body!", signature, "secret")


@pytest.mark.parametrize("signature", ["", "sha256", "sha256=", "md5=" + hashlib.md5(b"").hexdigest(), "sha256=é", "new=1"])
def test_no_signature_and_an_unknown_one_are_wrong(signature: str) -> None:
    assert not is_signed(b"", signature, "")


def test_the_link_header_comes_with_the_answer(site: Site) -> None:
    site.give("/feed", RSS, headers={"Link": f"<{HUB}>; rel=hub"})
    assert fetch(site.url()).link == f"<{HUB}>; rel=hub"


def submit(url: str, *allowed: str) -> None:
    async def ask() -> None:
        async with open_fetcher(allowance=read_allowance(allowed or ("127.0.0.1",))) as fetcher:
            await fetcher.submit(url, {"hub.mode": "subscribe"})

    asyncio.run(ask())


def url(sink: Sink, path: str = "/hub") -> str:
    return sink.url(path, scheme="http")


@pytest.mark.parametrize("status", [307, 308])
def test_a_form_follows_redirects_that_keep_the_method(status: int) -> None:
    with open_sink() as sink:
        sink.answers["/hub"] = Answer(status=status, headers={"Location": "/moved"})
        sink.answers["/moved"] = Answer(status=202)
        submit(url(sink))
        assert [(request.method, request.path, request.body) for request in sink.requests] == [
            ("POST", "/hub", b"hub.mode=subscribe"),
            ("POST", "/moved", b"hub.mode=subscribe"),
        ]


@pytest.mark.parametrize("status", [302, 400, 410, 500])
def test_a_form_that_is_not_taken_is_trouble(status: int) -> None:
    with open_sink() as sink:
        sink.answers["/hub"] = Answer(status=status, headers={"Location": "/moved"})
        with pytest.raises(FeedTrouble, match=f"answered {status}"):
            submit(url(sink))
        assert len(sink.requests) == 1


def test_a_hub_is_no_way_inside() -> None:
    with open_sink() as sink:
        with pytest.raises(AddressRefused):
            submit(url(sink), "10.0.0.1")
        sink.answers["/hub"] = Answer(status=307, headers={"Location": "http://127.0.0.2/admin"})
        with pytest.raises(AddressRefused):
            submit(url(sink))
        assert len(sink.requests) == 1

"""All that goes out goes by the proxy that the environment names, and trusts the authorities that it names, and nobody else."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from monitor.core.messages import Message, Occasion, Result
from monitor.delivery.heartbeat import beat
from monitor.delivery.services import load_services
from monitor.errors import FeedTrouble
from monitor.feeds.articles import fetch_article
from monitor.feeds.fetching import Fetcher, FetchRequest, open_fetcher
from monitor.feeds.robots import Robots
from monitor.feeds.workers import open_workers
from tests.feeds.sites import RSS
from tests.servers.proxies import Beyond, open_proxy

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise

NEWS, HUB, MONITOR, CHAT = NAMES = ("news.example", "hub.example", "monitor.example", "chat.example")
FEED, ARTICLE = f"https://{NEWS}/feed", f"https://{NEWS}/article"
PAGE = (
    b"<html><body><article><h1>Plant</h1><p>" + b"The plant opens in June of next year, its maker said. " * 8 + b"</p></article>"
)
MESSAGE = Message(occasion=Occasion.CHANGE, key="a/b#1", title="t", text="t", markdown="t", html="t")


@pytest.fixture
def beyond(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Beyond]:
    with open_proxy(tmp_path, *NAMES) as beyond:
        for name in ("http_proxy", "https_proxy", "no_proxy"):
            monkeypatch.delenv(name, raising=False)
            monkeypatch.delenv(name.upper(), raising=False)
        for name in ("REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("HTTPS_PROXY", beyond.proxy)
        monkeypatch.setenv("SSL_CERT_FILE", str(beyond.authorities))
        beyond.answers |= {f"{NEWS}/feed": (RSS, "application/rss+xml"), f"{NEWS}/article": (PAGE, "text/html")}
        yield beyond


def ask(question: Callable[[Fetcher], Awaitable[object]]) -> object:
    async def main() -> object:
        async with open_fetcher() as fetcher:
            return await question(fetcher)

    return asyncio.run(main())


async def ask_feed(fetcher: Fetcher) -> bool:
    return (await fetcher.fetch(FetchRequest(url=FEED))).body == RSS


async def ask_article(fetcher: Fetcher) -> bool:
    async with open_workers(count=1) as workers:
        article = await fetch_article(ARTICLE, fetcher=fetcher, robots=Robots(fetcher), workers=workers)
    return "opens in June" in article.text


async def ask_hub(fetcher: Fetcher) -> bool:
    await fetcher.submit(f"https://{HUB}/", {"hub.mode": "subscribe"})
    return True


def send() -> Result:
    (service,) = load_services(None, [f"jsons://{CHAT}/alerts"])
    return service.send(MESSAGE).result


def test_a_feed_comes_by_the_proxy(beyond: Beyond) -> None:
    assert ask(ask_feed)
    assert beyond.tunnels == [f"{NEWS}:443"]
    assert beyond.requests == [("GET", NEWS, "/feed")]


def test_an_article_comes_by_it_with_leave_of_its_robots_file(beyond: Beyond) -> None:
    assert ask(ask_article)
    assert [path for _, _, path in beyond.requests] == ["/robots.txt", "/article"]
    assert set(beyond.tunnels) == {f"{NEWS}:443"}


def test_a_hub_is_asked_by_it(beyond: Beyond) -> None:
    assert ask(ask_hub)
    assert (beyond.tunnels, beyond.requests) == ([f"{HUB}:443"], [("POST", HUB, "/")])


def test_the_heart_beats_through_it(beyond: Beyond) -> None:
    assert asyncio.run(beat(SecretStr(f"https://{MONITOR}/ping"), ())) == ""
    assert (beyond.tunnels, beyond.requests) == ([f"{MONITOR}:443"], [("POST", MONITOR, "/ping")])


def test_an_alert_goes_by_it(beyond: Beyond) -> None:
    assert send() is Result.SENT
    assert (beyond.tunnels, beyond.requests) == ([f"{CHAT}:443"], [("POST", CHAT, "/alerts")])


def test_without_the_authority_nobody_is_spoken_to(beyond: Beyond, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SSL_CERT_FILE")
    with pytest.raises(FeedTrouble, match="cannot be trusted"):
        ask(ask_feed)
    assert "cannot be reached" in asyncio.run(beat(SecretStr(f"https://{MONITOR}/ping"), ()))
    assert send() is Result.FAILED
    assert len(beyond.tunnels) == 3
    assert beyond.requests == []


def test_hosts_of_no_proxy_are_asked_without_it(beyond: Beyond, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", f"{NEWS},{MONITOR},{CHAT}")
    with pytest.raises(FeedTrouble):
        ask(ask_feed)
    assert "cannot be reached" in asyncio.run(beat(SecretStr(f"https://{MONITOR}/ping"), ()))
    assert send() is Result.FAILED
    assert beyond.tunnels == []


def test_a_proxy_that_refuses_is_named_as_the_trouble(beyond: Beyond) -> None:
    async def elsewhere(fetcher: Fetcher) -> object:
        return await fetcher.fetch(FetchRequest(url="https://other.example/feed"))

    with pytest.raises(FeedTrouble, match="the proxy answered 403"):
        ask(elsewhere)

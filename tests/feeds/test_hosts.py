"""Manners towards hosts."""

from __future__ import annotations

import asyncio

import pytest

from monitor.errors import FeedTrouble
from monitor.feeds.fetching import FetchRequest, open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.hosts import Hosts
from tests.feeds.sites import RSS, Site


def test_a_host_that_asked_for_patience_is_left_alone_until_the_time_is_over() -> None:
    async def use() -> None:
        now = [0.0]
        hosts = Hosts(at_once=1, clock=lambda: now[0])
        hosts.silence("news.example", 60)
        with pytest.raises(FeedTrouble, match=r"news\.example asked for patience; it is left alone for 60 s") as caught:
            async with hosts.turn("news.example"):
                pytest.fail("the host was asked")
        assert caught.value.retry_after == 60
        async with hosts.turn("other.example"):
            now[0] = 60.0
        async with hosts.turn("news.example"):
            pass

    asyncio.run(use())


def test_retry_after_of_one_feed_silences_all_feeds_of_the_host(site: Site) -> None:
    site.give("/one", status=429, headers={"Retry-After": "100"})
    site.give("/two", RSS)

    async def ask() -> None:
        async with open_fetcher(allowance=read_allowance(["127.0.0.1"])) as fetcher:
            with pytest.raises(FeedTrouble, match="answered 429"):
                await fetcher.fetch(FetchRequest(url=site.url("/one")))
            with pytest.raises(FeedTrouble, match="asked for patience"):
                await fetcher.fetch(FetchRequest(url=site.url("/two")))

    asyncio.run(ask())
    assert [path for path, _ in site.requests] == ["/one"]


def test_a_turn_that_ends_in_an_error_is_given_back() -> None:
    async def use() -> None:
        hosts = Hosts(at_once=1)
        with pytest.raises(ValueError, match="broken"):
            async with hosts.turn("news.example"):
                raise ValueError("broken")
        async with asyncio.timeout(5), hosts.turn("news.example"):
            pass

    asyncio.run(use())

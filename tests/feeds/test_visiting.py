"""One visit: fetched, and parsed unless nothing changed."""

from __future__ import annotations

import asyncio

import pytest

from monitor.core.watches import FeedSource
from monitor.errors import FeedTrouble
from monitor.feeds.fetching import open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.visiting import Memory, Visit, visit
from monitor.feeds.workers import open_workers
from tests.feeds.sites import RSS, Site


def call(source: FeedSource, memory: Memory | None = None, authorization: str = "") -> Visit:
    async def ask() -> Visit:
        async with open_fetcher(allowance=read_allowance(["127.0.0.1"])) as fetcher, open_workers() as workers:
            return await visit(source, fetcher=fetcher, workers=workers, memory=memory, authorization=authorization)

    return asyncio.run(ask())


def test_a_feed_is_parsed_once_and_then_only_when_its_body_changes(site: Site) -> None:
    source = FeedSource(url=site.url())
    site.give("/feed", RSS, headers={"ETag": '"1"'})
    first = call(source)
    assert first.feed is not None
    assert [entry.title for entry in first.feed.entries] == ["Plant opens"]
    site.give("/feed", RSS, headers={"ETag": '"2"'})
    same = call(source, first.memory)
    assert (same.feed, same.memory.etag, same.memory.digest) == (None, '"2"', first.memory.digest)
    site.give("/feed", status=304)
    unchanged = call(source, same.memory)
    assert (unchanged.feed, unchanged.memory) == (None, same.memory)
    site.give("/feed", RSS.replace(b"opens", b"closes"))
    assert call(source, same.memory).feed is not None


def test_without_a_memory_everything_is_read(site: Site) -> None:
    site.give("/feed", RSS, headers={"ETag": '"1"'})
    assert call(FeedSource(url=site.url())).feed is not None
    assert site.last["If-None-Match"] is None


def test_a_page_is_read_by_its_selector_in_the_charset_of_the_head(site: Site) -> None:
    site.give("/page", "<ul><li>量產</li></ul>".encode("big5"), headers={"Content-Type": "text/html; charset=Big5"})
    found = call(FeedSource(url=site.url("/page"), select="li"), authorization="Bearer abc")
    assert found.feed is not None
    assert [entry.text for entry in found.feed.entries] == ["量產"]
    assert site.last["Authorization"] == "Bearer abc"


def test_a_content_location_changes_neither_ids_nor_links(site: Site) -> None:
    body = b"<rss version='2.0'><channel><item><guid>relative-1</guid><link>/1</link><title>T</title></item></channel></rss>"
    site.give("/feed", body, headers={"Content-Location": "https://elsewhere.example/feed/"})
    found = call(FeedSource(url=site.url()))
    assert found.feed is not None
    assert [(entry.id, entry.url) for entry in found.feed.entries] == [("relative-1", site.url("/1"))]


def test_a_page_instead_of_a_feed_is_trouble(site: Site) -> None:
    site.give("/feed", b"<html><body>Down for maintenance</body></html>", headers={"Content-Type": "application/rss+xml"})
    with pytest.raises(FeedTrouble, match="this is a web page, not a feed"):
        call(FeedSource(url=site.url()))

"""The feeds of a site, named by its page or lying where feeds lie."""

from __future__ import annotations

import asyncio

import pytest

from monitor.errors import AddressRefused, FeedTrouble
from monitor.feeds.discovering import Discovery, discover_feeds
from monitor.feeds.fetching import open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.workers import open_workers
from tests.feeds.sites import RSS, Site

PAGE = b"<!doctype html><html><head>%s</head><body>News</body></html>"
LINK = b"<link rel='alternate' type='application/rss+xml' href='%s'>"


def discover(url: str, *allowed: str) -> tuple[Discovery, ...]:
    async def ask() -> tuple[Discovery, ...]:
        async with open_fetcher(allowance=read_allowance(allowed or ("127.0.0.1",))) as fetcher, open_workers() as workers:
            return await discover_feeds(url, fetcher=fetcher, workers=workers)

    return asyncio.run(ask())


def test_named_feeds_come_first_and_one_document_is_found_once(site: Site) -> None:
    site.give("/cars/", PAGE % (LINK % b"/named.xml" + LINK % b"gone.xml"))
    site.give("/named.xml", RSS)
    site.give("/feed", RSS)
    site.give("/cars/rss.xml", RSS.replace(b"News", b"Cars"))
    found = discover(site.url("/cars/"))
    assert [(each.url, each.feed.title, each.is_named) for each in found] == [
        (site.url("/named.xml"), "News", True),
        (site.url("/cars/rss.xml"), "Cars", False),
    ]


def test_a_feed_is_its_own_answer(site: Site) -> None:
    site.give("/feed", RSS)
    assert [(each.url, each.is_named) for each in discover(site.url("/feed"))] == [(site.url("/feed"), True)]


def test_a_site_without_feeds_is_trouble(site: Site) -> None:
    site.give("/", PAGE % b"")
    with pytest.raises(FeedTrouble, match="names no feed that can be read"):
        discover(site.url("/"))
    with pytest.raises(FeedTrouble, match="answered 404"):
        discover(site.url("/nowhere"))


def test_a_page_that_names_an_inner_address_leads_nowhere(site: Site, other_site: Site) -> None:
    other_site.give("/feed", RSS)
    site.give("/", PAGE % (LINK % other_site.url(host="127.0.0.2").encode()))
    with pytest.raises(FeedTrouble):
        discover(site.url("/"))
    assert not other_site.requests
    with pytest.raises(AddressRefused):
        discover(site.url("/"), "10.0.0.1")

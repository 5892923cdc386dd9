"""An article's text from its page."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from monitor.errors import FeedTrouble
from monitor.feeds.articles import Article, fetch_article
from monitor.feeds.fetching import open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.robots import Robots
from monitor.feeds.workers import open_workers
from tests.feeds.sites import Site

PARAGRAPHS = (
    "The company said on Tuesday that it would start production in the second half of 2031, half a year later than planned.",
    "A spokesman named the supply of batteries as the reason, and added that the price would stay as it had been announced.",
)
PAGE = f"""<html lang="en-GB">
<head><title>Start put off</title><meta property="article:published_time" content="2024-03-05"></head>
<body><nav><a href="/">Home</a> <a href="/all">All news</a></nav>
<article><h1>Start put off</h1><p>{PARAGRAPHS[0]}</p><script>track()</script><p>{PARAGRAPHS[1]}</p></article>
<footer>All rights reserved</footer></body></html>"""


def read(site: Site) -> Article:
    async def ask() -> Article:
        async with open_fetcher(allowance=read_allowance(["127.0.0.1"])) as fetcher, open_workers() as workers:
            return await fetch_article(site.url("/1"), fetcher=fetcher, robots=Robots(fetcher), workers=workers)

    return asyncio.run(ask())


def test_the_article_is_told_from_its_surroundings(site: Site) -> None:
    site.give("/1", PAGE.encode(), headers={"Content-Type": "text/html"})
    article = read(site)
    assert article.text.split("\n")[-2:] == list(PARAGRAPHS)
    assert "Home" not in article.text
    assert "rights" not in article.text
    assert (article.title, article.language) == ("Start put off", "en")
    assert article.published == datetime(2024, 3, 5, tzinfo=UTC)


def test_a_year_in_the_text_is_not_the_date_of_the_page(site: Site) -> None:
    site.give("/1", PAGE.replace("article:published_time", "other").encode())
    assert read(site).published is None


def test_the_charset_of_the_head_is_followed(site: Site) -> None:
    text = "小米汽车将于二零二四年上半年开始量产，公司负责人在会议上作了说明，并且详细介绍了工厂的建设进度和产能规划。"
    site.give(
        "/1",
        f"<html><article><p>{text}</p><p>{text}续</p></article>".encode("gbk"),
        headers={"Content-Type": "text/html;charset=gbk"},
    )
    assert text in read(site).text


def test_the_publisher_may_forbid_it(site: Site) -> None:
    site.give("/robots.txt", b"User-agent: *\nDisallow: /")
    site.give("/1", PAGE.encode())
    with pytest.raises(FeedTrouble, match=r"may not be read: the publisher's robots\.txt forbids it"):
        read(site)
    assert "/1" not in [path for path, _ in site.requests]


def test_a_redirect_to_where_robots_may_not_go_is_not_followed(site: Site) -> None:
    site.give("/robots.txt", b"User-agent: *\nDisallow: /inside")
    site.give("/1", status=302, headers={"Location": "/inside/1"})
    with pytest.raises(FeedTrouble, match=r"redirects to .*/inside/1, where we are not permitted"):
        read(site)
    assert [path for path, _ in site.requests] == ["/robots.txt", "/1"]


@pytest.mark.parametrize(
    ("body", "kind", "reason"),
    [
        (b"%PDF-1.7", "application/pdf", "is no web page but application/pdf"),
        (b"<html><body></body></html>", "text/html", "holds no article"),
        (b"", "text/html", "holds no article"),
        (b"<p>" + b"x" * 2_000_000, "text/html", "sent more than 2 MB"),
    ],
)
def test_what_is_no_article_is_trouble(site: Site, body: bytes, kind: str, reason: str) -> None:
    site.give("/1", body, headers={"Content-Type": kind})
    with pytest.raises(FeedTrouble, match=reason):
        read(site)

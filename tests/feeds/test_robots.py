"""robots.txt: the group that is meant, the longest pattern, and hosts that do not answer."""

from __future__ import annotations

import asyncio

import pytest

from monitor.errors import AddressRefused
from monitor.feeds.fetching import open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.robots import Robots, read_rules
from tests.feeds.sites import Site

TEXT = """# ours
User-agent: other
Disallow: /

User-agent: *
User-agent: third   # two names, one group
Disallow: /a
Allow: /a/b
Disallow: /*.pdf$
Disallow: /*?s=
Disallow: /%7Ejoe/
Disallow:
Crawl-delay: 5
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("", True),
        ("/a", False),
        ("/a/c", False),
        ("/a/b", True),
        ("/x/y.pdf", False),
        ("/x.pdf/y.pdf", False),
        ("/x.pdf?page=1", True),
        ("/find?s=1", False),
        ("/find?t=1", True),
        ("/~joe/", False),
    ],
)
def test_the_longest_pattern_that_matches_decides(path: str, allowed: bool) -> None:
    assert read_rules(TEXT).allow(f"https://news.example{path}") is allowed


def test_the_group_that_names_us_stands_before_the_one_for_all() -> None:
    rules = read_rules("User-agent: *\nDisallow: /\n\nUser-agent: FactWatch/1.0\nAllow: /\nDisallow: /private\n")
    assert rules.allow("https://news.example/1")
    assert not rules.allow("https://news.example/private/1")


@pytest.mark.parametrize("text", ["", "<html>not found</html>", "Disallow: /", "User-agent: other\nDisallow: /"])
def test_where_no_rule_concerns_us_all_is_allowed(text: str) -> None:
    assert read_rules(text).allow("https://news.example/1")


def test_a_hostile_line_holds_nobody_up() -> None:
    line = "Disallow: /a" + " " * 400_000 + "b"
    assert not read_rules(f"User-agent: *\n{line}\nDisallow: /c # {line}").allow("https://news.example/c")


def allowed(site: Site, *moments: float) -> list[bool]:
    """Whether an article may be read at each of some moments, by one memory."""

    async def ask() -> list[bool]:
        now = [0.0]
        answers = []
        async with open_fetcher(allowance=read_allowance(["127.0.0.1"])) as fetcher:
            robots = Robots(fetcher, clock=lambda: now[0])
            for moment in moments:
                now[0] = moment
                answers.append(await robots.allow(site.url("/article")))
        return answers

    return asyncio.run(ask())


def test_a_host_is_asked_once_a_day(site: Site) -> None:
    site.give("/robots.txt", b"User-agent: *\nDisallow: /article")
    assert allowed(site, 0, 3600 * 23, 3600 * 25) == [False, False, False]
    assert [path for path, _ in site.requests] == ["/robots.txt", "/robots.txt"]


def test_a_host_that_could_not_be_asked_is_asked_again_in_an_hour(site: Site) -> None:
    site.give("/robots.txt", status=500)
    allowed(site, 0, 1800, 3601)
    assert len(site.requests) == 2


@pytest.mark.parametrize(("status", "answer"), [(404, True), (403, True), (410, True), (500, False), (429, False)])
def test_a_host_without_the_file_allows_all_and_one_in_trouble_nothing(site: Site, status: int, answer: bool) -> None:
    site.give("/robots.txt", status=status)
    assert allowed(site, 0) == [answer]


def test_a_refused_address_is_not_hidden_behind_robots() -> None:
    async def ask() -> None:
        async with open_fetcher() as fetcher:
            await Robots(fetcher).allow("http://127.0.0.1/article")

    with pytest.raises(AddressRefused):
        asyncio.run(ask())

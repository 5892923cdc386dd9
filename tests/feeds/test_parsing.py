"""A body to a feed: whatever it calls itself, it is read for what it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from monitor.errors import FeedTrouble
from monitor.feeds.entries import Hints, ParsedEntry, ParsedFeed
from monitor.feeds.parsing import parse_feed

URL = "https://news.example/feeds/all.xml"


def rss(item: str, channel: str = "") -> ParsedFeed:
    head = "<rss version='2.0' xmlns:sy='http://purl.org/rss/1.0/modules/syndication/' xmlns:atom='http://www.w3.org/2005/Atom'>"
    return parse_feed(f"{head}<channel>{channel}{item}</channel></rss>".encode(), url=URL)


def atom(entry: str) -> ParsedFeed:
    return parse_feed(f"<feed xmlns='http://www.w3.org/2005/Atom' xml:lang='de-AT'>{entry}</feed>".encode(), url=URL)


def test_an_rss_item_becomes_plain_text() -> None:
    feed = rss(
        "<item><guid isPermaLink='false'>tag:1</guid><title>Plant &amp;amp; mine</title><link>/1</link>"
        "<pubDate>Tue, 05 Mar 2024 10:00:00 +0800</pubDate><author>ann@news.com (Ann)</author>"
        "<description>&lt;p&gt;It opened.&lt;/p&gt;&lt;script&gt;x()&lt;/script&gt;&lt;p&gt;At last.&lt;/p&gt;</description>"
        "</item>",
        "<title>News</title><link>https://news.example/</link><language>en-us</language>",
    )
    assert feed.entries == (
        ParsedEntry(
            id="tag:1",
            title="Plant & mine",
            url="https://news.example/1",
            text="It opened.\nAt last.",
            published=datetime(2024, 3, 5, 2, tzinfo=UTC),
            language="en",
            authors=("Ann",),
        ),
    )
    assert (feed.title, feed.site, feed.language) == ("News", "https://news.example/", "en")


def test_an_atom_entry_is_read_with_its_times_and_its_longest_text() -> None:
    (entry,) = atom(
        "<entry><id>urn:1</id><title type='html'>&lt;b&gt;Werk&lt;/b&gt;</title><link href='../1'/>"
        "<published>2024-03-05T10:00:00Z</published>"
        "<updated>2024-03-06T10:00:00Z</updated><summary>Kurz.</summary>"
        "<content type='xhtml'><div xmlns='http://www.w3.org/1999/xhtml'><p>Erster Absatz.</p><p>Zweiter.</p></div></content>"
        "</entry>"
    ).entries
    assert (entry.title, entry.text, entry.language) == ("Werk", "Erster Absatz.\nZweiter.", "de")
    assert entry.url == "https://news.example/1"
    assert entry.published == datetime(2024, 3, 5, 10, tzinfo=UTC)
    assert entry.updated == datetime(2024, 3, 6, 10, tzinfo=UTC)


def test_the_hints_of_a_feed_are_read() -> None:
    feed = rss(
        "",
        "<ttl>90</ttl><skipHours><hour>0</hour><hour>24</hour><hour>5</hour><hour>x</hour></skipHours>"
        "<skipDays><day>Sunday</day><day>Someday</day></skipDays><sy:updatePeriod>daily</sy:updatePeriod>"
        "<sy:updateFrequency>4</sy:updateFrequency><atom:link rel='hub' href='https://hub.example/'/>"
        "<atom:link rel='self' href='https://news.example/feed'/>",
    )
    assert feed.hints == Hints(
        ttl=timedelta(minutes=90),
        skip_hours=frozenset({0, 5}),
        skip_days=frozenset({6}),
        update_period=timedelta(hours=6),
    )
    assert (feed.hub, feed.self_url) == ("https://hub.example/", "https://news.example/feed")


def test_a_feed_that_would_skip_always_is_not_believed() -> None:
    hours = "".join(f"<hour>{hour}</hour>" for hour in range(24))
    assert rss("", f"<skipHours>{hours}</skipHours>").hints == Hints()


def test_an_item_without_a_title_takes_its_first_sentence_and_without_a_text_its_link() -> None:
    first, second = rss(
        "<item><link>https://news.example/1</link><description>It opened today. More follows.</description></item>"
        "<item><link>https://news.example/2</link></item>"
    ).entries
    assert (first.title, second.title) == ("It opened today.", "https://news.example/2")


def test_an_undated_item_has_no_date_and_an_unreadable_one_neither() -> None:
    dates = ["", "<pubDate>soon</pubDate>", "<pubDate>01/05/2024</pubDate>"]
    assert [rss(f"<item><guid>1</guid>{date}</item>").entries[0].published for date in dates] == [None, None, None]


def test_a_link_that_is_no_web_address_is_not_passed_on() -> None:
    (entry,) = rss("<item><guid isPermaLink='false'>1</guid><link>javascript:alert(1)</link><title>T</title></item>").entries
    assert entry.url == ""


@pytest.mark.parametrize("charset", ["gb18030", "big5", "utf-16", "utf-8-sig", "windows-1252"])
def test_the_charset_of_the_document_or_of_the_head_is_followed(charset: str) -> None:
    title = "Größe" if charset == "windows-1252" else "量產"
    name = charset.removesuffix("-sig")
    undeclared = f"<rss version='2.0'><channel><title>{title}</title></channel></rss>"
    declared = f"<?xml version='1.0' encoding='{name}'?>{undeclared}"
    assert parse_feed(declared.encode(charset), url=URL).title == title
    head = f"application/rss+xml; charset={name}"
    assert parse_feed(undeclared.encode(charset), url=URL, content_type=head).title == title


def test_a_wrong_charset_still_gives_the_entries() -> None:
    item = "<item><guid>1</guid><title>Größe 5 m</title></item>"
    body = f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>{item}</channel></rss>"
    (entry,) = parse_feed(body.encode("latin-1"), url=URL, content_type="text/xml; charset=us-ascii").entries
    assert entry.title == "Größe 5 m"


def test_a_malformed_feed_is_read_as_far_as_it_goes() -> None:
    feed = parse_feed(
        b"<rss version='2.0'><channel><item><guid>1</guid><title>A & B &#xD800;&#x110000;</title></item><item>", url=URL
    )
    assert [entry.title for entry in feed.entries][:1] == ["A & B"]


def test_a_feed_without_items_is_a_feed() -> None:
    assert rss("", "<title>Quiet</title>") == ParsedFeed(title="Quiet", entries=())


@pytest.mark.parametrize("body", [b"", b"  \n\t", b"\xef\xbb\xbf", b"\0\0\0"])
def test_an_empty_body_is_trouble(body: bytes) -> None:
    with pytest.raises(FeedTrouble, match="the body is empty"):
        parse_feed(body, url=URL)


def test_a_web_page_is_trouble_that_names_its_feeds() -> None:
    link = b"<link rel='alternate' type='application/rss+xml' href='/rss?key=secret'>"
    page = b"<!DOCTYPE html><html><head>" + link + b"</head><body>Hi</body></html>"
    with pytest.raises(FeedTrouble) as caught:
        parse_feed(page, url=URL, content_type="application/rss+xml")
    assert str(caught.value) == "this is a web page, not a feed; it links to https://news.example/rss?key=…"
    with pytest.raises(FeedTrouble, match=r"not a feed$"):
        parse_feed(b"<html><body>Access denied</body></html>", url=URL)


@pytest.mark.parametrize("body", [b"hello", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"%PDF-1.7", b"\x89PNG\r\n"])
def test_anything_else_is_no_feed(body: bytes) -> None:
    with pytest.raises(FeedTrouble, match="the body is no feed"):
        parse_feed(body, url=URL)


def test_entity_bombs_and_external_entities_are_dropped() -> None:
    bomb = "<!ENTITY a 'ha'>" + "".join(
        f"<!ENTITY {new} '{f'&{old};' * 10}'>" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
    )
    feed = parse_feed(
        f"<!DOCTYPE rss [{bomb}<!ENTITY x SYSTEM 'file:///etc/passwd'>]><rss version='2.0'><channel><item><guid>1</guid>"
        "<title>&i;&x;</title></item></channel></rss>".encode(),
        url=URL,
    )
    assert len(feed.entries[0].title) < 1000
    assert "root:" not in feed.entries[0].title


def test_a_document_without_measure_is_cut() -> None:
    items = "<item><title>T</title></item>" * 6_000
    assert len(rss("".join(f"<item><guid>{number}</guid></item>" for number in range(6_000))).entries) == 5_000
    assert len(rss(items).entries) == 1
    (entry,) = rss(f"<item><guid>1</guid><title>{'t' * 5_000}</title><description>{'d ' * 500_000}</description></item>").entries
    assert (len(entry.title), len(entry.text)) == (1_000, 200_000)

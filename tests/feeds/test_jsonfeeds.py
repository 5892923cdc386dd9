"""JSON Feed 1.1 and what publishers make of it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from monitor.errors import FeedTrouble
from monitor.feeds.entries import ParsedEntry, ParsedFeed
from monitor.feeds.parsing import parse_feed

URL = "https://news.example/feed.json"
VERSION = "https://jsonfeed.org/version/1.1"


def read(**document: Any) -> ParsedFeed:
    return parse_feed(
        b"\xef\xbb\xbf \n" + json.dumps({"version": VERSION, **document}).encode(), url=URL, content_type="text/plain"
    )


def test_a_json_feed_is_read_whole() -> None:
    feed = read(
        title="News",
        home_page_url="/home/",
        feed_url=URL,
        language="en-GB",
        hubs=[{"type": "WebSub", "url": "https://hub.example/"}],
        items=[
            {
                "id": 7,
                "url": "one",
                "title": "Plant &amp; mine",
                "content_html": "<p>It opened.</p><p>At last.</p>",
                "date_published": "2024-03-05T10:00:00+08:00",
                "date_modified": "2024-03-06",
                "authors": [{"name": "Ann"}, {"name": 5}, "Bob"],
            }
        ],
    )
    assert feed == ParsedFeed(
        title="News",
        language="en",
        site="https://news.example/home/",
        hub="https://hub.example/",
        self_url=URL,
        entries=(
            ParsedEntry(
                id="7",
                title="Plant & mine",
                url="https://news.example/home/one",
                text="It opened.\nAt last.",
                published=datetime(2024, 3, 5, 2, tzinfo=UTC),
                updated=datetime(2024, 3, 6, tzinfo=UTC),
                language="en",
                authors=("Ann", "5"),
            ),
        ),
    )


def test_fields_of_the_wrong_type_count_as_absent() -> None:
    (entry,) = read(
        title=["x"], items=[None, "text", {"id": {}, "url": 5.5, "content_text": "It \ud800opened. Yes.", "authors": 3}]
    ).entries
    assert (entry.title, entry.text, entry.authors) == ("It opened.", "It opened. Yes.", ())


@pytest.mark.parametrize("body", ['{"version": "2.0"}', '{"a": ', "{" * 100_000, '{"items"' + ":[" * 100_000])
def test_other_json_is_no_feed(body: str) -> None:
    with pytest.raises(FeedTrouble, match="JSON"):
        parse_feed(body.encode(), url=URL)


def test_a_json_feed_without_items_is_a_feed() -> None:
    assert read(title="Quiet").entries == ()

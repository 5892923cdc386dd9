"""Atom and JSON Feed: valid by their own rules whatever the words of strangers, with names that stay."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
from hypothesis import example, given, settings
from hypothesis import strategies as st

from monitor.core.changes import Change, ChangeState
from monitor.core.telling.exports.atom import write_atom
from monitor.core.telling.exports.entries import Channel, channel_of, is_for_others
from monitor.core.telling.exports.jsonfeed import write_jsonfeed
from monitor.core.telling.stationery import Stationery
from tests.core.telling.samples import CHANGE, FACT, STATIONERY, WATCH, evidence, history

PAGE = Stationery(templates=STATIONERY.templates, public_url="https://watch.example.org")
ADDRESS = "https://watch.example.org/api/v1/exports/changes.atom"
ATOM = "{http://www.w3.org/2005/Atom}"


def channel(
    *changes: Change, stationery: Stationery = PAGE, address: str = ADDRESS, decided: Mapping[str, datetime] | None = None
) -> Channel:
    return channel_of(
        changes,
        only=WATCH,
        watches={WATCH.id: WATCH},
        histories={(WATCH.id, FACT.key): history(*changes)},
        decided=decided or {},
        stationery=stationery,
        address=address,
    )


def said_by(publisher: str, quote: str = "x", url: str = "https://cnevpost.com/1") -> Change:
    return replace(CHANGE, evidence=(evidence(publisher=publisher, quote=quote, url=url),))


def test_an_entry_is_updated_when_its_change_is_decided_and_stays_published_when_it_was_learned() -> None:
    decided = CHANGE.learned + timedelta(days=3)
    made = channel(CHANGE, decided={CHANGE.key: decided})
    root = ET.fromstring(write_atom(made))
    assert root.findtext(f"{ATOM}updated") == root.findtext(f"{ATOM}entry/{ATOM}updated") == "2024-01-13T00:00:00Z"
    assert root.findtext(f"{ATOM}entry/{ATOM}published") == "2024-01-10T00:00:00Z"
    (item,) = json.loads(write_jsonfeed(made))["items"]
    assert (item["date_published"], item["date_modified"]) == ("2024-01-10T00:00:00Z", "2024-01-13T00:00:00Z")


def demand_json_feed(document: Any) -> None:
    """The demands of jsonfeed.org on version 1.1."""
    assert document["version"] == "https://jsonfeed.org/version/1.1"
    assert isinstance(document["title"], str)
    for item in document["items"]:
        assert isinstance(item["id"], str)
        assert item["content_html"] or item["content_text"]
        assert datetime.fromisoformat(item["date_published"]).tzinfo
        assert all(author["name"] for author in item.get("authors", ()))
        assert all(isinstance(tag, str) for tag in item["tags"])
        extensions = item.keys() - {
            "id", "url", "external_url", "title", "content_html", "content_text", "date_published", "date_modified",
            "authors", "tags",
        }  # fmt: skip
        assert all(name.startswith("_") for name in extensions)
        for name in {"url", "external_url"} & item.keys():
            assert item[name].startswith("https://")


def test_an_atom_reader_finds_all_that_was_said() -> None:
    feed = feedparser.parse(write_atom(channel(CHANGE)))
    (entry,) = feed.entries
    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title == "Changes: Xiaomi's electric car"
    assert [(link.rel, link.href) for link in feed.feed.links] == [
        ("self", ADDRESS),
        ("alternate", "https://watch.example.org"),
    ]
    assert entry.title.startswith("Xiaomi's electric car: Start of mass production")
    assert entry.link == "https://watch.example.org/changes/xiaomi-ev/mass-production%231"
    assert "mass production" in entry.summary
    assert entry.content[0].type == "text/html"


def test_the_standard_demands_of_a_feed_and_its_entries_are_met() -> None:
    root = ET.fromstring(write_atom(channel(CHANGE)))
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        for name in ("id", "title", "updated"):
            assert len(element.findall(f"{ATOM}{name}")) == 1
        alternates = [link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]
        assert len(alternates) == 1
    assert root.find(f"{ATOM}author/{ATOM}name") is not None


def test_both_formats_name_a_change_alike_and_for_ever() -> None:
    amended = replace(CHANGE, state=ChangeState.DISMISSED, note="no")
    elsewhere = channel(amended, stationery=STATIONERY, address="")
    ids = {entry.id for entry in feedparser.parse(write_atom(channel(CHANGE))).entries}
    assert ids == {item["id"] for item in json.loads(write_jsonfeed(elsewhere))["items"]}


def test_a_feed_without_a_page_links_the_article() -> None:
    document = json.loads(write_jsonfeed(channel(CHANGE, stationery=STATIONERY, address="")))
    assert {"home_page_url", "feed_url"}.isdisjoint(document)
    (item,) = document["items"]
    assert "url" not in item
    assert item["external_url"] == CHANGE.evidence[0].claim.item.url
    (entry,) = feedparser.parse(write_atom(channel(CHANGE, stationery=STATIONERY, address=""))).entries
    assert entry.link == item["external_url"]


def test_an_empty_feed_is_a_feed() -> None:
    assert not feedparser.parse(write_atom(channel())).bozo
    demand_json_feed(json.loads(write_jsonfeed(channel())))


@settings(max_examples=50)
@given(st.text(), st.text(), st.text())
@example("<script>alert(1)</script>", "]]></summary><entry>&#0;", "javascript:alert(1)")
@example("a\x00b\x0b\ufffe\ud800", "\x1b[31m", "https://user@evil.example/")
def test_hostile_words_break_no_format(publisher: str, quote: str, url: str) -> None:
    made = channel(said_by(publisher, quote, url))
    root = ET.fromstring(write_atom(made))
    assert len(root.findall(f"{ATOM}entry")) == 1
    assert "<script" not in (root.findtext(f"{ATOM}entry/{ATOM}content") or "").lower()
    assert all(link.get("href", "").startswith(("http://", "https://")) for link in root.iter(f"{ATOM}link"))
    demand = json.loads(write_jsonfeed(made))
    assert len(demand["items"]) == 1
    assert "<script" not in demand["items"][0]["content_html"].lower()


def test_json_feed_keeps_its_rules() -> None:
    demand_json_feed(json.loads(write_jsonfeed(channel(CHANGE))))


def test_what_nobody_was_told_and_never_held_is_not_in_a_feed() -> None:
    waiting = replace(CHANGE, state=ChangeState.CANDIDATE, is_told=False)
    assert not is_for_others(waiting)
    assert is_for_others(replace(waiting, is_told=True))
    assert is_for_others(replace(waiting, state=ChangeState.ACCEPTED))

"""The documents that other programs subscribe to, over HTTP and with the words of a hostile article in them."""

from __future__ import annotations

import csv
import re
from io import StringIO
from pathlib import Path

import feedparser
import pytest

from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room, open_room
from tests.web.api.callers import Caller, Desk
from tests.web.api.conftest import move_the_opening

HOSTILE = "<script>alert(1)</script>"


def test_a_feed_reader_is_content(desk: Desk) -> None:
    reply = desk.ask("/exports/changes.atom?watch=bridge")
    assert reply.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    feed = feedparser.parse(reply.body)
    assert not feed.bozo
    assert feed.feed.title == "Changes: The Harbour Bridge"
    assert feed.feed.links[0].href.endswith("/api/v1/exports/changes.atom?watch=bridge")
    assert ["2028-05" in entry.title for entry in feed.entries] == [True, False]


def test_a_program_finds_the_values_in_json(desk: Desk) -> None:
    reply = desk.ask("/exports/changes.json")
    assert reply.headers["Content-Type"] == "application/feed+json; charset=utf-8"
    newest, _ = reply.json["items"]
    assert newest["_factwatch"]["old"] == "2027-09"
    assert newest["_factwatch"]["new"] == "2028-05"
    assert reply.json["feed_url"].endswith("/api/v1/exports/changes.json")


def test_calendars_and_tables_are_what_they_say(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        calendar = await caller.ask("/exports/dates.ics")
        assert calendar.headers["Content-Type"] == "text/calendar; charset=utf-8"
        assert calendar.body.count(b"BEGIN:VEVENT") == 1
        for name, rows in (("facts", 2), ("changes", 2)):
            table = await caller.ask(f"/exports/{name}.csv")
            assert table.headers["Content-Type"] == "text/csv; charset=utf-8"
            assert len(list(csv.DictReader(StringIO(table.body.decode(), newline="")))) == rows

    desk.play(scene)


def test_a_long_table_comes_in_parts_that_are_the_whole(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = desk.ask("/exports/changes.csv").body
    for size in (1, 2, 3):
        monkeypatch.setattr("monitor.jobs.exporting._A_PART", size)
        assert desk.ask("/exports/changes.csv").body == whole
    assert len(whole.splitlines()) == 3


def test_what_is_had_already_is_not_sent_again(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        first = await caller.ask("/exports/changes.atom")
        again = await caller.ask("/exports/changes.atom", headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
        token = {"Authorization": f"Bearer {desk.token()}"}
        room.clock.pass_by(hours=1)
        await caller.ask("/changes/bridge/opening/2/dismiss", method="POST", json={}, headers=token)
        news = await caller.ask("/exports/changes.atom", headers={"If-None-Match": first.headers["ETag"]})
        assert news.status == 200
        was, now = (feedparser.parse(reply.body).entries[0] for reply in (first, news))
        assert (now.id, now.published) == (was.id, was.published)
        assert now.updated > was.updated

    desk.play(scene)


def test_a_hostile_title_comes_alive_nowhere(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        change = await caller.ask("/changes/bridge/opening/2")
        assert change.json["evidence"][0]["title"].startswith(HOSTILE)
        assert (change.headers["Content-Type"], change.headers["X-Content-Type-Options"]) == ("application/json", "nosniff")
        for name in ("changes.atom", "changes.json", "changes.csv", "facts.csv", "dates.ics"):
            reply = await caller.ask(f"/exports/{name}")
            assert reply.headers["X-Content-Type-Options"] == "nosniff"
            assert b"<script" not in reply.body
            assert not any(line.startswith((b"=", b"BEGIN:VEVENT,")) for line in reply.body.splitlines())

    desk.play(scene)


def test_the_links_of_a_feed_are_public_ones_and_none_of_them_acts(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_PUBLIC_URL="https://watch.example.org") as room:
        move_the_opening(room, newsroom)
        document = Desk(room=room).ask("/exports/changes.json").json
    assert document["feed_url"] == "https://watch.example.org/api/v1/exports/changes.json"
    assert [item["url"] for item in document["items"]] == [
        f"https://watch.example.org/changes/bridge/opening%23{sequence}" for sequence in (2, 1)
    ]
    for item in document["items"]:
        links = re.findall(r"https://watch\.example\.org[^\s\"<]*", item["content_text"] + item["content_html"])
        assert set(links) == {item["url"]}

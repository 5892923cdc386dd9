"""What a poll brings, and what becomes of a feed that cannot be read."""

from __future__ import annotations

import re
import sqlite3
from dataclasses import replace
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest
from sqlalchemy.exc import IntegrityError

from monitor.core.changes import ChangeState
from monitor.jobs.pacing import VALIDATORS_LIVE
from monitor.jobs.polling import LEASE, lease_feeds
from monitor.jobs.running_once import find_feeds
from monitor.store import feeds, items
from monitor.store.versions import Version
from tests.e2e.newsrooms import Newsroom, opening
from tests.feeds.sites import plain
from tests.jobs.rooms import BEGIN, Room, open_room


def publish(room: Room, newsroom: Newsroom, *words: str) -> None:
    """A day later, one item a month that is named, all of one moment."""
    room.clock.pass_by(days=1)
    for month in words:
        newsroom.publish(f"Bridge: {month}", opening(month), published=room.clock())


def stored(room: Room) -> list[Version]:
    """The newest version of every item."""
    with room.context.store.reading() as connection:
        return list(items.list_newest(connection))


def test_what_a_feed_begins_with_moves_silently_and_what_comes_later_is_told(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN)
    room.poll()
    assert room.keys == ["digest"]
    publish(room, newsroom, "March 2029")
    room.poll()
    assert room.keys == ["digest", "bridge/opening#2"]


def test_an_old_item_that_turns_up_late_goes_into_a_digest(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    room.clock.pass_by(days=1)
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN - timedelta(days=3))
    room.poll()
    assert room.keys == ["digest"]


def test_items_of_one_moment_move_a_fact_from_the_foot_of_the_document_to_its_head(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028", "March 2029")
    room.poll()
    assert room.values() == ["2028-11", "2029-03"]


def test_the_same_document_tells_nothing_twice(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    for _ in range(3):
        room.poll()
    assert room.keys == ["bridge/opening#1"]


def test_an_item_without_a_date_counts_as_published_when_it_was_seen(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    newsroom.items = [newsroom.items[0].replace("pubDate", "noDate")]
    room.poll()
    assert room.last().effective == room.clock()


def test_gossip_is_a_rumour_whatever_it_says(room: Room, newsroom: Newsroom) -> None:
    room.rewrite("every: 1s", "every: 1s, tier: gossip")
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    assert str(room.last().certainty) == "rumour"
    assert room.last().state is ChangeState.CANDIDATE
    assert not room.messages


def test_an_item_from_before_the_watch_is_not_read(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN.replace(year=2025))
    room.poll()
    assert not room.values()


def test_an_edited_item_is_judged_anew_once_for_each_of_its_texts(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    room.clock.pass_by(days=1)
    for month in ("November 2028", "March 2029", "November 2028", "March 2029"):
        newsroom.publish("Bridge", opening(month), published=room.clock(), guid="edited")
        room.poll()
    assert room.values() == ["2028-11", "2029-03"]
    (item,) = [version.item for version in stored(room) if version.item.title == "Bridge"]
    for minute in range(60):
        newsroom.publish("Bridge", f"{opening('March 2029')} It is {minute} past.", published=room.clock(), guid="edited")
        room.poll()
    with room.context.store.reading() as connection:
        assert len(items.list_versions(connection, item.id)) == items.MOST_VERSIONS
    assert room.values() == ["2028-11", "2029-03"]


def test_a_feed_that_republishes_everything_under_new_guids_tells_nothing(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    publish(room, newsroom, "March 2029")
    room.poll()
    told, known = room.keys, len(stored(room))
    room.clock.pass_by(days=1)
    newsroom.items = [
        re.sub(r"<pubDate>.*?</pubDate>", "", item).replace('isPermaLink="false">', 'isPermaLink="false">new-')
        for item in newsroom.items
    ]
    room.poll()
    assert (room.keys, len(stored(room))) == (told, known)
    assert room.values() == ["2028-11", "2029-03"]


def test_a_date_ahead_or_before_the_web_counts_as_when_it_was_seen(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    room.clock.pass_by(days=1)
    for year in (1970, 2099):
        newsroom.publish(f"From {year}", "Nothing.", published=room.clock().replace(year=year))
    room.poll()
    assert {version.item.published for version in stored(room)} == {room.clock()}


def test_an_emptied_feed_is_an_error_and_nothing_is_gone(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    kept, newsroom.items = newsroom.items, []
    for failures in (1, 2):
        (polled,) = room.poll()
        assert "the feed is empty, although it had items before" in polled.trouble
        assert room.feed.failures == failures
    newsroom.items = kept
    room.poll()
    assert (room.feed.failures, room.keys, len(stored(room))) == (0, ["bridge/opening#1"], 1)


def test_a_feed_that_was_always_empty_is_well(room: Room) -> None:
    (polled,) = room.poll()
    assert (polled.trouble, room.feed.failures) == ("", 0)


def test_validators_are_stored_with_their_items_or_not_at_all(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    before = room.feed.validators
    publish(room, newsroom, "November 2028")
    refuse = "CREATE TRIGGER refuse BEFORE INSERT ON outbox BEGIN SELECT RAISE(ABORT, 'no room'); END"
    with sqlite3.connect(room.context.store.path or "") as database:
        database.execute(refuse)
    with pytest.raises(IntegrityError, match="no room"):
        room.poll()
    assert (room.feed.validators, stored(room), room.values()) == (before, [], [])
    with sqlite3.connect(room.context.store.path or "") as database:
        database.execute("DROP TRIGGER refuse")
    room.clock.pass_by(seconds=LEASE.total_seconds())
    room.poll()
    *_, headers = (headers for path, headers in newsroom.site.requests if path == newsroom.path)
    assert before is not None
    assert headers["If-None-Match"] == before.etag
    assert room.feed.validators != before
    assert room.keys == ["bridge/opening#1"]


def test_due_times_outlive_a_restart_and_feeds_that_were_asked_together_part(tmp_path: Path, newsroom: Newsroom) -> None:
    urls = [newsroom.site.url(f"/{number}") for number in range(6)]
    for path in map(str, range(6)):
        newsroom.site.answers[f"/{path}"] = newsroom.answer
    with open_room(tmp_path, *urls) as room:
        jitter = iter([0.0, 0.2, 0.4, 0.6, 0.8, 0.9])
        room.context = replace(room.context, jitter=lambda: next(jitter))
        room.rewrite(", every: 1s", ", every: 1h")
        room.poll()
        asked, due = len(newsroom.site.requests), {feed.next_due for feed in find_feeds(room.context)}
        assert len(due) == 6
    with open_room(tmp_path, *urls) as again:
        assert {feed.next_due for feed in find_feeds(again.context)} == due
        assert lease_feeds(again.context, limit=64) == ()
        again.clock.pass_by(minutes=62)
        assert len(lease_feeds(again.context, limit=64)) == 2
    assert len(newsroom.site.requests) == asked


def test_polling_one_feed_leaves_all_others_as_they_are(tmp_path: Path, newsroom: Newsroom) -> None:
    others = [newsroom.site.url(f"/{number}") for number in range(feeds.MOST_PER_HOST + 2)]
    with open_room(tmp_path, *others, newsroom.url) as room:
        room.clock.pass_by(minutes=1)
        (polled,) = room.poll(newsroom.url)
        assert polled.feed.url == newsroom.url
        assert len(lease_feeds(room.context, limit=64)) == feeds.MOST_PER_HOST
    assert {path for path, _ in newsroom.site.requests} == {newsroom.path}


def test_the_host_to_which_a_feed_redirects_is_left_alone_and_no_other(tmp_path: Path, newsroom: Newsroom) -> None:
    newsroom.site.give("/away", status=302, headers={"Location": newsroom.site.url("/busy", host="localhost")})
    newsroom.site.give("/busy", status=503, headers={"Retry-After": "3600"})
    with open_room(
        tmp_path, newsroom.site.url("/away"), newsroom.url, FACTWATCH_ALLOW_PRIVATE_HOSTS="127.0.0.1 localhost"
    ) as room:
        for _ in range(2):
            assert [bool(polled.trouble) for polled in room.poll()].count(False) == 1


def test_validators_are_sent_back_and_dropped_every_eight_days(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    room.poll()
    assert newsroom.site.last["If-None-Match"]
    room.clock.pass_by(seconds=VALIDATORS_LIVE.total_seconds())
    room.poll()
    assert newsroom.site.last["If-None-Match"] is None


def test_failures_in_a_row_put_the_next_visit_off_and_a_good_one_ends_them(room: Room, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=500)
    waits = []
    for _ in range(3):
        room.poll()
        assert room.feed.next_due is not None
        waits.append(room.feed.next_due - room.clock())
    assert waits[0] < waits[1] < waits[2]
    assert (room.feed.failures, "500" in room.feed.last_error) == (3, True)
    newsroom.site.answers[newsroom.path] = newsroom.answer
    room.poll()
    assert (room.feed.failures, room.feed.last_error) == (0, "")


def test_a_feed_that_moved_for_good_keeps_its_items(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    newsroom.site.answers["/new"] = newsroom.answer
    newsroom.site.give(newsroom.path, status=301, headers={"Location": "/new"})
    room.poll()
    room.poll()
    assert room.feed.current_url == newsroom.site.url("/new")
    assert newsroom.site.requests[-1][0] == "/new"
    assert room.keys == ["bridge/opening#1"]


def test_a_feed_that_moved_and_got_lost_is_found_at_its_old_place(room: Room, newsroom: Newsroom) -> None:
    newsroom.site.answers["/new"] = newsroom.answer
    newsroom.site.give(newsroom.path, status=301, headers={"Location": "/new"})
    room.poll()
    newsroom.site.give("/new", status=404)
    newsroom.site.answers[newsroom.path] = newsroom.answer
    for _ in range(4):
        room.poll()
    assert (room.feed.failures, room.feed.current_url) == (0, newsroom.url)


def test_a_host_that_asks_for_patience_is_left_alone(room: Room, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=429, headers={"Retry-After": "3600"})
    room.poll()
    asked = newsroom.asked
    assert room.poll() == []
    assert newsroom.asked == asked
    room.clock.pass_by(hours=2)
    assert len(room.poll()) == 1


def test_an_ended_feed_is_told_once(room: Room, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=410)
    room.poll()
    room.poll()
    assert newsroom.asked == 1
    assert [message.occasion for message in room.messages] == ["notice"]


def test_no_transaction_is_open_while_the_network_is_used(room: Room, newsroom: Newsroom) -> None:
    written: list[str] = []

    def answer(handler: BaseHTTPRequestHandler) -> None:
        with room.context.store.transaction():
            written.append(handler.path)
        newsroom.answer(handler)

    newsroom.site.answers[newsroom.path] = answer
    (polled,) = room.poll()
    assert not polled.trouble
    assert written == [newsroom.path]


def test_credentials_are_sent_as_the_rule_names_them(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_AUTH_PAPER="me:secret") as room:
        room.rewrite("every: 1s", "every: 1s, auth: paper")
        newsroom.site.answers[newsroom.path] = plain(b"", status=500)
        room.poll()
    assert newsroom.site.last["Authorization"] == "Basic bWU6c2VjcmV0"

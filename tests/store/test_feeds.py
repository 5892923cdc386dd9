from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest
from sqlalchemy.exc import StatementError

from monitor.core.watches import FeedSource
from monitor.store import feeds, items
from monitor.store.engine import Store
from tests.store.builders import MINUTE, NOW, add_feed, sighting

HOUR = timedelta(hours=1)
VALIDATORS = feeds.Validators(etag='W/"a b"', last_modified="Thu, 28 Mar 2024 11:00:00 GMT", body_hash="f00", since=NOW)


def lease(connection: feeds.Connection, now: datetime, limit: int = 99) -> list[int]:
    return [feed.id for feed in feeds.lease_due(connection, now=now, lease=5 * MINUTE, limit=limit, owner="tests")]


def test_the_rules_feeds_are_added_retired_and_taken_back_with_their_state(store: Store) -> None:
    a, b = FeedSource(url="https://a.example/feed"), FeedSource(url="https://b.example/", select="main li")
    with store.transaction() as connection:
        ids = feeds.sync(connection, [a, b, a], now=NOW)
        assert feeds.sync(connection, [b, a], now=NOW) == ids
        feeds.settle_success(connection, ids[a.url, None], now=NOW, next_due=NOW + HOUR, validators=VALIDATORS)
        assert feeds.sync(connection, [b], now=NOW + MINUTE) == {(b.url, "main li"): ids[b.url, "main li"]}
        assert [feed.url for feed in feeds.list_all(connection)] == [b.url]
        assert [feed.url for feed in feeds.list_all(connection, with_retired=True)] == [a.url, b.url]
        assert lease(connection, NOW + 2 * HOUR) == [ids[b.url, "main li"]]
        assert feeds.sync(connection, [a, b], now=NOW + 2 * HOUR) == ids
        (again,) = (feed for feed in feeds.list_all(connection) if feed.url == a.url)
    assert (again.validators, again.next_due, again.retired_at) == (VALIDATORS, NOW + 2 * HOUR, None)


def test_a_page_watched_by_two_selectors_is_two_feeds(store: Store) -> None:
    sources = [FeedSource(url="https://a.example/", select=selector) for selector in (None, "li", "p")]
    with store.transaction() as connection:
        assert len(set(feeds.sync(connection, sources, now=NOW).values())) == 3


def test_a_due_feed_is_leased_to_one_until_settled_or_the_lease_runs_out(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        assert lease(connection, NOW - MINUTE) == []
        assert lease(connection, NOW) == [feed]
        assert lease(connection, NOW + MINUTE) == []
        assert lease(connection, NOW + 5 * MINUTE) == [feed]
        feeds.settle_success(connection, feed, now=NOW + 6 * MINUTE, next_due=NOW + HOUR)
        assert lease(connection, NOW + HOUR - MINUTE) == []
        assert feeds.next_due_at(connection) == NOW + HOUR
        assert lease(connection, NOW + HOUR) == [feed]


def test_the_longest_overdue_come_first(store: Store) -> None:
    with store.transaction() as connection:
        ids = list(feeds.sync(connection, [FeedSource(url=f"https://{n}.example/") for n in range(5)], now=NOW).values())
        for place, feed in enumerate(ids):
            feeds.settle_success(connection, feed, now=NOW, next_due=NOW - place * MINUTE)
        assert lease(connection, NOW, limit=2) == [ids[4], ids[3]]
        assert lease(connection, NOW, limit=2) == [ids[2], ids[1]]
        assert lease(connection, NOW, limit=2) == [ids[0]]


def test_a_success_keeps_what_is_not_said_anew(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        told = {"title": "Cars", "current_url": "https://new.example/feed", "hints": {"ttl": 60}}
        feeds.settle_success(connection, feed, now=NOW, next_due=NOW, validators=VALIDATORS, **told)
        feeds.settle_success(connection, feed, now=NOW + MINUTE, next_due=NOW + HOUR)
        record = feeds.find(connection, feed)
    assert record is not None
    assert (record.title, record.current_url, record.hints, record.validators) == (*told.values(), VALIDATORS)
    assert (record.first_ok_at, record.last_ok_at) == (NOW, NOW + MINUTE)


def test_failures_are_counted_until_a_success(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        feeds.settle_failure(connection, feed, now=NOW, next_due=NOW + HOUR, error="500")
        feeds.settle_failure(connection, feed, now=NOW + HOUR, next_due=NOW + 3 * HOUR, error="no feed")
        failing = feeds.find(connection, feed)
        feeds.settle_success(connection, feed, now=NOW + 3 * HOUR, next_due=NOW + 4 * HOUR)
        well = feeds.find(connection, feed)
    assert failing is not None
    assert well is not None
    assert (failing.failures, failing.first_failure_at, failing.last_error, failing.last_ok_at) == (2, NOW, "no feed", None)
    assert (well.failures, well.first_failure_at, well.last_error, well.first_ok_at) == (0, None, "", NOW + 3 * HOUR)


def test_a_feed_that_has_ended_is_never_due_until_the_rules_name_it_anew(store: Store) -> None:
    source = FeedSource(url="https://a.example/feed")
    with store.transaction() as connection:
        feed = add_feed(connection, source.url)
        feeds.settle_end(connection, feed, now=NOW, error="410")
        feeds.sync(connection, [source], now=NOW)
        feeds.make_due(connection, now=NOW)
        assert lease(connection, NOW + 99 * HOUR) == []
        feeds.sync(connection, [], now=NOW)
        feeds.sync(connection, [source], now=NOW + HOUR)
        assert lease(connection, NOW + HOUR) == [feed]


def test_a_host_that_wants_silence_gets_it_for_all_its_feeds(store: Store) -> None:
    urls = ["https://busy.example/1", "https://BUSY.example:8443/2", "https://other.example/"]
    with store.transaction() as connection:
        ids = feeds.sync(connection, (FeedSource(url=url) for url in urls), now=NOW)
        feeds.silence_host(connection, "busy.example", until=NOW + HOUR)
        feeds.silence_host(connection, "busy.example", until=NOW + MINUTE)
        assert lease(connection, NOW + MINUTE) == [ids[urls[2], None]]
        assert sorted(lease(connection, NOW + HOUR)) == sorted(ids.values())


def test_so_many_feeds_of_one_host_are_under_way_and_no_more(store: Store) -> None:
    many = [f"https://busy.example/{n}" for n in range(feeds.MOST_PER_HOST + 3)]
    with store.transaction() as connection:
        ids = feeds.sync(connection, (FeedSource(url=url) for url in [*many, "https://other.example/"]), now=NOW)
        first = lease(connection, NOW)
        assert len(first) == feeds.MOST_PER_HOST + 1
        assert ids["https://other.example/", None] in first
        assert lease(connection, NOW) == []
        feeds.settle_success(connection, first[0], now=NOW, next_due=NOW + HOUR)
        assert len(lease(connection, NOW)) == 1
        assert len(lease(connection, NOW + 5 * MINUTE)) == feeds.MOST_PER_HOST + 1


def test_all_or_some_feeds_can_be_made_due(store: Store) -> None:
    with store.transaction() as connection:
        ids = list(feeds.sync(connection, [FeedSource(url=f"https://{n}.example/") for n in range(3)], now=NOW).values())
        for feed in ids:
            feeds.settle_success(connection, feed, now=NOW, next_due=NOW + HOUR)
        assert feeds.make_due(connection, now=NOW, feed_ids=[ids[1]]) == 1
        assert lease(connection, NOW) == [ids[1]]
        assert feeds.make_due(connection, now=NOW) == 3


def test_feeds_that_are_pushed_are_found_by_their_hints(store: Store) -> None:
    urls = [f"https://{name}.example/" for name in ("pushed", "plain", "fresh", "ended")]
    with store.transaction() as connection:
        ids = feeds.sync(connection, [FeedSource(url=url) for url in urls], now=NOW)
        pushed, plain, _, ended = ids.values()
        for feed, hub in ((pushed, "https://hub.example/"), (plain, ""), (ended, "https://hub.example/")):
            feeds.settle_success(connection, feed, now=NOW, next_due=NOW, hints={"hub": hub, "topic": "t"})
        feeds.settle_end(connection, ended, now=NOW, error="410")
        assert feeds.list_hubs(connection) == {pushed: ("https://hub.example/", "t")}


def test_an_archive_holds_items_and_is_never_polled(store: Store) -> None:
    with store.transaction() as connection:
        archive = feeds.register_archive(connection, "seeds/car.archive.jsonl", now=NOW)
        assert feeds.register_archive(connection, "seeds/car.archive.jsonl", now=NOW) == archive
        assert len(items.store(connection, archive, [sighting()], now=NOW)) == 1
        feeds.sync(connection, [], now=NOW)
        assert feeds.list_all(connection, with_retired=True) == ()
        assert lease(connection, NOW + HOUR) == []


def test_moments_come_back_aware_and_in_utc_whatever_zone_they_had(store: Store) -> None:
    shanghai = timezone(timedelta(hours=8))
    with store.transaction() as connection:
        feed = add_feed(connection)
        feeds.settle_failure(connection, feed, now=NOW.astimezone(shanghai), next_due=NOW.astimezone(shanghai), error="")
        record = feeds.find(connection, feed)
        assert lease(connection, NOW) == [feed]
    assert record is not None
    assert record.first_failure_at == NOW
    assert record.first_failure_at.utcoffset() == timedelta(0)


def test_a_moment_without_a_zone_is_refused(store: Store) -> None:
    with store.transaction() as connection, pytest.raises(StatementError, match="no time zone"):
        lease(connection, NOW.replace(tzinfo=None))


def test_an_address_that_is_none_has_no_host() -> None:
    assert (feeds.host_of("http://[::"), feeds.host_of("mailto:a@b"), feeds.host_of("https://A.example:1/")) == (
        "",
        "",
        "a.example",
    )

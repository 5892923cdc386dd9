from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.store import articles, items, readings
from monitor.store.engine import Store
from monitor.store.versions import TextKind
from tests.store.builders import MINUTE, NOW, add_feed, sighting


def test_an_entry_is_stored_once_however_often_it_is_seen(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        first = items.store(connection, feed, [sighting(), sighting("b")], now=NOW)
        again = items.store(connection, feed, [sighting(), sighting("b"), sighting("c", body="In May.")], now=NOW + MINUTE)
    assert [version.number for version in first] == [1, 1]
    assert len({version.item.id for version in first}) == 2
    assert [version.item.title for version in again] == ["The car comes"]
    assert again[0].first_seen == NOW + MINUTE


def test_an_edited_entry_is_a_new_version_of_the_same_item(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        (first,) = items.store(connection, feed, [sighting(body="In June.")], now=NOW)
        (edited,) = items.store(connection, feed, [sighting(body="In July.")], now=NOW + MINUTE)
    assert (edited.item.id, edited.number, edited.kind) == (first.item.id, 2, TextKind.SUMMARY)
    assert edited.id > first.id
    with store.reading() as connection:
        assert items.load(connection, first.item.id) == edited.item
        assert items.list_versions(connection, first.item.id) == (first, edited)
        assert items.list_newest(connection) == (edited,)


def test_each_distinct_wording_is_a_version_only_once(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        bodies = ["June", "July", "June", "July", "June"]
        stored = [items.store(connection, feed, [sighting(body=body)], now=NOW) for body in bodies]
    assert [len(versions) for versions in stored] == [1, 1, 0, 0, 0]


def test_one_identity_twice_in_a_document_is_one_item(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        twice = [sighting(body="June"), sighting(body="June"), sighting(body="July")]
        stored = items.store(connection, feed, twice, now=NOW)
        assert items.store(connection, feed, twice, now=NOW) == ()
    assert [(version.item.body, version.number) for version in stored] == [("June", 1), ("July", 2)]


def test_a_page_that_changes_for_ever_is_stored_so_many_times_and_no_more(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        stored = [items.store(connection, feed, [sighting(body=f"{n} o'clock")], now=NOW) for n in range(items.MOST_VERSIONS + 6)]
    assert sum(map(len, stored)) == items.MOST_VERSIONS


def test_the_same_identity_in_two_feeds_is_two_items(store: Store) -> None:
    with store.transaction() as connection:
        one, two = add_feed(connection, "https://a.example/feed"), add_feed(connection, "https://b.example/feed")
        first, second = (items.store(connection, feed, [sighting()], now=NOW)[0] for feed in (one, two))
    assert first.item.id != second.item.id


@pytest.mark.parametrize("hostile", ["NUL \0 here", "half a pair \ud83d here", "\ud83d\udca9"])
def test_characters_that_no_database_takes_do_not_stop_the_feed(store: Store, hostile: str) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        (stored,) = items.store(connection, feed, [sighting(hostile, title=hostile, body=hostile)], now=NOW)
        assert items.store(connection, feed, [sighting(hostile, title=hostile, body=hostile)], now=NOW) == ()
        assert items.load(connection, stored.item.id) == stored.item


def test_an_id_that_is_none_of_ours_finds_nothing(store: Store) -> None:
    with store.reading() as connection:
        for unknown in ("", "12", "-1", "x'; DROP TABLE items"):
            assert items.load(connection, unknown) is None
            assert items.list_versions(connection, unknown) == ()


# --- articles ---------------------------------------------------------------------------------------


def test_the_article_is_a_version_with_the_summarys_origin(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        (summary,) = items.store(connection, feed, [sighting()], now=NOW)
        article = items.store_article(connection, summary.item.id, title="The car comes", body="Long.", now=NOW + MINUTE)
        again = items.store_article(connection, summary.item.id, title="The car comes", body="Long.", now=NOW + MINUTE)
        assert items.store(connection, feed, [sighting()], now=NOW) == ()
    assert again is None
    assert article is not None
    assert (article.kind, article.number, article.item.body) == (TextKind.ARTICLE, 2, "Long.")
    assert (article.item.publisher, article.item.published) == (summary.item.publisher, summary.item.published)


def test_an_article_is_leased_to_one_and_comes_back_when_the_lease_runs_out(store: Store) -> None:
    with store.transaction() as connection:
        (version,) = items.store(connection, add_feed(connection), [sighting()], now=NOW)
        item = version.item.id
        assert articles.want(connection, item, "https://example.org/a", now=NOW)
        assert not articles.want(connection, item, "https://example.org/a", now=NOW)
        leases = [
            articles.lease_due(connection, now=NOW + after, lease=5 * MINUTE, limit=9, owner="us")
            for after in (0 * MINUTE, MINUTE, 5 * MINUTE)
        ]
        assert [len(lease) for lease in leases] == [1, 0, 1]
        later = NOW + timedelta(hours=1)
        articles.settle(connection, item, articles.ArticleState.PENDING, next_due=later, detail="503")
        assert articles.lease_due(connection, now=NOW + 6 * MINUTE, lease=MINUTE, limit=9, owner="us") == ()
        (wanted,) = articles.lease_due(connection, now=later, lease=MINUTE, limit=9, owner="us")
        assert (wanted.item_id, wanted.attempts) == (item, 1)
        articles.settle(connection, item, articles.ArticleState.FETCHED)
        assert articles.lease_due(connection, now=later + MINUTE, lease=MINUTE, limit=9, owner="us") == ()
        assert articles.count(connection) == {articles.ArticleState.FETCHED: 1}


# --- readings ---------------------------------------------------------------------------------------


def test_a_watch_reads_each_version_once_and_a_new_watch_catches_up(store: Store) -> None:
    with store.transaction() as connection:
        feed, other = add_feed(connection, "https://a.example/feed"), add_feed(connection, "https://b.example/feed")
        one, two = items.store(connection, feed, [sighting("a"), sighting("b")], now=NOW)
        (three,) = items.store(connection, other, [sighting("c", published=NOW - timedelta(days=9))], now=NOW)
        for version in (one, two, two):
            readings.record(connection, "car", version.id, claims=1, account={}, now=NOW)
        (edited,) = items.store(connection, feed, [sighting("a", body="In July.")], now=NOW)
    with store.reading() as connection:
        assert readings.list_unread(connection, "car") == (three, edited)
        assert readings.list_unread(connection, "plane") == (one, two, three, edited)
        assert readings.list_unread(connection, "plane", limit=2) == (one, two)
        assert readings.list_unread(connection, "plane", after=two.id) == (three, edited)
        assert readings.list_unread(connection, "plane", feed_ids=[other]) == (three,)
        assert readings.list_unread(connection, "plane", since=NOW) == (one, two, edited)


def test_what_a_watch_found_last_comes_first_and_what_said_nothing_not_at_all(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        one, two, three = items.store(connection, feed, [sighting("a"), sighting("b"), sighting("c")], now=NOW)
        for reader, version, claims in (("car", one, 2), ("car", two, 0), ("car/price", three, 1), ("cart", two, 1)):
            readings.record(connection, reader, version.id, claims=claims, account={"of": reader}, now=NOW)
        found = readings.list_telling(connection, "car", limit=9)
        assert [(record.item, record.account) for record in found] == [
            (three.item, {"of": "car/price"}),
            (one.item, {"of": "car"}),
        ]
        assert len(readings.list_telling(connection, "car", limit=1)) == 1


# --- tallies ----------------------------------------------------------------------------------------


def test_a_feed_is_tallied_with_its_newest_item_in_its_newest_words(store: Store) -> None:
    with store.transaction() as connection:
        feed, empty = add_feed(connection, "https://a.example/feed"), add_feed(connection, "https://b.example/feed")
        items.store(connection, feed, [sighting("a"), sighting("b", "The plane flies")], now=NOW - timedelta(days=9))
        items.store(connection, feed, [sighting("c", "The ship sails")], now=NOW)
        (edited,) = items.store(connection, feed, [sighting("c", "The ship sails", "In July.")], now=NOW)
        tallies = items.tally_by_feed(connection, [feed, empty], since=NOW - timedelta(days=7))
    assert empty not in tallies
    assert (tallies[feed].total, tallies[feed].recent, tallies[feed].newest) == (3, 1, edited)

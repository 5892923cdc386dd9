"""What a document holds is known by its names, and where those are new, by its words."""

from __future__ import annotations

from datetime import timedelta

from monitor.store import items
from monitor.store.engine import Store
from monitor.store.sightings import Sighting, find_known
from monitor.store.versions import text_hash
from tests.store.builders import MINUTE, NOW, add_feed, sighting

LATER = NOW + timedelta(days=9)


def test_known_identities_are_told_with_their_fingerprints(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        items.store(connection, feed, [sighting("a", "T", "June"), sighting("a", "T", "July"), sighting("b", "U", "V")], now=NOW)
        many = [f"unseen-{n}" for n in range(2000)]
        known = find_known(connection, feed, ["a", "b", *many])
    assert known == {"a": {text_hash("T", "June"), text_hash("T", "July")}, "b": {text_hash("U", "V")}}


def document(*names: str, **other: object) -> list[Sighting]:
    """An entry a name, whose words do not depend on the names."""
    return [sighting(name, body=f"Part {n}", url=f"https://example.org/{n}", **other) for n, name in enumerate(names)]


def test_a_document_under_new_names_is_no_news_even_with_new_dates(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        items.store(connection, feed, document("a", "b", "c"), now=NOW)
        assert items.store(connection, feed, document("x", "y", "z", published=LATER), now=LATER) == ()
        # The new names are the names now: an edit under one of them is a version of the old item.
        (edited,) = items.store(connection, feed, [sighting("x", body="Edited")], now=LATER)
    assert edited.number == 2


def test_news_in_a_document_under_new_names_is_news(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        items.store(connection, feed, document("a", "b", "c"), now=NOW)
        (news,) = items.store(connection, feed, [sighting("w", body="New"), *document("x", "y", "z", published=LATER)], now=LATER)
    assert news.item.body == "New"


def test_a_single_entry_under_a_new_name_is_the_old_one_unless_it_is_dated_later(store: Store) -> None:
    with store.transaction() as connection:
        feed = add_feed(connection)
        items.store(connection, feed, document("a", "b"), now=NOW)
        undated = {"published": LATER, "is_dated": False}
        assert items.store(connection, feed, [*document("a", "b"), sighting("c", body="Part 1")], now=LATER) == ()
        same_place = sighting("d", body="Part 1", url="https://example.org/1", **undated)
        assert items.store(connection, feed, [sighting("a", body="Part 0"), same_place], now=LATER) == ()
        elsewhere = sighting("e", body="Part 1", url="https://example.org/elsewhere", **undated)
        assert len(items.store(connection, feed, [sighting("a", body="Part 0"), elsewhere], now=LATER)) == 1
        later = sighting("f", body="Part 0", published=LATER)
        assert len(items.store(connection, feed, [sighting("a", body="Part 0"), later], now=LATER)) == 1


def test_the_words_of_another_feed_do_not_count(store: Store) -> None:
    with store.transaction() as connection:
        one, other = add_feed(connection, "https://a.example/feed"), add_feed(connection, "https://b.example/feed")
        items.store(connection, one, document("a", "b"), now=NOW)
        assert len(items.store(connection, other, document("x", "y"), now=NOW + MINUTE)) == 2

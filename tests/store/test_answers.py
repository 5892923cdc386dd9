"""What is kept of second readers: answers by their questions, sums by the day, and what waits to be asked about again."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from monitor.store import answers, feeds, items, spending, unheard
from monitor.store.answers import KeptAnswer
from monitor.store.engine import Store
from monitor.store.sightings import Sighting
from monitor.store.spending import Spent
from monitor.store.versions import Version

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
LEASE = timedelta(minutes=15)


def answer(text: str, key: str = "1") -> KeptAnswer:
    return KeptAnswer(key=key, reader="tiny at host", text=text, tokens_in=900, tokens_out=40)


def stored(store: Store, *titles: str) -> list[Version]:
    """Items a day apart, the first one the oldest."""
    with store.transaction() as connection:
        feed = feeds.register_archive(connection, "archive:acme", now=NOW)
        sightings = [
            Sighting(identity=title, title=title, body="", url="", publisher="outlet", published=NOW + timedelta(days=day))
            for day, title in enumerate(titles)
        ]
        return list(items.store(connection, feed, sightings, now=NOW))


def test_the_first_answer_to_a_question_stays_whatever_it_holds(store: Store) -> None:
    with store.transaction() as connection:
        answers.keep(connection, answer("one\0 \ud800"), now=NOW)
        answers.keep(connection, answer("two"), now=NOW)
        assert answers.find(connection, "1") == answer("one ?")
        assert answers.find(connection, "2") is None
        assert answers.known_keys(connection, ["1", "2"]) == {"1"}


def test_what_is_spent_adds_up_by_day_and_reader(store: Store) -> None:
    today, before = date(2026, 6, 1), date(2026, 5, 1)
    with store.transaction() as connection:
        for day in (today, today, before):
            spending.add(connection, day, Spent(reader="tiny", calls=1, failures=1, tokens_in=5_000_000_000, tokens_out=2))
        spending.add(connection, today, Spent(reader="large", calls=7))
        assert spending.on_day(connection, today, "tiny").calls == 2
        assert spending.on_day(connection, before, "large") == Spent(reader="large")
        (large, tiny) = spending.in_all(connection)
        assert (large.calls, tiny.calls, tiny.tokens_in) == (7, 3, 15_000_000_000)
        assert spending.in_all(connection, since=today)[1].calls == 2


def test_what_was_not_heard_is_taken_by_one_the_newest_first_and_comes_back(store: Store) -> None:
    old, new = stored(store, "old", "new")
    with store.transaction() as connection:
        for version in (old, new, new):
            unheard.note(connection, version.id, "acme", why="500", next_attempt=NOW)
        assert unheard.count(connection) == 2
        taken = unheard.lease_due(connection, now=NOW, lease=LEASE, limit=1)
        assert [one.version.item.title for one in taken] == ["new"]
        assert [one.version.id for one in unheard.lease_due(connection, now=NOW, lease=LEASE, limit=9)] == [old.id]
        assert unheard.lease_due(connection, now=NOW, lease=LEASE, limit=9) == ()
        unheard.put_off(connection, new.id, "acme", why="slow", next_attempt=NOW + LEASE)
        unheard.forget(connection, old.id, "acme")
        (again,) = unheard.lease_due(connection, now=NOW + LEASE, lease=LEASE, limit=9)
        assert (again.version.id, again.watch, again.attempts) == (new.id, "acme", 2)

from __future__ import annotations

from monitor.core.messages import Occasion
from monitor.store import held, notes, snoozes
from monitor.store.engine import Store
from tests.store.builders import MINUTE, NOW


def test_what_is_held_is_handed_on_once_when_its_moment_comes(store: Store) -> None:
    with store.transaction() as connection:
        held.hold(connection, "car/launch#1", until=NOW + 2 * MINUTE, reason="waiting for more sources", now=NOW)
        held.hold(connection, "car/price#1", until=NOW + MINUTE, reason="snoozed", now=NOW)
        assert [telling.change_key for telling in held.list_held(connection)] == ["car/price#1", "car/launch#1"]
        assert held.next_release_at(connection) == NOW + MINUTE
        released = [held.release_due(connection, now=NOW + after * MINUTE) for after in (0, 1, 2, 3)]
        assert [[telling.change_key for telling in batch] for batch in released] == [[], ["car/price#1"], ["car/launch#1"], []]
        assert held.list_held(connection) == ()
        assert held.next_release_at(connection) is None


def test_holding_again_takes_the_place_of_the_first(store: Store) -> None:
    with store.transaction() as connection:
        held.hold(connection, "car/launch#1", until=NOW, reason="waiting", now=NOW)
        assert len(held.release_due(connection, now=NOW)) == 1
        held.hold(connection, "car/launch#1", until=NOW + MINUTE, reason="quiet hours", now=NOW)
        held.hold(connection, "car/launch#1", destination="analysts", until=NOW, reason="digest", now=NOW)
        held.hold(connection, "car/launch#1", Occasion.WITHDRAWN, until=NOW, reason="digest", now=NOW)
        kept = [(telling.occasion, telling.destination, telling.reason) for telling in held.list_held(connection)]
    assert kept == [
        (Occasion.CHANGE, "analysts", "digest"),
        (Occasion.WITHDRAWN, "", "digest"),
        (Occasion.CHANGE, "", "quiet hours"),
    ]


def test_what_is_held_of_one_change_can_be_handed_on_early(store: Store) -> None:
    with store.transaction() as connection:
        for key in ("car/launch#1", "car/launch#2"):
            held.hold(connection, key, until=NOW + MINUTE, reason="waiting", now=NOW)
        assert [telling.change_key for telling in held.release(connection, "car/launch#1", now=NOW)] == ["car/launch#1"]
        assert [telling.change_key for telling in held.list_held(connection)] == ["car/launch#2"]


def test_a_silence_covers_the_change_its_fact_and_its_watch_until_it_ends(store: Store) -> None:
    with store.transaction() as connection:
        for minutes, target in enumerate(("car", "car/launch", "car/launch#1"), start=1):
            snoozes.snooze(connection, target, until=NOW + minutes * MINUTE, now=NOW)

        def ends(fact: str, key: str, after: int = 0) -> object:
            return snoozes.snoozed_until(connection, "car", fact, key, now=NOW + after * MINUTE)

        assert ends("launch", "car/launch#1") == NOW + 3 * MINUTE
        assert ends("launch", "car/launch#2") == NOW + 2 * MINUTE
        assert ends("price", "car/price#1") == NOW + MINUTE
        assert ends("price", "car/price#1", after=1) is None
        assert [snooze.target for snooze in snoozes.list_active(connection, now=NOW + MINUTE)] == ["car/launch", "car/launch#1"]


def test_a_silence_can_be_moved_and_ended(store: Store) -> None:
    with store.transaction() as connection:
        snoozes.snooze(connection, "car", until=NOW + MINUTE, now=NOW, note="fair")
        snoozes.snooze(connection, "car", until=NOW + 2 * MINUTE, now=NOW)
        (only,) = snoozes.list_active(connection, now=NOW)
        assert (only.until, only.note) == (NOW + 2 * MINUTE, "")
        assert snoozes.wake(connection, "car")
        assert not snoozes.wake(connection, "car")


def test_a_note_is_read_as_it_was_written_last(store: Store) -> None:
    with store.transaction() as connection:
        for value in (1, "1", [1, {"a": "八"}], False):
            notes.write(connection, "key", value)
            read = notes.read(connection, "key")
            assert (read, type(read)) == (value, type(value))
        notes.erase(connection, "key")
        assert notes.read(connection, "key") is None

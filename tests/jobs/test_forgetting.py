"""What is old loses its words; the ledger, its evidence and what was ever seen or told stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.core.messages import Message
from monitor.core.telling.retrying import Fate, Settle
from monitor.jobs import forgetting
from monitor.jobs.forgetting import forget_old
from monitor.jobs.recalling import recall
from monitor.store import items, outbox, readings
from monitor.store.outbox import DeliveryState
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import Room, open_room
from tests.store.builders import MINUTE

STROLL = "The Harbour Bridge was painted green, the city said."


on_both = pytest.mark.parametrize("old_room", ["sqlite", "postgresql"], indirect=True)


@pytest.fixture
def old_room(request: pytest.FixtureRequest, tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    """A room of long ago: an item that moved the ledger, one that said nothing, and a message that was sent."""
    settings = {"FACTWATCH_KEEP": "30d"}
    if getattr(request, "param", "") == "postgresql":
        settings["FACTWATCH_DATABASE_URL"] = str(request.getfixturevalue("postgresql_url"))
    with open_room(tmp_path, newsroom.url, **settings) as room:
        newsroom.publish("Bridge late", opening("June 2028"), published=room.clock())
        newsroom.publish("Bridge green", STROLL, published=room.clock())
        room.poll()
        send_all(room)
        yield room


def send_all(room: Room) -> None:
    """Have all that is in the outbox sent."""
    sent = Settle(fate=Fate.SENT, at=None, detail="")
    with room.context.store.transaction() as connection:
        while due := outbox.lease_due(connection, now=room.clock(), lease=MINUTE, limit=9):
            for delivery in due:
                outbox.settle(connection, delivery.id, sent, now=room.clock())


def texts(room: Room) -> dict[str, str]:
    """The body of each item, by its number in the feed."""
    with room.context.store.reading() as connection:
        return {version.item.url.rpartition("/")[2]: version.item.body for version in items.list_newest(connection)}


def sent(room: Room) -> list[Message]:
    with room.context.store.reading() as connection:
        return [record.delivery.message for record in outbox.list_newest(connection, states=[DeliveryState.SENT])]


def forget_all(room: Room) -> int:
    """Come round each hour, as often as there is anything to do."""
    total = 0
    for _ in range(100):
        total += forget_old(room.context)
    return total


def test_what_is_kept_long_enough_is_forgotten_and_no_sooner(old_room: Room) -> None:
    old_room.clock.pass_by(days=30, minutes=-2)
    assert forget_all(old_room) == 0
    old_room.clock.pass_by(minutes=4)
    assert forget_all(old_room) > 0
    assert texts(old_room)["2"] == ""
    assert forget_all(old_room) == 0


@on_both
def test_the_ledger_its_evidence_and_its_reasons_stay(old_room: Room) -> None:
    before, item = old_room.history(), old_room.last().evidence[0].claim.item
    old_room.clock.pass_by(days=400)
    forget_all(old_room)
    assert old_room.history() == before
    assert texts(old_room)["1"] == opening("June 2028")
    with old_room.context.store.reading() as connection:
        assert readings.list_of_item(connection, item.id)
        story = recall(connection, item.id, old_room.context.rules.current)
    assert story is not None
    assert [one.change.key for one in story.consequences] == ["bridge/opening#1"]


def test_what_was_seen_is_no_news_when_it_is_published_again(old_room: Room, newsroom: Newsroom) -> None:
    old_room.clock.pass_by(days=400)
    forget_all(old_room)
    newsroom.publish("Bridge", "The Harbour Bridge is closed for a day.", published=old_room.clock())
    (polled,) = old_room.poll()
    assert polled.news == 1


def test_an_item_of_which_nothing_is_left_but_its_name_can_be_explained(old_room: Room) -> None:
    with old_room.context.store.reading() as connection:
        (stroll,) = (each for each in items.list_newest(connection) if each.item.body == STROLL)
    old_room.clock.pass_by(days=400)
    forget_all(old_room)
    with old_room.context.store.reading() as connection:
        story = recall(connection, stroll.item.id, old_room.context.rules.current)
    assert story is not None
    assert (story.versions[0].item.title, story.readings) == ("", ())


@on_both
def test_a_message_keeps_its_title_and_is_not_told_again(old_room: Room) -> None:
    told = sent(old_room)
    old_room.clock.pass_by(days=400)
    forget_all(old_room)
    assert sent(old_room) == [replace(message, text="", markdown="", html="") for message in told]
    (message, *_) = told
    with old_room.context.store.transaction() as connection:
        (record, *_) = outbox.list_newest(connection)
        where = {"destination": record.delivery.destination, "order_key": record.delivery.order_key}
        assert not outbox.enqueue(connection, message, now=old_room.clock(), **where)


def test_what_waits_to_be_sent_keeps_its_words(old_room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Bridge later", opening("June 2029"), published=old_room.clock())
    old_room.poll()
    old_room.clock.pass_by(days=400)
    forget_all(old_room)
    with old_room.context.store.reading() as connection:
        (waiting,) = outbox.list_newest(connection, states=[DeliveryState.PENDING])
    assert "June 2029" in waiting.delivery.message.text


def test_a_clock_set_far_ahead_for_an_hour_costs_no_more_than_a_stride(old_room: Room, newsroom: Newsroom) -> None:
    old_room.clock.pass_by(days=10)
    newsroom.publish("Bridge blue", "The Harbour Bridge was painted blue, the city said.", published=old_room.clock())
    old_room.poll()
    old_room.clock.pass_by(days=365)
    assert forget_old(old_room.context) > 0
    old_room.clock.pass_by(days=-365)
    assert forget_all(old_room) == 0
    assert (texts(old_room)["2"], texts(old_room)["3"] != "") == ("", True)


def test_much_is_forgotten_in_many_transactions_and_no_call_takes_all(
    old_room: Room, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(10):
        newsroom.publish(f"Item {number}", f"Something else, number {number}.", published=old_room.clock())
    old_room.poll()
    monkeypatch.setattr(forgetting, "_BATCH", 2)
    monkeypatch.setattr(forgetting, "_MOST_BATCHES", 3)
    old_room.clock.pass_by(days=31)
    assert forget_old(old_room.context) == 6
    assert forget_all(old_room) > 0
    assert [number for number, body in sorted(texts(old_room).items()) if body] == ["1"]


def test_the_file_gives_back_what_nothing_stands_on(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_KEEP="30d") as room:
        for number in range(40):
            newsroom.publish(f"Item {number}", f"{number} words. " * 700, published=room.clock())
        room.poll()
        before = count_pages(room, "page_count")
        room.clock.pass_by(days=31)
        assert forget_all(room) >= 40
        assert count_pages(room, "page_count") < before - 30
        assert count_pages(room, "freelist_count") == 0


def count_pages(room: Room, which: str) -> int:
    with room.context.store.reading() as connection:
        return int(connection.exec_driver_sql(f"PRAGMA {which}").scalar_one())


def test_a_horizon_in_the_future_is_left_alone(old_room: Room) -> None:
    assert forget_old(replace(old_room.context, now=lambda: old_room.clock() - timedelta(days=900))) == 0

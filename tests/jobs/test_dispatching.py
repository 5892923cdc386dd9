"""Sending: settled one by one, and a lost destination is told to the others."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.jobs.dispatching import dispatch_due
from monitor.store import outbox
from monitor.store.outbox import DeliveryState
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room, open_room
from tests.jobs.test_polling import publish
from tests.servers.sinks import Answer, Sink, open_sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as sink:
        yield sink


@pytest.fixture
def room(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> Iterator[Room]:
    addresses = f"{sink.url('/lost')} {sink.url('/well')}"
    with open_room(tmp_path, newsroom.url, FACTWATCH_NOTIFY_URLS=addresses) as room:
        room.poll()
        yield room


def posted(sink: Sink, path: str) -> list[str]:
    return [request.json["title"] for request in sink.requests if request.path == path]


def cost(words: str) -> str:
    return f"The Harbour Bridge will cost {words}, the city said."


def states(room: Room) -> list[DeliveryState]:
    with room.context.store.reading() as connection:
        return [record.state for record in outbox.list_newest(connection)]


def send_all(room: Room) -> None:
    """Send for an hour, whatever has to be tried again."""
    for _ in range(4):
        dispatch_due(room.context)
        room.clock.pass_by(minutes=20)


def test_a_message_is_sent_once_to_each(room: Room, newsroom: Newsroom, sink: Sink) -> None:
    publish(room, newsroom, "November 2028")
    room.poll()
    send_all(room)
    assert [len(posted(sink, path)) for path in ("/lost", "/well")] == [1, 1]
    assert set(states(room)) == {DeliveryState.SENT}


def test_what_failed_is_tried_again(room: Room, newsroom: Newsroom, sink: Sink) -> None:
    sink.answers["/lost"] = Answer(status=503)
    publish(room, newsroom, "November 2028")
    room.poll()
    assert dispatch_due(room.context) == 2
    sink.answers.clear()
    send_all(room)
    assert [len(posted(sink, path)) for path in ("/lost", "/well")] == [2, 1]
    assert set(states(room)) == {DeliveryState.SENT}


def test_a_destination_that_asks_for_patience_is_left_alone_with_everything(room: Room, newsroom: Newsroom, sink: Sink) -> None:
    sink.answers["/lost"] = Answer(status=429, headers={"Retry-After": "600"})
    publish(room, newsroom, "November 2028")
    room.poll()
    dispatch_due(room.context)
    newsroom.publish("Bridge", cost("70 million dollars"), published=room.clock())
    room.poll()
    dispatch_due(room.context)
    assert [len(posted(sink, path)) for path in ("/lost", "/well")] == [1, 2]
    sink.answers.clear()
    room.clock.pass_by(minutes=9)
    dispatch_due(room.context)
    assert len(posted(sink, "/lost")) == 1
    room.clock.pass_by(minutes=1)
    dispatch_due(room.context)
    assert len(posted(sink, "/lost")) == 3


def test_a_destination_is_told_at_the_pace_that_its_service_bears(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> None:
    addresses = f"{sink.url('/paced', 'ntfy')} {sink.url('/swift')}"
    with open_room(tmp_path, newsroom.url, FACTWATCH_NOTIFY_URLS=addresses) as room:
        room.poll()
        publish(room, newsroom, "November 2028")
        newsroom.publish("Bridge", cost("70 million dollars"), published=room.clock())
        room.poll()
        dispatch_due(room.context)
        assert states(room).count(DeliveryState.SENT) == 3
        room.clock.pass_by(seconds=5)
        dispatch_due(room.context)
        assert states(room).count(DeliveryState.SENT) == 3
        room.clock.pass_by(seconds=1)
        dispatch_due(room.context)
        assert states(room).count(DeliveryState.SENT) == 4


def test_a_rest_ends_although_the_clock_is_set_back(room: Room, newsroom: Newsroom, sink: Sink) -> None:
    with room.context.store.transaction() as connection:
        for destination in room.context.courier.destinations:
            outbox.rest(
                connection, destination.name, until=room.clock() + timedelta(days=9), now=room.clock() + timedelta(days=8)
            )
    publish(room, newsroom, "November 2028")
    room.poll()
    assert dispatch_due(room.context) == 2


@pytest.mark.parametrize("status", [404, 410, 401, 403])
def test_a_permanent_error_is_a_dead_letter_within_two_tries(room: Room, newsroom: Newsroom, sink: Sink, status: int) -> None:
    sink.answers["/lost"] = Answer(status=status)
    publish(room, newsroom, "November 2028")
    room.poll()
    send_all(room)
    assert len(posted(sink, "/lost")) == 2
    with room.context.store.reading() as connection:
        (dead,) = outbox.list_newest(connection, states=[DeliveryState.DEAD])
        backlogs = {backlog.destination: backlog.dead for backlog in outbox.list_backlogs(connection)}
    assert str(status) in dead.last_detail
    assert backlogs[dead.delivery.destination] == 1


def test_what_fails_for_days_is_given_up_and_a_retry_begins_its_days_anew(room: Room, newsroom: Newsroom, sink: Sink) -> None:
    sink.answers["/lost"] = Answer(status=503)
    publish(room, newsroom, "November 2028")
    room.poll()
    for _ in range(80):
        dispatch_due(room.context)
        room.clock.pass_by(hours=1)
    assert states(room).count(DeliveryState.DEAD) == 1
    with room.context.store.transaction() as connection:
        outbox.retry(connection, now=room.clock())
    dispatch_due(room.context)
    assert states(room).count(DeliveryState.DEAD) == 0
    sink.answers.clear()
    send_all(room)
    assert set(states(room)) == {DeliveryState.SENT}


def test_a_lost_destination_is_told_once_to_the_others_and_again_after_it_was_well(
    room: Room, newsroom: Newsroom, sink: Sink
) -> None:
    for months, told in ((("November 2028", "March 2029"), 1), (("April 2029",), 2)):
        sink.answers["/lost"] = Answer(status=410)
        publish(room, newsroom, *months)
        room.poll()
        send_all(room)
        assert sum("no longer reach" in title for title in posted(sink, "/well")) == told
        sink.answers.clear()
        with room.context.store.transaction() as connection:
            outbox.retry(connection, now=room.clock())
        send_all(room)
        assert sum(title.endswith("again") and "Alerts reach" in title for title in posted(sink, "/well")) == told
    assert set(states(room)) == {DeliveryState.SENT}

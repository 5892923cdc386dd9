"""Sending: settled one by one, and a lost destination is told to the others."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.jobs.dispatching import dispatch_due
from monitor.store import outbox
from monitor.store.outbox import DeliveryState
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room, open_room
from tests.jobs.test_polling import publish
from tests.servers.sinks import Answer, Sink, open_sink


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
    assert set(states(room)) == {DeliveryState.SENT}

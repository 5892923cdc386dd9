"""How long a healthy destination waits while forty others hang, from the outbox to its inbox. Run with ``make bench``."""

from __future__ import annotations

import threading
from pathlib import Path
from time import monotonic, sleep

import pytest

from monitor.core.messages import Message, Occasion
from monitor.jobs.dispatching import dispatch_due
from monitor.store import outbox
from tests.jobs.rooms import Room, open_room
from tests.servers.sinks import Answer, Sink, open_sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise

HUNG = 40
BAR = 5.0  # seconds
ROUNDS = 5


def tell_everybody(room: Room, number: int) -> None:
    """A message to each destination; the healthy one comes last, as an unlucky order would have it."""
    message = Message(occasion=Occasion.NOTICE, key=f"bench/{number}", title="Bench", text="t", markdown="m", html="h")
    with room.context.store.transaction() as connection:
        for destination in room.context.courier.destinations:
            outbox.enqueue(connection, message, destination=destination.name, order_key=str(number), now=room.clock())


def wait_for_healthy(sink: Sink, count: int) -> float:
    began = monotonic()
    while sum(request.path == "/healthy" for request in sink.requests) < count and monotonic() - began < 60:
        sleep(0.005)
    return monotonic() - began


def test_forty_hung_destinations_delay_a_healthy_one_by_less_than_five_seconds(tmp_path: Path) -> None:
    waits = []
    with open_sink() as sink:
        for number in range(HUNG):
            sink.answers[f"/hung{number}"] = Answer(hangs=True)
        addresses = " ".join([*(sink.url(f"/hung{number}") for number in range(HUNG)), sink.url("/healthy")])
        with open_room(tmp_path, "http://127.0.0.1:9/feed", FACTWATCH_NOTIFY_URLS=addresses) as room:
            assert len(room.context.courier.destinations) == HUNG + 1
            stop = threading.Event()
            for number in range(ROUNDS):
                tell_everybody(room, number)
                sender = threading.Thread(target=dispatch_due, args=(room.context,), kwargs={"stop": stop})
                sender.start()
                waits.append(wait_for_healthy(sink, number + 1))
                if number == ROUNDS - 1:
                    stop.set()
                sink.over.set()
                sender.join()
                sink.over.clear()
    print(f"\n{HUNG} hung destinations: the healthy one was reached after {', '.join(f'{wait:.2f}' for wait in waits)} s")
    assert max(waits) < BAR

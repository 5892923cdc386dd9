"""Sends in flight."""

from __future__ import annotations

import threading
import time
from datetime import UTC, datetime

import pytest

from monitor.core.messages import Delivery, Message, Occasion, Outcome, Result
from monitor.core.telling.routing import CONSOLE, Destination
from monitor.delivery.courier import Courier, Sent, open_courier
from tests.servers.sinks import Answer, Sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise


def delivery(destination: str, number: int = 1) -> Delivery:
    message = Message(
        occasion=Occasion.NOTICE, key=f"k{number}", title=f"Title {number}", text="Text", markdown="Text", html="Text"
    )
    return Delivery(
        id=number, destination=destination, message=message, order_key="x", attempts=0, created=datetime(2024, 1, 1, tzinfo=UTC)
    )


class Gate:
    """A sender that waits to be let through."""

    def __init__(self, name: str) -> None:
        self.destination = Destination(name=name, kind="Gate")
        self.is_open = threading.Event()
        self.keys: list[str] = []

    def send(self, message: Message) -> Outcome:
        self.is_open.wait()
        self.keys.append(message.key)
        return Outcome(result=Result.SENT)


def results(sent: list[Sent]) -> list[tuple[int, Result]]:
    return [(one.delivery.id, one.outcome.result) for one in sent]


def test_forty_hung_endpoints_do_not_hold_up_a_healthy_one(sink: Sink) -> None:
    for number in range(40):
        sink.answers[f"/hung{number}"] = Answer(hangs=True)
    courier = open_courier(None, [*(sink.url(f"/hung{number}") for number in range(40)), sink.url("/healthy")])
    *hung, healthy = [destination.name for destination in courier.destinations]
    assert all(courier.start(delivery(name, number)) for number, name in enumerate(hung, start=100))
    assert courier.start(delivery(healthy, 1))
    assert results(courier.finished(timeout=20)) == [(1, Result.SENT)]
    assert courier.busy == set(hung)


def test_a_send_past_its_deadline_has_failed_and_its_late_end_is_not_told() -> None:
    gate = Gate("gate")
    courier = Courier(lambda: [gate], deadline=0.05)
    courier.start(delivery("gate", 1))
    (late,) = courier.finished(timeout=5)
    assert late.outcome == Outcome(result=Result.FAILED, detail="no end within 0.05 seconds")
    courier.start(delivery("gate", 2))
    (hanging,) = courier.finished(timeout=5)
    assert hanging.outcome.detail == "an earlier send to it still hangs"
    gate.is_open.set()
    while courier.room < 256:
        time.sleep(0.01)
    assert courier.finished(timeout=0.05) == []
    courier.start(delivery("gate", 3))
    assert results(courier.finished(timeout=5)) == [(3, Result.SENT)]


def test_a_destination_takes_one_send_at_a_time_and_keeps_the_order() -> None:
    gate = Gate("gate")
    courier = Courier(lambda: [gate])
    assert courier.start(delivery("gate", 1))
    assert not courier.start(delivery("gate", 2))
    gate.is_open.set()
    assert results(courier.finished(timeout=5)) == [(1, Result.SENT)]
    assert results(list(courier.send_all([delivery("gate", n) for n in (2, 3, 4)]))) == [(n, Result.SENT) for n in (2, 3, 4)]
    assert gate.keys == ["k1", "k2", "k3", "k4"]


def test_no_more_sends_are_started_than_there_is_room_for() -> None:
    gates = [Gate(f"gate{number}") for number in range(3)]
    courier = Courier(lambda: gates, most=2)
    assert [courier.start(delivery(gate.destination.name, n)) for n, gate in enumerate(gates)] == [True, True, False]
    for gate in gates:
        gate.is_open.set()


def test_a_destination_that_is_gone_refuses() -> None:
    (sent,) = Courier(list).send_all([delivery("slack-3fa2c1")])
    assert sent.outcome == Outcome(result=Result.REFUSED, detail="no destination is named slack-3fa2c1 any more")


def test_without_destinations_the_console_prints(capsys: pytest.CaptureFixture[str]) -> None:
    courier = open_courier(None, ())
    assert courier.destinations == ()
    (sent,) = courier.send_all([delivery(CONSOLE)])
    assert sent.outcome.result is Result.SENT
    assert "Title 1" in capsys.readouterr().out

"""Killed at each boundary of polling and of delivery, the program tells each change once; twice only after it was just sent."""

from __future__ import annotations

import random
import signal
import time
from collections.abc import Iterable
from itertools import cycle

import pytest

from tests.e2e.alerts import keys
from tests.e2e.mortals import Countdown, Death, Spot, live
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_crashes import month_after
from tests.servers.sinks import Sink

STEPS = 2_000
"""About as many steps as a poll with one change has in the folders that do I/O."""

_JSON = "apprise.plugins.custom_json"
POLLING = (
    Spot(name="feed leased, not committed", module="monitor.store.feeds", function="lease_due", event="return"),
    Spot(name="feed leased", module="monitor.jobs.polling", function="lease_feeds", event="return"),
    Spot(name="before the fetch", module="monitor.feeds.visiting", function="visit", event="call"),
    Spot(name="amid the answer", module="monitor.feeds.fetching", function="_read", event="call"),
    Spot(name="fetched", module="monitor.feeds.workers", function="Workers.run", event="call"),
    Spot(name="parsed", module="monitor.jobs.polling", function="_take_in", event="call"),
    Spot(name="items stored", module="monitor.store.items", function="store", event="return"),
    Spot(name="ledger moved", module="monitor.store.facts", function="save_history", event="return"),
    Spot(name="message in the outbox", module="monitor.store.outbox", function="enqueue", event="return"),
    Spot(name="feed settled, not committed", module="monitor.store.feeds", function="settle_success", event="return"),
    Spot(name="committed", module="monitor.jobs.polling", function="_take_in", event="return"),
)
DELIVERY = (
    Spot(name="message leased, not committed", module="monitor.store.outbox", function="lease_due", event="return"),
    Spot(name="message leased", module="monitor.delivery.courier", function="Courier.start", event="call"),
    Spot(name="about to send", module=_JSON, function="NotifyJSON.send", event="call"),
    Spot(name="sent", module=_JSON, function="NotifyJSON.send", event="return", is_sent=True),
    Spot(name="about to settle", module="monitor.jobs.dispatching", function="_settle", event="call", is_sent=True),
    Spot(name="settled, not committed", module="monitor.store.outbox", function="settle", event="return", is_sent=True),
    Spot(name="settled", module="monitor.jobs.dispatching", function="_settle", event="return"),
)


@pytest.fixture
def settled(program: Program, sink: Sink) -> Program:
    """A program that has read its feed once, so that what comes now is news."""
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    assert live(program, "poll") == 0, program.errors
    time.sleep(1.1)
    return program


@pytest.mark.timeout(600)
def test_a_kill_at_a_boundary_loses_nothing_and_repeats_only_what_was_just_sent(
    settled: Program, newsroom: Newsroom, sink: Sink
) -> None:
    commands = cycle(["poll", "run"])
    for number, spot in enumerate((*POLLING, *DELIVERY), start=1):
        publish(newsroom, number)
        assert live(settled, next(commands), death=spot) == -signal.SIGKILL, f"{spot.name}: {settled.errors}"
        assert live(settled, "poll") == 0, f"{spot.name}: {settled.errors}"
        assert keys(sink)[f"bridge/opening#{number}"] == 1 + spot.is_sent, spot.name
        assert len(keys(sink)) == number, spot.name


@pytest.mark.timeout(600)
def test_a_kill_at_any_step_loses_nothing_and_repeats_one_message_at_most(
    settled: Program, newsroom: Newsroom, sink: Sink
) -> None:
    chance = random.Random(12)
    kill_and_recover(settled, newsroom, sink, [Countdown(chance.randrange(1, STEPS)) for _ in range(12)])


def kill_and_recover(program: Program, newsroom: Newsroom, sink: Sink, deaths: Iterable[Death]) -> int:
    """Publish a change, die, and live again; as often as there are deaths.

    Returns:
        How many changes were told twice.
    """
    for number, death in enumerate(deaths, start=1):
        publish(newsroom, number)
        assert live(program, "poll", death=death) in {0, -signal.SIGKILL}, f"{death}: {program.errors}"
        assert live(program, "poll") == 0, f"{death}: {program.errors}"
        assert keys(sink)[f"bridge/opening#{number}"] in {1, 2}, death
        assert len(keys(sink)) == number, death
    return sum(times - 1 for times in keys(sink).values())


def publish(newsroom: Newsroom, number: int) -> None:
    """Move the opening once more; a feed shows the newest thirty items."""
    newsroom.publish(f"Bridge, part {number}", opening(month_after(number)), guid=f"part-{number}")
    del newsroom.items[30:]

"""A program that is killed at any moment loses nothing and repeats nothing but what it was just sending."""

from __future__ import annotations

import random
import signal
import time
from datetime import date

import pytest

from monitor.store import facts
from tests.e2e.alerts import keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.servers.sinks import Sink

ROUNDS = 3
_NEWS_A_ROUND = 2


def month_after(number: int) -> str:
    """A month in words, later for each number than for the one before."""
    return f"{date(2028 + number // 12, number % 12 + 1, 1):%B %Y}"


@pytest.mark.timeout(300)
def test_every_change_is_told_and_none_twice_but_for_one_in_flight(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    chance = random.Random(4)
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    program.wait_for(lambda: newsroom.asked >= 2)
    time.sleep(1.1)
    published = 0
    for _ in range(ROUNDS):
        for _ in range(_NEWS_A_ROUND):
            newsroom.publish(f"Bridge, part {published}", opening(month_after(published)))
            published += 1
            time.sleep(chance.uniform(0.0, 1.5))
        assert program.end(signal.SIGKILL) == -signal.SIGKILL
        program.start()
    told = {f"bridge/opening#{number}" for number in range(1, published + 1)}
    program.wait_for(lambda: told <= keys(sink).keys(), patience=120)
    assert program.end() == 0
    store = program.open_store()
    with store.reading() as connection:
        history = facts.load_history(connection, "bridge", "opening")
    store.close()
    assert history is not None
    assert len(history.changes) == published
    assert keys(sink).keys() == told
    assert sum(keys(sink).values()) - len(told) <= ROUNDS
    assert max(keys(sink).values()) <= 2

"""Some hundreds of kills, spread over all the steps of a poll; run by hand: `pytest tests/bench/test_kills.py -s`."""

from __future__ import annotations

import os

import pytest

from tests.e2e.conftest import newsroom, program, sink, site  # noqa: F401 - fixtures
from tests.e2e.mortals import Countdown
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import Program
from tests.e2e.test_boundaries import STEPS, kill_and_recover, settled  # noqa: F401 - likewise
from tests.servers.sinks import Sink

ROUNDS = int(os.environ.get("ROUNDS", "300"))


@pytest.mark.timeout(0)
def test_kills_at_steps_spread_over_a_whole_poll(settled: Program, newsroom: Newsroom, sink: Sink) -> None:  # noqa: F811
    deaths = [Countdown(1 + number * STEPS // ROUNDS) for number in range(ROUNDS)]
    doubled = kill_and_recover(settled, newsroom, sink, deaths)
    print(f"\n{ROUNDS} kills: {ROUNDS} changes told, 0 lost, {doubled} told twice")

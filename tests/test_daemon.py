"""The daemon as a whole, in this process, so that its clock can be set."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from datetime import timedelta
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
import time_machine

from monitor.config.settings import load_settings
from monitor.daemon import Daemon
from monitor.jobs.context import Context
from monitor.jobs.resetting import follow_pulse
from monitor.jobs.seeding import seed
from monitor.jobs.self_watching import TICK_STALLED, begin_stall
from monitor.jobs.vitals import find_obstacles
from monitor.store import feeds, outbox
from monitor.wiring import open_context, open_network
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import PATIENCE, Program
from tests.feeds.sites import Site
from tests.jobs.rooms import BEGIN


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Site() as site:
        yield Newsroom(site=site)


@pytest.fixture
def clock() -> Iterator[time_machine.Coordinates]:
    with time_machine.travel(BEGIN, tick=True) as clock:
        yield clock


@pytest.fixture
def context(tmp_path: Path, newsroom: Newsroom, clock: time_machine.Coordinates) -> Iterator[Context]:
    program = Program(folder=tmp_path)
    program.write_rule(newsroom.url)
    with open_context(load_settings({**program.environment, "FACTWATCH_RULES": str(tmp_path / "rules")})) as context:
        seed(context)
        yield context


def run(context: Context, test: Callable[[Daemon], Awaitable[None]]) -> None:
    """Run the daemon while the test looks at it."""

    async def main() -> None:
        async with open_network(context.settings) as network:
            daemon, stop = Daemon(context=context, network=network), asyncio.Event()
            kept = asyncio.create_task(daemon.run_until(stop))
            try:
                await test(daemon)
            finally:
                stop.set()
                await kept
                await daemon.end()

    asyncio.run(main())


async def until(fact: Callable[[], object]) -> None:
    end = monotonic() + PATIENCE
    while not fact():
        assert monotonic() < end, "it did not come about"
        await asyncio.sleep(0.05)


def is_asked_again(newsroom: Newsroom, asked: int) -> bool:
    return newsroom.asked > asked + 1


@pytest.mark.parametrize("steps", [(timedelta(hours=-1),), (timedelta(days=365),), (timedelta(days=365), timedelta(days=-365))])
def test_feeds_are_polled_on_when_the_clock_is_set(
    context: Context, newsroom: Newsroom, clock: time_machine.Coordinates, steps: tuple[timedelta, ...]
) -> None:
    async def test(_: Daemon) -> None:
        await until(lambda: newsroom.asked > 1)
        for step in steps:
            clock.shift(step)
            asked = newsroom.asked
            await until(partial(is_asked_again, newsroom, asked))

    run(context, test)


def test_a_clock_that_was_set_back_while_nobody_looked_is_noticed_at_the_start(
    context: Context, clock: time_machine.Coordinates
) -> None:
    run(context, lambda daemon: until(lambda: daemon.vitals.wrote))
    clock.shift(timedelta(days=-365))
    assert follow_pulse(context)
    with context.store.reading() as connection:
        due = feeds.next_due_at(connection)
    assert due is not None
    assert due - context.now() < timedelta(days=1)


def test_all_parts_are_well_while_it_runs_and_it_is_ready_once_all_feeds_were_asked(context: Context, newsroom: Newsroom) -> None:
    async def test(daemon: Daemon) -> None:
        vitals = daemon.vitals
        await until(lambda: newsroom.asked and vitals.ticked and vitals.wrote and vitals.sent)
        assert vitals.ailments() == ()
        await until(lambda: find_obstacles(context, vitals) == ())

    run(context, test)


def test_a_stall_is_told_and_its_end_with_the_next_tick(context: Context) -> None:
    begin_stall(context, 95.0)
    begin_stall(context, 185.0)
    run(context, lambda daemon: until(lambda: daemon.vitals.ticked and not daemon.has_stalled))
    with context.store.reading() as connection:
        told = [record.delivery.message for record in outbox.list_newest(connection)]
    assert [message.title for message in told[::-1]] == ["The monitoring stood still", "The monitoring moves again"]
    assert all(message.key.startswith(f"{TICK_STALLED}/") for message in told)

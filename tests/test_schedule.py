"""The schedule goes on whatever becomes of the clock and of APScheduler, and a process that hangs ends."""

from __future__ import annotations

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

import pytest
import time_machine
from apscheduler.jobstores.memory import MemoryJobStore
from hypothesis import given
from hypothesis import strategies as st

from monitor.schedule import AfterPause, Disturbance, Schedule, WallClock

BEGIN = datetime(2026, 6, 1, 12, tzinfo=UTC)
PATIENCE = 60.0


class Run:
    """A schedule of one job each tenth of a second, and what it did."""

    def __init__(self, *, open_store: Callable[[], MemoryJobStore] = MemoryJobStore, stalled: float = 30.0) -> None:
        self.ticks = 0
        self.ticked = 0.0
        self.disturbances: list[Disturbance] = []
        self.stop = asyncio.Event()
        self.schedule = Schedule(
            jobs={self.tick: 0.1},
            now=lambda: datetime.now(UTC),
            ticked=lambda: self.ticked,
            on_disturbance=self.note,
            open_store=open_store,
            stalled=stalled,
        )

    async def tick(self) -> None:
        self.ticks += 1
        self.ticked = monotonic()

    async def note(self, disturbance: Disturbance) -> None:
        self.disturbances.append(disturbance)

    async def more_ticks(self, number: int = 3) -> None:
        """Wait until it has ticked so often again."""
        wanted, until = self.ticks + number, monotonic() + PATIENCE
        while self.ticks < wanted:
            assert monotonic() < until, f"{self.ticks} ticks, {self.disturbances}"
            await asyncio.sleep(0.02)


def keep(test: Callable[[Run], Awaitable[None]], **options: Any) -> Run:
    """Keep a schedule while the test looks at it."""

    async def run() -> Run:
        one = Run(**options)
        kept = asyncio.create_task(one.schedule.keep(one.stop))
        try:
            await test(one)
        finally:
            one.stop.set()
            await kept
        return one

    return asyncio.run(run())


@pytest.mark.parametrize("step", [timedelta(hours=-1), timedelta(days=365), timedelta(days=-365)], ids=str)
def test_a_clock_that_is_set_stops_nothing(step: timedelta) -> None:
    with time_machine.travel(BEGIN, tick=True) as clock:

        async def test(run: Run) -> None:
            await run.more_ticks()
            clock.shift(step)
            while not run.disturbances:
                await asyncio.sleep(0.02)
            await run.more_ticks()

        run = keep(test)
    (disturbance,) = run.disturbances
    assert abs(disturbance.step - step) < timedelta(seconds=5)


def test_a_job_store_that_raises_once_does_not_end_the_schedule() -> None:
    class Brittle(MemoryJobStore):  # type: ignore[misc] # APScheduler comes without types
        updates = 0

        def update_job(self, job: Any) -> None:
            Brittle.updates += 1
            if Brittle.updates == 5:
                raise OSError("the store is away")
            super().update_job(job)

    async def test(run: Run) -> None:
        while Brittle.updates < 5:
            await asyncio.sleep(0.02)
        await run.more_ticks()

    run = keep(test, open_store=Brittle, stalled=1.0)
    assert [disturbance.step for disturbance in run.disturbances] == [timedelta(0)]


def test_work_that_comes_late_is_done_once() -> None:
    async def test(run: Run) -> None:
        await run.more_ticks()
        before = run.ticks
        time.sleep(3)  # the loop stands still, as behind a long piece of work
        await run.more_ticks(1)
        assert run.ticks == before + 1

    assert not keep(test).disturbances


@given(late=st.timedeltas(min_value=timedelta(0), max_value=timedelta(days=4000)))
def test_whatever_was_missed_is_one_run(late: timedelta) -> None:
    trigger, now = AfterPause(1), BEGIN + late
    assert trigger.get_next_fire_time(None, BEGIN) == BEGIN
    assert trigger.get_next_fire_time(BEGIN, now) == now + timedelta(seconds=1)


def test_a_clock_that_is_kept_right_by_small_steps_is_not_set() -> None:
    steady, wall = [0.0], [BEGIN]
    clock = WallClock(lambda: wall[0], lambda: steady[0])
    steady[0], wall[0] = 100.0, BEGIN + timedelta(seconds=101)
    assert not clock.step()
    steady[0], wall[0] = 200.0, wall[0] + timedelta(seconds=100, hours=-1)
    assert clock.step() == timedelta(hours=-1)
    assert not clock.step()


def test_a_process_that_hangs_ends_and_says_where() -> None:
    script = "import time\nfrom monitor.schedule import Watchdog\nWatchdog(0.5).feed()\ntime.sleep(60)"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode == 1
    assert "Timeout" in done.stderr
    assert 'File "<string>", line 4' in done.stderr


def test_a_process_that_is_fed_or_leashed_lives() -> None:
    script = (
        "import time\nfrom monitor.schedule import Watchdog\ndog = Watchdog(1.5)\n"
        "for _ in range(4):\n    dog.feed()\n    time.sleep(0.5)\ndog.leash()\ntime.sleep(2)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert (done.returncode, done.stderr) == (0, "")

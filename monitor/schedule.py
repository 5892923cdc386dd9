"""The schedule: jobs at their intervals whatever becomes of the wall clock, and a watchdog for the schedule itself."""

from __future__ import annotations

import asyncio
import faulthandler
import sys
import threading
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from time import monotonic

from apscheduler.jobstores.base import BaseJobStore
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.asyncio import AsyncIOScheduler
from apscheduler.triggers.base import BaseTrigger

Job = Callable[[], Awaitable[object]]

LOOK = 1.0
STALLED = 90.0
"""Seconds without a tick after which the schedule is begun anew."""

HUNG = 900.0
"""Seconds without a tick after which the process ends; longer than any work that may hold a tick up."""

DRAIN = 40.0
"""Seconds for jobs under way at the end; longer than a send may take."""

_LEAST_STEP = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Disturbance:
    """Why a schedule was begun anew.

    Attributes:
        step: By how much the wall clock was set; nothing where the schedule stalled by itself.
        seconds: Since the last tick.
    """

    step: timedelta
    seconds: float


class AfterPause(BaseTrigger):  # type: ignore[misc] # APScheduler comes without types
    """Due a while after it last ran, and once however long ago that was.

    An interval trigger lists every run that it missed: for a clock that is set forward a year, a list of 31 million moments for
    each job of a second, with the loop standing still meanwhile.
    """

    __slots__ = ("_pause",)

    def __init__(self, seconds: float) -> None:
        """Remember the pause."""
        self._pause = timedelta(seconds=seconds)

    def get_next_fire_time(self, previous_fire_time: datetime | None, now: datetime) -> datetime:
        """At once the first time."""
        return now if previous_fire_time is None else now + self._pause


class WallClock:
    """Sees when the wall clock is set, by a clock that nobody sets."""

    def __init__(self, now: Callable[[], datetime], steady: Callable[[], float] = monotonic) -> None:
        """Compare the two for the first time."""
        self._now, self._steady = now, steady
        self._lead = self._measure()

    def step(self) -> timedelta:
        """By how much it was set since it was last asked; nothing for the small corrections that keep a clock right."""
        lead = self._measure()
        step, self._lead = lead - self._lead, lead
        return timedelta(seconds=step) if abs(step) >= _LEAST_STEP else timedelta(0)

    def _measure(self) -> float:
        return self._now().timestamp() - self._steady()


@dataclass(slots=True, kw_only=True)
class Schedule:
    """Jobs with their intervals, kept up until an event.

    APScheduler stops quietly in three ways: a job store that raises once ends its wake-ups while ``running`` stays true, a clock
    that is set back lets it wait for the hour to come round again, and work that comes late is dropped by default. So the first
    two are looked for each second and end with a scheduler begun anew, and the third is turned off.

    Attributes:
        jobs: Seconds between two runs, by job.
        ticked: When the last tick ended, on a clock that nobody sets.
        on_disturbance: Called when the schedule is about to be begun anew.
        open_store: Where the scheduler keeps its jobs.
        ending: Set when the end has come, so that jobs under way begin nothing more.
        running: The runs that have not ended, by job; they outlive the scheduler that began them, for a run that is broken off
            may hold what nobody else gets before its lease is over.
    """

    jobs: Mapping[Job, float]
    now: Callable[[], datetime]
    ticked: Callable[[], float]
    on_disturbance: Callable[[Disturbance], Awaitable[None]]
    ending: threading.Event = field(default_factory=threading.Event)
    open_store: Callable[[], BaseJobStore] = MemoryJobStore
    stalled: float = STALLED
    running: dict[Job, asyncio.Task[object]] = field(default_factory=dict)

    async def keep(self, stop: asyncio.Event) -> None:
        """Run the jobs until the event is set; those under way then are waited for."""
        while not stop.is_set():
            scheduler = self._begin()
            try:
                disturbance = await self._watch(stop)
            finally:
                await self._wind_up(scheduler, is_end=stop.is_set())
            if disturbance:
                await self.on_disturbance(disturbance)

    async def _watch(self, stop: asyncio.Event) -> Disturbance | None:
        """Look until something disturbs the schedule, or until the end."""
        clock, began = WallClock(self.now), monotonic()
        while not stop.is_set():
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), timeout=LOOK)
            step, seconds = clock.step(), monotonic() - max(self.ticked(), began)
            if step or seconds >= self.stalled:
                return Disturbance(step=step, seconds=seconds)
        return None

    def _begin(self) -> AsyncIOScheduler:
        # The defaults would drop work that comes late, and pile it up behind work that takes long.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults, jobstores={"default": self.open_store()})
        for job, seconds in self.jobs.items():
            scheduler.add_job(self._run, AfterPause(seconds), args=(job,))
        scheduler.start()
        return scheduler

    async def _run(self, job: Job) -> None:
        """Begin a job, unless a run of it that an earlier scheduler began is still under way."""
        if job in self.running:
            return
        run = self.running[job] = asyncio.create_task(_finish(job))
        run.add_done_callback(lambda _: self.running.pop(job, None))
        await asyncio.shield(run)

    async def _wind_up(self, scheduler: AsyncIOScheduler, *, is_end: bool) -> None:
        """End a scheduler; at the end of the program what it has begun may finish."""
        scheduler.pause()
        if is_end:
            self.ending.set()
            if self.running:
                await asyncio.wait(self.running.values(), timeout=DRAIN)
        scheduler.shutdown(wait=False)


async def _finish(job: Job) -> object:
    return await job()


class Watchdog:
    """Ends the process, with the stacks of all threads on standard error, unless it is fed in time.

    What it is there for cannot be caught from inside: a loop that stands still, a pattern that runs for hours with the
    interpreter's lock held. A supervisor starts the program again.
    """

    def __init__(self, seconds: float = HUNG) -> None:
        """Remember the patience; nothing is watched before the first ``feed``."""
        self._seconds = seconds

    def feed(self) -> None:
        """All is well; wait anew."""
        faulthandler.dump_traceback_later(self._seconds, exit=True, file=sys.__stderr__ or sys.stderr)

    def leash(self) -> None:
        """Watch no longer."""
        faulthandler.cancel_dump_traceback_later()

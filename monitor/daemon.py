"""The daemon: the jobs on a schedule, until a signal ends it."""

from __future__ import annotations

import asyncio
import signal
import threading
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from time import monotonic
from typing import TYPE_CHECKING, Any

from monitor.errors import FactwatchError
from monitor.jobs.articles import complete_item, lease_articles
from monitor.jobs.context import Context, Network
from monitor.jobs.digesting import send_digest
from monitor.jobs.dispatching import dispatch_due
from monitor.jobs.keeping import tell_overdue
from monitor.jobs.polling import lease_feeds, poll_feed
from monitor.jobs.reloading import reload_rules, watched_folders
from monitor.jobs.seeding import seed
from monitor.jobs.telling import release_held
from monitor.store import leases
from monitor.wiring import open_network

if TYPE_CHECKING:
    from apscheduler.schedulers.asyncio import AsyncIOScheduler

TICK = 1.0
HOUSEKEEPING = 3600.0
STALLED = 90.0
COMPLAIN_EVERY = 60.0
DRAIN = 40.0  # seconds; longer than a send may take
MOST_FEEDS, MOST_ARTICLES = 64, 8

Job = Callable[[], Awaitable[object]]


async def run_daemon(context: Context, *, is_alone: bool, announce: Callable[[], None]) -> None:
    """Run until SIGINT or SIGTERM; then begin nothing more, let what is under way end, and return.

    Args:
        is_alone: Nobody else polls and sends with this database, so that all leases are of the dead.
        announce: Called first of all, when nothing stands in the way any more.

    Raises:
        StoreTrouble: The database cannot be used at the start.
    """
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, stop.set)
    announce()
    await context.aside(_prepare, context, is_alone=is_alone)
    async with open_network(context.settings) as network, _running(Daemon(context=context, network=network)) as daemon:
        await daemon.run_until(stop)


def _prepare(context: Context, *, is_alone: bool) -> None:
    if is_alone:
        with context.store.transaction() as connection:
            leases.release_all(connection)
    seed(context)


@dataclass(slots=True, kw_only=True)
class Daemon:
    """The jobs and what they have under way.

    Attributes:
        sender: The one thread that sends.
        ending: Set once nothing more is to be sent.
        ticked: When the last tick ended, on a clock that nobody sets.
        running: The jobs that the schedule has begun and that have not ended.
        complaints: What was logged of late, and when, on the same clock.
    """

    context: Context
    network: Network
    sender: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="sender"))
    ending: threading.Event = field(default_factory=threading.Event)
    visits: set[asyncio.Task[object]] = field(default_factory=set)
    articles: set[asyncio.Task[object]] = field(default_factory=set)
    running: set[asyncio.Task[Any]] = field(default_factory=set)
    ticked: float = field(default_factory=monotonic)
    complaints: dict[str, float] = field(default_factory=dict)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Keep the schedule, the watchdog and the look-out for saved rules until the event is set."""
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch_rules(stop))
            group.create_task(self._keep_schedule(stop))

    # --- the jobs -----------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Begin visits to all that is due, and send the digest once nothing can add to it."""
        try:
            await self._begin_due()
        finally:
            self.ticked = monotonic()

    async def _begin_due(self) -> None:
        context = self.context
        for feed in await context.aside(lease_feeds, context, limit=MOST_FEEDS - len(self.visits)):
            self._begin(self.visits, poll_feed(context, self.network, feed))
        for article in await context.aside(lease_articles, context, limit=MOST_ARTICLES - len(self.articles)):
            self._begin(self.articles, complete_item(context, self.network, article))
        is_quiet = not self.visits and not self.articles
        await context.aside(send_digest, context, is_quiet=is_quiet)
        await context.aside(release_held, context)

    async def send(self) -> None:
        """Send what is due, in the sender's thread."""
        work = partial(dispatch_due, self.context, stop=self.ending)
        await asyncio.get_running_loop().run_in_executor(self.sender, work)

    async def keep_house(self) -> None:
        """What time alone brings about."""
        await self.context.aside(tell_overdue, self.context)

    def _begin(self, under_way: set[asyncio.Task[object]], work: Coroutine[Any, Any, object]) -> None:
        task = asyncio.create_task(self._guarded(lambda: work))
        under_way.add(task)
        task.add_done_callback(under_way.discard)

    async def _guarded(self, job: Job) -> None:
        """Do a piece of work; what goes wrong in it ends that piece and nothing else."""
        try:
            await job()
        except FactwatchError as trouble:
            if self._is_new(str(trouble)):
                self.context.log.error("not done; it is tried again", why=str(trouble))
        except Exception as mistake:
            if self._is_new(repr(mistake)):
                self.context.log.exception("not done, by a mistake of this program; it is tried again")

    def _is_new(self, complaint: str) -> bool:
        """Whether a complaint is worth a line: a full disk would fill the log each second."""
        now = monotonic()
        is_new = now - self.complaints.get(complaint, float("-inf")) >= COMPLAIN_EVERY
        if is_new:
            self.complaints = {one: at for one, at in self.complaints.items() if now - at < COMPLAIN_EVERY} | {complaint: now}
        return is_new

    # --- the schedule -------------------------------------------------------------------------------

    async def _keep_schedule(self, stop: asyncio.Event) -> None:
        """Run the jobs; a schedule that stalls (a clock that was set back, a scheduler that died) is begun anew."""
        while not stop.is_set():
            scheduler = self._scheduler()
            scheduler.start()
            self.ticked = monotonic()
            try:
                while not stop.is_set() and monotonic() - self.ticked < STALLED:
                    with suppress(TimeoutError):
                        await asyncio.wait_for(stop.wait(), timeout=TICK)
            finally:
                await self._wind_up(scheduler, is_end=stop.is_set())
            if not stop.is_set():
                self.context.log.error("the schedule stalled; it is begun anew", seconds=round(monotonic() - self.ticked))

    async def _wind_up(self, scheduler: AsyncIOScheduler, *, is_end: bool) -> None:
        """End a schedule; at the end of the program what it has begun may finish, since the scheduler would break it off."""
        scheduler.pause()
        if is_end:
            self.ending.set()
            if self.running:
                await asyncio.wait(self.running, timeout=DRAIN)
        scheduler.shutdown(wait=False)

    async def _scheduled(self, job: Job) -> None:
        """A job as the scheduler runs it, on record while it runs."""
        if task := asyncio.current_task():
            self.running.add(task)
            task.add_done_callback(self.running.discard)
        await self._guarded(job)

    def _scheduler(self) -> AsyncIOScheduler:
        from apscheduler.schedulers.asyncio import AsyncIOScheduler

        # The defaults would drop work that comes late, and pile it up behind work that takes long.
        defaults = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}
        scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=defaults)
        jobs: tuple[tuple[Job, float], ...] = ((self.tick, TICK), (self.send, TICK), (self.keep_house, HOUSEKEEPING))
        for job, seconds in jobs:
            scheduler.add_job(self._scheduled, "interval", args=(job,), seconds=seconds, next_run_time=self.context.now())
        return scheduler

    # --- rules saved --------------------------------------------------------------------------------

    async def _watch_rules(self, stop: asyncio.Event) -> None:
        """Reload when a file is saved that the rules are made of; the folders may be others after each reload."""
        from watchfiles import awatch

        context = self.context
        while not stop.is_set():
            folders = watched_folders(context.rules.current.book, context.settings.rules)
            async for _ in awatch(*folders, stop_event=stop, recursive=False):
                await self._guarded(partial(context.aside, reload_rules, context))
                if watched_folders(context.rules.current.book, context.settings.rules) != folders:
                    break

    # --- the end ------------------------------------------------------------------------------------

    async def end(self) -> None:
        """Break off visits (nothing of them is stored yet), and wait for what is being sent."""
        self.ending.set()
        under_way = [*self.visits, *self.articles]
        for task in under_way:
            task.cancel()
        await asyncio.gather(*under_way, return_exceptions=True)
        await self.send()
        self.sender.shutdown(wait=True)


@asynccontextmanager
async def _running(daemon: Daemon) -> AsyncIterator[Daemon]:
    try:
        yield daemon
    finally:
        await daemon.end()

"""The daemon: the jobs on a schedule, until a signal ends it."""

from __future__ import annotations

import asyncio
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from time import monotonic
from typing import Any

from monitor.core.telling.wording import count_of
from monitor.delivery.heartbeat import BEAT, beat
from monitor.errors import FactwatchError, StoreTrouble
from monitor.jobs.articles import complete_item, lease_articles
from monitor.jobs.context import Context, Network
from monitor.jobs.digesting import send_digest
from monitor.jobs.dispatching import dispatch_due
from monitor.jobs.forgetting import forget_old
from monitor.jobs.hearing_again import hear_again, lease_unheard
from monitor.jobs.keeping import tell_overdue
from monitor.jobs.polling import lease_feeds, poll_feed
from monitor.jobs.releasing import reconsider_held, release_held
from monitor.jobs.reloading import reload_destinations, reload_saved, watched_folders
from monitor.jobs.resetting import follow_clock, follow_pulse
from monitor.jobs.seeding import seed
from monitor.jobs.self_watching import TICK_STALLED, begin_stall, end_trouble, watch_itself
from monitor.jobs.subscribing import keep_subscriptions
from monitor.jobs.taking_turns import has_turn
from monitor.jobs.vitals import Vitals, pulse
from monitor.schedule import Disturbance, Job, Schedule, Watchdog
from monitor.store import leases
from monitor.supervisor import Supervisor
from monitor.web.app import build_app
from monitor.web.serving import serving
from monitor.wiring import open_network

TICK = 1.0
PULSE = 10.0
SUBSCRIBING = 10.0
HOUSEKEEPING = 3600.0
COMPLAIN_EVERY = 60.0
MOST_FEEDS, MOST_ARTICLES, MOST_UNHEARD = 64, 8, 8


async def run_daemon(context: Context, *, listener: socket.socket, is_alone: bool, announce: Callable[[], None]) -> None:
    """Run until SIGINT or SIGTERM; then begin nothing more, let what is under way end, and return. SIGHUP reloads.

    Args:
        listener: Where to serve.
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
    vitals = Vitals()
    async with serving(build_app(context, vitals), listener):
        await context.aside(_prepare, context, is_alone=is_alone)
        async with (
            open_network(context.settings) as network,
            _running(Daemon(context=context, network=network, vitals=vitals)) as daemon,
        ):
            loop.add_signal_handler(signal.SIGHUP, daemon.reload_soon)
            await daemon.run_until(stop)


def _prepare(context: Context, *, is_alone: bool) -> None:
    if is_alone:
        with context.store.transaction() as connection:
            leases.release_all(connection)
    follow_pulse(context)
    seed(context)


@dataclass(slots=True, kw_only=True)
class Daemon:
    """The jobs and what they have under way.

    Attributes:
        sender: The one thread that sends.
        ending: Set once nothing more is to be sent.
        chores: What else is under way and may be broken off.
        has_stalled: A stall was told, now or before the start, and its end was not.
        complaints: What was logged of late, and when, on a clock that nobody sets.
        reloading: Held while what was saved is taken up.
    """

    context: Context
    network: Network
    vitals: Vitals = field(default_factory=Vitals)
    supervisor: Supervisor = field(init=False)
    watchdog: Watchdog = field(default_factory=Watchdog)
    sender: ThreadPoolExecutor = field(default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="sender"))
    ending: threading.Event = field(default_factory=threading.Event)
    visits: set[asyncio.Task[object]] = field(default_factory=set)
    articles: set[asyncio.Task[object]] = field(default_factory=set)
    unheard: set[asyncio.Task[object]] = field(default_factory=set)
    chores: set[asyncio.Task[object]] = field(default_factory=set)
    has_stalled: bool = True
    complaints: dict[str, float] = field(default_factory=dict)
    reloading: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self) -> None:
        self.supervisor = Supervisor(address=self.context.settings.supervisor)

    async def run_until(self, stop: asyncio.Event) -> None:
        """Keep the schedule, the heartbeat and the look-out for saved rules until the event is set."""
        self.supervisor.note_ready()
        async with asyncio.TaskGroup() as group:
            group.create_task(self._watch_rules(stop))
            group.create_task(self._keep_beating(stop))
            group.create_task(self._keep_schedule(stop))
            await stop.wait()
            self.supervisor.note_end()

    # --- the jobs -----------------------------------------------------------------------------------

    async def tick(self) -> None:
        """Begin visits to all that is due, and send the digest once nothing can add to it."""
        try:
            await self._begin_due()
        finally:
            self.vitals.ticked = self.vitals.steady()
            self.watchdog.feed()
            self._report()
        if self.has_stalled:
            await self.context.aside(end_trouble, self.context, TICK_STALLED)
            self.has_stalled = False

    async def _begin_due(self) -> None:
        context = self.context
        for feed in await context.aside(lease_feeds, context, limit=MOST_FEEDS - len(self.visits)):
            self._begin(self.visits, poll_feed(context, self.network, feed))
        for article in await context.aside(lease_articles, context, limit=MOST_ARTICLES - len(self.articles)):
            self._begin(self.articles, complete_item(context, self.network, article))
        for one in await context.aside(lease_unheard, context, limit=MOST_UNHEARD - len(self.unheard)):
            self._begin(self.unheard, hear_again(context, self.network, one))
        is_quiet = not self.visits and not self.articles
        await context.aside(send_digest, context, is_quiet=is_quiet)
        await context.aside(release_held, context)

    def _report(self) -> None:
        """Tell the supervisor how it goes; its watchdog is fed only while tick, database and sender move."""
        if not self.vitals.stalls():
            self.supervisor.note_life()
        rules = self.context.rules
        watching = f"watching {count_of(len(rules.current.audiences), 'feed')} for {count_of(len(rules.current.watches), 'rule')}"
        broken = ["the rules saved last have faults and are not in force"] if rules.refused else []
        self.supervisor.note_status("; ".join([watching, *broken, *self.vitals.ailments()]))

    async def send(self) -> None:
        """Send what is due, in the sender's thread."""
        work = partial(dispatch_due, self.context, stop=self.ending, moved=self._note_sender)
        await asyncio.get_running_loop().run_in_executor(self.sender, work)

    def _note_sender(self) -> None:
        self.vitals.sent = self.vitals.steady()

    async def pulse(self) -> None:
        """Prove that the database can be written to."""
        await self.context.aside(pulse, self.context, self.vitals)

    async def subscribe(self) -> None:
        """Keep the subscriptions to hubs."""
        await keep_subscriptions(self.context, self.network)

    async def keep_house(self) -> None:
        """What time alone brings about."""
        if not await self.context.aside(has_turn, self.context, "housekeeping", every=timedelta(seconds=HOUSEKEEPING)):
            return
        await self.context.aside(tell_overdue, self.context)
        await self.context.aside(watch_itself, self.context)
        await self.context.aside(forget_old, self.context)

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
        jobs: dict[Job, float] = {
            self.tick: TICK,
            self.send: TICK,
            self.pulse: PULSE,
            self.keep_house: HOUSEKEEPING,
        }
        if self.context.settings.websub:
            jobs[self.subscribe] = SUBSCRIBING
        schedule = Schedule(
            jobs={partial(self._guarded, job): seconds for job, seconds in jobs.items()},
            now=self.context.now,
            ticked=lambda: self.vitals.ticked or 0.0,
            on_disturbance=self._take_disturbance,
            ending=self.ending,
        )
        try:
            await schedule.keep(stop)
        finally:
            self.watchdog.leash()

    async def _take_disturbance(self, disturbance: Disturbance) -> None:
        """Say what disturbed the schedule; nothing here may hold up its new beginning."""
        context = self.context
        if disturbance.step:
            context.log.error("the clock was set; the schedule is begun anew", by=str(disturbance.step))
            self._begin(self.chores, context.aside(follow_clock, context, disturbance.step))
            return
        context.log.error("the schedule stalled; it is begun anew", seconds=round(disturbance.seconds))
        self.has_stalled = True
        # In a thread of its own, since the writer's may be what stands still.
        self._begin(self.chores, asyncio.to_thread(begin_stall, context, disturbance.seconds))

    # --- the heartbeat ------------------------------------------------------------------------------

    async def _keep_beating(self, stop: asyncio.Event) -> None:
        """Tell an outside monitor each minute how it goes; apart from the schedule, whose stalling it reports."""
        url = self.context.settings.heartbeat_url
        while url and not stop.is_set():
            ailments = self.vitals.ailments()
            if (ailments or await self._is_first_to_beat()) and (unheard := await beat(url, ailments)):
                self.context.log.warning("heartbeat not heard", why=unheard)
            with suppress(TimeoutError):
                await asyncio.wait_for(stop.wait(), timeout=BEAT)

    async def _is_first_to_beat(self) -> bool:
        """Whether no other process has told of late that all is well; where the database cannot say so, it is told again."""
        try:
            async with asyncio.timeout(BEAT / 2):
                return await asyncio.to_thread(has_turn, self.context, "heartbeat", every=timedelta(seconds=BEAT))
        except (StoreTrouble, TimeoutError):
            return True

    # --- rules saved --------------------------------------------------------------------------------

    async def _watch_rules(self, stop: asyncio.Event) -> None:
        """Reload when a file is saved that the rules are made of; the folders may be others after each reload."""
        from watchfiles import awatch

        context = self.context
        while not stop.is_set():
            folders = watched_folders(context.rules.current.book, context.settings)
            async for _ in awatch(*folders, stop_event=stop, recursive=False):
                await self._reload()
                if watched_folders(context.rules.current.book, context.settings) != folders:
                    break

    def reload_soon(self) -> None:
        """Take up what was saved, also where it was saved out of our sight, as by a link that leads elsewhere now."""
        self.context.log.info("asked to reload")
        self._begin(self.chores, self._reload())

    async def _reload(self) -> None:
        async with self.reloading:
            self.supervisor.note_reload()
            await self._guarded(partial(self.context.aside, reload_saved, self.context))
            await self._guarded(self._reload_destinations)
            self.supervisor.note_ready()

    async def _reload_destinations(self) -> None:
        if await asyncio.to_thread(reload_destinations, self.context):
            await self.context.aside(reconsider_held, self.context)

    # --- the end ------------------------------------------------------------------------------------

    async def end(self) -> None:
        """Break off visits (nothing of them is stored yet), and wait for what is being sent."""
        self.ending.set()
        under_way = [*self.visits, *self.articles, *self.unheard, *self.chores]
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

"""What every job works with; built in ``wiring`` and nowhere else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import ParamSpec, TypeVar

from structlog.stdlib import BoundLogger

from monitor.config.settings import Settings
from monitor.core.telling.stationery import Stationery
from monitor.delivery.courier import Courier
from monitor.feeds.fetching import Fetcher
from monitor.feeds.robots import Robots
from monitor.feeds.workers import Workers
from monitor.jobs.meters import Meters
from monitor.jobs.ruling import MannersInForce, RulesInForce
from monitor.readers.asking import SecondReaders
from monitor.readers.calling import Caller
from monitor.store.engine import Store

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """The open database, the rules in force, and the ways out.

    Attributes:
        stationery: What messages are written with.
        now: The clock; aware.
        jitter: Random, from 0 up to 1.
        writer: The one thread that reads items and writes to the database on behalf of asynchronous jobs.
        meters: What is counted of the work.
        second_readers: How those have been doing.
    """

    store: Store
    settings: Settings
    rules: RulesInForce
    manners: MannersInForce
    courier: Courier
    stationery: Stationery
    now: Callable[[], datetime]
    jitter: Callable[[], float]
    log: BoundLogger
    writer: Executor
    meters: Meters = field(default_factory=Meters)
    second_readers: SecondReaders = field(default_factory=SecondReaders)

    async def aside(self, work: Callable[P, T], /, *arguments: P.args, **options: P.kwargs) -> T:
        """Do synchronous work in the writer's thread, so that the loop goes on meanwhile; it is done to its end even if nobody
        waits for it any longer."""
        return await asyncio.get_running_loop().run_in_executor(self.writer, partial(work, *arguments, **options))


@dataclass(frozen=True, slots=True, kw_only=True)
class Network:
    """The ways in, open for as long as a loop runs."""

    fetcher: Fetcher
    workers: Workers
    robots: Robots
    caller: Caller

"""Building: from the settings to a context that jobs can work with; nothing is built anywhere else."""

from __future__ import annotations

import logging
import random
import sys
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from typing import Any, TextIO

import structlog

from monitor.config.deliveries import find_delivery_file, read_manners
from monitor.config.lexicons import load_library
from monitor.config.rulebook import load_rulebook
from monitor.config.settings import Settings
from monitor.config.templates import load_templates
from monitor.core.telling.stationery import Stationery
from monitor.delivery.courier import open_courier
from monitor.feeds.fetching import open_fetcher
from monitor.feeds.guarding import read_allowance
from monitor.feeds.robots import Robots
from monitor.feeds.workers import open_workers
from monitor.jobs.context import Context, Network
from monitor.jobs.ruling import MannersInForce, Rules, RulesInForce
from monitor.jobs.signing import Action, action_path, key_of
from monitor.readers.calling import open_caller
from monitor.store.engine import Store, open_store

_PARSERS = 2


@contextmanager
def open_context(settings: Settings) -> Iterator[Context]:
    """Everything that jobs need but the network, for as long as the block lasts.

    Raises:
        FileFaults: The rules or delivery.yaml have faults.
        StoreTrouble: The database cannot be opened.
    """
    book = load_rulebook(settings.rules)
    manners = read_manners(find_delivery_file(settings))
    store = open_store(settings.database_url)
    writer = ThreadPoolExecutor(max_workers=1, thread_name_prefix="writer")
    try:
        yield Context(
            store=store,
            settings=settings,
            rules=RulesInForce(Rules.of(book, load_library)),
            manners=MannersInForce(manners),
            courier=open_courier(settings.apprise_config, [url.get_secret_value() for url in settings.notify_urls]),
            stationery=_stationery(settings, store),
            now=lambda: datetime.now(UTC),
            jitter=random.random,
            log=structlog.stdlib.get_logger("factwatch"),
            writer=writer,
        )
    finally:
        writer.shutdown(wait=True)
        store.close()


def _stationery(settings: Settings, store: Store) -> Stationery:
    """With links that act, where people can follow them."""
    if not settings.public_url:
        return Stationery(templates=load_templates())
    key = key_of(store, settings)

    def acting(action: str, change: str) -> str:
        return action_path(key, Action(action), change, now=datetime.now(UTC))

    return Stationery(templates=load_templates(), public_url=settings.public_url, acting=acting)


@asynccontextmanager
async def open_network(settings: Settings) -> AsyncIterator[Network]:
    """The ways in, for as long as the block lasts."""
    allowance = read_allowance(settings.allow_private_hosts)
    async with (
        open_fetcher(contact=settings.contact, allowance=allowance) as fetcher,
        open_workers(count=_PARSERS) as workers,
        open_caller() as caller,
    ):
        yield Network(fetcher=fetcher, workers=workers, robots=Robots(fetcher), caller=caller)


def set_up_log(level: str, stream: TextIO | None = None) -> None:
    """Log to standard error: for people on a terminal, as a line of JSON an event otherwise.

    What the libraries log goes the same way, warnings and worse only.
    """
    out = stream or sys.stderr
    prepare: list[Any] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    is_for_people = out.isatty()
    render = structlog.dev.ConsoleRenderer() if is_for_people else structlog.processors.JSONRenderer(ensure_ascii=False)
    explain = [] if is_for_people else [structlog.processors.format_exc_info]
    handler = logging.StreamHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=prepare,
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, *explain, render],
        )
    )
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    logging.getLogger("factwatch").setLevel(level.upper())
    # It warns each time that a tick finds the one before still at work, which is how a busy second looks.
    logging.getLogger("apscheduler").setLevel(logging.ERROR)
    structlog.configure(
        processors=[structlog.stdlib.filter_by_level, *prepare, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
    )

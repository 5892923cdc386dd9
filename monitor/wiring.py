"""Building: from the settings to a context that jobs can work with; nothing is built anywhere else."""

from __future__ import annotations

import random
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime

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
    key = key_of(store)

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

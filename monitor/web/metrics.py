"""Metrics for Prometheus: what the process counted, how its parts move, and how the store stands at the moment of asking."""

from __future__ import annotations

import platform
from asyncio import to_thread
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from fastapi import APIRouter, Depends, Request, Response
from prometheus_client import CollectorRegistry, ProcessCollector, disable_created_metrics
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, InfoMetricFamily
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import Metric
from prometheus_client.registry import Collector

from monitor import __version__
from monitor.errors import StoreTrouble
from monitor.jobs import articles, dispatching, polling
from monitor.jobs.context import Context
from monitor.jobs.costing import ReaderCost, costs_of, count_unheard
from monitor.jobs.vitals import Vitals
from monitor.store import feeds, tallies
from monitor.store.engine import Connection
from monitor.web.api.tokens import Gate

# When each series began would be a series more for each, and nobody asks.
disable_created_metrics()  # type: ignore[no-untyped-call]

_LEASES = {"feed": polling.LEASE, "article": articles.LEASE, "delivery": dispatching.LEASE}


def metrics_router(context: Context, vitals: Vitals, gate: Gate) -> APIRouter:
    """``/metrics``, for whoever may read the API: they tell what is watched and how much is going on."""
    router = APIRouter(dependencies=[Depends(gate.may_read)])
    registry = build_registry(context, vitals)

    @router.get("/metrics")
    async def metrics(request: Request) -> Response:
        encode, media_type = choose_encoder(request.headers.get("Accept", ""))
        return Response(await to_thread(encode, registry), headers={"Content-Type": media_type})

    return router


def build_registry(context: Context, vitals: Vitals) -> CollectorRegistry:
    """All that can be measured of this process and of its database."""
    registry = CollectorRegistry()
    for meter in context.meters:
        registry.register(meter)
    registry.register(Moving(vitals))
    registry.register(Standing(context))
    ProcessCollector(registry=registry)
    return registry


@dataclass(frozen=True, slots=True, eq=False)
class Moving(Collector):
    """Of this process: which program it is, and how long ago each of its parts moved."""

    vitals: Vitals

    def collect(self) -> Iterator[Metric]:
        """Measure now."""
        program = {"version": __version__, "python": platform.python_version()}
        yield InfoMetricFamily("factwatch_build", "Which program this is.", value=program)
        healthy = not self.vitals.ailments()
        yield GaugeMetricFamily("factwatch_healthy", "Whether /healthz says so.", value=healthy)
        yield _gauge(
            "factwatch_part_age_seconds",
            "Time since the tick, the database or the sender last moved.",
            ["part"],
            (((part,), age) for part, age in self.vitals.ages().items()),
        )


@dataclass(frozen=True, slots=True, eq=False)
class Standing(Collector):
    """Of the rules in force and the database, which other processes may share.

    Where the database cannot be read, that is told and the rest left out: a number that is not known is no nought.
    """

    context: Context

    def collect(self) -> Iterator[Metric]:
        """Ask now, in one transaction."""
        rules = self.context.rules
        yield GaugeMetricFamily("factwatch_watches", "Watches whose rules are in force.", value=len(rules.current.watches))
        yield GaugeMetricFamily(
            "factwatch_rules_faults", "Faults that keep saved rules from being in force.", value=len(rules.refused)
        )
        try:
            with self.context.store.reading() as connection:
                found = list(_measure(connection, now=self.context.now()))
                found += _second_readers(costs_of(connection, self.context), count_unheard(connection))
        except StoreTrouble:
            found = []
        yield GaugeMetricFamily("factwatch_database_readable", "Whether the database could be read just now.", value=bool(found))
        yield from found


def _measure(connection: Connection, *, now: datetime) -> Iterator[Metric]:
    def since(moment: datetime | None) -> float:
        return max(0.0, (now - moment).total_seconds()) if moment else 0.0

    changes = CounterMetricFamily("factwatch_changes", "Changes on record, told or not.", labels=["watch", "verdict"])
    for watch, verdict, number in tallies.count_changes(connection):
        changes.add_metric([watch, verdict], number)
    yield changes
    yield _gauge(
        "factwatch_feeds",
        "Feeds and pages by health.",
        ["health"],
        (((health.replace(" ", "_"),), number) for health, number in tallies.count_feeds(connection).items()),
    )
    yield GaugeMetricFamily(
        "factwatch_feeds_overdue_seconds",
        "How long the longest overdue feed has waited.",
        value=since(feeds.next_due_at(connection)),
    )
    yield from _outbox(tallies.count_waiting(connection), since)
    yield from _leases(tallies.count_leases(connection), since)


def _second_readers(costs: tuple[ReaderCost, ...], waiting: int) -> Iterator[Metric]:
    """What second readers cost; nothing where the rules and settings name none."""
    if not costs:
        return
    yield GaugeMetricFamily("factwatch_reader_unheard", "Items that wait for a second reader's word.", value=waiting)
    measures: dict[str, tuple[str, Callable[[ReaderCost], float | None]]] = {
        "available": ("Whether a second reader is asked at present.", lambda one: float(not one.trouble)),
        "calls_today": ("Questions that a second reader was asked today.", lambda one: one.today.calls),
        "failures_today": ("Those of them that it did not answer.", lambda one: one.today.failures),
        "tokens_in_today": ("Tokens of today's questions.", lambda one: one.today.tokens_in),
        "tokens_out_today": ("Tokens of today's answers.", lambda one: one.today.tokens_out),
        "tokens_per_alert": ("Tokens of thirty days for each alert.", lambda one: one.tokens_per_alert),
        "cost_per_alert": ("Cost of thirty days for each alert.", lambda one: _float(one.cost_per_alert)),
    }
    for name, (words, measure) in measures.items():
        found = [((one.name,), value) for one in costs if (value := measure(one)) is not None]
        yield _gauge(f"factwatch_reader_{name}", words, ["reader"], found)


def _float(number: Decimal | None) -> float | None:
    return None if number is None else float(number)


def _outbox(waiting: tuple[tallies.Waiting, ...], since: Callable[[datetime | None], float]) -> Iterator[Metric]:
    yield _gauge(
        "factwatch_outbox_pending",
        "Messages that wait to be sent.",
        ["destination"],
        (((one.destination,), one.pending) for one in waiting),
    )
    yield _gauge(
        "factwatch_outbox_given_up",
        "Messages that were given up and wait for a person.",
        ["destination"],
        (((one.destination,), one.dead) for one in waiting),
    )
    oldest = min((one.oldest for one in waiting if one.oldest), default=None)
    yield GaugeMetricFamily("factwatch_outbox_oldest_age_seconds", "Age of the oldest message that waits.", value=since(oldest))


def _leases(leases: dict[str, tallies.Leases], since: Callable[[datetime | None], float]) -> Iterator[Metric]:
    yield _gauge("factwatch_leases", "What is taken and under way.", ["of"], (((of,), one.number) for of, one in leases.items()))
    begun = {of: one.ends and one.ends - _LEASES[of] for of, one in leases.items()}
    yield _gauge(
        "factwatch_leases_oldest_age_seconds",
        "How long ago the oldest of what is taken was taken.",
        ["of"],
        (((of,), since(moment)) for of, moment in begun.items()),
    )


def _gauge(name: str, words: str, labels: list[str], values: Iterable[tuple[tuple[str, ...], float]]) -> Metric:
    family = GaugeMetricFamily(name, words, labels=labels)
    for label, value in values:
        family.add_metric(label, value)
    return family

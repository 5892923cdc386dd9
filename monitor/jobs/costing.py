"""Costing: what second readers cost and how they are doing, as numbers for the page, the metrics and the probes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, timedelta
from decimal import Decimal

from monitor.config.second_readers import Price, SecondReader, second_reader_of
from monitor.jobs.consulting import endpoint_of, exhausted, may_consult
from monitor.jobs.context import Context
from monitor.store import spending, tallies, unheard
from monitor.store.engine import Connection
from monitor.store.spending import Spent

OF_LATE = timedelta(days=30)

_MILLION = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderCost:
    """One second reader that rules or settings name.

    Attributes:
        name: Model and host.
        today: Spent since midnight, UTC.
        of_late: Spent within ``OF_LATE``.
        alerts: Changes that were told within that time by the watches that have it.
        cost: Of that time, in whatever the price is told in; None where nobody told it.
        trouble: Why it is not asked at present; empty while it is.
    """

    name: str
    today: Spent
    of_late: Spent
    alerts: int
    cost: Decimal | None
    trouble: str

    @property
    def cost_per_alert(self) -> Decimal | None:
        """None where there was no alert, or nobody told the price."""
        return self.cost / self.alerts if self.cost is not None and self.alerts else None

    @property
    def tokens_per_alert(self) -> int | None:
        """None where there was no alert."""
        return (self.of_late.tokens_in + self.of_late.tokens_out) // self.alerts if self.alerts else None


def costs_of(connection: Connection, context: Context) -> tuple[ReaderCost, ...]:
    """What each second reader has cost, by name; none where no watch has one, which costs no query. For any transaction."""
    by_name = _watches_by_reader(context) if may_consult(context) else {}
    if not by_name:
        return ()
    now = context.now()
    today = now.astimezone(UTC).date()
    sums = {spent.reader: spent for spent in spending.in_all(connection, since=today - OF_LATE)}
    told = tallies.count_told(connection, since=now - OF_LATE)
    troubles = context.second_readers.troubles()
    found = []
    for name, (second, watches) in sorted(by_name.items()):
        spent_today, of_late = spending.on_day(connection, today, name), sums.get(name, Spent(reader=name))
        found.append(
            ReaderCost(
                name=name,
                today=spent_today,
                of_late=of_late,
                alerts=sum(told.get(watch, 0) for watch in watches),
                cost=_cost(of_late, second.price) if second.price else None,
                trouble=troubles.get(name) or exhausted(second, spent_today),
            )
        )
    return tuple(found)


def remarks_of(context: Context) -> tuple[str, ...]:
    """Which second readers are not asked at present, and that our own reader goes on alone; the database may be away."""
    troubles = context.second_readers.troubles()
    return tuple(f"our own reader reads alone: {why}" for why in troubles.values())


def count_unheard(connection: Connection) -> int:
    """How many items wait for a second reader's word; for any transaction."""
    return unheard.count(connection)


def _watches_by_reader(context: Context) -> dict[str, tuple[SecondReader, frozenset[str]]]:
    found: dict[str, tuple[SecondReader, frozenset[str]]] = {}
    for name, watch, second in _named(context):
        _, others = found.get(name, (second, frozenset()))
        found[name] = (second, others | {watch})
    return found


def _named(context: Context) -> Iterator[tuple[str, str, SecondReader]]:
    for watch in context.rules.current.watches.values():
        if second := second_reader_of(watch, context.settings):
            yield endpoint_of(second).name, watch.id, second


def _cost(spent: Spent, price: Price) -> Decimal:
    price_in, price_out = price
    return (spent.tokens_in * price_in + spent.tokens_out * price_out) / _MILLION

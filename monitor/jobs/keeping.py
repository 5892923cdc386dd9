"""Keeping: looks at what time alone brings about, such as plans whose day has passed without a word."""

from __future__ import annotations

from datetime import date

from monitor.core.changes import History
from monitor.core.judging.expiring import overdue_from
from monitor.core.telling.notices import overdue_message
from monitor.core.telling.routing import route
from monitor.core.values import Period
from monitor.core.watches import Watch
from monitor.jobs import digesting
from monitor.jobs.context import Context
from monitor.jobs.telling import enqueue_by_wish
from monitor.store import facts, feeds
from monitor.store.engine import Connection


def tell_overdue(context: Context) -> None:
    """Tell of each plan whose last day has passed, with the days that its rule allows, and of which nothing was reported.

    Once for each value; the outbox knows what it was told. A watch whose feeds were not all asked yet, or whose history is not
    told yet, may still learn that the day was kept.
    """
    for watch in context.rules.current.watches.values():
        if any(fact.overdue_days is not None for fact in watch.facts.values()):
            with context.store.transaction() as connection:
                if not _is_caught_up(connection, watch):
                    continue
                for history in facts.load_histories(connection, watch.id).values():
                    _tell_if_overdue(connection, watch, history, context)


def _is_caught_up(connection: Connection, watch: Watch) -> bool:
    sources = {(source.url, source.select) for source in watch.feeds}
    known = [feed for feed in feeds.list_all(connection) if (feed.url, feed.select) in sources]
    are_asked = all(feed.first_ok_at or feed.failures or feed.ended_at for feed in known)
    return are_asked and not digesting.is_gathering(connection)


def _tell_if_overdue(connection: Connection, watch: Watch, history: History, context: Context) -> None:
    known, today = history.in_force, context.now().date()
    first_day = overdue_from(known, watch.facts[history.fact]) if history.fact in watch.facts else None
    if first_day is None or today < first_day or not isinstance(known.value, Period):
        return
    way = route(watch.policies[history.fact].notify, context.courier.destinations)
    message = overdue_message(
        known,
        watch=watch,
        fact=history.fact,
        last_day=known.value.last or date.max,
        today=today,
        stationery=context.stationery,
        unmatched=way.unmatched,
    )
    enqueue_by_wish(connection, message, watch=watch, fact=history.fact, context=context)

"""Releasing: what was held back goes out when its moment comes, what comes due together for one reader as one digest."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from monitor.core.messages import Occasion
from monitor.core.telling.digests import Told, digest_message
from monitor.core.telling.grouping import Grouping, Manner, Rhythm, is_one_message
from monitor.core.telling.routing import CONSOLE, route
from monitor.jobs.context import Context
from monitor.jobs.telling import News, decide, enqueue_for_all, enqueue_news, hold_back, load_all, tell_all, tell_one
from monitor.store import held, outbox
from monitor.store.engine import Connection
from monitor.store.held import EVERYBODY

_TITLES = {
    Rhythm.AT_ONCE: "What was held back",
    Rhythm.HOURLY: "What the last hour brought",
    Rhythm.DAILY: "What the last day brought",
}


def release_held(context: Context) -> int:
    """Tell what was held back until now, as it stands now; what was dismissed or withdrawn meanwhile is moot.

    A telling leaves its hold in the transaction that puts its message in the outbox, so no crash loses or repeats it.

    Returns:
        How many tellings were due.
    """
    with context.store.reading() as connection:
        due = held.next_release_at(connection)
    if due is None or due > context.now():
        return 0
    with context.store.transaction() as connection:
        tellings = held.release_due(connection, now=context.now())
        found = load_all(connection, tellings, context)
        ready: dict[tuple[str, Manner], list[News]] = {}
        for telling in tellings:
            news = found.get(telling.id)
            if news is None:
                continue
            if telling.destination == EVERYBODY:
                tell_all(connection, news, context)
                continue
            for name in _heirs(connection, news, telling.destination, context):
                manner, hold = decide(news, name, context, is_due=True)
                if hold:
                    hold_back(connection, news, name, hold, context)
                else:
                    ready.setdefault((name, manner), []).append(news)
        for (name, manner), batch in ready.items():
            _send_batch(connection, name, manner, batch, context)
    return len(tellings)


def reconsider_held(context: Context) -> None:
    """Ask anew of all that is held for a reader until when it waits: his wishes may have changed, or a silence ended early."""
    with context.store.transaction() as connection:
        tellings = held.release_waiting(connection, now=context.now())
        found = load_all(connection, tellings, context)
        for telling in tellings:
            if news := found.get(telling.id):
                way = route(news.tags, context.courier.destinations)
                for name in _heirs(connection, news, telling.destination, context):
                    tell_one(connection, news, name, way, context)


def _heirs(connection: Connection, news: News, name: str, context: Context) -> Sequence[str]:
    """Who hears what was held for a destination: itself, or once it is gone those who would be told now and were not."""
    here = {destination.name for destination in context.courier.destinations} or {CONSOLE}
    if name in here:
        return (name,)
    key, occasion = news.change.key, news.occasion
    others = route(news.tags, context.courier.destinations).destinations
    return [other for other in others if not held.was_held(connection, key, occasion, other)]


# --- together ---------------------------------------------------------------------------------------


def _send_batch(connection: Connection, name: str, manner: Manner, batch: Sequence[News], context: Context) -> None:
    """Put what came due together for one destination in its outbox; a withdrawal always speaks for itself."""
    alone = [news for news in batch if news.occasion is Occasion.WITHDRAWN]
    for group in _grouped([news for news in batch if news.occasion is Occasion.CHANGE], manner):
        if is_one_message(manner, len(group)):
            _send_digest(connection, name, manner, group, context)
        else:
            alone = [*group, *alone]
    for news in alone:
        enqueue_news(connection, news, name, route(news.tags, context.courier.destinations), context)


def _grouped(batch: Sequence[News], manner: Manner) -> Iterable[list[News]]:
    groups: dict[str, list[News]] = {}
    for news in batch:
        groups.setdefault(news.watch.id if manner.group is Grouping.WATCH else "", []).append(news)
    return groups.values()


def _send_digest(connection: Connection, name: str, manner: Manner, group: Sequence[News], context: Context) -> None:
    facts: dict[tuple[str, str], list[News]] = {}
    for news in group:
        facts.setdefault((news.change.watch, news.change.fact), []).append(news)
    told = [
        Told(watch=news[0].watch, history=news[0].history, sequences=frozenset(one.change.sequence for one in news))
        for news in facts.values()
    ]
    unmatched = {tag for news in group for tag in route(news.tags, context.courier.destinations).unmatched}
    message = digest_message(
        told,
        key=f"digest/{context.now():%Y-%m-%dT%H:%M:%SZ}/{group[0].change.key}",
        occasion=_TITLES[manner.rhythm],
        stationery=context.stationery,
        unmatched=tuple(sorted(unmatched)),
    )
    enqueue_for_all(connection, message, [name], order_key=outbox.AMONG_ALL, context=context)

"""Telling a change: into the outbox of everybody whom the rule names, or held back for those who want to hear it later."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace

from monitor.core.changes import Change, ChangeState, History
from monitor.core.messages import Message, Occasion
from monitor.core.telling import grouping
from monitor.core.telling.grouping import Hold, Manner, Silence
from monitor.core.telling.rendering import change_message, withdrawn_message
from monitor.core.telling.routing import Destination, Route, heard_as, route
from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.store import changes, facts, held, outbox, snoozes
from monitor.store.engine import Connection
from monitor.store.held import EVERYBODY, HeldTelling


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """One change with what it takes to tell it.

    Attributes:
        history: Of the same fact, as it is now.
        occasion: That it changed, or that it was withdrawn.
        snoozed: The silence that a person has laid on it, if any.
    """

    change: Change
    occasion: Occasion
    history: History
    watch: Watch
    snoozed: Silence | None

    @property
    def tags(self) -> tuple[str, ...]:
        """Whom the rule names."""
        return self.watch.policies[self.change.fact].notify


# --- telling ----------------------------------------------------------------------------------------


def tell(connection: Connection, change: Change, *, history: History, watch: Watch, context: Context) -> None:
    """Tell a change to each of its readers now, or hold it: while its rule gathers sources, while it is snoozed, by their wishes.

    For the transaction that writes the change.

    Args:
        change: One in state ``withdrawn`` is told as such to those who were told of it; those for whom it was still held hear
            nothing at all.
        history: Of the same fact, as it is now.
    """
    news = news_of(connection, change, history=history, watch=watch, context=context)
    if news.occasion is Occasion.WITHDRAWN:
        unheard = held.release(connection, change.key, now=context.now())
        spared = {telling.destination for telling in unheard if telling.occasion is Occasion.CHANGE}
        if EVERYBODY not in spared:
            tell_all(connection, news, context, but=spared)
        return
    wait = watch.policies[change.fact].wait
    if wait:
        now = context.now()
        held.hold(connection, change.key, until=now + wait, reason="gathering sources", now=now)
        return
    tell_all(connection, news, context)


def news_of(connection: Connection, change: Change, *, history: History, watch: Watch, context: Context) -> News:
    """A change made ready to be told, as the withdrawal that it is or as a change."""
    occasion = Occasion.WITHDRAWN if change.state is ChangeState.WITHDRAWN else Occasion.CHANGE
    snoozed = _snooze_of(connection, change.watch, change.fact, change.key, context)
    return News(change=change, occasion=occasion, history=history, watch=watch, snoozed=snoozed)


def _snooze_of(connection: Connection, watch: str, fact: str, key: str, context: Context) -> Silence | None:
    until = snoozes.snoozed_until(connection, watch, fact, key, now=context.now())
    return Silence(until=until, reason="snoozed") if until else None


def tell_all(connection: Connection, news: News, context: Context, *, but: Collection[str] = ()) -> None:
    """Tell everybody whom the rule names now, but these."""
    way = route(news.tags, context.courier.destinations)
    for name in way.destinations:
        if name not in but:
            tell_one(connection, news, name, way, context)


def tell_one(connection: Connection, news: News, name: str, way: Route, context: Context) -> None:
    """Tell one destination, or hold it for that one.

    What goes out takes along what was held of the same fact, so that the order is kept.
    """
    _, hold = decide(news, name, context)
    if hold:
        hold_back(connection, news, name, hold, context)
        return
    change = news.change
    earlier = held.release_fact(connection, change.watch, change.fact, name, now=context.now())
    for one in (*load_all(connection, earlier, context).values(), news):
        enqueue_news(connection, one, name, way, context)


def hold_back(connection: Connection, news: News, name: str, hold: Hold, context: Context) -> None:
    """Hold a change for one destination."""
    key, until, reason = news.change.key, hold.until, hold.reason
    held.hold(connection, key, news.occasion, destination=name, until=until, reason=reason, now=context.now())


def decide(news: News, name: str, context: Context, *, is_due: bool = False) -> tuple[Manner, Hold | None]:
    """By which manner a destination hears of something, and until when it has to wait.

    Args:
        is_due: It was held until now.
    """
    change = news.change
    manners = _manners(news.tags, news.snoozed, name, context)
    return grouping.decide(
        manners, watch=change.watch, fact=change.fact, now=context.now(), certainty=change.certainty, is_due=is_due
    )


def _manners(tags: Collection[str], snoozed: Silence | None, name: str, context: Context) -> tuple[Manner, ...]:
    """In which manners a destination hears of something with these tags."""
    manners = context.manners.current.of(heard_as(tags, _find(name, context)))
    return tuple(replace(manner, silences=(*manner.silences, snoozed)) for manner in manners) if snoozed else manners


def _find(name: str, context: Context) -> Destination:
    here = (destination for destination in context.courier.destinations if destination.name == name)
    return next(here, Destination(name=name, kind="Console"))


def enqueue_news(connection: Connection, news: News, name: str, way: Route, context: Context) -> None:
    """Put the message of a change in the outbox of one destination."""
    write = withdrawn_message if news.occasion is Occasion.WITHDRAWN else change_message
    message = write(news.change, watch=news.watch, history=news.history, stationery=context.stationery, unmatched=way.unmatched)
    order_key = f"{news.change.watch}/{news.change.fact}"
    enqueue_for_all(connection, message, [name], order_key=order_key, context=context)


def enqueue_for_all(
    connection: Connection, message: Message, destinations: Collection[str], *, order_key: str, context: Context
) -> None:
    """Put a message in the outbox of each of these destinations; for a writing transaction."""
    for name in destinations:
        outbox.enqueue(connection, message, destination=name, order_key=order_key, now=context.now())


def enqueue_by_wish(connection: Connection, message: Message, *, watch: Watch, fact: str, context: Context) -> None:
    """Put a message about a fact that tells no change in the outbox of all whom the rule names, for when each wants to hear it.

    For a writing transaction.
    """
    tags, now = watch.policies[fact].notify, context.now()
    snoozed = _snooze_of(connection, watch.id, fact, message.key, context)
    for name in route(tags, context.courier.destinations).destinations:
        _, hold = grouping.decide(_manners(tags, snoozed, name, context), watch=watch.id, fact=fact, now=now)
        until, reason = (hold.until, hold.reason) if hold else (None, "")
        # In an order of its own: while it waits, it must not hold up a change that is told at once.
        key = f"{watch.id}/{fact}/{message.occasion}"
        outbox.enqueue(connection, message, destination=name, order_key=key, now=now, not_before=until, detail=reason)


# --- from what was held -----------------------------------------------------------------------------


def load_all(connection: Connection, tellings: Iterable[HeldTelling], context: Context) -> dict[int, News]:
    """What tellings tell as it stands now, by their ids; those that became moot meanwhile are left out, and the log says so."""
    found = {telling.id: _load(connection, telling, context) for telling in tellings}
    return {telling_id: news for telling_id, news in found.items() if news}


def _load(connection: Connection, telling: HeldTelling, context: Context) -> News | None:
    change = changes.find(connection, telling.change_key)
    watch = context.rules.current.watches.get(change.watch) if change else None
    history = facts.load_history(connection, change.watch, change.fact) if change else None
    if change is None or watch is None or history is None or change.fact not in watch.facts:
        context.log.info("nothing to tell any more: the rule is gone", change=telling.change_key)
        return None
    news = news_of(connection, change, history=history, watch=watch, context=context)
    if news.occasion is not telling.occasion or change.state is ChangeState.DISMISSED:
        context.log.info("nothing to tell any more", change=change.key, state=str(change.state))
        return None
    return news

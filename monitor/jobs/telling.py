"""Telling a change: into the outbox of everybody whom the rule names, or held back until it may be told."""

from __future__ import annotations

from collections.abc import Collection

from monitor.core.changes import Change, ChangeState, History
from monitor.core.messages import Message, Occasion
from monitor.core.telling.rendering import change_message, withdrawn_message
from monitor.core.telling.routing import route
from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.store import changes, facts, held, outbox, snoozes
from monitor.store.engine import Connection
from monitor.store.held import HeldTelling

_MOOT = frozenset({ChangeState.DISMISSED, ChangeState.WITHDRAWN})


def tell(connection: Connection, change: Change, *, history: History, watch: Watch, context: Context) -> None:
    """Tell a change now, or hold it while its rule gathers sources or a person has silenced it.

    For the transaction that writes the change.

    Args:
        change: One in state ``withdrawn`` is told as such, unless it was never told and is still held.
        history: Of the same fact, as it is now.
    """
    if change.state is ChangeState.WITHDRAWN:
        unheard = held.release(connection, change.key, now=context.now())
        if any(telling.occasion is Occasion.CHANGE for telling in unheard):
            return
        _tell_unless_snoozed(connection, change, Occasion.WITHDRAWN, history=history, watch=watch, context=context)
        return
    wait = watch.policies[change.fact].wait
    if wait:
        now = context.now()
        held.hold(connection, change.key, until=now + wait, reason="gathering sources", now=now)
        return
    _tell_unless_snoozed(connection, change, Occasion.CHANGE, history=history, watch=watch, context=context)


def release_held(context: Context) -> int:
    """Tell what was held back until now, as it stands now; what was dismissed or withdrawn meanwhile is moot.

    Returns:
        How many tellings were due.
    """
    with context.store.reading() as connection:
        due = held.next_release_at(connection)
    if due is None or due > context.now():
        return 0
    with context.store.transaction() as connection:
        tellings = held.release_due(connection, now=context.now())
        for telling in tellings:
            _release(connection, telling, context)
    return len(tellings)


def enqueue_for_all(
    connection: Connection, message: Message, destinations: Collection[str], *, order_key: str, context: Context
) -> None:
    """Put a message in the outbox of each of these destinations; for a writing transaction."""
    for name in destinations:
        outbox.enqueue(connection, message, destination=name, order_key=order_key, now=context.now())


def _release(connection: Connection, telling: HeldTelling, context: Context) -> None:
    change = changes.find(connection, telling.change_key)
    watch = context.rules.current.watches.get(change.watch) if change else None
    history = facts.load_history(connection, change.watch, change.fact) if change else None
    if change is None or watch is None or history is None or change.fact not in watch.facts:
        context.log.info("nothing to tell any more: the rule is gone", change=telling.change_key)
        return
    if telling.occasion is Occasion.CHANGE and change.state in _MOOT:
        context.log.info("nothing to tell any more", change=change.key, state=str(change.state))
        return
    _tell_unless_snoozed(connection, change, telling.occasion, history=history, watch=watch, context=context)


def _tell_unless_snoozed(
    connection: Connection, change: Change, occasion: Occasion, *, history: History, watch: Watch, context: Context
) -> None:
    now = context.now()
    until = snoozes.snoozed_until(connection, change.watch, change.fact, change.key, now=now)
    if until is not None:
        held.hold(connection, change.key, occasion, until=until, reason="snoozed", now=now)
        return
    way = route(watch.policies[change.fact].notify, context.courier.destinations)
    write = withdrawn_message if occasion is Occasion.WITHDRAWN else change_message
    message = write(change, watch=watch, history=history, stationery=context.stationery, unmatched=way.unmatched)
    enqueue_for_all(connection, message, way.destinations, order_key=f"{change.watch}/{change.fact}", context=context)

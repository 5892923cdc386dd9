"""Reviewing: what a person decides about a change or a fact; each verb loads, asks the core and saves in one transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from monitor.core.changes import Change, ChangeState, Decider, History
from monitor.core.judging import overruling
from monitor.core.judging.stepping import is_open, put
from monitor.core.reading.knowns import read_known
from monitor.core.values import Known
from monitor.errors import UserFault
from monitor.jobs import holding_back, telling
from monitor.jobs.context import Context
from monitor.jobs.releasing import reconsider_held
from monitor.store import changes, decisions, facts, held, inbox, snoozes
from monitor.store.engine import Connection


def accept(context: Context, key: str, *, value: str | None = None, note: str = "") -> Change:
    """Bring a change into force, or uphold it; nothing is told of it.

    Args:
        key: Such as ``xiaomi-ev/launch#3``.
        value: To hold in the place of the change's own, as a person types it.

    Returns:
        The change as it is now.

    Raises:
        UserFault: There is no such change, or the text is no value of its fact.
    """
    with context.store.transaction() as connection:
        change = _find(connection, key)
        held_instead = None if value is None else _read_value(context, change.watch, change.fact, value)
        _take_up(connection, change, context)
        return _decide(connection, change, lambda before, step: overruling.accept(before, step, value=held_instead, note=note))


def dismiss(context: Context, key: str, *, note: str = "") -> Change:
    """Say no to a change: the value before it is in force again, and what was still to be told of it is moot.

    Raises:
        UserFault: There is no such change.
    """
    with context.store.transaction() as connection:
        change = _find(connection, key)
        _take_up(connection, change, context, moot=True)
        return _decide(connection, change, lambda before, step: overruling.dismiss(before, step, note=note))


def undo(context: Context, key: str) -> Change:
    """Take the last decision on a change back: it stands as before, and what was still to be told of it is told after all.

    Returns:
        The change as it is now.

    Raises:
        UserFault: There is no such change, nothing was decided, or it was one of many held back, whose holding is over.
    """
    with context.store.transaction() as connection:
        change, before = _find(connection, key), decisions.recall(connection, key)
        if before is None or change.decided_by is not Decider.PERSON:
            raise UserFault(f"there is no decision on {key} to take back")
        decisions.forget(connection, key)
        now = context.now()
        for occasion, destination in before.tellings:
            held.hold(connection, key, occasion, destination=destination, until=now, reason="its dismissal was undone", now=now)
        earlier = replace(
            change,
            state=before.state,
            decided_by=before.decided_by,
            effective=before.effective,
            corrected=before.corrected,
            note=before.note,
        )
        return _decide(connection, change, lambda history, _: put(history, earlier))


def _take_up(connection: Connection, change: Change, context: Context, *, moot: bool = False) -> None:
    """Before a decision: hold the change back no longer, note how it stands, and mark it as seen.

    Args:
        moot: What is still to be told of it no longer is.
    """
    was_kept = holding_back.let_go(connection, change, context)
    tellings = held.release(connection, change.key, now=context.now()) if moot else ()
    if was_kept:
        decisions.forget(connection, change.key)
    else:
        decisions.remember(connection, change, tellings, now=context.now())
    inbox.mark_read(connection, change.key, now=context.now())


def release(context: Context, target: str) -> tuple[Change, ...]:
    """Let what was held back, since too many changes came at once, take its usual course: into force, and told.

    Args:
        target: A change, or a watch for all that is held back of it.

    Returns:
        The changes as they are now.

    Raises:
        UserFault: Nothing of that name is held back.
    """
    with context.store.transaction() as connection:
        keys = [target] if "#" in target else holding_back.kept_of(connection, target)
        kept = [change for key in keys if (change := _find(connection, key)) and holding_back.is_kept(connection, change)]
        if not kept:
            raise UserFault(f"nothing of {target!r} is held back; factwatch changes list --held shows what is")
        return tuple(_release(connection, change, context) for change in kept)


def _release(connection: Connection, change: Change, context: Context) -> Change:
    holding_back.let_go(connection, change, context)
    watch = context.rules.current.watches.get(change.watch)
    if watch is None or change.fact not in watch.facts:
        return change
    released = _decide(connection, change, lambda before, step: overruling.release(before, step, acceptance=watch.acceptance))
    history = facts.load_history(connection, change.watch, change.fact)
    if history is not None and (released.state is ChangeState.ACCEPTED or is_open(history, released)):
        telling.tell(connection, released, history=history, watch=watch, context=context)
    return released


def set_value(context: Context, watch: str, fact: str, value: str, *, note: str = "") -> History:
    """Put a value in force by a person's word; nothing is told of it.

    Args:
        value: As a person types it, with or without a standing: ``2024-03-28 (done)``, ``unknown``, ``cancelled``.

    Returns:
        The fact's history as it is now.

    Raises:
        UserFault: There is no such fact, or the text is no value of it.
    """
    known = _read_value(context, watch, fact, value)
    with context.store.transaction() as connection:
        before = facts.load_history(connection, watch, fact)
        if before is None:
            raise UserFault(f"{watch}/{fact} is not in the database yet; the daemon takes it up from the rules (factwatch run)")
        after = overruling.set_value(before, known, note=note, now=context.now())
        facts.save_history(connection, before, after)
    return after


def snooze(context: Context, target: str, *, until: datetime, note: str = "") -> None:
    """Hear nothing of a watch, a fact (``watch/fact``) or a change until a moment; what comes meanwhile is told then.

    Args:
        target: Known to exist; a name that nothing has would silence nothing.

    Raises:
        UserFault: The moment is over.
    """
    now = context.now()
    if until <= now:
        raise UserFault(f"{until:%Y-%m-%d %H:%M} is over; give a moment that is still to come")
    with context.store.transaction() as connection:
        snoozes.snooze(connection, target, until=until, now=now, note=note)


def wake(context: Context, target: str) -> bool:
    """End a snooze early; what it held back is told when its readers want to hear of it. Returns whether there was one."""
    with context.store.transaction() as connection:
        was_silent = snoozes.wake(connection, target)
    reconsider_held(context)
    return was_silent


def _find(connection: Connection, key: str) -> Change:
    change = changes.find(connection, key)
    if change is None:
        raise UserFault(f"there is no change {key!r}; factwatch changes list shows them all")
    return change


def _decide(connection: Connection, change: Change, decide: Callable[[History, int], History]) -> Change:
    """Apply a decision of the core to a change's history."""
    before = facts.load_history(connection, change.watch, change.fact)
    if before is None:
        raise UserFault(f"the database knows no fact {change.watch}/{change.fact}")
    history = decide(before, change.sequence)
    facts.save_history(connection, before, history)
    return history.changes[change.sequence - 1]


def _read_value(context: Context, watch: str, fact: str, text: str) -> Known:
    rules = context.rules.current
    found = rules.watches[watch].facts.get(fact) if watch in rules.watches else None
    if found is None:
        raise UserFault(f"the rules have no fact {watch}/{fact}")
    try:
        return read_known(text, found, rules.reader.library.units)
    except ValueError as fault:
        raise UserFault(f"{text!r} is no value of {watch}/{fact}: {fault}") from fault

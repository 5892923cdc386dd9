"""What moved silently (the archive, old items, a new watch catching up), gathered to be told in one digest."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from monitor.core.changes import Change, ChangeState
from monitor.core.telling.digests import Told, digest_message
from monitor.core.telling.routing import route
from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.jobs.telling import decide, enqueue_for_all, hold_back, news_of
from monitor.store import changes, facts, leases, notes, outbox
from monitor.store.engine import Connection

LONGEST_GATHERING = timedelta(minutes=1)

_NOTE = "digest"
_SHOWN = frozenset({ChangeState.ACCEPTED, ChangeState.CANDIDATE})


def gather(connection: Connection, told: Iterable[Change], *, now: datetime) -> None:
    """Add changes to the next digest; for the transaction that writes them."""
    keys = [change.key for change in told if change.state in _SHOWN]
    if keys:
        gathered = notes.read(connection, _NOTE) or {"since": now.isoformat(), "changes": []}
        notes.write(connection, _NOTE, {**gathered, "changes": [*gathered["changes"], *keys]})


def is_gathering(connection: Connection) -> bool:
    """Whether there is a digest that was not told yet; for any transaction."""
    return notes.read(connection, _NOTE) is not None


def send_digest(context: Context, *, is_quiet: bool) -> bool:
    """Put the digest in the outbox, if there is one and it is complete.

    The digest and the end of its gathering are one transaction, so no crash tells it twice or never.

    Args:
        is_quiet: Nothing is under way here that might still add to it; otherwise, or while another process visits a feed, it
            waits a minute at most.

    Returns:
        Whether there was one to send.
    """
    with context.store.reading() as connection:
        if _find_due(connection, is_quiet=is_quiet, now=context.now()) is None:
            return False
    with context.store.transaction() as connection:
        gathered = _find_due(connection, is_quiet=is_quiet, now=context.now())
        if gathered is None:  # another process was quicker
            return False
        told = _told(connection, gathered["changes"], context.rules.current.watches)
        for destination, share in _shares(connection, told, context).items():
            message = digest_message(
                share,
                # A change is gathered once, so that no two digests begin with the same.
                key=f"digest/{gathered['changes'][0]}",
                occasion="What is known by now",
                stationery=context.stationery,
            )
            enqueue_for_all(connection, message, [destination], order_key=outbox.AMONG_ALL, context=context)
        notes.erase(connection, _NOTE)
    return True


def _find_due(connection: Connection, *, is_quiet: bool, now: datetime) -> Mapping[str, Any] | None:
    gathered: Mapping[str, Any] | None = notes.read(connection, _NOTE)
    if gathered is None:
        return None
    # Its age is taken without its sign: a clock that was set back must not hold the digest up.
    is_old = abs(now - datetime.fromisoformat(gathered["since"])) >= LONGEST_GATHERING
    return gathered if is_old or (is_quiet and not leases.is_any_visit(connection, now=now)) else None


def _told(connection: Connection, keys: Sequence[str], watches: Mapping[str, Watch]) -> list[Told]:
    """What each fact has to tell, in the order of the rules; what was dismissed or withdrawn meanwhile is left out."""
    found = [change for key in dict.fromkeys(keys) if (change := changes.find(connection, key)) and change.state in _SHOWN]
    places = {(watch.id, fact): place for place, (watch, fact) in enumerate((w, f) for w in watches.values() for f in w.facts)}
    known = sorted((change for change in found if _fact_of(change) in places), key=lambda change: places[_fact_of(change)])
    told = []
    for (watch_id, fact), steps in groupby(known, key=_fact_of):
        history = facts.load_history(connection, watch_id, fact)
        if history is not None:
            told.append(Told(watch=watches[watch_id], history=history, sequences=frozenset(step.sequence for step in steps)))
    return told


def _fact_of(change: Change) -> tuple[str, str]:
    return change.watch, change.fact


def _shares(connection: Connection, told: Iterable[Told], context: Context) -> dict[str, list[Told]]:
    """The part of each destination, by its name: the facts that the rules tell it of, and that it wants to hear of now."""
    shares: dict[str, list[Told]] = {}
    for one in told:
        news = [news_of(connection, c, history=one.history, watch=one.watch, context=context) for c in one.changes]
        for name in route(news[0].tags, context.courier.destinations).destinations:
            ready = set()
            for each in news:
                _, hold = decide(each, name, context)
                if hold:
                    hold_back(connection, each, name, hold, context)
                else:
                    ready.add(each.change.sequence)
            if ready:
                shares.setdefault(name, []).append(replace(one, sequences=frozenset(ready)))
    return shares

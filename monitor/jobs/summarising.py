"""Summarising: what changed of late, what is due, what is overdue and what is unhealthy, over all watches."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from monitor.core.changes import Change, ChangeState
from monitor.core.facts import Fact
from monitor.core.judging.expiring import last_day_of
from monitor.core.values import Known
from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.jobs.costing import ReaderCost, costs_of
from monitor.jobs.self_watching import LastingTrouble, list_troubles
from monitor.store import changes, facts, feeds, held, outbox
from monitor.store.engine import Connection
from monitor.store.feeds import Feed

OF_LATE = timedelta(days=7)
SOON = timedelta(days=30)

_MOST_CHANGES = 12
_SHOWN = (ChangeState.ACCEPTED, ChangeState.CANDIDATE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Expected:
    """A plan with its last day.

    Attributes:
        since: When it was said.
    """

    watch: Watch
    fact: Fact
    known: Known
    since: datetime
    last_day: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """All watches at a glance.

    Attributes:
        changes: Learned of late and neither turned down nor withdrawn, newest first; the newest dozen.
        due: Plans whose last day is today or within ``SOON``, the soonest first.
        overdue: Plans whose last day has passed and of which nothing was reported, the longest overdue first.
        failing: Feeds that could not be read at the last try, or that have ended.
        troubles: What was told of the monitoring itself and is not over.
        dead: How many messages were given up.
        pending: How many messages are on their way.
        held: How many tellings wait for a moment.
        readers: What the second readers cost; empty where there are none.
    """

    changes: tuple[Change, ...]
    due: tuple[Expected, ...]
    overdue: tuple[Expected, ...]
    failing: tuple[Feed, ...]
    troubles: tuple[LastingTrouble, ...]
    dead: int
    pending: int
    held: int
    readers: tuple[ReaderCost, ...]


def summarise(connection: Connection, context: Context) -> Summary:
    """Look over everything; a handful of queries, however many facts there are. For any transaction."""
    now = context.now()
    today = now.date()
    plans = sorted(_plans(connection, context), key=lambda plan: plan.last_day)
    backlogs = outbox.list_backlogs(connection)
    return Summary(
        changes=changes.list_newest(connection, states=_SHOWN, since=now - OF_LATE, limit=_MOST_CHANGES),
        due=tuple(plan for plan in plans if today <= plan.last_day <= today + SOON),
        overdue=tuple(plan for plan in plans if plan.last_day < today),
        failing=tuple(feed for feed in feeds.list_all(connection) if feed.failures or feed.ended_at),
        troubles=list_troubles(connection),
        dead=sum(backlog.dead for backlog in backlogs),
        pending=sum(backlog.pending for backlog in backlogs),
        held=len(held.list_held(connection)),
        readers=costs_of(connection, context),
    )


def _plans(connection: Connection, context: Context) -> Iterator[Expected]:
    watches = context.rules.current.watches
    for one in facts.list_in_force(connection):
        watch, last_day = watches.get(one.watch), last_day_of(one.known)
        if watch and one.fact in watch.facts and last_day:
            yield Expected(watch=watch, fact=watch.facts[one.fact], known=one.known, since=one.since, last_day=last_day)

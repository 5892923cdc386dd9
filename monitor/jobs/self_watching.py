"""Self-watching: troubles of the monitoring itself, told once when they begin and once when they are over."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from math import comb
from statistics import median
from typing import Any

from monitor.core.telling.routing import Destination, route
from monitor.core.telling.troubles import Trouble, relief_message, trouble_message
from monitor.core.telling.wording import count_of
from monitor.core.watches import Watch
from monitor.feeds.links import shown
from monitor.jobs.context import Context
from monitor.jobs.telling import enqueue_for_all
from monitor.store import feeds, notes, rhythms
from monitor.store.engine import Connection
from monitor.store.feeds import Feed

TICK_STALLED = "tick-stalled"

FAILING = timedelta(days=1)
"""A feed that fails for so long is told."""

_LEAST_SILENCE = timedelta(days=2)
_LEAST_MOMENTS = 8
_RECENT, _PAST, _LEAST_PAST = 30, 170, 60
_BY_CHANCE, _BACK_TO_NORMAL = 0.001, 0.05
_PREFIX = "trouble/"
_LOOKED_FOR = ("feed-failing", "feed-silent", "reader-misses")


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a look at one thing showed.

    Attributes:
        key: Of the trouble that it may have.
        trouble: None where all is well with it.
        is_clear: False where nothing can be said now, so that what was told stays as it is.
        memory: What to compare with at the next look, for as long as the trouble lasts.
    """

    key: str
    trouble: Trouble | None = None
    is_clear: bool = True
    memory: Any = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LastingTrouble:
    """A trouble that was told and is not over.

    Attributes:
        title: That it began, in one line.
        watches: Ids of the watches that it concerns.
    """

    title: str
    since: datetime
    watches: tuple[str, ...]


def watch_itself(context: Context) -> None:
    """Look for troubles, tell of those that began, and that others are over.

    What nobody watches any more is forgotten without a word.
    """
    with context.store.reading() as connection:
        told = _told(connection)
        findings = {
            finding.key: finding
            for finding in (*_look_at_feeds(connection, context), *_look_at_reader(connection, context, told))
        }
    with context.store.transaction() as connection:
        for key in told:
            if key not in findings and key.partition("/")[0] in _LOOKED_FOR:
                notes.erase(connection, _PREFIX + key)
        for finding in findings.values():
            if finding.trouble:
                begin(connection, finding.trouble, context, memory=finding.memory)
            elif finding.is_clear:
                end(connection, finding.key, context)


# --- telling ----------------------------------------------------------------------------------------


def begin(connection: Connection, trouble: Trouble, context: Context, *, memory: Any = None) -> bool:
    """Tell of a trouble unless it was told; for a writing transaction. Returns whether it is new."""
    if notes.read(connection, _PREFIX + trouble.key) is not None:
        return False
    now = context.now()
    note = {
        "title": trouble.title,
        "since": now.isoformat(),
        "over": trouble.over,
        "watches": list(trouble.watches),
        "memory": memory,
    }
    notes.write(connection, _PREFIX + trouble.key, note)
    message = trouble_message(trouble, since=now, stationery=context.stationery)
    enqueue_for_all(connection, message, _whom(trouble.watches, context), order_key=trouble.key, context=context)
    context.log.warning("trouble", what=trouble.title, key=trouble.key)
    return True


def end(connection: Connection, key: str, context: Context) -> bool:
    """Tell that a trouble is over, if it was told; for a writing transaction. Returns whether it was."""
    note = notes.read(connection, _PREFIX + key)
    if note is None:
        return False
    notes.erase(connection, _PREFIX + key)
    since, now = datetime.fromisoformat(note["since"]), context.now()
    message = relief_message(key, note["over"], since=since, now=now, stationery=context.stationery)
    enqueue_for_all(connection, message, _whom(note["watches"], context), order_key=key, context=context)
    context.log.info("trouble is over", what=note["over"], key=key)
    return True


def begin_stall(context: Context, seconds: float) -> None:
    """Tell that the schedule stood still; by whatever thread still moves."""
    trouble = Trouble(
        key=TICK_STALLED,
        title="The monitoring stood still",
        lines=(
            f"Nothing was polled for {seconds:.0f} seconds; the schedule was begun anew.",
            "If this comes again, look into the log: a disk that is too slow, or a machine with too much to do.",
        ),
        over="The monitoring moves again",
    )
    with context.store.transaction() as connection:
        begin(connection, trouble, context)


def end_trouble(context: Context, key: str) -> bool:
    """Tell that a trouble is over, if it was told; without a write where it was not."""
    with context.store.reading() as connection:
        if notes.read(connection, _PREFIX + key) is None:
            return False
    with context.store.transaction() as connection:
        return end(connection, key, context)


def list_troubles(connection: Connection) -> tuple[LastingTrouble, ...]:
    """The troubles that were told and are not over, the oldest first; for any transaction."""
    lasting = [
        # A note that an older program wrote has no title.
        LastingTrouble(title=note.get("title", key), since=datetime.fromisoformat(note["since"]), watches=tuple(note["watches"]))
        for key, note in _told(connection).items()
    ]
    return tuple(sorted(lasting, key=lambda trouble: trouble.since))


def _told(connection: Connection) -> Mapping[str, Any]:
    """The troubles that were told and are not over, by key."""
    return {key.removeprefix(_PREFIX): note for key, note in notes.read_under(connection, _PREFIX).items()}


def _whom(watch_ids: Iterable[str], context: Context) -> tuple[str, ...]:
    """Those who are told everything, and those whom the rules of the watches tell; if there are none, everybody."""
    destinations, watches = context.courier.destinations, context.rules.current.watches
    names = {destination.name for destination in destinations if destination.receives_all}
    for watch in (watches[name] for name in watch_ids if name in watches):
        names.update(_told_of(watch, destinations))
    return tuple(sorted(names)) or route((), destinations).destinations


def _told_of(watch: Watch, destinations: Collection[Destination]) -> Iterator[str]:
    for policy in watch.policies.values():
        yield from route(policy.notify, destinations).destinations


# --- feeds ------------------------------------------------------------------------------------------


def _look_at_feeds(connection: Connection, context: Context) -> Iterator[Finding]:
    now, moments = context.now(), rhythms.newest_of_feeds(connection)
    for feed in feeds.list_all(connection):
        audience = context.rules.current.audiences.get((feed.url, feed.select))
        if audience is None or feed.ended_at:
            continue
        watches = tuple(sorted(audience.by_watch))
        yield Finding(key=f"feed-failing/{feed.id}", trouble=_failing(feed, watches, now=now))
        silent = None if feed.failures else _silent(feed, moments.get(feed.id, ()), watches, now=now)
        yield Finding(key=f"feed-silent/{feed.id}", trouble=silent, is_clear=not feed.failures)


def _failing(feed: Feed, watches: tuple[str, ...], *, now: datetime) -> Trouble | None:
    if not feed.failures or feed.first_failure_at is None or now - feed.first_failure_at < FAILING:
        return None
    name = _name(feed)
    return Trouble(
        key=f"feed-failing/{feed.id}",
        title=f"A feed has failed for a day: {name}",
        lines=(
            f"{shown(feed.url)} could not be read since {feed.first_failure_at:%Y-%m-%d %H:%M} UTC: {feed.last_error}.",
            f"It is still asked now and then. Watches that read it: {', '.join(watches)}.",
        ),
        over=f"A feed can be read again: {name}",
        watches=watches,
    )


def _silent(feed: Feed, moments: tuple[datetime, ...], watches: tuple[str, ...], *, now: datetime) -> Trouble | None:
    if not is_silent(moments, now=now):
        return None
    name = _name(feed)
    return Trouble(
        key=f"feed-silent/{feed.id}",
        title=f"A feed has fallen silent: {name}",
        lines=(
            f"{shown(feed.url)} answers, but its newest item is of {moments[-1]:%Y-%m-%d}; it never paused for so long.",
            f"It may have moved. Watches that read it: {', '.join(watches)}.",
        ),
        over=f"A feed has news again: {name}",
        watches=watches,
    )


def is_silent(moments: Iterable[datetime], *, now: datetime) -> bool:
    """Whether a feed has been silent for longer than its own rhythm explains.

    Twice its longest pause of late, and ten times its usual one, are taken for a holiday.

    Args:
        moments: When its newest items were published.
    """
    distinct = sorted(set(moments))
    if len(distinct) < _LEAST_MOMENTS:
        return False
    pauses = [(later - earlier).total_seconds() for earlier, later in pairwise(distinct)]
    explained = timedelta(seconds=max(2 * max(pauses), 10 * median(pauses)))
    return now - distinct[-1] > max(explained, _LEAST_SILENCE)


def _name(feed: Feed) -> str:
    return feed.title or shown(feed.url)


# --- the reader -------------------------------------------------------------------------------------


def _look_at_reader(connection: Connection, context: Context, told: Mapping[str, Any]) -> Iterator[Finding]:
    """Compare the share of items in which the reader found anything with that of the same watch before."""
    for watch in context.rules.current.watches.values():
        key = f"reader-misses/{watch.id}"
        found = [claims > 0 for claims in rhythms.newest_claims(connection, watch.id, limit=_RECENT + _PAST)]
        past, recent = found[:-_RECENT], found[-_RECENT:]
        if key in told:
            share = told[key]["memory"]
            is_low = chance_of_so_few(sum(recent), len(recent), share) < _BACK_TO_NORMAL
        elif len(past) >= _LEAST_PAST:
            share = sum(past) / len(past)
            is_low = chance_of_so_few(sum(recent), len(recent), share) < _BY_CHANCE
        else:
            continue
        trouble = _misses(watch, sum(recent), len(recent), share) if is_low else None
        yield Finding(key=key, trouble=trouble, memory=share)


def chance_of_so_few(hits: int, tries: int, share: float) -> float:
    """How likely no more than so many hits are where each try hits with the given probability."""
    return sum(comb(tries, k) * share**k * (1 - share) ** (tries - k) for k in range(hits + 1))


def _misses(watch: Watch, hits: int, tries: int, share: float) -> Trouble:
    return Trouble(
        key=f"reader-misses/{watch.id}",
        title=f"{watch.title}: the reader finds less than it used to",
        lines=(
            f"Of the last {count_of(tries, 'item')} that name it, {hits} said something of its facts; before, {share:.0%} did.",
            "Either there is less to say, or an outlet changed its form and is misread.",
            "See how an item is read: factwatch explain --item ID",
        ),
        over=f"{watch.title}: the reader finds as much as before",
        watches=(watch.id,),
    )

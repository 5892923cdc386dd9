"""Trying out: an edited rule and today's over the same stored items, each with a ledger of its own; nothing is stored or told."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from monitor.core.changes import Change
from monitor.core.claims import Certainty
from monitor.core.items import Item
from monitor.core.judging.recollecting import standing_at
from monitor.core.watches import Tier, Watch
from monitor.feeds.links import shown
from monitor.jobs.answering import Reader
from monitor.jobs.assessing import is_in_time
from monitor.jobs.backtesting import Histories, begin, play
from monitor.jobs.context import Context
from monitor.jobs.editing import histories_of, reader_of
from monitor.store import feeds, items
from monitor.store.engine import Connection
from monitor.store.facts import start_of
from monitor.store.versions import Version

MOST_ITEMS = 5_000
MOST_READ = 600

_MOMENT = timedelta(microseconds=1)
Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A change that would be told, and the item that would bring it."""

    change: Change
    item: Item

    @property
    def key(self) -> Key:
        """Two rules tell the same by the same item, fact and value."""
        return (self.item.id, self.change.fact, str(self.change.brings))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """What an edited rule would have told, beside what today's would have.

    Attributes:
        appearing: Told by the edited rule alone, the newest first, as are the others.
        vanishing: Told by today's rule alone.
        staying: Told by both.
        looked_at: Stored items of the feeds of either rule.
        read: Those that name the subject of either, and were read.
        since: When the first of these was published; None where there was none.
        until: When the last was.
        cut: Why not everything was tried, in a sentence; empty where it was.
        unread_feeds: Feeds of the edited rule of which nothing is stored, as addresses without secrets.
    """

    appearing: tuple[Alert, ...]
    vanishing: tuple[Alert, ...]
    staying: tuple[Alert, ...]
    looked_at: int
    read: int
    since: datetime | None
    until: datetime | None
    cut: str
    unread_feeds: tuple[str, ...]


def try_out(edited: Watch, today: Watch, context: Context, *, is_time_up: Callable[[], bool], most: int = MOST_READ) -> Trial:
    """Run both rules over what is stored of their feeds, as if each item had come on its day; not in the writer's thread.

    They begin with the values that were in force when the first of these items came. What people decided since is not repeated.

    Args:
        is_time_up: Asked before each item; once it is, the rest is left out.
        most: Items that are read; the newest.
    """
    readers = [reader_of(edited, context), reader_of(today, context)]
    with context.store.reading() as connection:
        chosen = _choose(connection, readers, most)
        since = chosen.versions[0].item.published if chosen.versions else None
        new, old = (
            _begin(connection, reader, today, tiers, since=since) for reader, tiers in zip(readers, chosen.tiers, strict=True)
        )
    read = _play(chosen.versions, (new, old), is_time_up)
    cut = chosen.cut
    if read < len(chosen.versions):
        cut = f"Time was up after {read} of {len(chosen.versions)} items that name the subject; the newest were not tried."
    return Trial(
        appearing=_without(new.alerts, old.alerts),
        vanishing=_without(old.alerts, new.alerts),
        staying=_within(new.alerts, old.alerts),
        looked_at=chosen.looked_at,
        read=read,
        since=since,
        until=chosen.versions[read - 1].item.published if read else None,
        cut=cut,
        unread_feeds=chosen.unread_feeds,
    )


# --- which items ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """The items that are tried, in the order of time.

    Attributes:
        tiers: For each rule, that of each of its feeds, by id.
        cut: Why there are not all; empty where there are.
    """

    versions: Sequence[Version]
    tiers: Sequence[Mapping[int, Tier]]
    looked_at: int
    cut: str
    unread_feeds: tuple[str, ...]


def _choose(connection: Connection, readers: Sequence[Reader], most: int) -> _Chosen:
    watches = [watch_of(reader) for reader in readers]
    ids = feeds.list_ids(connection)
    tiers = [_tiers(watch, ids) for watch in watches]
    since = start_of(min(watch.since for watch in watches))
    stored = items.list_published(connection, {*tiers[0], *tiers[1]}, since=since, limit=MOST_ITEMS)
    naming = [version for version in stored if any(reader.router.route(version.item) for reader in readers)]
    cut = ""
    if len(stored) == MOST_ITEMS:
        cut = f"Only the newest {MOST_ITEMS:,} stored items of the feeds were looked at."
    if len(naming) > most:
        cut = f"Only the newest {most:,} of the {len(naming):,} stored items that name the subject were read."
    visited = items.count_by_feed(connection)
    unread = [shown(source.url) for source in watches[0].feeds if not visited.get(ids.get((source.url, source.select), -1))]
    return _Chosen(versions=naming[:most][::-1], tiers=tiers, looked_at=len(stored), cut=cut, unread_feeds=tuple(unread))


def _tiers(watch: Watch, ids: Mapping[tuple[str, str | None], int]) -> Mapping[int, Tier]:
    """Of the feeds that a rule listens to and that there are, and of its archive."""
    wanted = {(source.url, source.select): source.tier for source in watch.feeds}
    if watch.archive:
        wanted[f"archive:{watch.id}", None] = Tier.NORMAL
    return {ids[key]: tier for key, tier in wanted.items() if key in ids}


def watch_of(reader: Reader) -> Watch:
    """The watch of a reader that has one."""
    (words,) = reader.words.values()
    return words.watch


# --- two ledgers ------------------------------------------------------------------------------------


@dataclass(slots=True, kw_only=True)
class _Run:
    """One rule on its way through the items."""

    reader: Reader
    watch: Watch
    tiers: Mapping[int, Tier]
    ledger: Histories
    alerts: list[Alert] = field(default_factory=list)

    def play(self, version: Version) -> None:
        """Read an item as the daemon would."""
        tier = self.tiers.get(version.feed_id)
        if tier is None or not is_in_time(version, self.watch.since) or not self.reader.router.route(version.item):
            return
        cap = Certainty.RUMOUR if tier is Tier.GOSSIP else Certainty.OFFICIAL
        told = play(version.item, self.ledger, self.watch.id, self.reader, cap=cap)
        self.alerts += [Alert(change=change, item=version.item) for change in told]


def _begin(connection: Connection, reader: Reader, today: Watch, tiers: Mapping[int, Tier], *, since: datetime | None) -> _Run:
    """A rule before its first item: with the values in force then, and the baselines of facts that the ledger does not have."""
    watch = watch_of(reader)
    ledger = begin(watch)
    if since is not None:
        for key, history in histories_of(connection, watch, today).items():
            known, said = standing_at(history, since - _MOMENT)
            if said is not None:
                ledger[key] = replace(ledger[key], baseline=known, as_of=said)
    return _Run(reader=reader, watch=watch, tiers=tiers, ledger=ledger)


def _play(versions: Sequence[Version], runs: Sequence[_Run], is_time_up: Callable[[], bool]) -> int:
    """How many were read."""
    for number, version in enumerate(versions):
        if is_time_up():
            return number
        for run in runs:
            run.play(version)
    return len(versions)


# --- comparing --------------------------------------------------------------------------------------


def _without(alerts: Iterable[Alert], others: Iterable[Alert]) -> tuple[Alert, ...]:
    return tuple(alert for alert, is_shared in _shared(alerts, others) if not is_shared)


def _within(alerts: Iterable[Alert], others: Iterable[Alert]) -> tuple[Alert, ...]:
    return tuple(alert for alert, is_shared in _shared(alerts, others) if is_shared)


def _shared(alerts: Iterable[Alert], others: Iterable[Alert]) -> Sequence[tuple[Alert, bool]]:
    """Each alert, the newest first, and whether the others have it too; what is told twice counts twice."""
    rest = Counter(alert.key for alert in others)
    found = []
    for alert in alerts:
        found.append((alert, rest[alert.key] > 0))
        rest[alert.key] -= 1
    return found[::-1]

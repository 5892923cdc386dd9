"""Recalling: what became of a stored item, from its versions to the messages that it led to, and why nothing more did."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from monitor.core.changes import Change
from monitor.jobs.accounts import Account
from monitor.jobs.assessing import is_in_time
from monitor.jobs.ruling import Rules
from monitor.store import changes, feeds, held, items, outbox, readings
from monitor.store.engine import Connection
from monitor.store.feeds import Feed
from monitor.store.held import HeldTelling
from monitor.store.outbox import DeliveryRecord
from monitor.store.readings import ReadingRecord
from monitor.store.versions import Version


@dataclass(frozen=True, slots=True, kw_only=True)
class Recalled:
    """One version as one watch read it then.

    Attributes:
        reader: The watch, or ``watch/fact`` for a fact that was added to it later.
        number: Of the version.
    """

    reader: str
    number: int
    read_at: datetime
    account: Account


@dataclass(frozen=True, slots=True, kw_only=True)
class Consequence:
    """A change that the item is or was evidence of, and its messages."""

    change: Change
    deliveries: tuple[DeliveryRecord, ...]
    held: tuple[HeldTelling, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """All that is on record of an item.

    Attributes:
        versions: Oldest first; at least one.
        feed: Where it came from.
        passed_over: Why watches have not read it, by watch, as the rules are now.
    """

    versions: tuple[Version, ...]
    feed: Feed | None
    readings: tuple[Recalled, ...]
    consequences: tuple[Consequence, ...]
    passed_over: dict[str, str]


def recall(connection: Connection, item_id: str, rules: Rules) -> Story | None:
    """Tell an item's story; None where there is no such item. For any transaction."""
    versions = items.list_versions(connection, item_id)
    if not versions:
        return None
    feed = feeds.find(connection, versions[-1].feed_id)
    read = tuple(map(recalled, readings.list_of_item(connection, item_id)))
    readers = {one.reader.partition("/")[0] for one in read}
    passed_over = {watch: why for watch, why in _passed_over(versions[-1], feed, rules) if watch not in readers}
    tellings = held.list_held(connection)
    consequences = tuple(
        Consequence(
            change=change,
            deliveries=outbox.list_newest(connection, message_key=change.key),
            held=tuple(telling for telling in tellings if telling.change_key == change.key),
        )
        for change in changes.find_by_item(connection, item_id)
    )
    return Story(versions=versions, feed=feed, readings=read, consequences=consequences, passed_over=passed_over)


def recalled(record: ReadingRecord) -> Recalled:
    """A reading as it was stored."""
    account = Account.of_row(record.account)
    return Recalled(reader=record.reader, number=record.number, read_at=record.read_at, account=account)


def _passed_over(version: Version, feed: Feed | None, rules: Rules) -> Iterator[tuple[str, str]]:
    """Of the watches that listen to the feed or are named in the text: what keeps them from reading it."""
    named = rules.reader.router.route(version.item)
    audience = rules.audiences.get((feed.url, feed.select)) if feed else None
    listening = audience.by_watch if audience else {}
    for name, watch in rules.watches.items():
        if name not in named and name in listening:
            yield name, "the text does not name its subject"
        elif name in named and name not in listening:
            yield name, "its rule does not name the feed"
        elif name in named and not is_in_time(version, watch.since):
            yield name, f"published before {watch.since}, when it begins"
        elif name in named:
            yield name, "not read yet"

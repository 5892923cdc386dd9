"""Exporting: changes, facts and expected dates from the ledger into the forms that other programs take."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import StrEnum
from itertools import islice

from monitor.core.changes import Change, ChangeState
from monitor.core.facts import Fact
from monitor.core.telling.exports import atom, icalendar, jsonfeed, sheets
from monitor.core.telling.exports.entries import Channel, channel_of, is_for_others
from monitor.core.telling.exports.positions import Position
from monitor.core.telling.stationery import Stationery
from monitor.core.telling.vouching import link_behind, word_behind
from monitor.core.watches import Watch
from monitor.store import changes, decisions, facts
from monitor.store.engine import Connection, Store
from monitor.store.facts import InForce, start_of

MOST_ENTRIES, MOST_ROWS = 50, 10_000
_LOOKED_AT = 500
_A_PART = 200
_WORTH_TELLING = frozenset(ChangeState) - {ChangeState.CONFLICT}


class Export(StrEnum):
    """What can be had, named as the files are."""

    ATOM = "changes.atom"
    JSON_FEED = "changes.json"
    CHANGES = "changes.csv"
    FACTS = "facts.csv"
    DATES = "dates.ics"

    @property
    def media_type(self) -> str:
        """As HTTP names it."""
        return _MEDIA_TYPES[self]


_MEDIA_TYPES: Mapping[Export, str] = {
    Export.ATOM: atom.MEDIA_TYPE,
    Export.JSON_FEED: jsonfeed.MEDIA_TYPE,
    Export.CHANGES: sheets.MEDIA_TYPE,
    Export.FACTS: sheets.MEDIA_TYPE,
    Export.DATES: icalendar.MEDIA_TYPE,
}


def export(
    connection: Connection,
    kind: Export,
    watches: Mapping[str, Watch],
    *,
    only: Watch | None = None,
    stationery: Stationery,
    address: str = "",
) -> bytes:
    """Write an export as a document in UTF-8; for any transaction.

    Args:
        watches: All that the rules have, by id.
        only: The watch that it is of; None for all.
        stationery: Templates and links.
        address: Where it is served; empty for a file.
    """
    match kind:
        case Export.ATOM:
            return atom.write_atom(_channel(connection, watches, only, stationery, address))
        case Export.JSON_FEED:
            return jsonfeed.write_jsonfeed(_channel(connection, watches, only, stationery, address))
        case Export.CHANGES:
            return sheets.write_changes(changes.list_newest(connection, watch=only.id if only else None, limit=MOST_ROWS))
        case Export.FACTS:
            return sheets.write_facts(_positions(connection, watches, only))
        case Export.DATES:
            name = f"Expected dates: {only.title}" if only else "Expected dates"
            return icalendar.write_calendar(_positions(connection, watches, only), stationery=stationery, name=name)


def stream_changes(store: Store, watch: str | None) -> Iterator[bytes]:
    """``changes.csv`` part by part, for a reader who may be slow: each part is read in a transaction of its own.

    What comes in meanwhile is left out: parts go on below the last change of the part before.
    """
    after: str | None = None
    for begin in range(0, MOST_ROWS, _A_PART):
        with store.reading() as connection:
            part = changes.list_newest(connection, watch=watch, after=after, limit=_A_PART)
        yield sheets.write_changes(part, has_head=begin == 0)
        if len(part) < _A_PART:
            return
        after = part[-1].key


def _channel(
    connection: Connection, watches: Mapping[str, Watch], only: Watch | None, stationery: Stationery, address: str
) -> Channel:
    """The newest changes that are for others, with the histories that they are told from."""
    newest = islice(_newest(connection, only.id if only else None), _LOOKED_AT)
    chosen = tuple(islice(filter(is_for_others, newest), MOST_ENTRIES))
    names = {(change.watch, change.fact) for change in chosen}
    return channel_of(
        chosen,
        only=only,
        watches=watches,
        histories=facts.load_some(connection, names),
        decided=decisions.list_moments(connection, chosen),
        stationery=stationery,
        address=address,
    )


def _newest(connection: Connection, watch: str | None) -> Iterator[Change]:
    """Changes but conflicts, the newest first, read only as far as somebody asks."""
    after: str | None = None
    while batch := changes.list_newest(connection, watch=watch, states=_WORTH_TELLING, after=after, limit=MOST_ENTRIES):
        yield from batch
        after = batch[-1].key


def _positions(connection: Connection, watches: Mapping[str, Watch], only: Watch | None) -> list[Position]:
    """Every fact as it stands now, in the order of the rules; three queries, however many there are."""
    chosen = [only] if only else watches.values()
    values = {(one.watch, one.fact): one for one in facts.list_in_force(connection)}
    steps = {(step.watch, step.fact): step for step in changes.list_in_force(connection, watch=only.id if only else None)}
    return [
        _position(watch, fact, values.get((watch.id, fact.key)), steps.get((watch.id, fact.key)))
        for watch in chosen
        for fact in watch.facts.values()
    ]


def _position(watch: Watch, fact: Fact, value: InForce | None, step: Change | None) -> Position:
    """One fact; what the database has not taken up yet stands at its baseline."""
    baseline = watch.baselines[fact.key]
    return Position(
        watch=watch,
        fact=fact,
        known=value.known if value else baseline.known,
        since=value.since if value else start_of(baseline.as_of),
        step=step,
        source=word_behind(step, baseline),
        url=link_behind(step, baseline),
    )

"""The inbox: which changes wait for a person's eyes or word, the unread first."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    cast,
    exists,
    func,
    insert,
    literal,
    not_,
    or_,
    select,
    tuple_,
)

from monitor.core.changes import Change, ChangeState, Decider
from monitor.store.changes import find_id, read_changes
from monitor.store.engine import insert_unless_known
from monitor.store.tables import Instant, changes, marks, snoozes


class View(StrEnum):
    """A part of the changes.

    ``inbox``: no person has decided it. ``waiting``: its value waits for another word, or a person's. ``snoozed``:
    silent for a while, itself or with its fact or watch; the first two leave these out. ``decided``: by a person. ``all``.
    """

    INBOX = "inbox"
    WAITING = "waiting"
    SNOOZED = "snoozed"
    DECIDED = "decided"
    ALL = "all"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A change as the inbox has it."""

    change: Change
    is_unread: bool


def list_entries(
    connection: Connection, view: View, *, watch: str | None = None, now: datetime, offset: int = 0, limit: int = 25
) -> tuple[Entry, ...]:
    """A page of a view: the unread first, among equals those learned last; for any transaction."""
    query = select(changes).where(_is_in(view, now))
    if watch is not None:
        query = query.where(changes.c.watch == watch)
    order = (_is_read(), changes.c.learned.desc(), changes.c.id.desc())
    found = read_changes(connection, query.order_by(*order).limit(limit).offset(offset))
    unread = _unread_of(connection, found)
    return tuple(Entry(change=change, is_unread=change.key in unread) for change in found)


def find_entry(connection: Connection, change: Change) -> Entry:
    """A change that was found, with its mark; for any transaction."""
    return Entry(change=change, is_unread=change.key in _unread_of(connection, [change]))


def count_views(connection: Connection, *, watch: str | None = None, now: datetime) -> dict[View, int]:
    """How many changes each view has; for any transaction."""
    return {view: connection.execute(_counting(_is_in(view, now), watch)).scalar_one() for view in View}


def count_unread(connection: Connection, *, watch: str | None = None, now: datetime) -> int:
    """How many of the inbox nobody has opened yet; for any transaction."""
    return int(connection.execute(_counting(and_(_is_in(View.INBOX, now), not_(_is_read())), watch)).scalar_one())


def newest_id(connection: Connection) -> int:
    """A number that grows with each change; for any transaction."""
    return connection.execute(select(func.max(changes.c.id))).scalar_one() or 0


def mark_read(connection: Connection, key: str, *, now: datetime) -> None:
    """Note that a person has seen a change, if there is one of this key; for a writing transaction."""
    change_id = find_id(connection, key)
    if change_id is not None:
        insert_unless_known(connection, marks, change_id=change_id, read_at=now)


def mark_all_read(connection: Connection, *, watch: str | None = None, now: datetime) -> None:
    """Note that a person has seen all of the inbox; for a writing transaction."""
    unread = select(changes.c.id, literal(now, Instant)).where(_is_in(View.INBOX, now), not_(_is_read()))
    if watch is not None:
        unread = unread.where(changes.c.watch == watch)
    connection.execute(insert(marks).from_select(["change_id", "read_at"], unread))


_FACT = changes.c.watch + literal("/") + changes.c.fact
_KEY = _FACT + literal("#") + cast(changes.c.sequence, Text)


def _is_read() -> ColumnElement[bool]:
    return exists().where(marks.c.change_id == changes.c.id)


def _is_snoozed(now: datetime) -> ColumnElement[bool]:
    return exists().where(snoozes.c.until > now, or_(*(snoozes.c.target == name for name in (changes.c.watch, _FACT, _KEY))))


def _is_in(view: View, now: datetime) -> ColumnElement[bool]:
    undecided = and_(changes.c.decided_by == Decider.AUTO.value, not_(_is_snoozed(now)))
    match view:
        case View.INBOX:
            return undecided
        case View.WAITING:
            return and_(undecided, changes.c.state == ChangeState.CANDIDATE.value)
        case View.SNOOZED:
            return _is_snoozed(now)
        case View.DECIDED:
            return changes.c.decided_by == Decider.PERSON.value
        case View.ALL:
            return changes.c.id > 0


def _counting(condition: ColumnElement[bool], watch: str | None) -> Select[int]:
    query = select(func.count()).select_from(changes).where(condition)
    return query if watch is None else query.where(changes.c.watch == watch)


def _unread_of(connection: Connection, found: Iterable[Change]) -> frozenset[str]:
    """The keys of those of some changes that nobody has opened."""
    names = [(change.watch, change.fact, change.sequence) for change in found]
    is_one = tuple_(changes.c.watch, changes.c.fact, changes.c.sequence).in_(names)
    return frozenset(connection.execute(select(_KEY).where(is_one, not_(_is_read()))).scalars())

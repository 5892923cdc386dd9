"""What commands about the ledger share: the open database, and the names of watches, facts and changes as people type them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

import typer

from monitor.errors import UserFault

if TYPE_CHECKING:
    from monitor.config.settings import Settings
    from monitor.core.changes import Change
    from monitor.core.facts import Fact
    from monitor.core.watches import Watch
    from monitor.jobs.context import Context
    from monitor.store.engine import Connection, Store

_NEAR_KEYS = 3
_SEARCHED = 2_000
_LEAST_LIKENESS = 0.6


@contextmanager
def open_ledger(settings: Settings) -> Iterator[Store]:
    """The database to look into, also while the daemon runs; one that is not there is not made.

    Raises:
        UserFault: There is no database yet.
    """
    from monitor.store.engine import open_store

    _demand(settings)
    store = open_store(settings.database_url)
    try:
        yield store
    finally:
        store.close()


@contextmanager
def open_review(settings: Settings) -> Iterator[Context]:
    """What a person's decisions need: the database, also while the daemon runs, and the rules.

    Raises:
        UserFault: There is no database yet, or the rules have faults.
    """
    from monitor.logs import set_up_log
    from monitor.wiring import open_context

    _demand(settings)
    set_up_log("warning")
    with open_context(settings) as context:
        yield context


def _demand(settings: Settings) -> None:
    from monitor.store.engine import is_there

    if not is_there(settings.database_url):
        raise UserFault("there is no database yet; start the daemon (factwatch run), or name another with FACTWATCH_DATABASE_URL")


# --- names ------------------------------------------------------------------------------------------


def find_watch(name: str, watches: Mapping[str, Watch]) -> Watch:
    """The watch of an id.

    Raises:
        UserFault: There is none; the message says which is near.
    """
    from monitor.config.suggesting import mend

    if name not in watches:
        raise UserFault(f"no watch {name!r}; {mend(name, watches)}" if watches else f"no watch {name!r}; the rules have none")
    return watches[name]


def find_fact(name: str, watches: Mapping[str, Watch]) -> tuple[Watch, Fact]:
    """The fact that ``WATCH/FACT`` names.

    Raises:
        UserFault: There is none; the message says which is near.
    """
    from monitor.config.suggesting import mend

    watch_id, slash, key = name.partition("/")
    if not slash or not key:
        raise UserFault(f"{name!r} names no fact; write WATCH/FACT, for instance {_example(watches)}")
    watch = find_watch(watch_id, watches)
    if key not in watch.facts:
        raise UserFault(f"the watch {watch.id!r} has no fact {key!r}; {mend(key, watch.facts)}")
    return watch, watch.facts[key]


def find_facts(name: str | None, watches: Mapping[str, Watch]) -> list[tuple[Watch, Fact]]:
    """The facts that ``WATCH``, ``WATCH/FACT`` or nothing at all (all of them) names.

    Raises:
        UserFault: There are none of that name; the message says which are near.
    """
    if name and "/" in name:
        return [find_fact(name, watches)]
    chosen = [find_watch(name, watches)] if name else list(watches.values())
    return [(watch, fact) for watch in chosen for fact in watch.facts.values()]


def _example(watches: Mapping[str, Watch]) -> str:
    return next((f"{watch.id}/{key}" for watch in watches.values() for key in watch.facts), "xiaomi-ev/launch")


def find_change(connection: Connection, key: str) -> Change:
    """The change of a key such as ``xiaomi-ev/launch#3``.

    Raises:
        UserFault: There is none; the message says which are near.
    """
    from monitor.store import changes

    found = changes.find(connection, key)
    if found is None:
        near = _near_keys(connection, key)
        raise UserFault(f"no change {key!r}; " + (f"near are {', '.join(near)}" if near else "see factwatch changes list"))
    return found


def _near_keys(connection: Connection, key: str) -> list[str]:
    """The keys that a person may have meant: of the same fact first, then those that look alike, the newest before older ones."""
    from difflib import SequenceMatcher

    from monitor.store import changes

    name, _, _ = key.partition("#")
    keys = [change.key for change in changes.list_newest(connection, limit=_SEARCHED)]
    likeness = {
        known: 1.0
        if known.startswith(f"{name}#") or known.partition("/")[2] == key
        else SequenceMatcher(a=key, b=known, autojunk=False).ratio()
        for known in keys
    }
    near = [known for known in keys if likeness[known] >= _LEAST_LIKENESS]
    return sorted(near, key=lambda known: -likeness[known])[:_NEAR_KEYS]


# --- dates ------------------------------------------------------------------------------------------


def read_day(text: str) -> date:
    """A day as an option gives it, for Typer's ``parser``."""
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        raise typer.BadParameter(f"{text!r} is no day; write year-month-day, for instance 2024-06-15") from None


def begin_of(day: date) -> datetime:
    """The first moment of a day, in UTC like all dates of news."""
    return datetime.combine(day, time.min, tzinfo=UTC)


_DURATION = re.compile(r"(\d{1,4})\s*([mhdw])")
_UNITS = {"m": "minutes", "h": "hours", "d": "days", "w": "weeks"}


def read_duration(text: str) -> timedelta:
    """A length of time as an option gives it, for Typer's ``parser``."""
    found = _DURATION.fullmatch(text.strip())
    if not found:
        raise typer.BadParameter(f"{text!r} is no length of time; write a number with m, h, d or w, for instance 3d")
    return timedelta(**{_UNITS[found[2]]: int(found[1])})

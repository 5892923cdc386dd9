"""Forgetting: the texts of what is older than FACTWATCH_KEEP are emptied, in small steps; the ledger is never touched."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from monitor.jobs.context import Context
from monitor.store import forgetting, notes
from monitor.store.engine import Connection

STRIDE = timedelta(days=2)
"""How far the horizon moves at a time. A clock that is set a year ahead for an hour then costs two days of texts, not a year."""

_NOTE = "forgotten"
_BATCH = 500
_MOST_BATCHES = 20
_PAGES = 2_000


def forget_old(context: Context) -> int:
    """Move the horizon before which texts are forgotten, by a stride at the most; called each hour.

    Each batch is a transaction of its own, so nobody waits for long; what does not fit into one call is left for the next.

    Returns:
        How many texts and messages were emptied.
    """
    now = context.now()
    with context.store.reading() as connection:
        since = _horizon(connection, forgetting.oldest(connection))
    until = now - timedelta(days=context.settings.keep)
    if since is None or until <= since:
        return 0
    until = min(until, since + STRIDE)
    emptied = 0
    for forget in (forgetting.forget_texts, forgetting.forget_messages):
        count, is_done = _repeat(context, forget, since=since, until=until)
        emptied += count
        if not is_done:
            return emptied
    with context.store.transaction() as connection:
        forgetting.forget_ended(connection, until=until)
        notes.write(connection, _NOTE, until.isoformat())
        forgetting.give_back_space(connection, pages=_PAGES)
    if emptied:
        context.log.info("old texts forgotten", texts=emptied, before=f"{until:%Y-%m-%d %H:%M}Z")
    return emptied


def _horizon(connection: Connection, oldest: datetime | None) -> datetime | None:
    """Before which all is forgotten already; None where there is nothing to forget."""
    note = notes.read(connection, _NOTE)
    return datetime.fromisoformat(note) if note else oldest


def _repeat(context: Context, forget: Callable[..., int], *, since: datetime, until: datetime) -> tuple[int, bool]:
    """Forget batch by batch; how much, and whether that was all."""
    emptied = 0
    for _ in range(_MOST_BATCHES):
        with context.store.transaction() as connection:
            count = forget(connection, since=since, until=until, limit=_BATCH)
        emptied += count
        if count < _BATCH:
            return emptied, True
    return emptied, False

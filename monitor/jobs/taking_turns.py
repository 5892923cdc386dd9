"""Taking turns: work that is to be done once by all processes of one database, not once by each."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.jobs.context import Context
from monitor.store import leases, notes

_NOTE = "turn/"


def has_turn(context: Context, work: str, *, every: timedelta) -> bool:
    """Whether it falls to this process to do a piece of work now; it is noted then as done.

    What another process did less than half the time ago need not be done again; so the work is done in time also where that one
    has ended, and where the moments at which the processes think of it lie anyhow. Who has the database to himself is not asked.
    """
    if not context.store.is_shared:
        return True
    now, me = context.now(), leases.holder()
    with context.store.transaction() as connection:
        last = notes.read(connection, _NOTE + work)
        if last and last["by"] != me and timedelta(0) <= now - datetime.fromisoformat(last["at"]) < every / 2:
            return False
        notes.write(connection, _NOTE + work, {"by": me, "at": now.isoformat()})
    return True

"""Vitals: when each part of the daemon last moved, and what that says of its health and readiness."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic

from monitor.core.telling.wording import count_of
from monitor.errors import StoreTrouble
from monitor.jobs.context import Context
from monitor.store import feeds, notes

PATIENCE = 120.0
"""Seconds; longer than a tick may wait behind a long reading, or the sender for a send that hangs."""

PULSE_NOTE = "pulse"


@dataclass(slots=True, kw_only=True)
class Vitals:
    """When each part last moved, on a clock that nobody sets; None until it has moved for the first time.

    Attributes:
        ticked: A tick ended, well or not.
        wrote: The database took a write.
        sent: The sender came round.
        trouble: Why the database took none at the last try; empty where it did.
    """

    steady: Callable[[], float] = monotonic
    ticked: float | None = None
    wrote: float | None = None
    sent: float | None = None
    trouble: str = field(default="")

    def ailments(self) -> tuple[str, ...]:
        """What is wrong, in words; empty while all is well. A program that is still starting is well."""
        return (*self.stalls(), *([self.trouble] if self.trouble else []))

    def stalls(self) -> tuple[str, ...]:
        """Which parts stand still, in words; empty while all move."""
        return tuple(f"the {part} has not moved for {age:.0f} s" for part, age in self.ages().items() if age > PATIENCE)

    def ages(self) -> dict[str, float]:
        """Seconds since each part last moved; those that have not moved yet are left out."""
        moved = {"tick": self.ticked, "database": self.wrote, "sender": self.sent}
        now = self.steady()
        return {part: now - at for part, at in moved.items() if at is not None}


def pulse(context: Context, vitals: Vitals) -> None:
    """Write to the database, as a proof that it can be written to.

    Raises:
        StoreTrouble: It cannot.
    """
    try:
        with context.store.transaction() as connection:
            notes.write(connection, PULSE_NOTE, context.now().isoformat())
    except StoreTrouble as trouble:
        vitals.trouble = str(trouble)
        raise
    vitals.trouble, vitals.wrote = "", vitals.steady()


def find_obstacles(context: Context, vitals: Vitals) -> tuple[str, ...]:
    """What keeps the program from watching all that the rules name; empty when it is ready."""
    rules = [f"the rules were not taken: {fault}" for fault in context.rules.refused]
    database = vitals.trouble or ("" if vitals.wrote is not None else "the database has not been written to yet")
    return (*rules, *([database] if database else []), *_unread(context))


def _unread(context: Context) -> tuple[str, ...]:
    try:
        with context.store.reading() as connection:
            known = feeds.list_all(connection)
    except StoreTrouble as trouble:
        return (str(trouble),)
    waiting = sum(feed.last_ok_at is None and not feed.failures and feed.ended_at is None for feed in known)
    return (f"{count_of(waiting, 'feed')} of {len(known)} not asked yet",) if waiting else ()

"""Resetting: what waits for a moment follows the clock when that is set back, so that nothing waits for an hour twice."""

from __future__ import annotations

from datetime import datetime, timedelta

from monitor.jobs.context import Context
from monitor.jobs.vitals import PULSE_NOTE
from monitor.store import clocks, notes

_LEAST = timedelta(minutes=1)
_LEAST_AMONG_MANY = timedelta(hours=1)
"""The last sign of life may be of another machine, and no two clocks are quite the same."""


def follow_clock(context: Context, step: timedelta) -> int:
    """Follow a clock that was set; one that was set forward needs nothing, for what is overdue is due.

    Args:
        step: Negative for a clock that was set back.

    Returns:
        How many moments were moved.
    """
    if step >= timedelta(0):
        return 0
    with context.store.transaction() as connection:
        moved = clocks.bring_nearer(connection, -step, now=context.now(), with_leases=not context.store.is_shared)
    context.log.info("what was due follows the clock", by=str(-step), moments=moved)
    return moved


def follow_pulse(context: Context) -> int:
    """Follow a clock that was set back while nobody looked: the last sign of life lies in the future.

    Returns:
        How many moments were moved.
    """
    with context.store.reading() as connection:
        beat = notes.read(connection, PULSE_NOTE)
    if beat is None:
        return 0
    lead = datetime.fromisoformat(beat) - context.now()
    return follow_clock(context, -lead) if lead >= (_LEAST_AMONG_MANY if context.store.is_shared else _LEAST) else 0

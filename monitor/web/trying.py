"""Runs of an edited rule that take a while: bounded, and kind to those who work beside them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from time import monotonic, sleep

from monitor.core.watches import Watch
from monitor.jobs.context import Context
from monitor.jobs.editing import reader_of
from monitor.jobs.rehearsing import Rehearsal, rehearse
from monitor.jobs.trying_out import Trial, try_out

LONGEST = 15.0
"""Seconds that a run may take."""

_BREATH = 0.001


class TimeLimit:
    """How long a run may go on: until its time is up, counted from the first question, or the program is about to end."""

    def __init__(self, ending: asyncio.Event | None = None) -> None:
        self._ending = ending
        self._began: float | None = None

    def is_up(self) -> bool:
        """Whether to stop; asked between two items, where it also lets the daemon's own threads have the interpreter."""
        sleep(_BREATH)
        now = monotonic()
        self._began = self._began or now
        return now - self._began > LONGEST or (self._ending is not None and self._ending.is_set())


def run_trial(edited: Watch, today: Watch, context: Context, limit: TimeLimit) -> Trial:
    """Both rules over the stored items; in a thread of its own, beside the writer."""
    return try_out(edited, today, context, is_time_up=limit.is_up)


def run_tests(watch: Watch, context: Context, limit: TimeLimit) -> Sequence[Rehearsal]:
    """The tests that the rule brings along, as many as there is time for; in a thread of its own."""
    done: list[Rehearsal] = []
    for rehearsal in rehearse(watch, reader_of(watch, context)):
        done.append(rehearsal)
        if limit.is_up():
            break
    return done

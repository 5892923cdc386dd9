"""Recollecting: what was in force at a moment, and for how long each value was."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.changes import Change, ChangeState, History
from monitor.core.judging.stepping import open_candidates
from monitor.core.values import UNKNOWN, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """One value for as long as it was in force.

    Attributes:
        until: When the next one was said; None for the value in force now.
        step: What brought it; None for the baseline.
    """

    known: Known
    since: datetime
    until: datetime | None
    step: Change | None


def accepted_steps(history: History) -> tuple[Change, ...]:
    """The steps that came into force, in the order in which they were said."""
    accepted = (step for step in history.changes if step.state is ChangeState.ACCEPTED)
    return tuple(sorted(accepted, key=lambda step: (step.effective, step.sequence)))


def stretches_of(history: History) -> tuple[Stretch, ...]:
    """The values of a fact from the baseline to now, without gaps."""
    steps = accepted_steps(history)
    begins = (history.as_of, *(step.effective for step in steps))
    ends = (*begins[1:], None)
    return tuple(
        Stretch(known=step.brings if step else history.baseline, since=since, until=until, step=step)
        for step, since, until in zip((None, *steps), begins, ends, strict=True)
    )


def step_at(history: History, moment: datetime | None) -> Change | None:
    """The step that brought the value in force at a moment (None: now), by when it was said; None where that is the baseline."""
    if moment is None:
        return history.newest_accepted
    said = [step for step in accepted_steps(history) if step.effective <= moment]
    return said[-1] if said else None


def standing_at(history: History, moment: datetime | None) -> tuple[Known, datetime | None]:
    """The value in force at a moment (None: now), and since when; unknown before the baseline."""
    if step := step_at(history, moment):
        return step.brings, step.effective
    if moment is not None and moment < history.as_of:
        return UNKNOWN, None
    return history.baseline, history.as_of


def steps_until(history: History, moment: datetime | None) -> tuple[Change, ...]:
    """The steps that were said by a moment (None: all), by sequence."""
    return tuple(step for step in history.changes if moment is None or step.effective <= moment)


def waiting_at(history: History, moment: datetime | None) -> tuple[Change, ...]:
    """What waits now; what waited once cannot be told, for a change keeps only its last state."""
    return open_candidates(history) if moment is None else ()

"""What a person or a seed decides about a fact, over the head of the evidence."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from monitor.core.changes import Change, ChangeState, Decider, History
from monitor.core.claims import Certainty
from monitor.core.judging.comparing import CANCELLED, relate, verdict_on
from monitor.core.judging.corroborating import what_suffices
from monitor.core.judging.stepping import bring_into_force, find_step, is_open, put
from monitor.core.values import Known, Standing
from monitor.core.verdicts import Verdict
from monitor.core.watches import Acceptance


def accept(history: History, sequence: int, *, value: Known | None = None, note: str = "") -> History:
    """Bring a change into force, or uphold it where it already came into force.

    Args:
        value: What to hold in the place of the change's own value.

    Raises:
        LookupError: The fact has no such change.
    """
    change = find_step(history, sequence)
    change = replace(change, corrected=value or change.corrected, note=note or change.note)
    if change.state is ChangeState.ACCEPTED:
        return put(history, replace(change, decided_by=Decider.PERSON))
    return bring_into_force(history, change, by=Decider.PERSON, effective=change.effective)


def dismiss(history: History, sequence: int, *, note: str = "") -> History:
    """Say no to a change; the latest step that survives is in force again.

    Raises:
        LookupError: The fact has no such change.
    """
    change = find_step(history, sequence)
    return put(
        history,
        replace(change, state=ChangeState.DISMISSED, decided_by=Decider.PERSON, note=note or change.note),
    )


def release(history: History, sequence: int, *, acceptance: Acceptance) -> History:
    """Let a change that was held back take its usual course: into force, where what stands behind it suffices.

    One that something newer has overtaken stays as it is.

    Raises:
        LookupError: The fact has no such change.
    """
    change = find_step(history, sequence)
    if acceptance is Acceptance.MANUAL or not is_open(history, change) or not what_suffices(change):
        return history
    return bring_into_force(history, change, by=Decider.AUTO, effective=change.effective)


def set_value(history: History, known: Known, *, note: str = "", now: datetime) -> History:
    """Put a value in force by a person's word; the same value again changes nothing."""
    if known == history.in_force:
        return history
    return _step(history, known, by=Decider.PERSON, effective=max(now, history.in_force_since), now=now, note=note)


def reseed(history: History, known: Known, *, as_of: datetime, now: datetime) -> History:
    """Take up a seed that was rewritten: a step "by seed" where its value changed and its date is newer.

    A step that is older than what is in force is kept without being in force. Doing it again changes nothing.
    """
    last, last_as_of = _last_seed(history)
    if known == last or as_of <= last_as_of:
        return history
    return _step(history, known, by=Decider.SEED, effective=as_of, now=now, note="")


def knows_better(history: History, known: Known, *, as_of: datetime) -> bool:
    """Whether a seed that was rewritten is passed over, because the fact has moved since and the seed's date is no newer."""
    last, last_as_of = _last_seed(history)
    return bool(history.changes) and known not in (last, history.in_force) and as_of <= last_as_of


def _last_seed(history: History) -> tuple[Known, datetime]:
    """What the seed said last that was taken up, and as of when."""
    steps = [change for change in history.changes if change.decided_by is Decider.SEED]
    return (steps[-1].new, steps[-1].effective) if steps else (history.baseline, history.as_of)


def _step(history: History, known: Known, *, by: Decider, effective: datetime, now: datetime, note: str) -> History:
    change = Change(
        watch=history.watch,
        fact=history.fact,
        sequence=len(history.changes) + 1,
        old=history.in_force,
        new=known,
        verdict=_verdict_between(history.in_force, known),
        certainty=Certainty.OFFICIAL,
        state=ChangeState.ACCEPTED,
        effective=effective,
        learned=now,
        decided_by=by,
        note=note,
    )
    return put(history, change)


def _verdict_between(old: Known, new: Known) -> Verdict:
    """What a step from one value to another is called."""
    if new == CANCELLED or new.standing is Standing.CANCELLED:
        return Verdict.CONFIRMS if old.standing is Standing.CANCELLED else Verdict.CANCELLED
    if new.standing is Standing.DONE and old.standing is not Standing.DONE:
        return Verdict.COMPLETED
    if new.value is None:
        return Verdict.CONFIRMS if old == new else Verdict.CHANGES
    if old.value is None or old.standing is Standing.CANCELLED:
        return Verdict.NEW_VALUE
    verdict = verdict_on(relate(new.value, old.value), new.value, old.value)
    return verdict if new.standing is old.standing else Verdict.CHANGES

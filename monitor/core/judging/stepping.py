"""Steps of a history: putting them in, finding them again, and which of them are still open."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from monitor.core.changes import Change, ChangeState, Decider, Evidence, History
from monitor.core.claims import Certainty
from monitor.core.judging.comparing import relate, same_known
from monitor.core.judging.relations import Relation
from monitor.core.values import Known

_TICK = timedelta(microseconds=1)
_PENDING = (ChangeState.CANDIDATE, ChangeState.CONFLICT)


def put(history: History, change: Change) -> History:
    """The history with a change in the place of its sequence number, or behind the last."""
    changes = history.changes
    return replace(history, changes=(*changes[: change.sequence - 1], change, *changes[change.sequence :]))


def find_step(history: History, sequence: int) -> Change:
    """The change of a sequence number.

    Raises:
        LookupError: The fact has no such change.
    """
    if not 1 <= sequence <= len(history.changes):
        raise LookupError(f"{history.watch}/{history.fact} has no change #{sequence}")
    return history.changes[sequence - 1]


def is_open(history: History, change: Change) -> bool:
    """Whether a change still waits: nothing that contradicts it has come into force since it was said."""
    if change.state not in _PENDING:
        return False
    newest = history.newest_accepted
    in_force = (newest.effective, newest.sequence) if newest else (history.as_of, 0)
    return (change.effective, change.sequence) > in_force or same_known(change.brings, history.in_force)


def open_candidates(history: History) -> tuple[Change, ...]:
    """Values that were said but are not in force and may still come, newest last."""
    return tuple(one for one in history.changes if one.state is ChangeState.CANDIDATE and is_open(history, one))


def former_values(history: History) -> tuple[Known, ...]:
    """What was in force before and no longer is."""
    newest = history.newest_accepted
    if newest is None:
        return ()
    accepted = (change.brings for change in history.changes if change.state is ChangeState.ACCEPTED)
    former = dict.fromkeys((history.baseline, newest.old, *accepted))
    return tuple(one for one in former if one != newest.brings)


def is_superseded(history: History, said: Known, *, tolerance: Decimal | None) -> bool:
    """Whether this value was in force before and no longer is; a sharper value is not the old one."""
    return any(_repeats(said, former, tolerance) for former in former_values(history))


def _repeats(said: Known, former: Known, tolerance: Decimal | None) -> bool:
    if said.value is None or former.value is None or said.standing is not former.standing:
        return False
    return relate(said.value, former.value, tolerance=tolerance).relation in (Relation.SAME, Relation.COVERS)


def bring_into_force(history: History, change: Change, *, by: Decider, effective: datetime) -> History:
    """The history with this change's value in force, whatever was said in between.

    Args:
        effective: When the deciding word was said; the step counts as newer than all that were in force before it.
    """
    newest = history.newest_accepted
    is_behind = newest is not None and newest.sequence > change.sequence
    moment = max(change.effective, effective, history.in_force_since + (_TICK if is_behind else timedelta(0)))
    return put(history, replace(change, state=ChangeState.ACCEPTED, decided_by=by, effective=moment))


def with_evidence(change: Change, piece: Evidence) -> Change:
    """The change with one more piece of evidence; an item speaks once for a change, with its firmest word."""
    earlier = next((other for other in change.evidence if other.claim.item.id == piece.claim.item.id), None)
    if earlier is None:
        evidence = (*change.evidence, piece)
    elif earlier.is_withdrawn or piece.claim.certainty > earlier.claim.certainty:
        evidence = tuple(piece if other is earlier else other for other in change.evidence)
    else:
        return change
    return replace(change, evidence=evidence, certainty=max(change.certainty, piece.claim.certainty))


def standing_evidence(change: Change) -> tuple[Evidence, ...]:
    """The evidence that was not withdrawn."""
    return tuple(piece for piece in change.evidence if not piece.is_withdrawn)


def without_evidence(change: Change, gone: frozenset[int]) -> Change:
    """The change with the evidence at these places withdrawn, and as certain as the rest of it."""
    evidence = tuple(replace(piece, is_withdrawn=True) if index in gone else piece for index, piece in enumerate(change.evidence))
    left: list[Certainty] = [piece.claim.certainty for piece in evidence if not piece.is_withdrawn]
    return replace(change, evidence=evidence, certainty=max(left, default=change.certainty))

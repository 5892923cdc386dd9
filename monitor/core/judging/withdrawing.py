"""Taking evidence back: an edited item that no longer says it, and an outlet that corrects itself."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, replace

from monitor.core.changes import Change, ChangeState, Decider, Evidence, History
from monitor.core.claims import Claim
from monitor.core.judging.comparing import relate, same_known
from monitor.core.judging.stepping import is_open, put, standing_evidence, without_evidence
from monitor.core.values import Known

_STANDING = (ChangeState.CANDIDATE, ChangeState.ACCEPTED, ChangeState.CONFLICT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """A history after evidence was taken back.

    Attributes:
        told: Changes that were told, still counted, and are now without evidence; each is told once as withdrawn.
    """

    history: History
    told: tuple[Change, ...] = ()


def withdraw(history: History, item_id: str, *, keep: Collection[Claim]) -> Withdrawal:
    """Take back what an earlier version of an item said and the present one does not.

    A change left without evidence is withdrawn, so that the value before it is in force again; what a person decided
    stays.

    Args:
        keep: What the present version says of this fact.
    """
    return _take_back(history, lambda _, piece: piece.claim.item.id == item_id and not _is_kept(piece.claim, keep))


def retract(history: History, claim: Claim, said: Known) -> Withdrawal:
    """Take back what a publisher said, because it now corrects itself to something else."""

    def is_corrected(change: Change, piece: Evidence) -> bool:
        is_its_own = piece.publisher == claim.item.publisher and piece.claim.item.published <= claim.item.published
        return is_its_own and not same_known(said, change.new)

    return _take_back(history, is_corrected)


def _take_back(history: History, is_gone: Callable[[Change, Evidence], bool]) -> Withdrawal:
    before, told = history, []
    for change in before.changes:
        gone = frozenset(
            index for index, piece in enumerate(change.evidence) if not piece.is_withdrawn and is_gone(change, piece)
        )
        if not gone or change.state not in _STANDING:
            continue
        left = without_evidence(change, gone)
        if not standing_evidence(left) and change.decided_by is Decider.AUTO:
            if change.is_told and (change == before.newest_accepted or is_open(before, change)):
                told.append(replace(left, state=ChangeState.WITHDRAWN))
            left = replace(left, state=ChangeState.WITHDRAWN)
        history = put(history, left)
    return Withdrawal(history=history, told=tuple(told))


def _is_kept(claim: Claim, keep: Collection[Claim]) -> bool:
    if claim.value is None:
        return any(other.value is None and other.modality is claim.modality for other in keep)
    return any(other.value is not None and relate(other.value, claim.value).is_compatible for other in keep)

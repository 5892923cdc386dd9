"""Verdicts: a claim held against the value in force."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.core.claims import Claim
from monitor.core.values import Known


class Verdict(StrEnum):
    """What a claim means for what is known."""

    CONFIRMS = "confirms"
    REFINES = "refines"
    CHANGES = "changes"
    COMPLETED = "completed"
    NEW_VALUE = "new_value"
    CANCELLED = "cancelled"
    DENIED = "denied"


MOVING = frozenset({Verdict.REFINES, Verdict.CHANGES, Verdict.COMPLETED, Verdict.NEW_VALUE, Verdict.CANCELLED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """A verdict with what led to it.

    Attributes:
        claim: What was judged.
        verdict: The answer.
        known: What the claim was compared with.
        said: What would be known if the claim came into force; equal to ``known`` where nothing would move.
        reasons: In words: the claim's reasons, then the comparison's.
    """

    claim: Claim
    verdict: Verdict
    known: Known
    said: Known
    reasons: tuple[str, ...] = ()

    @property
    def moves(self) -> bool:
        """Whether this would move the fact."""
        return self.verdict in MOVING

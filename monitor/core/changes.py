"""Changes: the steps of a fact, and its history made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from monitor.core.claims import Certainty, Claim
from monitor.core.values import Known
from monitor.core.verdicts import Verdict


class ChangeState(StrEnum):
    """Where a change stands.

    ``candidate``: its value waits for an official word, a second publisher or a person.
    ``accepted``: its value came into force (a later one may have taken its place since).
    ``dismissed``: a person said no; the value stays silent until something firmer repeats it.
    ``withdrawn``: all its evidence vanished or was corrected.
    ``conflict``: a newer article repeats a superseded value without saying that anything changed; kept, not told.
    """

    CANDIDATE = "candidate"
    ACCEPTED = "accepted"
    DISMISSED = "dismissed"
    WITHDRAWN = "withdrawn"
    CONFLICT = "conflict"


class Decider(StrEnum):
    """Who brought a change into its present state."""

    AUTO = "auto"
    PERSON = "person"
    SEED = "seed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """One claim that supports a change.

    Attributes:
        is_withdrawn: A later version of the item no longer says it.
    """

    claim: Claim
    verdict: Verdict
    is_withdrawn: bool = False

    @property
    def publisher(self) -> str:
        """Two pieces of evidence with the same publisher count as one source."""
        return self.claim.item.publisher


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One step of one fact: a new value with everything that supports it.

    Attributes:
        sequence: Counted from 1 in its fact; with watch and fact it is the identity.
        old: What was in force when the change was opened.
        new: What it brings.
        certainty: The firmest of its evidence.
        effective: When it was said (published, bounded by first seen).
        learned: When we read it.
        is_told: It has been put in the outbox, or was part of a digest.
        corrected: What a person put in the place of ``new`` when accepting; None where nothing.
        note: A person's word on the decision.
    """

    watch: str
    fact: str
    sequence: int
    old: Known
    new: Known
    verdict: Verdict
    certainty: Certainty
    state: ChangeState
    effective: datetime
    learned: datetime
    evidence: tuple[Evidence, ...] = ()
    is_told: bool = False
    decided_by: Decider = Decider.AUTO
    corrected: Known | None = None
    note: str = ""

    @property
    def key(self) -> str:
        """The stable name that commands and messages use: ``xiaomi-ev/launch#3``."""
        return f"{self.watch}/{self.fact}#{self.sequence}"

    @property
    def brings(self) -> Known:
        """What comes into force with it."""
        return self.corrected or self.new

    @property
    def publishers(self) -> frozenset[str]:
        """Independent sources whose word still stands."""
        return frozenset(e.publisher for e in self.evidence if not e.is_withdrawn)


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A fact from its baseline to now.

    Attributes:
        baseline: What the seed says.
        as_of: When the seed's word was true.
        changes: By sequence, without gaps.
    """

    watch: str
    fact: str
    baseline: Known
    as_of: datetime
    changes: tuple[Change, ...] = ()

    @property
    def newest_accepted(self) -> Change | None:
        """The step that brought the value in force; None while that is the baseline."""
        accepted = [change for change in self.changes if change.state is ChangeState.ACCEPTED]
        return max(accepted, key=lambda change: (change.effective, change.sequence), default=None)

    @property
    def in_force(self) -> Known:
        """The value that the fact has now."""
        newest = self.newest_accepted
        return newest.brings if newest else self.baseline

    @property
    def in_force_since(self) -> datetime:
        """When the value in force was said."""
        newest = self.newest_accepted
        return newest.effective if newest else self.as_of

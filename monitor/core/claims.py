"""Claims: what a sentence says of a fact, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum

from monitor.core.items import Item
from monitor.core.values import Amount, Shift, Value


class Certainty(IntEnum):
    """How much stands behind a claim; rising, so that thresholds compare."""

    RUMOUR = 1
    PROPOSED = 2
    REPORTED = 3
    OFFICIAL = 4

    def __str__(self) -> str:
        return self.name.lower()


class Modality(StrEnum):
    """In what manner a value is said of a fact.

    Only the first five can move a fact; the others are kept so that ``explain`` can show why they did not.
    """

    STATED = "stated"
    PLANNED = "planned"
    ACHIEVED = "achieved"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    DENIED = "denied"
    HYPOTHETICAL = "hypothetical"
    ASKED = "asked"
    RECALLED = "recalled"
    FORECAST = "forecast"


class Sight(StrEnum):
    """Which reader saw a claim: our own, a second one (a language model), or both."""

    OWN = "own"
    MODEL = "model"
    BOTH = "both"


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence's word on one fact.

    Attributes:
        value: None for a cancellation, a withdrawal, or an event reported without its date.
        modality: The manner.
        certainty: From the attribution and the feed's tier.
        quote: The sentence, as published.
        start: Offset of the value's words in the quote, in characters; equal to ``end`` where no words carry it.
        end: Exclusive.
        in_title: The quote is the headline.
        says_change: The sentence itself says that there was a change ("postponed", "raised", "instead of").
        is_correction: The sentence corrects an earlier report of the same outlet.
        is_on_record: The sentence names who speaks, and that has the say; plain fact in an outlet's own words is not.
        moved_by: The distance from the value in force, where the words give one in the place of a value ("six months later",
            "another 40 stores"); ``value`` is then where it leads.
        confidence: Between 0 and 1; the linker's.
        seen_by: Which reader saw it.
        model: Of the second reader, where there was one to see it; empty for none.
        prompt: The version of the words that it was asked with.
        reasons: Why it was linked so, in words, in the order of the decisions.
    """

    item: Item
    watch: str
    fact: str
    value: Value | None
    modality: Modality
    certainty: Certainty
    quote: str
    start: int
    end: int
    in_title: bool = False
    says_change: bool = False
    is_correction: bool = False
    is_on_record: bool = False
    moved_by: Shift | Amount | None = None
    confidence: float = 1.0
    seen_by: Sight = Sight.OWN
    model: str = ""
    prompt: str = ""
    reasons: tuple[str, ...] = ()

    @property
    def readers(self) -> str:
        """Which reader saw it, in words; empty where there is only ours."""
        if not self.model:
            return ""
        second = f"{self.model} (prompt {self.prompt})"
        match self.seen_by:
            case Sight.OWN:
                return f"seen by our own reader alone, not by {second}"
            case Sight.MODEL:
                return f"seen by {second} alone, not by our own reader"
            case Sight.BOTH:
                return f"seen by our own reader and by {second}"

"""Proposals: what a second reader says that an item says, before anybody has checked a word of it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.core.watches import Trust


class Stance(StrEnum):
    """In what manner a second reader says that a value is told."""

    STATED = "stated"
    PLANNED = "planned"
    HAPPENED = "happened"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"
    WITHDRAWN = "withdrawn"
    DENIED = "denied"
    RECALLED = "recalled"
    HYPOTHETICAL = "hypothetical"
    FORECAST = "forecast"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """One value that a second reader sees told of one fact; nothing in it is to be believed.

    Attributes:
        fact: A key, maybe of no fact that there is.
        quote: Words that are said to stand in the item.
        words: Those of them that give the value; several are the parts of a sum, none is an event without its date.
        state: Of a status fact, which of the rule's states they tell; empty for other kinds.
        speaker: The item's words for who says so; empty for the outlet itself.
    """

    fact: str
    quote: str
    words: tuple[str, ...] = ()
    state: str = ""
    stance: Stance
    speaker: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hearing:
    """What a second reader answered about one item for one watch.

    Attributes:
        model: Which one answered.
        prompt: The version of the words that it was asked with.
        trust: What the rule makes of a reader who stands alone.
    """

    model: str
    prompt: str
    trust: Trust
    proposals: tuple[Proposal, ...] = ()

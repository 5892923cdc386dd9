"""Drafts: what one sentence tells of the subject, before all that tell the same are put together."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.claims import Certainty
from monitor.core.facts import Event
from monitor.core.values import Kind, Known


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """One value of one fact.

    Attributes:
        topic: What the fact is about: the id of a concept, or a noun; its key and its title come from it.
        part: Id of the stage of the thing that the value is of ("phase-1"); empty for the whole.
        cues: Words that tell the topic, as rules write them.
        near: Words that tell the part or the complement; of a fact without any nothing more is demanded.
        marks: Words beside the value that may tell two facts of one topic apart, the best first.
        event: Which end of the happening, for dates.
        names_end: The topic alone does not say which.
        unit: As for facts.
        states: Of a status, in their usual course.
        quote: The sentence, as published.
    """

    kind: Kind
    topic: str
    known: Known
    cues: tuple[str, ...]
    quote: str
    certainty: Certainty
    near: tuple[str, ...] = ()
    part: str = ""
    marks: tuple[str, ...] = ()
    event: Event | None = None
    names_end: bool = False
    unit: str = ""
    states: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A value that was read and is not proposed.

    Attributes:
        text: Its words, as they stand in the document.
        why: In words, to be read behind "left out:".
    """

    text: str
    why: str
    quote: str

"""Conditions: which states a document tells of a permit, a deal, a law, and of what they are the states."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.claims import Modality
from monitor.core.proposing.binding import bonds, cues_of
from monitor.core.proposing.drafts import Draft, LeftOut
from monitor.core.proposing.surveying import Spot, Survey, as_fact
from monitor.core.proposing.telling import telling_of
from monitor.core.reading.phrases import Hit
from monitor.core.values import Kind, Status


def conditions_of(spot: Spot) -> Iterator[Draft | LeftOut]:
    """The states that a sentence tells as reached, each of the thing beside it that passes through it."""
    for name, state in spot.survey.concepts.states.items():
        for course in sorted(state.courses & spot.survey.outlines.courses.keys()):
            for hit in spot.told_states(name)[:1]:
                if draft := _draft(spot, name, course, hit):
                    yield draft


def _draft(spot: Spot, name: str, course: str, hit: Hit[str]) -> Draft | LeftOut | None:
    """A state and the thing that is in it; the words of the state do not name the thing as well."""
    eligible = [key for key, concept in spot.survey.concepts.by_id.items() if course in concept.courses and not concept.event]
    beside = [
        bond
        for bond in bonds(spot, (hit.start, hit.end), eligible)
        if bond.is_told and not any(bond.hit.start < other.end and other.start < bond.hit.end for other in spot.told_states(name))
    ]
    if not beside:
        return None
    bond = beside[0]
    told = telling_of(spot, as_fact(bond.concept, Kind.STATUS), Status(name=name), hit)
    if told.modality is Modality.PLANNED:
        return None
    if told.why_not:
        return LeftOut(text=spot.passage.text.plain[hit.start : hit.end], why=told.why_not, quote=spot.quote)
    return Draft(
        kind=Kind.STATUS,
        topic=bond.concept,
        cues=cues_of(bond, spot.survey),
        states=_states(name, course, spot.survey),
        known=told.known(),
        certainty=told.certainty,
        quote=spot.quote,
    )


def _states(name: str, course: str, survey: Survey) -> tuple[str, ...]:
    """The states of a course in their usual order, with the one that was read."""
    wanted = {*survey.outlines.courses[course], name}
    return tuple(key for key in survey.concepts.states if key in wanted)

"""Conditions: which states a document tells of a permit, a deal, a law, and of what they are the states."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.claims import Modality
from monitor.core.proposing.binding import Bond, bonds, cues_of
from monitor.core.proposing.drafts import Draft, LeftOut
from monitor.core.proposing.surveying import Spot, Survey, as_fact
from monitor.core.proposing.telling import telling_of
from monitor.core.reading.phrases import Hit
from monitor.core.reading.tenses import Tense
from monitor.core.values import Kind, Status

_FARTHEST = 170  # characters from the words of a state to the thing
_BESIDE = 25  # likewise from words that may mean something else: "granted the building permit"


def conditions_of(spot: Spot) -> Iterator[Draft | LeftOut]:
    """The states that a sentence tells as reached, each of the thing beside it that passes through it."""
    for name, state in spot.survey.concepts.states.items():
        courses = sorted(state.courses & spot.survey.outlines.courses.keys())
        beside = [
            (bond, course, hit)
            for course in courses
            for hit, farthest in _hits(spot, name)
            for bond in _things_beside(spot, name, course, hit, farthest)
        ]
        drafts = (_draft(spot, name, *one) for one in sorted(beside, key=lambda one: _rank(one[0], spot)))
        yield from [draft for draft in drafts if draft][:1]


def _hits(spot: Spot, name: str) -> Iterator[tuple[Hit[str], int]]:
    """Where a state is told, each with how far the thing may be; words that only name it count as verbs of the past."""
    yield from ((hit, _FARTHEST) for hit in spot.told_states(name))
    for hit in spot.named_states(name):
        if any(cue.tense is Tense.PAST for cue in spot.passage.tenses.between(hit.start, hit.end)):
            yield hit, _BESIDE


def _things_beside(spot: Spot, name: str, course: str, hit: Hit[str], farthest: int) -> Iterator[Bond]:
    """What may be in a state.

    The words of the state do not name the thing as well, unless they are a pattern around it: "granted the building permit".
    """
    eligible = [key for key, concept in spot.survey.concepts.by_id.items() if course in concept.courses and not concept.event]
    own = [one for one in (hit, *spot.told_states(name)) if "…" not in one.phrase]
    for bond in bonds(spot, (hit.start, hit.end), eligible):
        is_own = any(bond.hit.start < other.end and other.start < bond.hit.end for other in own)
        if bond.is_told and bond.cost <= farthest and not is_own and bond.hit.start != hit.start:
            yield bond


def _rank(bond: Bond, spot: Spot) -> tuple[bool, float]:
    """The nearest thing first, and any thing before what merely happens to things ("approval")."""
    return bond.concept in spot.survey.outlines.dated, bond.cost


def _draft(spot: Spot, name: str, bond: Bond, course: str, hit: Hit[str]) -> Draft | LeftOut | None:
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

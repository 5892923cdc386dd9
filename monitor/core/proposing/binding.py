"""Binding: which word of a sentence says what a value is of."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from monitor.core.proposing.surveying import UNSPACED, Spot, Survey
from monitor.core.reading.mentions import Mention
from monitor.core.reading.passages import distance
from monitor.core.reading.phrases import Hit
from monitor.core.values import Kind

# In characters: what stands between a value and a word counts as so much farther away.
_BREAK, _VALUE, _NAME_ONLY, _VAGUE, _PATTERN = 40, 30, 15, 90, 20
_FARTHEST = 170
_LEAST = 3  # characters of a word that tells two facts apart
_MOST_MARKS = 3
_WORD = re.compile(r"[^\W\d_][\w'-]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bond:
    """A concept whose words stand beside a value.

    Attributes:
        is_told: They tell it; else they only name it.
        cost: How far away, in characters.
    """

    concept: str
    hit: Hit[str]
    is_told: bool
    cost: float


def bonds(spot: Spot, span: tuple[int, int], eligible: Iterable[str]) -> list[Bond]:
    """The concepts that a value may be of, the likeliest first; those that are too far away are left out.

    Args:
        span: Where the value stands.
        eligible: Ids of concepts.
    """
    candidates = list(_candidates(spot, eligible))
    found = [replace(bond, cost=_cost(bond, spot, span)) for bond in candidates if not _is_part_of_longer(bond, candidates)]
    return sorted((bond for bond in found if bond.cost <= _FARTHEST), key=lambda bond: (bond.cost, bond.hit.start - bond.hit.end))


def nearest_of(spot: Spot, place: int, concepts: Iterable[str]) -> tuple[str, Hit[str]] | None:
    """Which of some concepts is told nearest to a place; what stands before it has the better claim."""
    every = [(name, hit) for name in concepts for hit in spot.told(name)]
    hits = [one for one in every if not any(_covers(other[1], one[1]) for other in every)]

    def gap(found: tuple[str, Hit[str]]) -> int:
        _, hit = found
        breaks = _BREAK * spot.sentence.parts_between(hit.start, place)
        return breaks + (place - hit.end if hit.end <= place else 2 * (hit.start - place))

    return min(hits, key=gap, default=None)


def _covers(longer: Hit[str], shorter: Hit[str]) -> bool:
    """Whether a longer phrase shares words with a shorter one, and so means the other thing: "second phase is", "phase I"."""
    is_longer = longer.end - longer.start > shorter.end - shorter.start
    return is_longer and longer.start < shorter.end and shorter.start < longer.end


def cues_of(bond: Bond, survey: Survey) -> tuple[str, ...]:
    """The words of a concept for a rule: the one that the text has.

    Where that is a pattern, or only names the concept, its usual word in the text's language stands in front.
    """
    phrase = bond.hit.phrase
    is_plain = "…" not in phrase and "*" not in phrase
    usual = () if is_plain and bond.is_told else usual_cues(bond.concept, survey)
    return tuple(dict.fromkeys((*usual, phrase))) if is_plain else usual


def usual_cues(concept: str, survey: Survey) -> tuple[str, ...]:
    """The word of a concept that comes first in its list, in the language of the document or else in English."""
    return survey.words_of(concept, survey.language)[:1] or survey.words_of(concept, "en")[:1]


def part_of(spot: Spot, place: int) -> tuple[str, str]:
    """The stage of the thing that a value is of, and its words; both empty for the whole."""
    found = nearest_of(spot, place, spot.survey.outlines.parts)
    if found:
        return found[0], found[1].phrase
    return (spot.setting.part, spot.setting.part_cue) if spot.carries_on else ("", "")


def marks_of(spot: Spot, mention: Mention, before: int) -> tuple[str, ...]:
    """Words that may tell a value from another of its topic, the best first.

    The thing beside it, what stands inside its expression ("2,000 permanent jobs"), what its part of the sentence begins with
    ("rules for general-purpose models apply …").

    Args:
        before: Where the words of the topic begin; what stands before them says of what they are told.
    """
    thing = nearest_of(spot, mention.start, spot.survey.outlines.things)
    inside = _content(spot, mention.start, mention.end)[:-1] if mention.kind is Kind.QUANTITY else []
    in_front = _in_front(spot, mention.start) or _in_front(spot, before)
    words = [*((thing[1].phrase,) if thing else ()), *inside, *in_front[:1], *in_front[-1:]]
    return tuple(dict.fromkeys(words))[:_MOST_MARKS]


def _in_front(spot: Spot, place: int) -> list[str]:
    """The words of a part of a sentence before a place in it."""
    start, _ = spot.sentence.clause_at(place)
    return _content(spot, start, place)


def _content(spot: Spot, start: int, end: int) -> list[str]:
    """The words of a stretch that say something; none in a script that does not part its words."""
    if UNSPACED.search(spot.passage.text.plain, start, end):
        return []
    words = (found[0] for found in _WORD.finditer(spot.passage.text.plain, start, end))
    return [word for word in words if len(word) >= _LEAST and word.lower() not in spot.survey.light_words]


def _candidates(spot: Spot, eligible: Iterable[str]) -> Iterator[Bond]:
    for concept in eligible:
        for hit in spot.told(concept):
            yield Bond(concept=concept, hit=hit, is_told=True, cost=0)
        for hit in spot.named(concept):
            yield Bond(concept=concept, hit=hit, is_told=False, cost=_NAME_ONLY)


def _is_part_of_longer(bond: Bond, candidates: Sequence[Bond]) -> bool:
    """Whether a longer phrase shares its words and means something else: the "share of" in "a market share of"."""
    others = (other for other in candidates if other.concept != bond.concept and other.is_told)
    return any("…" not in other.hit.phrase and _covers(other.hit, bond.hit) for other in others)


def _cost(bond: Bond, spot: Spot, span: tuple[int, int]) -> float:
    hit = bond.hit
    low, high = min(hit.end, span[1]), max(hit.start, span[0])
    is_pattern = "…" in hit.phrase
    values = sum(low <= other.start and other.end <= high for other in spot.mentions)
    breaks = spot.sentence.parts_between(hit.start, span[0])
    is_vague = bond.concept in spot.survey.outlines.vague
    return (
        bond.cost
        + distance((hit.start, hit.end), span)
        + _BREAK * breaks
        + _VALUE * values
        + _VAGUE * is_vague
        + _PATTERN * is_pattern
    )

"""How far a cue reaches toward a value: its side, its part of the sentence, and what ends it; after the ConText method.

Source:
    Harkema et al., "ConText: An algorithm for determining negation, experiencer, and temporal status from clinical
    reports", Journal of Biomedical Informatics 42 (2009).
"""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.mentions import Mention
from monitor.core.reading.phrases import Hit
from monitor.core.values import Amount

_LONE = 3  # characters that a part of a sentence may have beside the cue: "Originally, the launch was set for 2025"


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The reach of one kind of cue.

    Attributes:
        label: Of the cues, as in a lexicon.
        before: It reaches a value that stands behind it ("originally planned for 2025").
        behind: It reaches a value that stands before it ("84 had been planned").
        whole_sentence: It reaches over the breaks of its sentence.
        ends: Labels of words that end the reach between cue and value ("but").
        ends_at_value: Another value of the kind between the two takes the cue to itself.
        excepted: Label of longer phrases in which the words are no such cue ("not only").
        farthest: Most characters between cue and value; 0 for any number.
    """

    label: str
    before: bool = True
    behind: bool = True
    whole_sentence: bool = False
    ends: tuple[str, ...] = ()
    ends_at_value: bool = False
    excepted: str = ""
    farthest: int = 0


def cue_over(candidate: Candidate, scope: Scope) -> Hit[str] | None:
    """The cue nearest to a candidate that reaches it."""
    sentence = candidate.sentence
    if not candidate.passage.has(scope.label, sentence.start, sentence.end):
        return None
    start, end = (sentence.start, sentence.end) if scope.whole_sentence else _clause(candidate, scope.label)
    hits = candidate.passage.hits_of(scope.label, start, end)
    reaching = [hit for hit in hits if _reaches(hit, candidate, scope)]
    return min(reaching, key=lambda hit: _gap(hit, candidate), default=None)


def _clause(candidate: Candidate, label: str) -> tuple[int, int]:
    """The part of the sentence around a candidate, and the part before it where that is nothing but a cue."""
    start, end = candidate.sentence.clause_at(candidate.start)
    if start > candidate.sentence.start:
        first, _ = candidate.sentence.clause_at(start - 1)
        hits = candidate.passage.hits_of(label, first, start)
        if hits and (start - first) - (hits[-1].end - hits[0].start) <= _LONE:
            return first, end
    return start, end


def _gap(hit: Hit[str], candidate: Candidate) -> int:
    return candidate.start - hit.end if hit.end <= candidate.start else hit.start - candidate.end


def _reaches(hit: Hit[str], candidate: Candidate, scope: Scope) -> bool:
    is_before = hit.end <= candidate.start
    if not (scope.before if is_before else scope.behind and hit.start >= candidate.end):
        return False
    low, high = (hit.end, candidate.start) if is_before else (candidate.end, hit.start)
    if scope.farthest and high - low > scope.farthest:
        return False
    if scope.excepted and candidate.passage.is_part_of(hit, scope.excepted):
        return False
    if any(candidate.passage.has(label, low, high) for label in scope.ends):
        return False
    return not (scope.ends_at_value and is_value_between(candidate, low, high))


def is_value_between(candidate: Candidate, low: int, high: int) -> bool:
    """Whether another value of the candidate's kind lies in a stretch of its sentence."""
    mention = candidate.mention
    if mention is None:
        return False
    others = candidate.passage.mentions_in(candidate.sentence)
    return any(low <= other.start and other.end <= high and _are_alike(mention, other) for other in others)


def _are_alike(one: Mention, other: Mention) -> bool:
    """Whether two values may be of one fact; a bare number may be of any unit ("statt 17 Milliarden Euro nun 20 Milliarden")."""
    if isinstance(one.value, Amount) and isinstance(other.value, Amount):
        return one.value.unit == other.value.unit or not (one.value.unit and other.value.unit)
    return one.kind is other.kind

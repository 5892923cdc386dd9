"""Who says it: from the words of attribution to a certainty."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from monitor.core.claims import Certainty
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.names import Bearer
from monitor.core.reading.passages import Passage
from monitor.core.reading.phrases import Hit
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.speakers import reporting_outlet


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribution:
    """A certainty and the word behind it.

    Attributes:
        is_on_record: The sentence names who speaks, and that has the say.
    """

    certainty: Certainty
    cue: str
    why: str
    is_on_record: bool = False


def attribution_of(candidate: Candidate, *, lead: tuple[Passage, Sentence] | None, cap: Certainty) -> Attribution:
    """How much stands behind a candidate.

    Args:
        lead: For a candidate in the headline, the first sentence of the body: it says whose word the headline gives.
        cap: The feed's; nothing rises above it.
    """
    found = _in_sentence(candidate.passage, candidate.sentence)
    if candidate.passage.is_title and lead is not None and found.certainty is Certainty.OFFICIAL:
        found = _in_sentence(*lead)
    if found.certainty > cap:
        return Attribution(certainty=cap, cue="", why="the feed is not trusted further")
    return found


def _in_sentence(passage: Passage, sentence: Sentence) -> Attribution:
    """The least certain word of a sentence decides, but an official of the rule who speaks is no mere report."""
    if hit := _first(passage, sentence, "attribution.rumour", but_not="attribution.no_rumour"):
        return _attribution(Certainty.RUMOUR, passage, hit, "an unnamed or unsure source")
    if hit := _proposal(passage, sentence):
        return _attribution(Certainty.PROPOSED, passage, hit, "a decision that is not final")
    by_official = any(name.bearer is Bearer.OFFICIAL for name in passage.names[sentence.index])
    reported = _first(passage, sentence, "attribution.reported", but_not="attribution.no_report") or reporting_outlet(
        passage, sentence
    )
    if reported and not by_official:
        return _attribution(Certainty.REPORTED, passage, reported, "an outlet citing others")
    if hit := _first(passage, sentence, "attribution.official"):
        return _attribution(Certainty.OFFICIAL, passage, hit, "on the record", is_on_record=True)
    return Attribution(certainty=Certainty.OFFICIAL, cue="", why="stated as plain fact")


def _proposal(passage: Passage, sentence: Sentence) -> Hit[str] | None:
    """A word of proposing, unless what was proposed is settled: 'parliament approved the proposal'."""
    hits = list(_meant(passage, sentence, "attribution.proposed", but_not="attribution.no_proposal"))
    if passage.has("attribution.settled", sentence.start, sentence.end):
        hits = [hit for hit in hits if not passage.has("attribution.draft", hit.start, hit.end)]
    return hits[0] if hits else None


def _first(passage: Passage, sentence: Sentence, label: str, *, but_not: str = "") -> Hit[str] | None:
    return next(_meant(passage, sentence, label, but_not=but_not), None)


def _meant(passage: Passage, sentence: Sentence, label: str, *, but_not: str) -> Iterator[Hit[str]]:
    """The hits of a label in a sentence that are no part of a phrase with another meaning."""
    for hit in passage.hits_of(label, sentence.start, sentence.end):
        if not passage.is_part_of(hit, but_not):
            yield hit


def _attribution(certainty: Certainty, passage: Passage, hit: Hit[str], why: str, *, is_on_record: bool = False) -> Attribution:
    return Attribution(certainty=certainty, cue=passage.text.plain[hit.start : hit.end], why=why, is_on_record=is_on_record)

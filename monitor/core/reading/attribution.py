"""Who says it: from the words of attribution to a certainty."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.claims import Certainty
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.names import Bearer
from monitor.core.reading.passages import Passage
from monitor.core.reading.sentences import Sentence

_LADDER = (
    ("attribution.rumour", Certainty.RUMOUR, "an unnamed or unsure source"),
    ("attribution.proposed", Certainty.PROPOSED, "a decision that is not final"),
    ("attribution.reported", Certainty.REPORTED, "an outlet citing others"),
)


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
    start, end = sentence.start, sentence.end
    by_official = any(name.bearer is Bearer.OFFICIAL for name in passage.names[sentence.index])
    for label, certainty, why in _LADDER:
        if (hits := passage.hits_of(label, start, end)) and not (by_official and certainty is Certainty.REPORTED):
            return Attribution(certainty=certainty, cue=passage.text.plain[hits[0].start : hits[0].end], why=why)
    if hits := passage.hits_of("attribution.official", start, end):
        cue = passage.text.plain[hits[0].start : hits[0].end]
        return Attribution(certainty=Certainty.OFFICIAL, cue=cue, why="on the record", is_on_record=True)
    return Attribution(certainty=Certainty.OFFICIAL, cue="", why="stated as plain fact")

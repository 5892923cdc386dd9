"""Features: where a candidate stands and how it is said."""

from __future__ import annotations

from collections.abc import Iterator

from monitor.core.reading.candidates import Candidate, Making, speaks_of_end
from monitor.core.reading.features_cues import cue_hits
from monitor.core.reading.mentions import Role
from monitor.core.reading.scenes import Scene
from monitor.core.reading.steps import is_old_end
from monitor.core.values import Standing

ONLY_MOVER = "only fact that could move"
CLAUSE_CUES = (
    "planned", "achieved", "negated", "denied", "hypothetical", "hedged", "recalled", "earlier", "changed", "cancelled",
    "withdrawn", "forecast",
)  # fmt: skip


def place(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Headline, lead or further down, and how the value was come by."""
    if candidate.passage.is_title:
        yield "in the headline", 1.0
    elif candidate.sentence.index == 0:
        yield "in the lead", 1.0
    elif candidate.sentence.index >= 3:
        yield "far down", 1.0
    if candidate.making is not Making.SAID:
        yield f"value {candidate.making}", 1.0


def manner(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """The cues of modality and attribution around the value, and where the verbs look."""
    passage, sentence = candidate.passage, candidate.sentence
    start, end = sentence.clause_at(candidate.start)
    for name in CLAUSE_CUES:
        label = f"modality.{name}"
        if passage.has(label, start, end):
            yield f"{name} in the clause", 1.0
        elif passage.has(label, sentence.start, sentence.end):
            yield f"{name} in the sentence", 1.0
    if tense := passage.tenses.at(candidate.start):
        yield f"verbs look into the {tense.value}", 1.0
    if passage.asks(sentence):
        yield "in a question", 1.0
    for name in ("speech", "partial"):
        if passage.has(f"reference.{name}", start, end):
            yield f"{name} in the clause", 1.0
    if passage.has("attribution.rumour", sentence.start, sentence.end):
        yield "rumour in the sentence", 1.0
    if passage.has("attribution.proposed", sentence.start, sentence.end):
        yield "proposal in the sentence", 1.0
    if is_old_end(passage, sentence, candidate.start, candidate.mention):
        yield "told as the old value", 1.0
    if leads_to(candidate):
        yield "a word of change leads to it", 1.0


def bare_move(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether the subject itself moves and no word says which of its facts: "the bridge slips to 2027"."""
    if not leads_to(candidate):
        return
    passage, sentence, watch = candidate.passage, candidate.sentence, scene.words.watch
    alike = [fact for fact in watch.facts.values() if fact.kind is candidate.fact.kind]
    if any(cue_hits(passage, fact, sentence.start, sentence.end) for fact in alike):
        return
    yield "no fact is named that moves", 1.0
    ahead = [fact.key for fact in alike if scene.known[fact.key].standing is Standing.EXPECTED]
    if ahead[:1] == [candidate.fact.key]:
        yield "first fact that could move", 1.0
    if ahead == [candidate.fact.key]:
        yield ONLY_MOVER, 1.0


def leads_to(candidate: Candidate) -> bool:
    """Whether a word of change stands close before the value, in the same part: "slipped to 2026", 推迟至."""
    if candidate.mention and candidate.mention.role is Role.TO:
        return True
    start, _ = candidate.sentence.clause_at(candidate.start)
    return candidate.passage.has("modality.changed", max(start, candidate.start - 30), candidate.start)


def side(candidate: Candidate, scene: Scene) -> Iterator[tuple[str, float]]:
    """Whether the clause speaks of the same end of the thing as the fact does."""
    if candidate.fact.event is None:
        return
    fits = speaks_of_end(candidate.fact, candidate.passage, candidate.sentence, candidate.start)
    if fits is not None:
        yield ("speaks of the fact's end of the thing" if fits else "speaks of the other end of the thing"), 1.0

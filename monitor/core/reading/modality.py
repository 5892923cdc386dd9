"""In what manner a value is said: planned, achieved, denied, supposed, asked, recalled; after the ConText method.

A cue has a reach: the part of the sentence that it stands in, or the whole sentence. Without a cue a sentence is a plain
statement: too many cues cost more than too few.

Source:
    Harkema et al., "ConText: An algorithm for determining negation, experiencer, and temporal status from clinical
    reports", Journal of Biomedical Informatics 42 (2009).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from monitor.core.claims import Modality
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.features_manner import is_prior
from monitor.core.reading.phrases import Hit
from monitor.core.reading.tenses import Tense
from monitor.core.values import Kind, Period

_REACH_TO_STATE = 18  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """The modality of a candidate and the word that made it so.

    Attributes:
        cue: As it stands in the text; empty where the dates alone decided.
    """

    modality: Modality
    cue: str
    why: str


def modality_of(candidate: Candidate, published: date) -> Manner:
    """Decide the manner; the first rule that applies wins."""
    for rule in _RULES:
        if manner := rule(candidate):
            return manner
    return _by_time(candidate, published)


def says_change(candidate: Candidate) -> bool:
    """Whether the part of the sentence says itself that something moved ("postponed", "raised")."""
    start, end = candidate.sentence.start, candidate.sentence.end
    return candidate.passage.has("modality.changed", start, end)


def is_negated(candidate: Candidate) -> Hit[str] | None:
    """A negation in the candidate's part of the sentence that reaches its value.

    It stands before the value, and neither another value of the kind nor a "but" ends its reach: "will not open this year but
    in autumn 2025".
    """
    passage = candidate.passage
    start, _ = candidate.sentence.clause_at(candidate.start)
    hits = passage.hits_of("modality.negated", start, candidate.start)
    if not hits:
        return None
    cue = hits[-1]
    others = (m for m in passage.mentions if candidate.mention and m.kind is candidate.mention.kind)
    is_ended = any(cue.end <= mention.start and mention.end <= candidate.start for mention in others)
    return None if is_ended or passage.has("reference.contrast", cue.end, candidate.start) else cue


def _cue(name: str, candidate: Candidate, *, whole_sentence: bool = False) -> Hit[str] | None:
    if whole_sentence:
        start, end = candidate.sentence.start, candidate.sentence.end
    else:
        start, end = candidate.sentence.clause_at(candidate.start)
    hits = candidate.passage.hits_of(f"modality.{name}", start, end)
    return hits[0] if hits else None


def _manner(modality: Modality, candidate: Candidate, hit: Hit[str], why: str) -> Manner:
    return Manner(modality=modality, cue=candidate.passage.text.plain[hit.start : hit.end], why=why)


def _asked(candidate: Candidate) -> Manner | None:
    """'Will GTA VI cost 100 dollars?'"""
    if candidate.passage.asks(candidate.sentence):
        return Manner(modality=Modality.ASKED, cue="?", why="the sentence asks")
    return None


def _denied(candidate: Candidate) -> Manner | None:
    """'Rumours that it has slipped to 2026 are wrong'; 'Both are doctored, says Xiaomi' right behind."""
    if hit := _cue("denied", candidate, whole_sentence=True):
        return _manner(Modality.DENIED, candidate, hit, "the sentence calls it wrong")
    following = candidate.sentence.index + 1
    if candidate.passage.has("attribution.rumour", candidate.sentence.start, candidate.sentence.end) and following < len(
        candidate.passage.sentences
    ):
        after = candidate.passage.sentences[following]
        if hits := candidate.passage.hits_of("modality.denied", after.start, after.end):
            return _manner(Modality.DENIED, candidate, hits[0], "the next sentence calls it wrong")
    return None


def _hypothetical(candidate: Candidate) -> Manner | None:
    """'What would happen if production moved to 2025'"""
    if hit := _cue("hypothetical", candidate):
        return _manner(Modality.HYPOTHETICAL, candidate, hit, "it is only supposed")
    return None


def _recalled(candidate: Candidate) -> Manner | None:
    """'originally planned for 2025'; 'from the autumn of this year to 26 May'"""
    if is_prior(candidate):
        return Manner(modality=Modality.RECALLED, cue="", why="a word before makes it the old value")
    if hit := _cue("recalled", candidate):
        return _manner(Modality.RECALLED, candidate, hit, "it is told as how it used to be")
    return None


def _not_yet(candidate: Candidate) -> Manner | None:
    """'to open in 2026', 'towards completion': right before a state, a word says that it is not reached."""
    if candidate.fact.kind is not Kind.STATUS:
        return None
    start = max(candidate.sentence.start, candidate.start - _REACH_TO_STATE)
    hits = [hit for hit in candidate.passage.hits_of("modality.not_yet", start, candidate.end) if hit.start <= candidate.start]
    return _manner(Modality.PLANNED, candidate, hits[-1], "the state is still to come") if hits else None


def _negated_value(candidate: Candidate) -> Manner | None:
    """'has not been approved', 'does not cost 599,000 yuan'"""
    if candidate.fact.kind is not Kind.PERIOD and (hit := is_negated(candidate)):
        return _manner(Modality.DENIED, candidate, hit, "it is negated")
    return None


def _forecast(candidate: Candidate) -> Manner | None:
    """'One analyst sees 400,000 deliveries'"""
    if hit := _cue("forecast", candidate):
        return _manner(Modality.FORECAST, candidate, hit, "somebody without a say looks ahead")
    return None


def _ended(candidate: Candidate) -> Manner | None:
    """'The northern leg was scrapped'; 'put off indefinitely'"""
    if candidate.making is not Making.UNDATED:
        return None
    if hit := _cue("withdrawn", candidate, whole_sentence=True):
        return _manner(Modality.WITHDRAWN, candidate, hit, "the date is taken back without another")
    if hit := _cue("cancelled", candidate):
        return _manner(Modality.CANCELLED, candidate, hit, "the plan is given up")
    if hit := _cue("negated", candidate):
        return _manner(Modality.DENIED, candidate, hit, "it has not happened")
    return None


_RULES: tuple[Callable[[Candidate], Manner | None], ...] = (
    _asked,
    _denied,
    _hypothetical,
    _recalled,
    _forecast,
    _not_yet,
    _negated_value,
    _ended,
)


def _by_time(candidate: Candidate, published: date) -> Manner:
    """A date behind us with an event is an event that happened; one ahead is a plan; between the two the verbs tell."""
    if candidate.fact.kind is not Kind.PERIOD:
        return Manner(modality=Modality.STATED, cue="", why="a plain statement")
    planned, achieved = _cue("planned", candidate), _cue("achieved", candidate)
    tense = candidate.passage.tenses.at(candidate.start)
    period = candidate.value
    if isinstance(period, Period):
        if period.last and period.last < published and (tense is Tense.PAST or not planned):
            return Manner(modality=Modality.ACHIEVED, cue="", why="the date lies behind and no word makes it a plan")
        if period.first is None or period.first > published:
            return Manner(modality=Modality.PLANNED, cue="", why="the date lies ahead")
    if tense is Tense.FUTURE:
        return Manner(modality=Modality.PLANNED, cue="", why="the verb looks ahead")
    if tense is Tense.PAST and achieved:
        return _manner(Modality.ACHIEVED, candidate, achieved, "the verb looks back")
    if planned:
        return _manner(Modality.PLANNED, candidate, planned, "a word of planning")
    if achieved:
        return _manner(Modality.ACHIEVED, candidate, achieved, "a word of achievement")
    if isinstance(period, Period) and period.last and period.last <= published:
        return Manner(modality=Modality.ACHIEVED, cue="", why="the date is here and no word makes it a plan")
    return Manner(modality=Modality.PLANNED, cue="", why="nothing says that it has happened")

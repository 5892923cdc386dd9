"""In what manner a value is said: planned, achieved, denied, supposed, asked, recalled; after the ConText method.

Each rule has a scope (``scopes``): on which side of the value its cues stand, how far they reach, and what ends them. Without a
cue a sentence is a plain statement: too many cues cost more than too few.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from monitor.core.claims import Modality
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.phrases import Hit
from monitor.core.reading.prospects import prospect_of
from monitor.core.reading.scopes import Scope, cue_over, is_value_between
from monitor.core.reading.speakers import outsider_over
from monitor.core.reading.steps import is_old_end
from monitor.core.reading.tenses import Tense
from monitor.core.reading.watchwords import own, wide
from monitor.core.values import Kind, Period

_REACH_TO_PRIOR = 24  # characters
_REACH_BACK = 40  # characters from a value to what takes it back
_CONTRAST = ("reference.contrast",)
_DENIED = Scope(
    label="modality.denied",
    whole_sentence=True,
    ends=("reference.contrast", "modality.upheld"),
    excepted="modality.no_denial",
)
_SUPPOSED = Scope(label="modality.hypothetical", behind=False, ends=_CONTRAST, excepted="modality.no_hypothesis")
_SUPPOSED_BEHIND = Scope(label="modality.hypothetical_behind", before=False, ends=_CONTRAST)
_CONDITIONAL = Scope(label="modality.conditional", ends=_CONTRAST)
_RECALLED = Scope(label="modality.recalled", behind=False, ends=_CONTRAST, ends_at_value=True)
_RECALLED_BEHIND = Scope(
    label="modality.recalled", before=False, ends=("reference.contrast", "modality.prior"), ends_at_value=True
)
_DECIDED = Scope(label="modality.deciding", ends=_CONTRAST)
_NEGATED = Scope(label="modality.negated", behind=False, ends=_CONTRAST, ends_at_value=True, excepted="modality.no_negation")
_NEGATED_BEHIND = Scope(
    label="modality.negated_behind",
    before=False,
    ends=_CONTRAST,
    ends_at_value=True,
    excepted="modality.no_negation",
    farthest=_REACH_BACK,
)


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

    Another value of the kind and a "but" end its reach: "will not open this year but in autumn 2025". Only few words take back
    what stands before them: "the target of 2026 cannot be met".
    """
    if hit := cue_over(candidate, _NEGATED):
        # "Will not open until 2027" tells when it opens.
        return None if candidate.passage.has("modality.until", hit.end, candidate.end) else hit
    return cue_over(candidate, _NEGATED_BEHIND)


def _manner(modality: Modality, candidate: Candidate, hit: Hit[str], why: str) -> Manner:
    return Manner(modality=modality, cue=candidate.passage.text.plain[hit.start : hit.end], why=why)


def _asked(candidate: Candidate) -> Manner | None:
    """'Will GTA VI cost 100 dollars?'"""
    if candidate.passage.asks(candidate.sentence):
        return Manner(modality=Modality.ASKED, cue="?", why="the sentence asks")
    return None


def _denied(candidate: Candidate) -> Manner | None:
    """'Rumours that it has slipped to 2026 are wrong'; 'Both are doctored, says Xiaomi' right behind."""
    if hit := cue_over(candidate, _DENIED):
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
    """'What would happen if production moved to 2025'; an "if" behind the value is a condition of a plan, not of a thought."""
    hit = cue_over(candidate, _SUPPOSED) or cue_over(candidate, _SUPPOSED_BEHIND)
    return _manner(Modality.HYPOTHETICAL, candidate, hit, "it is only supposed") if hit else None


def _conditional(candidate: Candidate) -> Manner | None:
    """'Das Werk würde 2025 öffnen'; but with a source beside it the mood is that of reported speech."""
    hit = cue_over(candidate, _CONDITIONAL)
    return (
        _manner(Modality.HYPOTHETICAL, candidate, hit, "the mood only supposes") if hit and not _is_reported(candidate) else None
    )


def _is_reported(candidate: Candidate) -> bool:
    """'Nun würden eher 20 Milliarden fällig, heißt es im Umfeld'."""
    passage, sentence = candidate.passage, candidate.sentence
    if passage.has("modality.hypothetical", sentence.start, sentence.end):
        return False
    sources = ("attribution.reported", "attribution.rumour", "attribution.official", "reference.speech")
    return any(passage.has(label, sentence.start, sentence.end) for label in sources)


def _recalled(candidate: Candidate) -> Manner | None:
    """'originally planned for 2025'; 'from the autumn of this year to 26 May'; '62 will do where 84 had been planned'"""
    if is_old_end(candidate.passage, candidate.sentence, candidate.start, candidate.mention):
        return Manner(modality=Modality.RECALLED, cue=_word_before(candidate), why="a word before makes it the old value")
    hit = cue_over(candidate, _RECALLED) or _recalled_behind(candidate)
    return _manner(Modality.RECALLED, candidate, hit, "it is told as how it used to be") if hit else None


def _word_before(candidate: Candidate) -> str:
    """The word that makes a value the old one: "from", "instead of"; empty where the grammar of amounts saw it."""
    passage, start = candidate.passage, max(candidate.sentence.start, candidate.start - _REACH_TO_PRIOR)
    hits = [hit for name in ("prior", "origin") for hit in passage.hits_of(f"modality.{name}", start, candidate.start)]
    closest = max(hits, key=lambda hit: hit.end, default=None)
    return passage.text.plain[closest.start : closest.end] if closest else ""


def _recalled_behind(candidate: Candidate) -> Hit[str] | None:
    """A cue behind the value, if no other value stands behind the cue and takes it to itself."""
    hit = cue_over(candidate, _RECALLED_BEHIND)
    if hit is None:
        return None
    _, end = candidate.sentence.clause_at(hit.start)
    return None if is_value_between(candidate, hit.end, end) else hit


def _forecast(candidate: Candidate) -> Manner | None:
    """'One analyst sees 400,000 deliveries'; but not 'EDF told analysts that it sees …'"""
    if hit := outsider_over(candidate):
        return _manner(Modality.FORECAST, candidate, hit, "somebody without a say looks ahead")
    return None


def _decided(candidate: Candidate) -> Manner | None:
    """'The board will decide by June': the date of a decision is no date of what is decided."""
    if candidate.fact.kind is not Kind.PERIOD or (hit := cue_over(candidate, _DECIDED)) is None:
        return None
    labels = (own(candidate.fact.key), wide(candidate.fact.key))
    meant = (
        cue for label in labels for cue in candidate.passage.hits_of(label, candidate.sentence.start, candidate.sentence.end)
    )
    if any(cue.start < hit.end and hit.start < cue.end for cue in meant):
        return None
    return _manner(Modality.HYPOTHETICAL, candidate, hit, "the date is that of a decision or an announcement to come")


def _negated_value(candidate: Candidate) -> Manner | None:
    """'has not been approved', 'does not cost 599,000 yuan', 'will not open in March'.

    A date in force that is ruled out stands for what remains, and is not denied.
    """
    if candidate.making is Making.RULED_OUT or (hit := is_negated(candidate)) is None:
        return None
    if candidate.fact.kind is Kind.PERIOD and not _negates_date(candidate, hit):
        return None
    return _manner(Modality.DENIED, candidate, hit, "it is negated")


def _negates_date(candidate: Candidate, hit: Hit[str]) -> bool:
    """Whether a negation is of a date: 'May is no longer achievable', or close before it with no other verb between.

    Not so is "no one was hurt when it opened in March".
    """
    period = candidate.value
    if candidate.making is not Making.SAID or not isinstance(period, Period) or not period.is_closed:
        return False
    if hit.start >= candidate.end:
        return True
    is_close = hit.end <= candidate.start <= hit.end + _REACH_BACK
    return is_close and not candidate.passage.tenses.between(hit.end, candidate.start)


def _ended(candidate: Candidate) -> Manner | None:
    """'The northern leg was scrapped'; 'put off indefinitely'"""
    if candidate.making is not Making.UNDATED:
        return None
    sentence, clause = (candidate.sentence.start, candidate.sentence.end), candidate.sentence.clause_at(candidate.start)
    for name, modality, (start, end), why in (
        ("withdrawn", Modality.WITHDRAWN, sentence, "the date is taken back without another"),
        ("cancelled", Modality.CANCELLED, clause, "the plan is given up"),
        ("negated", Modality.DENIED, clause, "it has not happened"),
        ("negated_behind", Modality.DENIED, clause, "it will not happen"),
    ):
        if hits := candidate.passage.hits_of(f"modality.{name}", start, end):
            return _manner(modality, candidate, hits[0], why)
    return None


_RULES: tuple[Callable[[Candidate], Manner | None], ...] = (
    _asked,
    _denied,
    _hypothetical,
    _conditional,
    _recalled,
    _forecast,
    _decided,
    _negated_value,
    _ended,
)


def _by_time(candidate: Candidate, published: date) -> Manner:
    """A date behind us with an event is an event that happened; one ahead is a plan; between the two the verbs tell."""
    if candidate.fact.kind is Kind.STATUS and (ahead := prospect_of(candidate, published)):
        cue = candidate.passage.text.plain[ahead.start : ahead.end]
        return Manner(modality=Modality.PLANNED, cue=cue, why=ahead.why)
    if candidate.fact.kind is not Kind.PERIOD:
        return Manner(modality=Modality.STATED, cue="", why="a plain statement")
    start, end = candidate.sentence.clause_at(candidate.start)
    planned = candidate.passage.hits_of("modality.planned", start, end)
    achieved = candidate.passage.hits_of("modality.achieved", start, end)
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
        return _manner(Modality.ACHIEVED, candidate, achieved[0], "the verb looks back")
    if planned:
        return _manner(Modality.PLANNED, candidate, planned[0], "a word of planning")
    if achieved:
        return _manner(Modality.ACHIEVED, candidate, achieved[0], "a word of achievement")
    if isinstance(period, Period) and period.last and period.last <= published:
        return Manner(modality=Modality.ACHIEVED, cue="", why="the date is here and no word makes it a plan")
    return Manner(modality=Modality.PLANNED, cue="", why="nothing says that it has happened")

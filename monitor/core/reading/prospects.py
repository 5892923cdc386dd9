"""Whether a state is told as still to come: by a word beside it, by its verb, or by a date ahead that goes with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.mentions import Mention
from monitor.core.reading.tenses import Tense
from monitor.core.values import Period

_REACH_TO_STATE = 18  # characters
_REACH_OF_VERB = 50  # characters from "will" to the state: "will, after many delays, finally start production"
_REACH_OF_PARTICIPLE = 8  # characters from "be" to the state: "should finally be completed"
_REACH_TO_DATE = 60  # characters
_PREPOSITION = 5  # characters right before a date that belong to it: "à l'été", "bis 2026"


@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """What puts a state into the future.

    Attributes:
        start: Where its words stand in ``passage.text.plain``.
    """

    start: int
    end: int
    why: str


def prospect_of(candidate: Candidate, published: date) -> Prospect | None:
    """What tells that a state is not reached; None where it may have been.

    Args:
        candidate: Of a fact whose values are states.
    """
    return _by_word(candidate) or _by_verb(candidate) or _by_date(candidate, published)


def _by_word(candidate: Candidate) -> Prospect | None:
    """'to open in 2026', '承認される見通し': a word right beside the state."""
    passage, sentence = candidate.passage, candidate.sentence
    start, end = max(sentence.start, candidate.start - _REACH_TO_STATE), min(sentence.end, candidate.end + _REACH_TO_STATE)
    hits = [
        hit
        for hit in passage.hits_of("modality.not_yet", start, candidate.end)
        if hit.start <= candidate.start and not passage.is_part_of(hit, "modality.no_prospect")
    ]
    hits += passage.hits_of("modality.not_yet_behind", candidate.end, end)
    return Prospect(start=hits[-1].start, end=hits[-1].end, why="the state is still to come") if hits else None


def _by_verb(candidate: Candidate) -> Prospect | None:
    """'It will, after many delays, finally start production'; 'should be completed'."""
    tenses = candidate.passage.tenses
    if tenses.cues.verb_is_last:
        return None
    reach = _REACH_OF_PARTICIPLE if _is_past(candidate) else _REACH_OF_VERB
    cue = tenses.governing(max(candidate.sentence.start, candidate.start - reach), candidate.start)
    return Prospect(start=cue.start, end=cue.end, why="the verb of the state looks ahead") if cue else None


def _by_date(candidate: Candidate, published: date) -> Prospect | None:
    """'It opens on 3 August', 'it opens this month'; not 'approved and to be built by 2026', where another verb has the date."""
    if _is_past(candidate) or candidate.passage.tenses.before(candidate.start) is Tense.PAST:
        return None
    is_verb_ahead = candidate.passage.tenses.is_ahead(candidate.start, candidate.end)
    for mention in _dates_beside(candidate):
        if _is_ahead(mention, published) or (is_verb_ahead and _is_running(mention, published)):
            return Prospect(start=mention.start, end=mention.end, why="the date of the state lies ahead")
    return None


def _is_past(candidate: Candidate) -> bool:
    """Whether the words of the state are themselves a verb of the past: "approved"."""
    return any(cue.tense is Tense.PAST for cue in candidate.passage.tenses.between(candidate.start, candidate.end))


def _dates_beside(candidate: Candidate) -> list[Mention]:
    """The dates in the part of the sentence around a state, without another verb between."""
    start, end = candidate.sentence.clause_at(candidate.start)
    dates = [one for one in candidate.passage.mentions_in(candidate.sentence) if start <= one.start < end]
    return [one for one in dates if isinstance(one.value, Period) and _is_beside(candidate, one)]


def _is_beside(candidate: Candidate, date_said: Mention) -> bool:
    if date_said.end <= candidate.start:
        return candidate.start - date_said.end <= _REACH_TO_DATE
    low, high = candidate.end, date_said.start
    if high - low > _REACH_TO_DATE:
        return False
    passage = candidate.passage
    return not passage.has("modality.not_yet", low, high - _PREPOSITION) and not passage.tenses.between(low, high)


def _is_ahead(mention: Mention, published: date) -> bool:
    """Whether a whole period, or the end that a deadline names, lies behind the day of publication."""
    period = mention.value
    if not isinstance(period, Period):
        return False
    return period.first > published if period.first else period.last is not None and period.last > published


def _is_running(mention: Mention, published: date) -> bool:
    """Whether a period of several days is not over: "this month"."""
    period = mention.value
    if not isinstance(period, Period) or period.first is None or period.last is None:
        return False
    return period.first < period.last and published < period.last

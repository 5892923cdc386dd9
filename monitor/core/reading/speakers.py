"""Who is heard in a sentence: outsiders that look ahead, outlets that report, and whom somebody merely speaks to."""

from __future__ import annotations

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.passages import Passage
from monitor.core.reading.phrases import Hit
from monitor.core.reading.scopes import Scope, cue_over
from monitor.core.reading.sentences import Sentence

_BESIDE = 18  # characters between a speaker and the verb: "analysts at Citi expect"
_TO_HEARER = 22  # from "told" to "analysts": "told a conference of analysts"
_OUTSIDER = Scope(
    label="modality.forecast",
    ends=("reference.contrast", "modality.prior"),
    excepted="modality.no_forecast",
)


def outsider_over(candidate: Candidate) -> Hit[str] | None:
    """The outsider whose view a candidate is.

    Before the value any mention of one in the same part will do ("one analyst sees 400,000 deliveries"); anywhere else it has to
    be who speaks ("…, analysts say"). Whom the subject speaks to is none ("EDF told analysts").
    """
    passage, sentence = candidate.passage, candidate.sentence
    if not passage.has(_OUTSIDER.label, sentence.start, sentence.end):
        return None
    near = cue_over(candidate, _OUTSIDER)
    if near and not is_hearer(passage, sentence, near) and (near.end <= candidate.start or is_speaker(passage, sentence, near)):
        return near
    for hit in passage.hits_of(_OUTSIDER.label, candidate.end, sentence.end):
        is_cut = any(passage.has(label, candidate.end, hit.start) for label in _OUTSIDER.ends)
        if is_cut or is_hearer(passage, sentence, hit) or passage.is_part_of(hit, _OUTSIDER.excepted):
            continue
        if is_speaker(passage, sentence, hit):
            return hit
    return None


def reporting_outlet(passage: Passage, sentence: Sentence) -> Hit[str] | None:
    """The outlet that a sentence cites: 'Nikkei reported', but not 'told Reuters'."""
    for hit in passage.hits_of("attribution.outlet", sentence.start, sentence.end):
        if is_speaker(passage, sentence, hit) and not is_hearer(passage, sentence, hit):
            return hit
    return None


def is_speaker(passage: Passage, sentence: Sentence, who: Hit[str]) -> bool:
    """Whether a word of saying or thinking stands beside somebody."""
    start, end = max(sentence.start, who.start - _BESIDE), min(sentence.end, who.end + _BESIDE)
    return passage.has("attribution.opining", start, end)


def is_hearer(passage: Passage, sentence: Sentence, who: Hit[str]) -> bool:
    """Whether somebody is spoken to, or surprised, rather than heard: 'told investors', 'in a call with analysts'."""
    for hit in passage.hits_of("attribution.hearing", max(sentence.start, who.start - _TO_HEARER), who.start):
        is_said = passage.has("attribution.opining", hit.end, who.start) or _covers(passage, "attribution.opining", hit)
        if (
            not is_said
            and not sentence.parts_between(hit.end, who.start)
            and not _has_value(passage, sentence, hit.end, who.start)
        ):
            return True
    return passage.has("attribution.hearing_behind", who.end, who.end + 2)


def _covers(passage: Passage, label: str, hit: Hit[str]) -> bool:
    """Whether a longer phrase of a label has the words: the "to" of "according to"."""
    longer = passage.hits_of(label, hit.start - _BESIDE, hit.start)
    return any(other.end >= hit.end for other in longer)


def _has_value(passage: Passage, sentence: Sentence, start: int, end: int) -> bool:
    return any(start <= mention.start < end for mention in passage.mentions_in(sentence))

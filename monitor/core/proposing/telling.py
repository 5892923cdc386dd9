"""Telling: whether a document tells a value as one that holds, and how firmly."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.claims import Certainty, Modality
from monitor.core.facts import Fact
from monitor.core.proposing.surveying import Spot
from monitor.core.reading.attribution import attribution_of
from monitor.core.reading.candidates import Candidate
from monitor.core.reading.mentions import Mention
from monitor.core.reading.modality import modality_of
from monitor.core.reading.phrases import Hit
from monitor.core.values import Known, Standing, Value

_WHY_NOT = {
    Modality.DENIED: "denied",
    Modality.HYPOTHETICAL: "only supposed",
    Modality.ASKED: "asked",
    Modality.RECALLED: "how it used to be",
    Modality.FORECAST: "the forecast of somebody without a say",
    Modality.WITHDRAWN: "taken back",
}
_STANDINGS = {Modality.ACHIEVED: Standing.DONE, Modality.CANCELLED: Standing.CANCELLED}


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """How a value is told.

    Attributes:
        why_not: Why it is no value to begin with; empty where it is one.
    """

    value: Value
    modality: Modality
    certainty: Certainty
    why_not: str

    def known(self, value: Value | None = None) -> Known:
        """What is to be known then, of this value or of one end of it."""
        return Known(value=value or self.value, standing=_STANDINGS.get(self.modality, Standing.EXPECTED))


def telling_of(spot: Spot, fact: Fact, value: Value, words: Mention | Hit[str]) -> Telling:
    """Judge a value as the claims of a watch are judged.

    Args:
        fact: What it is said of.
        words: The expression of the value, or the phrase of a state.
    """
    mention = words if isinstance(words, Mention) else None
    candidate = Candidate(
        fact=fact,
        passage=spot.passage,
        sentence=spot.sentence,
        value=value,
        start=words.start,
        end=words.end,
        mention=mention,
    )
    modality = modality_of(candidate, spot.survey.item.published.date()).modality
    certainty = attribution_of(candidate, lead=None, cap=Certainty.OFFICIAL).certainty
    why_not = _WHY_NOT.get(modality, "a rumour" if certainty is Certainty.RUMOUR else "")
    return Telling(value=value, modality=modality, certainty=certainty, why_not=why_not)

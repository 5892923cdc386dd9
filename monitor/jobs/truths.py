"""Truths: which of an item's candidates are what its labels mean, for learning."""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.facts import Fact
from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.units import Units
from monitor.core.values import Period
from monitor.jobs.cases import Label, LabelledItem, is_value_of, meant_by

_UNCOUNTED = frozenset({"denied_change"})
_AS_CLOSE, _CLOSE = 0.7, 0.3  # of the closest candidate's closeness
_HALF_AS_CLOSE = 10  # days from the label's open period to the candidate's


def truths_of(candidates: Sequence[Candidate], case: LabelledItem, units: Units) -> list[bool | None]:
    """Whether each candidate is said of its fact; None where the labels leave it open, and for events without a date.

    Scoring is patient with dates and takes what is weeks away. Learning is not: where one date of the item is the labelled one,
    the day on which it was announced is none, and one that covers a good part of it is left open.
    """
    truths = [_truth(one, case, units) for one in candidates]
    best: dict[str, float] = {}
    closeness = [_closeness(one, case, units) if truth else 0.0 for one, truth in zip(candidates, truths, strict=True)]
    for one, close in zip(candidates, closeness, strict=True):
        best[one.fact.key] = max(close, best.get(one.fact.key, 0.0))
    for number, (one, close) in enumerate(zip(candidates, closeness, strict=True)):
        if truths[number] and close < _AS_CLOSE * best[one.fact.key]:
            truths[number] = None if close >= _CLOSE * best[one.fact.key] else False
    return truths


def _truth(candidate: Candidate, case: LabelledItem, units: Units) -> bool | None:
    labels = _labels_of(candidate.fact, case)
    if candidate.making is Making.UNDATED or any(label.verdict in _UNCOUNTED for label in labels):
        return None
    value = candidate.value
    is_link = value is not None and any(is_value_of(value, label, candidate.fact, units) for label in labels)
    if not is_link and candidate.fact.key in case.lenient:
        return None
    return is_link


def _labels_of(fact: Fact, case: LabelledItem) -> list[Label]:
    return [label for label in case.labels if label.fact == fact.key]


def _closeness(candidate: Candidate, case: LabelledItem, units: Units) -> float:
    """How much of the labelled period a candidate's is, from 0 to 1; values of other kinds are the label's or not."""
    said = candidate.value
    if not isinstance(said, Period):
        return 1.0
    meant = (meant_by(label, candidate.fact, units) for label in _labels_of(candidate.fact, case))
    return max((_shared(said, value) for value in meant if isinstance(value, Period)), default=0.0)


def _shared(one: Period, other: Period) -> float:
    if one.first and one.last and other.first and other.last:
        days = (min(one.last, other.last) - max(one.first, other.first)).days + 1
        return max(0, days) / ((max(one.last, other.last) - min(one.first, other.first)).days + 1)
    ends = [abs((a - b).days) for a, b in ((one.first, other.first), (one.last, other.last)) if a and b]
    return _HALF_AS_CLOSE / (_HALF_AS_CLOSE + min(ends)) if ends else 0.0

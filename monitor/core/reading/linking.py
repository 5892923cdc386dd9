"""Linking: the learned sums that say whether a candidate is said of its fact.

Each candidate is weighed by itself (``features``), and then by how it stands among the others of its item (``standings``). The
features are named, the weights come from labelled items (``make train``) and stand in a data file.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from monitor.core.reading.candidates import Candidate, Making
from monitor.core.reading.features_manner import ONLY_MOVER
from monitor.core.reading.standings import BY_ITSELF, compare, log_odds, probability_of
from monitor.core.values import Kind

SHOWN_REASONS = 6
_TOLD_EVENT = 0.75  # about how often an event that is told without a date in headline or lead had come about
_UNTOLD_EVENT = 0.1
_GROUNDLESS_THRESHOLD = 0.6  # at which such links on watches that were left out are right seven times in ten
_GROUNDS = ("value in force stands beside", "words of the fact's title", ONLY_MOVER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights of one family of candidates.

    Attributes:
        weights: By feature name; a name that is not there weighs nothing.
        standings: By name of how a candidate stands among the others; its sum decides.
        threshold: Least probability at which a link is believed.
    """

    weights: Mapping[str, float]
    standings: Mapping[str, float]
    threshold: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A candidate with its probability and what that is made of.

    Attributes:
        parts: The weighted features, heaviest first; their sum is the logarithm of the odds.
    """

    candidate: Candidate
    probability: float
    is_believed: bool
    parts: tuple[tuple[str, float], ...]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The heaviest parts, in words."""
        return tuple(f"{name} ({weight:+.1f})" for name, weight in self.parts[:SHOWN_REASONS] if name != "bias")


def family_of(candidate: Candidate) -> str:
    """Which model judges a candidate: dates, amounts, shares and statuses have their own; undated events are judged by rule."""
    match candidate.fact.kind:
        case Kind.PERIOD:
            return "period"
        case Kind.STATUS:
            return "status"
        case Kind.SHARE:
            return "share"
        case Kind.QUANTITY | Kind.MONEY:
            return "amount"


def build_models(table: Mapping[str, Any]) -> Mapping[str, Model]:
    """Models by family, from the data file."""
    return {
        family: Model(weights=dict(entry["weights"]), standings=dict(entry["standings"]), threshold=float(entry["threshold"]))
        for family, entry in table.items()
    }


def is_groundless(features: Mapping[str, float]) -> bool:
    """Whether nothing ties the candidate to its fact but likelihood, of which it then needs more.

    No word of the fact stands anywhere in the item, the value in force not beside it, and there are other facts that the move
    could be of.
    """
    return "no cue" in features and not any(features.get(name) for name in _GROUNDS)


def is_told_event(features: Mapping[str, float]) -> bool:
    """Whether an event without a date is told as come about or given up: of the subject, in the headline or the lead.

    A rule, because such events are too few to learn from.
    """
    is_early = "in the headline" in features or "in the lead" in features
    is_told = any(f"{manner} in the clause" in features for manner in ("achieved", "cancelled", "withdrawn"))
    return is_early and is_told and "subject named in the sentence" in features


def odds_of(features: Mapping[str, float], weights: Mapping[str, float]) -> float:
    """The logarithm of the odds that weighted features add up to."""
    return sum(weights[name] * value for name, value in features.items() if name in weights)


def link_all(
    candidates: Sequence[Candidate], features: Sequence[Mapping[str, float]], models: Mapping[str, Model]
) -> tuple[Link, ...]:
    """Weigh all candidates of an item: each by itself, then each beside the others.

    Args:
        features: Of each candidate, by name.
    """
    odds = [first_odds(one, found, models) for one, found in zip(candidates, features, strict=True)]
    return tuple(
        _link_event(one, found) if one.making is Making.UNDATED else _link(one, found, standing, models[family_of(one)])
        for one, found, standing in zip(candidates, features, compare(candidates, odds), strict=True)
    )


def first_odds(candidate: Candidate, features: Mapping[str, float], models: Mapping[str, Model]) -> float:
    """The odds of a candidate by itself, as the logarithm."""
    if candidate.making is Making.UNDATED:
        return log_odds(_TOLD_EVENT if is_told_event(features) else _UNTOLD_EVENT)
    return odds_of(features, models[family_of(candidate)].weights)


def _link_event(candidate: Candidate, features: Mapping[str, float]) -> Link:
    is_told = is_told_event(features)
    why = (
        "told of the subject as done or given up, in headline or lead"
        if is_told
        else "not told of the subject as done or given up in headline or lead"
    )
    probability = _TOLD_EVENT if is_told else _UNTOLD_EVENT
    return Link(candidate=candidate, probability=probability, is_believed=is_told, parts=((why, log_odds(probability)),))


def _link(candidate: Candidate, features: Mapping[str, float], standing: Mapping[str, float], model: Model) -> Link:
    """The parts of the first sum keep the share that it has in the second, so that all parts add up to the odds."""
    share = model.standings.get(BY_ITSELF, 0.0)
    parts = [(name, share * model.weights[name] * value) for name, value in features.items() if name in model.weights]
    parts += [
        (name, model.standings[name] * value) for name, value in standing.items() if name in model.standings and name != BY_ITSELF
    ]
    probability = probability_of(sum(weight for _, weight in parts))
    return Link(
        candidate=candidate,
        probability=probability,
        is_believed=probability >= (_GROUNDLESS_THRESHOLD if is_groundless(features) else model.threshold),
        parts=tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))),
    )

"""Linking: the learned sum that says whether a candidate is said of its fact.

The features are named (``features``), the weights come from labelled items (``make train``) and stand in a data file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp
from typing import Any

from monitor.core.reading.candidates import Candidate, Making
from monitor.core.values import Kind

SHOWN_REASONS = 6
_FAR = 30.0  # beyond this the probability is 0 or 1 to all the digits that there are


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """The weights of one family of candidates.

    Attributes:
        weights: By feature name; a name that is not there weighs nothing.
        threshold: Least probability at which a link is believed.
    """

    weights: Mapping[str, float]
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
    """Which model judges a candidate: dates, undated events, amounts and statuses have their own."""
    if candidate.making is Making.UNDATED:
        return "event"
    match candidate.fact.kind:
        case Kind.PERIOD:
            return "period"
        case Kind.STATUS:
            return "status"
        case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
            return "amount"


def probability_of(odds: float) -> float:
    """The probability of a logarithm of odds."""
    return 1 / (1 + exp(-max(-_FAR, min(_FAR, odds))))


def build_models(table: Mapping[str, Any]) -> Mapping[str, Model]:
    """Models by family, from the data file."""
    return {family: Model(weights=dict(entry["weights"]), threshold=float(entry["threshold"])) for family, entry in table.items()}


def is_groundless(features: Mapping[str, float]) -> bool:
    """Whether nothing ties the candidate to its fact but likelihood.

    No word of the fact stands anywhere in the item, and the value in force not beside it: an alert could not be explained.
    """
    return "no cue" in features and "value in force stands beside" not in features


def link(candidate: Candidate, features: Mapping[str, float], models: Mapping[str, Model]) -> Link:
    """Weigh a candidate."""
    model = models[family_of(candidate)]
    parts = [(name, model.weights[name] * value) for name, value in features.items() if name in model.weights]
    probability = probability_of(sum(weight for _, weight in parts))
    return Link(
        candidate=candidate,
        probability=probability,
        is_believed=probability >= model.threshold and not is_groundless(features),
        parts=tuple(sorted(parts, key=lambda part: (-abs(part[1]), part[0]))),
    )

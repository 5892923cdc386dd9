"""Features: what speaks for and against a candidate being said of its fact, each with a name that a person can read.

A feature is a number, mostly 0 or 1. None of them decides anything; their weights are learned (``linking``).
"""

from __future__ import annotations

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.features_cues import cues, rivals, years
from monitor.core.reading.features_manner import manner, place
from monitor.core.reading.features_subject import subject
from monitor.core.reading.features_worth import company, neighbours, worth
from monitor.core.reading.scenes import Scene

_PARTS = (cues, years, rivals, subject, place, manner, neighbours, company, worth)


def describe(candidate: Candidate, scene: Scene) -> dict[str, float]:
    """The features of a candidate that are not 0, by name."""
    found: dict[str, float] = {"bias": 1.0}
    for part in _PARTS:
        found.update(part(candidate, scene))
    return found

"""Features: what speaks for and against a candidate being said of its fact, each with a name that a person can read.

A feature is a number, mostly 0 or 1. None of them decides anything; their weights are learned (``linking``).
"""

from __future__ import annotations

from collections.abc import Sequence

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.features_cues import cues, rivals, years
from monitor.core.reading.features_manner import bare_move, manner, place, side
from monitor.core.reading.features_subject import subject
from monitor.core.reading.features_worth import company, neighbours, worth
from monitor.core.reading.scenes import Scene

_OF_THE_PLACE = (subject, place, manner)
_OF_THE_FACT = (cues, years, rivals, side, bare_move, neighbours, company, worth)


def describe_all(candidates: Sequence[Candidate], scene: Scene) -> list[dict[str, float]]:
    """The features of each candidate that are not 0, by name.

    What depends on the place alone is looked at once for all the facts that might have the value there.
    """
    places: dict[tuple[object, ...], dict[str, float]] = {}
    described = []
    for one in candidates:
        where = (one.passage.is_title, one.start, one.end, one.making, one.mention is None)
        if where not in places:
            places[where] = {name: value for part in _OF_THE_PLACE for name, value in part(one, scene)}
        found = {"bias": 1.0, **places[where]}
        for part in _OF_THE_FACT:
            found.update(part(one, scene))
        described.append(found)
    return described

"""Counting: what was published, held against what came, with the kills beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from tests.bench.soak.inboxes import Arrival

WINDOW = timedelta(seconds=20)
"""The longest that a message may have been on its way when the sender was killed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """The outcome of a soak.

    Attributes:
        lost: Keys of changes that never came.
        doubled_by_kill: Keys that came again after a kill between sending and settling; what at-least-once permits.
        doubled: Keys that came again without one, each with the seconds from the first arrival to the kills and to the next one.
        unknown: Keys of changes that nobody published.
        out_of_order: Keys that came for the first time after a later change of the same fact.
        delays: Seconds from publication to first arrival, rising.
    """

    published: int
    told: int
    lost: Sequence[str]
    doubled_by_kill: Sequence[str]
    doubled: Sequence[str]
    unknown: Sequence[str]
    out_of_order: Sequence[str]
    delays: Sequence[float]

    @property
    def is_clean(self) -> bool:
        """Whether every promise was kept."""
        return not (self.lost or self.doubled or self.unknown or self.out_of_order)


def count(published: Mapping[str, datetime], arrivals: Iterable[Arrival], kills: Collection[datetime]) -> Tally:
    """Hold what came against what was published."""
    came: defaultdict[str, list[datetime]] = defaultdict(list)
    for arrival in arrivals:
        if "#" in arrival.key:
            came[arrival.key].append(arrival.at)
    again = [key for key, times in came.items() if len(times) > 1]
    excused = [key for key in again if _is_excused(came[key], kills)]
    return Tally(
        published=len(published),
        told=len(came.keys() & published.keys()),
        lost=sorted(published.keys() - came.keys()),
        doubled_by_kill=excused,
        doubled=sorted(_course(key, came[key], kills) for key in set(again) - set(excused)),
        unknown=sorted(came.keys() - published.keys()),
        out_of_order=list(_out_of_order(came)),
        delays=sorted((times[0] - published[key]).total_seconds() for key, times in came.items() if key in published),
    )


def _is_excused(times: Sequence[datetime], kills: Collection[datetime]) -> bool:
    """Whether a kill lies between each arrival and the next, soon after the first of the two."""
    return all(any(one <= kill < other and kill - one < WINDOW for kill in kills) for one, other in pairwise(times))


def _course(key: str, times: Sequence[datetime], kills: Collection[datetime]) -> str:
    """When a message came again, and when the program was killed since: "a-bridge/opening#25 (+31 s; killed +24 s)"."""
    first, *later = times
    came = ", ".join(f"+{(other - first).total_seconds():.0f} s" for other in later)
    killed = ", ".join(f"+{(kill - first).total_seconds():.0f} s" for kill in sorted(kills) if first <= kill <= times[-1])
    return f"{key} ({came}; killed {killed or 'never'})"


def _out_of_order(came: Mapping[str, Sequence[datetime]]) -> Iterable[str]:
    """Changes that came after a later one of their fact; ``came`` is in the order of first arrivals."""
    newest: dict[str, int] = {}
    for key in came:
        fact, _, number = key.partition("#")
        if int(number) < newest.get(fact, 0):
            yield key
        newest[fact] = max(newest.get(fact, 0), int(number))

"""Meters: what this process has done since it began, counted where it is done; read out by ``web.metrics``."""

from __future__ import annotations

from collections.abc import Iterator

from prometheus_client import Counter, Histogram
from prometheus_client.registry import Collector

_FETCHING = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0, 60.0)
_READING = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1.0, 5.0)


class Meters:
    """One set a process. Labels take few values: a watch, a destination, an outcome; never a feed or an item.

    Attributes:
        polls: By ``outcome``: news, unchanged, failed, ended.
        fetching: From the request to what was parsed, failed visits too.
        items: New ones, and versions of known ones.
        claims: By ``watch``.
        reading: Of one item for one watch.
        mistakes: Items that the reader tripped over.
        deliveries: By ``destination`` and ``outcome``: sent, failed, given_up.
    """

    def __init__(self) -> None:
        """Begin at nothing; the outcomes that may be looked for are there at once, so that their first step shows."""
        self.polls = _counter("polls", "Visits to feeds and pages that ended.", "outcome")
        self.fetching = _histogram("fetch_duration_seconds", "Time to ask for and parse a feed.", _FETCHING)
        self.items = _counter("items", "Items that are new or were edited.")
        self.claims = _counter("claims", "Claims that were read in items.", "watch")
        self.reading = _histogram("reading_duration_seconds", "Time to read one item for one watch.", _READING)
        self.mistakes = _counter("reading_mistakes", "Items that could not be read by a mistake of the program.")
        self.deliveries = _counter("deliveries", "Tries to send a message that ended.", "destination", "outcome")
        for outcome in ("news", "unchanged", "failed", "ended"):
            self.polls.labels(outcome)

    def __iter__(self) -> Iterator[Collector]:
        """All of them."""
        return iter(vars(self).values())


def _counter(name: str, words: str, *labels: str) -> Counter:
    return Counter(f"factwatch_{name}", words, labels, registry=None)


def _histogram(name: str, words: str, buckets: tuple[float, ...]) -> Histogram:
    return Histogram(f"factwatch_{name}", words, buckets=buckets, registry=None)

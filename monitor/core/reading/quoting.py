"""Quoting: where words that somebody says stand in an item do stand in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from monitor.core.reading.candidates import Candidate
from monitor.core.reading.passages import Passage
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.texts import normalise


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A stretch of a passage, in offsets of ``text.plain``."""

    passage: Passage
    start: int
    end: int

    def shared_with(self, candidate: Candidate) -> int:
        """How many characters of a candidate's words lie in it; a candidate without words counts as one where it lies in it."""
        if candidate.passage is not self.passage:
            return 0
        if candidate.start == candidate.end:
            return int(self.start <= candidate.start < self.end)
        return max(0, min(candidate.end, self.end) - max(candidate.start, self.start))

    def has(self, label: str) -> bool:
        """Whether a hit of a label begins in it."""
        return self.passage.has(label, self.start, self.end)

    def sentence(self) -> Sentence | None:
        """The sentence in which it begins; None in what is no sentence, such as a byline."""
        return next((one for one in self.passage.sentences if one.start <= self.start < one.end), None)

    def whole(self) -> Place:
        """The sentences that it touches."""
        touched = [one for one in self.passage.sentences if one.start < self.end and self.start < one.end]
        return Place(passage=self.passage, start=touched[0].start, end=touched[-1].end) if touched else self


def find_quotes(words: str, passages: Iterable[Passage]) -> tuple[Place, ...]:
    """Where words stand, whatever their case and white space; typographic signs are plain on both sides."""
    wholes = (Place(passage=passage, start=0, end=len(passage.text.lower)) for passage in passages)
    return tuple(place for whole in wholes for place in _found(words, whole))


def find_within(words: str, quotes: Iterable[Place]) -> tuple[Place, ...]:
    """Where words stand in quotes."""
    return tuple(place for quote in quotes for place in _found(words, quote))


def _found(words: str, place: Place) -> Iterator[Place]:
    tokens = normalise(words).lower.split()
    if not tokens:
        return
    lower = place.passage.text.lower
    for hit in re.compile(r"\s+".join(map(re.escape, tokens))).finditer(lower, place.start, place.end):
        if not _cuts_number(lower, hit.start(), hit.end()):
            yield Place(passage=place.passage, start=hit.start(), end=hit.end())


def _cuts_number(lower: str, start: int, end: int) -> bool:
    """Whether words would begin or end in the middle of a number: "2 million" in "12 million"."""
    return any(0 < edge < len(lower) and lower[edge - 1].isdigit() and lower[edge].isdigit() for edge in (start, end))

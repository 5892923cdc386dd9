"""A passage: one text (headline or body) with everything that was found in it."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from monitor.core.reading.mentions import Mention
from monitor.core.reading.names import Name
from monitor.core.reading.phrases import Hit
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.tenses import Tenses
from monitor.core.reading.texts import Text

MOST_VALUES = 16
_LONGEST_EXCEPTION = 40  # characters


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A text and its findings; all offsets are those of ``text.plain``.

    Attributes:
        mentions: Typed values, by offset.
        hits: By label, each by offset.
        names: For each sentence, in the order of ``sentences``.
        tenses: Where the verbs look, at any place.
        dates_come_first: As in ``Lexicon``.
    """

    text: Text
    is_title: bool
    sentences: tuple[Sentence, ...]
    mentions: tuple[Mention, ...]
    hits: Mapping[str, tuple[Hit[str], ...]]
    names: tuple[tuple[Name, ...], ...]
    tenses: Tenses
    dates_come_first: bool = False
    _starts: Mapping[str, list[int]] = field(init=False, repr=False, compare=False)
    _mention_starts: list[int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        starts = {label: [hit.start for hit in hits] for label, hits in self.hits.items()}
        object.__setattr__(self, "_starts", starts)
        object.__setattr__(self, "_mention_starts", [mention.start for mention in self.mentions])

    def hits_of(self, label: str, start: int, end: int) -> list[Hit[str]]:
        """Hits of one label that begin in a stretch of the text."""
        starts = self._starts.get(label)
        return list(self.hits[label][bisect_left(starts, start) : bisect_left(starts, end)]) if starts else []

    def has(self, label: str, start: int, end: int) -> bool:
        """Whether a hit of the label begins in the stretch."""
        starts = self._starts.get(label)
        return starts is not None and bisect_left(starts, start) < bisect_left(starts, end)

    def is_part_of(self, hit: Hit[str], label: str) -> bool:
        """Whether a hit is only part of a longer phrase, that of another label, which means something else."""
        longer = self.hits_of(label, hit.start - _LONGEST_EXCEPTION, hit.end)
        return any(other.start < hit.end and hit.start < other.end for other in longer)

    def mentions_in(self, sentence: Sentence) -> list[Mention]:
        """The values of one sentence; of a long row of values, which is a table and no sentence, only the first."""
        first = bisect_left(self._mention_starts, sentence.start)
        after = bisect_left(self._mention_starts, sentence.end)
        return list(self.mentions[first : min(after, first + MOST_VALUES)])

    def asks(self, sentence: Sentence) -> bool:
        """Whether a sentence is a question, by its mark or by its last word (吗, 呢)."""
        end = self.text.plain[sentence.start : sentence.end].rstrip("\"')」。").rstrip()
        last = self.hits_of("modality.asked", sentence.end - 4, sentence.end)
        return end.endswith("?") or bool(last)

    def quote(self, sentence: Sentence) -> tuple[str, int]:
        """The sentence as published, and the offset in the source at which it starts."""
        start, end = self.text.to_source(sentence.start, sentence.end)
        return self.text.source[start:end], start


def by_label(hits: Iterable[Hit[str]]) -> Mapping[str, tuple[Hit[str], ...]]:
    """Sort hits into their labels."""
    table: dict[str, list[Hit[str]]] = defaultdict(list)
    for hit in hits:
        table[hit.label].append(hit)
    return {label: tuple(sorted(found, key=lambda hit: hit.start)) for label, found in table.items()}


def distance(left: tuple[int, int], right: tuple[int, int]) -> int:
    """Characters between two stretches; 0 where they touch or overlap."""
    return max(0, max(left[0], right[0]) - min(left[1], right[1]))


def nearest(hits: Sequence[Hit[str]], start: int, end: int) -> Hit[str] | None:
    """The hit that stands closest to a stretch."""
    return min(hits, key=lambda hit: distance((hit.start, hit.end), (start, end)), default=None)

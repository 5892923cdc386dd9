"""Finding many labelled phrases in a text at once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Generic, NamedTuple, TypeVar

from ahocorasick_rs import AhoCorasick

from monitor.core.reading.phrase_matching import Region, match_around, region_of
from monitor.core.reading.phrase_words import NO_IRREGULAR, Irregular, Phrase, parse_phrase
from monitor.core.reading.texts import Text

Label = TypeVar("Label", bound=Hashable)
Entry = tuple[Label, str, str]
"""A label, a phrase and its language (ISO 639-1, or empty where nobody named it)."""
Labelled = tuple[Label, Phrase, bool]
"""A label, a phrase, and whether it blanks out hits of its label instead of being one."""

_LONGEST_PHRASE: Final = 200  # characters
_ASSUMED: Final = "en"  # the language whose forms a phrase of no named language has anyway


@dataclass(frozen=True, slots=True)
class Hit(Generic[Label]):
    """A place where a phrase stands.

    Attributes:
        start: Offset in ``Text.plain``.
        end: Exclusive; in a compound only the part that is the phrase's word.
        phrase: As the rule or the lexicon spells it, not as the text does.
    """

    label: Label
    start: int
    end: int
    phrase: str


class _Sought(NamedTuple, Generic[Label]):
    """A phrase of an index: what must hold before it is worth trying, and what it means."""

    phrase: Phrase
    begins_at_edge: bool
    companion: tuple[str, ...]
    labels: tuple[tuple[Label, bool], ...]


class _Index(Generic[Label]):
    """The phrases that may stand in texts of one language, by the stems of their anchors, in one automaton."""

    __slots__ = ("_automaton", "_candidates")

    def __init__(self, labelled: Iterable[Labelled[Label]]) -> None:
        """Sort phrases by the stems of their anchors."""
        meant: dict[Phrase, list[tuple[Label, bool]]] = {}
        for label, phrase, is_blank in labelled:
            meant.setdefault(phrase, []).append((label, is_blank))
        stems: dict[str, list[_Sought[Label]]] = {}
        for phrase, labels in meant.items():
            anchor = phrase.words[phrase.anchor]
            entry = _Sought(phrase, anchor.begins_at_edge, phrase.companion, tuple(labels))
            for stem in dict.fromkeys(form.stem for form in anchor.forms):
                stems.setdefault(stem, []).append(entry)
        self._candidates = tuple(tuple(entries) for entries in stems.values())
        self._automaton = AhoCorasick(list(stems)) if stems else None

    def find(self, region: Region) -> Iterator[tuple[Phrase, tuple[int, int], tuple[tuple[Label, bool], ...]]]:
        """Each phrase that stands in a region with its start and end there, and what it means."""
        if self._automaton is None:
            return
        for index, at, _ in self._automaton.find_matches_as_indexes(region.folded, overlapping=True):
            is_edge = at in region.edges
            for phrase, begins_at_edge, companion, labels in self._candidates[index]:
                if begins_at_edge and not is_edge:
                    continue
                if companion and not any(stem in region.folded for stem in companion):
                    continue
                span = match_around(region, phrase, at)
                if span is not None:
                    yield phrase, span, labels


class PhraseBook(Generic[Label]):
    """Many phrases, each under a label, taken apart and put into an automaton for each language that is asked for.

    Built by ``compile_phrases``; holds no state of a search.
    """

    __slots__ = ("_are_whole", "_blanks", "_entries", "_guests", "_indexes", "_irregular", "_rivals")

    def __init__(
        self,
        entries: Iterable[Entry[Label]],
        *,
        blanks: Iterable[Entry[Label]],
        guests: Iterable[tuple[Label, str]],
        irregular: Irregular,
        are_whole: bool,
        rivals: Mapping[Label, Hashable],
    ) -> None:
        """Keep phrases for the languages that texts turn out to be in.

        Args:
            entries: As for ``compile_phrases``, and so are the others.
        """
        self._entries = tuple(dict.fromkeys(entries))
        self._blanks = tuple(dict.fromkeys(blanks))
        self._guests = tuple(dict.fromkeys(guests))
        self._irregular = irregular
        self._are_whole = are_whole
        self._rivals = rivals
        self._indexes: dict[str, _Index[Label]] = {}

    def find(self, text: Text, start: int = 0, end: int | None = None, *, language: str = "") -> list[Hit[Label]]:
        """All places of all phrases in a stretch of a text, in the order of the text.

        A hit inside a longer hit of the same label is left out, and so is one that shares words with a phrase given as
        ``without``, unless it is the longer one ("trial production" blanks out "production began").

        Args:
            language: Of the text, where it is known: words of other languages that are spelled alike are then left out (French
                "première" is no English "premiere", Japanese 承認 no Chinese 承认), but not those of no named language.
        """
        if not self._entries:
            return []
        stop = len(text.plain) if end is None else end
        region = region_of(text.lower[start:stop], text.plain[start:stop])
        hits: dict[Hit[Label], bool] = {}
        for phrase, span, labels in self._index(language).find(region):
            for label, is_blank in labels:
                hits[Hit(label, start + span[0], start + span[1], phrase.text)] = is_blank
        return list(_without_rivals(_outermost(hits), self._rivals)) if self._rivals else _outermost(hits)

    def _index(self, language: str) -> _Index[Label]:
        index = self._indexes.get(language)
        if index is None:
            index = self._indexes[language] = _Index(self._in_language(language))
        return index

    def _in_language(self, language: str) -> Iterator[Labelled[Label]]:
        """The phrases that may stand in a text of a language."""
        for is_blank, group in ((False, self._entries), (True, self._blanks)):
            for label, phrase, spoken in group:
                if not language or spoken in ("", language):
                    yield from self._labelled(label, phrase, spoken, is_blank=is_blank)
        if language not in ("", _ASSUMED):
            for label, phrase in self._guests:
                yield from self._labelled(label, phrase, language, is_blank=False)

    def _labelled(self, label: Label, phrase: str, language: str, *, is_blank: bool) -> Iterator[Labelled[Label]]:
        parsed = parse_phrase(phrase, language, self._irregular, self._are_whole)
        if parsed is not None:
            yield label, parsed, is_blank


def compile_phrases(
    entries: Iterable[Entry[Label]],
    *,
    without: Iterable[Entry[Label]] = (),
    guests: Iterable[tuple[Label, str]] = (),
    irregular: Irregular = NO_IRREGULAR,
    are_whole: bool = False,
    rivals: Mapping[Label, Hashable] = MappingProxyType({}),
) -> PhraseBook[Label]:
    """Make a searchable book of phrases.

    Args:
        entries: In a phrase "…" stands for up to four words or eight Chinese characters, and a last "*" on a word for any ending.
        without: Phrases that blank out the hits of their label that share words with them ("launch pad" is no launch).
        guests: Phrases in a language that nobody named, which are also looked for in the forms that they would have in the
            text's: a rule's "volver" stands in "volverá".
        irregular: Forms that no rule gives.
        are_whole: The words are no parts of compounds: Danish "ingen" is not in "åbningen".
        rivals: Labels of which only one can be meant, under one key: a hit inside a longer one of a rival is left out.
    """
    return PhraseBook(entries, blanks=without, guests=guests, irregular=irregular, are_whole=are_whole, rivals=rivals)


def _outermost(hits: Mapping[Hit[Label], bool]) -> list[Hit[Label]]:
    """Hits that no longer hit of their label covers, without the blanking ones and those that they blank out."""
    blanks: dict[Label, list[tuple[int, int]]] = {}
    for hit, is_blank in hits.items():
        if is_blank:
            blanks.setdefault(hit.label, []).append((hit.start, hit.end))
    for spans in blanks.values():
        spans.sort()
    kept: list[Hit[Label]] = []
    reached: dict[Label, int] = {}
    for hit in sorted(hits, key=lambda hit: (hit.start, -hit.end)):
        if hits[hit] or hit.end <= reached.get(hit.label, -1) or _is_blanked(hit, blanks.get(hit.label, ())):
            continue
        reached[hit.label] = hit.end
        kept.append(hit)
    return kept


def _without_rivals(hits: Iterable[Hit[Label]], rivals: Mapping[Label, Hashable]) -> Iterator[Hit[Label]]:
    """Hits, in the order of the text, but for those that a longer hit of a rival covers."""
    longest: dict[Hashable, Hit[Label]] = {}
    for hit in hits:
        key = rivals.get(hit.label)
        if key is not None:
            before = longest.get(key)
            if before is not None and hit.end <= before.end and hit.end - hit.start < before.end - before.start:
                continue
            if before is None or hit.end > before.end:
                longest[key] = hit
        yield hit


def _is_blanked(hit: Hit[Label], blanks: Sequence[tuple[int, int]]) -> bool:
    """Whether a hit shares words with one of the blanking spans, in their order, that does not lie inside it and is shorter."""
    for index in range(bisect_left(blanks, (hit.end, 0)) - 1, -1, -1):
        start, end = blanks[index]
        if end > hit.start and (start < hit.start or end > hit.end or (start, end) == (hit.start, hit.end)):
            return True
        if start < hit.start - _LONGEST_PHRASE:
            return False
    return False

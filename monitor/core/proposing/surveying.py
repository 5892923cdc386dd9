"""Surveying: everything in a document that a fact could be made of, and the words of all concepts beside it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from monitor.core.facts import Event, Fact
from monitor.core.items import Item
from monitor.core.proposing.outlines import NAMED, TOLD, Outlines
from monitor.core.reading.concepts import Concepts
from monitor.core.reading.extracting import look
from monitor.core.reading.lexicons import Lexicon, Library
from monitor.core.reading.mentions import Mention
from monitor.core.reading.names import Bearer
from monitor.core.reading.passages import Passage
from monitor.core.reading.phrases import Hit, PhraseBook, compile_phrases
from monitor.core.reading.sentences import Sentence
from monitor.core.reading.texts import Text
from monitor.core.reading.watchwords import WatchWords, own, state, wide
from monitor.core.values import Kind
from monitor.core.watches import Subject, Watch

UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
"""A character of a script that does not part its words."""

_ANY_DAY = date(2000, 1, 1)
_AT_START = 5  # characters
_HALVES = frozenset("；;")


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """A document with all that was found in it, and the tables to judge it by.

    The words of a concept are labelled as if the concept were a fact of a watch, so that everything that judges the candidates
    of facts can judge these.

    Attributes:
        passages: Headline first, where there is one.
    """

    item: Item
    passages: tuple[Passage, ...]
    language: str
    library: Library
    outlines: Outlines

    @property
    def bodies(self) -> tuple[Passage, ...]:
        """What is read for facts: not the headline, which says in short what the body says, unless it is all there is."""
        return tuple(passage for passage in self.passages if not passage.is_title) or self.passages

    @property
    def lexicon(self) -> Lexicon:
        """Of the document's language."""
        return self.library.lexicon(self.language)

    @property
    def concepts(self) -> Concepts:
        """The table of concepts."""
        return self.library.concepts

    @property
    def light_words(self) -> frozenset[str]:
        """Lower-cased words of the document's language that say nothing of what a value is of."""
        return self.library.function_words.get(self.language, frozenset()) | self.lexicon.common

    def words_of(self, concept: str, *languages: str) -> tuple[str, ...]:
        """The words of a concept in some languages, the first of its list first; never patterns."""
        words = self.concepts.by_id[concept].words
        return tuple(word for word, language in words if language in languages and "…" not in word and "*" not in word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """What a sentence goes on about, for the one after it that says no more than "phase two from 2024 to 2025".

    Attributes:
        topic: Id of the concept that was dated.
        part: Id of the stage of the thing.
        part_cue: Its words.
    """

    topic: str = ""
    part: str = ""
    part_cue: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A sentence of a document, and what went before.

    Attributes:
        ours: The words of all names that are of the subject's story.
    """

    survey: Survey
    passage: Passage
    sentence: Sentence
    setting: Setting = Setting()
    ours: frozenset[str] = frozenset()

    @property
    def quote(self) -> str:
        """The sentence, as published, without the dash behind an agency's dateline."""
        return self.passage.quote(self.sentence)[0].lstrip("-–— ")

    @property
    def is_half(self) -> bool:
        """Whether it is the second half of a sentence, behind a semicolon."""
        before = self.passage.sentences[self.sentence.index - 1] if self.sentence.index else None
        return before is not None and self.passage.text.plain[before.end - 1] in _HALVES

    @property
    def mentions(self) -> list[Mention]:
        """The values of the sentence, but for those that are read in the subject's own name: "Hornsea 3 won"."""
        ours = [name for name in self.passage.names[self.sentence.index] if name.is_ours]
        found = self.passage.mentions_in(self.sentence)
        return [one for one in found if not any(name.start < one.end and one.start < name.end for name in ours)]

    @property
    def carries_on(self) -> bool:
        """Whether it opens with a pronoun: "…; it was built between April 2022 and June 2023"."""
        start = self.sentence.start
        return self.passage.has("reference.pronouns", start, min(self.sentence.end, start + _AT_START))

    def told(self, concept: str) -> list[Hit[str]]:
        """Where it has words that tell a concept."""
        return self.passage.hits_of(own(concept), self.sentence.start, self.sentence.end)

    def named(self, concept: str) -> list[Hit[str]]:
        """Where it has words that name a concept, and may mean something else."""
        return self.passage.hits_of(wide(concept), self.sentence.start, self.sentence.end)

    def told_states(self, name: str) -> list[Hit[str]]:
        """Where it has words that tell a state."""
        return self.passage.hits_of(state(TOLD, name), self.sentence.start, self.sentence.end)

    def named_states(self, name: str) -> list[Hit[str]]:
        """Where it has words that name a state, and may mean something else."""
        return self.passage.hits_of(state(NAMED, name), self.sentence.start, self.sentence.end)


def survey(item: Item, subject: Subject, library: Library, outlines: Outlines) -> Survey:
    """Find all values, names and words of concepts in a document."""
    watch = Watch(id="document", title="", subject=subject, facts={}, policies={}, baselines={}, since=_ANY_DAY, feeds=())
    words = WatchWords(
        watch=watch,
        book=_TwoBooks(_names_of(subject), outlines.words),
        widenings={},
        states={},
        siblings={},
        topics={},
        fiscal_year_start=1,
    )
    scene, language = look(item, words, {}, library)
    return Survey(item=item, passages=tuple(scene.passages), language=language, library=library, outlines=outlines)


def as_fact(concept: str, kind: Kind, event: Event | None = None) -> Fact:
    """A concept as if it were a fact, for what judges the candidates of facts."""
    return Fact(key=concept, title=concept, kind=kind, about=(concept,), event=event)


class _TwoBooks(PhraseBook[str]):
    """The names of a subject and the words of all concepts searched as one book, so that the large one is compiled only once."""

    __slots__ = ("_concepts", "_names")

    def __init__(self, names: PhraseBook[str], concepts: PhraseBook[str]) -> None:
        """Keep both; no label is in both."""
        self._names = names
        self._concepts = concepts

    def find(self, text: Text, start: int = 0, end: int | None = None, *, language: str = "") -> list[Hit[str]]:
        """All places of all phrases of both, those of the names first."""
        return [*self._names.find(text, start, end, language=language), *self._concepts.find(text, start, end, language=language)]


def _names_of(subject: Subject) -> PhraseBook[str]:
    return compile_phrases(
        (str(bearer), name, "")
        for bearer, names in (
            (Bearer.SUBJECT, subject.names),
            (Bearer.OFFICIAL, subject.officials),
            (Bearer.OTHER, subject.others),
        )
        for name in names
    )

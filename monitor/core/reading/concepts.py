"""Widening a rule's cues to the concepts that they name, so that one cue reads all languages.

A cue belongs to a concept if it is one of the concept's words, in any language and inflection, or one of the names that are
only names: "production" alone names the start of production, but is too common to tell it, so it is a name and not a word.
A cue may belong to several concepts ("launch" of a product, a game, a rocket). The other cues of the fact and the end that it
asks for settle which are meant; where they do not, all are, and the subject's own news decides.

The states that things pass through have a table of their own. A state is told by what has been done ("gave the green light"),
where a cue is also told by what is spoken of ("the permit").
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any

from monitor.core.facts import Event
from monitor.core.reading.courses import settle_states
from monitor.core.reading.folding import fold
from monitor.core.reading.phrase_words import GAP, Irregular
from monitor.core.reading.phrases import Hit, PhraseBook, compile_phrases
from monitor.core.reading.texts import normalise

Phrase = tuple[str, str]
"""A phrase and its language, ISO 639-1; empty where a rule's author wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing that plan news is about, or one state that such things are in.

    Attributes:
        event: Which end of a thing it is, where it is one.
        courses: What passes through the state ("works", "deal"), empty where everything does; of a thing, what its states are of.
        words: Phrases that tell it.
        names: Further cues by which a rule's author means it, too ambiguous to tell it in a text.
        near: Phrases that hold one of its words and tell something else.
    """

    id: str
    event: Event | None
    words: tuple[Phrase, ...]
    names: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()
    courses: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Widening:
    """What cues stand for.

    Attributes:
        concepts: Ids, in the order of the table.
        phrases: The cues first, then the words of the concepts.
        not_phrases: Near words, to be given to ``compile_phrases`` as ``without``.
        event: The end that all concepts with an end agree on.
    """

    concepts: tuple[str, ...] = ()
    phrases: tuple[Phrase, ...] = ()
    not_phrases: tuple[Phrase, ...] = ()
    event: Event | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Concepts:
    """The table of concepts, ready to be asked.

    Attributes:
        by_id: In the order of the table.
        states: Likewise, those that tell a state.
        irregular: Irregular forms of words, for ``compile_phrases``.
        fillers: Folded words of a cue that say nothing about its concept ("date" in "launch date").
        english: Folded English words and phrases of the table.
    """

    by_id: Mapping[str, Concept]
    states: Mapping[str, Concept]
    irregular: Irregular
    fillers: frozenset[str]
    english: frozenset[str]
    _book: PhraseBook[str] = field(repr=False)
    _state_book: PhraseBook[str] = field(repr=False)

    def widen(self, cue: str, *, event: Event | None = None) -> Widening:
        """The concepts of one cue and all their words.

        Args:
            event: The end that the rule asks for; it settles what an ambiguous cue means: with ``end``, "construction" is its
                completion.
        """
        return self.widen_all((cue,), exact=False, event=event)

    def widen_all(self, cues: Iterable[str], *, exact: bool, event: Event | None = None) -> Widening:
        """The concepts of all cues together.

        Args:
            exact: Leave the cues as they are.
            event: As for ``widen``.
        """
        own = tuple(dict.fromkeys(cues))
        if exact:
            return Widening(phrases=tuple((cue, "") for cue in own))
        named = _settle([self._named_by(cue, event) for cue in own])
        return _widened(own, [concept for concept in self.by_id.values() if concept.id in named])

    def widen_states(self, states: Sequence[Sequence[str]], *, exact: bool, about: Iterable[str] = ()) -> list[Widening]:
        """What each state of a fact stands for.

        A phrase that would tell two of its states tells neither, unless the rule itself gives it to one.

        Args:
            states: The phrases of each, in the order of the rule.
            exact: Leave them as they are.
            about: Ids of the concepts that the fact's cues name: "closed" is a deal beside "merger", and a shop beside "closure".
        """
        own = [tuple(dict.fromkeys(phrases)) for phrases in states]
        if exact:
            return [Widening(phrases=tuple((phrase, "") for phrase in phrases)) for phrases in own]
        named = [[(_as_id(phrase), self._cover(phrase, self._state_book)) for phrase in phrases] for phrases in own]
        courses = {name: concept.courses for name, concept in self.states.items()}
        likely = frozenset(course for name in about for course in self.by_id[name].courses)
        widened = [
            _widened(phrases, [concept for concept in self.states.values() if concept.id in chosen])
            if chosen
            else self.widen_all(phrases, exact=False)
            for phrases, chosen in zip(own, settle_states(named, courses, likely), strict=True)
        ]
        return _apart(widened, own)

    def is_english(self, cue: str) -> bool:
        """Whether a cue is an English phrase of the table, and so no word of another language that is spelled alike."""
        return fold(cue.lower()) in self.english

    def _named_by(self, cue: str, event: Event | None) -> frozenset[str]:
        """Ids of the concepts whose words cover a cue, but for its fillers ("planned launch date", "merger closing").

        Where some of them are of the end that the rule asks for, those of the other end are left out.
        """
        named = self._cover(cue, self._book)
        agreeing = frozenset(name for name in named if self.by_id[name].event in (event, None))
        return agreeing if event is not None and agreeing else named

    def _cover(self, cue: str, book: PhraseBook[str]) -> frozenset[str]:
        """The labels of a book whose hits leave no word of a cue but fillers."""
        text = normalise(cue.replace(GAP, " "))
        hits = book.find(text)
        return frozenset(
            name for name in {hit.label for hit in hits} if self._leaves_fillers(text.lower, [h for h in hits if h.label == name])
        )

    def _leaves_fillers(self, lower: str, hits: Iterable[Hit[str]]) -> bool:
        rest = list(lower)
        for hit in hits:
            rest[hit.start : hit.end] = " " * (hit.end - hit.start)
        return all(word in self.fillers for word in fold("".join(rest)).replace("-", " ").split())


def build_concepts(table: Mapping[str, Any], states: Mapping[str, Any]) -> Concepts:
    """Read the tables of concepts and of states.

    Args:
        table: ``concepts`` by id, each with ``words``, ``names`` and ``not`` by language and an ``event``; ``irregular`` forms by
            language and word; ``fillers`` by language.
        states: ``states`` by id, in the same form, each with its ``courses`` in the place of an event.
    """
    irregular = _irregular(table["irregular"])
    concepts = {name: _concept(name, entry) for name, entry in table["concepts"].items()}
    lasting = {name: _concept(name, entry) for name, entry in states["states"].items()}
    return Concepts(
        by_id=MappingProxyType(concepts),
        states=MappingProxyType(lasting),
        irregular=irregular,
        fillers=frozenset(fold(word.lower()) for words in table["fillers"].values() for word in words),
        english=frozenset(_english((*concepts.values(), *lasting.values()))),
        _book=_book_of(concepts.values(), irregular),
        _state_book=_book_of(lasting.values(), irregular, are_named_by_id=True),
    )


def _english(concepts: Iterable[Concept]) -> Iterator[str]:
    """The English words of concepts, folded."""
    return (fold(word.lower()) for concept in concepts for word, language in concept.words + concept.names if language == "en")


def _as_id(phrase: str) -> str:
    return phrase.lower().replace(" ", "-")


def _book_of(concepts: Iterable[Concept], irregular: Irregular, *, are_named_by_id: bool = False) -> PhraseBook[str]:
    """A book of all cues by which a rule may name the concepts."""
    every = tuple(concepts)
    ids = [(concept.id, concept.id.replace("-", " "), "en") for concept in every if are_named_by_id]
    return compile_phrases(
        [*ids, *((concept.id, word, language) for concept in every for word, language in (*concept.words, *concept.names))],
        without=[(concept.id, word, language) for concept in every for word, language in concept.near],
        irregular=irregular,
    )


def _widened(own: Iterable[str], chosen: Sequence[Concept]) -> Widening:
    """A rule's own phrases, and the words of the concepts that they name."""
    events = {concept.event for concept in chosen if concept.event is not None}
    words = dict.fromkeys(word for concept in chosen for word in concept.words)
    near = dict.fromkeys(word for concept in chosen for word in concept.near)
    wanted = {fold(phrase.lower()) for phrase in (*own, *(word for word, _ in words))}
    return Widening(
        concepts=tuple(concept.id for concept in chosen),
        phrases=(*((cue, "") for cue in own), *words),
        not_phrases=tuple(word for word in near if fold(word[0].lower()) not in wanted),
        event=events.pop() if len(events) == 1 else None,
    )


def _apart(widened: Sequence[Widening], own: Sequence[Iterable[str]]) -> list[Widening]:
    """The states of a fact without the phrases that two of them were widened to, or that the rule gives to another."""
    given = [{fold(phrase.lower()) for phrase in phrases} for phrases in own]
    claims = Counter(key for widening in widened for key in {_key(phrase) for phrase in widening.phrases})
    return [
        replace(
            widening,
            phrases=tuple(
                phrase
                for phrase in widening.phrases
                if phrase[1] == "" or (claims[_key(phrase)] == 1 and not _is_given(phrase, given, but=index))
            ),
        )
        for index, widening in enumerate(widened)
    ]


def _key(phrase: Phrase) -> Phrase:
    return fold(phrase[0].lower()), phrase[1]


def _is_given(phrase: Phrase, given: Sequence[frozenset[str] | set[str]], *, but: int) -> bool:
    """Whether the rule itself gives a phrase to a state other than one."""
    return any(_key(phrase)[0] in phrases for index, phrases in enumerate(given) if index != but)


def _settle(named: Iterable[frozenset[str]]) -> frozenset[str]:
    """The concepts of all cues of a fact: an ambiguous cue means those that most cues name.

    Beside "go on sale", "上市" is the launch of a product and not of a share; beside "budget", "cost" is no price.
    """
    groups = [group for group in named if group]
    support = Counter(name for group in groups for name in group)
    return frozenset(name for group in groups for name in group if support[name] == max(support[other] for other in group))


def _concept(name: str, entry: Mapping[str, Any]) -> Concept:
    event = entry.get("event")
    return Concept(
        id=name,
        event=None if event is None else Event(event),
        words=_phrases(entry["words"]),
        names=_phrases(entry.get("names", {})),
        near=_phrases(entry.get("not", {})),
        courses=frozenset(entry.get("courses", ())),
    )


def _phrases(by_language: Mapping[str, Iterable[str]]) -> tuple[Phrase, ...]:
    return tuple((word, language) for language, words in by_language.items() for word in words)


def _irregular(by_language: Mapping[str, Mapping[str, Iterable[str]]]) -> Irregular:
    """Each form with the other forms of its word, so that a cue may be written in any of them."""
    tables: dict[str, dict[str, tuple[str, ...]]] = {"": {}}
    for language, words in by_language.items():
        for word, others in words.items():
            family = dict.fromkeys(fold(form.lower()) for form in (word, *others))
            for form in family:
                for table in (tables.setdefault(language, {}), tables[""]):
                    table[form] = tuple(dict.fromkeys((*table.get(form, ()), *(other for other in family if other != form))))
    return Irregular(MappingProxyType(tables))

"""Widening a rule's cues to the concepts that they name, so that one cue reads all languages.

A cue belongs to a concept if it is one of the concept's words, in any language and inflection, or one of the names that are
only names: "production" alone names the start of production, but is too common to tell it, so it is a name and not a word.
A cue may belong to several concepts ("launch" of a product, a game, a rocket). The other cues of the fact and the end that it
asks for settle which are meant; where they do not, all are, and the subject's own news decides.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from monitor.core.facts import Event
from monitor.core.reading.folding import fold
from monitor.core.reading.phrase_words import GAP, Irregular
from monitor.core.reading.phrases import Hit, Label, PhraseBook, compile_phrases
from monitor.core.reading.texts import normalise

Phrase = tuple[str, str]
"""A phrase and its language, ISO 639-1; empty where a rule's author wrote it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Concept:
    """One thing that plan news is about.

    Attributes:
        event: Which end of a thing it is, where it is one.
        words: Phrases that tell it.
        names: Further cues by which a rule's author means it, too ambiguous to tell it in a text.
        near: Phrases that hold one of its words and tell something else.
    """

    id: str
    event: Event | None
    words: tuple[Phrase, ...]
    names: tuple[Phrase, ...] = ()
    near: tuple[Phrase, ...] = ()


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
        irregular: Irregular forms of words, for ``compile_phrases``.
        fillers: Folded words of a cue that say nothing about its concept ("date" in "launch date").
    """

    by_id: Mapping[str, Concept]
    irregular: Irregular
    fillers: frozenset[str]
    _book: PhraseBook[str] = field(repr=False)

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
        chosen = [concept for concept in self.by_id.values() if concept.id in named]
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

    def compile(self, entries: Iterable[tuple[Label, Widening]]) -> PhraseBook[Label]:
        """A book of what widened cues stand for, each under its label."""
        pairs = tuple(entries)
        return compile_phrases(
            [(label, phrase, language) for label, widening in pairs for phrase, language in widening.phrases],
            without=[(label, phrase, language) for label, widening in pairs for phrase, language in widening.not_phrases],
            irregular=self.irregular,
        )

    def _named_by(self, cue: str, event: Event | None) -> frozenset[str]:
        """Ids of the concepts whose words cover a cue, but for its fillers ("planned launch date", "merger closing").

        Where some of them are of the end that the rule asks for, those of the other end are left out.
        """
        text = normalise(cue.replace(GAP, " "))
        hits = self._book.find(text)
        named = frozenset(
            name for name in {hit.label for hit in hits} if self._cover([hit for hit in hits if hit.label == name], text.lower)
        )
        agreeing = frozenset(name for name in named if self.by_id[name].event in (event, None))
        return agreeing if event is not None and agreeing else named

    def _cover(self, hits: Iterable[Hit[str]], lower: str) -> bool:
        rest = list(lower)
        for hit in hits:
            rest[hit.start : hit.end] = " " * (hit.end - hit.start)
        return all(word in self.fillers for word in fold("".join(rest)).replace("-", " ").split())


def build_concepts(table: Mapping[str, Any]) -> Concepts:
    """Read the table of concepts.

    Args:
        table: ``concepts`` by id, each with ``words``, ``names`` and ``not`` by language and an ``event``; ``irregular`` forms by
            language and word; ``fillers`` by language.
    """
    concepts = {name: _concept(name, entry) for name, entry in table["concepts"].items()}
    irregular = _irregular(table["irregular"])
    every = concepts.values()
    entries = [(concept.id, word, language) for concept in every for word, language in (*concept.words, *concept.names)]
    near = [(concept.id, word, language) for concept in every for word, language in concept.near]
    return Concepts(
        by_id=MappingProxyType(concepts),
        irregular=irregular,
        fillers=frozenset(fold(word.lower()) for words in table["fillers"].values() for word in words),
        _book=compile_phrases(entries, without=near, irregular=irregular),
    )


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

"""Outlines: what the facts look like that are proposed, as data: which concepts have dates, which amounts, which states."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from monitor.core.reading.concepts import Concepts
from monitor.core.reading.mentions import Mention
from monitor.core.reading.phrases import Entry, PhraseBook, compile_phrases
from monitor.core.reading.units import Units
from monitor.core.reading.watchwords import own, state, wide
from monitor.core.values import Amount, Kind

TOLD, NAMED = "*", "?"
RATE = "rate"  # anything in a time: 300 satellites a year


@dataclass(frozen=True, slots=True, kw_only=True)
class Outlines:
    """The table of outlines; the ids are those of the tables of concepts and states.

    Attributes:
        dated: Concepts that a date may be of, in the order of their table.
        lasting: Those that go on for a while, each with the concepts of its two ends.
        vague: Those that give way to any other.
        gives_way: By concept, those that a date beside both is of: "filed for approval" dates the filing.
        parts: Stages of a thing.
        things: What has stages, and what tells two facts of one concept apart.
        measured: By concept, what it is measured in.
        implied: By unit or dimension, the concept that it tells by itself.
        counted_as: By concept, the one unit for all that it counts: workers and employees are jobs.
        differing: Concepts whose amounts are differences by nature.
        courses: By course, the states that a fact about it is proposed with.
        fractions: By language, the words of fractions and what they mean ("a quarter": "1/4").
        openers: By language, lower-cased words that open a sentence with a capital and are no names.
        words: Of all concepts and states, labelled as if each concept were a fact of a watch; states belong to none, and are
            labelled with ``TOLD`` or ``NAMED`` in its place.
    """

    dated: tuple[str, ...]
    lasting: Mapping[str, tuple[str, str]]
    vague: frozenset[str]
    gives_way: Mapping[str, frozenset[str]]
    parts: tuple[str, ...]
    things: tuple[str, ...]
    measured: Mapping[str, frozenset[str]]
    implied: Mapping[str, str]
    counted_as: Mapping[str, str]
    differing: frozenset[str]
    courses: Mapping[str, tuple[str, ...]]
    fractions: Mapping[str, Mapping[str, str]]
    openers: Mapping[str, frozenset[str]]
    words: PhraseBook[str]


def build_outlines(table: Mapping[str, Any], concepts: Concepts, fractions: Mapping[str, Mapping[str, str]]) -> Outlines:
    """Read the table of outlines.

    Args:
        table: As ``proposals.yaml`` writes it.
        fractions: As the attribute.
    """
    return Outlines(
        dated=tuple(name for name, concept in concepts.by_id.items() if concept.event or name in table["dated"]),
        lasting={name: (ends[0], ends[1]) for name, ends in table["lasting"].items()},
        vague=frozenset(table["vague"]),
        gives_way={name: frozenset(others) for name, others in table["gives_way"].items()},
        parts=tuple(table["parts"]),
        things=tuple(table["things"]),
        measured={name: frozenset(units) for name, units in table["measured"].items()},
        implied=dict(table["implied"]),
        counted_as=dict(table["counted_as"]),
        differing=frozenset(table["differing"]),
        courses={name: tuple(states) for name, states in table["courses"].items()},
        fractions=fractions,
        words=_book_of(concepts),
        openers={code: frozenset(words) for code, words in table["openers"].items()},
    )


def measures_of(mention: Mention, units: Units) -> frozenset[str]:
    """What an amount may be measured in, by the names that the table uses."""
    if not isinstance(mention.value, Amount):
        return frozenset()
    if mention.kind is not Kind.QUANTITY:
        return frozenset({str(mention.kind)})
    noun, slash, _ = mention.value.unit.partition("/")
    measure = units.measures.get(mention.value.unit) or units.measures.get(noun)
    found: Iterable[str] = (noun, measure.dimension if measure else "", RATE if slash else "")
    return frozenset(filter(None, found))


def _book_of(concepts: Concepts) -> PhraseBook[str]:
    """The words of all concepts, labelled as if each concept were a fact of a watch."""
    return compile_phrases(_words(concepts), without=list(_near_words(concepts)), irregular=concepts.irregular)


def _words(concepts: Concepts) -> Iterator[Entry[str]]:
    for name, concept in concepts.by_id.items():
        yield from ((own(name), *phrase) for phrase in concept.words)
        yield from ((wide(name), *phrase) for phrase in concept.names)
    for name, concept in concepts.states.items():
        yield from ((state(TOLD, name), *phrase) for phrase in concept.words)
        yield from ((state(NAMED, name), *phrase) for phrase in concept.names)


def _near_words(concepts: Concepts) -> Iterator[Entry[str]]:
    for name, concept in concepts.by_id.items():
        yield from ((label, *phrase) for phrase in concept.near for label in (own(name), wide(name)))
    for name, concept in concepts.states.items():
        yield from ((state(TOLD, name), *phrase) for phrase in concept.near)

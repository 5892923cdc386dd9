"""The words that a watch brings along: its names, and for each fact the cues, widened to the concepts that they name."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from monitor.core.facts import Event, Fact
from monitor.core.reading.concepts import Concepts, Widening
from monitor.core.reading.names import Bearer
from monitor.core.reading.phrases import Entry, PhraseBook, compile_phrases
from monitor.core.watches import Watch


def own(key: str) -> str:
    """Label of a fact's cues as the user wrote them."""
    return f"own:{key}"


def wide(key: str) -> str:
    """Label of the words that a fact's cues were widened to."""
    return f"wide:{key}"


def near(key: str) -> str:
    """Label of the words that the rule wants beside the fact (``with:``)."""
    return f"near:{key}"


def without(key: str) -> str:
    """Label of the words that rule the sentence out (``not:``)."""
    return f"without:{key}"


def topic(key: str) -> str:
    """Label of the words of the fact's title."""
    return f"topic:{key}"


def state(key: str, name: str) -> str:
    """Label of the phrases that tell one state of a status."""
    return f"state:{key}:{name}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchWords:
    """A watch made ready for reading.

    Attributes:
        book: All words of the watch, labelled by the functions of this module, and its names, labelled by ``Bearer``.
        widenings: By fact key; ``check`` and ``explain`` show them.
        states: What the states of a status were widened to, by fact key and name of the state.
        siblings: By fact key, the key of the fact about the other end of the same thing, where the watch has one.
        topics: By fact key, how many words of the title are looked for.
        fiscal_year_start: Month in which the subject's fiscal year begins: the first that a fact names.
    """

    watch: Watch
    book: PhraseBook[str]
    widenings: Mapping[str, Widening]
    states: Mapping[str, Mapping[str, Widening]]
    siblings: Mapping[str, str]
    topics: Mapping[str, int]
    fiscal_year_start: int


def prepare_watch(watch: Watch, concepts: Concepts, *, stop_words: frozenset[str]) -> WatchWords:
    """Compile the words of a watch; costs some milliseconds, so it is done once a rule file.

    Args:
        stop_words: Words of a title that say nothing about its fact.
    """
    widenings = {key: concepts.widen_all(fact.about, exact=fact.is_exact, event=fact.event) for key, fact in watch.facts.items()}
    states = {key: _widened_states(fact, widenings[key], concepts) for key, fact in watch.facts.items()}
    topics = {key: _title_words(fact.title, stop_words) for key, fact in watch.facts.items()}
    entries: list[Entry[str]] = []
    near_words: list[Entry[str]] = []
    for key, fact in watch.facts.items():
        entries += _fact_entries(fact, widenings[key], concepts)
        entries += [(topic(key), word, "en") for word in topics[key]]
        near_words += [(label, *phrase) for phrase in widenings[key].not_phrases for label in (own(key), wide(key))]
        for name, widening in states[key].items():
            entries += [(state(key, name), *phrase) for phrase in widening.phrases]
            near_words += [(state(key, name), *phrase) for phrase in widening.not_phrases]
    return WatchWords(
        watch=watch,
        book=compile_phrases(
            [*_names(watch), *entries],
            without=near_words,
            guests=[(label, phrase) for label, phrase, language in entries if not language and not concepts.is_english(phrase)],
            irregular=concepts.irregular,
            rivals=_rivals(watch),
        ),
        widenings=widenings,
        states=states,
        siblings=_siblings(watch),
        topics={key: len(words) for key, words in topics.items()},
        fiscal_year_start=next((start for fact in watch.facts.values() if (start := fact.fiscal_year_start) != 1), 1),
    )


def _widened_states(fact: Fact, about: Widening, concepts: Concepts) -> dict[str, Widening]:
    phrases = [(*one.phrases, one.name.replace("_", " ")) for one in fact.states]
    widened = concepts.widen_states(phrases, exact=fact.is_exact, about=about.concepts)
    return {one.name: widening for one, widening in zip(fact.states, widened, strict=True)}


def _rivals(watch: Watch) -> dict[str, str]:
    """The states of one fact, of which the longer phrase tells: "refused to approve" approves nothing."""
    return {state(key, one.name): f"state:{key}" for key, fact in watch.facts.items() for one in fact.states}


def _names(watch: Watch) -> Iterator[Entry[str]]:
    subject = watch.subject
    for bearer, names in (
        (Bearer.SUBJECT, subject.names),
        (Bearer.OFFICIAL, subject.officials),
        (Bearer.OTHER, subject.others),
    ):
        yield from ((str(bearer), name, "") for name in names)


def _fact_entries(fact: Fact, widening: Widening, concepts: Concepts) -> Iterator[Entry[str]]:
    key = fact.key
    yield from ((own(key), cue, "") for cue in fact.about)
    yield from ((wide(key), phrase, language) for phrase, language in widening.phrases)
    yield from ((near(key), phrase, "") for phrase in fact.near)
    yield from ((near(key), phrase, language) for phrase, language in concepts.widen_all(fact.near, exact=fact.is_exact).phrases)
    yield from ((without(key), phrase, "") for phrase in fact.without)


def _title_words(title: str, stop_words: frozenset[str]) -> tuple[str, ...]:
    """Content words of a fact's title, without what it puts in brackets (which tells what the fact is not)."""
    plain = re.split(r"[(;]", title, maxsplit=1)[0].lower()
    words = (word.strip(".,:'\"") for word in plain.replace("-", " ").split())
    return tuple(dict.fromkeys(word for word in words if len(word) > 2 and word not in stop_words))


def _siblings(watch: Watch) -> dict[str, str]:
    """Pairs of facts with a cue in common, one about the start and one about the end."""
    pairs: dict[str, str] = {}
    for key, fact in watch.facts.items():
        for other_key, other in watch.facts.items():
            opposite = {fact.event, other.event} == {Event.START, Event.END}
            if opposite and set(fact.about) & set(other.about):
                pairs[key] = other_key
    return pairs

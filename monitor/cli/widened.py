"""What the cues and the states of rules were widened to, for people who tune them and for machines."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from monitor.core.facts import Fact
    from monitor.core.reading.concepts import Widening
    from monitor.core.reading.lexicons import Library
    from monitor.core.reading.watchwords import WatchWords
    from monitor.core.watches import Watch

_SHOWN = 4  # phrases of each language


def widened_lines(watches: Mapping[str, Watch], library: Library) -> Iterator[str]:
    """A paragraph for each fact: its cues, the concepts that they name, and the first words of each language."""
    for words in _prepared(watches, library):
        for fact in words.watch.facts.values():
            yield f"{words.watch.id}/{fact.key}" + (" (exact: nothing is widened)" if fact.is_exact else "")
            yield from _lines_of("about", fact.about, words.widenings[fact.key])
            for name, widening in words.states[fact.key].items():
                yield from _lines_of(f"state {name}", _phrases_of(fact, name), widening)


def widened_rows(watches: Mapping[str, Watch], library: Library) -> list[dict[str, Any]]:
    """The same in full, a row for each fact."""
    return [
        {
            "fact": f"{words.watch.id}/{fact.key}",
            "about": _row(words.widenings[fact.key]),
            "states": {name: _row(widening) for name, widening in words.states[fact.key].items()},
        }
        for words in _prepared(watches, library)
        for fact in words.watch.facts.values()
    ]


def _prepared(watches: Mapping[str, Watch], library: Library) -> Iterator[WatchWords]:
    from monitor.core.reading.watchwords import prepare_watch

    for watch in watches.values():
        yield prepare_watch(watch, library.concepts, stop_words=library.stop_words)


def _phrases_of(fact: Fact, name: str) -> tuple[str, ...]:
    return next((one.phrases for one in fact.states if one.name == name), ())


def _lines_of(what: str, cues: tuple[str, ...], widening: Widening) -> Iterator[str]:
    named = ", ".join(widening.concepts) or "no concept: only these words are looked for"
    yield f"  {what}: {', '.join(cues) or 'its name alone'} -> {named}"
    for language, phrases in _by_language(widening).items():
        more = len(phrases) - _SHOWN
        yield f"    {language}  {', '.join(phrases[:_SHOWN])}" + (f" and {more} more" if more > 0 else "")


def _row(widening: Widening) -> dict[str, Any]:
    return {
        "concepts": list(widening.concepts),
        "phrases": _by_language(widening),
        "not": [phrase for phrase, _ in widening.not_phrases],
    }


def _by_language(widening: Widening) -> dict[str, list[str]]:
    """The words of the concepts, the author's own left out."""
    found: dict[str, list[str]] = defaultdict(list)
    for phrase, language in widening.phrases:
        if language:
            found[language].append(phrase)
    return dict(found)

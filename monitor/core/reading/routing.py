"""Routing: which watches an item may be for, told by the names in it, at one cost for ten watches or ten thousand."""

from __future__ import annotations

from collections.abc import Iterable

from monitor.core.items import Item
from monitor.core.reading.phrases import PhraseBook, compile_phrases
from monitor.core.reading.texts import normalise
from monitor.core.watches import Watch


class Router:
    """One automaton over the names of all subjects."""

    __slots__ = ("_names",)

    def __init__(self, watches: Iterable[Watch]) -> None:
        self._names: PhraseBook[str] = compile_phrases((watch.id, name, "") for watch in watches for name in watch.subject.names)

    def route(self, item: Item) -> tuple[str, ...]:
        """Ids of the watches whose subject the headline or body names, in alphabetical order."""
        text = normalise(f"{item.title}\n{item.body}")
        return tuple(sorted({hit.label for hit in self._names.find(text)}))

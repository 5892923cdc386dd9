"""Numbers that name a thing instead of counting it: Model 3, Phase 2, Boeing 737, GTA 6, 2024, 24/7, version 2.0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from monitor.core.reading.quantities_phrases import Phrase
from monitor.core.reading.quantities_words import Phrasebook, is_letter
from monitor.core.reading.texts import Text

_YEARS = range(1900, 2101)
_PREVIOUS_WORD = re.compile(r"([^\W\d_][\w.'&-]*)[ \-]\Z")
_REACH = 30
_TOUCHED_BEFORE = re.compile(r"(?:[a-zà-ÿа-я#№_@]|[a-zà-ÿа-я\d][-/]|\d[:.,])\Z")
_TOUCHED_AFTER = re.compile(r"[a-zà-ÿа-я_]|[-/:.,]\d")
_NEXT_WORD = re.compile(r"[ \n]([^\W\d_][\w'-]*)")
_MAX_NAME = 1000


class NameGuard:
    """Tells names from amounts in one language.

    Args:
        words: Section ``amounts``: ``naming`` (words after which a number is a label: phase, section, no), ``plain_before``
            (words that a number may follow though they stand in upper case: Over, To, The).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._naming = Phrasebook(dict.fromkeys(map(str, words.get("naming", ())), True))
        self._plain_before = frozenset(map(str, words.get("plain_before", ()))) | frozenset(map(str, words.get("stop", ())))
        self._stop = frozenset(map(str, words.get("stop", ())))

    def is_name(self, text: Text, phrase: Phrase) -> bool:
        """Whether the number labels what stands before it, or is a year, a time, a score or a list number."""
        if phrase.rule.startswith(("money", "percent", "points", "fraction")):
            return False
        if self._is_glued(text.lower, phrase):
            return True
        if phrase.rule.startswith(("measure", "duration")):
            return False
        if phrase.numeral.is_bare_digits and phrase.low == phrase.high and self._is_year(phrase):
            return True
        if self._is_idle(text, phrase):
            return True
        if phrase.numeral.scale > 1 or phrase.low >= _MAX_NAME:
            return False
        return bool(self._naming.ending_at(text.lower, phrase.start)) or self._follows_name(text, phrase)

    @staticmethod
    def _is_glued(lower: str, phrase: Phrase) -> bool:
        """Letters or joined digits touch the number: SU7, 5G, covid-19, 10:30, 24/7, 3-1, #1."""
        if phrase.numeral.in_words:
            return False
        if _TOUCHED_BEFORE.search(lower, max(0, phrase.start - 2), phrase.start):
            return True
        return phrase.end == phrase.numeral.end and bool(_TOUCHED_AFTER.match(lower, phrase.end))

    @staticmethod
    def _is_year(phrase: Phrase) -> bool:
        """ "2025", "2026 World Cup matches"; but "2000 jobs" is a round count."""
        number = int(phrase.low)
        return number in _YEARS and (phrase.rule != "count" or number % 100 != 0)

    def _follows_name(self, text: Text, phrase: Phrase) -> bool:
        """A small number behind a word in upper case is part of a name: "Model 3", "Snowy 2.0", "Airbus 320"."""
        if phrase.numeral.in_words:
            return False
        found = _PREVIOUS_WORD.search(text.plain, max(0, phrase.start - _REACH), phrase.start)
        if not found:
            return False
        word = found[1]
        if word.lower() in self._plain_before or not (word[0].isupper() or any(c.isupper() or c.isdigit() for c in word[1:])):
            return False
        return phrase.rule != "count" or not _is_title_case(text.plain)

    def _is_idle(self, text: Text, phrase: Phrase) -> bool:
        """A bare number that says too little: place characters alone, "one", a list number, a small one before a strange word."""
        if phrase.unit or phrase.rate:
            return False
        lower, end = text.lower, phrase.end
        if phrase.rule not in ("bare", "bare-range"):
            return True
        if phrase.numeral.in_words and (
            phrase.low <= 1 or (not lower[phrase.numeral.start].isascii() and not is_letter(lower[phrase.numeral.start]))
        ):
            return True
        if phrase.high >= 100 or phrase.role:
            return False
        if (
            not phrase.numeral.in_words
            and lower[end : end + 1] in (".", ")")
            and text.plain[: phrase.start].rpartition("\n")[2].strip(" (") == ""
        ):
            return True
        following = _NEXT_WORD.match(lower, end)
        return bool(following and following[1] not in self._stop)


def _is_title_case(plain: str) -> bool:
    """Whether most words begin in upper case, as in many English headlines; then upper case marks no name."""
    words = re.findall(r"[^\W\d_]{4,}", plain[:200])
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)

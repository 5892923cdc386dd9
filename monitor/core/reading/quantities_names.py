"""Numbers that name a thing instead of counting it: Model 3, Phase 2, Boeing 737, GTA 6, 2024, 24/7, version 2.0."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from monitor.core.reading.quantities_phrase import Phrase
from monitor.core.reading.quantities_words import Phrasebook, is_east_asian
from monitor.core.reading.texts import Text

_YEARS = range(1900, 2101)
_LARGEST_LABEL = 1000
_LARGEST_AGE = 110
_YOUNGEST = 10
_SMALL = 100
_REACH = 30
_PREVIOUS_WORD = re.compile(r"([^\W\d_][\w.'&-]*)[ \-]\Z")
_NEXT_WORD = re.compile(r"[ \n]([^\W\d_][\w'-]*)")
_TOUCHED_BEFORE = re.compile(r"(?:[a-zà-ÿа-я#№_@]|[a-zà-ÿа-я\d][-/]|\d[:.,])\Z")
_LETTER_BEFORE = re.compile(r"(?:[a-zà-ÿа-я#№_@]|[a-zà-ÿа-я][-/])\Z")
_TOUCHED_AFTER = re.compile(r"[a-zà-ÿа-я_]|[-/:.,]\d")
_SENTENCE_START = re.compile(r"(?:\A|[.!?:;\n]\s*[\"'(]?)\Z")
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")


class NameGuard:
    """Tells names from amounts in one language.

    Args:
        words: Section ``amounts``: ``naming`` (words behind which a number is a label: phase, section, no), ``plain_before``
            (verbs of headlines that a count may follow in upper case), ``definite`` (articles behind which a small bare number is
            a name: "the 15"), ``aged`` (people whose age follows: "workers" over 21),
            ``stop`` (words that are no nouns), ``compounds``, ``classifiers``,
            ``noun_capitals`` and ``ordinal_dot`` (what the language is like).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._naming = Phrasebook(dict.fromkeys(map(str, words.get("naming", ())), True))
        self._aged = Phrasebook(dict.fromkeys(map(str, words.get("aged", ())), True))
        self._definite = Phrasebook(dict.fromkeys(map(str, words.get("definite", ())), True))
        self._stop = frozenset(map(str, words.get("stop", ())))
        self._plain_before = self._stop | frozenset(map(str, words.get("plain_before", ())))
        self._has_noun_capitals = bool(words.get("noun_capitals"))
        self._smallest_count = 20 if words.get("compounds") else _LARGEST_LABEL
        self._has_ordinal_dot = bool(words.get("ordinal_dot"))
        self._counts_by_classifier = bool(words.get("classifiers"))

    @staticmethod
    def is_part_of_word(text: Text, phrase: Phrase) -> bool:
        """Whether letters stand right before the digits: SU7, EPR2, covid-19; such digits join no range either."""
        if phrase.numeral.in_words or phrase.start < phrase.numeral.start:
            return False
        return _LETTER_BEFORE.search(text.lower, max(0, phrase.start - 2), phrase.start) is not None

    def is_name(self, text: Text, phrase: Phrase, *, is_marked: bool) -> bool:
        """Whether the number labels what stands before it, or is a year, a time, a score or a list number.

        Args:
            text: The text around it.
            phrase: The number with what it counts.
            is_marked: A word such as "about" or "at least" stands right before it, so that it must be an amount.
        """
        if phrase.rule.startswith(("money", "percent", "points", "fraction")):
            return False
        if self._is_glued(text.lower, phrase):
            return True
        if phrase.rule.startswith(("measure", "duration")):
            return False
        if is_year(phrase):
            return True
        if not phrase.unit and not phrase.rate and self._says_too_little(text, phrase, is_marked=is_marked):
            return True
        if is_marked or phrase.numeral.scale > 1 or phrase.low >= _LARGEST_LABEL:
            return False
        return self._naming.ending_at(text.lower, phrase.start) is not None or self._follows_name(text, phrase)

    def is_age(self, lower: str, phrase: Phrase, start: int) -> bool:
        """Whether a bounded number is an age: "Over 21, the hourly pay is", "workers over 21"."""
        if phrase.rule != "bare" or phrase.numeral.in_words or not _YOUNGEST <= phrase.low <= _LARGEST_AGE:
            return False
        if self._aged.ending_at(lower, start):
            return True
        return _SENTENCE_START.search(lower, max(0, start - 3), start) is not None and lower[phrase.end : phrase.end + 1] == ","

    @staticmethod
    def _is_glued(lower: str, phrase: Phrase) -> bool:
        """Letters or joined digits touch the number: SU7, 5G, covid-19, 10:30, 24/7, 3-1, #1."""
        if phrase.numeral.in_words:
            return False
        if _TOUCHED_BEFORE.search(lower, max(0, phrase.start - 2), phrase.start):
            return True
        return phrase.end == phrase.numeral.end and _TOUCHED_AFTER.match(lower, phrase.end) is not None

    def _follows_name(self, text: Text, phrase: Phrase) -> bool:
        """A small number behind a word in upper case is part of a name: "Model 3", "Snowy 2.0", "Airbus 320".

        Not so in a headline that has all its words in upper case, nor behind the first word of a sentence ("Sold 300 cars").
        """
        if phrase.numeral.in_words:
            return False
        found = _PREVIOUS_WORD.search(text.plain, max(0, phrase.start - _REACH), phrase.start)
        if not found or found[1].lower() in self._plain_before or not any(map(str.isupper, found[1])):
            return False
        if phrase.rule != "count":
            return True
        is_first = _SENTENCE_START.search(text.plain, max(0, found.start() - 3), found.start()) is not None
        if phrase.low >= self._smallest_count or (is_first and phrase.low >= _SMALL):
            return False
        return not _is_title_case(text.plain)

    def _says_too_little(self, text: Text, phrase: Phrase, *, is_marked: bool) -> bool:
        """Whether a number without a unit is more likely no amount at all."""
        lower, start, end = text.lower, phrase.start, phrase.end
        if not phrase.rule.startswith("bare"):
            return not is_marked and phrase.low < _SMALL  # 500家, a count of something that the fact knows
        if phrase.numeral.in_words and (phrase.low <= 1 or is_east_asian(lower[phrase.numeral.start])):
            return True  # "one" is a pronoun; place characters alone are parts of words: 十分, 千万
        if phrase.high >= _SMALL or phrase.role:
            return False
        if not phrase.numeral.in_words and not is_marked and self._is_small_label(text, start, end, phrase):
            return True
        following = _NEXT_WORD.match(text.plain, end)
        if following is None or following[1].lower() in self._stop:
            return False
        # "Five Ariane 6 are to lift off" counts things by their name, where only names stand in upper case
        return not (phrase.numeral.in_words and following[1][0].isupper() and not self._has_noun_capitals)

    def _is_small_label(self, text: Text, start: int, end: int, phrase: Phrase) -> bool:
        """A small bare number in digits: a list number ("1. …"), an age (", 62,"), a model ("the 15"), a month (7、8月)."""
        lower = text.lower
        if self._counts_by_classifier or self._definite.ending_at(lower, start):
            return True
        if self._has_ordinal_dot and lower[end : end + 1] == ".":
            return True
        if lower[end : end + 1] in (".", ")") and not lower[:start].rpartition("\n")[2].strip(" ("):
            return True
        return lower[start - 2 : start] == ", " and lower[end : end + 1] in (",", ".", ")") and phrase.low <= _LARGEST_AGE


def is_year(phrase: Phrase) -> bool:
    """Whether the digits are a year: "2025", "2026 World Cup matches", "2029 to 2031"; but "2000 jobs" is a round count."""
    if not phrase.numeral.is_bare_digits or phrase.rate or phrase.rule.startswith(("money", "measure", "percent")):
        return False
    if int(phrase.low) not in _YEARS or int(phrase.high) not in _YEARS:
        return False
    return phrase.rule != "count" or phrase.low % 100 != 0


def _is_title_case(plain: str) -> bool:
    """Whether most words begin in upper case, as in many English headlines; then upper case marks no name."""
    words = _LONG_WORD.findall(plain[:200])
    return len(words) >= 3 and sum(word[0].isupper() for word in words) > 0.7 * len(words)

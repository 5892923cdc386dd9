"""Counts of things: the noun behind a number, or its classifier: "413 underperforming stores", "13万辆", "従業員500人"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from monitor.core.reading.mentions import Role
from monitor.core.reading.numerals import Numeral
from monitor.core.reading.quantities_phrase import Phrase, phrase_of
from monitor.core.reading.quantities_words import Phrasebook
from monitor.core.reading.texts import Text
from monitor.core.reading.units import GENERIC, Units, build_nouns
from monitor.core.values import singular

_WORD = re.compile(r"(?:[ \-\n]|(?<='))([^\W\d_][\w'&-]*)")
_NOUN_REACH = 3
_HAN_NOUN_REACH = 6
_MOST_FILLERS = 3
LABEL = "label"  # rule of a number that names one thing instead of counting it: "its 787 order"
_VAGUE_NOUNS = ("", GENERIC, "person")  # what a classifier says of its own: 名 is somebody, 台 something made
_HAN_STOP = re.compile(r"[\d,.;:!?、。()\"《》をはが]")


class CountReader:
    """Reads counts in one language.

    Args:
        language: ISO 639-1, for the nouns.
        words: Section ``amounts``: ``classifiers`` (classifier: noun, or nothing where a noun has to follow), ``stop`` (words
            that end the search for a noun), ``plurals`` (unknown plurals count, as in English), ``compounds`` (a word that ends
            with a known noun is one), ``links`` ("de" behind a scale), ``more`` ("more", "additional"), ``fewer``,
            ``vague_after`` (余),
            ``plus`` ("plus" of "3,000-plus jobs"), ``generic_cues`` (noun: words of the text by which 台 counts it),
            ``count_fillers`` (what may stand between a noun and the number behind it: 従業員"を約"500人).
        units: The table of units.
    """

    def __init__(self, language: str, words: Mapping[str, Any], units: Units) -> None:
        self._nouns = build_nouns(units.counted_words(language), has_compounds=bool(words.get("compounds")))
        self._noun_book = Phrasebook(self._nouns.exact)
        self._inflecting = frozenset(singular(word) for word in self._nouns.exact if singular(word) != word)
        self._fillers = Phrasebook(dict.fromkeys(map(str, words.get("count_fillers", ())), True))
        self._classifiers = Phrasebook({str(word): str(noun) for word, noun in (words.get("classifiers") or {}).items()})
        self._links = Phrasebook(dict.fromkeys(map(str, words.get("links", ())), True))
        self._generic: Mapping[str, list[str]] = words.get("generic_cues") or {}
        self._stop = frozenset(map(str, words.get("stop", ())))
        self._reads_unknown = bool(words.get("plurals"))
        more = dict.fromkeys(map(str, words.get("more", ())), Role.DELTA)
        self._more = Phrasebook({**more, **dict.fromkeys(map(str, words.get("fewer", ())), Role.LESS)})
        self._vague = Phrasebook(dict.fromkeys(map(str, words.get("vague_after", ())), True))
        self._plus = Phrasebook(dict.fromkeys(map(str, words.get("plus", ())), True))

    def read(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "413 underperforming stores", "13万辆", "25 triệu khách"."""
        if numeral.is_article and numeral.scale == 1:
            return None
        if self._classifiers:
            return self._classified(text, numeral)
        return self._worded(text, numeral, numeral.end)

    def _classified(self, text: Text, numeral: Numeral) -> Phrase | None:
        """A classifier and, where it does not tell the thing itself, the noun behind or before it: "3座新工厂", "員工500人"."""
        lower, position = text.lower, numeral.end
        approximate = False
        if vague := self._vague.starting_at(lower, position):
            position, approximate = vague[1], True
        if found := self._classifiers.starting_at(lower, position):
            noun, end = found
            named = self._han_noun(lower, end, reach=_HAN_NOUN_REACH)
            if named and noun in _VAGUE_NOUNS:
                noun, end = named
            elif noun in _VAGUE_NOUNS and (leading := self._leading_noun(lower, numeral.start)):
                noun = leading
            elif noun == GENERIC:
                noun = self._generic_noun(lower)
            return phrase_of(numeral, unit=noun, rule="count", end=end, has_suffix=True, approximate=approximate)
        if named := self._han_noun(lower, position, reach=0):
            return phrase_of(numeral, unit=named[0], rule="count", end=named[1], has_suffix=True, approximate=approximate)
        if approximate:
            return phrase_of(numeral, unit="", rule="bare", end=position, approximate=True)
        return None

    def _leading_noun(self, lower: str, position: int) -> str | None:
        """The noun before a number, particles and bounds between them: "工場を3カ所", "员工约500人", "직원을 500명"."""
        for _ in range(_MOST_FILLERS):
            found = self._noun_book.ending_at(lower, position)
            if found and found[0] not in _VAGUE_NOUNS and position - found[1] > 1:
                return found[0]
            filler = self._fillers.ending_at(lower, position)
            if not filler:
                return None
            position = filler[1]
        return None

    def _generic_noun(self, lower: str) -> str:
        """What 台 and its like count in this text: cars where it speaks of cars, else units."""
        return next((noun for noun, cues in self._generic.items() if any(cue in lower for cue in cues)), GENERIC)

    def _han_noun(self, lower: str, position: int, *, reach: int) -> tuple[str, int] | None:
        """The first known noun within so many characters, none of them a digit or a stop."""
        for begin in range(position, min(position + reach, len(lower)) + 1):
            if found := self._noun_book.starting_at(lower, begin):
                return found
            if begin < len(lower) and _HAN_STOP.match(lower[begin]):
                return None
        return None

    def _worded(self, text: Text, numeral: Numeral, position: int) -> Phrase | None:
        """The noun among the next three words: a known one, else (where the lexicon says so) the first plural."""
        end, role, is_least, is_vague = position, Role.PLAIN, False, False
        if vague := self._vague.starting_at(text.lower, end):
            end, is_vague = vague[1], True
        if plus := self._plus.starting_at(text.lower, end):
            end, is_least = plus[1], True
        if more := self._more.starting_at(text.lower, end):
            role, end = more
        named = self._noun_behind(text, numeral, end)
        if named is None and not (role or is_least or is_vague):
            return None
        unit, rule, named_end = named or ("", "bare", end)
        phrase = phrase_of(numeral, unit=unit, rule=rule, end=named_end, has_suffix=bool(unit), role=role)
        return replace(phrase, is_least=is_least, approximate=phrase.approximate or is_vague)

    def _noun_behind(self, text: Text, numeral: Numeral, position: int) -> tuple[str, str, int] | None:
        """Unit, rule and end of the noun among the next three words."""
        unknown: tuple[str, str, int] | None = None
        at = position
        if (numeral.scale > 1 or numeral.is_approximate) and (link := self._links.starting_at(text.lower, at)):
            at = link[1]
        for _ in range(_NOUN_REACH):
            known = self._noun_book.starting_at(text.lower, at)
            if known and not text.lower[known[1] : known[1] + 1].isdigit():
                return self._head(text.lower, numeral, text.lower[at : known[1]].strip(" -"), *known)
            found = _WORD.match(text.lower, at)
            if not found or (word := found[1]) in self._stop:
                break
            if noun := self._nouns.noun(word) or self._noun_of_compound(word):
                return noun, "count", found.end()
            if unknown is None and numeral.value != 1 and self._looks_plural(text, found, word):
                unknown = singular(word), "count-any", found.end()
            at = found.end()
        return unknown

    def _head(self, lower: str, numeral: Numeral, word: str, noun: str, end: int) -> tuple[str, str, int]:
        """Prefer the head of a compound ("200 passenger cars" are cars) and the thing to its classifier ("5 chiếc máy bay")."""
        if noun in _VAGUE_NOUNS and (inner := self._noun_book.starting_at(lower, end)) and inner[0] not in _VAGUE_NOUNS:
            return inner[0], "count", inner[1]
        if lower[end - len(word) - 1] == "-":
            return noun, "count", end  # a 65,000-seat arena has seats
        following = _WORD.match(lower, end)
        has_head = following is not None and following[1] not in self._stop
        is_singular = self._reads_unknown and word in self._inflecting
        if is_singular and numeral.value > 1 and not has_head:
            return noun, LABEL, end
        if following and word == noun and numeral.value != 1 and following[1] not in self._stop:
            head = self._nouns.noun(following[1])
            if head and (following[1] != head or head not in self._inflecting):
                return head, "count", following.end()
        return noun, "count", end

    def _noun_of_compound(self, word: str) -> str | None:
        """The noun at the end of a hyphenated word, in the plural: "e-cars", but not "in-game"."""
        _, hyphen, tail = word.rpartition("-")
        noun = self._nouns.noun(tail) if hyphen else None
        return noun if noun != tail else None

    def _looks_plural(self, text: Text, found: re.Match[str], word: str) -> bool:
        return (
            self._reads_unknown
            and len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "us", "is"))
            and text.plain[found.start(1)].islower()
        )

    def milestone(self, text: Text, numeral: Numeral, end: int) -> Phrase | None:
        """ "its 130,000th car": a count that was reached; smaller ordinals count nothing."""
        if numeral.value < 100:
            return None
        counted = self._worded(text, numeral, end)
        return replace(counted, rule="count") if counted and counted.rule in ("count", LABEL) else None

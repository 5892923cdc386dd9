"""Rates: per what time a number is counted: "150,000 vehicles a year", "monthly output of 20,000 cars", "年产15万辆"."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from monitor.core.reading.quantities_names import is_year
from monitor.core.reading.quantities_phrase import Phrase
from monitor.core.reading.quantities_words import Phrasebook

_RATED = ("count", "bare", "measure")
_CLAUSE_END = re.compile(r"[.!?;](?=\s)|[。;、\n]|,(?!\d{3})")
_CLAUSE_REACH = 70
_JOINED = re.compile(r"[\d\u4e00-\u9fff\uac00-\ud7a3]\Z")
_DIGIT = re.compile(r"\d")
_DATED = re.compile(r" (?:19|20)\d\d")
_SUBSTANCES = (re.compile(r" [^\W\d_]+(?=[ /])"), re.compile(r" [^\W\d_]+ [^\W\d_]+(?=[ /])"))


class RateFinder:
    """Finds rates in one language.

    Args:
        words: Section ``amounts``: ``rates`` (word behind the number: ``year``, ``month``, ``week``, ``day`` or ``hour``),
            ``rates_not_before`` ("ago", behind "a year"), ``rates_beside`` (word right before the number: rate), ``rates_before``
            (word before it in the same clause: rate), ``annual_before`` (such words of a yearly figure), ``of_them`` ("of
            them", between number and rate), ``links`` ("of", before a substance: "tonnes of steel a year"), ``stop`` (words that
            are no nouns).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._behind = Phrasebook({str(word): str(rate) for word, rate in (words.get("rates") or {}).items()})
        self._not_before = Phrasebook(dict.fromkeys(map(str, words.get("rates_not_before", ())), True))
        self._beside = Phrasebook({str(word): str(rate) for word, rate in (words.get("rates_beside") or {}).items()})
        before = {str(word): "year" for word in words.get("annual_before", ())}
        self._before = {**before, **{str(word): str(rate) for word, rate in (words.get("rates_before") or {}).items()}}
        self._pronouns = Phrasebook(dict.fromkeys(map(str, words.get("of_them", ())), True))
        self._stop = frozenset(map(str, words.get("stop", ())))
        self._links = Phrasebook(dict.fromkeys(map(str, words.get("links", ())), True))

    def rated(self, lower: str, phrase: Phrase) -> Phrase:
        """The phrase with its rate, where the text tells one; sums of money and shares have none."""
        if phrase.rate or phrase.rule.split("-")[0] not in _RATED:
            return phrase
        found = self._rate_behind(lower, phrase)
        if found:
            return _with_rate(replace(phrase, end=found[1], has_suffix=True), found[0])
        if is_year(phrase):
            return phrase
        within = self._rate_at(lower, phrase.numeral.end)
        if within and within[0] != "hour" and within[1] < phrase.end:
            return _with_rate(phrase, within[0])  # "36 daily flights", but "2,300 hourly workers" are workers
        if found := self._rate_behind_noun(lower, phrase):
            return _with_rate(replace(phrase, end=found[1], has_suffix=True), found[0])
        beside = self._beside.ending_at(lower, phrase.start)
        if beside and not _JOINED.search(lower, 0, beside[1]):
            return _with_rate(replace(phrase, start=beside[1]), beside[0])
        rate = self._rate_before(lower, phrase)
        # A yearly figure of a measure may be a capacity that has no rate: "年产能60吉瓦时"
        return _with_rate(phrase, rate) if rate and (phrase.rule != "measure" or rate != "year") else phrase

    def _rate_behind(self, lower: str, phrase: Phrase) -> tuple[str, int] | None:
        """ "a year" behind the number, pronouns and substances between: "25 million of them a year", "tonnes of steel a year"."""
        position = phrase.end
        if pronoun := self._pronouns.starting_at(lower, position):
            position = pronoun[1]
        found = self._rate_at(lower, position)
        if found or phrase.rule != "measure":
            return found
        link = self._links.starting_at(lower, position)
        if self._links and not link:
            return None
        named = (pattern.match(lower, link[1] if link else position) for pattern in _SUBSTANCES)
        return next((rate for substance in named if substance and (rate := self._rate_at(lower, substance.end()))), None)

    def _rate_behind_noun(self, lower: str, phrase: Phrase) -> tuple[str, int] | None:
        """A rate behind one or two words that nobody knows: "32 locaties per dag"; the number stays without a noun."""
        if phrase.rule != "bare" or phrase.unit or phrase.numeral.is_article:
            return None
        for pattern in _SUBSTANCES:
            noun = pattern.match(lower, phrase.end)
            if noun and not self._stop.isdisjoint(noun[0].split()):
                return None
            if noun and (found := self._rate_at(lower, noun.end())):
                return found
        return None

    def _rate_at(self, lower: str, position: int) -> tuple[str, int] | None:
        found = self._behind.starting_at(lower, position)
        if not found or self._not_before.starting_at(lower, found[1]) or _DATED.match(lower, found[1]):
            return None  # "300 cars a year ago", "150.000 Autos im Jahr 2025"
        return found

    def _rate_before(self, lower: str, phrase: Phrase) -> str | None:
        """The rate that the words before speak of, in the same clause; the last one counts: "annual capacity has doubled to".

        A bare number has it only where no other stands between: "月产能10万片12英寸".
        """
        before = lower[max(0, phrase.start - _CLAUSE_REACH) : phrase.start]
        if not any(cue in before for cue in self._before):
            return None
        clause = _CLAUSE_END.split(before)[-1]
        place, cue = max((clause.rfind(cue), cue) for cue in self._before)
        is_taken = phrase.rule == "bare" and _DIGIT.search(clause, place + len(cue)) is not None
        return self._before[cue] if place >= 0 and not is_taken else None


def _with_rate(phrase: Phrase, rate: str) -> Phrase:
    if (phrase.unit, rate) == ("km", "hour"):
        return replace(phrase, unit="km/h")
    return replace(phrase, rate=rate)

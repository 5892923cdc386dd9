"""Amounts as they stand in a text: quantities, sums of money and shares, with their bounds, rates and roles."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any

from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.numerals import Numeral, Numerals, build_numerals
from monitor.core.reading.quantities_fractions import FractionFinder
from monitor.core.reading.quantities_multiples import MultipleFinder
from monitor.core.reading.quantities_names import NameGuard
from monitor.core.reading.quantities_origins import complete_origins
from monitor.core.reading.quantities_phrase import Phrase
from monitor.core.reading.quantities_phrases import PhraseReader
from monitor.core.reading.quantities_ranges import RangeJoiner
from monitor.core.reading.quantities_rates import RateFinder
from monitor.core.reading.quantities_rows import complete_rows
from monitor.core.reading.quantities_sums import SumJoiner
from monitor.core.reading.quantities_times import TimeFinder
from monitor.core.reading.quantities_words import Phrasebook, is_east_asian
from monitor.core.reading.texts import Text
from monitor.core.reading.units import Units, spelling_of
from monitor.core.values import Amount, Kind

LOW, HIGH, ABOUT, MOVED, LATE = "low", "high", "about", "moved", "late"
_MARKS = (LOW, HIGH, ABOUT, Role.DELTA, Role.LESS, MOVED, LATE, Role.FROM)
_CLAUSE_END = re.compile(r"[.!?;](?=\s)|[。;、\n]|,(?!\d{3})")
_ANNUAL_REACH = 70
_MOST_MARKS = 4
_DISTANCES = ("km", "m", "mile")


class AmountGrammar:
    """The grammar of amounts of one language; build it with ``build_amounts``."""

    def __init__(self, language: str, words: Mapping[str, Any], units: Units, numerals: Numerals) -> None:
        self._numerals = numerals
        self._reader = PhraseReader(language, words, units)
        self._joiner = RangeJoiner(words)
        self._guard = NameGuard(words)
        self._fractions = FractionFinder(words)
        self._times = TimeFinder(language, words, units)
        self._sums = SumJoiner(words)
        self._units = units
        self._spell = spelling_of(language)
        self._multiples = MultipleFinder(words)
        self._marks_before = Phrasebook(_marks(words, "before"))
        self._by_words = Phrasebook(dict.fromkeys(map(str, words.get("by_words", ())), True))
        self._open_by = Phrasebook(dict.fromkeys(map(str, words.get("open_by", ())), True))
        changes = tuple(map(str, words.get("change_cues", ())))
        self._changes = _beginnings(changes)
        self._up = _beginnings([cue for cue in changes if not cue.startswith(tuple(map(str, words.get("down_before", ()))))])
        self._goal_verbs = Phrasebook(dict.fromkeys(map(str, words.get("goal_verbs", ())), True))
        self._marks_after = Phrasebook(_marks(words, "after"))
        self._rates = RateFinder(words)
        self._down = _beginnings(words.get("down_before", ()))
        self._down_after = tuple(map(str, words.get("down_after", ())))

    def find(self, text: Text, *, dates: Sequence[Mention] = ()) -> list[Mention]:
        """All amounts of a text, in order, none overlapping another.

        Args:
            text: A title or a body.
            dates: What the grammar of periods found in the same text; its words are not read again.

        Returns:
            Mentions with offsets in ``text.plain``. A bare number has the unit "" ("a target of 130,000"), a bare number with a
            rate "/year"; the rule ``money-ambiguous`` marks a bare dollar, krone or peso. Spans include the words of bounds.
        """
        if (lower := self._spell(text.lower)) is not text.lower:
            text = replace(text, lower=lower)
        taken = [(date.start, date.end) for date in dates]
        phrases = list(self._fractions.find(text))
        for time in self._times.find(text):
            if not isinstance(time, Phrase):
                taken.append(time)
            elif not _is_taken(time.numeral, sorted(taken)):
                phrases.append(time)
        taken = sorted([*taken, *((phrase.start, phrase.end) for phrase in phrases)])
        phrases.extend(self._phrases(text, taken))
        phrases.sort(key=lambda phrase: phrase.start)
        found = (self._mention(text, phrase) for phrase in complete_rows(text, self._joiner.join(text, phrases)))
        amounts = self._sums.join(text, _disjoint(mention for mention in found if mention))
        return self._multiples.join(text, complete_origins(text, amounts))

    def _phrases(self, text: Text, taken: Sequence[tuple[int, int]]) -> Iterator[Phrase]:
        """Each numeral with its unit, the ones that dates or fractions took left out."""
        end = 0
        for numeral in self._numerals.scan(text.lower):
            if numeral.start < end or _is_taken(numeral, taken):
                continue
            phrase = self._reader.read(text, numeral)
            if phrase and not self._guard.is_part_of_word(text, phrase):
                phrase = self._rates.rated(text.lower, phrase)
                end = phrase.end
                yield phrase

    def _mention(self, text: Text, phrase: Phrase) -> Mention | None:
        """Bound the phrase by the words around it, or drop it where it is a name."""
        start, end, marks = self._marks(text.lower, phrase)
        is_marked = start < phrase.start or Role.FROM in marks
        if self._guard.is_name(text, phrase, is_marked=is_marked) and not self._sums.is_base(text.lower, phrase.start):
            return None
        if marks & {LOW, HIGH} and self._guard.is_age(text.lower, phrase, start):
            return None
        low: Decimal | None = phrase.low
        high: Decimal | None = phrase.high
        if low == high and (LOW in marks or phrase.is_least):
            high = None
        elif low == high and HIGH in marks:
            low = None
        role = next((role for role in (Role.FROM, Role.TO) if role in marks), phrase.role)
        if _is_change(phrase, marks):
            role = Role.LESS if self._goes_down(text.lower, phrase, marks) else Role.DELTA
        amount = Amount(
            low=low,
            high=high,
            unit=f"{phrase.unit}/{phrase.rate}" if phrase.rate else phrase.unit,
            step=phrase.step,
            approximate=phrase.approximate or ABOUT in marks,
        )
        return Mention(
            kind=_kind(phrase),
            value=amount,
            start=start,
            end=end,
            text=text.plain[start:end],
            rule=phrase.rule,
            role=Role.PLAIN if phrase.rule.endswith("-range") and role in (Role.FROM, Role.TO) else role,
        )

    def _may_change(self, lower: str, phrase: Phrase, position: int) -> bool:
        """Whether a word such as "by" can say a change here: of points and time always, of all else behind a verb of change."""
        if phrase.unit in ("pp", "bp") or phrase.rule == "duration":
            return True
        clause = _CLAUSE_END.split(lower[max(0, position - _ANNUAL_REACH) : position])[-1]
        return self._changes.search(clause) is not None

    def _goes_down(self, lower: str, phrase: Phrase, marks: frozenset[str]) -> bool:
        """Whether a change makes the value less: "30 fewer"; of points and behind "by" the verb tells: "fell by $2bn"."""
        if Role.LESS in marks or phrase.role == Role.LESS:
            return True
        if phrase.unit not in ("pp", "bp") and not self._by_words.ending_at(lower, phrase.start):
            return False
        clause = _CLAUSE_END.split(lower[max(0, phrase.start - _ANNUAL_REACH) : phrase.start])[-1]
        behind = _CLAUSE_END.split(lower[phrase.end : phrase.end + _ANNUAL_REACH])[0]
        down, up = _last(self._down, clause), _last(self._up, clause)
        return down > up or any(cue in behind for cue in self._down_after)

    def _marks(self, lower: str, phrase: Phrase) -> tuple[int, int, frozenset[str]]:
        """Words of bound, approximation and change around a phrase: "by up to about …", "… 以上", "… or more"."""
        start, end, marks = phrase.start, phrase.end, set[str]()
        for _ in range(_MOST_MARKS if phrase.role != Role.TO else 0):
            found = self._marks_before.ending_at(lower, start)
            if not found:
                break
            mark, begin = found
            if mark == HIGH and self._goal_verbs.ending_at(lower, begin):
                marks.add(Role.TO)  # "goes up to $13.99" is no bound
                break
            if phrase.role == Role.FROM and mark in (LOW, HIGH):
                break  # the "från" of a step, which may also open a price list
            if mark == Role.DELTA and self._open_by.ending_at(lower, start) and not self._may_change(lower, phrase, begin):
                break  # "built by five firms", "med 12 møller"
            marks.add(mark)
            if mark in (MOVED, Role.FROM):
                break
            start = begin
        for _ in range(2):
            behind = self._marks_after.starting_at(lower, end)
            if not behind or phrase.role == Role.FROM:
                break
            marks.add(behind[0])
            end = behind[1]
        return start, end, frozenset(marks)


def build_amounts(language: str, words: Mapping[str, Any], units: Units, currencies: Mapping[str, str]) -> AmountGrammar:
    """Make the grammar of amounts of a language.

    Args:
        language: ISO 639-1.
        words: Its lexicon, the whole file; the sections ``numerals`` and ``amounts`` are used, both may be missing.
        units: The table of units.
        currencies: Names of currencies, each with its code or ambiguous sign; those of the lexicon come before them, and a
            function word is none.
    """
    spell = spelling_of(language)
    amounts = words.get("amounts") or {}
    nouns = {name: code for name, code in currencies.items() if name not in amounts.get("stop", ())}
    amounts = {**amounts, "currencies": {**nouns, **(amounts.get("currencies") or {})}}
    return AmountGrammar(language, _spelled(amounts, spell), units, build_numerals(_spelled(words, spell)))


def _spelled(words: Any, spell: Callable[[str], str]) -> Any:
    """A section of a lexicon with all its words spelled in one way."""
    match words:
        case str():
            return spell(words)
        case Mapping():
            tags = {key: tag if isinstance(tag, str) else _spelled(tag, spell) for key, tag in words.items()}
            return {_spelled(key, spell): tag for key, tag in tags.items()}
        case list():
            return [_spelled(word, spell) for word in words]
        case _:
            return words


def _marks(words: Mapping[str, Any], side: str) -> dict[str, str]:
    """The words of all marks on one side of a number, each with its mark."""
    return {str(word): mark for mark in _MARKS for word in words.get(f"{mark}_{side}", ())}


def _beginnings(cues: Sequence[str]) -> re.Pattern[str]:
    """A pattern for words that begin so: "took" and "cutting", but not the "take" of "stake"."""
    return re.compile("|".join(cue if is_east_asian(cue[0]) else rf"(?<![^\W\d_]){re.escape(cue)}" for cue in cues) or "(?!)")


def _last(cues: re.Pattern[str], clause: str) -> int:
    """Where the last of the cues stands in a clause; -1 without any."""
    return max((found.start() for found in cues.finditer(clause)), default=-1)


def _is_change(phrase: Phrase, marks: frozenset[str]) -> bool:
    """Whether the words around say that it is a difference: "by 5", "another 5 stores", "sales rose 5%", "5 years later"."""
    if phrase.unit in _DISTANCES and Role.DELTA not in marks:
        return False  # "12 miles off the coast" is a place
    if Role.DELTA in marks or Role.LESS in marks or phrase.role in (Role.DELTA, Role.LESS) or phrase.unit in ("pp", "bp"):
        return True
    if LATE in marks:
        return phrase.rule == "duration"
    return MOVED in marks and bool(phrase.unit) and phrase.rule != "count"


def _is_taken(numeral: Numeral, taken: Sequence[tuple[int, int]]) -> bool:
    """Whether one of the stretches, which are in order and do not overlap, shares a character with the numeral."""
    index = bisect_left(taken, (numeral.end,))
    return index > 0 and taken[index - 1][1] > numeral.start


def _kind(phrase: Phrase) -> Kind:
    match phrase.rule.split("-")[0]:
        case "money":
            return Kind.MONEY
        case "percent" | "fraction" | "points":
            return Kind.SHARE
        case _:
            return Kind.QUANTITY


def _disjoint(mentions: Iterator[Mention]) -> list[Mention]:
    """The mentions in order, each cut off where the one before it ends."""
    kept: list[Mention] = []
    for mention in mentions:
        cut = kept[-1].end - mention.start if kept else 0
        if cut <= 0:
            kept.append(mention)
        elif rest := mention.text[cut:]:
            kept.append(replace(mention, start=mention.start + cut, text=rest))
    return kept

"""One number and what it counts: a numeral with its currency, percent sign, measure or noun, before ranges and bounds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from monitor.core.reading.money import Currencies, Currency
from monitor.core.reading.numerals import Numeral
from monitor.core.reading.quantities_words import Phrasebook, is_east_asian
from monitor.core.reading.texts import Text
from monitor.core.reading.units import GENERIC, Nouns, Units, build_nouns
from monitor.core.values import SHARE_UNIT, singular, stated_step

_PERCENT = Decimal("0.01")
_WORD = re.compile(r"(?:[ \-\n]|(?<='))([^\W\d_][\w'&-]*)")
_NOUN_REACH = 3
_HAN_NOUN_REACH = 6
_VAGUE_NOUNS = ("", GENERIC, "person")  # what a classifier says of its own: 名 is somebody, 台 something made
_HAN_STOP = re.compile(r"[\d,.;:!?、。,;:!?()()“”\"《》]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A number with its unit, not yet joined to a neighbour or bounded.

    Attributes:
        low: The number; ``high`` differs from it in ranges only.
        unit: As in ``Amount``; empty where the text names none.
        rate: ``year``, ``month``, ``day``, ``hour`` or empty.
        rule: Name of the rule that read it.
        numeral: What the number was read from.
        has_suffix: The unit stands behind the number, so a scale further on is not of this number.
        approximate: A vague "more" inside: "30余万".
        role: As in ``Mention``.
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str
    rule: str
    numeral: Numeral
    rate: str = ""
    has_suffix: bool = False
    approximate: bool = False
    role: str = ""


class PhraseReader:
    """Reads what stands around a numeral.

    Args:
        language: ISO 639-1, for the words of measures and nouns.
        words: Section ``amounts`` of the language.
        units: The table of units.
    """

    def __init__(self, language: str, words: Mapping[str, Any], units: Units) -> None:
        self._units = units
        self._currencies = Currencies(words, units)
        shares = {"%": "1", **dict.fromkeys(words.get("percent", ()), "1")}
        points = {**dict.fromkeys(words.get("points", ()), "pp"), **dict.fromkeys(words.get("basis_points", ()), "bp")}
        self._shares = Phrasebook({**shares, "bp": "bp", "bps": "bp", "pp": "pp", "‰": "permille", **points})
        self._shares_before = Phrasebook(dict.fromkeys(words.get("percent_before", ()), "1"))
        self._symbols = Phrasebook(units.symbols)
        self._measures = Phrasebook(units.measure_names(language))
        self._nouns: Nouns = build_nouns(units.counted_words(language), has_compounds=bool(words.get("compounds")))
        self._noun_book = Phrasebook(self._nouns.exact)
        self._classifiers = Phrasebook({str(word): str(noun) for word, noun in (words.get("classifiers") or {}).items()})
        self._links = Phrasebook(dict.fromkeys(map(str, words.get("links", ())), True))
        self._stop = frozenset(map(str, words.get("stop", ())))
        self._reads_unknown = bool(words.get("plurals"))
        self._more = Phrasebook(dict.fromkeys(words.get("more", ()), "delta"))
        self._vague = Phrasebook(dict.fromkeys(words.get("vague_after", ()), True))
        self._not_after = Phrasebook(dict.fromkeys(words.get("not_after", ()), True))
        self._ordinals = Phrasebook(dict.fromkeys(words.get("ordinals", ()), True))

    def read(self, text: Text, numeral: Numeral) -> Phrase | None:
        """The phrase around a numeral, or None where it is no amount ("5th", "62-year-old")."""
        if numeral.is_guarded:
            numeral = self._unguarded(text, numeral)
        if ordinal := self._ordinals.starting_at(text.lower, numeral.end):
            return self._milestone(text, numeral, ordinal[1])
        phrase = (
            self._money(text, numeral)
            or self._share(text, numeral)
            or self._measure(text, numeral)
            or self._counted(text, numeral)
            or _phrase(numeral, unit="", rule="bare")
        )
        if self._not_after.starting_at(text.lower, phrase.end):
            return None
        return phrase

    # --- money, shares, measures ---------------------------------------------------------------------

    def _money(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "RMB 529,900", "€1.2bn", "21.59万元", "elf Milliarden Euro", "99 pence"."""
        before = self._currencies.before(text, numeral.start)
        after = self._currencies.after(text, numeral.end)
        currency = self._chosen(before, after)
        if currency is None:
            return None
        return _phrase(
            numeral,
            unit=currency.code,
            rule="money-ambiguous" if currency.is_ambiguous else "money",
            start=before.start if before else numeral.start,
            end=after.end if after else numeral.end,
            factor=currency.factor,
            has_suffix=after is not None,
        )

    @staticmethod
    def _chosen(before: Currency | None, after: Currency | None) -> Currency | None:
        """A sign on both sides ("$5 billion Canadian dollars", "人民币21.59万元"): the clear one, else the one behind."""
        if before and after:
            return before if after.is_ambiguous or after.factor != 1 else after
        return before or after

    def _share(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "25 per cent", "百分之二十", "50 basis points", "-0,1 Prozent"."""
        lower = text.lower
        if found := self._shares.starting_at(lower, numeral.end):
            kind, end = found
            start = numeral.start
            sign = -1 if lower[start - 1 : start] == "-" and (start < 2 or lower[start - 2] in " (~\n") and start else 1
            if kind in ("pp", "bp"):
                return _phrase(numeral, unit=kind, rule="points", end=end, has_suffix=True)
            factor = (_PERCENT if kind == "1" else Decimal("0.001")) * sign
            return _phrase(
                numeral, unit=SHARE_UNIT, rule="percent", start=start - (sign < 0), end=end, factor=factor, has_suffix=True
            )
        if found := self._shares_before.ending_at(lower, numeral.start):
            return _phrase(numeral, unit=SHARE_UNIT, rule="percent", start=found[1], factor=_PERCENT, has_suffix=True)
        return None

    def _measure(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "720,000 square metres", "1,080 mu", "15GWh", "三年", "a three-year extension"."""
        position = numeral.end
        approximate = False
        if vague := self._vague.starting_at(text.lower, position):
            position, approximate = vague[1], True
        found = self._symbols.starting_at(text.plain, position) or self._measures.starting_at(text.lower, position)
        if not found:
            return None
        symbol, end = found
        if symbol == "year" and numeral.is_bare_digits and numeral.value > 200:
            return None
        measure = self._units.measures[symbol]
        factor = measure.factor / self._units.measures[measure.read_as].factor
        rule = "duration" if measure.dimension in ("time", "years") else "measure"
        return _phrase(numeral, unit=measure.read_as, rule=rule, end=end, factor=factor, has_suffix=True, approximate=approximate)

    # --- counts --------------------------------------------------------------------------------------

    def _counted(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "413 underperforming stores", "13万辆", "25 triệu khách"."""
        if numeral.is_article and numeral.scale == 1:
            return None
        if self._classifiers or self._is_east_asian_at(text.lower, numeral.end):
            return self._classified(text, numeral)
        return self._worded(text, numeral, numeral.end)

    @staticmethod
    def _is_east_asian_at(lower: str, position: int) -> bool:
        return position < len(lower) and is_east_asian(lower[position])

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
            elif noun in _VAGUE_NOUNS and (leading := self._noun_book.ending_at(lower, numeral.start)):
                noun = leading[0]
            return _phrase(numeral, unit=noun, rule="count", end=end, has_suffix=True, approximate=approximate)
        if named := self._han_noun(lower, position, reach=0):
            return _phrase(numeral, unit=named[0], rule="count", end=named[1], has_suffix=True, approximate=approximate)
        if approximate:
            return _phrase(numeral, unit="", rule="bare", end=position, approximate=True)
        return None

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
        role, end = "", position
        unknown: tuple[str, int] | None = None
        if more := self._more.starting_at(text.lower, position):
            role, end = more
        at = end
        if numeral.scale > 1 and (link := self._links.starting_at(text.lower, at)):
            at = link[1]
        for _ in range(_NOUN_REACH):
            if known := self._noun_book.starting_at(text.lower, at):
                phrase = _phrase(numeral, unit=known[0], rule="count", end=known[1], has_suffix=True, role=role)
                return self._with_head(text, phrase, text.lower[at : known[1]].strip(" -"))
            found = _WORD.match(text.lower, at)
            if not found or (word := found[1]) in self._stop:
                break
            noun = self._nouns.noun(word) or self._nouns.noun(word.rpartition("-")[2])
            if noun:
                return _phrase(numeral, unit=noun, rule="count", end=found.end(), has_suffix=True, role=role)
            if unknown is None and self._looks_plural(text, found, word) and numeral.value != 1:
                unknown = (singular(word), found.end())
            at = found.end()
        if unknown:
            return _phrase(numeral, unit=unknown[0], rule="count-any", end=unknown[1], has_suffix=True, role=role)
        if role:
            return _phrase(numeral, unit="", rule="bare", end=end, role=role)
        return None

    def _with_head(self, text: Text, phrase: Phrase, word: str) -> Phrase:
        """Prefer the head of a compound: "200 passenger cars" are cars."""
        following = _WORD.match(text.lower, phrase.end)
        if following and word == phrase.unit and phrase.low != 1 and following[1] not in self._stop:
            head = self._nouns.noun(following[1])
            if head and following[1] != head:
                return replace(phrase, unit=head, end=following.end())
        return phrase

    def _looks_plural(self, text: Text, found: re.Match[str], word: str) -> bool:
        return (
            self._reads_unknown
            and len(word) > 3
            and word.endswith("s")
            and not word.endswith(("ss", "us", "is"))
            and text.plain[found.start(1)].islower()
        )

    def _milestone(self, text: Text, numeral: Numeral, end: int) -> Phrase | None:
        """ "its 130,000th car": a count that was reached; smaller ordinals count nothing."""
        if numeral.value < 100:
            return None
        counted = self._worded(text, numeral, end)
        if counted is None or counted.rule != "count":
            return None
        return counted

    def _unguarded(self, text: Text, numeral: Numeral) -> Numeral:
        """Decide what the letter of "5m", "2b" or "1t" is: a scale beside a currency, in upper case, or before a noun."""
        letter = text.plain[numeral.end - 1]
        if self._currencies.before(text, numeral.start) or self._currencies.after(text, numeral.end):
            return numeral
        if letter in "MB" and numeral.end - numeral.core_end == 1:
            return numeral
        counted = self._counted(text, numeral) if letter == "m" else None
        return numeral if counted and counted.rule == "count" else numeral.without_scale()


def _phrase(
    numeral: Numeral,
    *,
    unit: str,
    rule: str,
    start: int | None = None,
    end: int | None = None,
    factor: Decimal = Decimal(1),
    has_suffix: bool = False,
    approximate: bool = False,
    role: str = "",
) -> Phrase:
    value = numeral.value * factor
    return Phrase(
        start=numeral.start if start is None else start,
        end=numeral.end if end is None else end,
        low=value,
        high=value,
        step=stated_step(numeral.value) * abs(factor),
        unit=unit,
        rule=rule,
        numeral=numeral,
        has_suffix=has_suffix,
        approximate=approximate or numeral.is_approximate,
        role=role,
    )

"""One number and what it measures: a numeral with its currency, percent sign, measure or noun, before ranges and bounds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from monitor.core.reading.money import Currencies, Currency
from monitor.core.reading.numerals import Numeral
from monitor.core.reading.quantities_counts import LABEL, CountReader
from monitor.core.reading.quantities_phrase import Phrase, phrase_of
from monitor.core.reading.quantities_words import Phrasebook
from monitor.core.reading.texts import Text
from monitor.core.reading.units import Units
from monitor.core.values import SHARE_UNIT

_PERCENT = Decimal("0.01")


class PhraseReader:
    """Reads what stands around a numeral.

    Args:
        language: ISO 639-1, for the words of measures and nouns.
        words: Section ``amounts`` of the language; ``endings`` are what its nouns may have behind them.
        units: The table of units.
    """

    def __init__(self, language: str, words: Mapping[str, Any], units: Units) -> None:
        self._units = units
        self._currencies = Currencies(words, units)
        shares = {"%": "1", **dict.fromkeys(words.get("percent", ()), "1")}
        points = {**dict.fromkeys(words.get("points", ()), "pp"), **dict.fromkeys(words.get("basis_points", ()), "bp")}
        endings = words.get("endings", ())
        self._shares = Phrasebook({**shares, "bp": "bp", "bps": "bp", "pp": "pp", "‰": "permille", **points}, endings)
        self._minus = Phrasebook(dict.fromkeys(map(str, words.get("minus", ())), True))
        self._shares_before = Phrasebook(dict.fromkeys(words.get("percent_before", ()), "1"))
        plain = {spelling: (symbol, "") for spelling, symbol in units.symbols.items()}
        self._symbols = Phrasebook({**plain, **units.rated_symbols})
        self._measures = Phrasebook({name: (symbol, "") for name, symbol in units.measure_names(language).items()}, endings)
        self._vague = Phrasebook(dict.fromkeys(map(str, words.get("vague_after", ())), True))
        self._of = Phrasebook(dict.fromkeys(map(str, words.get("links", ())), True))
        self._counts = CountReader(language, words, units)
        self._not_after = Phrasebook(dict.fromkeys(words.get("not_after", ()), True))
        self._ordinals = Phrasebook(dict.fromkeys(words.get("ordinals", ()), True))

    def read(self, text: Text, numeral: Numeral) -> Phrase | None:
        """The phrase around a numeral, or None where it is no amount ("5th", "62-year-old", "its 787 order")."""
        if numeral.is_guarded:
            numeral = self._unguarded(text, numeral)
        if ordinal := self._ordinals.starting_at(text.lower, numeral.end):
            return self._counts.milestone(text, numeral, ordinal[1])
        phrase = (
            self._money(text, numeral)
            or self._share(text, numeral)
            or self._measure(text, numeral)
            or self._counts.read(text, numeral)
            or phrase_of(numeral, unit="", rule="bare")
        )
        if phrase.rule == LABEL or self._not_after.starting_at(text.lower, phrase.end):
            return None
        return phrase

    def _money(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "RMB 529,900", "€1.2bn", "21.59万元", "elf Milliarden Euro", "99 pence"."""
        before = self._currencies.before(text, numeral.start)
        after = self._currencies.after(text, numeral.end)
        currency = self._chosen(before, after)
        if currency is None:
            return None
        return phrase_of(
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
            if minus := self._minus.ending_at(lower, start):
                start, sign = minus[1] + 1, -1
            else:
                sign = -1 if lower[start - 1 : start] == "-" and (start < 2 or lower[start - 2] in " (~\n") and start else 1
            if kind in ("pp", "bp"):
                return phrase_of(numeral, unit=kind, rule="points", end=end, has_suffix=True)
            factor = (_PERCENT if kind == "1" else Decimal("0.001")) * sign
            return phrase_of(
                numeral, unit=SHARE_UNIT, rule="percent", start=start - (sign < 0), end=end, factor=factor, has_suffix=True
            )
        if found := self._shares_before.ending_at(lower, numeral.start):
            return phrase_of(numeral, unit=SHARE_UNIT, rule="percent", start=found[1], factor=_PERCENT, has_suffix=True)
        return None

    def _measure(self, text: Text, numeral: Numeral) -> Phrase | None:
        """ "720,000 square metres", "1,080 mu", "15GWh", "300,000 bpd", "三年", "a three-year extension"."""
        position = numeral.end
        is_vague = False
        if numeral.scale > 1 and (link := self._of.starting_at(text.lower, position)):
            position = link[1]  # "1,4 million de barils"
        if vague := self._vague.starting_at(text.lower, position):
            position, is_vague = vague[1], True
        found = self._symbols.starting_at(text.plain, position) or self._measures.starting_at(text.lower, position)
        if not found:
            return None
        (symbol, rate), end = found
        if symbol == "year" and numeral.is_bare_digits and numeral.value > 200:
            return None
        measure = self._units.measures[symbol]
        factor = measure.factor / self._units.measures[measure.read_as].factor
        rule = "duration" if measure.dimension in ("time", "years") else "measure"
        phrase = phrase_of(numeral, unit=measure.read_as, rule=rule, end=end, factor=factor, has_suffix=True)
        return replace(phrase, rate=rate, approximate=phrase.approximate or is_vague)

    def _unguarded(self, text: Text, numeral: Numeral) -> Numeral:
        """Decide what the letter of "5m", "2b" or "1t" is: a scale beside a currency, in upper case, or before a noun."""
        letter = text.plain[numeral.end - 1]
        if self._currencies.before(text, numeral.start) or self._currencies.after(text, numeral.end):
            return numeral
        if letter in "MB" and numeral.end - numeral.core_end == 1:
            return numeral
        if letter == "m" and (self._counts.read(text, numeral) or self._of.starting_at(text.lower, numeral.end)):
            return numeral
        return numeral.without_scale()

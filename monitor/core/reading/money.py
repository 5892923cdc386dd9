"""Currencies: their signs, codes and names before or behind a number, and which one an ambiguous sign means here."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from monitor.core.reading.quantities_words import Phrasebook, is_inside_word, is_letter
from monitor.core.reading.texts import Text
from monitor.core.reading.units import Units

_KATAKANA = re.compile(r"[\u30a1-\u30fa\u30fc]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Currency:
    """A currency beside a number.

    Attributes:
        code: ISO 4217.
        start: Where its sign or name begins.
        end: Exclusive.
        factor: 0.01 for cents and pence, 1,000,000 for M€, else 1.
        is_ambiguous: A bare dollar, peso, krone …; the code is the likeliest one here.
    """

    code: str
    start: int
    end: int
    factor: Decimal = Decimal(1)
    is_ambiguous: bool = False


class Currencies:
    """The currencies as one language names them.

    Args:
        words: Section ``amounts`` of the language: ``currencies`` (word: code or ambiguous sign), ``currencies_before`` (the
            words that also stand before a number: 人民币), ``minor`` (word: code), ``defaults`` (ambiguous sign: code),
            ``links`` ("de", "of"). A word without a code is none, however it begins: 프랑스, which is no 프랑.
        units: The table with the signs and codes that hold everywhere.
    """

    def __init__(self, words: Mapping[str, Any], units: Units) -> None:
        names = {str(name): str(code) for name, code in (words.get("currencies") or {}).items()}
        self._names = Phrasebook({**units.currency_signs, **names}, words.get("endings", ()))
        self._signs = Phrasebook({**units.currency_signs, **(words.get("currencies_before") or {})})
        self._minor = Phrasebook({str(name): str(code) for name, code in (words.get("minor") or {}).items()})
        self._scaled = Phrasebook(units.scaled_signs)
        self._links = Phrasebook({str(link): True for link in words.get("links", ())})
        self._codes = Phrasebook({code: code for code in units.currency_codes})
        self._ambiguous = units.ambiguous
        self._defaults: Mapping[str, str] = words.get("defaults") or {}

    def before(self, text: Text, position: int) -> Currency | None:
        """The currency whose sign, code or name ends here: "RMB 529,900", "US$40", "人民币21.59万"."""
        found = self._codes.ending_at(text.plain, position) or self._signs.ending_at(text.lower, position)
        if not found:
            return None
        code, start = found
        return self._resolved(text, code, start, position)

    def after(self, text: Text, position: int) -> Currency | None:
        """The currency whose sign, code or name begins here: "45,2 Mio. Euro", "milliards d'euros", "万元"."""
        if link := self._links.starting_at(text.lower, position):
            position = link[1]
        if minor := self._minor.starting_at(text.lower, position):
            found = self._resolved(text, minor[0], position, minor[1])
            return replace(found, factor=Decimal("0.01"))
        if scaled := self._scaled.starting_at(text.lower, position):
            (factor, code), end = scaled
            return replace(self._resolved(text, code, position, end), factor=factor)
        found_name = self._codes.starting_at(text.plain, position) or self._names.starting_at(text.lower, position)
        if not found_name or not found_name[0] or self._opens_another(text.lower, found_name[1]):
            return None
        if _goes_on_in_katakana(text.lower, found_name[1]):
            return None  # "10フランス" is no フラン
        return self._resolved(text, found_name[0], position, found_name[1])

    @staticmethod
    def _opens_another(lower: str, end: int) -> bool:
        """Whether the sign belongs to the number behind it: the "$" of "in 2024 $5 billion"."""
        return not is_letter(lower[end - 1]) and lower[end - 1] in "$€£¥₩" and lower[end : end + 1].isdigit()

    def _resolved(self, text: Text, code: str, start: int, end: int) -> Currency:
        """Settle an ambiguous sign: by words of the text that name a country, else by the language."""
        candidates = self._ambiguous.get(code)
        if candidates is None:
            return Currency(code=code, start=start, end=end)
        for candidate, cues in candidates.items():
            if any(_begins_word(text.lower, cue) for cue in cues):
                return Currency(code=candidate, start=start, end=end, is_ambiguous=True)
        return Currency(code=str(self._defaults.get(code) or next(iter(candidates))), start=start, end=end, is_ambiguous=True)


def _begins_word(lower: str, cue: str) -> bool:
    """Whether a word of the text begins so: "oman" for Oman, but not in "woman"."""
    place = lower.find(cue)
    while place >= 0 and is_inside_word(lower, place):
        place = lower.find(cue, place + 1)
    return place >= 0


def _goes_on_in_katakana(lower: str, end: int) -> bool:
    return bool(_KATAKANA.match(lower, end - 1) and _KATAKANA.match(lower, end))

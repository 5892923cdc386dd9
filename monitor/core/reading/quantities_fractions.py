"""Shares said as fractions: "half of its staff", "two thirds", "三分之一", "四成", "die Hälfte der", "1/3 of"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from monitor.core.reading.numerals import Numeral, alternatives, opening
from monitor.core.reading.numerals_han import HAN_FIRST, read_han
from monitor.core.reading.quantities_phrase import Phrase
from monitor.core.reading.quantities_words import Phrasebook, is_inside_word
from monitor.core.reading.texts import Text
from monitor.core.values import SHARE_UNIT

_HAN_FRACTION = r"(?P<bottom>[二两三四五六七八九十\d]{1,3})(?:分之|分の|분의 ?)(?P<top>[一二两三四五六七八九\d]{1,3})"
_TENTHS = r"(?P<tenths>[一二两三四五六七八九\d])[成割](?P<rest>[一二三四五六七八九]?)(?![为為本立功果長长员交熟])"
_SLASHED = r"(?<![\d/.,\w$€£-])(?P<over>[1-9])/(?P<under>[2-9]|10)(?![\d/.,-]\d|\d|/)"
_YEAR = re.compile(r"[ ](?:of )?(?:19|20)\d\d")


class FractionFinder:
    """Finds fractions of one language.

    Args:
        words: Section ``amounts``: ``fractions`` (phrase: fraction), ``fraction_of`` (words one of which has to follow; empty for
            no such demand), ``fractions_alone`` (those that need none: "one in three"), ``fraction_not_before`` ("first" half),
            ``fraction_not_after`` ("of the year"), ``point_fractions`` ("a quarter point": 0.25),
            ``percent_fractions`` ("half a percent": 0.5).
    """

    def __init__(self, words: Mapping[str, Any]) -> None:
        self._values = {str(phrase): _fraction(str(value)) for phrase, value in (words.get("fractions") or {}).items()}
        self._points = {str(phrase): Decimal(str(value)) for phrase, value in (words.get("point_fractions") or {}).items()}
        percents = words.get("percent_fractions") or {}
        self._percents = {str(phrase): Decimal(str(value)) / 100 for phrase, value in percents.items()}
        self._alone = frozenset(map(str, words.get("fractions_alone", ())))
        phrases = {**self._values, **self._points, **self._percents}
        named = [rf"(?<!-)(?P<named>{alternatives(phrases)})(?!-)"] if phrases else []
        patterns = "|".join([*named, _HAN_FRACTION, _TENTHS, _SLASHED])
        self._pattern = re.compile(f"{opening(phrases, HAN_FIRST)}(?:{patterns})")
        self._of = Phrasebook(dict.fromkeys(map(str, words.get("fraction_of", ())), True))
        self._not_before = Phrasebook(dict.fromkeys(map(str, words.get("fraction_not_before", ())), True))
        self._not_after = Phrasebook(dict.fromkeys(map(str, words.get("fraction_not_after", ())), True))

    def find(self, text: Text) -> Iterator[Phrase]:
        """The fractions of a text as shares, and fractions of a percentage point, in order."""
        for found in self._pattern.finditer(text.lower):
            words = found[0].replace("-", " ")
            is_whole = not is_inside_word(text.lower, found.start()) and not is_inside_word(text.lower, found.end())
            if (points := self._points.get(words)) is not None and is_whole:
                yield _phrase(found, points, unit="pp", rule="points")
                continue
            if (share := self._percents.get(words)) is not None and is_whole:
                yield _phrase(found, share, unit=SHARE_UNIT, rule="percent")
                continue
            value = self._value(text.lower, found)
            if value is not None and 0 < value < 1:
                yield _phrase(found, value, unit=SHARE_UNIT, rule="fraction")

    def _value(self, lower: str, found: re.Match[str]) -> Decimal | None:
        parts = found.groupdict()
        if parts.get("named") is not None:
            return self._values.get(re.sub(r"[-]", " ", parts["named"])) if self._is_of_something(lower, found) else None
        if parts["bottom"] is not None:
            return _han_fraction(parts["top"], parts["bottom"])
        if parts["tenths"] is not None:
            tenths, rest = _han_digit(parts["tenths"]), _han_digit(parts["rest"])
            return None if tenths is None else tenths / 10 + (rest or Decimal(0)) / 100
        followed = self._of.starting_at(lower, found.end())
        return Decimal(parts["over"]) / Decimal(parts["under"]) if followed else None

    def _is_of_something(self, lower: str, found: re.Match[str]) -> bool:
        """Whether the words are a part of something rather than of the calendar."""
        start, end = found.span()
        if is_inside_word(lower, start) or is_inside_word(lower, end):
            return False
        if self._not_before.ending_at(lower, start) or self._not_after.starting_at(lower, end) or _YEAR.match(lower, end):
            return False
        return not self._of or found["named"] in self._alone or self._of.starting_at(lower, end) is not None


def _phrase(found: re.Match[str], value: Decimal, *, unit: str, rule: str) -> Phrase:
    start, end = found.span()
    return Phrase(
        start=start,
        end=end,
        low=value,
        high=value,
        step=Decimal("0.01"),
        unit=unit,
        rule=rule,
        numeral=Numeral(start=start, end=end, value=value, core_end=end, in_words=True),
        has_suffix=True,
    )


def _han_digit(text: str) -> Decimal | None:
    """One to three characters as a small number, or None: "三", "十二", "25"."""
    if text.isascii():
        return Decimal(text) if text else None
    read = read_han(text)
    return read.value if read else None


def _han_fraction(top: str, bottom: str) -> Decimal | None:
    over, under = _han_digit(top), _han_digit(bottom)
    return over / under if over and under else None


def _fraction(written: str) -> Decimal:
    top, _, bottom = written.partition("/")
    return Decimal(top) / Decimal(bottom or 1)

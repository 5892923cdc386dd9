"""Hours and minutes that are one length: "2 h 49", "2 hours and 49 minutes", "2時間49分", but not the clock's "à 14 h 30"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from monitor.core.reading.numerals import Numeral, alternatives
from monitor.core.reading.quantities_phrase import Phrase, phrase_of
from monitor.core.reading.quantities_words import Phrasebook, is_inside_word
from monitor.core.reading.texts import Text
from monitor.core.reading.units import Units

_LONGEST_BARE = 6  # hours; "17 h 30" without the word for minutes is a time of day


class TimeFinder:
    """Finds lengths in hours and minutes of one language.

    Args:
        language: ISO 639-1, for the words of hours and minutes.
        words: Section ``amounts``: ``time_joiners`` ("and"), ``clock_before`` ("at", "à", "um").
        units: The table of units.
    """

    def __init__(self, language: str, words: Mapping[str, Any], units: Units) -> None:
        names = units.measure_names(language)
        hours = alternatives([*(name for name, symbol in names.items() if symbol == "hour"), "h", "hr", "hrs"])
        minutes = alternatives([*(name for name, symbol in names.items() if symbol == "minute"), "min", "mins", "m", "分", "분"])
        joiner = alternatives(["", *(f" {word}" for word in words.get("time_joiners", ()))])
        self._pattern = re.compile(
            rf"(?<![\d.,:])(?P<hours>\d{{1,2}})[ -]?(?:{hours})\.?(?:{joiner})[ -]?"
            rf"(?P<minutes>[0-5]?\d)(?!\d|[.,:]\d|%)(?P<unit>[ -]?(?:{minutes}))?"
        )
        self._clock = Phrasebook(dict.fromkeys(map(str, words.get("clock_before", ())), True))

    def find(self, text: Text) -> Iterator[Phrase | tuple[int, int]]:
        """The lengths of a text in minutes, in order; of a time of day only where it stands, so that nobody reads its digits."""
        for found in self._pattern.finditer(text.lower):
            hours, minutes = int(found["hours"]), int(found["minutes"])
            is_named = found["unit"] is not None and not is_inside_word(text.lower, found.end())
            end = found.end() if is_named else found.end("minutes")
            if not is_named and (len(found["minutes"]) < 2 or self._is_clock(text.lower, found, hours)):
                yield found.start(), end
                continue
            numeral = Numeral(start=found.start(), end=end, value=Decimal(60 * hours + minutes), core_end=end)
            yield phrase_of(numeral, unit="minute", rule="duration", has_suffix=True)

    def _is_clock(self, lower: str, found: re.Match[str], hours: int) -> bool:
        return hours > _LONGEST_BARE or self._clock.ending_at(lower, found.start()) is not None

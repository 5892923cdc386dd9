"""Dates told from another date of the text: "the middle of that year", "the following autumn", "two years later", 翌年."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta

from monitor.core.reading.period_grammar import SPANS, Found, Rule
from monitor.core.reading.resolving import DAYS_OF_UNIT, MONTHS_OF_UNIT, Reading, Span, days_around, in_year, step
from monitor.core.values import Period, Shift

_FORM = re.compile(r"([a-z]+)([+-]\d+)")
_POINTERS = ("that", "same", "following", "following_after", "same_after")
# How many ends of sentences may lie between a date and the words that point to it.
_REACH = 2
# "The minister said on Monday" dates the speech; "that year" does not mean its year.
_SPEECH, _MONTH = timedelta(days=8), 28
# A verb of moving makes "two years later" a distance from the plan.
_MOVERS = ("delay", "advance", "move", "late", "ahead")


def named_before(found: Found, *, days: int = 366, reach: int = _REACH) -> Reading | None:
    """The date that was named last before a match, if it is as sharp as is wanted.

    The days around the publication date what was said, not what was told, so that they count only where a day is wanted.

    Args:
        days: The longest that it may be, in days.
        reach: How many ends of sentences may lie between.
    """
    for index in range(found.start - 1, -1, -1):
        atom = found.atoms[index]
        if atom.kind == "stop":
            reach -= 1
        if reach < 0:
            return None
        closed = _closed(atom.value) if isinstance(atom.value, Reading) else None
        if closed and closed.period.days <= days and (days < _MONTH or not _is_of_speech(closed, found)):
            return closed
    return None


def _is_of_speech(reading: Reading, found: Found) -> bool:
    near = reading.last is not None and abs(reading.last - found.moment.published) <= _SPEECH
    return near and reading.unit in ("day", "week", "weekend", "span")


def _closed(reading: Reading) -> Reading | None:
    """The end that is known of a deadline or of a beginning."""
    if reading.first and reading.last:
        return reading
    meant = reading.begins or Period(first=reading.first or reading.last, last=reading.last or reading.first)
    return replace(reading, first=meant.first, last=meant.last, begins=None)


def _from(anchor: Reading | None, unit: str, count: int) -> Reading | None:
    """The unit so many on from the one that a date lies in."""
    if anchor is None or anchor.last is None:
        return None
    there = days_around(anchor.last, unit)
    if there is None or there.first is None:
        return None
    if unit in DAYS_OF_UNIT:
        return days_around(there.first + timedelta(days=count * DAYS_OF_UNIT[unit]), unit)
    moved = Shift(months=count * MONTHS_OF_UNIT[unit]).moved(there.period)
    return replace(there, first=moved.first, last=moved.last)


def _length(unit: str) -> int:
    """In days, as the longest of its kind."""
    return DAYS_OF_UNIT.get(unit) or 31 * MONTHS_OF_UNIT[unit]


def _pointed(found: Found, unit: str) -> Reading | None:
    """ "That year" needs a date before it; "the same year" and "the following year" are told from today where there is none."""
    count: int = found.get(*_POINTERS)
    anchor = named_before(found, days=_length(unit))
    if anchor is None:
        return None if found.has("that") else step(unit, count, found.moment)
    return _from(anchor, unit, count)


def _that_year(found: Found) -> Reading | None:
    return _pointed(found, "year") if found.has("year_mark") or found.get("unit") == "year" else None


def _that_unit(found: Found) -> Reading | None:
    unit = found.get("unit")
    return None if unit in (None, "day", "weekend", "fortnight", "workday") else _pointed(found, unit)


def _that_day(found: Found) -> Reading | None:
    return _pointed(found, "day") if found.get("unit") == "day" else None


def unit_from(anchor: Reading | None, form: str) -> Reading | None:
    """The unit before or after a date, by a value of the lexicon: ``day-1`` of Christmas."""
    parsed = _FORM.fullmatch(form)
    return _from(anchor, parsed[1], int(parsed[2])) if parsed else None


def _word(found: Found, *units: str) -> Reading | None:
    """A value of the lexicon, ``year+1`` for 翌年; told from today where the text names no date before."""
    parsed = _FORM.fullmatch(str(found.get("from_then")))
    if parsed is None or parsed[1] not in units:
        return None
    if found.atoms[found.start].text.startswith("the ") and found.next_kind not in ("stop", "comma", "and"):
        return None  # "the year before the vote"
    anchor = named_before(found, days=_length(parsed[1]), reach=1 if parsed[1] == "day" else _REACH)
    return _from(anchor, parsed[1], int(parsed[2])) or step(parsed[1], int(parsed[2]), found.moment)


def _year_word(found: Found) -> Reading | None:
    return _word(found, "year")


def _month_word(found: Found) -> Reading | None:
    return _word(found, "month", "week")


def _day_word(found: Found) -> Reading | None:
    return _word(found, "day")


def _recurring(found: Found) -> Reading | None:
    """The same or the next of what comes once a year, as seen from the date before: "the following autumn"."""
    anchor, count = named_before(found), found.get(*_POINTERS)
    named: Reading = found.get("themonth", "period")
    if anchor is None or anchor.first is None or anchor.last is None or not named.floating:
        return None
    candidates = [in_year(named, anchor.last.year + years) for years in (0, 1)]
    if count == 0:
        return candidates[0]
    return next((c for c in candidates if c.first and c.first > anchor.first and c.last and c.last > anchor.last), None)


def _so_long_later(found: Found) -> Reading | None:
    """ "In January 2026 and a year later": from the date before, unless a plan was moved by so long.

    "In 2027, two years later" explains the date that it follows: that is a distance, which the rules of shifts read.
    """
    is_preposition = found.has("after") and found.next_kind != "stop"
    if is_preposition or _follows_date(found) or _is_moved(found):
        return None
    span: Span = found.get("duration")
    anchor = named_before(found, days=round(1.1 * (30.5 * span.months + span.days)), reach=1)
    if anchor is None or anchor.unit == "range" or span.least is not None:
        return None
    moved = Shift(months=span.months, days=span.days).moved(anchor.period)
    return replace(anchor, first=moved.first, last=moved.last, floating=False)


def _follows_date(found: Found) -> bool:
    if found.next_kind not in ("stop", "comma"):
        return False
    index = found.start - (2 if found.previous_kind == "comma" else 1)
    return index >= 0 and found.atoms[index].kind in SPANS


def _is_moved(found: Found) -> bool:
    return found.governing(*_MOVERS) is not None or any(found.kind_at(distance) in _MOVERS for distance in range(2))


# Before the days, so that "June of that year" is read in one.
YEAR_REFERENCE_RULES = (
    Rule("that year", "(that|same|following) (unit|year_mark)", "in 2026 and in that year", "span", _that_year),
    Rule("year that", "(unit|year_mark) (following_after|same_after)", "l'année suivante", "span", _that_year),
    Rule("year of before", "from_then", "翌年", "span", _year_word),
)
REFERENCE_RULES = (
    Rule("that unit", "(that|same|following) unit", "in May 2026, the following month", "span", _that_unit),
    Rule("unit that", "unit (following_after|same_after)", "le mois suivant", "span", _that_unit),
    Rule("that season", "(that|same|following) (themonth|period)", "In 2026, the following autumn", "span", _recurring),
    Rule("season that", "(themonth|period) following_after", "En 2026, l'automne suivant", "span", _recurring),
    Rule("month of before", "from_then", "翌月", "span", _month_word),
)
# Days once the weekdays are read, and distances before those that are told from today.
LATER_RULES = (
    Rule("that day", "(that|same|following) unit", "on the same day", "span", _that_day),
    Rule("day of before", "from_then", "翌日", "span", _day_word),
    Rule(
        "so long after that", "duration (later|after_after|after)", "opens in 2026 and two years later", "period", _so_long_later
    ),
)

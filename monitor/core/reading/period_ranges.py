"""Ranges: from one date to another, either of two, up to now, the nine months to September."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from monitor.core.reading.period_grammar import SPANS, UNITS, Found, Rule
from monitor.core.reading.resolving import Reading, Span, in_year
from monitor.core.values import DAY, EARLIEST, LATEST, add_months

# How far behind a range, in atoms, a verb of moving may stand, where the verb comes last ("von 2026 auf 2028 verschoben").
_REACH_AHEAD = 3
_WEEK = timedelta(days=7)
# The months of the units that "the quarter to June" is told with.
_LENGTHS = {"quarter": 3, "half": 6, "year": 12}
# Some fiscal years end on the Saturday nearest to the end of a month.
_NEAR_MONTH_END = 5


def _range(found: Found) -> Reading | None:
    """From the first day of one to the last of the other; what has no year takes it from its partner."""
    begin, end = _aligned(found)
    if begin is None or end is None or end.last < begin.first or (end.first, end.last) == (begin.first, begin.last):
        return None
    return Reading(first=begin.first, last=end.last, unit="range", approximate=begin.approximate or end.approximate)


def _aligned(found: Found) -> tuple[Any, Any]:
    """Both ends of a range in the years that they are meant in; Nones where they make none."""
    begin, end = found.all(*SPANS)[:2]
    if None in (begin.first, begin.last, end.first, end.last) or begin.unit == "range" or end.unit == "range":
        return None, None
    floating = begin.floating and end.floating
    if begin.floating and not end.floating:
        begin = in_year(begin, end.first.year)
        if begin.first > end.first:
            begin = in_year(replace(begin, floating=True), end.first.year - 1)
    elif end.floating and _ends_with_weekday(found):
        end = _next_week(end, begin)
    elif end.floating:
        end = in_year(end, begin.first.year)
        if end.last < begin.first:
            end = in_year(replace(end, floating=True), begin.first.year + 1)
    return _running(begin, end, found) if floating else (begin, end)


def _running(begin: Any, end: Any, found: Found) -> tuple[Any, Any]:
    """ "Between August and October", told in September, is of this year though it looks ahead."""
    if _ends_with_weekday(found) or begin.first <= found.moment.published:
        return begin, end
    earlier, later = (in_year(replace(one, floating=True), one.first.year - 1) for one in (begin, end))
    is_running = (earlier.first or LATEST) <= found.moment.published <= (later.last or EARLIEST)
    return (earlier, later) if is_running else (begin, end)


def _ends_with_weekday(found: Found) -> bool:
    last = next(atom for atom in reversed(found.atoms[found.start : found.end]) if atom.kind in SPANS)
    return last.rule.startswith("weekday") and last.value.unit == "day"


def _next_week(end: Any, begin: Any) -> Any:
    """From next Monday to Friday: the first Friday from then on."""
    weeks = -((end.first - begin.first) // _WEEK)
    return replace(end, first=end.first + weeks * _WEEK, last=end.last + weeks * _WEEK)


def _range_unless_moved(found: Found) -> Reading | None:
    """ "Moved from May to November" names two dates, not the time between them."""
    moves = ("delay", "advance", "move")
    ahead = any(found.kind_at(distance) in moves for distance in range(_REACH_AHEAD))
    return None if ahead or found.governing(*moves) else _range(found)


def _either(found: Found) -> Reading | None:
    """ "In September or October": one stretch where the second begins as the first ends, else two dates."""
    begin, end = _aligned(found)
    if begin is None or end is None or end.last <= begin.last or end.first - begin.last > max(DAY, begin.last - begin.first):
        return None
    return Reading(first=begin.first, last=end.last, unit="range", approximate=begin.approximate or end.approximate)


def _until_now(found: Found) -> Reading | None:
    begin: Reading = found.get(*SPANS)
    today = found.moment.published
    if begin.first is None or begin.first > today:
        return None
    return Reading(first=begin.first, last=today, unit="range")


def _run_up_to(found: Found) -> Reading | None:
    """The nine months to September, the quarter that ended on 30 June; but "slipped three months to June" moves a date."""
    end: Reading = found.get(*SPANS)
    unit = found.get(*UNITS)
    span: Span | None = found.get("duration") or (Span(months=_LENGTHS[unit], days=0, unit=unit) if unit in _LENGTHS else None)
    if span is None or not span.months or end.last is None or end.unit not in ("day", "month"):
        return None
    if found.previous_kind in ("by", "amount") or found.governing("delay", "advance", "move"):
        return None
    after = end.last + DAY
    return Reading(first=add_months(after.replace(day=1) if after.day < _NEAR_MONTH_END else after, -span.months), last=end.last)


def _kept_range(found: Found) -> Reading | None:
    reading: Reading = found.get("period")
    return reading if reading.unit == "range" else None


def _about(found: Found) -> Reading:
    reading: Reading = found.get(*SPANS)
    return replace(reading, approximate=True)


# A small word that may stand between: "from (in) March".
_OR_IN = "(on|in)?"

RANGE_RULES = (
    Rule("about", "about span", "around March 2026", "span", _about),
    Rule("about behind", "span about_after", "2026年左右", "span", _about),
    Rule("between", "between (on|in)? span and (on|in)? span", "between 2026 and 2028", "period", _range),
    Rule("between behind", "span (and|to|dash) span between_after", "2007年与2009年间", "period", _range),
    Rule(
        "from to",
        f"since {_OR_IN} span (to|dash|by|until|since) {_OR_IN} span",
        "from April 2022 to June 2023",
        "period",
        _range_unless_moved,
    ),
    Rule("range behind", "span since_after span", "2026年9月から27年3月", "period", _range_unless_moved),
    Rule("range", "span (to|dash|until) span", "2029 to 2033", "period", _range_unless_moved),
    Rule("either", "span or (on|in)? span", "in September or October", "period", _either),
    Rule(
        "until now",
        "(between|since) (on|in)? span (and|to|until|dash) now",
        "between January 2025 and now",
        "period",
        _until_now,
    ),
    Rule("run up to", "(duration|unit) (to|ended) (on|in)? span", "the nine months to September", "period", _run_up_to),
    Rule("from days", "since period", "from 12 to 15 June", "period", _kept_range),
    Rule("between days", "between period", "between 12 and 15 June", "period", _kept_range),
)

"""Last passes of the date grammar: ranges, distances from today, deadlines, open periods, shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.core.reading.period_grammar import SPANS, Found, Rule
from monitor.core.reading.resolving import DAYS_OF_UNIT, Reading, Span, advance, days_around, in_year
from monitor.core.reading.tenses import Tense
from monitor.core.values import DAY, Shift, add_months

# How far back, in atoms, a verb of moving governs "from K to V" and "by six months".
_REACH = 8
# And how far behind, where the verb comes last ("von 2026 auf 2028 verschoben").
_REACH_AHEAD = 3
_SIGNS = {"delay": 1, "move": 1, "late": 1, "later_in": 1, "advance": -1, "ahead": -1}


def _governing(found: Found, *kinds: str) -> str | None:
    """Kind of the nearest atom of some kinds before the match in its sentence."""
    for index in range(found.start - 1, max(-1, found.start - _REACH), -1):
        kind = found.atoms[index].kind
        if kind == "stop":
            return None
        if kind in kinds:
            return kind
    return None


# --- ranges ---------------------------------------------------------------------------------------


def _range(found: Found) -> Reading | None:
    """From the first day of one to the last of the other; what has no year takes it from its partner."""
    begin, end = found.all(*SPANS)[:2]
    if None in (begin.first, begin.last, end.first, end.last) or begin.unit == "range" or end.unit == "range":
        return None
    if begin.floating and not end.floating:
        begin = in_year(begin, end.first.year)
        if begin.first > end.first:
            begin = in_year(replace(begin, floating=True), end.first.year - 1)
    elif end.floating:
        end = in_year(end, begin.first.year)
        if end.last < begin.first:
            end = in_year(replace(end, floating=True), begin.first.year + 1)
    if end.last < begin.first or (end.first, end.last) == (begin.first, begin.last):
        return None
    return Reading(first=begin.first, last=end.last, unit="range", approximate=begin.approximate or end.approximate)


def _range_unless_moved(found: Found) -> Reading | None:
    """ "Moved from May to November" names two dates, not the time between them."""
    moves = ("delay", "advance", "move")
    ahead = any(found.kind_at(distance) in moves for distance in range(_REACH_AHEAD))
    return None if ahead or _governing(found, *moves) else _range(found)


def _kept_range(found: Found) -> Reading | None:
    reading: Reading = found.get("period")
    return reading if reading.unit == "range" else None


def _about(found: Found) -> Reading:
    reading: Reading = found.get(*SPANS)
    return replace(reading, approximate=True)


# --- distances from today -------------------------------------------------------------------------


def _at_distance(found: Found, count: int) -> Reading | None:
    """Days and weeks lead to a day; months and years are said of the month and the year."""
    span: Span = found.get("duration")
    day = advance(found.moment.published, span, count)
    unit = "day" if span.unit in DAYS_OF_UNIT else "year" if span.months % 12 == 0 else "month"
    reading = days_around(day, unit)
    return None if reading is None else replace(reading, approximate=unit != "day")


def _ago(found: Found) -> Reading | None:
    return _at_distance(found, -1)


def _hence(found: Found) -> Reading | None:
    if found.has("in") and found.moment.tenses.at(found.offset) is Tense.PAST:
        return None  # "its lowest level in six years"
    return _at_distance(found, 1)


def _from_anchor(found: Found, count: int) -> Reading | None:
    anchor: Reading = found.get(*SPANS)
    if anchor.first is None or anchor.last is None or anchor.unit == "range":
        return None
    span: Span = found.get("duration")
    if anchor.unit == "day":
        day = advance(anchor.first, span, count)
        return replace(anchor, first=day, last=day)
    moved = Shift(months=span.months * count, days=span.days * count).moved(anchor.period)
    return replace(anchor, first=moved.first, last=moved.last)


def _after_anchor(found: Found) -> Reading | None:
    return _from_anchor(found, 1)


def _before_anchor(found: Found) -> Reading | None:
    return _from_anchor(found, -1)


def _within(found: Found) -> Reading:
    today = found.moment.published
    return Reading(first=today, last=advance(today, found.get("duration")))


def _within_span(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    today = found.moment.published
    if span.last is None or span.last < today or span.first is None:
        return span
    return replace(span, first=today if span.first <= today else None, unit="span")


def _until_from_now(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    today = found.moment.published
    return replace(span, first=today, unit="range") if span.last is not None and span.last > today else None


# --- bounds ---------------------------------------------------------------------------------------


def _by(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.last is None or span.unit == "range" else replace(span, first=None)


def _until(found: Found) -> Reading | None:
    """ "Delayed until October" and "not until October" name October itself; "closed until October" a deadline."""
    breakers = ("delay", "move") if found.get("until") == "deadline" else ("delay", "move", "negation")
    return None if _governing(found, *breakers) else _by(found)


def _before(found: Found) -> Reading | None:
    """ "Before 2027" ends with 2026, "before the end of 2026" with 2026 itself."""
    span: Reading = found.get(*SPANS)
    if span.first is None or span.last is None or span.unit == "range":
        return None
    is_deadline_day = found.has("before_after") and span.unit == "day" and span.first.day > 1
    last = span.last if span.unit == "end" or is_deadline_day else span.first - DAY
    return replace(span, first=None, last=last)


def _since(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    if (
        span.first is None
        or span.unit == "range"
        or (found.next_kind in ("to", "until") and not found.has("since_after", "earliest"))
    ):
        return None
    is_past = span.last is not None and span.last < found.moment.published
    if is_past and span.floating and span.last and found.moment.tenses.before(found.offset) is None:
        return Reading(first=add_months(span.first, 12), last=None, unit=span.unit)  # "names Abel chief from 1 January"
    if found.has("since") and is_past:
        return span  # "since 2004": where something began, not that it is still to come
    if found.has("since") and _governing(found, "delay", "move"):
        return span  # "moved from 2026": the date that no longer holds
    return replace(span, last=None)


def _open(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.first is None else replace(span, last=None)


def _after(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.last is None else replace(span, first=span.last + timedelta(days=1), last=None)


# --- shifts ---------------------------------------------------------------------------------------


def _shift(found: Found, sign: int) -> Shift:
    span: Span = found.get("duration")
    return Shift(months=sign * span.months, days=sign * span.days)


def _told_shift(found: Found) -> Shift | None:
    """The sign from the word of delay or of haste that was matched."""
    kind = next((atom.kind for atom in found.atoms[found.start : found.end] if atom.kind in _SIGNS), None)
    return None if kind is None else _shift(found, _SIGNS[kind])


def _governed_shift(found: Found) -> Shift | None:
    kind = _governing(found, "delay", "advance", "move")
    return None if kind is None else _shift(found, _SIGNS[kind])


def _late_or_early(found: Found) -> Shift | None:
    """ "Two years late": the words that name parts of a year, behind a length of time."""
    sign = {"late": 1, "early": -1}.get(found.get("part"))
    return None if sign is None or found.next_kind in (*SPANS, "of") else _shift(found, sign)


# A small word that may stand between: "from (in) March".
_OR_IN = "(on|in)?"

RANGE_RULES = (
    Rule("about", "about span", "around March 2026", "span", _about),
    Rule("about behind", "span about_after", "2026年左右", "span", _about),
    Rule("ago", "duration ago_after", "three years ago", "period", _ago),
    Rule("ago in front", "ago duration", "il y a trois ans", "period", _ago),
    Rule("so long before", "duration before_after", "三年前", "period", _ago),
    Rule("in so long", "in duration", "in three months", "period", _hence),
    Rule("so long hence", "duration (hence|after_after)", "三个月后", "period", _hence),
    Rule("within so long", "within duration", "within three months", "period", _within),
    Rule("so long within", "duration within_after", "三个月内", "period", _within),
    Rule("between", "between (on|in)? span and (on|in)? span", "between 2026 and 2028", "period", _range),
    Rule("between behind", "span (and|to|dash) span between_after", "2007年与2009年间", "period", _range),
    Rule("between now", "(between|since) now (and|to|by) (on|in)? span", "between now and 2030", "period", _until_from_now),
    Rule(
        "from to",
        f"since {_OR_IN} span (to|dash|by|until|since) {_OR_IN} span",
        "from April 2022 to June 2023",
        "period",
        _range_unless_moved,
    ),
    Rule("range", "span (to|dash) span", "2029 to 2033", "period", _range_unless_moved),
    Rule("from days", "(since|between) period", "from 12 to 15 June", "period", _kept_range),
)

BOUND_RULES = (
    Rule("so long after", "duration (after|since) span", "two weeks after Christmas", "period", _after_anchor),
    Rule("so long before a day", "duration before span", "two days before Christmas", "period", _before_anchor),
    Rule("later than", "late span", "later than 2027", "from_period", _after),
    Rule("since then on", "since span since_after", "从2015年起", "from_period", _open),
    Rule("within", "within (of|on|in)? span", "within 2026", "period", _within_span),
    Rule("within behind", "span within_after", "3月以内", "period", _within_span),
    Rule("by", "(by|latest) (by|on|in|of|to)? span", "by end-June", "until_period", _by),
    Rule("until", "until (on|in|of|to)? span", "closed until March", "until_period", _until),
    Rule("by behind", "span of? (by_after|latest)", "2026年3月まで", "until_period", _by),
    Rule("before", "(before|ago) (on|in|of|to)? span", "before 2027", "until_period", _before),
    Rule("before behind", "span before_after", "年底前", "until_period", _before),
    Rule("since", "(since|earliest) (since|on|in|of|to|by)? span", "not before 2027", "from_period", _since),
    Rule("since behind", "span (since_after|earliest)", "December 2026 at the earliest", "from_period", _since),
    Rule("after", "after (on|in|of|to)? span", "after 2027", "from_period", _after),
    Rule("after behind", "span after_after", "2027年以后", "from_period", _after),
    Rule("late by", "duration (late|ahead|later_in)", "six months later than planned", "shift", _told_shift),
    Rule("late", "duration part", "three months late", "shift", _late_or_early),
    Rule("delayed by", "(delay|advance) (by|of|amount|about|in|to|on)? duration", "delayed by two years", "shift", _told_shift),
    Rule("so long of delay", "duration of? (delay|advance)", "a two-year delay", "shift", _told_shift),
    Rule("moved by", "(by|amount|of) duration", "postponed the launch by six months", "shift", _governed_shift),
)

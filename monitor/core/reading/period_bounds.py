"""Last passes of the date grammar: ranges, distances from today, deadlines, open periods, shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from monitor.core.reading.period_grammar import Found, Rule
from monitor.core.reading.resolving import DAYS_OF_UNIT, Reading, Span, advance, days_around, in_year
from monitor.core.reading.tenses import Tense
from monitor.core.values import DAY, Shift

_SPANS = ("theyear", "themonth", "theweek", "period")
# How far back, in atoms, a verb of moving governs "from K to V" and "by six months".
_REACH = 14
_SIGNS = {"delay": 1, "late": 1, "later_in": 1, "advance": -1, "ahead": -1}


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
    begin, end = found.all(*_SPANS)[:2]
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
    return None if _governing(found, "delay", "advance", "move") else _range(found)


def _kept_range(found: Found) -> Reading | None:
    reading: Reading = found.get("period")
    return reading if reading.unit == "range" else None


def _about(found: Found) -> Reading:
    reading: Reading = found.get(*_SPANS)
    return replace(reading, approximate=True)


# --- distances from today -------------------------------------------------------------------------


def _at_distance(found: Found, count: int) -> Reading | None:
    """Days and weeks lead to a day; months and years are said of the month and the year."""
    span: Span = found.get("duration")
    day = advance(found.moment.published, span, count)
    if span.unit in DAYS_OF_UNIT:
        unit = "day"
    else:
        unit = "year" if span.months % 12 == 0 else "month"
    reading = days_around(day, unit)
    return None if reading is None else replace(reading, approximate=unit != "day")


def _ago(found: Found) -> Reading | None:
    return _at_distance(found, -1)


def _hence(found: Found) -> Reading | None:
    if found.has("in") and found.moment.tenses.at(found.offset) is Tense.PAST:
        return None  # "its lowest level in six years"
    return _at_distance(found, 1)


def _within(found: Found) -> Reading:
    today = found.moment.published
    return Reading(first=today, last=advance(today, found.get("duration")))


def _within_span(found: Found) -> Reading | None:
    span: Reading = found.get(*_SPANS)
    today = found.moment.published
    if span.last is None or span.last < today or span.first is None:
        return span
    return replace(span, first=today if span.first <= today else None, unit="span")


def _until_from_now(found: Found) -> Reading | None:
    span: Reading = found.get(*_SPANS)
    today = found.moment.published
    return replace(span, first=today, unit="range") if span.last is not None and span.last > today else None


# --- bounds ---------------------------------------------------------------------------------------


def _by(found: Found) -> Reading | None:
    span: Reading = found.get(*_SPANS)
    return None if span.last is None or span.unit == "range" else replace(span, first=None)


def _until(found: Found) -> Reading | None:
    """ "Delayed until October" and "not until October" name October itself; "closed until October" a deadline."""
    return None if _governing(found, "delay", "move", "negation") else _by(found)


def _before(found: Found) -> Reading | None:
    """ "Before 2027" ends with 2026, "before the end of 2026" with 2026 itself."""
    span: Reading = found.get(*_SPANS)
    if span.first is None or span.last is None or span.unit == "range":
        return None
    is_deadline_day = found.has("before_after") and span.unit == "day" and span.first.day > 1
    last = span.last if span.unit == "end" or is_deadline_day else span.first - DAY
    return replace(span, first=None, last=last)


def _since(found: Found) -> Reading | None:
    span: Reading = found.get(*_SPANS)
    if span.first is None or span.unit == "range" or (found.next_kind == "to" and not found.has("since_after", "earliest")):
        return None
    if found.has("since") and span.last is not None and span.last < found.moment.published:
        return span  # "since 2004": where something began, not that it is still to come
    return replace(span, last=None)


def _after(found: Found) -> Reading | None:
    span: Reading = found.get(*_SPANS)
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
    kind = _governing(found, "delay", "advance")
    return None if kind is None else _shift(found, _SIGNS[kind])


def _late_or_early(found: Found) -> Shift | None:
    """ "Two years late": the words that name parts of a year, behind a length of time."""
    sign = {"late": 1, "early": -1}.get(found.get("part"))
    return None if sign is None or found.next_kind in (*_SPANS, "of") else _shift(found, sign)


RANGE_RULES = (
    Rule(name="about", pattern="about span", example="around March 2026", gives="span", build=_about),
    Rule(name="about behind", pattern="span about_after", example="2026年左右", gives="span", build=_about),
    Rule(name="ago", pattern="duration ago_after", example="three years ago", gives="period", build=_ago),
    Rule(name="ago in front", pattern="ago duration", example="il y a trois ans", gives="period", build=_ago),
    Rule(name="so long before", pattern="duration before_after", example="三年前", gives="period", build=_ago),
    Rule(name="in so long", pattern="in duration", example="in three months", gives="period", build=_hence),
    Rule(name="so long hence", pattern="duration (hence|after_after)", example="三个月后", gives="period", build=_hence),
    Rule(name="within so long", pattern="within duration", example="within three months", gives="period", build=_within),
    Rule(name="so long within", pattern="duration within_after", example="三个月内", gives="period", build=_within),
    Rule(
        name="between",
        pattern="between (on|in)? span and (on|in)? span",
        example="between 2026 and 2028",
        gives="period",
        build=_range,
    ),
    Rule(
        name="between behind",
        pattern="span (and|to|dash) span between_after",
        example="2007年与2009年间",
        gives="period",
        build=_range,
    ),
    Rule(
        name="between now",
        pattern="(between|since) now (and|to|by) (on|in)? span",
        example="between now and 2030",
        gives="period",
        build=_until_from_now,
    ),
    Rule(
        name="from to",
        pattern="since (on|in)? span (to|dash|by|until|since) (on|in)? span",
        example="from April 2022 to June 2023",
        gives="period",
        build=_range_unless_moved,
    ),
    Rule(name="range", pattern="span (to|dash) span", example="2029 to 2033", gives="period", build=_range_unless_moved),
    Rule(name="from days", pattern="(since|between) period", example="from 12 to 15 June", gives="period", build=_kept_range),
)

BOUND_RULES = (
    Rule(name="within", pattern="within (of|on|in)? span", example="within 2026", gives="period", build=_within_span),
    Rule(name="within behind", pattern="span within_after", example="2026年内", gives="period", build=_within_span),
    Rule(name="by", pattern="(by|latest) (by|on|in|of|to)? span", example="by end-June", gives="until_period", build=_by),
    Rule(name="until", pattern="until (on|in|of|to)? span", example="closed until March", gives="until_period", build=_until),
    Rule(name="by behind", pattern="span of? (by_after|latest)", example="2026年3月まで", gives="until_period", build=_by),
    Rule(name="before", pattern="(before|ago) (on|in|of|to)? span", example="before 2027", gives="until_period", build=_before),
    Rule(name="before behind", pattern="span before_after", example="年底前", gives="until_period", build=_before),
    Rule(
        name="since",
        pattern="(since|earliest) (since|on|in|of|to|by)? span",
        example="not before 2027",
        gives="from_period",
        build=_since,
    ),
    Rule(
        name="since behind",
        pattern="span (since_after|earliest)",
        example="December 2026 at the earliest",
        gives="from_period",
        build=_since,
    ),
    Rule(name="after", pattern="after (on|in|of|to)? span", example="after 2027", gives="from_period", build=_after),
    Rule(name="after behind", pattern="span after_after", example="2027年以后", gives="from_period", build=_after),
    Rule(
        name="late by",
        pattern="duration (late|ahead|later_in)",
        example="six months later than planned",
        gives="shift",
        build=_told_shift,
    ),
    Rule(name="late", pattern="duration part", example="three months late", gives="shift", build=_late_or_early),
    Rule(
        name="delayed by",
        pattern="(delay|advance) (by|of|amount|about|in|to|on)? duration",
        example="delayed by two years",
        gives="shift",
        build=_told_shift,
    ),
    Rule(
        name="by so long delayed",
        pattern="(amount|by|of|on|about) duration (delay|advance)",
        example="um sechs Monate verschoben",
        gives="shift",
        build=_told_shift,
    ),
    Rule(
        name="so long of delay",
        pattern="duration of? (delay|advance)",
        example="a two-year delay",
        gives="shift",
        build=_told_shift,
    ),
    Rule(
        name="moved by",
        pattern="(by|amount|of|on|about) duration",
        example="pushed the launch back by six months",
        gives="shift",
        build=_governed_shift,
    ),
)

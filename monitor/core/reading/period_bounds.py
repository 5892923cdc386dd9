"""Last passes of the date grammar: ranges, distances from today, deadlines, open periods, shifts."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from monitor.core.reading.period_grammar import SPANS, UNITS, Found, Rule
from monitor.core.reading.period_references import LATER_RULES
from monitor.core.reading.resolving import DAYS_OF_UNIT, Reading, Span, a_year, advance, days_around, in_year
from monitor.core.reading.tenses import Tense
from monitor.core.values import DAY, Shift, add_months

# How far back, in atoms, a verb of moving governs "from K to V" and "by six months".
_REACH = 8
# And how far behind, where the verb comes last ("von 2026 auf 2028 verschoben").
_REACH_AHEAD = 3
_NEAR_MONTH_END = 5
_LENGTHS = {"quarter": 3, "half": 6, "year": 12}
_SIGNS = {"delay": 1, "move": 1, "late": 1, "later": 1, "advance": -1, "ahead": -1}
# "Until Friday", "before Friday": what may follow "from the 12th".
_UP_TO = ("to", "until", "dash")


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
    begin, end = _aligned(found)
    if begin is None or end is None or end.last < begin.first or (end.first, end.last) == (begin.first, begin.last):
        return None
    return Reading(first=begin.first, last=end.last, unit="range", approximate=begin.approximate or end.approximate)


def _aligned(found: Found) -> tuple[Any, Any]:
    """Both ends of a range in the years that they are meant in; Nones where they make none."""
    begin, end = found.all(*SPANS)[:2]
    if None in (begin.first, begin.last, end.first, end.last) or begin.unit == "range" or end.unit == "range":
        return None, None
    if begin.floating and not end.floating:
        begin = in_year(begin, end.first.year)
        if begin.first > end.first:
            begin = in_year(replace(begin, floating=True), end.first.year - 1)
    elif end.floating:
        end = in_year(end, begin.first.year)
        if end.last < begin.first:
            end = in_year(replace(end, floating=True), begin.first.year + 1)
    return begin, end


def _range_unless_moved(found: Found) -> Reading | None:
    """ "Moved from May to November" names two dates, not the time between them."""
    moves = ("delay", "advance", "move")
    ahead = any(found.kind_at(distance) in moves for distance in range(_REACH_AHEAD))
    return None if ahead or _governing(found, *moves) else _range(found)


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
    if found.previous_kind in ("by", "amount") or _governing(found, "delay", "advance", "move"):
        return None
    # Some years end on the Saturday nearest to the end of a month.
    after = end.last + DAY
    return Reading(first=add_months(after.replace(day=1) if after.day < _NEAR_MONTH_END else after, -span.months), last=end.last)


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
    is_exact = span.unit in DAYS_OF_UNIT or found.get("hence") == "day"  # "a year from today"
    unit = "day" if is_exact else "year" if span.months % 12 == 0 else "month"
    reading = days_around(advance(found.moment.published, span, count), unit)
    if reading is None:
        return None
    if span.least is not None:
        other = days_around(advance(found.moment.published, span.least, count), unit)
        first, last = (other, reading) if count > 0 else (reading, other)
        return Reading(first=first.first, last=last.last, approximate=True) if first and last else None
    return replace(reading, approximate=unit != "day")


def _ago(found: Found) -> Reading | None:
    return _at_distance(found, -1)


def _hence(found: Found) -> Reading | None:
    if found.has("in") and (_is_record(found) or found.moment.tenses.at(found.offset) is Tense.PAST):
        return None
    return _at_distance(found, 1)


def _is_record(found: Found) -> bool:
    """ "Its lowest level in six years", "the first woman in six years"; but "the second plant will open in six years"."""
    if _governing(found, "record"):
        return True
    return _governing(found, "ordinal") is not None and found.moment.tenses.before(found.offset) is not Tense.FUTURE


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


def _within(found: Found) -> Reading | None:
    """From today on; "within three months of approval" is no date as long as the approval has none."""
    if found.next_kind in ("of", "after", "since") or _is_record(found):
        return None
    today = found.moment.published
    return Reading(first=today, last=advance(today, found.get("duration")))


def _within_of(found: Found) -> Reading | None:
    anchor: Reading = found.get(*SPANS)
    if anchor.first is None or anchor.last is None:
        return None
    return Reading(first=anchor.first, last=advance(anchor.last, found.get("duration")))


def _beginning(found: Found) -> Reading | None:
    """For three days from tomorrow, a week starting on Monday: a run; but "two weeks from Monday" is a day."""
    begin, span = found.get(*SPANS), found.get("duration")
    if begin.first is None or found.get("since") != "starting":
        return None
    return Reading(first=begin.first, last=advance(begin.first, span) - DAY)


def _within_span(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    today = found.moment.published
    if span.last is None or span.last < today or span.first is None:
        return span
    is_run_from_today = span.unit == "span" and span.first <= today + DAY
    return replace(span, first=today if span.first <= today or is_run_from_today else None, unit="span")


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
    is_bound = found.has("since_after", "earliest") or found.get("since") in ("bound", "earliest")
    has_end = found.next_kind in _UP_TO and found.kind_at(1) in (*SPANS, "on", "in")
    if span.first is None or span.unit == "range" or (has_end and not is_bound):
        return None
    if found.get("since") == "past":
        return span  # "since 2004": where something began, not that it is still to come
    today = found.moment.published
    is_past = span.last is not None and (span.last < today or (span.last == today and span.unit == "span"))  # "earlier today"
    if is_past and span.floating and span.last and found.moment.tenses.before(found.offset) is None:
        return Reading(first=add_months(span.first, 12), last=None, unit=span.unit)  # "names Abel chief from 1 January"
    if found.next_kind in SPANS and found.has("since_after"):
        return span  # "2025年9月から26年4月に延期": the date that no longer holds
    if found.has("since") and not is_bound and (is_past or _governing(found, "delay", "move")):
        return span  # "moved from 2026": the date that no longer holds
    return replace(span, last=None, begins=None if is_bound or span.last is None else span.period)


def _since_short_year(found: Found) -> Reading | None:
    """27年以降, 2027年起: the words that open the period begin with the mark of the year."""
    atom = next(atom for atom in found.atoms[found.start : found.end] if atom.kind in ("number", "theyear"))
    year: Reading | None = found.get("theyear")
    if year is None and isinstance(atom.value, int) and len(atom.text) == 2 and atom.text.isascii():
        year = a_year(2000 + atom.value)
    return None if year is None else replace(year, last=None)


def _open(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.first is None else replace(span, last=None, begins=span.period if span.last else None)


def _after(found: Found) -> Reading | None:
    span: Reading = found.get(*SPANS)
    return None if span.last is None else replace(span, first=span.last + timedelta(days=1), last=None)


# --- shifts ---------------------------------------------------------------------------------------


def _shift(found: Found, sign: int) -> Shift | None:
    span: Span = found.get("duration")
    return None if span.least else Shift(months=sign * span.months, days=sign * span.days)


def _told_shift(found: Found) -> Shift | None:
    """The sign from the word of delay or of haste that was matched."""
    if found.has("than"):
        return _shift(found, found.get("than"))
    kind = next((atom.kind for atom in found.atoms[found.start : found.end] if atom.kind in _SIGNS), None)
    return None if kind is None else _shift(found, _SIGNS[kind])


def _later_than(found: Found) -> Reading | None:
    return None if found.get("than") == -1 else _after(found)


def _than_date(found: Found) -> Reading | None:
    """Two years later than 2029."""
    return _from_anchor(found, found.get("than"))


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
    *LATER_RULES,
    Rule("about", "about span", "around March 2026", "span", _about),
    Rule("about behind", "span about_after", "2026年左右", "span", _about),
    Rule("ago", "duration ago_after", "three years ago", "period", _ago),
    Rule("ago in front", "ago duration", "il y a trois ans", "period", _ago),
    Rule("so long before", "duration before_after", "三年前", "period", _ago),
    Rule("in so long", "in duration", "in three months", "period", _hence),
    Rule("so long hence", "duration (hence|after_after)", "三个月后", "period", _hence),
    Rule("within so long of", "within duration (of|after|since) span", "within three months of 1 June", "period", _within_of),
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
    Rule("range behind", "span since_after span", "2026年9月から27年3月", "period", _range_unless_moved),
    Rule("range", "span (to|dash) span", "2029 to 2033", "period", _range_unless_moved),
    Rule("either", "span or (on|in)? span", "in September or October", "period", _either),
    Rule(
        "until now",
        "(between|since) (on|in)? span (and|to|until|dash) now",
        "between January 2025 and now",
        "period",
        _until_now,
    ),
    Rule("run up to", "(duration|unit) (to|ended) (on|in)? span", "the nine months to September", "period", _run_up_to),
    Rule("from days", "(since|between) period", "from 12 to 15 June", "period", _kept_range),
)

BOUND_RULES = (
    Rule("so long from", "duration since span", "three days starting on 1 June", "period", _beginning),
    Rule("so long later than", "duration than span", "two years later than 2029", "period", _than_date),
    Rule("so long after", "duration (after|since) span", "two weeks after Christmas", "period", _after_anchor),
    Rule("so long before a day", "duration before span", "two days before Christmas", "period", _before_anchor),
    Rule("later than", "(late|than) span", "later than 2027", "from_period", _later_than),
    Rule("since then on", "since span since_after", "自3月1日起", "from_period", _open),
    Rule("within", "within (of|on|in)? span", "within 2026", "period", _within_span),
    Rule("within behind", "span within_after", "3月以内", "period", _within_span),
    Rule("by", "(by|latest) (by|on|in|of|to)? span", "by end-June", "until_period", _by),
    Rule("until", "until (on|in|of|to)? span", "closed until March", "until_period", _until),
    Rule("by behind", "span of? (by_after|latest)", "2026年3月まで", "until_period", _by),
    Rule("before", "(before|ago) (on|in|of|to)? span", "before 2027", "until_period", _before),
    Rule("before behind", "span before_after", "年底前", "until_period", _before),
    Rule("since", "(since|earliest) (since|on|in|of|to|by)? span", "not before 2027", "from_period", _since),
    Rule(
        "since a short year",
        "(since theyear|since number|theyear|number) year_since",
        "27年以降",
        "from_period",
        _since_short_year,
    ),
    Rule("since behind", "span (since_after|earliest)", "December 2026 at the earliest", "from_period", _since),
    Rule("after", "after (on|in|of|to)? span", "after 2027", "from_period", _after),
    Rule("after behind", "span after_after", "2027年以后", "from_period", _after),
    Rule("late by", "duration (late|later|ahead|than)", "six months later than planned", "shift", _told_shift),
    Rule("late", "duration part", "three months late", "shift", _late_or_early),
    Rule("delayed by", "(delay|advance) (by|of|amount|about|in|to|on)? duration", "delayed by two years", "shift", _told_shift),
    Rule("so long of delay", "duration of? (delay|advance)", "a two-year delay", "shift", _told_shift),
    Rule("moved by", "(by|amount|of) duration", "postponed the launch by six months", "shift", _governed_shift),
)

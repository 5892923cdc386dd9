"""Distances: "three years ago", "in two to three years", "within three months", "two weeks after Christmas"."""

from __future__ import annotations

from dataclasses import replace

from monitor.core.reading.period_grammar import SPANS, Found, Rule
from monitor.core.reading.period_references import unit_from
from monitor.core.reading.resolving import DAYS_OF_UNIT, Reading, Span, advance, days_around
from monitor.core.reading.tenses import Tense
from monitor.core.values import DAY, Shift


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
    today, span = found.moment.published, found.get("duration")
    if found.get("hence") == "day" and _is_for(found):
        return Reading(first=today, last=advance(today, span) - DAY)
    return _at_distance(found, 1)


def _is_record(found: Found) -> bool:
    """ "Its lowest level in six years", "the first woman in six years"; but "the second plant will open in six years"."""
    if found.governing("record"):
        return True
    return found.governing("ordinal") is not None and found.moment.tenses.before(found.offset) is not Tense.FUTURE


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


def _unit_beside(found: Found) -> Reading | None:
    """The day before Christmas, the year after 2027."""
    return unit_from(found.get(*SPANS), found.get("from_then"))


def _well_after(found: Found) -> Reading | None:
    """At least two weeks after 3 May."""
    reading = _from_anchor(found, 1)
    return None if reading is None or reading.first is None else Reading(first=reading.first, last=None, unit=reading.unit)


def _soon_after(found: Found) -> Reading | None:
    """Less than two weeks after 3 May."""
    anchor: Reading = found.get(*SPANS)
    reading = _from_anchor(found, 1)
    if reading is None or anchor.last is None or reading.last is None:
        return None
    return Reading(first=anchor.last + DAY, last=reading.last)


def _well_before(found: Found) -> Reading | None:
    reading = _from_anchor(found, -1)
    return None if reading is None or reading.last is None else Reading(first=None, last=reading.last, unit=reading.unit)


def _before_anchor(found: Found) -> Reading | None:
    return _from_anchor(found, -1)


def _within(found: Found) -> Reading | None:
    """From today on; "within three months of approval" is no date as long as the approval has none, nor what something took."""
    if found.next_kind in ("of", "after", "since") or _is_record(found) or found.moment.tenses.is_done(found.offset):
        return None
    today = found.moment.published
    return Reading(first=today, last=advance(today, found.get("duration")))


def _within_of(found: Found) -> Reading | None:
    anchor: Reading = found.get(*SPANS)
    if anchor.first is None or anchor.last is None:
        return None
    return Reading(first=anchor.first, last=advance(anchor.last, found.get("duration")))


def _is_for(found: Found) -> bool:
    """ "For three days from tomorrow" lasts; "three days from tomorrow" is a day."""
    return found.start > 0 and found.atoms[found.start - 1].text == "for"


def _beginning(found: Found) -> Reading | None:
    """For three days from tomorrow, a week starting on Monday: a run; but "two weeks from Monday" is a day."""
    begin, span = found.get(*SPANS), found.get("duration")
    if begin.first is None or not (found.get("since") == "starting" or _is_for(found)):
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


def _than_date(found: Found) -> Reading | None:
    """Two years later than 2029."""
    return _from_anchor(found, found.get("than"))


# From the day of publication.
DISTANCE_RULES = (
    Rule("ago", "duration ago_after", "three years ago", "period", _ago),
    Rule("ago in front", "ago duration", "il y a trois ans", "period", _ago),
    Rule("so long before", "duration before_after", "三年前", "period", _ago),
    Rule("in so long", "in duration", "in three months", "period", _hence),
    Rule("so long hence", "duration (hence|after_after)", "三个月后", "period", _hence),
    Rule("within so long of", "within duration (of|after|since) span", "within three months of 1 June", "period", _within_of),
    Rule("within so long", "within duration", "within three months", "period", _within),
    Rule("so long within", "duration within_after", "三个月内", "period", _within),
    Rule("between now", "(between|since) now (and|to|by) (on|in)? span", "between now and 2030", "period", _until_from_now),
)
# From another date, once that is read with all that belongs to it.
ANCHOR_RULES = (
    Rule("so long from", "duration comma? since span", "three days starting on 1 June", "period", _beginning),
    Rule("so long after", "duration (after|since) span", "two weeks after Christmas", "period", _after_anchor),
    Rule("unit beside a date", "from_then span", "the day before Christmas", "span", _unit_beside),
    Rule("well after", "more_than duration after span", "more than two weeks after 3 May", "from_period", _well_after),
    Rule("well before", "more_than duration before span", "at least two weeks before 3 May", "until_period", _well_before),
    Rule("soon after", "less_than duration after span", "less than two weeks after 3 May", "period", _soon_after),
    Rule("so long before a day", "duration before span", "two days before Christmas", "period", _before_anchor),
    Rule("within", "within (of|on|in)? span", "within 2026", "period", _within_span),
    Rule("within behind", "span within_after", "3月以内", "period", _within_span),
    Rule("so long later than", "duration than span", "two years later than 2029", "period", _than_date),
)

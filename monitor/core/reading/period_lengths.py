"""Lengths of time: "six months", "one to three years", "four business days"; and runs of them from today on."""

from __future__ import annotations

from typing import Any

from monitor.core.reading.period_grammar import MONTHS, RELATIVES, UNITS, Found, Rule
from monitor.core.reading.resolving import DAYS_OF_UNIT, MONTHS_OF_UNIT, Moment, Reading, Span, advance, step
from monitor.core.values import DAY

# What makes "30日" thirty days.
_AFTER_DAYS = frozenset(("within_after", "hence", "after_after"))
# "4 to 23 next month", "2021年的最后4个月": the number belongs to what stands before.
_NO_RUN_BEHIND = frozenset(("to", "dash", "and", "or", "by", "when", "year_mark"))
# What "the last week of" may be a part of.
_WHOLES = frozenset(
    ("month", "month_weak", "month_short", "year", "relative", "when", "number", "season", "feast", "theyear", "themonth", "unit")
)


_YEARS = frozenset(("year", "theyear"))


def is_part_of_whole(found: Found) -> bool:
    """ "The last week of July", "the last four months of the year", "im letzten Quartal 2025", "årets sidste kvartal"."""
    if found.get(*RELATIVES) != -1:
        return False
    if found.next_kind in ("of", "in"):
        return found.kind_at(1) in _WHOLES
    return found.get(*UNITS) in ("quarter", "half") and (found.next_kind in _YEARS or found.previous_kind == "unit")


def span_of(number: Any, unit: str) -> Span | None:
    """A number of units; halves of them as whole months or days."""
    if number is None or number <= 0:
        return None
    if unit in MONTHS_OF_UNIT:
        return Span(months=round(number * MONTHS_OF_UNIT[unit]), days=0, unit=unit)
    if unit in DAYS_OF_UNIT:
        return Span(months=0, days=round(number * DAYS_OF_UNIT[unit]), unit=unit)
    return None


def _unit(found: Found) -> str:
    """The unit that was named, by itself or by a mark such as 年."""
    units = [unit for unit in found.all(*UNITS) if unit is not None]
    return str(units[0]) if units else "year" if found.has("year_mark") else "day"


def _duration(found: Found) -> Span | None:
    if found.previous_kind in ("nth", "month_mark") or (
        found.has("day_mark", "day_mark_weak") and found.next_kind not in _AFTER_DAYS
    ):
        return None  # "第一周", "3月28日"
    if found.has("year_mark") and found.previous_kind in MONTHS:
        return None  # "május 20-án": the ending is that of the day
    numbers = found.all("number", "some")
    number = sum(numbers) if numbers else 0
    if found.has("half_more"):
        number += 0.5
    return span_of(number, _unit(found))


def _durations(found: Found) -> Span | None:
    """Two to three years: the longer one, which knows the shorter."""
    if found.has("day_mark", "day_mark_weak") or found.previous_kind in ("nth", "month_mark"):
        return None
    least, most = (span_of(number, _unit(found)) for number in found.all("number"))
    if least is None or most is None or (least.months, least.days) >= (most.months, most.days):
        return None
    return Span(months=most.months, days=most.days, unit=most.unit, least=least)


def _sum_of_durations(found: Found) -> Span | None:
    one, two = found.all("duration")
    is_of_other = found.has("comma") and (two.months, two.days) >= (one.months, one.days)
    if two.unit == one.unit or is_of_other:
        return None  # "within three months, a year later than planned"
    return Span(months=one.months + two.months, days=one.days + two.days, unit=two.unit)


def _keep_duration(found: Found) -> Span:
    span: Span = found.get("duration")
    return span


def _relative_run(found: Found) -> Reading | None:
    """So many units from tomorrow on, or until today."""
    if is_part_of_whole(found) or found.previous_kind in _NO_RUN_BEHIND:
        return None
    number, unit, direction = found.get("number"), found.get(*UNITS) or "year", found.get(*RELATIVES)
    span = span_of(number, unit)
    if span is None or direction == 0:
        return None
    today = found.moment.published
    if unit in ("quarter", "half", "decade"):
        return _run_of_whole(unit, round(number), direction, found.moment)
    if direction > 0:
        return Reading(first=today + DAY, last=advance(today, span))
    return Reading(first=advance(today, span, -1), last=today - DAY)


def _relative_durations(found: Found) -> Reading | None:
    """In the next two to three years."""
    span: Span = found.get("duration")
    if span.least is None or found.get(*RELATIVES) != 1:
        return None
    today = found.moment.published
    return Reading(first=advance(today, span.least), last=advance(today, span), approximate=True)


def _run_of_whole(unit: str, number: int, direction: int, moment: Moment) -> Reading | None:
    """The past two quarters: whole ones, without the present."""
    nearest, farthest = step(unit, direction, moment), step(unit, direction * number, moment)
    if nearest is None or farthest is None:
        return None
    first, last = (nearest, farthest) if direction > 0 else (farthest, nearest)
    return Reading(first=first.first, last=last.last)


LENGTH_RULES = (
    Rule("relative run", "relative number (any_unit|year_mark)", "the next three months", "period", _relative_run),
    Rule("relative run before 年中", "relative number year_part", "过去十年中", "period", _relative_run),
    Rule("run relative", "number (relative units|relative_either any_unit)", "les trois prochains mois", "period", _relative_run),
    Rule("run relative behind", "number any_unit relative_after", "3 bulan ke depan", "period", _relative_run),
    Rule("duration", "(number|some) dash? (any_unit|year_mark|any_day_mark) half_more?", "six months", "duration", _duration),
    Rule("and a half", "(number|some) dash? and dash? half_more dash? any_unit", "two and a half years", "duration", _duration),
    Rule("half a unit", "half_more (any_unit|year_mark)", "半年", "duration", _duration),
    Rule(
        "durations", "number (to|dash|or|until) number dash? (any_unit|year_mark)", "two to three years", "duration", _durations
    ),
    Rule("relative durations", "relative duration", "the next two to three years", "period", _relative_durations),
    Rule("sum", "duration (and|comma)? duration", "six years and five months", "duration", _sum_of_durations),
    Rule("about so long", "about duration", "about six months", "duration", _keep_duration),
    Rule("so long about", "duration about_after", "三个月左右", "duration", _keep_duration),
)

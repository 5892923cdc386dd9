"""Dividing a stretch of days: the third quarter of a year, the last week of a month, its beginning, middle or end."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.core.reading.resolving import DAYS_OF_UNIT, MONTHS_OF_UNIT, Reading, days_around
from monitor.core.values import DAY, LATEST, add_months, month_end


def division(whole: Reading, unit: str, number: int) -> Reading | None:
    """The so-manieth unit of a whole, -1 being the last: "the third quarter of 2026", "the last week of March"."""
    if whole.first is None or whole.last is None or number == 0:
        return None
    if unit in MONTHS_OF_UNIT:
        part = _division_in_months(whole, whole.first, whole.last, unit, number)
    elif unit == "day":
        day = whole.first + timedelta(days=number - 1) if number > 0 else whole.last + timedelta(days=number + 1)
        part = Reading(first=day, last=day, unit="day")
    elif unit in DAYS_OF_UNIT:
        part = _division_in_weeks(whole.first, whole.last, number)
    else:
        return None
    if part is None or not whole.first <= (part.last or LATEST) <= whole.last + timedelta(days=3):
        return None
    return replace(part, floating=whole.floating, approximate=whole.approximate)


def _division_in_months(whole: Reading, first: date, last: date, unit: str, number: int) -> Reading | None:
    length = MONTHS_OF_UNIT[unit]
    if unit == "half" and whole.unit in ("month", "quarter", "season", "decade"):
        return half_of(whole, number)
    begin = add_months(first, length * (number - 1)) if number > 0 else add_months(last + DAY, length * number)
    end = add_months(begin, length) - DAY
    return Reading(first=begin, last=end, unit=unit) if end <= last else None


def _division_in_weeks(first: date, last: date, number: int) -> Reading | None:
    """Weeks belong to the month that their Thursday is in, as ISO 8601 has it for years."""
    if number > 0:
        thursday = first + timedelta(days=(3 - first.weekday()) % 7) + timedelta(days=7 * (number - 1))
    else:
        thursday = last - timedelta(days=(last.weekday() - 3) % 7) + timedelta(days=7 * (number + 1))
    reading = days_around(thursday, "week")
    return reading if first <= thursday <= last else None


def half_of(whole: Reading, number: int) -> Reading | None:
    """The first or the second half of any stretch of days."""
    if whole.first is None or whole.last is None or number not in (1, 2, -1):
        return None
    if whole.unit == "decade":
        middle = add_months(whole.first, 60) - DAY
    elif whole.unit == "year":
        middle = add_months(whole.first, 6) - DAY
    elif whole.unit == "month":
        middle = whole.first + timedelta(days=14)
    else:
        middle = whole.first + (whole.last - whole.first) // 2
    if number == 1:
        return replace(whole, last=middle, unit="half")
    return replace(whole, first=middle + DAY, unit="half")


_HALVES = {"first_half": 1, "second_half": 2}
# Where the parts of a unit lie: first month and number of months of twelve, and first and last day of a month.
_PARTS_OF_YEAR = {"early": (0, 4), "mid": (4, 4), "late": (9, 3), "end": (11, 1)}
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (10, 20), "late": (20, 31), "end": (25, 31)}
_PARTS_OF_WEEK = {"early": (0, 2), "mid": (1, 4), "late": (3, 6), "end": (3, 6)}
_PARTS_OF_CENTURY = {"early": (0, 25), "mid": (45, 10), "late": (75, 25), "end": (90, 10)}
_PARTS_OF_DECADE = {"early": (0, 4), "mid": (3, 4), "late": (6, 4), "end": (8, 2)}


def part(whole: Reading, name: str) -> Reading | None:
    """``early``, ``mid``, ``late`` or ``end`` of a unit, soft but for a day; ``first_half`` and ``second_half``."""
    first, last = whole.first, whole.last
    if name in _HALVES:
        return half_of(whole, _HALVES[name])
    if first is None or last is None or name not in _PARTS_OF_YEAR:
        return None
    match whole.unit:
        case "year":
            offset, count = _PARTS_OF_YEAR[name]
            begin, end = add_months(first, offset), add_months(first, offset + count) - DAY
        case "month":
            begin_day, end_day = _PARTS_OF_MONTH[name]
            begin, end = (
                first.replace(day=begin_day),
                min(
                    first.replace(day=min(end_day, 28)) + timedelta(days=max(0, end_day - 28)), month_end(first.year, first.month)
                ),
            )
        case "decade" | "century":
            offset, count = (_PARTS_OF_DECADE if whole.unit == "decade" else _PARTS_OF_CENTURY)[name]
            begin, end = add_months(first, 12 * offset), add_months(first, 12 * (offset + count)) - DAY
        case "day":
            return whole
        case "week":
            begin_day, end_day = _PARTS_OF_WEEK[name]
            begin, end = first + timedelta(days=begin_day), first + timedelta(days=end_day)
        case _:
            begin, end = _thirds(first, last, name)
    return replace(whole, first=begin, last=end, unit="end" if name == "end" else "span", approximate=True)


def _thirds(first: date, last: date, name: str) -> tuple[date, date]:
    """Thirds of whole months where the unit has three or more of them, of days otherwise."""
    months = (last.year - first.year) * 12 + last.month - first.month + 1
    index = {"early": 0, "mid": 1, "late": 2, "end": 2}[name]
    if first.day == 1 and months >= 3:
        third = months // 3
        begin = add_months(first, third * index)
        return begin, last if index == 2 else add_months(begin, third) - DAY
    third_days = ((last - first).days + 1) // 3
    begin = first + timedelta(days=third_days * index)
    return begin, last if index == 2 else begin + timedelta(days=max(0, third_days - 1))

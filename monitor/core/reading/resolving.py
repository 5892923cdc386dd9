"""Calendar arithmetic: from what a phrase says to the days it means, seen from the day of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.core.reading.tenses import Tense, Tenses
from monitor.core.values import DAY, EARLIEST, LATEST, Period, add_months, month_end

MONTHS_OF_UNIT = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_OF_UNIT = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}
# Longer than the three meteorological months: newspapers use the names until the solstice and beyond.
SEASONS = {"spring": (3, 4), "summer": (6, 4), "autumn": (9, 4), "winter": (12, 4)}
# A date without a year and without a verb to tell: plans are told more often than memories.
_PAST_IS_FARTHER = 1.2
# In days: news dates what has just been or is about to be.
_SURELY_NEAR = 10


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A stretch of days as the grammar holds it until the whole phrase is read.

    Attributes:
        first: First day, or None where the phrase leaves it open.
        last: Last day, or None where open.
        unit: The calendar unit that was named: ``day``, ``week``, ``month``, ``quarter``, ``half``, ``season``, ``year``,
            ``decade``; ``span`` for anything else.
        approximate: The ends are soft.
        floating: The phrase names no year (a weekday: no week), so that the words beside it may still move it.
    """

    first: date | None
    last: date | None
    unit: str = "span"
    approximate: bool = False
    floating: bool = False

    @property
    def period(self) -> Period:
        """The finished value."""
        return Period(first=self.first, last=self.last, approximate=self.approximate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time; either months or days are zero."""

    months: int
    days: int
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """From where a text looks at the calendar."""

    published: date
    tenses: Tenses
    fiscal_year_start: int = 1


# --- making ---------------------------------------------------------------------------------------


def a_day(year: int, month: int, day: int) -> Reading | None:
    """One day, or None where the calendar has no such day."""
    try:
        only = date(year, month, day)
    except ValueError:
        return None
    return Reading(first=only, last=only, unit="day") if EARLIEST <= only <= LATEST else None


def run_of_months(year: int, month: int, count: int, unit: str, *, approximate: bool = False) -> Reading | None:
    """Whole months from the first of one; None beyond the calendar that we keep."""
    if not (EARLIEST.year <= year <= LATEST.year - 1 and 1 <= month <= 12):
        return None
    first = date(year, month, 1)
    return Reading(first=first, last=add_months(first, count) - DAY, unit=unit, approximate=approximate)


def a_year(year: int) -> Reading | None:
    """A calendar year."""
    return run_of_months(year, 1, 12, "year")


def fiscal_year(year: int, moment: Moment, *, named_by_start: bool = False) -> Reading | None:
    """A fiscal year, which is named for the year that it ends in, but in Japan for the one that it begins in."""
    start = moment.fiscal_year_start
    return run_of_months(year - (start > 1 and not named_by_start), start, 12, "year")


def season(year: int, name: str) -> Reading | None:
    """A season by the year that it begins in; soft at both ends."""
    month, count = SEASONS[name]
    return run_of_months(year, month, count, "season", approximate=True)


def days_around(day: date, unit: str) -> Reading | None:
    """The calendar unit that a day lies in."""
    match unit:
        case "day":
            return Reading(first=day, last=day, unit="day")
        case "week" | "fortnight":
            monday = day - timedelta(days=day.weekday())
            return Reading(first=monday, last=monday + timedelta(days=6), unit="week")
        case "weekend":
            saturday = day - timedelta(days=day.weekday()) + timedelta(days=5)
            return Reading(first=saturday, last=saturday + DAY, unit="weekend")
        case "decade":
            return run_of_months(day.year - day.year % 10, 1, 120, "decade")
        case "century":
            return Reading(first=date(day.year // 100 * 100, 1, 1), last=date(day.year // 100 * 100 + 99, 12, 31), unit="century")
    length = MONTHS_OF_UNIT[unit]
    return run_of_months(day.year, (day.month - 1) // length * length + 1, length, unit)


def day_of_week(week: Reading | None, weekday: int) -> Reading | None:
    """A weekday, Monday being 0, of a given week."""
    if week is None or week.first is None:
        return None
    day = week.first - timedelta(days=week.first.weekday()) + timedelta(days=weekday)
    return Reading(first=day, last=day, unit="day")


def step(unit: str, count: int, moment: Moment) -> Reading | None:
    """The unit so many on from the one that holds the day of publication: "next quarter" is 1 on."""
    base = days_around(moment.published, unit)
    if base is None or base.first is None:
        return None
    return days_around(
        advance(base.first, Span(months=MONTHS_OF_UNIT.get(unit, 0), days=DAYS_OF_UNIT.get(unit, 0), unit=unit), count), unit
    )


def advance(day: date, span: Span, count: int = 1) -> date:
    """A day so many spans on, held within the calendar that we keep."""
    months = span.months * count
    if not EARLIEST.year * 12 <= day.year * 12 + months < LATEST.year * 12:
        return LATEST if months > 0 else EARLIEST
    days = max(-60_000, min(60_000, span.days * count))
    moved = add_months(day, months) + timedelta(days=days)
    return min(max(moved, EARLIEST), LATEST)


# --- placing --------------------------------------------------------------------------------------


def place(
    candidates: Iterable[Reading | None],
    moment: Moment,
    offset: int,
    *,
    told: Tense | None = None,
    default: Tense | None = None,
    otherwise: Tense | None = None,
) -> Reading | None:
    """Choose among the recurrences of a date that has no year: by tense first, by nearness second.

    Args:
        told: The tense, where the words around the date have told it already.
        default: The tense where no word before the date tells it.
        otherwise: The tense where no word at all tells it.
    """
    known = sorted((c for c in candidates if c is not None), key=_first_day)
    today = moment.published
    nearest = min(known, key=lambda c: _distance(c, today), default=None)
    tense = told or moment.tenses.before(offset) or default
    if tense is None and nearest is not None and _distance(nearest, today) > _SURELY_NEAR:
        tense = moment.tenses.behind(offset) or otherwise
    chosen: Reading | None = None
    if tense is Tense.FUTURE:
        chosen = next((c for c in known if _last_day(c) >= today), None)
    elif tense is Tense.PAST:
        chosen = next((c for c in reversed(known) if _first_day(c) <= today), None)
    chosen = chosen or nearest
    return None if chosen is None else replace(chosen, floating=True)


def each_year(
    build: Callable[[int], Reading | None],
    moment: Moment,
    offset: int,
    *,
    reach: int = 1,
    told: Tense | None = None,
    otherwise: Tense | None = None,
) -> Reading | None:
    """Place a date that comes once a year."""
    years = range(moment.published.year - reach, moment.published.year + reach + 1)
    return place(map(build, years), moment, offset, told=told, otherwise=otherwise)


def _distance(candidate: Reading, today: date) -> float:
    first, last = _first_day(candidate), _last_day(candidate)
    if first > today:
        return (first - today).days
    return max(0, (today - last).days) * _PAST_IS_FARTHER


def _first_day(reading: Reading) -> date:
    return reading.first or EARLIEST


def _last_day(reading: Reading) -> date:
    return reading.last or LATEST


def in_year(reading: Reading, year: int) -> Reading:
    """A floating reading moved so that it begins in a year."""
    if reading.first is None or reading.last is None:
        return reading
    months = (year - reading.first.year) * 12
    at_end = reading.unit != "day" and (reading.last + DAY).day == 1
    return replace(
        reading,
        first=add_months(reading.first, months),
        last=add_months(reading.last, months, snap_to_end=at_end),
        floating=False,
    )


# --- dividing -------------------------------------------------------------------------------------


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
    if part is None or not whole.first <= _last_day(part) <= whole.last + timedelta(days=3):
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
    elif whole.unit == "month":
        middle = whole.first + timedelta(days=14)
    else:
        middle = whole.first + (whole.last - whole.first) // 2
    if number == 1:
        return replace(whole, last=middle, unit="half")
    return replace(whole, first=middle + DAY, unit="half")


# Where the parts of a unit lie: first month and number of months of twelve, and first and last day of a month.
_PARTS_OF_YEAR = {"early": (0, 4), "mid": (4, 4), "late": (9, 3), "end": (11, 1)}
_PARTS_OF_MONTH = {"early": (1, 10), "mid": (10, 20), "late": (20, 31), "end": (25, 31)}
_PARTS_OF_WEEK = {"early": (0, 2), "mid": (1, 4), "late": (3, 6), "end": (3, 6)}
_PARTS_OF_DECADE = {"early": (0, 4), "mid": (3, 4), "late": (6, 4), "end": (8, 2)}


def part(whole: Reading, name: str) -> Reading | None:
    """``early``, ``mid``, ``late`` or ``end`` of a unit; soft, but for the end of a day or a week."""
    first, last = whole.first, whole.last
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
        case "decade":
            offset, count = _PARTS_OF_DECADE[name]
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

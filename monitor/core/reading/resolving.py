"""Calendar arithmetic: from what a phrase says to the days it means, seen from the day of publication."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from monitor.core.reading.tenses import Tense, Tenses
from monitor.core.values import DAY, EARLIEST, LATEST, Period, add_months

MONTHS_OF_UNIT = {"month": 1, "quarter": 3, "half": 6, "season": 3, "year": 12, "decade": 120, "century": 1200}
DAYS_OF_UNIT = {"day": 1, "workday": 1, "weekend": 7, "week": 7, "fortnight": 14}
# Longer than the three meteorological months: newspapers use the names until the solstice and beyond.
SEASONS = {"spring": (3, 4), "summer": (6, 4), "autumn": (9, 4), "winter": (12, 4)}
# A date without a year and without a verb to tell: plans are told more often than memories.
_PAST_IS_FARTHER = 1.5
# In days: what lay so long ago would be told with its year, where the same date is about to come.
_LONG_AGO = 300
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
        begins: Where only a beginning is told ("from June 2026"): the time in which it lies, June 2026.
    """

    first: date | None
    last: date | None
    unit: str = "span"
    approximate: bool = False
    floating: bool = False
    begins: Period | None = None

    @property
    def period(self) -> Period:
        """The finished value."""
        return Period(first=self.first, last=self.last, approximate=self.approximate)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A length of time.

    Attributes:
        least: The shorter of "two to three years", of which this is the longer.
    """

    months: int
    days: int
    unit: str
    least: Span | None = None


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


def fiscal_year(year: int, moment: Moment) -> Reading | None:
    """A fiscal year, which is named for the year that it ends in."""
    start = moment.fiscal_year_start
    return run_of_months(year - (start > 1), start, 12, "year")


def season(year: int, name: str) -> Reading | None:
    """A season by the year that it begins in; soft at both ends."""
    month, count = SEASONS[name]
    return run_of_months(year, month, count, "season", approximate=True)


def days_around(day: date, unit: str) -> Reading | None:
    """The calendar unit that a day lies in."""
    match unit:
        case "day" | "workday":
            return Reading(first=day, last=day, unit="day")
        case "week" | "fortnight":
            monday = day - timedelta(days=day.weekday())
            return Reading(first=monday, last=monday + timedelta(days=DAYS_OF_UNIT[unit] - 1), unit="week")
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
    if span.unit == "workday":
        return _advance_workdays(day, span.days * count)
    months = span.months * count
    if not EARLIEST.year * 12 <= day.year * 12 + months < LATEST.year * 12:
        return LATEST if months > 0 else EARLIEST
    days = max(-60_000, min(60_000, span.days * count))
    moved = add_months(day, months) + timedelta(days=days)
    return min(max(moved, EARLIEST), LATEST)


def _advance_workdays(day: date, count: int) -> date:
    """Saturdays and Sundays do not count."""
    direction = 1 if count > 0 else -1
    for _ in range(min(abs(count), 1000)):
        day += direction * DAY
        while day.weekday() > 4:
            day += direction * DAY
    return min(max(day, EARLIEST), LATEST)


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
    tense = told or moment.tenses.before_verb(offset) or default
    if tense is None and nearest is not None and _distance(nearest, today) > _SURELY_NEAR:
        tense = moment.tenses.behind(offset) or otherwise
    chosen: Reading | None = None
    if tense is Tense.FUTURE:
        chosen = next((c for c in known if _last_day(c) >= today), None)
    elif tense is Tense.PAST:
        chosen = next((c for c in reversed(known) if _first_day(c) <= today), None)
        if chosen and nearest and _is_too_old(chosen, nearest, today):
            chosen = nearest
    chosen = chosen or nearest
    return None if chosen is None else replace(chosen, floating=True)


def _is_too_old(chosen: Reading, nearest: Reading, today: date) -> bool:
    """ "They announced a launch on 18 March", written in February: the verb looks back, the date does not."""
    days = (today - _last_day(chosen)).days
    is_of_another_year = _last_day(chosen).year < today.year and days > _LONG_AGO / 2
    return (days > _LONG_AGO or is_of_another_year) and _first_day(nearest) > today and nearest.unit in ("day", "month")


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

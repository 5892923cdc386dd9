"""Second pass of the date grammar: what comes once a year, be it a season, a feast, a quarter or a half."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from monitor.core.reading.period_grammar import MONTHS, RELATIVES, Found, Rule
from monitor.core.reading.resolving import Reading, a_day, division, run_of_months, season
from monitor.core.reading.tenses import Tense
from monitor.core.values import add_months

_D = "(number|ordinal) dot?"
_BEFORE_SHORT = "in on by before since after until of within to and earliest latest stop"

Build = Callable[[int], Reading | None]


def _in_its_year(found: Found, build: Build, otherwise: Tense | None = None) -> Reading | None:
    year = found.year
    if year is not None:
        return build(year)
    direction = found.get(*RELATIVES)
    if direction is None:
        return found.once_a_year(build, otherwise=otherwise)
    return _by_direction(found, build, direction)


def _by_direction(found: Found, build: Build, direction: int) -> Reading | None:
    """ "Next December" is the next that begins, "last December" the last that ended, "this" the nearest."""
    today = found.moment.published
    readings: list[Reading] = [r for r in (build(today.year + n) for n in (-2, -1, 0, 1, 2)) if r is not None]
    if direction > 0:
        return next((r for r in readings if r.first and r.first > today), None)
    if direction < 0:
        return next((r for r in reversed(readings) if r.last and r.last < today), None)
    current = [r for r in readings if r.first and r.last and r.first.year == today.year]
    running = [r for r in readings if r.first and r.last and r.first <= today <= r.last]
    return next(iter(running or current), None)


def _season(found: Found) -> Reading | None:
    name: str = found.get("season", "season_weak")
    return _in_its_year(found, lambda year: season(year, name), Tense.FUTURE)


def _relative_month(found: Found) -> Reading | None:
    month: int = found.get(*MONTHS)
    return _in_its_year(found, lambda year: run_of_months(year, month, 1, "month"))


def _relative_day(found: Found) -> Reading | None:
    month, day = found.get(*MONTHS), found.day_number
    return None if day is None else _in_its_year(found, lambda year: a_day(year, month, day))


def _feast(found: Found) -> Reading | None:
    """A value of the lexicon: ``12-25`` or ``12-24..12-26``; the second may lie in the next year."""
    ends = [tuple(map(int, end.split("-"))) for end in str(found.get("feast")).split("..")]
    (month, day), (last_month, last_day) = ends[0], ends[-1]

    def build(year: int) -> Reading | None:
        first = a_day(year, month, day)
        last = a_day(year + ((last_month, last_day) < (month, day)), last_month, last_day)
        if first is None or last is None:
            return None
        return first if len(ends) == 1 else Reading(first=first.first, last=last.last, approximate=True)

    return _in_its_year(found, build)


def _quarter(found: Found) -> Reading | None:
    number: int = found.get("quarter", "quarter_mark")
    return _division_of_year(found, "quarter", number)


def _half(found: Found) -> Reading | None:
    number: int = found.get("half", "half_mark")
    return _division_of_year(found, "half", number)


def _division_of_year(found: Found, unit: str, number: int) -> Reading | None:
    whole = found.get("theyear")
    if whole is not None:
        return division(whole, unit, number)
    if found.next_kind == "of":
        return None  # "the first half of" something else
    length, start = (3 if unit == "quarter" else 6), found.moment.fiscal_year_start
    place_in = 12 // length if number < 0 else number

    def build(year: int) -> Reading | None:
        first = add_months(date(year, start, 1), length * (place_in - 1))
        return run_of_months(first.year, first.month, length, unit)

    return found.once_a_year(build)


YEARLY_RULES = (
    Rule("day month relative", f"{_D} of? any_month relative_after", "le 15 juin prochain", "span", _relative_day),
    Rule("relative month", "relative (month|month_weak)", "next December", "span", _relative_month),
    Rule("month relative", "any_month relative_after", "en juin prochain", "span", _relative_month),
    Rule("season of year", "(season|season_weak) (of|comma)? theyear", "spring 2026", "span", _season),
    Rule("year season", "theyear of? (season|season_weak)", "明年春天", "span", _season),
    Rule("season", "season", "the autumn", "span", _season),
    Rule("season that is a word", "season_weak", "in the fall", "span", _season, behind="in of on by before since after until"),
    Rule("relative season", "relative (season|season_weak)", "this autumn", "span", _season),
    Rule("season relative", "(season|season_weak) relative_after", "l'été prochain", "span", _season),
    Rule("feast of year", "feast of? theyear", "Christmas 2026", "span", _feast),
    Rule("year feast", "theyear of? feast", "2026年国庆节", "span", _feast),
    Rule("feast", "feast", "Christmas", "span", _feast),
    Rule("relative feast", "relative feast", "next Christmas", "span", _feast),
    Rule(
        "quarter of year", "(quarter|quarter_mark) (of|in|comma|slash|dash)? theyear", "third quarter of 2026", "span", _quarter
    ),
    Rule("year quarter", "theyear (of|dash|slash)? (quarter|quarter_mark)", "2026年第三季度", "span", _quarter),
    Rule("quarter", "quarter", "the third quarter", "span", _quarter),
    Rule("quarter in short", "quarter_mark", "in Q3", "span", _quarter, behind=_BEFORE_SHORT),
    Rule("half of year", "(half|half_mark) (of|in|comma|slash|dash)? theyear", "1H25", "span", _half),
    Rule("year half", "theyear (of|dash|slash)? (half|half_mark)", "明年上半年", "span", _half),
    Rule("half", "half", "the second half", "span", _half),
    Rule("half in short", "half_mark", "in H2", "span", _half, behind=_BEFORE_SHORT),
)

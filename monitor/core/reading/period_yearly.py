"""Second pass of the date grammar: what comes once a year, be it a season, a feast, a quarter or a half."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from monitor.core.reading.period_divisions import division
from monitor.core.reading.period_feasts import feast, weekend_of
from monitor.core.reading.period_grammar import MONTHS, RELATIVES, Found, Rule
from monitor.core.reading.period_references import named_before
from monitor.core.reading.resolving import Reading, a_day, run_of_months, season, step
from monitor.core.reading.tenses import Tense
from monitor.core.values import add_months

_D = "(number|ordinal) dot?"
_BEFORE_SEASON = "in of on by before since after until that same following"
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
    if found.previous_kind == "that" and named_before(found) is None:
        return None  # "they will cross that fall"
    return _in_its_year(found, lambda year: season(year, name), Tense.FUTURE)


def _relative_month(found: Found) -> Reading | None:
    month: int = found.get(*MONTHS)
    return _in_its_year(found, lambda year: run_of_months(year, month, 1, "month"))


def _relative_day(found: Found) -> Reading | None:
    month, day = found.get(*MONTHS), found.day_number
    return None if day is None else _in_its_year(found, lambda year: a_day(year, month, day))


def _feast(found: Found) -> Reading | None:
    rule = str(found.get("feast"))
    return _in_its_year(found, lambda year: feast(year, rule))


def _feast_weekend(found: Found) -> Reading | None:
    """Memorial Day weekend, the weekend of Thanksgiving."""
    rule = str(found.get("feast"))
    if found.get("unit") != "weekend":
        return None

    def build(year: int) -> Reading | None:
        day = feast(year, rule)
        return weekend_of(day.first) if day and day.first else None

    return _in_its_year(found, build)


def _quarter_of_unit(found: Found) -> Reading | None:
    """Az év utolsó negyedéve: the quarter of the year at hand."""
    whole = step(found.get("unit") or "year", 0, found.moment)
    return division(whole, "quarter", found.get("quarter")) if whole is not None and whole.unit == "year" else None


def _quarter(found: Found) -> Reading | None:
    number: int = found.get("quarter", "quarter_mark")
    return _division_of_year(found, "quarter", number)


def _two_in_one_year(found: Found) -> Reading | None:
    """In the second or third quarter of 2026, in the summer or autumn of 2026: one stretch."""
    whole: Reading = found.get("theyear")
    ends: list[Reading | None]
    if found.has("season", "season_weak"):
        ends = [season(found.year or 0, name) for name in found.all("season", "season_weak")]
    else:
        ends = [division(whole, "quarter", number) for number in found.all("ordinal", "quarter", "quarter_mark")]
    first, last = ends[0], ends[-1]
    if first is None or last is None or first.first is None or last.last is None or last.last <= first.first:
        return None
    return Reading(first=first.first, last=last.last, approximate=first.approximate)


def _quarter_of_month(found: Found) -> Reading | None:
    """The June quarter ends with June."""
    month: int = found.get(*MONTHS)
    if found.get("unit") != "quarter":
        return None

    def build(year: int) -> Reading | None:
        first = add_months(date(year, month, 1), -2)
        return run_of_months(first.year, first.month, 3, "quarter")

    return _in_its_year(found, build)


def _half(found: Found) -> Reading | None:
    number: int = found.get("half", "half_mark")
    return _division_of_year(found, "half", number)


def _year_left_out(found: Found) -> Reading | None:
    """In the fourth quarter of this year or the first of next: the word "year" is understood."""
    if found.next_kind not in ("stop", "comma", "and", "or", "word"):
        return None
    whole = step("year", found.get(*RELATIVES), found.moment)
    unit = "quarter" if found.has("quarter") else "half"
    return None if whole is None else division(whole, unit, found.get("quarter", "half"))


def _division_of_year(found: Found, unit: str, number: int) -> Reading | None:
    whole = found.get("theyear")
    if whole is not None:
        return division(whole, unit, number)
    if found.next_kind in ("of", "themonth", *MONTHS) and not found.has(*RELATIVES):
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
    Rule("season that is a word", "season_weak", "in the fall", "span", _season, behind=_BEFORE_SEASON),
    Rule("relative season", "relative (season|season_weak)", "this autumn", "span", _season),
    Rule("season relative", "(season|season_weak) relative_after", "l'été prochain", "span", _season),
    Rule("feast of year", "feast (of|comma)? theyear", "Christmas 2026", "span", _feast),
    Rule("year feast", "theyear of? feast", "2026年国庆节", "span", _feast),
    Rule("feast", "feast", "Christmas", "span", _feast),
    Rule("feast relative", "feast relative_after", "Noël prochain", "span", _feast),
    Rule("weekend of a feast", "feast theyear? unit (of? theyear)?", "Memorial Day weekend next year", "span", _feast_weekend),
    Rule("feast of a weekend", "unit of? feast theyear?", "the weekend of Thanksgiving 2023", "span", _feast_weekend),
    Rule("relative feast", "relative feast", "next Christmas", "span", _feast),
    Rule(
        "quarter of year", "(quarter|quarter_mark) (of|in|comma|slash|dash)? theyear", "third quarter of 2026", "span", _quarter
    ),
    Rule("year quarter", "theyear (of|dash|slash)? (quarter|quarter_mark)", "2026年第三季度", "span", _quarter),
    Rule("quarter of unit", "(unit|year_mark) quarter", "az év utolsó negyedéve", "span", _quarter_of_unit),
    Rule("year left out", "(quarter|half) of? relative", "в первом квартале следующего", "span", _year_left_out),
    Rule("quarter", "quarter", "the third quarter", "span", _quarter),
    Rule("quarter in short", "quarter_mark", "in Q3", "span", _quarter, behind=_BEFORE_SHORT),
    Rule(
        "quarters of year",
        "(ordinal|quarter|quarter_mark) (slash|or|to|dash) (quarter|quarter_mark) (of|in|comma)? theyear",
        "second or third quarter of 2026",
        "period",
        _two_in_one_year,
    ),
    Rule(
        "seasons of year",
        "(season|season_weak) (slash|or|to|dash) (season|season_weak) (of|comma)? theyear",
        "summer or autumn of 2026",
        "period",
        _two_in_one_year,
    ),
    Rule("quarter of a month", "(month|month_weak) unit theyear?", "the June quarter", "span", _quarter_of_month),
    Rule("half of year", "(half|half_mark) (of|in|comma|slash|dash)? theyear", "1H25", "span", _half),
    Rule("year half", "theyear (of|dash|slash)? (half|half_mark)", "明年上半年", "span", _half),
    Rule("half", "half", "the second half", "span", _half),
    Rule("half in short", "half_mark", "in H2", "span", _half, behind=_BEFORE_SHORT),
)

"""Second pass of the date grammar: days, months, seasons, quarters, halves, and the parts of all of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from monitor.core.reading.period_grammar import RELATIVES, Found, Rule
from monitor.core.reading.resolving import (
    Reading,
    a_day,
    days_around,
    division,
    each_year,
    half_of,
    part,
    place,
    run_of_months,
    season,
    step,
)
from monitor.core.reading.tenses import Tense
from monitor.core.values import add_months

_SPANS = ("theyear", "themonth", "theweek", "period")
_MONTHS = ("month", "month_weak", "month_short")
_WEEKDAYS = ("weekday", "weekday_weak")
_BEHIND_WEAK = "in on by before since after earliest latest to between and until of relative dash about within part part_of"


def _day_number(found: Found) -> int | None:
    number = found.get("number", "ordinal")
    return number if isinstance(number, int) and 1 <= number <= 31 else None


def _year_of(found: Found) -> int | None:
    year = found.get("theyear")
    return year.first.year if year is not None and year.first is not None else None


def _month_number(found: Found) -> int | None:
    """The month by its name, or by the first number where a mark follows it (6月)."""
    name: int | None = found.get(*_MONTHS)
    if name is not None:
        return name
    number = found.get("number")
    return number if isinstance(number, int) and 1 <= number <= 12 else None


def _day_in(found: Found, month: int | None, day: Any) -> Reading | None:
    if month is None or not isinstance(day, int):
        return None
    year = _year_of(found)
    if year is not None:
        return a_day(year, month, day)
    # A 29 February may be four years off.
    return each_year(lambda y: a_day(y, month, day), found.moment, found.offset, reach=4 if (month, day) == (2, 29) else 1)


def _named_day(found: Found) -> Reading | None:
    return _day_in(found, found.get(*_MONTHS), _day_number(found))


def _marked_day(found: Found) -> Reading | None:
    numbers = found.all("number")
    return _day_in(found, *numbers[:2]) if all(isinstance(n, int) for n in numbers) else None


def _short_date(found: Found) -> Reading | None:
    month, day = found.get("short_date")
    return _day_in(found, month, day)


def _month_with_day(found: Found) -> Reading | None:
    month, day = found.get("themonth"), _day_number(found)
    return None if day is None else a_day(month.first.year, month.first.month, day)


def _month(found: Found) -> Reading | None:
    month, year = _month_number(found), _year_of(found)
    if month is None:
        return None
    if year is not None:
        return run_of_months(year, month, 1, "month")
    return each_year(lambda y: run_of_months(y, month, 1, "month"), found.moment, found.offset)


def _months(found: Found) -> Reading | None:
    first, last = found.all("number")[:2]
    if not (isinstance(first, int) and isinstance(last, int) and 1 <= first < last <= 12):
        return None
    year = _year_of(found)
    if year is not None:
        return run_of_months(year, first, last - first + 1, "span")
    return each_year(lambda y: run_of_months(y, first, last - first + 1, "span"), found.moment, found.offset)


def _lone_day(found: Found) -> Reading | None:
    """The 15th of this month, of the next or of the last."""
    day = _day_number(found)
    if day is None or (found.has("ordinal") and not found.atoms[found.start].text[:1].isdigit()):
        return None
    months = [add_months(found.moment.published.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    return place([a_day(m.year, m.month, day) for m in months], found.moment, found.offset)


def _days(found: Found) -> Reading | None:
    """13 to 15 June: two numbers in one month."""
    first, last = found.all("number", "ordinal")[-2:] if found.has(*_MONTHS, "themonth") else found.all("number")[1:3]
    month = found.get("themonth")
    if month is not None:
        begin, end = _in_month(month, first), _in_month(month, last)
    else:
        number = found.get(*_MONTHS) or found.get("number")
        begin = _day_in(found, number, first)
        end = a_day(begin.first.year, number, last) if begin and begin.first and isinstance(last, int) else None
    if begin is None or end is None or begin.first is None or end.first is None or end.first < begin.first:
        return None
    return Reading(first=begin.first, last=end.first, unit="range", floating=begin.floating)


def _in_month(month: Reading, day: Any) -> Reading | None:
    return a_day(month.first.year, month.first.month, day) if month.first and isinstance(day, int) else None


# --- weekdays and weeks ---------------------------------------------------------------------------


def _weekday(found: Found) -> Reading | None:
    """A bare weekday: within the week before or after; the day itself where the text looks back."""
    today, number = found.moment.published, found.get(*_WEEKDAYS)
    nearest = today - timedelta(days=(today.weekday() - number) % 7)
    days = [nearest + timedelta(days=7 * n) for n in (-1, 0, 1)]
    readings = [Reading(first=d, last=d, unit="weekday") for d in days]
    return place(readings, found.moment, found.offset, default=Tense.PAST)


def _relative_weekday(found: Found) -> Reading | None:
    week = step("week", found.get(*RELATIVES), found.moment)
    return _in_week(week, found.get(*_WEEKDAYS))


def _weekday_in_week(found: Found) -> Reading | None:
    return _in_week(found.get("theweek"), found.get(*_WEEKDAYS))


def _numbered_weekday(found: Found) -> Reading | None:
    weekday = "一二三四五六日天".find(found.atoms[found.end - 1].text)
    return _in_week(found.get("theweek"), min(weekday, 6)) if weekday >= 0 else None


def _in_week(week: Reading | None, weekday: int) -> Reading | None:
    if week is None or week.first is None:
        return None
    day = week.first - timedelta(days=week.first.weekday()) + timedelta(days=weekday)
    return Reading(first=day, last=day, unit="day")


def _weekday_with_number(found: Found) -> Reading | None:
    """Friday the 11th: the nearest eleventh that is a Friday."""
    if not found.atoms[found.start + 1].text[:1].isdigit() or found.next_kind in (*_MONTHS, "of", "dot", "dash", "to"):
        return None
    day, weekday, today = _day_number(found), found.get(*_WEEKDAYS), found.moment.published
    if day is None:
        return None
    months = [add_months(today.replace(day=1), n) for n in range(-6, 7)]
    readings = [a_day(m.year, m.month, day) for m in months]
    return place([r for r in readings if r and r.first and r.first.weekday() == weekday], found.moment, found.offset)


def _weekday_with_date(found: Found) -> Reading | None:
    """Monday, 5 May: the date tells the day, whatever the weekday alone was taken for."""
    readings: list[Reading] = found.all("period")
    days = [reading for reading in readings if reading.unit == "day"]
    return days[0] if len(days) == 1 and all(reading.unit in ("day", "weekday") for reading in readings) else None


def _week_of(found: Found) -> Reading | None:
    day: Reading = found.get("period")
    return days_around(day.first, "week") if found.get("unit") == "week" and day.unit == "day" and day.first else None


def _week_number(found: Found) -> Reading | None:
    number = found.get("week_number", "number")
    if not isinstance(number, int) or (found.has("unit") and found.get("unit") != "week"):
        return None
    year = _year_of(found)
    years = [year] if year is not None else [found.moment.published.year]
    try:
        monday = date.fromisocalendar(years[0], number, 1)
    except ValueError:
        return None
    return Reading(first=monday, last=monday + timedelta(days=6), unit="week")


def _nth_weekday(found: Found) -> Reading | None:
    """The second Monday of next month."""
    number, weekday, whole = found.get("ordinal", *RELATIVES), found.get(*_WEEKDAYS), found.get(*_SPANS)
    if whole.first is None or whole.last is None or not number:
        return None
    if number > 0:
        day = whole.first + timedelta(days=(weekday - whole.first.weekday()) % 7 + 7 * (number - 1))
    else:
        day = whole.last - timedelta(days=(whole.last.weekday() - weekday) % 7)
    return Reading(first=day, last=day, unit="day", floating=whole.floating) if whole.first <= day <= whole.last else None


# --- what comes once a year -----------------------------------------------------------------------


def _in_its_year(found: Found, build: Any) -> Reading | None:
    year = _year_of(found)
    if year is not None:
        reading: Reading | None = build(year)
        return reading
    direction = found.get(*RELATIVES)
    if direction is None:
        return each_year(build, found.moment, found.offset)
    return _by_direction(found, build, direction)


def _by_direction(found: Found, build: Any, direction: int) -> Reading | None:
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
    return _in_its_year(found, lambda year: season(year, name))


def _relative_month(found: Found) -> Reading | None:
    month: int = found.get(*_MONTHS)
    return _in_its_year(found, lambda year: run_of_months(year, month, 1, "month"))


def _relative_day(found: Found) -> Reading | None:
    month, day = found.get(*_MONTHS), _day_number(found)
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

    return each_year(build, found.moment, found.offset)


# --- parts ----------------------------------------------------------------------------------------


def _division(found: Found) -> Reading | None:
    """The last week of July: also where "last" is a relative word."""
    number = found.get("ordinal", "number", *RELATIVES)
    if number == 0 or (found.has(*RELATIVES) and number > 0) or not isinstance(number, int):
        return None
    return division(found.get(*_SPANS), found.get("unit"), number)


def _half_of(found: Found) -> Reading | None:
    whole: Reading = found.get(*_SPANS)
    number: int = found.get("half", "quarter")
    if found.has("quarter"):
        return division(whole, "quarter", number)
    return division(whole, "half", number) if whole.unit == "year" else half_of(whole, number)


def _half_of_unit(found: Found) -> Reading | None:
    whole = step(found.get("unit"), 0, found.moment)
    if whole is None:
        return None
    number: int = found.get("half", "quarter")
    if found.has("quarter"):
        return division(whole, "quarter", number)
    return division(whole, "half", number) if whole.unit == "year" else half_of(whole, number)


def _part(found: Found) -> Reading | None:
    return part(found.get(*_SPANS), found.get("part", "part_of", "part_after", "year_part", "month_part"))


def _part_of_unit(found: Found) -> Reading | None:
    unit = found.get("unit") or "year"
    if unit == "day":
        return None
    whole = step(unit, 0, found.moment)
    return None if whole is None else part(whole, found.get("part", "part_of"))


def _parts(found: Found) -> Reading | None:
    """Mid to late February."""
    first, last = (part(found.get(*_SPANS), name) for name in found.all("part", "part_of", "part_after"))
    return None if first is None or last is None else replace(first, last=last.last)


def _year_part(found: Found) -> Reading | None:
    name: str = found.get("year_part")
    year, direction = found.get("theyear"), found.get(*RELATIVES)
    if year is None and direction is not None:
        year = step("year", direction, found.moment)
    if year is not None:
        return _part_of_year(year, name)
    return each_year(lambda y: _part_of_year(run_of_months(y, 1, 12, "year"), name), found.moment, found.offset)


def _part_of_year(year: Reading | None, name: str) -> Reading | None:
    if year is None or year.first is None:
        return None
    if name == "turn":
        return Reading(first=year.first.replace(month=12, day=15), last=date(year.first.year + 1, 1, 15), approximate=True)
    return part(year, name)


def _month_part(found: Found) -> Reading | None:
    month = _month(found) if found.has("number") else found.get("themonth") or step("month", 0, found.moment)
    return None if month is None else part(month, found.get("month_part"))


def _later_in(found: Found) -> Reading | None:
    """Later this year, the rest of the month: from the day of publication to the end."""
    whole = found.get(*_SPANS) or step(found.get("unit"), 0, found.moment)
    today = found.moment.published
    if whole is None or whole.first is None or whole.last is None:
        return None
    return replace(whole, first=max(today, whole.first), unit="span") if whole.last >= today else whole


def _earlier_in(found: Found) -> Reading | None:
    whole = found.get(*_SPANS) or step(found.get("unit"), 0, found.moment)
    today = found.moment.published
    if whole is None or whole.first is None or whole.last is None:
        return None
    return replace(whole, last=min(today, whole.last), unit="span") if whole.first <= today else whole


def _date(found: Found) -> Reading:
    reading: Reading = found.get("date")
    return reading


_D = "(number|ordinal) dot?"
_UP_TO = "(to|dash|and|by|until)"

DAY_RULES = (
    # Days
    Rule(name="date in digits", pattern="date", example="2026-05-15", gives="span", build=_date),
    Rule(
        name="day month year",
        pattern=f"{_D} of? any_month (of|comma|slash)? theyear",
        example="15 May 2026",
        gives="span",
        build=_named_day,
    ),
    Rule(
        name="month day year",
        pattern=f"any_month dot? {_D} comma? theyear",
        example="May 15th, 2026",
        gives="span",
        build=_named_day,
    ),
    Rule(
        name="year month day",
        pattern=f"theyear (dot|comma)? any_month {_D}",
        example="2026. március 15.",
        gives="span",
        build=_named_day,
    ),
    Rule(
        name="year month day with dashes",
        pattern="theyear (dash|slash) any_month (dash|slash) number",
        example="2026-Sep-01",
        gives="span",
        build=_named_day,
    ),
    Rule(name="day month", pattern=f"{_D} of? any_month", example="15 May", gives="span", build=_named_day),
    Rule(name="month day", pattern=f"any_month (dot|dash|slash)? {_D}", example="May 15", gives="span", build=_named_day),
    Rule(
        name="day month relative",
        pattern=f"{_D} of? any_month relative_after",
        example="le 15 juin prochain",
        gives="span",
        build=_relative_day,
    ),
    Rule(
        name="marked day of year",
        pattern="theyear number month_mark number day_mark",
        example="2026年3月28日",
        gives="span",
        build=_marked_day,
    ),
    Rule(name="marked day", pattern="number month_mark number day_mark", example="3月28日", gives="span", build=_marked_day),
    Rule(
        name="day of a known month",
        pattern="themonth of? number day_mark",
        example="本月15日",
        gives="span",
        build=_month_with_day,
    ),
    Rule(name="day of month", pattern=f"{_D} of? themonth", example="20th of next month", gives="span", build=_month_with_day),
    Rule(name="lone marked day", pattern="number day_mark", example="29日", gives="span", build=_lone_day),
    Rule(
        name="lone ordinal day",
        pattern="ordinal",
        example="on the 15th",
        gives="span",
        build=_lone_day,
        behind="on since by before after",
    ),
    Rule(
        name="short date",
        pattern="short_date",
        example="on 5/15",
        gives="span",
        build=_short_date,
        behind="on in since by before after to between and dash day_before weekday comma",
    ),
    Rule(name="marked short date", pattern="day_before short_date", example="ngày 30/11", gives="span", build=_short_date),
    # Days of one month
    Rule(
        name="days of month",
        pattern=f"{_D} {_UP_TO} {_D} of? any_month comma? theyear",
        example="12 to 15 June 2026",
        gives="period",
        build=_days,
    ),
    Rule(
        name="days of yearless month",
        pattern=f"{_D} {_UP_TO} {_D} of? any_month",
        example="13-14 June",
        gives="period",
        build=_days,
    ),
    Rule(
        name="month with days",
        pattern=f"any_month {_D} {_UP_TO} {_D} comma? theyear",
        example="June 12-15, 2026",
        gives="period",
        build=_days,
    ),
    Rule(
        name="yearless month with days",
        pattern=f"any_month {_D} {_UP_TO} {_D}",
        example="June 12-15",
        gives="period",
        build=_days,
    ),
    Rule(
        name="days of known month",
        pattern=f"{_D} {_UP_TO} {_D} of? themonth",
        example="4 to 22 this month",
        gives="period",
        build=_days,
    ),
    Rule(
        name="marked days of month",
        pattern="number month_mark number day_mark? (to|dash|and) number day_mark",
        example="6月12日至15日",
        gives="period",
        build=_days,
    ),
    Rule(
        name="marked days of month and year",
        pattern="theyear number month_mark number day_mark? (to|dash|and) number day_mark",
        example="2026年6月12日至15日",
        gives="period",
        build=_days,
    ),
    # Weekdays and weeks
    Rule(name="weekday", pattern="weekday", example="Wednesday", gives="span", build=_weekday),
    Rule(
        name="weekday abbreviated", pattern="weekday_weak", example="on Sat", gives="span", build=_weekday, behind="on since by"
    ),
    Rule(name="relative weekday", pattern="relative any_weekday", example="last Friday", gives="span", build=_relative_weekday),
    Rule(
        name="weekday relative",
        pattern="any_weekday relative_after",
        example="lundi prochain",
        gives="span",
        build=_relative_weekday,
    ),
    Rule(
        name="weekday of week",
        pattern="any_weekday of? theweek",
        example="Friday of next week",
        gives="span",
        build=_weekday_in_week,
    ),
    Rule(
        name="week with weekday",
        pattern="theweek on? any_weekday",
        example="next week on Friday",
        gives="span",
        build=_weekday_in_week,
    ),
    Rule(
        name="week with numbered weekday",
        pattern="theweek (number|day_mark)",
        example="上周一",
        gives="span",
        build=_numbered_weekday,
    ),
    Rule(
        name="weekday with number",
        pattern=f"any_weekday {_D}",
        example="Friday the 11th",
        gives="span",
        build=_weekday_with_number,
    ),
    Rule(name="marked date", pattern="day_before period", example="ngày 31/12/2026", gives="span", build=_weekday_with_date),
    Rule(
        name="weekday with date",
        pattern="(period|weekday_weak) (comma|on)? period",
        example="Monday, 5 May",
        gives="span",
        build=_weekday_with_date,
    ),
    Rule(
        name="date with weekday",
        pattern="period comma? weekday_weak",
        example="10月12号，星期一",
        gives="span",
        build=_weekday_with_date,
    ),
    Rule(
        name="week of day",
        pattern="unit (of|since|on)? (since|on)? period",
        example="the week of 5 May",
        gives="span",
        build=_week_of,
    ),
    Rule(
        name="week number",
        pattern="(week_number|unit number) of? theyear",
        example="week 23 of 2026",
        gives="span",
        build=_week_number,
    ),
    Rule(name="week number alone", pattern="(week_number|unit number)", example="week 23", gives="span", build=_week_number),
    Rule(
        name="nth weekday",
        pattern="(ordinal|relative) any_weekday (of|in) span",
        example="the second Monday of next month",
        gives="span",
        build=_nth_weekday,
    ),
    # Months
    Rule(name="month year", pattern="any_month (of|comma|slash|dot)? theyear", example="June 2026", gives="span", build=_month),
    Rule(name="year month", pattern="theyear (of|comma|dot|dash)? any_month", example="2026 március", gives="span", build=_month),
    Rule(name="month", pattern="month", example="June", gives="span", build=_month),
    Rule(name="month that is a word", pattern="month_weak", example="in May", gives="span", build=_month, behind=_BEHIND_WEAK),
    Rule(name="relative month", pattern="relative any_month", example="next December", gives="span", build=_relative_month),
    Rule(
        name="month relative", pattern="any_month relative_after", example="en juin prochain", gives="span", build=_relative_month
    ),
    Rule(name="marked month of year", pattern="theyear of? number month_mark", example="2026年6月", gives="span", build=_month),
    Rule(name="marked month", pattern="number month_mark", example="6月", gives="span", build=_month),
    Rule(
        name="marked months",
        pattern="number (comma|to|dash|and) number month_mark",
        example="7、8月",
        gives="period",
        build=_months,
    ),
    Rule(
        name="marked months of year",
        pattern="theyear number month_mark? (comma|to|dash|and) number month_mark",
        example="2026年7至8月",
        gives="period",
        build=_months,
    ),
    # Seasons and feasts
    Rule(
        name="season of year",
        pattern="(season|season_weak) (of|comma)? theyear",
        example="spring 2026",
        gives="span",
        build=_season,
    ),
    Rule(name="year season", pattern="theyear of? (season|season_weak)", example="明年春天", gives="span", build=_season),
    Rule(name="season", pattern="season", example="the autumn", gives="span", build=_season),
    Rule(
        name="season that is a word",
        pattern="season_weak",
        example="in the fall",
        gives="span",
        build=_season,
        behind="in on by before since after",
    ),
    Rule(name="relative season", pattern="relative (season|season_weak)", example="this autumn", gives="span", build=_season),
    Rule(
        name="season relative",
        pattern="(season|season_weak) relative_after",
        example="l'été prochain",
        gives="span",
        build=_season,
    ),
    Rule(name="feast of year", pattern="feast of? theyear", example="Christmas 2026", gives="span", build=_feast),
    Rule(name="year feast", pattern="theyear of? feast", example="2026年春节", gives="span", build=_feast),
    Rule(name="feast", pattern="feast", example="Christmas", gives="span", build=_feast),
    Rule(name="relative feast", pattern="relative feast", example="next Christmas", gives="span", build=_feast),
    # Quarters and halves
    Rule(
        name="quarter of year",
        pattern="(quarter|quarter_mark) (of|in|comma|slash|dash)? theyear",
        example="third quarter of 2026",
        gives="span",
        build=_quarter,
    ),
    Rule(
        name="year quarter",
        pattern="theyear (of|dash|slash)? (quarter|quarter_mark)",
        example="2026年第三季度",
        gives="span",
        build=_quarter,
    ),
    Rule(name="quarter", pattern="quarter", example="the third quarter", gives="span", build=_quarter),
    Rule(
        name="quarter in short",
        pattern="quarter_mark",
        example="in Q3",
        gives="span",
        build=_quarter,
        behind="in on by before since after of within to and stop",
    ),
    Rule(
        name="half of year",
        pattern="(half|half_mark) (of|in|comma|slash|dash)? theyear",
        example="1H25",
        gives="span",
        build=_half,
    ),
    Rule(name="year half", pattern="theyear (of|dash|slash)? (half|half_mark)", example="明年上半年", gives="span", build=_half),
    Rule(name="half", pattern="half", example="the second half", gives="span", build=_half),
    Rule(
        name="half in short",
        pattern="half_mark",
        example="in H2",
        gives="span",
        build=_half,
        behind="in on by before since after of within to and stop",
    ),
    # Parts
    Rule(
        name="division",
        pattern="(ordinal|relative) unit (of|in)? span",
        example="the last week of July",
        gives="span",
        build=_division,
    ),
    Rule(
        name="division behind",
        pattern="span of? (nth number|ordinal) unit",
        example="2021年的第一周",
        gives="span",
        build=_division,
    ),
    Rule(name="half of span", pattern="(half|quarter) of span", example="first half of June", gives="span", build=_half_of),
    Rule(
        name="half of unit",
        pattern="(half|quarter) of unit",
        example="second half of the decade",
        gives="span",
        build=_half_of_unit,
    ),
    Rule(name="part", pattern="(part (of|in|dash)?|part_of) span", example="end of 2026", gives="period", build=_part),
    Rule(name="part behind", pattern="span of? part_after", example="今年底", gives="period", build=_part),
    Rule(
        name="part of unit",
        pattern="(part of?|part_of) (unit|year_mark)",
        example="the end of the year",
        gives="period",
        build=_part_of_unit,
    ),
    Rule(
        name="parts",
        pattern="part (to|dash|and) (part (of|dash)?|part_of) span",
        example="mid to late February",
        gives="period",
        build=_parts,
    ),
    Rule(
        name="parts with dashes", pattern="part dash to dash part span", example="mid-to-late 2026", gives="period", build=_parts
    ),
    Rule(name="parts behind", pattern="span part_after (to|dash)? part_after", example="6月中下旬", gives="period", build=_parts),
    Rule(
        name="year part of year",
        pattern="year_part (of|comma)? theyear",
        example="year-end 2026",
        gives="period",
        build=_year_part,
    ),
    Rule(name="year with part", pattern="theyear of? year_part", example="2026年底", gives="period", build=_year_part),
    Rule(name="year part relative", pattern="year_part relative_after", example="cuối năm sau", gives="period", build=_year_part),
    Rule(name="relative year part", pattern="relative year_part", example="next year-end", gives="period", build=_year_part),
    Rule(name="year part", pattern="year_part", example="year-end", gives="period", build=_year_part),
    Rule(name="month with part", pattern="number month_part", example="6月底", gives="period", build=_month_part),
    Rule(
        name="month of year with part",
        pattern="theyear number month_part",
        example="2026年6月底",
        gives="period",
        build=_month_part,
    ),
    Rule(name="known month with part", pattern="themonth month_part", example="本月月底", gives="period", build=_month_part),
    Rule(name="month part", pattern="month_part", example="月底", gives="period", build=_month_part),
    Rule(name="later in", pattern="(later_in|rest) (of|in)? span", example="later this year", gives="period", build=_later_in),
    Rule(
        name="later in unit",
        pattern="(later_in|rest) (of|in)? unit",
        example="the rest of the year",
        gives="period",
        build=_later_in,
    ),
    Rule(name="earlier in", pattern="earlier_in (of|in)? span", example="earlier this year", gives="period", build=_earlier_in),
    Rule(
        name="earlier in unit",
        pattern="earlier_in (of|in)? unit",
        example="earlier in the year",
        gives="period",
        build=_earlier_in,
    ),
)

"""Third pass of the date grammar: weekdays and weeks, once the dates beside them are read."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from monitor.core.reading.period_grammar import MONTHS, RELATIVES, SPANS, WEEKDAYS, Found, Rule
from monitor.core.reading.period_references import named_before
from monitor.core.reading.resolving import Reading, a_day, day_of_week, days_around, place, step
from monitor.core.reading.tenses import Tense
from monitor.core.values import add_months

_D = "(number|ordinal) dot?"


def _weekday(found: Found) -> Reading | None:
    """A bare weekday: within the week before or after; the day itself where the text looks back.

    "The line opens on Thursday" is the next one: the present tense of an event.
    """
    if found.has("weekday_weak") and found.next_kind == "word":
        return None  # "for the Mon Valley plant"
    today, number = found.moment.published, found.get(*WEEKDAYS)
    nearest = today - timedelta(days=(today.weekday() - number) % 7)
    days = [nearest + timedelta(days=7 * n) for n in (-1, 0, 1)]
    readings = [Reading(first=d, last=d, unit="day") for d in days]
    told = Tense.FUTURE if found.is_deadline or found.moment.tenses.is_coming(found.offset) else None
    return place(readings, found.moment, found.offset, told=told, default=Tense.PAST)


def _relative_weekday(found: Found) -> Reading | None:
    direction, today = found.get("relative_near"), found.moment.published
    if direction:  # "this past Wednesday", "kommenden Freitag": the nearest, be it of this week or another
        days = (found.get(*WEEKDAYS) - today.weekday()) % 7 or 7
        day = today + timedelta(days=days if direction > 0 else days - 7 if days < 7 else -7)
        return Reading(first=day, last=day, unit="day")
    week = step("week", found.get(*RELATIVES), found.moment)
    return day_of_week(week, found.get(*WEEKDAYS))


def _following_weekday(found: Found) -> Reading | None:
    """The following Friday, seen from the day that was named before or else from today."""
    anchor = named_before(found, days=7) or days_around(found.moment.published, "day")
    if anchor is None or anchor.last is None or found.get("following") is None:
        return None
    day = anchor.last + timedelta(days=(found.get(*WEEKDAYS) - anchor.last.weekday()) % 7 or 7)
    return Reading(first=day, last=day, unit="day")


def _weekday_in_week(found: Found) -> Reading | None:
    return day_of_week(found.get("theweek"), found.get(*WEEKDAYS))


def _weekday_with_number(found: Found) -> Reading | None:
    """Friday the 11th: the nearest eleventh that is a Friday."""
    if not found.atoms[found.start + 1].text[:1].isdigit() or found.next_kind in (*MONTHS, "of", "dot", "dash", "to"):
        return None
    day, weekday, today = found.day_number, found.get(*WEEKDAYS), found.moment.published
    if day is None:
        return None
    months = [add_months(today.replace(day=1), n) for n in range(-6, 7)]
    readings = [a_day(m.year, m.month, day) for m in months]
    return place([r for r in readings if r and r.first and r.first.weekday() == weekday], found.moment, found.offset)


def _weekday_with_date(found: Found) -> Reading | None:
    """Where no year is named, the weekday tells which: "Tuesday, 9 July"."""
    reading: Reading = found.get("period")
    weekday = found.get(*WEEKDAYS)
    if reading.unit != "day" or reading.first is None:
        return None
    if not reading.floating or not isinstance(weekday, int) or reading.first.weekday() == weekday:
        return reading
    year, today = reading.first.year, found.moment.published
    days = [a_day(year + years, reading.first.month, reading.first.day) for years in (-1, 1)]
    fitting = [day for day in days if day and day.first and day.first.weekday() == weekday]
    return min(fitting, key=lambda day: abs((day.first or today) - today), default=reading)


def _week_of(found: Found) -> Reading | None:
    day: Reading = found.get("period")
    return days_around(day.first, "week") if found.get("unit") == "week" and day.unit == "day" and day.first else None


def _week_number(found: Found) -> Reading | None:
    number = found.get("week_number", "number")
    if not isinstance(number, int) or (found.has("unit") and found.get("unit") != "week"):
        return None
    year = found.year
    years = [year] if year is not None else [found.moment.published.year]
    try:
        monday = date.fromisocalendar(years[0], number, 1)
    except ValueError:
        return None
    return Reading(first=monday, last=monday + timedelta(days=6), unit="week")


def _nth_weekday(found: Found) -> Reading | None:
    """The second Monday of next month."""
    number, weekday, whole = found.get("ordinal", *RELATIVES), found.get(*WEEKDAYS), found.get(*SPANS)
    if whole.first is None or whole.last is None or not number:
        return None
    if number > 0:
        day = whole.first + timedelta(days=(weekday - whole.first.weekday()) % 7 + 7 * (number - 1))
    else:
        day = whole.last - timedelta(days=(whole.last.weekday() - weekday) % 7)
    return Reading(first=day, last=day, unit="day", floating=whole.floating) if whole.first <= day <= whole.last else None


def _weekend(found: Found) -> Reading | None:
    """Over the weekend: the last one or the next, as the words around it tell."""
    if found.get("unit") != "weekend" or found.next_kind in ("after", "before", "of"):
        return None
    monday = found.moment.published - timedelta(days=found.moment.published.weekday())
    weekends = [days_around(monday + timedelta(days=7 * weeks), "weekend") for weeks in (-1, 0)]
    placed = place(weekends, found.moment, found.offset, default=Tense.PAST if found.moment.published.weekday() < 3 else None)
    return None if placed is None else replace(placed, unit="weekend")


def _week_of_number(found: Found) -> Reading | None:
    """The week of the 18th."""
    day = _lone_day(found) if found.get("unit") == "week" else None
    return days_around(day.first, "week") if day and day.first else None


def _days_up_to_day(found: Found) -> Reading | None:
    """From the 12th to the 15th; from 12th to the third of next month."""
    first, last = found.all("ordinal")
    if not all(atom.text[:1].isdigit() for atom in found.atoms[found.start : found.end] if atom.kind == "ordinal"):
        return None
    months = [add_months(found.moment.published.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    begin = place([a_day(m.year, m.month, first) for m in months], found.moment, found.offset)
    if begin is None or begin.first is None or not 1 <= last <= 31:
        return None
    month = begin.first if last > first else add_months(begin.first.replace(day=1), 1)
    end = a_day(month.year, month.month, last)
    return None if end is None else Reading(first=begin.first, last=end.first, unit="range")


def _lone_day(found: Found) -> Reading | None:
    """The 15th of this month, of the next or of the last."""
    day = found.day_number
    ordinals = [atom.text for atom in found.atoms[found.start : found.end] if atom.kind == "ordinal"]
    if day is None or any(not text[:1].isdigit() for text in ordinals) or found.next_kind == "unit":
        return None
    if found.has("day_mark") and found.previous_kind in ("themonth", "month_mark"):
        return None  # "2月30日" is no day at all
    months = [add_months(found.moment.published.replace(day=1), n) for n in (-2, -1, 0, 1, 2)]
    # "同社は5日" dates the news more often than the plan.
    otherwise = Tense.PAST if found.has("day_mark") else None
    return place([a_day(m.year, m.month, day) for m in months], found.moment, found.offset, otherwise=otherwise)


WEEK_RULES = (
    Rule("weekday", "weekday", "Wednesday", "span", _weekday),
    Rule("weekday abbreviated", "weekday_weak", "on Sat", "span", _weekday, behind="on since by to until between"),
    Rule("relative weekday", "relative any_weekday", "last Friday", "span", _relative_weekday),
    Rule("following weekday", "following any_weekday", "the following Friday", "span", _following_weekday),
    Rule("weekday relative", "any_weekday relative_after", "lundi prochain", "span", _relative_weekday),
    Rule("weekday of week", "any_weekday of? theweek", "Friday of next week", "span", _weekday_in_week),
    Rule("week with weekday", "theweek on? any_weekday", "next week on Friday", "span", _weekday_in_week),
    Rule("weekday with number", f"any_weekday {_D}", "Friday the 11th", "span", _weekday_with_number),
    Rule("marked date", "day_before period", "ngày 31/12/2026", "span", _weekday_with_date),
    Rule("weekday with date", "any_weekday (comma|on)? period", "Monday, 5 May", "span", _weekday_with_date),
    Rule("date with weekday", "period comma? any_weekday", "10月12号，星期一", "span", _weekday_with_date),
    Rule("week of day", "unit (of|since|on)? (since|on)? period", "the week of 5 May", "span", _week_of),
    Rule("week number", "(week_number|unit number) of? theyear", "week 23 of 2026", "span", _week_number),
    Rule("week number alone", "(week_number|unit number)", "week 23", "span", _week_number),
    Rule("nth weekday", "(ordinal|relative) any_weekday (of|in) span", "the second Monday of next month", "span", _nth_weekday),
    Rule("lone marked day", "number day_mark", "29日", "span", _lone_day),
    Rule("lone ordinal day", "ordinal", "on the 15th", "span", _lone_day, behind="on since by before after until"),
    Rule("days up to a day", "since ordinal (to|until|dash) ordinal", "from the 12th to the 15th", "period", _days_up_to_day),
    Rule("week of a numbered day", "unit of ordinal", "the week of the 18th", "span", _week_of_number),
    Rule("weekend", "unit", "over the weekend", "span", _weekend, behind="on in by"),
)

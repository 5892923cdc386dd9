"""Second pass of the date grammar: days and months."""

from __future__ import annotations

from typing import Any

from monitor.core.reading.period_grammar import MONTHS, Found, Rule
from monitor.core.reading.resolving import Reading, a_day, day_of_week, run_of_months

# A number that may be a day, with the dot that German and others put behind it; and what may stand between two of them.
_D = "(number|ordinal) dot?"
_UP_TO = "(to|dash|and|by|until)"
_TO_MARKED_DAY = "any_day_mark? (to|dash) number any_day_mark"
_MARKED_MONTHS = "number month_mark? (comma|to|dash) number month_mark"
# What makes "May" a month and "5/12" a date.
_BEFORE_MONTH = (
    "in on by before since after earliest latest to between and until of relative dash about within part part_of "
    "or that same following ended"
)
_BEFORE_DAY = "on in since by before after until to between and dash weekday comma"


def _month_number(found: Found) -> int | None:
    """The month by its name, or by the first number where a mark follows it (6月)."""
    name: int | None = found.get(*MONTHS)
    if name is not None:
        return name
    number = found.get("number")
    return number if isinstance(number, int) and 1 <= number <= 12 else None


def _day_in(found: Found, month: int | None, day: Any) -> Reading | None:
    if month is None or not isinstance(day, int):
        return None
    year = found.year
    if year is not None:
        return a_day(year, month, day)
    # A 29 February may be four years off.
    return found.once_a_year(lambda y: a_day(y, month, day), reach=4 if (month, day) == (2, 29) else 1)


def _named_day(found: Found) -> Reading | None:
    first, last = found.atoms[found.start], found.atoms[found.end - 1]
    if first.text.endswith(".") and last.kind == "ordinal" and last.text.isalpha():
        return None  # "It was signed in May. The first billion"
    return _day_in(found, found.get(*MONTHS), found.day_number)


def _marked_day(found: Found) -> Reading | None:
    numbers = found.all("number")
    return _day_in(found, *numbers[:2]) if all(isinstance(n, int) for n in numbers) else None


def _han_day(found: Found) -> Reading | None:
    """八月十五: a day without its mark, as long as it counts nothing."""
    if found.atoms[found.end - 1].text[:1].isascii() or found.next_kind not in ("stop", "comma", "word"):
        return None
    return _marked_day(found)


def _short_date(found: Found) -> Reading | None:
    month, day = found.get("short_date", "date_in_short")
    return _day_in(found, month, day)


def _month_with_day(found: Found) -> Reading | None:
    month, day = found.get("themonth"), found.day_number
    return None if day is None else a_day(month.first.year, month.first.month, day)


def month_of(found: Found) -> Reading | None:
    """The month that was matched, in the year beside it or else placed by tense and nearness."""
    month, year = _month_number(found), found.year
    if month is None:
        return None
    if year is not None:
        return run_of_months(year, month, 1, "month")
    return found.once_a_year(lambda y: run_of_months(y, month, 1, "month"))


def _short_month(found: Found) -> Reading | None:
    """The end of Jan; but "the speech of Jan Novak" is none."""
    return month_of(found) if found.next_kind in ("stop", "comma") else None


def _month_before_month(found: Found) -> Reading | None:
    if found.next_kind not in ("to", "dash", "and", "or") or found.kind_at(1) not in (*MONTHS, "themonth"):
        return None
    return month_of(found)


def _months(found: Found) -> Reading | None:
    first, last = found.all("number")[:2]
    if not (isinstance(first, int) and isinstance(last, int) and 1 <= first < last <= 12):
        return None
    year = found.year
    if year is not None:
        return run_of_months(year, first, last - first + 1, "range")
    return found.once_a_year(lambda y: run_of_months(y, first, last - first + 1, "range"))


def _days(found: Found) -> Reading | None:
    """13 to 15 June: two numbers in one month."""
    first, last = found.all("number", "ordinal")[-2:] if found.has(*MONTHS, "themonth") else found.all("number")[1:3]
    if found.has("and", "or") and found.previous_kind != "between" and last != first + 1:
        return None  # "12 and 15 June" are two days
    month = found.get("themonth")
    if month is not None:
        begin, end = _in_month(month, first), _in_month(month, last)
    else:
        number = found.get(*MONTHS) or found.get("number")
        begin = _day_in(found, number, first)
        end = a_day(begin.first.year, number, last) if begin and begin.first and isinstance(last, int) else None
    if begin is None or end is None or begin.first is None or end.first is None or end.first < begin.first:
        return None
    return Reading(first=begin.first, last=end.first, unit="range", floating=begin.floating)


def _in_month(month: Reading, day: Any) -> Reading | None:
    return a_day(month.first.year, month.first.month, day) if month.first and isinstance(day, int) else None


def _numbered_weekday(found: Found) -> Reading | None:
    weekday = "一二三四五六日天".find(found.atoms[found.end - 1].text)
    return day_of_week(found.get("theweek"), min(weekday, 6)) if weekday >= 0 else None


def _date(found: Found) -> Reading:
    reading: Reading = found.get("date")
    return reading


DAY_RULES = (
    Rule("date in digits", "date", "2026-05-15", "span", _date),
    Rule("day month year", f"{_D} of? any_month (of|in|comma|slash)? theyear", "15 May 2026", "span", _named_day),
    Rule("month day year", f"any_month (dot|comma|dash)? {_D} (of|in|comma|dash)? theyear", "May 15th, 2026", "span", _named_day),
    Rule("year month day", f"theyear (dot|comma)? any_month {_D}", "2026. március 15.", "span", _named_day),
    Rule("year month day with dashes", "theyear (dash|slash) any_month (dash|slash) number", "2026-Sep-01", "span", _named_day),
    Rule("day month year with dashes", "number (dash|slash) any_month (dash|slash) theyear", "05-Aug-2016", "span", _named_day),
    Rule("day month", f"{_D} of? any_month", "15 May", "span", _named_day),
    Rule("month day", f"any_month (dot|dash|slash)? {_D}", "May 15", "span", _named_day),
    Rule("marked day of year", "theyear number month_mark number any_day_mark", "2026年3月28日", "span", _marked_day),
    Rule("marked day", "number month_mark number any_day_mark", "3月28日", "span", _marked_day),
    Rule("year, month and Han number", "theyear number month_mark number", "二零零四年八月十五", "span", _han_day),
    Rule("month and Han number", "number month_mark number", "八月十五", "span", _han_day),
    Rule("day of a known month", "themonth of? number any_day_mark", "本月15日", "span", _month_with_day),
    Rule("day of month", f"{_D} of? themonth", "20th of next month", "span", _month_with_day),
    Rule("short date", "short_date", "on 5/12", "span", _short_date, behind=_BEFORE_DAY),
    Rule("date in short", "date_in_short", "22/04", "span", _short_date),
    Rule("marked short date", "day_before (short_date|date_in_short)", "ngày 30/11", "span", _short_date),
    Rule("days of month", f"{_D} {_UP_TO} {_D} of? any_month comma? theyear", "12 to 15 June 2026", "period", _days),
    Rule("days of yearless month", f"{_D} {_UP_TO} {_D} of? any_month", "13-14 June", "period", _days),
    Rule("month with days", f"any_month {_D} {_UP_TO} {_D} comma? theyear", "June 12-15, 2026", "period", _days),
    Rule("yearless month with days", f"any_month {_D} {_UP_TO} {_D}", "June 12-15", "period", _days),
    Rule("days of known month", f"{_D} {_UP_TO} {_D} (of|in)? themonth", "4 to 22 this month", "period", _days),
    Rule(
        "marked days of month",
        "number month_mark number any_day_mark? (to|dash|since_after) number any_day_mark",
        "6月12日至15日",
        "period",
        _days,
    ),
    Rule(
        "marked days of month and year",
        "theyear number month_mark number any_day_mark? (to|dash|since_after) number any_day_mark",
        "2026年6月12日至15日",
        "period",
        _days,
    ),
    Rule("month year", "any_month (of|in|comma|slash|dot|dash)? theyear", "June 2026", "span", month_of),
    Rule("year month", "theyear (of|comma|dot|dash)? any_month", "2026 március", "span", month_of),
    Rule("month", "month", "June", "span", month_of),
    Rule("month in short", "month_short", "the third week of Jan", "span", _short_month, behind="in of part part_of"),
    Rule("month that is a word", "month_weak", "in May", "span", month_of, behind=_BEFORE_MONTH),
    Rule("month up to month", "month_weak", "May to September", "span", _month_before_month),
    Rule("year slash month", "theyear slash number", "2026 / 11", "span", month_of),
    Rule("month slash year", "number slash theyear", "11 / 2026", "span", month_of),
    Rule("marked month of year", "theyear of? number month_mark", "2026年6月", "span", month_of),
    Rule("marked month", "number month_mark", "6月", "span", month_of),
    Rule("marked months", _MARKED_MONTHS, "7、8月", "period", _months),
    Rule(
        "marked months of year",
        f"theyear {_MARKED_MONTHS}",
        "2026年7至8月",
        "period",
        _months,
    ),
    Rule("week with numbered weekday", "theweek (number|day_mark)", "上周一", "span", _numbered_weekday),
)

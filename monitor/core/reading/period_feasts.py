"""Feasts by their rules: fixed days, the so-manieth weekday of a month, days that hang on Easter or on the moon."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from monitor.core.reading.resolving import Reading, a_day
from monitor.core.values import DAY, month_end

_FIXED = re.compile(r"(\d\d)-(\d\d)(?:\.\.(\d\d)-(\d\d))?")
_NTH_WEEKDAY = re.compile(r"(\w{3})(-?\d)-(\d\d)([+-]\d+)?")
_MOVABLE = re.compile(r"([a-z]+)([+-]\d+)?")
_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_MONDAY, _SATURDAY, _SUNDAY = 0, 5, 6
_BEFORE_WEEKEND = (3, 4)
# In days, from a day behind the Saturday of its weekend.
_TO_SATURDAY = {_MONDAY: -2, _SUNDAY: -1}

# Month and day in the years from 2000 to 2050, by the Chinese calendar.
_FIRST_YEAR = 2000
_MOON_FEASTS = {
    "springfestival": (
        "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 0216 0205 "
        "0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203 0123 0211 0131 0219 0208 0128 0215 0204 0124 "
        "0212 0201 0122 0210 0130 0217 0206 0126 0214 0202 0123"
    ),
    "dragonboat": (
        "0606 0625 0615 0604 0622 0611 0531 0619 0608 0528 0616 0606 0623 0612 0602 0620 0609 0530 0618 0607 "
        "0625 0614 0603 0622 0610 0531 0619 0609 0528 0616 0605 0624 0612 0601 0620 0610 0530 0618 0607 0527 "
        "0614 0603 0622 0611 0531 0619 0608 0529 0615 0604 0623"
    ),
    "midautumn": (
        "0912 1001 0921 0911 0928 0918 1006 0925 0914 1003 0922 0912 0930 0919 0908 0927 0915 1004 0924 0913 "
        "1001 0921 0910 0929 0917 1006 0925 0915 1003 0922 0912 1001 0919 0908 0927 0916 1004 0924 0913 1002 "
        "0920 0910 0928 0917 1005 0925 0915 1004 0922 0911 0930"
    ),
}
# 1 Shawwal of the year 1421, and the mean length of a year of the tabular Islamic calendar.
_FAST_ENDS, _ISLAMIC_YEAR = date(2000, 12, 27), 354.36667


def feast(year: int, rule: str) -> Reading | None:
    """The days of a feast in a year; None where the rule or the calendar has none.

    Args:
        year: The year in which it begins.
        rule: ``12-25``; ``12-24..12-26``, the second day of which may lie in the next year; ``thu4-11`` for the fourth Thursday
            of November and ``mon-1-05`` for the last Monday of May; ``easter+49``; ``springfestival``, ``dragonboat``,
            ``midautumn``, ``fastends`` for the end of Ramadan. A number of days may follow all but the fixed ones.
    """
    if fixed := _FIXED.fullmatch(rule):
        return _fixed(year, fixed)
    if weekday := _NTH_WEEKDAY.fullmatch(rule):
        day = _nth_weekday(year, int(weekday[3]), _WEEKDAYS.index(weekday[1]), int(weekday[2]))
        return _one_day(day + timedelta(days=int(weekday[4] or 0)))
    movable = _MOVABLE.fullmatch(rule)
    day_of = _MOVABLE_FEASTS.get(movable[1]) if movable else None
    day_or_none = day_of(year) if day_of else None
    if movable is None or day_or_none is None:
        return None
    return _one_day(day_or_none + timedelta(days=int(movable[2] or 0)), is_soft=movable[1] == "fastends")


def weekend_of(day: date) -> Reading:
    """The weekend that a feast lies in or makes longer: three days with a Monday or a Friday, four with a Thursday."""
    weekday = day.weekday()
    saturday = day + timedelta(days=_TO_SATURDAY.get(weekday, _SATURDAY - weekday))
    first = day if weekday in _BEFORE_WEEKEND else saturday
    last = day if weekday == _MONDAY else saturday + DAY
    return Reading(first=first, last=last, unit="weekend", approximate=True)


def easter(year: int) -> date:
    """Easter Sunday of the western churches."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    late = (golden + 11 * epact + 22 * to_sunday) // 451
    month, day = divmod(epact + to_sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)


def _fixed(year: int, found: re.Match[str]) -> Reading | None:
    first = a_day(year, int(found[1]), int(found[2]))
    if found[3] is None:
        return first
    last = a_day(year + ((found[3], found[4]) < (found[1], found[2])), int(found[3]), int(found[4]))
    if first is None or last is None:
        return None
    return Reading(first=first.first, last=last.last, approximate=True)


def _one_day(day: date, *, is_soft: bool = False) -> Reading | None:
    only = a_day(day.year, day.month, day.day)
    if only is None or not is_soft:
        return only
    return Reading(first=day - DAY, last=day + DAY, approximate=True)


def _nth_weekday(year: int, month: int, weekday: int, number: int) -> date:
    """The so-manieth weekday of a month, the last for -1."""
    if number < 0:
        last = month_end(year, month)
        return last - timedelta(days=(last.weekday() - weekday) % 7)
    first = date(year, month, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (number - 1))


def _by_the_moon(name: str) -> Callable[[int], date | None]:
    days = _MOON_FEASTS[name].split()

    def day_of(year: int) -> date | None:
        index = year - _FIRST_YEAR
        return date(year, int(days[index][:2]), int(days[index][2:])) if 0 <= index < len(days) else None

    return day_of


def _end_of_fast(year: int) -> date | None:
    """Right within a day: the moon is seen where it is seen. Of two in one year the first."""
    years = -(-(date(year, 1, 1) - _FAST_ENDS).days // _ISLAMIC_YEAR)
    day = _FAST_ENDS + timedelta(days=round(years * _ISLAMIC_YEAR))
    return day if day.year == year else None


_MOVABLE_FEASTS: dict[str, Callable[[int], date | None]] = {
    "easter": easter,
    "fastends": _end_of_fast,
    **{name: _by_the_moon(name) for name in _MOON_FEASTS},
}

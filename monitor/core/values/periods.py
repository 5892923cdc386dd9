"""Periods: runs of whole days, how they are moved, printed and read."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import date, timedelta

DAY = timedelta(days=1)
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A run of whole days, both ends included.

    A period is a claim's precision made visible: "June 2026" is 30 days long, "17 June 2026" is one.

    Attributes:
        first: First day, or None where the text leaves it open ("by June").
        last: Last day; never before ``first``; None where open ("from June").
        approximate: The ends are soft ("early", "around", a season).

    Raises:
        ValueError: ``last`` lies before ``first``, or both ends are open.
    """

    first: date | None
    last: date | None
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.first is None and self.last is None:
            raise ValueError("a period needs at least one end")
        if self.first and self.last and self.last < self.first:
            raise ValueError(f"the period ends ({self.last}) before it begins ({self.first})")

    def __contains__(self, other: Period) -> bool:
        return (other.first or EARLIEST) >= (self.first or EARLIEST) and (other.last or LATEST) <= (self.last or LATEST)

    def __str__(self) -> str:
        return _print_period(self) + ("~" if self.approximate else "")

    @property
    def is_closed(self) -> bool:
        """Whether both ends are given."""
        return self.first is not None and self.last is not None

    @property
    def days(self) -> int:
        """Length in days; an open period counts to the edge of the calendar we keep."""
        return ((self.last or LATEST) - (self.first or EARLIEST)).days + 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """A signed distance in time, later being positive: "six months later than planned"."""

    months: int = 0
    days: int = 0

    def __str__(self) -> str:
        sign = "-" if (self.months, self.days) < (0, 0) else "+"
        months, days = abs(self.months), abs(self.days)
        return f"{sign}P{f'{months}M' if months else ''}{f'{days}D' if days or not months else ''}"

    def moved(self, period: Period) -> Period:
        """The period so much later; a whole month, quarter or year stays whole."""
        return replace(
            period,
            first=self._move(period.first, is_last=False) if period.first else None,
            last=self._move(period.last, is_last=True) if period.last else None,
        )

    def _move(self, day: date, *, is_last: bool) -> date:
        at_end = is_last and (day + DAY).day == 1
        return add_months(day, self.months, snap_to_end=at_end) + timedelta(days=self.days)


# --- calendar ---------------------------------------------------------------------------------------


def add_months(day: date, months: int, *, snap_to_end: bool = False) -> date:
    """The same day so many months on, or the last of that month where it is shorter or ``snap_to_end`` is set."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, length if snap_to_end else min(day.day, length))


def month_end(year: int, month: int) -> date:
    """Last day of a month."""
    return date(year, month, monthrange(year, month)[1])


def months_of(year: int, first_month: int, count: int) -> Period:
    """A run of whole months."""
    begin = date(year, first_month, 1)
    return Period(first=begin, last=add_months(begin, count) - DAY)


# --- printing ---------------------------------------------------------------------------------------


def _print_period(period: Period) -> str:
    first, last = period.first, period.last
    if first is None:
        return f"../{_print_end(last, is_last=True)}"  # type: ignore[arg-type]
    if last is None:
        return f"{_print_end(first, is_last=False)}/.."
    return _print_unit(first, last) or f"{_print_end(first, is_last=False)}/{_print_end(last, is_last=True)}"


def _print_unit(first: date, last: date) -> str | None:
    """The name of the calendar unit that the days make up, or None."""
    if first == last:
        return first.isoformat()
    if first.day == 1 and (last + DAY).day == 1 and first.year == last.year:
        span = last.month - first.month + 1
        if span == 12:
            return f"{first.year}"
        if span == 6 and first.month in (1, 7):
            return f"{first.year}-H{(first.month + 5) // 6}"
        if span == 3 and first.month % 3 == 1:
            return f"{first.year}-Q{(first.month + 2) // 3}"
        if span == 1:
            return f"{first.year}-{first.month:02}"
    if first.weekday() == 0 and last - first == 6 * DAY:
        year, week, _ = first.isocalendar()
        return f"{year}-W{week:02}"
    return None


def _print_end(day: date, *, is_last: bool) -> str:
    """One end of a range, as coarsely as it can be said without loss."""
    edge = day + DAY if is_last else day
    if edge.day != 1:
        return day.isoformat()
    if edge.month == 1:
        return f"{day.year}"
    return f"{day.year}-{day.month:02}"


# --- parsing ----------------------------------------------------------------------------------------

_UNITS = (
    (re.compile(r"(\d{4})"), lambda y: months_of(y, 1, 12)),
    (re.compile(r"(\d{4})-H([12])"), lambda y, h: months_of(y, 6 * h - 5, 6)),
    (re.compile(r"(\d{4})-Q([1-4])"), lambda y, q: months_of(y, 3 * q - 2, 3)),
    (re.compile(r"(\d{4})-(\d\d)"), lambda y, m: months_of(y, m, 1)),
    (re.compile(r"(\d{4})-(\d\d)-(\d\d)"), lambda y, m, d: Period(first=date(y, m, d), last=date(y, m, d))),
    (
        re.compile(r"(\d{4})-W(\d\d)"),
        lambda y, w: Period(first=date.fromisocalendar(y, w, 1), last=date.fromisocalendar(y, w, 7)),
    ),
)
PERIOD_FORMS = (
    "2024, 2024-H1, 2024-Q3, 2024-06, 2024-W23, 2024-06-15, 2024-06/2024-09, ../2024-06 or 2024-03/.. "
    "(with ~ at the end where approximate)"
)


def parse_period(text: str) -> Period:
    """Read a period in its printed form.

    Raises:
        ValueError: The text is none of ``PERIOD_FORMS``.
    """
    body = text.strip()
    approximate = body.endswith("~")
    body = body.removesuffix("~")
    if "/" not in body:
        return replace(_parse_unit(body), approximate=approximate)
    left, right = body.split("/", 1)
    return Period(
        first=None if left in ("", "..") else _parse_unit(left).first,
        last=None if right in ("", "..") else _parse_unit(right).last,
        approximate=approximate,
    )


def _parse_unit(text: str) -> Period:
    for pattern, build in _UNITS:
        if found := pattern.fullmatch(text.strip()):
            return build(*map(int, found.groups()))
    raise ValueError(f"{text!r} is no period; write {PERIOD_FORMS}")

"""Axes: where a day, a number or a state stands between two edges, and what is written beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from math import ceil, floor

from monitor.core.telling.wording import show_number
from monitor.core.values import EARLIEST, LATEST, SHARE_UNIT, add_months

_MOST_TICKS = 6
_DAY_STEPS = (1, 2, 7, 14)
_MONTH_STEPS = (1, 3, 6, 12, 24, 60, 120, 240, 600)
_SCALES = ((Decimal(10) ** 9, "bn"), (Decimal(10) ** 6, "M"), (Decimal(10) ** 3, "k"))
_LEAST_SCALED = 10_000
_MARGIN = 0.08


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A place that is named on an axis."""

    at: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Axis:
    """A stretch of numbers; days are their ordinals.

    Attributes:
        high: Greater than ``low``.
        ticks: Rising, all of them between the edges.
    """

    low: float
    high: float
    ticks: tuple[Tick, ...]

    def place(self, value: float) -> float:
        """How far along the axis a value stands, from 0 to 1; what lies beyond an edge stands at it."""
        return min(1.0, max(0.0, (value - self.low) / (self.high - self.low)))


def day_axis(days: Iterable[date], *, least_days: int = 2, margin: float = 0.0) -> Axis:
    """An axis that spans days, those beyond the calendar that we keep aside.

    Args:
        days: At least one.
        least_days: How long it is at least.
        margin: Which part of its length is added at either end.
    """
    known = sorted(min(max(day, EARLIEST), LATEST).toordinal() for day in days)
    low, high = _widened(known[0], known[-1], least=least_days, margin=margin)
    ticks = (Tick(at=float(day.toordinal()), label=label) for day, label in _calendar_marks(low, high))
    return Axis(low=low, high=high, ticks=tuple(ticks))


def number_axis(numbers: Iterable[Decimal], unit: str) -> Axis:
    """An axis that spans numbers, of which there is at least one; shares are written in percent."""
    known = sorted(numbers)
    least = abs(float(known[-1])) * 0.2 or 1.0
    low, high = _widened(float(known[0]), float(known[-1]), least=least, margin=_MARGIN)
    if known[0] >= 0:
        low = max(low, 0.0)
    step = _round_step((high - low) / _MOST_TICKS)
    marks = (step * count for count in range(ceil(Decimal(low) / step), floor(Decimal(high) / step) + 1))
    return Axis(low=low, high=high, ticks=tuple(Tick(at=float(mark), label=_show(mark, unit)) for mark in marks))


def state_axis(names: Sequence[str]) -> Axis:
    """An axis with a line a state, the first of their course at the low edge."""
    ticks = tuple(Tick(at=float(place), label=name) for place, name in enumerate(names))
    return Axis(low=-0.5, high=max(len(names), 1) - 0.5, ticks=ticks)


def _widened(low: float, high: float, *, least: float, margin: float) -> tuple[float, float]:
    spare = max(0.0, least - (high - low)) / 2 + max(high - low, least) * margin
    return low - spare, high + spare


# --- days -------------------------------------------------------------------------------------------


def _calendar_marks(low: float, high: float) -> list[tuple[date, str]]:
    """As many round days as can be named, in the forms in which periods are printed."""
    first, last = date.fromordinal(int(low)), date.fromordinal(int(high))
    for days in _DAY_STEPS:
        if (last - first).days / days <= _MOST_TICKS:
            return [(day, day.isoformat()) for day in _every(first, last, days) if day.toordinal() >= low]
    for months in _MONTH_STEPS:
        marks = [day for day in _round_months(first, last, months) if low <= day.toordinal() <= high]
        if len(marks) <= _MOST_TICKS:
            return [(day, f"{day.year}" if months >= 12 else f"{day:%Y-%m}") for day in marks]
    return []


def _every(first: date, last: date, days: int) -> Iterator[date]:
    """From the first day on; weeks begin on Mondays."""
    day = first + timedelta(days=-first.weekday() % 7) if days % 7 == 0 else first
    while day <= last:
        yield day
        day += timedelta(days=days)


def _round_months(first: date, last: date, months: int) -> Iterator[date]:
    years = max(1, months // 12)
    day = date(max(1, first.year - first.year % years), 1, 1)
    while day <= last:
        yield day
        day = add_months(day, months)


# --- numbers ----------------------------------------------------------------------------------------


def _round_step(least: float) -> Decimal:
    """The smallest of 1, 2, 5, 10 and so on that is no smaller."""
    wanted = Decimal(repr(least))
    power = Decimal(1).scaleb(wanted.adjusted())
    return next(power * digit for digit in (1, 2, 5, 10) if power * digit >= wanted)


def _show(number: Decimal, unit: str) -> str:
    """Short enough for the edge of a picture: ``150 k``, ``1.5 M``, ``25%``."""
    if unit == SHARE_UNIT:
        return f"{show_number(number * 100)}%"
    if abs(number) < _LEAST_SCALED:
        return show_number(number)
    size, name = next((size, name) for size, name in _SCALES if abs(number) >= size)
    return f"{show_number(number / size)} {name}"

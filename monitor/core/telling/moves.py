"""Direction and size of a move, in words."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from monitor.core.telling.wording import count_of, show_known, show_number, show_value
from monitor.core.values import SHARE_UNIT, Amount, Known, Period, Standing, Value, add_months
from monitor.core.verdicts import Verdict


def describe_move(old: Known, new: Known, verdict: Verdict) -> str:
    """Say how far and which way a fact moved.

    Total: every pair of values has an answer, be it only "from X to Y". Seen from the other side, "later" is "earlier", "more" is
    "less" and "narrower" is "wider".

    Returns:
        A phrase without a capital or a full stop: ``5 months later``, ``50,000 vehicle/year more (+33%)``,
        ``narrower: was 2024-H1``, ``from expected to done, 2 months earlier``.
    """
    if verdict is Verdict.CANCELLED or new.standing is Standing.CANCELLED:
        return "the plan is given up"
    if new.value is None:
        return "withdrawn, with nothing in its place"
    if old.value is None:
        return "taken up again after it was cancelled" if old.standing is Standing.CANCELLED else "first value told"
    if old == new:
        return "unchanged"
    if new.standing is Standing.DONE and _is_kept(old.value, new.value):
        move = f"within {old.value}"
    else:
        move = "" if old.value == new.value else _describe_values(old.value, new.value)
    standing = "" if old.standing is new.standing else f"from {old.standing} to {new.standing}"
    return ", ".join(filter(None, (standing, move))) or f"from {show_known(old)} to {show_known(new)}"


def _is_kept(expected: Value, done: Value) -> bool:
    """Whether an event came in a period that was longer than it."""
    return isinstance(expected, Period) and isinstance(done, Period) and expected != done and done in expected


def _describe_values(old: Value, new: Value) -> str:
    match old, new:
        case Period(), Period():
            return _describe_periods(old, new)
        case Amount(), Amount() if old.unit == new.unit:
            return _describe_amounts(old, new)
        case _:
            return f"from {show_value(old)} to {show_value(new)}"


# --- periods ----------------------------------------------------------------------------------------


def _describe_periods(old: Period, new: Period) -> str:
    if (old.first, old.last) == (new.first, new.last):
        return "now approximate" if new.approximate else "no longer approximate"
    if old.is_closed or new.is_closed or (old.first is None) is not (new.first is None):
        if new in old:
            return f"narrower: was {old}"
        if old in new:
            return f"wider: was {old}"
    if old.last and new.last:
        return _describe_days(old.last, new.last)
    if old.first and new.first:
        return _describe_days(old.first, new.first)
    if old.last and new.first:
        return f"now open-ended: was {old}" if new.first <= old.last else _describe_days(old.last, new.first)
    if old.first and new.last and new.last < old.first:
        return _describe_days(old.first, new.last)
    return f"now a deadline: was {old}"


def _describe_days(old: date, new: date) -> str:
    return f"{distance(old, new)} {'later' if new > old else 'earlier'}"


def distance(one: date, other: date) -> str:
    """How far two days lie apart: ``9 days``, ``3 weeks``, ``1 year and 3 months``, ``about 4 months``."""
    early, late = sorted((one, other))
    months = (late.year - early.year) * 12 + late.month - early.month
    if months and _are_same_place(early, late, months):
        return _months_in_words(months)
    days = (late - early).days
    if days < 60:
        return count_of(days // 7, "week") if days % 7 == 0 else count_of(days, "day")
    return f"about {_months_in_words(round(days / 30.44))}"


def _are_same_place(early: date, late: date, months: int) -> bool:
    """Whether both are the same day of their months, or both the last."""
    return add_months(early, months) == late or add_months(early, months, snap_to_end=_is_month_end(early)) == late


def _is_month_end(day: date) -> bool:
    return add_months(day, 0, snap_to_end=True) == day


def _months_in_words(months: int) -> str:
    years, rest = divmod(months, 12)
    parts = (count_of(years, "year") if years else "", count_of(rest, "month") if rest else "")
    return " and ".join(filter(None, parts))


# --- amounts ----------------------------------------------------------------------------------------


def _describe_amounts(old: Amount, new: Amount) -> str:
    if (old.low, old.high) == (new.low, new.high):
        if old.approximate == new.approximate:
            return "the same amount, stated with another precision"
        return "now approximate" if new.approximate else "no longer approximate"
    are_same_bound = (old.low is None and new.low is None) or (old.high is None and new.high is None)
    if not are_same_bound and _lies_in(new, old):
        return f"narrower: was {show_value(old)}"
    if not are_same_bound and _lies_in(old, new):
        return f"wider: was {show_value(old)}"
    moves = {
        name: _describe_numbers(before, after, old.unit)
        for name, before, after in (("low end", old.low, new.low), ("high end", old.high, new.high))
        if before is not None and after is not None and before != after
    }
    match list(moves.items()):
        case []:
            return f"bounded differently: was {show_value(old)}"
        case [(_, only)]:
            return only
        case [(low, first), (high, second)]:
            return first if first == second else f"{low} {first}, {high} {second}"
        case _:
            raise AssertionError("an amount has two ends")


def _lies_in(inner: Amount, outer: Amount) -> bool:
    above = outer.low is None or (inner.low is not None and inner.low >= outer.low)
    below = outer.high is None or (inner.high is not None and inner.high <= outer.high)
    return above and below


def _describe_numbers(old: Decimal, new: Decimal, unit: str) -> str:
    way = "more" if new > old else "less"
    if unit == SHARE_UNIT:
        return f"{show_number(_rounded(abs(new - old) * 100))} percentage points {way}"
    size = f"{show_number(abs(new - old))} {unit} {way}"
    return size if old == 0 else f"{size} ({_percentage((new - old) / abs(old) * 100)})"


def _percentage(percent: Decimal) -> str:
    return f"{percent:+,.0f}%" if abs(percent) >= 1 else f"{percent:+.1f}%"


def _rounded(number: Decimal) -> Decimal:
    return number.quantize(Decimal("0.1"))

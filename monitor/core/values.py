"""Typed values of facts and their printed forms.

The printed form is the language between files, commands, the store and people; ``parse_value`` and ``str`` are
each other's inverse for every value.
"""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

DAY = timedelta(days=1)
EARLIEST, LATEST = date(1900, 1, 1), date(2199, 12, 31)


class Kind(StrEnum):
    """What sort of value a fact has."""

    PERIOD = "period"
    QUANTITY = "quantity"
    MONEY = "money"
    SHARE = "share"
    STATUS = "status"


class Standing(StrEnum):
    """How far a value has come."""

    EXPECTED = "expected"
    DONE = "done"
    CANCELLED = "cancelled"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class Amount:
    """A number or a range of numbers with a unit: a quantity, a sum of money or a share.

    Attributes:
        low: Lower end; None where the text only bounds from above ("less than 500,000").
        high: Upper end; equal to ``low`` for a single number; None for "more than".
        unit: SI symbol, counted noun in the singular (``vehicle``), either of them per time (``vehicle/year``),
            ISO 4217 code, or ``1`` for shares.
        step: Place of the last digit that was stated: 10000 for "720,000", 0.1e9 for "13.2 billion".
        approximate: "About", "nearly", "some".

    Raises:
        ValueError: No end is given, or they stand in the wrong order.
    """

    low: Decimal | None
    high: Decimal | None
    unit: str
    step: Decimal = Decimal(0)
    approximate: bool = False

    def __post_init__(self) -> None:
        if self.low is None and self.high is None:
            raise ValueError("an amount needs at least one end")
        if self.low is not None and self.high is not None and self.high < self.low:
            raise ValueError(f"the range ends ({self.high}) below its start ({self.low})")

    def __str__(self) -> str:
        if self.unit == SHARE_UNIT:
            return _print_ends(self, _print_share)
        return f"{_print_ends(self, print_number)} {self.unit}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The name of a state that the rule lists."""

    name: str

    def __str__(self) -> str:
        return self.name


Value = Period | Amount | Status
SHARE_UNIT = "1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What is held of a fact: its value in force and that value's standing.

    Attributes:
        value: None where nothing is known yet, or no longer.
        standing: Meaningless ("expected") without a value, but for a cancelled plan.
    """

    value: Value | None = None
    standing: Standing = Standing.EXPECTED

    def __str__(self) -> str:
        if self.value is None:
            return "cancelled" if self.standing is Standing.CANCELLED else "unknown"
        return str(self.value) if self.standing is Standing.EXPECTED else f"{self.value} ({self.standing})"


UNKNOWN = Known()


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


def print_number(number: Decimal) -> str:
    """Plain digits, no exponent, no trailing zeros after the point."""
    text = format(number.normalize(), "f")
    return "0" if text == "-0" else text


_FRACTIONS = {Decimal(1) / 2: "1/2", Decimal(1) / 4: "1/4", Decimal(3) / 4: "3/4", Decimal(1) / 3: "1/3", Decimal(2) / 3: "2/3"}


def _print_share(number: Decimal) -> str:
    return _FRACTIONS.get(number) or f"{print_number(number * 100)}%"


def _print_ends(amount: Amount, show: Callable[[Decimal], str]) -> str:
    low, high = (None if end is None else show(end) for end in (amount.low, amount.high))
    if low is None:
        text = f"<{high}"
    elif high is None:
        text = f">{low}"
    else:
        text = low if low == high else f"{low}-{high}"
    return f"~{text}" if amount.approximate else text


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

_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"
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


def parse_amount(text: str, unit: str) -> Amount:
    """Read a quantity, money or share in its printed form.

    Args:
        text: For instance ``~720000 m2``, ``15-60 GWh``, ``<500000 CNY``, ``1/2`` or ``0.25%``.
        unit: What the fact is measured in; the text may leave it out, or name it in the plural.

    Raises:
        ValueError: No number, or another unit than the fact's.
    """
    body = text.strip()
    approximate, body = body.startswith("~"), body.removeprefix("~").strip()
    bound = body[0] if body[:1] in ("<", ">") else ""
    body = body.removeprefix(bound).strip()
    number = rf"({_NUMBER})(%|/\d+)?"
    found = re.fullmatch(rf"{number}(?:\s*(?:-|\.\.)\s*{number})?\s*(\S.*)?", body)
    if not found:
        raise ValueError(f"{text!r} is no amount; write for instance ~720000 {unit}, 15-60 {unit}, <500 {unit} or >500 {unit}")
    if found[5] and not same_unit(found[5].strip(), unit):
        raise ValueError(f"{text!r} is in {found[5].strip()}; this fact is measured in {unit}")
    numbers = [_parse_number(found[1], found[2])]
    if found[3]:
        numbers.append(_parse_number(found[3], found[4]))
    low, high = numbers[0], numbers[-1]
    return Amount(
        low=None if bound == "<" else low,
        high=None if bound == ">" else high,
        unit=unit,
        step=min(stated_step(n) for n in numbers),
        approximate=approximate,
    )


def _parse_number(digits: str, suffix: str | None) -> Decimal:
    number = Decimal(digits.replace(",", ""))
    if suffix == "%":
        return number / 100
    if suffix:
        return number / Decimal(suffix[1:])
    return number


def stated_step(number: Decimal) -> Decimal:
    """Place value of the last digit that is not a closing zero: 10000 for 720000, 0.1 for 13.2."""
    if number == 0:
        return Decimal(1)
    return Decimal(1).scaleb(number.normalize().adjusted() - len(number.normalize().as_tuple().digits) + 1)


def same_unit(said: str, unit: str) -> bool:
    """Whether two ways to write a unit mean the same, plurals of counted nouns included."""
    fold = [part.strip().casefold() for part in (said, unit)]
    if fold[0] == fold[1]:
        return True
    heads = [f.partition("/") for f in fold]
    return heads[0][1:] == heads[1][1:] and singular(heads[0][0]) == singular(heads[1][0])


def singular(noun: str) -> str:
    """The singular of an English counted noun, roughly: enough to tell a unit from its plural."""
    if noun in ("people", "persons"):
        return "person"
    if noun.endswith("ies") and len(noun) > 4:
        return noun[:-3] + "y"
    if noun.endswith(("sses", "ches", "shes", "xes")):
        return noun[:-2]
    return noun[:-1] if noun.endswith("s") and not noun.endswith("ss") and len(noun) > 3 else noun


def parse_value(text: str, kind: Kind, unit: str = SHARE_UNIT, states: frozenset[str] | None = None) -> Value:
    """Read a value of a kind in its printed form.

    Args:
        text: The printed form, without a standing.
        kind: The fact's kind.
        unit: The fact's unit or currency, for amounts.
        states: The names that a status may have; None allows any.

    Raises:
        ValueError: The text is no such value; the message says what would be.
    """
    match kind:
        case Kind.PERIOD:
            return parse_period(text)
        case Kind.STATUS:
            name = text.strip()
            if states is not None and name not in states:
                raise ValueError(f"{name!r} is no state of this fact; it has {', '.join(sorted(states))}")
            return Status(name=name)
        case Kind.QUANTITY | Kind.MONEY | Kind.SHARE:
            return parse_amount(text, unit)


def parse_known(text: str, kind: Kind, unit: str = SHARE_UNIT, states: frozenset[str] | None = None) -> Known:
    """Read a value with its standing: ``2024-03-28 (done)``, ``2026``, ``unknown``, ``cancelled``.

    Raises:
        ValueError: As ``parse_value``.
    """
    body = text.strip()
    if kind is not Kind.STATUS or states is None or body not in states:
        if body == "unknown":
            return UNKNOWN
        if body == "cancelled":
            return Known(standing=Standing.CANCELLED)
    found = re.fullmatch(r"(.*?)\s*\((done|expected|cancelled)\)", body, re.DOTALL)
    standing = Standing(found[2]) if found else Standing.EXPECTED
    return Known(value=parse_value(found[1] if found else body, kind, unit, states), standing=standing)

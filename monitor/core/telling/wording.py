"""Values, dates and standings as messages show them to people."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from monitor.core.claims import Certainty
from monitor.core.values import SHARE_UNIT, Amount, Known, Standing, Value, print_number

CERTAINTIES = {
    Certainty.RUMOUR: "a rumour",
    Certainty.PROPOSED: "proposed, not yet decided",
    Certainty.REPORTED: "reported, not yet official",
    Certainty.OFFICIAL: "official",
}


def show_number(number: Decimal) -> str:
    """Digits in groups of three; a year-like "2024" never comes this way."""
    return f"{Decimal(print_number(number)):,f}"


def show_value(value: Value) -> str:
    """The printed form, with the digits of large amounts in groups; it can be typed back as it is."""
    if not isinstance(value, Amount) or value.unit == SHARE_UNIT:
        return str(value)
    low, high = (None if end is None else show_number(end) for end in (value.low, value.high))
    if low is None:
        ends = f"<{high}"
    elif high is None:
        ends = f">{low}"
    else:
        ends = low if low == high else f"{low}-{high}"
    return f"{'~' if value.approximate else ''}{ends} {value.unit}"


def show_known(known: Known) -> str:
    """A value with its standing: ``2024-03-28 (done)``, ``unknown``, ``cancelled``."""
    if known.value is None:
        return str(known)
    shown = show_value(known.value)
    return shown if known.standing is Standing.EXPECTED else f"{shown} ({known.standing})"


def show_day(moment: date | datetime) -> str:
    """``24 October 2023``; English whatever the machine's locale."""
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment.year}"


def count_of(number: int, noun: str) -> str:
    """``1 change``, ``3 changes``."""
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

"""Amounts: numbers and ranges of numbers with a unit, printed and read."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal

SHARE_UNIT = "1"


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


# --- parsing ----------------------------------------------------------------------------------------

_NUMBER = r"-?\d[\d,]*(?:\.\d+)?"


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

"""A number and what it counts, before it is joined to a neighbour and bounded by the words around it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Context, Decimal

from monitor.core.reading.mentions import Role
from monitor.core.reading.numerals import Numeral
from monitor.core.values import stated_step

# A mu is two thirds of a thousand square metres: twelve digits keep what was said and drop the tail of the quotient.
_CONVERTED = Context(prec=12)


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """A number with its unit, not yet joined to a neighbour or bounded.

    Attributes:
        low: The number; ``high`` differs from it in ranges only.
        unit: As in ``Amount``; empty where the text names none.
        rate: ``year``, ``month``, ``day``, ``hour`` or empty.
        rule: Name of the rule that read it.
        numeral: What the number was read from.
        has_suffix: The unit stands behind the number, so a scale further on is not of this number.
        approximate: A vague "more" inside: "30余万".
        role: As in ``Mention``.
        is_least: A "plus" inside: "3,000-plus jobs".
    """

    start: int
    end: int
    low: Decimal
    high: Decimal
    step: Decimal
    unit: str
    rule: str
    numeral: Numeral
    rate: str = ""
    has_suffix: bool = False
    approximate: bool = False
    role: Role = Role.PLAIN
    is_least: bool = False


def phrase_of(
    numeral: Numeral,
    *,
    unit: str,
    rule: str,
    start: int | None = None,
    end: int | None = None,
    factor: Decimal = Decimal(1),
    has_suffix: bool = False,
    approximate: bool = False,
    role: Role = Role.PLAIN,
) -> Phrase:
    """The phrase of a numeral and what was found around it.

    Args:
        numeral: The number.
        unit: As in ``Phrase``.
        rule: Name of the rule.
        start: Where the phrase begins, if before the numeral.
        end: Where it ends, if behind the numeral.
        factor: What the unit multiplies the number with: 0.01 for percent.
        has_suffix: The unit stands behind the number.
        approximate: The phrase is vague beyond the numeral.
        role: As in ``Mention``.
    """
    value = numeral.value if factor == 1 else _CONVERTED.multiply(numeral.value, factor)
    return Phrase(
        start=numeral.start if start is None else start,
        end=numeral.end if end is None else end,
        low=value,
        high=value,
        step=_CONVERTED.multiply(stated_step(numeral.value), abs(factor)),
        unit=unit,
        rule=rule,
        numeral=numeral,
        has_suffix=has_suffix,
        approximate=approximate or numeral.is_approximate,
        role=role,
    )

"""What is known of a fact: a value of some kind, and how far it has come."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from monitor.core.values.amounts import SHARE_UNIT, Amount, parse_amount
from monitor.core.values.periods import Period, parse_period


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
class Status:
    """The name of a state that the rule lists."""

    name: str

    def __str__(self) -> str:
        return self.name


Value = Period | Amount | Status


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

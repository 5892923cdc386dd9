"""Old values told without their unit: "32 transits a day, compared with the usual 36", "10.000 rupiah thay vì 15.000"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from monitor.core.reading.mentions import Mention, Role
from monitor.core.reading.texts import Text
from monitor.core.reading.units import scaled
from monitor.core.values import SHARE_UNIT, Amount

_REACH = 60  # characters between the two ends
_STOPS = (". ", "! ", "? ", "; ", "。", "\n")
_MOST_APART = 20  # times; a number further off counts something else, or lacks a scale
_HUNDRED = Decimal(100)


def complete_origins(text: Text, mentions: Sequence[Mention]) -> list[Mention]:
    """The mentions, each old value that is a bare number with the unit of the value before it, or else of the one behind."""
    completed = list(mentions)
    for index, mention in enumerate(mentions):
        if mention.role == Role.FROM and isinstance(mention.value, Amount) and not mention.value.unit:
            near = (mentions[place] for place in (index - 1, index + 1) if 0 <= place < len(mentions))
            lent = (_lent(text.lower, mention, mention.value, lender) for lender in near)
            completed[index] = next((one for one in lent if one), mention)
    return completed


def _lent(lower: str, mention: Mention, bare: Amount, lender: Mention) -> Mention | None:
    """The old value in the unit of its neighbour, where the two lie near and could be one fact's."""
    between = lower[min(mention.end, lender.end) : max(mention.start, lender.start)]
    if not isinstance(lender.value, Amount) or not lender.value.unit or lender.role not in (Role.PLAIN, Role.TO):
        return None
    if len(between) > _REACH or any(stop in between for stop in _STOPS):
        return None
    factor = 1 / _HUNDRED if lender.value.unit == SHARE_UNIT else Decimal(1)
    value = scaled(bare, factor, lender.value.unit)
    return replace(mention, value=value, kind=lender.kind) if _are_alike(value, lender.value) else None


def _are_alike(one: Amount, other: Amount) -> bool:
    """Whether neither is many times the other."""
    first, second = (abs(amount.low or amount.high or Decimal(0)) for amount in (one, other))
    return 0 < first <= _MOST_APART * second and second <= _MOST_APART * first

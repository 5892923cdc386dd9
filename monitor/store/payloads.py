"""How the core's nouns are written into JSON columns, and read back equal."""

from __future__ import annotations

from dataclasses import asdict, fields, replace
from decimal import Decimal
from functools import lru_cache
from typing import Any

from monitor.core.claims import Certainty, Claim, Modality, Sight
from monitor.core.items import Item
from monitor.core.messages import Message, Occasion, Particulars
from monitor.core.values import Amount, Known, Period, Shift, Standing, Status, Value, parse_amount, parse_period

Payload = dict[str, Any]

_IN_COLUMNS = frozenset({"item", "watch", "fact"})
_CONVERTED = frozenset({"value", "moved_by", "modality", "certainty", "seen_by", "reasons"})
# Texts, numbers and booleans, which JSON holds as they are.
_PLAIN_FIELDS = tuple(field.name for field in fields(Claim) if field.name not in _IN_COLUMNS | _CONVERTED)


def write_value(value: Value) -> Payload:
    """A value in its printed form, with its type and what the printed form leaves out.

    A value names its own unit, so that it can be read when the rule that defined its fact is gone.
    """
    match value:
        case Period():
            return {"type": "period", "printed": str(value)}
        case Status():
            return {"type": "status", "printed": value.name}
        case Amount():
            return {"type": "amount", "printed": str(value), "unit": value.unit, "step": str(value.step)}


def read_value(payload: Payload) -> Value:
    """The inverse of ``write_value``.

    Raises:
        ValueError: The payload was not written by it.
    """
    match payload:
        case {"type": "period", "printed": printed}:
            return _read_period(printed)
        case {"type": "status", "printed": printed}:
            return Status(name=printed)
        case {"type": "amount", "printed": printed, "unit": unit, "step": step}:
            return _read_amount(printed, unit, step)
        case _:
            raise ValueError(f"{payload!r} is no stored value")


# A page of a ledger reads the same few values hundreds of times: as old, as new, and in each claim.
@lru_cache(maxsize=4096)
def _read_period(printed: str) -> Period:
    return parse_period(printed)


@lru_cache(maxsize=4096)
def _read_amount(printed: str, unit: str, step: str) -> Amount:
    return replace(parse_amount(printed, unit), step=Decimal(step))


def write_distance(distance: Shift | Amount) -> Payload:
    """How far a claim moves a value: in time, or by an amount."""
    if isinstance(distance, Shift):
        return {"type": "shift", "months": distance.months, "days": distance.days}
    return write_value(distance)


def read_distance(payload: Payload) -> Shift | Amount:
    """The inverse of ``write_distance``.

    Raises:
        ValueError: The payload was not written by it.
    """
    match payload:
        case {"type": "shift", "months": months, "days": days}:
            return Shift(months=months, days=days)
        case _:
            distance = read_value(payload)
    if not isinstance(distance, Amount):
        raise ValueError(f"{payload!r} is no stored distance")
    return distance


def write_known(known: Known) -> Payload:
    """A value, or none, with its standing."""
    return {"value": None if known.value is None else write_value(known.value), "standing": known.standing.value}


def read_known(payload: Payload) -> Known:
    """The inverse of ``write_known``."""
    value = payload["value"]
    return Known(value=None if value is None else read_value(value), standing=Standing(payload["standing"]))


def write_claim(claim: Claim) -> Payload:
    """A claim without its item, watch and fact, which stand in columns beside it."""
    return {
        **{name: getattr(claim, name) for name in _PLAIN_FIELDS},
        "value": None if claim.value is None else write_value(claim.value),
        "moved_by": None if claim.moved_by is None else write_distance(claim.moved_by),
        "modality": claim.modality.value,
        "certainty": str(claim.certainty),
        "seen_by": claim.seen_by.value,
        "reasons": list(claim.reasons),
    }


def read_claim(payload: Payload, *, item: Item, watch: str, fact: str) -> Claim:
    """The inverse of ``write_claim``; a field that is younger than the row takes its default."""
    value, moved_by = payload["value"], payload.get("moved_by")
    return Claim(
        item=item,
        watch=watch,
        fact=fact,
        value=None if value is None else read_value(value),
        moved_by=None if moved_by is None else read_distance(moved_by),
        modality=Modality(payload["modality"]),
        certainty=read_certainty(payload["certainty"]),
        seen_by=Sight(payload.get("seen_by", Sight.OWN)),
        reasons=tuple(payload["reasons"]),
        **{name: payload[name] for name in _PLAIN_FIELDS if name in payload},
    )


def read_certainty(name: str) -> Certainty:
    """A certainty by its printed name."""
    return Certainty[name.upper()]


def write_message(message: Message) -> Payload:
    """A message in all its dresses."""
    return {**asdict(message), "occasion": message.occasion.value}


def read_message(payload: Payload) -> Message:
    """The inverse of ``write_message``."""
    changes = tuple(Particulars(**one) for one in payload.get("changes", ()))
    return Message(**{**payload, "occasion": Occasion(payload["occasion"]), "changes": changes})

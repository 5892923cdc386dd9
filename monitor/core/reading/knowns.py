"""Reading a printed value in any unit that a person may have written it with."""

from __future__ import annotations

import re

from monitor.core.facts import Fact
from monitor.core.reading.units import Units
from monitor.core.values import Amount, Kind, Known, Standing, parse_amount, parse_known, same_unit

_UNIT = re.compile(r"(?<=[\d%\s])\s*([^\W\d_][^\s()]*(?:/\w+)?)\s*(\((?:done|expected|cancelled)\))?$")


def read_known(text: str, fact: Fact, units: Units) -> Known:
    """Read what is known of a fact, in its own unit or one that converts to it ("150000 cars/year" for ``vehicle/year``).

    Raises:
        ValueError: The text is no value of the fact's kind, or measures something else.
    """
    found = _UNIT.search(text.strip())
    is_amount = fact.kind in (Kind.QUANTITY, Kind.MONEY)
    if not is_amount or found is None or same_unit(found[1], fact.value_unit) or text.strip() in ("unknown", "cancelled"):
        return parse_known(text, fact.kind, fact.value_unit, fact.state_names)
    said: Amount = parse_amount(text.strip()[: found.end(1)], found[1])
    converted = units.convert(said, fact.value_unit)
    if converted is None:
        raise ValueError(f"{text!r} is in {found[1]}; this fact is measured in {fact.value_unit}")
    return Known(value=converted, standing=Standing(found[2].strip("()")) if found[2] else Standing.EXPECTED)

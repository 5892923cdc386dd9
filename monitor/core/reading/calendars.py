"""Names of months and weekdays in one language, as the grammars of dates want them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarNames:
    """Lower-cased names, long and short forms, with and without a closing full stop.

    Attributes:
        months: Name to number, 1 to 12.
        weekdays: Name to number, Monday being 0.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]

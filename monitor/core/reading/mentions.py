"""Mentions: typed values as they stand in a text, before anybody asks which fact they are of."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from monitor.core.values import Amount, Kind, Period, Shift


class Role(StrEnum):
    """What a number is in its sentence beyond a value."""

    PLAIN = ""
    DELTA = "delta"  # a change by so much: "another 166 stores"
    LESS = "less"  # one that goes off the value: "30 fewer"
    TIMES = "times"  # what the value is multiplied with: "doubles"
    FROM = "from"  # the old end of a step: "from 120,000 to 130,000"
    TO = "to"  # the new end


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One expression of a date, a period, a distance in time, a quantity, a sum or a share.

    Attributes:
        start: Offset in the text that was searched, in characters.
        end: Exclusive.
        text: The words, as they stand there.
        rule: Name of the grammar rule that read it; ``explain`` shows it.
    """

    kind: Kind
    value: Period | Shift | Amount
    start: int
    end: int
    text: str
    rule: str
    role: Role = Role.PLAIN

    @property
    def is_shift(self) -> bool:
        """Whether this is a distance from the value in force rather than a value."""
        return isinstance(self.value, Shift)

"""Mentions: typed values as they stand in a text, before anybody asks which fact they are of."""

from __future__ import annotations

from dataclasses import dataclass

from monitor.core.values import Amount, Kind, Period, Shift


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """One expression of a date, a period, a distance in time, a quantity, a sum or a share.

    Attributes:
        start: Offset in the text that was searched, in characters.
        end: Exclusive.
        text: The words, as they stand there.
        rule: Name of the grammar rule that read it; ``explain`` shows it.
        role: What the number is in its sentence beyond a value: ``delta`` for a change by so much ("another 166 stores"),
            ``less`` for one that goes off the value ("30 fewer"), ``times`` for what it is multiplied with ("doubles"), ``from``
            and ``to`` for the two ends of a step; empty for a plain value.
    """

    kind: Kind
    value: Period | Shift | Amount
    start: int
    end: int
    text: str
    rule: str
    role: str = ""

    @property
    def is_shift(self) -> bool:
        """Whether this is a distance from the value in force rather than a value."""
        return isinstance(self.value, Shift)

"""Facts: what a rule file says is to be known about a subject."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from monitor.core.values import SHARE_UNIT, Amount, Kind


class Event(StrEnum):
    """Which end of the thing a date is of."""

    START = "start"
    END = "end"


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """One state of a status fact and the phrases that tell it."""

    name: str
    phrases: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One attribute of a subject, as the rule defines it.

    Attributes:
        key: Its name in the rule file, unique in the watch.
        about: Phrases any of which says that a sentence is about this fact, in any inflection.
        event: For periods, which end; None for other kinds.
        unit: Unit of a quantity, ISO 4217 code of money, ``1`` for a share; empty for periods and statuses.
        states: Of a status, in their usual course.
        near: Phrases one of which must stand in the sentence or headline (``with:``); empty for no such demand.
        without: Phrases that rule the sentence out (``not:``).
        tolerance: Largest relative difference that is still the same number; None for the stated precision.
        plausible: Amounts outside are not believed to be of this fact.
        is_exact: The phrases are not widened to the concepts that they name.
        overdue_days: Days after the end of a period without news of it before that is told; None for never.
        fiscal_year_start: Month in which the subject's fiscal year begins, 1 to 12.
    """

    key: str
    title: str
    kind: Kind
    about: tuple[str, ...]
    event: Event | None = None
    unit: str = ""
    states: tuple[State, ...] = ()
    near: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    tolerance: Decimal | None = None
    plausible: Amount | None = None
    is_exact: bool = False
    overdue_days: int | None = None
    fiscal_year_start: int = 1

    @property
    def state_names(self) -> frozenset[str] | None:
        """Names that a status value may have; None for other kinds."""
        return frozenset(state.name for state in self.states) if self.kind is Kind.STATUS else None

    @property
    def value_unit(self) -> str:
        """The unit to parse this fact's amounts with."""
        return SHARE_UNIT if self.kind is Kind.SHARE else self.unit

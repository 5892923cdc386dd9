"""Telling when a plan is overdue: its last day has passed and nothing was reported."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.core.facts import Fact
from monitor.core.values import Known, Period, Standing


def overdue_from(known: Known, fact: Fact) -> date | None:
    """The first day on which a value in force is overdue; None where it never is.

    Only an expected period with a last day can be overdue, and only where the rule gives it a number of days.
    """
    last = last_day_of(known)
    if fact.overdue_days is None or last is None:
        return None
    return last + timedelta(days=fact.overdue_days + 1)


def last_day_of(known: Known) -> date | None:
    """The day by which an expected event is to have happened; None where it is done, given up or has no such day."""
    value = known.value
    if known.standing is not Standing.EXPECTED or not isinstance(value, Period):
        return None
    return value.last

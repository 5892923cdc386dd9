"""Telling when a plan is overdue: its last day has passed and nothing was reported."""

from __future__ import annotations

from datetime import date, timedelta

from monitor.core.facts import Fact
from monitor.core.values import Known, Period, Standing


def overdue_from(known: Known, fact: Fact) -> date | None:
    """The first day on which a value in force is overdue; None where it never is.

    Only an expected period with a last day can be overdue, and only where the rule gives it a number of days.
    """
    value = known.value
    if fact.overdue_days is None or known.standing is not Standing.EXPECTED:
        return None
    if not isinstance(value, Period) or value.last is None:
        return None
    return value.last + timedelta(days=fact.overdue_days + 1)

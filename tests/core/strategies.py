"""Hypothesis strategies for the nouns of the core."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from hypothesis import strategies as st

from monitor.core.values import Amount, Known, Period, Shift, Standing, Status, months_of, stated_step

days = st.dates(date(1990, 1, 1), date(2090, 12, 31))
calendar_units = st.one_of(
    st.builds(months_of, st.integers(1990, 2090), st.just(1), st.just(12)),
    st.builds(lambda year, half: months_of(year, 6 * half - 5, 6), st.integers(1990, 2090), st.integers(1, 2)),
    st.builds(lambda year, quarter: months_of(year, 3 * quarter - 2, 3), st.integers(1990, 2090), st.integers(1, 4)),
    st.builds(months_of, st.integers(1990, 2090), st.integers(1, 12), st.just(1)),
)
closed_periods = st.one_of(
    calendar_units,
    st.builds(lambda a, b: Period(first=min(a, b), last=max(a, b)), days, days),
    st.builds(lambda a: Period(first=a, last=a, approximate=True), days),
)
open_periods = st.one_of(
    st.builds(lambda a: Period(first=a, last=None), days), st.builds(lambda a: Period(first=None, last=a), days)
)
periods = st.one_of(closed_periods, open_periods)
shifts = st.builds(Shift, months=st.integers(-60, 60), days=st.integers(-60, 60))
numbers = st.decimals(Decimal("0.01"), Decimal(10) ** 13, places=2, allow_nan=False, allow_infinity=False)


def _amount(low: Decimal, high: Decimal, bound: str, unit: str, is_approximate: bool) -> Amount:
    low, high = min(low, high), max(low, high)
    return Amount(
        low=None if bound == "<" else low,
        high=None if bound == ">" else low if bound == "=" else high,
        unit=unit,
        step=stated_step(low),
        approximate=is_approximate,
    )


amounts = st.builds(
    _amount, numbers, numbers, st.sampled_from("=<>-"), st.sampled_from(("m2", "CNY", "vehicle/year")), st.booleans()
)
statuses = st.builds(Status, name=st.sampled_from(("none", "applied", "approved", "revoked")))
values = st.one_of(periods, amounts, statuses)
knowns = st.one_of(
    st.builds(Known, value=values, standing=st.sampled_from(Standing)),
    st.sampled_from((Known(), Known(standing=Standing.CANCELLED))),
)

"""Axes: round places between two edges."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.web.axes import Axis, day_axis, number_axis, state_axis

NUMBERS = st.decimals(Decimal("-1e15"), Decimal("1e15"), allow_nan=False, places=3)


def labels(axis: Axis) -> list[str]:
    return [tick.label for tick in axis.ticks]


def test_days_are_named_by_round_calendar_places() -> None:
    assert labels(day_axis([date(2024, 1, 10), date(2024, 1, 13)])) == ["2024-01-10", "2024-01-11", "2024-01-12", "2024-01-13"]
    assert labels(day_axis([date(2024, 1, 10), date(2024, 5, 20)])) == ["2024-02", "2024-03", "2024-04", "2024-05"]
    assert labels(day_axis([date(2021, 6, 1), date(2026, 6, 1)])) == ["2022", "2023", "2024", "2025", "2026"]


def test_weeks_begin_on_mondays() -> None:
    assert [date.fromisoformat(label).weekday() for label in labels(day_axis([date(2024, 1, 10), date(2024, 2, 10)]))] == [0] * 4


def test_numbers_are_short() -> None:
    assert labels(number_axis([Decimal(150_000), Decimal(300_000)], "vehicle/year")) == ["150 k", "200 k", "250 k", "300 k"]
    assert labels(number_axis([Decimal("0.25"), Decimal("0.5")], "1")) == ["25%", "30%", "35%", "40%", "45%", "50%"]
    assert labels(number_axis([Decimal(0)], "USD"))[0] == "0"


def test_states_keep_their_course() -> None:
    axis = state_axis(["none", "applied", "approved"])
    assert labels(axis) == ["none", "applied", "approved"]
    assert axis.place(0) < axis.place(1) < axis.place(2)


@pytest.mark.parametrize("axis", [state_axis(()), day_axis([date(2199, 12, 31)]), day_axis([date.min, date.max])])
def test_an_axis_has_room_however_little_there_is_to_show(axis: Axis) -> None:
    assert axis.low < axis.high


@given(st.lists(st.dates(), min_size=1))
def test_days_keep_their_order(days: list[date]) -> None:
    axis = day_axis(days)
    places = [axis.place(day.toordinal()) for day in sorted(days)]
    assert places == sorted(places)
    assert all(axis.low <= tick.at <= axis.high for tick in axis.ticks)
    assert len(axis.ticks) <= 7


@given(st.lists(NUMBERS, min_size=1))
def test_numbers_keep_their_order(numbers: list[Decimal]) -> None:
    axis = number_axis(numbers, "CNY")
    places = [axis.place(float(number)) for number in sorted(numbers)]
    assert places == sorted(places)
    assert all(axis.low <= tick.at <= axis.high for tick in axis.ticks)
    assert 1 <= len(axis.ticks) <= 7

"""Dates as feeds write them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, integers, text

from monitor.feeds.dates import read_date

MOMENT = datetime(2024, 1, 5, 2, 3, 4, tzinfo=UTC)


@pytest.mark.parametrize(
    "written",
    [
        "2024-01-05T02:03:04Z",
        "2024-01-05T10:03:04+08:00",
        "2024-01-05 10:03:04 +0800",
        "2024-01-05T02:03:04.123456Z",
        "2024-01-05 02:03:04",
        "2024/1/5 2:03:04",
        "2024.01.05, 02:03:04",
        "2024年1月5日 02:03:04",
        "05.01.2024 02:03:04",
        "Fri, 05 Jan 2024 02:03:04 GMT",
        "5 Jan 2024 10:03:04 +0800",
        "1704420184",
        "1704420184000",
    ],
)
def test_one_moment_in_many_ways(written: str) -> None:
    assert read_date(written) == MOMENT


def test_a_day_is_its_midnight() -> None:
    assert read_date("2024年1月5日") == read_date("2024/01/05") == read_date("5.1.2024") == datetime(2024, 1, 5, tzinfo=UTC)


@pytest.mark.parametrize("written", ["", "soon", "01/05/2024", "2024-13-01", "2024-01-32", "0000-00-00", "x" * 10_000])
def test_what_cannot_be_read_is_none(written: str) -> None:
    assert read_date(written) is None


@given(datetimes(min_value=datetime(1, 1, 3), max_value=datetime(9999, 12, 29)), integers(-14 * 60, 14 * 60))  # noqa: DTZ001
def test_what_iso_8601_writes_is_read_back(naive: datetime, minutes: int) -> None:
    moment = naive.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    assert read_date(moment.isoformat()) == moment


@given(text())
def test_no_text_breaks_it(written: str) -> None:
    moment = read_date(written)
    assert moment is None or moment.tzinfo is UTC

"""When a feed is asked next."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

from hypothesis import given
from hypothesis.strategies import builds, datetimes, floats, frozensets, integers, none, timedeltas, timezones

from monitor.feeds.entries import Hints
from monitor.feeds.scheduling import LONGEST, UNKNOWN_RHYTHM, next_due, rhythm_of

NOW = datetime(2024, 3, 5, 10, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)

moments = datetimes(min_value=datetime(2000, 1, 1), max_value=datetime(2100, 1, 1), timezones=timezones())  # noqa: DTZ001
intervals = timedeltas(min_value=timedelta(minutes=1), max_value=timedelta(days=40))
jitters = floats(min_value=0, max_value=1, exclude_max=True)
hints = builds(
    Hints,
    ttl=none() | intervals,
    update_period=none() | intervals,
    skip_hours=frozensets(integers(0, 23), max_size=23),
    skip_days=frozensets(integers(0, 6), max_size=6),
)


@given(now=moments, configured=intervals, wishes=hints, failures=integers(0, 1000), jitter=jitters)
def test_no_feed_is_asked_sooner_than_the_user_said_nor_in_a_skipped_hour(
    now: datetime, configured: timedelta, wishes: Hints, failures: int, jitter: float
) -> None:
    due = next_due(now, configured=configured, hints=wishes, failures=failures, jitter=jitter)
    assert due >= now + configured
    assert due.astimezone(UTC).hour not in wishes.skip_hours
    assert due.astimezone(UTC).weekday() not in wishes.skip_days


@given(wishes=hints.map(lambda given: Hints(ttl=given.ttl, update_period=given.update_period)), failures=integers(0, 1000))
def test_no_feed_is_given_up(wishes: Hints, failures: int) -> None:
    assert next_due(NOW, hints=wishes, failures=failures, retry_after=1e9, jitter=0.999) <= NOW + 1.1 * LONGEST


@given(failures=integers(0, 100))
def test_each_failure_makes_the_wait_longer_up_to_a_day(failures: int) -> None:
    sooner, later = next_due(NOW, failures=failures), next_due(NOW, failures=failures + 1)
    assert sooner < later or later == sooner == NOW + LONGEST


def test_the_largest_wish_counts() -> None:
    assert next_due(NOW) == NOW + UNKNOWN_RHYTHM
    assert next_due(NOW, rhythm=2 * HOUR) == NOW + 2 * HOUR
    assert next_due(NOW, configured=HOUR, rhythm=2 * HOUR) == NOW + HOUR
    assert next_due(NOW, configured=HOUR, hints=Hints(ttl=3 * HOUR)) == NOW + 3 * HOUR
    assert next_due(NOW, configured=HOUR, hints=Hints(update_period=7 * LONGEST)) == NOW + LONGEST
    assert next_due(NOW, max_age=timedelta(days=365)) == NOW + HOUR
    assert next_due(NOW, configured=30 * LONGEST) == NOW + 30 * LONGEST


def test_a_host_that_asks_for_patience_gets_it() -> None:
    assert next_due(NOW, failures=1, retry_after=5 * 3600.0) == NOW + 5 * HOUR


def test_skipped_hours_are_taken_in_utc() -> None:
    there = NOW.astimezone(timezone(timedelta(hours=8)))
    assert next_due(there, configured=HOUR, hints=Hints(skip_hours=frozenset({11, 12}))) == datetime(2024, 3, 5, 13, tzinfo=UTC)
    assert next_due(NOW, configured=HOUR, hints=Hints(skip_days=frozenset({1, 2}))) == datetime(2024, 3, 7, tzinfo=UTC)


def test_jitter_parts_feeds_that_came_due_together() -> None:
    dues = {next_due(NOW, configured=HOUR, jitter=number / 10) for number in range(10)}
    assert len(dues) == 10
    assert max(dues) < NOW + 1.1 * HOUR


def test_the_rhythm_is_half_of_the_usual_distance_within_bounds() -> None:
    assert rhythm_of([]) is None
    assert rhythm_of([NOW, NOW, NOW + HOUR]) is None
    assert rhythm_of([NOW, NOW + HOUR, NOW + 2 * HOUR, NOW + 30 * HOUR]) == HOUR / 2
    assert rhythm_of([NOW, NOW + timedelta(seconds=1), NOW + timedelta(seconds=2)]) == timedelta(minutes=10)
    assert rhythm_of([NOW, NOW + LONGEST, NOW + 2 * LONGEST]) == 2 * HOUR

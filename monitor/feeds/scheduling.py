"""When a feed is asked next: pure, so that every wish and every failure can be tried on paper."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from statistics import median

from monitor.feeds.entries import Hints

UNKNOWN_RHYTHM = timedelta(minutes=15)
LONGEST = timedelta(days=1)

_QUICKEST_RHYTHM, _SLOWEST_RHYTHM = timedelta(minutes=10), timedelta(hours=2)
_LONGEST_MAX_AGE = timedelta(hours=1)
_SPREAD = 0.1
_HOURS_A_WEEK = 7 * 24


def next_due(
    now: datetime,
    *,
    configured: timedelta | None = None,
    hints: Hints | None = None,
    max_age: timedelta | None = None,
    rhythm: timedelta | None = None,
    failures: int = 0,
    retry_after: float | None = None,
    jitter: float = 0.0,
) -> datetime:
    """The moment of the next request: the largest of what the user, the publisher and the host wish.

    No wish but the user's own is followed beyond a day, since a fact may change on any. Each failure in a row doubles the wait,
    up to a day; a feed is never given up.

    Args:
        now: Aware; hours and days that a feed skips are taken in UTC.
        configured: The user's interval; it stands in for the feed's rhythm.
        max_age: From the answer's head; content networks often exaggerate it, so it counts for an hour at most.
        rhythm: As ``rhythm_of`` finds it.
        failures: In a row, the present one included.
        retry_after: Seconds that the host asked for.
        jitter: From 0 up to 1; stretches the wait by up to a tenth, so that feeds do not come due all at once.
    """
    wishes = hints or Hints()
    interval = usual_interval(configured=configured, hints=wishes, max_age=max_age, rhythm=rhythm)
    if failures:
        interval = max(interval, min(interval * 2 ** min(failures, 20), LONGEST))
    if retry_after is not None:
        interval = max(interval, min(timedelta(seconds=retry_after), LONGEST))
    return _past_skips(now + interval * (1 + _SPREAD * jitter), wishes, jitter)


def usual_interval(
    *,
    configured: timedelta | None = None,
    hints: Hints | None = None,
    max_age: timedelta | None = None,
    rhythm: timedelta | None = None,
) -> timedelta:
    """The wait after a good visit, before jitter and the hours that a feed skips; the arguments are those of ``next_due``."""
    wishes = hints or Hints()
    return max(
        configured or rhythm or UNKNOWN_RHYTHM,
        min(max(wishes.ttl or timedelta(0), wishes.update_period or timedelta(0)), LONGEST),
        min(max_age or timedelta(0), _LONGEST_MAX_AGE),
    )


def rhythm_of(published: Iterable[datetime]) -> timedelta | None:
    """How often to ask a feed, by the times of its entries: half of their usual distance, within bounds; None for too few."""
    moments = sorted(set(published))[-20:]
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(moments)]
    if len(gaps) < 2:
        return None
    return min(max(timedelta(seconds=median(gaps) / 2), _QUICKEST_RHYTHM), _SLOWEST_RHYTHM)


def _past_skips(due: datetime, hints: Hints, jitter: float) -> datetime:
    """The moment itself, or one early in the first hour that the feed does not skip."""
    due = due.astimezone(UTC)
    for _ in range(_HOURS_A_WEEK):
        if due.hour not in hints.skip_hours and due.weekday() not in hints.skip_days:
            break
        due = due.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1) + timedelta(minutes=5) * jitter
    return due

"""When a feed is asked next, from what was stored of it and what this visit brought."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from monitor.core.watches import FeedSource
from monitor.errors import FeedTrouble
from monitor.feeds.entries import Hints, ParsedFeed
from monitor.feeds.fetching import FetchResult
from monitor.feeds.scheduling import next_due, rhythm_of, usual_interval
from monitor.feeds.visiting import Memory, Visit
from monitor.feeds.websub import find_topic
from monitor.store.feeds import Feed, Validators

VALIDATORS_LIVE = timedelta(days=8)
"""A host whose validators are broken would say "unchanged" for ever; so each feed is asked afresh now and then."""


def memory_of(feed: Feed, *, now: datetime) -> Memory | None:
    """What to send along with a request; None asks for everything."""
    kept = feed.validators
    if kept is None or now - kept.since >= VALIDATORS_LIVE:
        return None
    return Memory(etag=kept.etag or "", last_modified=kept.last_modified or "", digest=kept.body_hash or "")


def validators_of(visit: Visit, *, now: datetime) -> Validators | None:
    """What to keep for the next request; None keeps what there is (304)."""
    if visit.answer.unchanged:
        return None
    memory = visit.memory
    return Validators(
        etag=memory.etag or None, last_modified=memory.last_modified or None, body_hash=memory.digest or None, since=now
    )


def hints_of(feed: ParsedFeed, answer: FetchResult) -> Mapping[str, Any]:
    """What a document says of its rhythm and of its hub, in words that a row can hold; ``due_after_success`` reads them."""
    topic = find_topic(answer, feed)
    hints, rhythm = feed.hints, rhythm_of(entry.published for entry in feed.entries if entry.published)
    return {
        "ttl": _seconds(hints.ttl),
        "skip_hours": sorted(hints.skip_hours),
        "skip_days": sorted(hints.skip_days),
        "update_period": _seconds(hints.update_period),
        "rhythm": _seconds(rhythm),
        "hub": topic.hub if topic else "",
        "topic": topic.url if topic else "",
    }


def due_after_success(
    source: FeedSource, hints: Mapping[str, Any], *, max_age: timedelta | None, now: datetime, jitter: float
) -> datetime:
    """When a feed is due after a good visit.

    Args:
        hints: As ``hints_of`` wrote them, now or at an earlier visit.
    """
    wishes, rhythm = _read_hints(hints)
    return next_due(now, configured=source.every, hints=wishes, max_age=max_age, rhythm=rhythm, jitter=jitter)


def pace_of(source: FeedSource, hints: Mapping[str, Any]) -> timedelta:
    """How often a feed is asked while all goes well, as far as it is known between visits."""
    wishes, rhythm = _read_hints(hints)
    return usual_interval(configured=source.every, hints=wishes, rhythm=rhythm)


def due_after_failure(source: FeedSource, feed: Feed, trouble: FeedTrouble, *, now: datetime, jitter: float) -> datetime:
    """When a feed is due after a failure; each failure in a row doubles the wait."""
    wishes, rhythm = _read_hints(feed.hints)
    return next_due(
        now,
        configured=source.every,
        hints=wishes,
        rhythm=rhythm,
        failures=feed.failures + 1,
        retry_after=trouble.retry_after,
        jitter=jitter,
    )


def _read_hints(row: Mapping[str, Any]) -> tuple[Hints, timedelta | None]:
    hints = Hints(
        ttl=_duration(row.get("ttl")),
        skip_hours=frozenset(row.get("skip_hours", ())),
        skip_days=frozenset(row.get("skip_days", ())),
        update_period=_duration(row.get("update_period")),
    )
    return hints, _duration(row.get("rhythm"))


def _seconds(duration: timedelta | None) -> float | None:
    return None if duration is None else duration.total_seconds()


def _duration(seconds: float | None) -> timedelta | None:
    return None if seconds is None else timedelta(seconds=seconds)

"""Presenting: what is known of a fact, in the words and addresses that several pages show."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from urllib.parse import quote

from monitor.core.changes import Change
from monitor.core.judging.expiring import last_day_of
from monitor.core.judging.recollecting import standing_at, step_at, waiting_at
from monitor.core.telling.moves import distance
from monitor.core.telling.vouching import link_behind, word_behind
from monitor.core.telling.wording import count_of, show_day
from monitor.core.values import Known, Period, Standing
from monitor.core.watches import Watch
from monitor.jobs.surveying import FactView


@dataclass(frozen=True, slots=True, kw_only=True)
class FactSheet:
    """How a fact stands at a moment.

    Attributes:
        since: When its value was said; None before the baseline.
        step: What brought the value; None for the baseline.
        word: On whose word it stands.
        link: Where that can be read, as published.
        expected: When the next news of it is to be expected, in words; empty where nothing says so.
        is_late: That day has passed.
        waiting: Values that may still come into force.
    """

    view: FactView
    known: Known
    since: datetime | None
    step: Change | None
    word: str
    link: str
    expected: str
    is_late: bool
    waiting: Sequence[Change]

    @property
    def path(self) -> str:
        """Its page."""
        return fact_path(self.view.watch.id, self.view.fact.key)


def sheet_of(view: FactView, moment: datetime | None, *, now: datetime) -> FactSheet:
    """How a fact stood at a moment (None: now)."""
    known, since = standing_at(view.history, moment)
    step = step_at(view.history, moment)
    today = (moment or now).astimezone(UTC).date()
    last_day = last_day_of(known)
    return FactSheet(
        view=view,
        known=known,
        since=since,
        step=step,
        word=word_behind(step, view.baseline) if since else "",
        link=link_behind(step, view.baseline) if since else "",
        expected=expected_in_words(known, today),
        is_late=last_day is not None and last_day < today,
        waiting=waiting_at(view.history, moment),
    )


def expected_in_words(known: Known, today: date) -> str:
    """When an expected event is to happen: ``by 30 June 2024, in 3 weeks``; empty where it has no date or is over."""
    value = known.value
    if not isinstance(value, Period) or known.standing is not Standing.EXPECTED:
        return ""
    if value.last is None:
        return f"not before {show_day(value.first)}" if value.first else ""
    day = f"{'on' if value.first == value.last else 'by'} {show_day(value.last)}"
    return f"{day}, {how_far(value.last, today)}"


def how_far(day: date, today: date) -> str:
    """``today``, ``in 9 days``, ``3 weeks ago``."""
    if day == today:
        return "today"
    return f"in {distance(today, day)}" if day > today else f"{distance(day, today)} ago"


def length_in_words(length: timedelta) -> str:
    """``30 seconds``, ``15 minutes``, ``2 hours``, ``1 day``: the largest unit that goes into it without a rest."""
    seconds = round(length.total_seconds())
    for size, noun in ((86_400, "day"), (3_600, "hour"), (60, "minute")):
        if seconds >= size and (seconds % size == 0 or seconds >= 100 * size):
            return count_of(seconds // size, noun)
    return count_of(round(seconds / 60), "minute") if seconds > 120 else count_of(seconds, "second")


def watch_path(watch: Watch | str) -> str:
    """The page of a watch."""
    return f"/watches/{quote(watch if isinstance(watch, str) else watch.id, safe='')}"


def fact_path(watch: str, fact: str) -> str:
    """The page of a fact."""
    return f"{watch_path(watch)}/{quote(fact, safe='')}"

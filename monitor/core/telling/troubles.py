"""Troubles of the monitoring itself: each is told once when it begins and once when it is over."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from monitor.core.messages import Message
from monitor.core.telling.notices import notice_message
from monitor.core.telling.stationery import Stationery
from monitor.core.telling.wording import count_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that keeps us from watching, for as long as it lasts.

    Attributes:
        key: Names it as long as it lasts, for instance ``feed-silent/17``.
        title: That it began, in one line.
        lines: What is known of it, and what a person can do.
        over: That it ended, in one line.
        watches: Ids of the watches that it concerns; those whom their rules tell are told.
    """

    key: str
    title: str
    lines: tuple[str, ...]
    over: str
    watches: tuple[str, ...] = ()


def trouble_message(trouble: Trouble, *, since: datetime, stationery: Stationery) -> Message:
    """Tell that a trouble began."""
    key = _key(trouble.key, since)
    return notice_message(trouble.title, trouble.lines, key=key, stationery=stationery, is_serious=True)


def relief_message(key: str, over: str, *, since: datetime, now: datetime, stationery: Stationery) -> Message:
    """Tell that a trouble is over, and how long it lasted."""
    lines = (f"It lasted {_length(now, since)}, since {since:%Y-%m-%d %H:%M} UTC.",)
    return notice_message(over, lines, key=f"{_key(key, since)}/over", stationery=stationery)


def _key(key: str, since: datetime) -> str:
    return f"{key}/{since:%Y-%m-%dT%H:%M:%SZ}"


def _length(now: datetime, since: datetime) -> str:
    """In the largest unit of which there are two; a clock that was set back makes nothing negative."""
    minutes = max(0, int((now - since).total_seconds() // 60))
    if minutes < 120:
        return count_of(minutes, "minute")
    return count_of(minutes // 60, "hour") if minutes < 48 * 60 else count_of(minutes // (24 * 60), "day")

"""When each reader is told: at once, by the hour or by the day, not in quiet hours, not while silenced.

Nothing is dropped here. What is not told now is held until a moment, with the reason in words; what comes due together for one
reader goes out as one digest.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

DAY = timedelta(days=1)


class Rhythm(StrEnum):
    """How often a reader is told."""

    AT_ONCE = "at once"
    HOURLY = "hourly"
    DAILY = "daily"


@dataclass(frozen=True, slots=True, kw_only=True)
class QuietHours:
    """A stretch of every day in which nothing is told; it may pass midnight.

    Raises:
        ValueError: It begins when it ends.
    """

    begin: time
    end: time

    def __post_init__(self) -> None:
        if self.begin == self.end:
            raise ValueError(f"quiet hours that begin and end at {self.begin:%H:%M} are none, or all day; give two times")

    def end_after(self, local: datetime) -> datetime | None:
        """When they end, if the moment lies in them."""
        clock = local.time().replace(tzinfo=None)
        is_over_night = self.end < self.begin
        if not (clock >= self.begin or clock < self.end if is_over_night else self.begin <= clock < self.end):
            return None
        day = local.date() + DAY if is_over_night and clock >= self.begin else local.date()
        return datetime.combine(day, self.end, tzinfo=local.tzinfo)


@dataclass(frozen=True, slots=True, kw_only=True)
class Silence:
    """Nothing is told of a watch or fact until a moment.

    Attributes:
        watch: Its id; empty for all.
        fact: Key of one fact of the watch; empty for all.
    """

    until: datetime
    watch: str = ""
    fact: str = ""

    def covers(self, watch: str, fact: str, now: datetime) -> bool:
        """Whether it holds a telling of this fact back now."""
        return now < self.until and self.watch in ("", watch) and self.fact in ("", fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the readers of one tag want to be told.

    Attributes:
        at: Of a daily digest, on the reader's clock; its minute also places the hourly one.
        zone: The reader's clock.
    """

    rhythm: Rhythm = Rhythm.AT_ONCE
    at: time = time(8)
    zone: tzinfo = UTC
    quiet: tuple[QuietHours, ...] = ()
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Until when a telling waits, and why."""

    until: datetime
    reason: str


def hold_for(manner: Manner, *, watch: str, fact: str, now: datetime) -> Hold | None:
    """When a telling that is ready now goes out; None for at once.

    A silence comes first, then the digest's next time, then the end of quiet hours.
    """
    moment, reasons = now, []
    if silenced := [silence.until for silence in manner.silences if silence.covers(watch, fact, now)]:
        moment = max(silenced)
        reasons.append("silenced")
    beat = _next_beat(manner, moment)
    if beat > moment:
        moment = beat
        reasons.append(f"{manner.rhythm} digest")
    if (loud := _after_quiet(manner, moment)) > moment:
        moment = loud
        reasons.append("quiet hours")
    return Hold(until=moment.astimezone(UTC), reason=", then ".join(reasons)) if reasons else None


def is_one_message(manner: Manner, waiting: int) -> bool:
    """Whether what comes due together goes out as a digest: always for those who asked for one, else where there is a heap."""
    return manner.rhythm is not Rhythm.AT_ONCE or waiting > 1


def manner_for(tags: Iterable[str], manners: dict[str, Manner]) -> Manner:
    """The manner of a destination with several tags: the promptest of theirs, for a late alert is the worse mistake."""
    wanted = [manners[tag] for tag in sorted(tags) if tag in manners]
    return min(wanted, key=lambda manner: list(Rhythm).index(manner.rhythm), default=Manner())


def _next_beat(manner: Manner, moment: datetime) -> datetime:
    """The next time of a digest; the moment itself where it falls on one, or where there is no digest."""
    local = moment.astimezone(manner.zone)
    match manner.rhythm:
        case Rhythm.AT_ONCE:
            return moment
        case Rhythm.HOURLY:
            beat = moment.replace(minute=manner.at.minute, second=0, microsecond=0)
            return beat if beat >= moment else beat + timedelta(hours=1)
        case Rhythm.DAILY:
            beat = datetime.combine(local.date(), manner.at, tzinfo=manner.zone)
            return beat if beat >= moment else datetime.combine(local.date() + DAY, manner.at, tzinfo=manner.zone)


def _after_quiet(manner: Manner, moment: datetime) -> datetime:
    """The first moment that lies in no quiet hours; two stretches may follow one upon the other."""
    for _ in range(len(manner.quiet) + 1):
        ends = [end for quiet in manner.quiet if (end := quiet.end_after(moment.astimezone(manner.zone)))]
        if not ends:
            break
        moment = max(ends)
    return moment

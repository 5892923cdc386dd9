"""When each reader is told: at once, by the hour or by the day, not in quiet hours, not while silenced.

Nothing is dropped here. What is not told now is held until a moment, with the reason in words; what comes due together for one
reader goes out as one digest.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta, tzinfo
from enum import StrEnum

from monitor.core.claims import Certainty

DAY = timedelta(days=1)


class Rhythm(StrEnum):
    """How often a reader is told."""

    AT_ONCE = "at once"
    HOURLY = "hourly"
    DAILY = "daily"


class Grouping(StrEnum):
    """What comes due together for one reader and goes out as one message: all of it, that of each watch, or nothing."""

    ALL = "all"
    WATCH = "watch"
    NOTHING = "nothing"


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
        reason: As a person is shown it.
    """

    until: datetime
    watch: str = ""
    fact: str = ""
    reason: str = "silenced"

    def covers(self, watch: str, fact: str, now: datetime) -> bool:
        """Whether it holds a telling of this fact back now."""
        return now < self.until and self.watch in ("", watch) and self.fact in ("", fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manner:
    """How the readers of one tag want to be told.

    Attributes:
        at: Of a daily digest, on the reader's clock; its minute also places the hourly one.
        zone: The reader's clock.
        loud: What is at least so certain is told in quiet hours too; None lets nothing through.
    """

    rhythm: Rhythm = Rhythm.AT_ONCE
    at: time = time(8)
    zone: tzinfo = UTC
    quiet: tuple[QuietHours, ...] = ()
    loud: Certainty | None = None
    group: Grouping = Grouping.ALL
    silences: tuple[Silence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How everybody wants to be told.

    Attributes:
        by_tag: Of the readers of a tag.
        other: Of everybody else.
    """

    by_tag: Mapping[str, Manner] = field(default_factory=dict)
    other: Manner = Manner()

    def of(self, tags: Iterable[str]) -> tuple[Manner, ...]:
        """The manners of a reader with these tags, at least one."""
        return tuple(dict.fromkeys(self.by_tag.get(tag, self.other) for tag in sorted(tags))) or (self.other,)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hold:
    """Until when a telling waits, and why."""

    until: datetime
    reason: str


def hold_for(manner: Manner, *, watch: str, fact: str, now: datetime, certainty: Certainty | None = None) -> Hold | None:
    """When a telling that is ready now goes out; None for at once.

    A silence comes first, then the digest's next time, then the end of quiet hours.

    Args:
        certainty: Of what is told; None is never loud.
    """
    moment, reasons = now, []
    if silences := [silence for silence in manner.silences if silence.covers(watch, fact, now)]:
        last = max(silences, key=lambda silence: silence.until)
        moment = last.until
        reasons.append(last.reason)
    beat = _next_beat(manner, moment)
    if beat > moment:
        moment = beat
        reasons.append(f"{manner.rhythm} digest")
    is_loud = certainty is not None and manner.loud is not None and certainty >= manner.loud
    if not is_loud and (loud := _after_quiet(manner, moment)) > moment:
        moment = loud
        reasons.append("quiet hours")
    return Hold(until=moment.astimezone(UTC), reason=", then ".join(reasons)) if reasons else None


def hold_longer(manner: Manner, *, watch: str, fact: str, now: datetime, certainty: Certainty | None = None) -> Hold | None:
    """Until when a telling waits on that has come due: a silence may have begun meanwhile, but no digest is waited for twice."""
    return hold_for(replace(manner, rhythm=Rhythm.AT_ONCE), watch=watch, fact=fact, now=now, certainty=certainty)


def decide(
    manners: Collection[Manner],
    *,
    watch: str,
    fact: str,
    now: datetime,
    certainty: Certainty | None = None,
    is_due: bool = False,
) -> tuple[Manner, Hold | None]:
    """By which of his manners a reader is told, and until when he has to wait: the promptest, since a late alert is worse.

    Args:
        manners: At least one.
        is_due: It was held until now.
    """
    ask = hold_longer if is_due else hold_for
    answers = [(manner, ask(manner, watch=watch, fact=fact, now=now, certainty=certainty)) for manner in manners]
    return min(answers, key=lambda answer: (answer[1].until if answer[1] else now, list(Rhythm).index(answer[0].rhythm)))


def is_one_message(manner: Manner, waiting: int) -> bool:
    """Whether what comes due together goes out as a digest: always for those who asked for one, else where there is a heap."""
    return manner.group is not Grouping.NOTHING and (manner.rhythm is not Rhythm.AT_ONCE or waiting > 1)


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

"""What becomes of a delivery after a send: done, tried again later, or given up."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from monitor.core.messages import Outcome, Result

FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=1)
GIVE_UP_AGE = timedelta(days=3)
LONGEST_ASKED = timedelta(days=1)
TRIES_WHEN_REFUSED = 2


class Fate(StrEnum):
    """Where a delivery stands after a send."""

    SENT = "sent"
    RETRY = "retry"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settle:
    """What to write into the delivery's row.

    Attributes:
        at: When to try again; None unless the fate is ``retry``.
        detail: For people, free of secrets.
    """

    fate: Fate
    at: datetime | None = None
    detail: str = ""


def next_step(outcome: Outcome, *, attempts: int, age: timedelta, now: datetime, jitter: float) -> Settle:
    """Decide what follows a send.

    Failures wait a random part of an exponentially growing time ("full jitter", so that what failed together does not come back
    together); what the other side asked for is the least. A refusal is believed the second time; nothing is tried after
    three days.

    Args:
        outcome: What came of the send.
        attempts: Sends so far, this one included.
        age: Of the delivery.
        now: Aware.
        jitter: Random, from 0 up to 1.
    """
    match outcome.result:
        case Result.SENT:
            return Settle(fate=Fate.SENT, detail=outcome.detail)
        case Result.REFUSED if attempts >= TRIES_WHEN_REFUSED:
            return Settle(fate=Fate.DEAD, detail=outcome.detail)
        case Result.REFUSED:
            return _later(outcome, wait=_wait(1, jitter), age=age, now=now)
        case Result.FAILED:
            return _later(outcome, wait=_wait(attempts, jitter), age=age, now=now)


def rest_after(outcome: Outcome, *, pace: timedelta) -> timedelta:
    """How long nothing more is sent to a destination after a send: its pace, or what it asked for where that is more."""
    return max(pace, _asked(outcome))


def _later(outcome: Outcome, *, wait: timedelta, age: timedelta, now: datetime) -> Settle:
    wait = max(wait, _asked(outcome))
    if age + wait >= GIVE_UP_AGE:
        return Settle(fate=Fate.DEAD, detail=f"given up after {GIVE_UP_AGE.days} days: {outcome.detail}".removesuffix(": "))
    return Settle(fate=Fate.RETRY, at=now + wait, detail=outcome.detail)


def _asked(outcome: Outcome) -> timedelta:
    return min(timedelta(seconds=max(0.0, outcome.retry_after or 0.0)), LONGEST_ASKED)


def _wait(attempts: int, jitter: float) -> timedelta:
    doublings = min(max(attempts, 1) - 1, 20)
    ceiling = min(FIRST_WAIT * int(2**doublings), LONGEST_WAIT)
    return max(timedelta(seconds=1), ceiling * jitter)

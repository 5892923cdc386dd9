"""What follows a send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.messages import Outcome, Result
from monitor.core.telling.retrying import GIVE_UP_AGE, LONGEST_ASKED, LONGEST_WAIT, Fate, next_step

NOW = datetime(2024, 6, 1, 12, tzinfo=UTC)
FAILED = Outcome(result=Result.FAILED, detail="Slack answered 500")
jitters = st.floats(0, 1, exclude_max=True)


def test_what_is_sent_is_settled() -> None:
    step = next_step(Outcome(result=Result.SENT), attempts=1, age=timedelta(0), now=NOW, jitter=0.5)
    assert (step.fate, step.at) == (Fate.SENT, None)


@given(attempts=st.integers(1, 10_000), jitter=jitters)
def test_a_failure_is_tried_again_after_a_bounded_time(attempts: int, jitter: float) -> None:
    step = next_step(FAILED, attempts=attempts, age=timedelta(hours=1), now=NOW, jitter=jitter)
    assert step.fate is Fate.RETRY
    assert step.at is not None
    assert timedelta(seconds=1) <= step.at - NOW <= LONGEST_WAIT


@given(attempts=st.integers(1, 100), jitter=jitters)
def test_waits_grow(attempts: int, jitter: float) -> None:
    soon, late = (next_step(FAILED, attempts=n, age=timedelta(0), now=NOW, jitter=jitter).at for n in (attempts, attempts + 1))
    assert soon is not None
    assert late is not None
    assert soon <= late


@given(asked=st.floats(0, 10**7), jitter=jitters)
def test_what_the_other_side_asked_for_is_the_least(asked: float, jitter: float) -> None:
    outcome = Outcome(result=Result.FAILED, retry_after=asked)
    step = next_step(outcome, attempts=1, age=timedelta(0), now=NOW, jitter=jitter)
    assert step.at is not None
    assert step.at - NOW >= min(timedelta(seconds=asked), LONGEST_ASKED)


def test_a_refusal_is_believed_the_second_time() -> None:
    refused = Outcome(result=Result.REFUSED, detail="Slack answered 404 Not Found")
    first, second = (next_step(refused, attempts=n, age=timedelta(0), now=NOW, jitter=0.5) for n in (1, 2))
    assert first.fate is Fate.RETRY
    assert (second.fate, second.detail) == (Fate.DEAD, "Slack answered 404 Not Found")


@pytest.mark.parametrize("result", [Result.FAILED, Result.REFUSED])
def test_nothing_is_tried_after_three_days(result: Result) -> None:
    step = next_step(Outcome(result=result, detail="why"), attempts=1, age=GIVE_UP_AGE, now=NOW, jitter=0.5)
    assert (step.fate, step.detail) == (Fate.DEAD, "given up after 3 days: why")

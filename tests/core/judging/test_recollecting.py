"""What was in force at a moment, and for how long."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from monitor.core.changes import Change, ChangeState, History
from monitor.core.claims import Certainty
from monitor.core.judging.recollecting import standing_at, step_at, steps_until, stretches_of, waiting_at
from monitor.core.values import UNKNOWN
from monitor.core.verdicts import Verdict
from tests.core.judging.builders import START, known, on_day


def step(sequence: int, text: str, day: int, state: ChangeState = ChangeState.ACCEPTED) -> Change:
    return Change(
        watch="xiaomi-ev",
        fact="launch",
        sequence=sequence,
        old=UNKNOWN,
        new=known(text),
        verdict=Verdict.CHANGES,
        certainty=Certainty.REPORTED,
        state=state,
        effective=on_day(day),
        learned=on_day(day),
    )


STORY = History(
    watch="xiaomi-ev",
    fact="launch",
    baseline=known("2024"),
    as_of=START,
    changes=(
        step(1, "2024-H2", 10),
        step(2, "2025", 20, ChangeState.DISMISSED),
        step(3, "2026", 40),
        step(4, "2027", 50, ChangeState.CANDIDATE),
    ),
)


def test_a_value_is_in_force_from_the_day_on_which_it_was_said() -> None:
    assert standing_at(STORY, on_day(9)) == (known("2024"), START)
    assert standing_at(STORY, on_day(10)) == (known("2024-H2"), on_day(10))
    assert standing_at(STORY, on_day(39)) == (known("2024-H2"), on_day(10))
    assert standing_at(STORY, None) == (known("2026"), on_day(40))


def test_before_the_baseline_nothing_was_known() -> None:
    assert standing_at(STORY, START - timedelta(days=1)) == (UNKNOWN, None)
    assert step_at(STORY, START - timedelta(days=1)) is None


def test_what_was_dismissed_was_never_in_force() -> None:
    assert [str(stretch.known) for stretch in stretches_of(STORY)] == ["2024", "2024-H2", "2026"]


def test_steps_are_those_that_had_been_said_whatever_became_of_them() -> None:
    assert [one.sequence for one in steps_until(STORY, on_day(20))] == [1, 2]
    assert steps_until(STORY, None) == STORY.changes


def test_only_the_present_knows_what_waits() -> None:
    assert [one.sequence for one in waiting_at(STORY, None)] == [4]
    assert waiting_at(STORY, on_day(50)) == ()


@given(st.lists(st.tuples(st.integers(0, 60), st.sampled_from(ChangeState)), max_size=6), st.integers(0, 61))
def test_the_stretches_follow_each_other_without_gaps_and_end_with_what_is_in_force(
    said: list[tuple[int, ChangeState]], day: int
) -> None:
    steps = tuple(step(number, f"{2020 + number}", day, state) for number, (day, state) in enumerate(said, start=1))
    story = replace(STORY, changes=steps)
    stretches = stretches_of(story)
    assert [stretch.since for stretch in stretches[1:]] == [stretch.until for stretch in stretches[:-1]]
    assert (stretches[-1].known, stretches[-1].since, stretches[-1].until) == (story.in_force, story.in_force_since, None)
    moment = on_day(day)
    (then,) = [one for one in stretches if one.since <= moment and (one.until is None or moment < one.until)]
    assert standing_at(story, moment) == (then.known, then.since)

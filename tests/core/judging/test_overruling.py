"""What a person and a seed decide, over the head of the evidence."""

from __future__ import annotations

import pytest

from monitor.core.changes import ChangeState, Decider
from monitor.core.claims import Certainty
from monitor.core.judging.overruling import accept, dismiss, reseed, set_value
from monitor.core.verdicts import Verdict
from tests.core.judging.builders import Story, history, known, on_day


def test_accepting_may_correct_the_value() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=Certainty.REPORTED)
    past = accept(story.history, 1, value=known("2025-H2"), note="says the annual report")
    assert past.in_force == known("2025-H2")
    assert (past.changes[0].new, past.changes[0].note) == (known("2025"), "says the annual report")
    assert past.changes[0].decided_by is Decider.PERSON


def test_an_older_candidate_that_a_person_accepts_goes_before_a_newer_step() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=Certainty.REPORTED)
    story.say("2026", day=2)
    past = accept(story.history, 1)
    assert past.in_force == known("2025")
    assert past.in_force_since > on_day(2)


def test_accepting_what_is_in_force_upholds_it() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    past = accept(story.history, 1)
    assert past.in_force_since == story.history.in_force_since
    assert past.changes[0].decided_by is Decider.PERSON


def test_what_a_person_accepted_is_not_told() -> None:
    story = Story("2024")
    assert story.say("2025", day=1, certainty=Certainty.RUMOUR) == []
    story.history = accept(story.history, 1)
    assert story.say("2025", day=2) == []


def test_a_dismissed_change_can_be_accepted_after_all() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    assert accept(dismiss(story.history, 1), 1).in_force == known("2025")


@pytest.mark.parametrize("sequence", [0, 1, 7])
def test_a_change_that_is_not_there_cannot_be_decided(sequence: int) -> None:
    with pytest.raises(LookupError, match=f"xiaomi-ev/launch has no change #{sequence}"):
        accept(history(), sequence)
    with pytest.raises(LookupError):
        dismiss(history(), sequence)


@pytest.mark.parametrize(
    ("old", "new", "verdict"),
    [
        ("2024", "2025", "changes"),
        ("2024", "2024-06", "refines"),
        ("2024-06", "2024", "confirms"),
        ("unknown", "2024", "new_value"),
        ("cancelled", "2024", "new_value"),
        ("2024", "cancelled", "cancelled"),
        ("2024", "2024-06 (done)", "completed"),
        ("2024 (done)", "2024", "changes"),
        ("2024", "unknown", "changes"),
    ],
)
def test_a_persons_step_is_called_by_what_it_does(old: str, new: str, verdict: str) -> None:
    past = set_value(history(old), known(new), now=on_day(1))
    assert past.in_force == known(new)
    assert past.changes[0].verdict is Verdict(verdict)
    assert (past.changes[0].state, past.changes[0].decided_by) == (ChangeState.ACCEPTED, Decider.PERSON)


def test_setting_what_is_in_force_changes_nothing() -> None:
    assert set_value(history("2024"), known("2024"), now=on_day(1)) == history("2024")


def test_a_rewritten_seed_with_a_newer_date_is_a_step_by_seed() -> None:
    past = reseed(history("2024"), known("2025"), as_of=on_day(3), now=on_day(4))
    assert past.in_force == known("2025")
    assert past.changes[0].decided_by is Decider.SEED
    assert reseed(past, known("2025"), as_of=on_day(3), now=on_day(5)) == past


def test_a_rewritten_seed_without_a_newer_date_is_no_step() -> None:
    past = history("2024")
    assert reseed(past, known("2025"), as_of=past.as_of, now=on_day(4)) == past


def test_a_seed_older_than_what_is_in_force_does_not_override_it() -> None:
    story = Story("2024")
    story.say("2026", day=5)
    past = reseed(story.history, known("2025"), as_of=on_day(3), now=on_day(6))
    assert past.in_force == known("2026")
    assert past.changes[-1].new == known("2025")


def test_a_seed_may_go_back_to_its_first_value() -> None:
    past = reseed(history("2024"), known("2025"), as_of=on_day(3), now=on_day(4))
    assert reseed(past, known("2024"), as_of=on_day(5), now=on_day(6)).in_force == known("2024")


def test_the_overtaken_value_is_stale_after_a_persons_step() -> None:
    story = Story("2024")
    story.history = set_value(story.history, known("2025"), now=on_day(1))
    assert story.say("2024", day=2) == []
    assert story.in_force == "2025"

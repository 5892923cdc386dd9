"""Taking evidence back when an item no longer says it."""

from __future__ import annotations

from monitor.core.changes import Change, ChangeState
from monitor.core.claims import Certainty, Modality
from monitor.core.judging.overruling import accept
from monitor.core.judging.withdrawing import withdraw
from monitor.core.watches import Policy
from tests.core.judging.builders import Story, claim


def source_of(change: Change, index: int = 0) -> str:
    return change.evidence[index].claim.item.id


def test_a_change_left_without_evidence_is_told_once_as_withdrawn_and_the_prior_value_returns() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    past = withdraw(story.history, source_of(story.history.changes[0]), keep=[])
    assert str(past.history.in_force) == "2024"
    assert [change.state for change in past.told] == [ChangeState.WITHDRAWN]
    assert withdraw(past.history, source_of(story.history.changes[0]), keep=[]).told == ()


def test_a_change_that_another_outlet_also_reports_stays() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    story.say("2025", day=2, certainty=Certainty.REPORTED)
    past = withdraw(story.history, source_of(story.history.changes[0]), keep=[])
    assert str(past.history.in_force) == "2025"
    assert past.told == ()
    assert past.history.changes[0].certainty is Certainty.REPORTED
    assert past.history.changes[0].publishers == {"outlet-2.com"}


def test_what_the_new_version_still_says_is_kept() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    item_id = source_of(story.history.changes[0])
    assert withdraw(story.history, item_id, keep=[claim("2025-06")]).history == story.history
    assert withdraw(story.history, item_id, keep=[claim("2026")]).history != story.history


def test_an_undated_event_is_kept_by_an_undated_event() -> None:
    story = Story("2024")
    story.say(None, day=1, modality=Modality.ACHIEVED)
    item_id = source_of(story.history.changes[0])
    assert withdraw(story.history, item_id, keep=[claim(None, modality=Modality.ACHIEVED)]).history == story.history
    assert withdraw(story.history, item_id, keep=[claim(None, modality=Modality.CANCELLED)]).history != story.history


def test_a_change_that_was_never_told_is_withdrawn_silently() -> None:
    story = Story("2024", policy=Policy(certainty=Certainty.OFFICIAL))
    story.say("2025", day=1, certainty=Certainty.RUMOUR)
    past = withdraw(story.history, source_of(story.history.changes[0]), keep=[])
    assert past.history.changes[0].state is ChangeState.WITHDRAWN
    assert past.told == ()


def test_what_a_person_accepted_stays_in_force() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=Certainty.REPORTED)
    past = withdraw(accept(story.history, 1), source_of(story.history.changes[0]), keep=[])
    assert str(past.history.in_force) == "2025"
    assert past.history.changes[0].publishers == frozenset()


def test_a_withdrawn_value_that_another_outlet_brings_is_a_new_change() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    story.history = withdraw(story.history, source_of(story.history.changes[0]), keep=[]).history
    assert story.say("2025", day=2) == ["changes 2025"]
    assert len(story.history.changes) == 2


def test_a_step_that_was_overtaken_is_withdrawn_silently() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    story.say("2026", day=2)
    past = withdraw(story.history, source_of(story.history.changes[0]), keep=[])
    assert past.told == ()
    assert str(past.history.in_force) == "2026"

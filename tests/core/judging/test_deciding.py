"""The ledger's law, line by line (DESIGN.md, section 2a)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.core.changes import ChangeState, History
from monitor.core.claims import Certainty, Claim, Modality
from monitor.core.judging.comparing import judge
from monitor.core.judging.deciding import advance, is_wanted
from monitor.core.judging.overruling import accept, dismiss, set_value
from monitor.core.judging.stepping import open_candidates
from monitor.core.values import Kind, Shift
from monitor.core.verdicts import Verdict
from monitor.core.watches import Acceptance, Policy
from tests.core.judging.builders import Story, claim, claims, fact, history, known, on_day, value

RUMOUR, PROPOSED, REPORTED, OFFICIAL = Certainty
MANUAL = Acceptance.MANUAL


# --- coming into force ------------------------------------------------------------------------------


def test_an_official_change_comes_into_force_at_once() -> None:
    story = Story()
    assert story.say("2024-H2", day=1) == ["changes 2024-H2"]
    assert story.in_force == "2024-H2"


@pytest.mark.parametrize("certainty", [REPORTED, PROPOSED])
def test_a_value_with_less_behind_it_becomes_a_candidate_and_is_told_once(certainty: Certainty) -> None:
    story = Story()
    assert story.say("2024-H2", day=1, certainty=certainty) == ["changes 2024-H2"]
    assert story.say("2024-H2", day=2, by="outlet-1.com", certainty=certainty) == []
    assert story.in_force == "2024-H1"
    assert [str(change.new) for change in open_candidates(story.history)] == ["2024-H2"]


def test_a_candidate_comes_into_force_by_an_official_word_and_is_not_told_again() -> None:
    story = Story()
    story.say("2024-H2", day=1, certainty=REPORTED)
    assert story.say("2024-H2", day=2) == []
    assert story.in_force == "2024-H2"
    assert story.history.in_force_since == on_day(2)


def test_a_reported_candidate_comes_into_force_by_a_second_independent_publisher() -> None:
    story = Story()
    story.say("2024-H2", day=1, certainty=REPORTED)
    assert story.say("2024-H2", day=2, certainty=REPORTED) == []
    assert story.in_force == "2024-H2"


def test_two_rumours_bring_nothing_into_force() -> None:
    story = Story()
    story.say("2024-H2", day=1, certainty=RUMOUR)
    story.say("2024-H2", day=2, certainty=RUMOUR)
    assert story.in_force == "2024-H1"


def test_a_copy_is_no_second_publisher() -> None:
    body = "The carmaker has put off its first model to the second half, say people who know of the matter and may not speak."
    story = Story()
    story.say("2024-H2", day=1, certainty=REPORTED, body=body)
    story.say("2024-H2", day=2, certainty=REPORTED, body=body)
    assert story.in_force == "2024-H1"


def test_a_candidate_comes_into_force_by_a_person() -> None:
    story = Story()
    story.say("2024-H2", day=1, certainty=RUMOUR)
    assert str(accept(story.history, 1).in_force) == "2024-H2"


def test_a_candidate_below_the_threshold_is_told_when_it_reaches_it() -> None:
    story = Story(policy=Policy(certainty=REPORTED))
    assert story.say("2024-H2", day=1, certainty=RUMOUR) == []
    assert story.say("2024-H2", day=2, certainty=REPORTED) == ["changes 2024-H2"]


def test_a_candidate_that_was_never_told_is_told_when_it_comes_into_force() -> None:
    story = Story(policy=Policy(certainty=OFFICIAL))
    assert story.say("2024-H2", day=1, certainty=REPORTED) == []
    assert story.say("2024-H2", day=2) == ["changes 2024-H2"]


def test_in_manual_mode_only_a_person_moves_a_value() -> None:
    story = Story(acceptance=MANUAL)
    assert story.say("2024-H2", day=1) == ["changes 2024-H2"]
    assert story.say("2024-H2", day=2) == []
    assert story.in_force == "2024-H1"
    assert str(accept(story.history, 1).in_force) == "2024-H2"


def test_in_manual_mode_all_is_compared_with_the_accepted_value_and_pending_values_merge() -> None:
    story = Story(acceptance=MANUAL)
    story.say("2024-H2", day=1)
    assert story.say("2025", day=2) == ["changes 2025"]
    assert story.say("2024-H2", day=3) == []
    assert story.say("2024-H1", day=4) == []
    assert [len(change.evidence) for change in story.history.changes] == [2, 1]


# --- telling ----------------------------------------------------------------------------------------


def test_only_the_rules_verdicts_are_told() -> None:
    story = Story(policy=Policy(on=frozenset({Verdict.CHANGES})))
    assert story.say("2024-03", day=1) == []
    assert story.in_force == "2024-03"


def test_a_change_waits_for_the_rules_number_of_sources() -> None:
    story = Story(policy=Policy(sources=2))
    assert story.say("2024-H2", day=1) == []
    assert story.say("2024-H2", day=2, by="outlet-1.com") == []
    assert story.say("2024-H2", day=3) == ["changes 2024-H2"]


def test_a_rule_wants_its_verdicts_at_its_certainty() -> None:
    judgement = judge(claim("2025", certainty=PROPOSED), known("2024"), fact())
    assert judgement is not None
    assert is_wanted(judgement, Policy(certainty=PROPOSED))
    assert not is_wanted(judgement, Policy(certainty=REPORTED))
    assert not is_wanted(judgement, Policy(on=frozenset({Verdict.REFINES})))


def test_back_and_forth_is_told_each_time() -> None:
    story = Story("2024")
    assert story.say("2025", day=1) == ["changes 2025"]
    assert story.say("2024", day=2, says_change=True) == ["changes 2024"]
    assert story.say("2025", day=3, says_change=True) == ["changes 2025"]
    assert [change.sequence for change in story.history.changes] == [1, 2, 3]


def test_evidence_joins_the_newest_open_change_of_its_value_never_an_older_one() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    story.say("2024", day=2, says_change=True)
    story.say("2025", day=3, says_change=True)
    assert story.say("2025", day=4) == []
    assert [len(change.evidence) for change in story.history.changes] == [1, 1, 2]


def test_a_candidate_that_something_else_overtook_is_no_longer_open() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=REPORTED)
    story.say("2026", day=2)
    assert story.say("2025", day=3, certainty=REPORTED) == ["changes 2025"]
    assert story.in_force == "2026"
    assert len(story.history.changes) == 3


def test_a_candidate_sharper_than_what_came_into_force_stays_open() -> None:
    story = Story("2023")
    story.say("2024-09", day=1, certainty=REPORTED)
    story.say("2024", day=2)
    assert story.say("2024-09", day=3, certainty=REPORTED) == []
    assert story.in_force == "2024-09"


def test_an_official_vaguer_value_does_not_bring_a_sharper_candidate_into_force() -> None:
    story = Story("2023")
    story.say("2024-09", day=1, certainty=REPORTED)
    assert story.say("2024", day=2) == ["changes 2024"]
    assert story.in_force == "2024"


# --- order of time ----------------------------------------------------------------------------------


def test_an_older_article_never_overrides_newer_knowledge() -> None:
    story = Story("2024")
    story.say("2025", day=5)
    assert story.say("2026", day=3, says_change=True, read_on=6) == []
    assert story.in_force == "2025"
    assert len(story.history.changes) == 1


def test_an_older_article_does_not_override_what_was_said_again_since_as_firmly() -> None:
    story = Story("2024")
    story.say("2025", day=2)
    story.say("2025", day=5, by="gazette.com")
    assert story.say("2026", day=3, says_change=True, read_on=6) == []
    assert story.in_force == "2025"


def test_an_older_official_word_overrides_what_was_repeated_with_less_behind_it() -> None:
    story = Story("2024")
    story.say("2025", day=2)
    story.say("2025", day=5, by="gazette.com", certainty=Certainty.REPORTED)
    story.say("2026", day=3, says_change=True, read_on=6)
    assert story.in_force == "2026"


def test_an_article_dated_ahead_counts_from_when_it_was_seen() -> None:
    story = Story("2024")
    story.say("2025", day=9, read_on=2)
    assert story.history.in_force_since == on_day(2)


def test_a_newer_article_that_repeats_a_superseded_value_is_a_silent_conflict() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    assert story.say("2024", day=2) == []
    assert story.in_force == "2025"
    assert story.history.changes[-1].state is ChangeState.CONFLICT


def test_a_superseded_value_comes_back_by_words_of_change() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    assert story.say("2024", day=2, says_change=True) == ["changes 2024"]


def test_a_superseded_value_comes_back_by_an_official_on_the_record() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    assert story.say("2024", day=2, is_on_record=True) == ["changes 2024"]


def test_a_superseded_value_comes_back_by_a_second_publisher() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    assert story.say("2024", day=2) == []
    assert story.say("2024", day=3, by="outlet-2.com") == []
    assert story.say("2024", day=4) == ["changes 2024"]
    assert story.in_force == "2024"


def test_a_sharper_value_inside_a_superseded_one_is_news() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    assert story.say("2024-11", day=2) == ["changes 2024-11"]


# --- dismissing -------------------------------------------------------------------------------------


def test_a_dismissed_change_restores_the_latest_step_that_survives() -> None:
    story = Story("2024")
    story.say("2025", day=1)
    story.say("2026", day=2)
    story.history = dismiss(story.history, 2, note="another model")
    assert story.in_force == "2025"
    story.history = dismiss(story.history, 1)
    assert story.in_force == "2024"


def test_a_dismissed_value_stays_silent_until_something_firmer_repeats_it() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=REPORTED)
    story.history = dismiss(story.history, 1)
    assert story.say("2025", day=2, certainty=REPORTED) == []
    assert story.say("2025", day=3, certainty=RUMOUR) == []
    assert story.say("2025", day=4) == ["changes 2025"]


def test_a_value_that_a_person_corrected_stays_silent_too() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=REPORTED)
    story.history = accept(story.history, 1, value=known("2026"))
    assert story.say("2025", day=2, certainty=REPORTED) == []
    assert story.say("2027", day=3, certainty=REPORTED) == ["changes 2027"]


def test_an_edited_item_that_grows_firmer_speaks_again_for_its_change() -> None:
    story = Story("2024")
    story.say("2025", day=1, certainty=REPORTED)
    story.say("2025", day=1)
    assert story.in_force == "2025"
    assert len(story.history.changes[0].evidence) == 1


def test_a_status_goes_its_course_with_one_alert_a_step() -> None:
    story = Story("applied", Kind.STATUS)
    assert story.say("approved", day=1, certainty=REPORTED) == ["changes approved"]
    assert story.say("approved", day=2) == []
    assert story.say("applied", day=3) == []
    assert story.say("revoked", day=4) == ["changes revoked"]


# --- what has happened, is given up or taken back ---------------------------------------------------


def test_a_done_event_is_confirmed_by_a_compatible_date() -> None:
    story = Story("2024-H1")
    assert story.say("2024-03-28", day=1, modality=Modality.ACHIEVED) == ["completed 2024-03-28 (done)"]
    assert story.say("2024-03", day=2, modality=Modality.ACHIEVED) == []
    assert story.say(None, day=3, modality=Modality.ACHIEVED) == []
    assert story.in_force == "2024-03-28 (done)"


def test_a_withdrawn_date_leaves_none_and_the_next_date_is_new() -> None:
    story = Story("2026")
    assert story.say(None, day=1, modality=Modality.WITHDRAWN) == ["changes unknown"]
    assert story.say("2028", day=2) == ["new_value 2028"]


def test_the_old_date_after_a_withdrawal_is_a_stale_repetition() -> None:
    story = Story("2026")
    story.say(None, day=1, modality=Modality.WITHDRAWN)
    assert story.say("2026", day=2) == []


def test_a_plan_given_up_is_cancelled_once() -> None:
    story = Story("2026")
    assert story.say(None, day=1, modality=Modality.CANCELLED) == ["cancelled cancelled"]
    assert story.say(None, day=2, modality=Modality.CANCELLED) == []


def test_a_denial_moves_nothing() -> None:
    story = Story("2025")
    assert story.say("2026", day=1, modality=Modality.DENIED) == []
    assert story.history == history("2025")


def test_a_correction_replaces_what_the_outlet_said() -> None:
    story = Story("2024")
    story.say("2026", day=1, by="one.com")
    assert story.say("2025", day=2, by="one.com", is_correction=True) == ["changes 2025"]
    assert [change.state for change in story.history.changes] == [ChangeState.WITHDRAWN, ChangeState.ACCEPTED]
    assert str(story.history.changes[-1].old) == "2024"


def test_a_correction_back_to_the_value_before_is_told_as_a_withdrawal() -> None:
    story = Story("2024")
    story.say("2026", day=1, by="one.com")
    assert story.say("2024", day=2, by="one.com", is_correction=True) == ["withdrawn 2026"]
    assert story.in_force == "2024"


def test_a_correction_leaves_what_another_publisher_says() -> None:
    story = Story("2024")
    story.say("2026", day=1, by="one.com")
    story.say("2026", day=2, by="two.com")
    story.say("2025", day=3, by="one.com", is_correction=True)
    assert story.history.changes[0].state is ChangeState.ACCEPTED


def test_a_correction_that_leaves_nothing_to_say_only_takes_back() -> None:
    story = Story("2024-03 (done)")
    story.say("2026", day=1, by="one.com", says_change=True)
    assert story.say(None, day=2, by="one.com", is_correction=True, modality=Modality.CANCELLED) == ["withdrawn 2026"]
    assert story.in_force == "2024-03 (done)"


def test_an_addition_that_led_to_the_value_in_force_is_not_counted_twice() -> None:
    story = Story("40000", Kind.QUANTITY)
    story.say("65000", day=1)
    more = value("25000", Kind.QUANTITY)
    assert story.say("90000", day=2, moved_by=more, says_change=True) == []
    assert story.say("90000", day=3, moved_by=replace(more, high=None), says_change=True) == ["changes 90000 vehicle/year"]


def test_a_distance_that_led_to_the_value_in_force_is_not_counted_twice() -> None:
    story = Story("2025-12")
    story.say("2026-12", day=1)
    assert story.say("2027-12", day=2, moved_by=Shift(months=12), says_change=True) == []
    assert story.in_force == "2026-12"


def test_the_same_distance_after_a_season_is_another_delay() -> None:
    story = Story("2025-12")
    story.say("2026-12", day=1)
    assert story.say("2027-12", day=200, moved_by=Shift(months=12), says_change=True) == ["changes 2027-12"]


# --- laws -------------------------------------------------------------------------------------------


def tell(past: History, one: Claim, acceptance: Acceptance = Acceptance.AUTO) -> tuple[History, tuple[str, ...]]:
    judgement = judge(one, past.in_force, fact())
    if judgement is None:
        return past, ()
    step = advance(past, judgement, fact=fact(), policy=Policy(), acceptance=acceptance, now=on_day(40))
    return step.history, tuple(change.key for change in step.told if change.state is not ChangeState.WITHDRAWN)


stories = st.lists(claims, max_size=8)
acceptances = st.sampled_from(Acceptance)


@given(said=stories, acceptance=acceptances)
def test_a_change_is_told_once(said: list[Claim], acceptance: Acceptance) -> None:
    past, all_told = history(), list[str]()
    for one in said:
        past, told = tell(past, one, acceptance)
        all_told += told
    assert len(all_told) == len(set(all_told))
    assert all(change.is_told is (change.key in all_told) for change in past.changes)


@given(said=stories, again=claims, acceptance=acceptances)
def test_the_same_judgement_twice_changes_nothing_the_second_time(
    said: list[Claim], again: Claim, acceptance: Acceptance
) -> None:
    past = history()
    for one in said:
        past, _ = tell(past, one, acceptance)
    judgement = judge(again, past.in_force, fact())
    if judgement is None:
        return
    rules = {"fact": fact(), "policy": Policy(), "acceptance": acceptance, "now": on_day(40)}
    once = advance(past, judgement, **rules)  # type: ignore[arg-type]
    rejudged = judge(again, once.history.in_force, fact())
    if rejudged is not None:
        twice = advance(once.history, rejudged, **rules)  # type: ignore[arg-type]
        assert twice.history == once.history
        assert twice.told == ()


@given(said=stories, acceptance=acceptances)
def test_the_value_in_force_is_the_baseline_or_that_of_an_accepted_change(said: list[Claim], acceptance: Acceptance) -> None:
    past = history()
    for one in said:
        past, _ = tell(past, one, acceptance)
        accepted = [change.brings for change in past.changes if change.state is ChangeState.ACCEPTED]
        assert past.in_force in [past.baseline, *accepted]
        assert acceptance is Acceptance.AUTO or past.in_force == past.baseline


@given(said=stories, acceptance=acceptances)
def test_the_ledger_only_grows(said: list[Claim], acceptance: Acceptance) -> None:
    past = history()
    for one in said:
        grown, _ = tell(past, one, acceptance)
        assert [change.sequence for change in grown.changes] == list(range(1, len(grown.changes) + 1))
        assert all(
            len(after.evidence) >= len(before.evidence) for before, after in zip(past.changes, grown.changes, strict=False)
        )
        past = grown


@given(said=stories, last=claims)
def test_dismissing_the_last_step_returns_the_value_before_it(said: list[Claim], last: Claim) -> None:
    past = history()
    for one in said:
        past, _ = tell(past, one)
    grown, _ = tell(past, last)
    newest = grown.newest_accepted
    if newest is not None and newest != past.newest_accepted and newest.sequence > len(past.changes) and not last.is_correction:
        assert dismiss(grown, newest.sequence).in_force == past.in_force


@given(said=stories)
def test_what_a_person_sets_is_in_force(said: list[Claim]) -> None:
    past = history()
    for one in said:
        past, _ = tell(past, one)
    assert set_value(past, known("2031-05"), now=on_day(1)).in_force == known("2031-05")


@given(said=stories)
def test_whatever_a_person_accepts_is_in_force(said: list[Claim]) -> None:
    past = history()
    for one in said:
        past, _ = tell(past, one)
    for change in past.changes:
        if change.state is not ChangeState.ACCEPTED:
            assert accept(past, change.sequence).in_force == change.brings

"""What is told at once, later, or never."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.core.changes import ChangeState, Decider
from monitor.errors import UserFault
from monitor.jobs.keeping import tell_overdue
from monitor.jobs.releasing import release_held
from monitor.jobs.reviewing import accept, dismiss, set_value, snooze, wake
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import BEGIN, Room
from tests.jobs.test_polling import publish

WAIT = ("about: [open, opening]", "about: [open, opening]\n    alert: {wait: 2h}")


def test_a_rule_that_waits_tells_afterwards(room: Room, newsroom: Newsroom) -> None:
    room.rewrite(*WAIT)
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    release_held(room.context)
    assert not room.keys
    room.clock.pass_by(hours=2)
    release_held(room.context)
    release_held(room.context)
    assert room.keys == ["bridge/opening#1"]


def test_what_was_dismissed_while_it_waited_is_never_told(room: Room, newsroom: Newsroom) -> None:
    room.rewrite(*WAIT)
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    assert dismiss(room.context, "bridge/opening#1").state is ChangeState.DISMISSED
    room.clock.pass_by(hours=3)
    release_held(room.context)
    assert not room.keys


@pytest.mark.parametrize("target", ["bridge", "bridge/opening", "bridge/opening#1"])
def test_what_is_snoozed_is_told_when_the_snooze_ends(room: Room, newsroom: Newsroom, target: str) -> None:
    room.poll()
    snooze(room.context, target, until=room.clock() + timedelta(days=3))
    publish(room, newsroom, "November 2028")
    room.poll()
    assert not room.keys
    room.clock.pass_by(days=3)
    release_held(room.context)
    assert room.keys == ["bridge/opening#1"]


def test_a_snooze_that_is_over_is_refused_and_one_can_be_ended(room: Room) -> None:
    with pytest.raises(UserFault, match="is over"):
        snooze(room.context, "bridge", until=room.clock())
    snooze(room.context, "bridge", until=room.clock() + timedelta(days=3))
    assert wake(room.context, "bridge")
    assert not wake(room.context, "bridge")


def test_a_person_accepts_with_another_value_and_dismisses(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    accepted = accept(room.context, "bridge/opening#1", value="2028-12", note="said on the phone")
    assert (str(accepted.brings), accepted.decided_by, accepted.note) == ("2028-12", Decider.PERSON, "said on the phone")
    assert str(room.history().in_force) == "2028-12"
    dismiss(room.context, "bridge/opening#1")
    assert str(room.history().in_force) == "2027-06"


def test_a_value_that_is_set_holds_and_setting_it_again_changes_nothing(room: Room) -> None:
    history = set_value(room.context, "bridge", "opening", "2028-03-28 (done)", note="I was there")
    assert str(history.in_force) == "2028-03-28 (done)"
    assert set_value(room.context, "bridge", "opening", "2028-03-28 (done)") == history
    assert not room.keys


@pytest.mark.parametrize("call", [lambda c: accept(c, "bridge/opening#9"), lambda c: dismiss(c, "nothing")])
def test_a_change_that_is_not_there_is_the_users_fault(room: Room, call: object) -> None:
    assert callable(call)
    with pytest.raises(UserFault, match="no change"):
        call(room.context)


def test_a_text_that_is_no_value_is_the_users_fault(room: Room) -> None:
    with pytest.raises(UserFault, match="is no value of bridge/opening"):
        set_value(room.context, "bridge", "opening", "soon")


def test_no_plan_is_overdue_before_all_feeds_were_asked_and_history_was_told(room: Room, newsroom: Newsroom) -> None:
    room.rewrite("about: [open, opening]", "about: [open, opening]\n    overdue: 14d")
    newsroom.publish("Plan", opening("November 2027"), published=BEGIN)
    room.clock.moment = room.clock.moment.replace(year=2027, month=9)
    tell_overdue(room.context)
    assert not room.keys
    room.poll()
    tell_overdue(room.context)
    assert room.keys == ["digest"]


def test_a_plan_that_is_overdue_is_told_once_for_its_value(room: Room) -> None:
    room.rewrite("about: [open, opening]", "about: [open, opening]\n    overdue: 14d")
    room.poll()
    room.clock.moment = room.clock.moment.replace(year=2027, month=7, day=14)
    tell_overdue(room.context)
    assert not room.keys
    room.clock.pass_by(days=1)
    tell_overdue(room.context)
    room.clock.pass_by(days=1)
    tell_overdue(room.context)
    assert room.keys == ["bridge/opening/overdue/2027-06"]

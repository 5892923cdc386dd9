"""A person's decision can be taken back, once, as if it had never been."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.core.changes import Change
from monitor.errors import UserFault
from monitor.jobs.releasing import release_held
from monitor.jobs.reviewing import accept, dismiss, snooze, undo
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room, open_room
from tests.jobs.test_polling import publish

KEY = "bridge/opening#1"
DECISIONS: dict[str, Callable[[Room], Change]] = {
    "accepted": lambda room: accept(room.context, KEY, note="seen"),
    "corrected": lambda room: accept(room.context, KEY, value="2028-01"),
    "dismissed": lambda room: dismiss(room.context, KEY, note="misread"),
}


@pytest.fixture(params=["auto", "manual"])
def busy(request: pytest.FixtureRequest, room: Room, newsroom: Newsroom) -> Room:
    """A room with a change, in force or waiting for a person."""
    if request.param == "manual":
        room.rewrite("version: 1", "version: 1\naccept: manual")
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    return room


@pytest.mark.parametrize("name", DECISIONS)
def test_what_is_taken_back_was_never_decided(busy: Room, name: str) -> None:
    before = busy.history()
    DECISIONS[name](busy)
    assert busy.history() != before
    undo(busy.context, KEY)
    assert busy.history() == before
    with pytest.raises(UserFault, match="no decision on bridge/opening#1 to take back"):
        undo(busy.context, KEY)


def test_only_the_last_of_several_decisions_is_taken_back(busy: Room) -> None:
    accepted = DECISIONS["accepted"](busy)
    DECISIONS["dismissed"](busy)
    assert undo(busy.context, KEY) == accepted


def test_what_was_still_to_be_told_is_told_after_all(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    snooze(room.context, "bridge/opening", until=room.clock() + timedelta(days=1))
    publish(room, newsroom, "November 2028")
    room.poll()
    dismiss(room.context, KEY)
    undo(room.context, KEY)
    room.clock.pass_by(days=1, hours=1)
    release_held(room.context)
    release_held(room.context)
    assert room.keys[-1] == KEY


def test_a_change_that_was_held_back_with_others_is_decided_for_good(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_MOST_CHANGES="1") as room:
        room.poll()
        publish(room, newsroom, "November 2028", "March 2029")
        room.poll()
        dismiss(room.context, KEY)
        with pytest.raises(UserFault, match="no decision"):
            undo(room.context, KEY)

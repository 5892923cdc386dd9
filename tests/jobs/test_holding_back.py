"""Too many changes at once are held back until a person has looked; everything else goes on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.core.changes import ChangeState, Decider
from monitor.errors import UserFault
from monitor.jobs.releasing import release_held
from monitor.jobs.reviewing import accept, dismiss, release
from monitor.store import held
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room, open_room
from tests.jobs.test_polling import publish

MONTHS = ("November 2028", "March 2029", "August 2030")
BEGUN, OVER = "The Harbour Bridge: 3 changes held back", "The Harbour Bridge: no change is held back any more"


@pytest.fixture
def strict(tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    """A room that takes three changes at once for a mistake, and has just got them."""
    with open_room(tmp_path, newsroom.url, FACTWATCH_MOST_CHANGES="2") as room:
        room.poll()
        publish(room, newsroom, *MONTHS)
        room.poll()
        yield room


def titles(room: Room) -> list[str]:
    return [message.title for message in room.messages if message.occasion == "notice"]


def keys(room: Room) -> list[str]:
    return [message.key for message in room.messages if message.occasion == "change"]


def test_no_value_moves_nothing_is_told_and_it_is_said_once(strict: Room) -> None:
    assert str(strict.history().in_force) == "2027-06"
    assert strict.values() == ["2028-11", "2029-03", "2030-08"]
    assert {change.state for change in strict.history().changes} == {ChangeState.CANDIDATE}
    assert keys(strict) == []
    assert titles(strict) == [BEGUN]
    with strict.context.store.reading() as connection:
        waiting = [telling.change_key for telling in held.list_held(connection)]
    assert waiting == ["bridge/opening#1", "bridge/opening#2", "bridge/opening#3"]


def test_as_many_as_are_allowed_are_told(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_MOST_CHANGES="3") as room:
        room.poll()
        publish(room, newsroom, *MONTHS)
        room.poll()
        assert len(keys(room)) == 3
        assert titles(room) == []


def test_history_is_not_counted(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_MOST_CHANGES="2") as room:
        publish(room, newsroom, *MONTHS)
        room.poll()
        assert room.keys == ["digest"]
        assert str(room.history().in_force) == "2030-08"


def test_what_comes_later_of_a_held_fact_waits_too_and_other_facts_move(strict: Room, newsroom: Newsroom) -> None:
    publish(strict, newsroom, "May 2031")
    newsroom.publish("Costs", "The Harbour Bridge will cost $70 million, the city said.", published=strict.clock())
    strict.poll()
    assert keys(strict) == ["bridge/cost#1"]
    assert str(strict.history().in_force) == "2027-06"
    assert titles(strict) == [BEGUN]


def test_time_alone_releases_nothing(strict: Room) -> None:
    strict.clock.pass_by(days=3650)
    release_held(strict.context)
    assert keys(strict) == []


def test_released_changes_take_their_usual_course(strict: Room) -> None:
    released = release(strict.context, "bridge")
    assert [(change.state, change.decided_by) for change in released] == [(ChangeState.ACCEPTED, Decider.AUTO)] * 3
    assert str(strict.history().in_force) == "2030-08"
    assert keys(strict) == ["bridge/opening#1", "bridge/opening#2", "bridge/opening#3"]
    assert titles(strict) == [BEGUN, OVER]


def test_a_fact_is_as_any_other_once_all_was_dismissed(strict: Room, newsroom: Newsroom) -> None:
    for sequence in (1, 2, 3):
        dismiss(strict.context, f"bridge/opening#{sequence}")
    assert titles(strict) == [BEGUN, OVER]
    assert str(strict.history().in_force) == "2027-06"
    publish(strict, newsroom, "May 2031")
    strict.poll()
    assert keys(strict) == ["bridge/opening#4"]
    assert str(strict.history().in_force) == "2031-05"


def test_one_that_is_accepted_comes_into_force_and_the_others_wait(strict: Room) -> None:
    accept(strict.context, "bridge/opening#2")
    assert str(strict.history().in_force) == "2029-03"
    assert titles(strict) == [BEGUN]
    with strict.context.store.reading() as connection:
        assert len(held.list_held(connection)) == 2


def test_what_is_not_held_back_cannot_be_released(strict: Room) -> None:
    release(strict.context, "bridge/opening#1")
    for target in ("bridge/opening#1", "bridge/opening#9", "other"):
        with pytest.raises(UserFault, match=r"is held back|there is no change"):
            release(strict.context, target)


def test_an_edit_that_takes_a_held_word_back_ends_its_wait(strict: Room, newsroom: Newsroom) -> None:
    for guid in ("1", "2", "3"):
        newsroom.publish(
            "Bridge", f"The Harbour Bridge has been painted again, by {guid} crews.", guid=guid, published=strict.clock()
        )
    strict.poll()
    assert {change.state for change in strict.history().changes} == {ChangeState.WITHDRAWN}
    assert keys(strict) == []
    assert titles(strict) == [BEGUN, OVER]
    assert [message.occasion for message in strict.messages] == ["notice", "notice"]

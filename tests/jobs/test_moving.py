"""How news moves the ledger, from the feed to the outbox: each line of DESIGN.md, section 2a, that takes more than the core."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from monitor.core.changes import ChangeState, Decider
from monitor.core.messages import Occasion
from monitor.jobs.reviewing import accept, dismiss
from monitor.store import outbox
from tests.e2e.newsrooms import Newsroom, opening
from tests.feeds.sites import Site
from tests.jobs.rooms import Room, open_room

COST = "The Harbour Bridge will cost {} million dollars, the city said."
RUMOURED_COST = "The Harbour Bridge will cost {} million dollars, people familiar with the matter said."
RUMOUR = "The Harbour Bridge will open in {}, people familiar with the matter said."


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def outlets(site: Site) -> tuple[Newsroom, Newsroom]:
    return Newsroom(site=site), Newsroom(site=site, path="/other")


@pytest.fixture
def room(tmp_path: Path, outlets: tuple[Newsroom, Newsroom]) -> Iterator[Room]:
    first, second = outlets
    with open_room(tmp_path, first.url, second.url) as room:
        room.poll()
        yield room


def say(room: Room, outlet: Newsroom, text: str, *, guid: str | None = None, title: str = "Bridge") -> None:
    """A day later, an item that is read at once."""
    room.clock.pass_by(days=1)
    outlet.publish(f"{title} {room.clock():%d %B}", text, published=room.clock(), guid=guid)
    room.poll()


def states(room: Room) -> list[str]:
    return [f"{change.new} {change.state}" for change in room.history().changes]


def in_force(room: Room) -> str:
    return str(room.history().in_force)


def test_back_and_forth_is_a_delivery_each_time(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, _ = outlets
    for millions in (70, 50, 70, 50):
        say(room, first, COST.format(millions))
    assert room.values("cost") == ["70000000 USD", "50000000 USD"] * 2
    with room.context.store.reading() as connection:
        pairs = [(record.delivery.message.key, record.delivery.destination) for record in outbox.list_newest(connection)]
    assert sorted(pairs) == [(f"bridge/cost#{number}", "console") for number in (1, 2, 3, 4)]


def test_a_superseded_value_that_is_repeated_is_a_silent_conflict(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, second = outlets
    say(room, first, COST.format(70))
    say(room, second, RUMOURED_COST.format(50))
    assert (room.last("cost").state, len(room.last("cost").evidence)) == (ChangeState.CONFLICT, 1)
    assert (str(room.history("cost").in_force), room.keys) == ("70000000 USD", ["bridge/cost#1"])


def test_a_report_waits_for_a_second_publisher_and_is_told_once(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, second = outlets
    say(room, first, RUMOUR.format("November 2028"))
    assert (states(room), in_force(room)) == (["2028-11 candidate"], "2027-06")
    say(room, first, "Sources close to the city expect that the Harbour Bridge will open in November 2028.")
    assert in_force(room) == "2027-06"
    say(room, second, "The Harbour Bridge is to open in November 2028, according to people briefed on the plan.")
    assert (states(room), in_force(room)) == (["2028-11 accepted"], "2028-11")
    assert room.keys == ["bridge/opening#1"]


def test_a_dismissed_value_is_silent_until_something_firmer_repeats_it(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, second = outlets
    say(room, first, RUMOUR.format("November 2028"))
    dismiss(room.context, "bridge/opening#1")
    say(room, second, RUMOUR.format("November 2028"))
    assert (in_force(room), room.keys) == ("2027-06", ["bridge/opening#1"])
    say(room, second, opening("November 2028"))
    assert (in_force(room), room.keys) == ("2028-11", ["bridge/opening#1", "bridge/opening#2"])


def test_dismissing_restores_the_step_before_and_accepting_may_correct(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, _ = outlets
    say(room, first, opening("November 2028"))
    say(room, first, opening("March 2029"))
    dismiss(room.context, "bridge/opening#2")
    assert in_force(room) == "2028-11"
    accept(room.context, "bridge/opening#2", value="2029-04")
    assert in_force(room) == "2029-04"


def test_in_manual_mode_news_moves_nothing_and_is_told(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, _ = outlets
    room.rewrite("title: The Harbour Bridge", "accept: manual\ntitle: The Harbour Bridge")
    say(room, first, opening("November 2028"))
    assert (states(room), in_force(room), room.keys) == (["2028-11 candidate"], "2027-06", ["bridge/opening#1"])
    assert accept(room.context, "bridge/opening#1").decided_by is Decider.PERSON
    assert in_force(room) == "2028-11"


def test_a_claim_that_vanishes_is_told_once_as_withdrawn_and_the_prior_value_returns(
    room: Room, outlets: tuple[Newsroom, Newsroom]
) -> None:
    first, _ = outlets
    say(room, first, opening("November 2028"), guid="story")
    say(room, first, "The Harbour Bridge was painted green, the city said.", guid="story")
    say(room, first, "The Harbour Bridge was painted blue, the city said.", guid="story")
    assert (states(room), in_force(room)) == (["2028-11 withdrawn"], "2027-06")
    assert [message.occasion for message in room.messages] == [Occasion.CHANGE, Occasion.WITHDRAWN]


def test_a_claim_that_another_outlet_also_makes_is_not_withdrawn(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, second = outlets
    say(room, first, opening("November 2028"), guid="story")
    say(room, second, opening("November 2028"))
    say(room, first, "The Harbour Bridge was painted green, the city said.", guid="story")
    assert (in_force(room), room.keys) == ("2028-11", ["bridge/opening#1"])


def test_a_correction_replaces_what_was_said_and_is_told(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, _ = outlets
    say(room, first, opening("November 2028"), guid="story")
    corrected = "Correction: the Harbour Bridge will open in March 2029, not November 2028, the city said."
    say(room, first, corrected, guid="story")
    assert in_force(room) == "2029-03"
    assert str(room.last().new) == "2029-03"
    assert len(room.keys) == 2


def test_an_older_article_moves_nothing_that_is_known_better(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, second = outlets
    room.clock.pass_by(days=9)
    say(room, first, opening("March 2029"))
    second.publish("Bridge", opening("November 2028"), published=room.clock().replace(day=5))
    room.poll()
    assert (in_force(room), room.keys[0]) == ("2029-03", "bridge/opening#1")
    assert "bridge/opening#2" not in room.keys


def test_an_edited_rule_tells_nothing_anew_of_what_is_stored(room: Room, outlets: tuple[Newsroom, Newsroom]) -> None:
    first, _ = outlets
    say(room, first, opening("November 2028"))
    room.rewrite("title: Opening of the bridge", "title: First day of traffic")
    room.rewrite("about: [open, opening]", "about: [open, opening, inauguration]\n    alert: {certainty: rumour}")
    room.poll()
    assert room.keys == ["bridge/opening#1"]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("The plan to open the Harbour Bridge has been scrapped, the city said.", "cancelled"),
        ("The opening of the Harbour Bridge has been postponed indefinitely, the city said.", "unknown"),
    ],
)
def test_a_plan_given_up_and_a_date_taken_back_are_told(
    room: Room, outlets: tuple[Newsroom, Newsroom], text: str, value: str
) -> None:
    first, _ = outlets
    say(room, first, text)
    assert (in_force(room), room.keys) == (value, ["bridge/opening#1"])
    say(room, first, opening("March 2029"))
    assert (in_force(room), str(room.last().verdict)) == ("2029-03", "new_value")

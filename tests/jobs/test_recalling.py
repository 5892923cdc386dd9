"""The story of any stored item: who read it, what was made of it and why, and which messages came of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from monitor.jobs.recalling import Story, recall
from monitor.store import items
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import BEGIN, Room
from tests.jobs.test_polling import publish


def story(room: Room, title: str) -> Story:
    """Of the stored item with this headline."""
    with room.context.store.reading() as connection:
        found = [version.item.id for version in items.list_newest(connection, limit=50) if version.item.title == title]
        told = recall(connection, found[0], room.context.rules.current)
    assert told is not None
    return told


def reasons(told: Story, fact: str = "opening") -> str:
    return "; ".join(
        reason for one in told.readings for part in one.account.facts if part.fact == fact for reason in part.reasons
    )


def test_an_item_that_alerted_leads_to_its_change_and_its_message(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    told = story(room, "Bridge: November 2028")
    (one,) = told.readings
    (fact,) = one.account.facts
    assert (one.reader, one.number, one.account.is_silent) == ("bridge", 1, False)
    assert (fact.fact, fact.known, fact.verdict, fact.said) == ("opening", "2027-06", "changes", "2028-11")
    assert fact.told == ("bridge/opening#1",)
    assert "told" in reasons(told)
    assert opening("November 2028") in {claim.quote for claim in one.account.claims}
    (consequence,) = told.consequences
    assert consequence.change.key == "bridge/opening#1"
    assert [record.delivery.message.occasion for record in consequence.deliveries] == ["change"]


def test_what_repeats_what_is_known_says_so(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "June 2027")
    room.poll()
    told = story(room, "Bridge: June 2027")
    assert [part.verdict for part in told.readings[0].account.facts] == ["confirms"]
    assert "2027-06 stands" in reasons(told)
    assert told.consequences == ()


def test_what_is_history_says_so(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN - timedelta(days=1))
    room.poll()
    told = story(room, "Plan")
    assert told.readings[0].account.is_silent
    assert [consequence.deliveries for consequence in told.consequences] == [()]


def test_what_names_no_subject_says_so(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Weather", "It will rain in November 2028.", published=BEGIN)
    room.poll()
    told = story(room, "Weather")
    assert told.readings == ()
    assert told.passed_over == {"bridge": "the text does not name its subject"}


def test_what_is_too_old_for_a_watch_says_so(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Old plan", opening("November 2028"), published=BEGIN.replace(year=2025))
    room.poll()
    assert story(room, "Old plan").passed_over == {"bridge": "published before 2026-01-01, when it begins"}


def test_what_comes_from_a_feed_of_others_says_so(room: Room, newsroom: Newsroom) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN.replace(year=2025))
    room.poll()
    room.rewrite(newsroom.url, newsroom.site.url("/other"))
    assert story(room, "Plan").passed_over == {"bridge": "its rule does not name the feed"}


def test_each_version_has_its_own_reading(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    newsroom.publish("Bridge: November 2028", opening("March 2029"), guid="1", published=room.clock())
    room.poll()
    told = story(room, "Bridge: November 2028")
    assert [version.number for version in told.versions] == [1, 2]
    assert [(one.number, one.account.claims[0].value) for one in told.readings] == [(1, "2028-11"), (2, "2029-03")]


def test_what_is_held_back_says_so(room: Room, newsroom: Newsroom) -> None:
    room.rewrite("about: [open, opening]", "about: [open, opening]\n    alert: {wait: 2h}")
    room.poll()
    publish(room, newsroom, "November 2028")
    room.poll()
    (consequence,) = story(room, "Bridge: November 2028").consequences
    assert [telling.reason for telling in consequence.held] == ["gathering sources"]


@pytest.mark.parametrize("item_id", ["999", "no number"])
def test_an_item_that_is_not_there_has_no_story(room: Room, item_id: str) -> None:
    with room.context.store.reading() as connection:
        assert recall(connection, item_id, room.context.rules.current) is None

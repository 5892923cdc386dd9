"""Troubles of the monitoring itself: found by what is on record, told once, and told once more when they are over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from monitor.jobs.self_watching import LastingTrouble, chance_of_so_few, is_silent, list_troubles, watch_itself
from monitor.store import items, outbox, readings
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import BEGIN, Room, open_room

DAY = timedelta(days=1)


def lasting(room: Room) -> tuple[LastingTrouble, ...]:
    with room.context.store.reading() as connection:
        return list_troubles(connection)


def titles(room: Room) -> list[str]:
    return [message.title for message in room.messages if message.occasion == "notice"]


# --- feeds ------------------------------------------------------------------------------------------


def test_a_feed_that_fails_for_a_day_is_told_once_and_once_when_it_is_read_again(room: Room, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=500)
    room.poll()
    watch_itself(room.context)
    assert titles(room) == []
    room.clock.pass_by(days=1)
    room.poll()
    watch_itself(room.context)
    watch_itself(room.context)
    (begun,) = titles(room)
    assert begun.startswith("A feed has failed for a day")
    assert "answered 500" in room.messages[-1].text
    assert [(trouble.title, trouble.watches) for trouble in lasting(room)] == [(begun, ("bridge",))]
    newsroom.site.answers[newsroom.path] = newsroom.answer
    room.clock.pass_by(hours=3)
    room.poll()
    watch_itself(room.context)
    watch_itself(room.context)
    assert [title.partition(":")[0] for title in titles(room)] == ["A feed has failed for a day", "A feed can be read again"]
    assert "It lasted 3 hours" in room.messages[-1].text
    assert lasting(room) == ()


def test_the_same_trouble_is_told_again_when_it_comes_again(room: Room, newsroom: Newsroom) -> None:
    for _ in range(2):
        newsroom.site.give(newsroom.path, status=500)
        room.poll()
        room.clock.pass_by(days=2)
        room.poll()
        watch_itself(room.context)
        newsroom.site.answers[newsroom.path] = newsroom.answer
        room.poll()
        watch_itself(room.context)
        room.clock.pass_by(days=2)
    assert len(titles(room)) == 4


def test_a_feed_that_the_rules_no_longer_name_is_forgotten_without_a_word(room: Room, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=500)
    room.poll()
    room.clock.pass_by(days=1)
    room.poll()
    watch_itself(room.context)
    room.rewrite(newsroom.url, newsroom.site.url("/other"))
    watch_itself(room.context)
    assert len(titles(room)) == 1


def test_a_feed_is_silent_by_its_own_rhythm_until_it_has_news(room: Room, newsroom: Newsroom) -> None:
    for day in range(10):
        newsroom.publish(f"Day {day}", "Nothing to see.", published=BEGIN - DAY * (10 - day))
    room.poll()
    room.clock.pass_by(days=8)
    watch_itself(room.context)
    assert titles(room) == []
    room.clock.pass_by(days=3)
    watch_itself(room.context)
    newsroom.publish("Back", "Nothing to see.", published=room.clock())
    room.poll()
    watch_itself(room.context)
    assert [title.partition(":")[0] for title in titles(room)] == ["A feed has fallen silent", "A feed has news again"]


def test_a_silent_feed_that_fails_is_not_told_to_have_news(room: Room, newsroom: Newsroom) -> None:
    for day in range(10):
        newsroom.publish(f"Day {day}", "Nothing to see.", published=BEGIN - DAY * (10 - day))
    room.poll()
    room.clock.pass_by(days=11)
    watch_itself(room.context)
    newsroom.site.give(newsroom.path, status=500)
    room.poll()
    watch_itself(room.context)
    assert len(titles(room)) == 1


@given(st.lists(st.integers(0, 10_000), min_size=8, max_size=20, unique=True), st.integers(1, 1000))
def test_no_pause_that_a_feed_has_made_before_is_a_silence(hours: list[int], more: int) -> None:
    moments = [BEGIN + timedelta(hours=hour) for hour in sorted(hours)]
    longest = max(later - earlier for earlier, later in pairwise(moments))
    assert not is_silent(moments, now=moments[-1] + longest)
    if is_silent(moments, now=moments[-1] + longest * 3):
        assert is_silent(moments, now=moments[-1] + longest * 3 + timedelta(hours=more))


def test_too_few_moments_are_no_rhythm() -> None:
    assert not is_silent([BEGIN] * 20, now=BEGIN + 1000 * DAY)
    assert not is_silent([], now=BEGIN)


# --- the reader -------------------------------------------------------------------------------------


def read(room: Room, *claims: int) -> None:
    """Put on record that the watch has read so many items, with so many claims each."""
    now = room.clock()
    names = [f"{now:%H} {place}" for place in range(len(claims))]
    with room.context.store.transaction() as connection:
        sightings = [items.Sighting(identity=name, title=name, body="", url="", publisher="p", published=now) for name in names]
        stored = items.store(connection, room.feed.id, sightings, now=now)
        for version, number in zip(stored, claims, strict=True):
            readings.record(connection, "bridge", version.id, claims=number, account={}, now=now)
    room.clock.pass_by(hours=1)


def test_a_reader_that_finds_much_less_than_before_is_told_until_it_finds_as_much(room: Room) -> None:
    read(room, *[1, 0] * 50)
    watch_itself(room.context)
    assert titles(room) == []
    read(room, *[0] * 28, 1, 1)
    watch_itself(room.context)
    read(room, *[0] * 200)
    watch_itself(room.context)
    assert titles(room) == ["The Harbour Bridge: the reader finds less than it used to"]
    assert "Of the last 30 items that name it, 2 said something of its facts; before, 50% did." in room.messages[-1].text
    read(room, *[1, 0] * 15)
    watch_itself(room.context)
    assert titles(room)[1:] == ["The Harbour Bridge: the reader finds as much as before"]


def test_a_watch_without_a_past_has_no_share_to_fall_from(room: Room) -> None:
    read(room, *[1] * 20, *[0] * 30)
    watch_itself(room.context)
    assert titles(room) == []


@given(tries=st.integers(1, 40), share=st.floats(0.01, 0.99))
def test_chances_add_up(tries: int, share: float) -> None:
    chances = [chance_of_so_few(hits, tries, share) for hits in range(tries + 1)]
    assert chances == sorted(chances)
    assert chances[-1] == pytest.approx(1)


# --- whom -------------------------------------------------------------------------------------------

CONFIG = "urls:\n  - json://127.0.0.1:1/desk: [{tag: desk}]\n  - json://127.0.0.1:1/other: [{tag: other}]\n"


@pytest.fixture
def tagged(tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    """A room with a destination that hears all, and two that hear by tag."""
    config = tmp_path / "apprise.yaml"
    config.write_text(CONFIG, encoding="utf-8")
    sinks = {"FACTWATCH_NOTIFY_URLS": "json://127.0.0.1:1/all", "FACTWATCH_APPRISE_CONFIG": str(config)}
    with open_room(tmp_path, newsroom.url, **sinks) as room:
        room.rewrite("title: The Harbour Bridge", "title: The Harbour Bridge\nnotify: [desk]")
        yield room


def test_those_who_hear_all_and_those_whom_the_rule_names_are_told(tagged: Room, newsroom: Newsroom) -> None:
    newsroom.site.give(newsroom.path, status=500)
    tagged.poll()
    tagged.clock.pass_by(days=1)
    watch_itself(tagged.context)
    with tagged.context.store.reading() as connection:
        told = {record.delivery.destination for record in outbox.list_newest(connection)}
    expected = {one.name for one in tagged.context.courier.destinations if one.receives_all or "desk" in one.tags}
    assert told == expected
    assert len(told) == 2

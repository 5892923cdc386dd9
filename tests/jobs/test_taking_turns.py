"""Several processes on one PostgreSQL: what is to be done once is done once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.jobs.digesting import gather, send_digest
from monitor.jobs.resetting import follow_clock, follow_pulse
from monitor.jobs.taking_turns import has_turn
from monitor.jobs.vitals import Vitals, pulse
from monitor.store import feeds, notes
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import Room, open_room
from tests.store.builders import MINUTE

HOUR = timedelta(hours=1)


@pytest.fixture
def shared_room(tmp_path: Path, newsroom: Newsroom, postgresql_url: str) -> Iterator[Room]:
    with open_room(tmp_path, newsroom.url, FACTWATCH_DATABASE_URL=postgresql_url) as room:
        yield room


def note_other(room: Room, work: str) -> None:
    """Another process has just done a piece of work."""
    with room.context.store.transaction() as connection:
        notes.write(connection, f"turn/{work}", {"by": "another:1", "at": room.clock().isoformat()})


def test_what_another_process_did_of_late_is_not_done_again(shared_room: Room) -> None:
    context, clock = shared_room.context, shared_room.clock
    note_other(shared_room, "housekeeping")
    clock.pass_by(minutes=29)
    assert not has_turn(context, "housekeeping", every=HOUR)
    assert has_turn(context, "heartbeat", every=HOUR)
    clock.pass_by(minutes=1)
    assert has_turn(context, "housekeeping", every=HOUR)
    clock.pass_by(minutes=1)
    assert has_turn(context, "housekeeping", every=HOUR), "one process alone keeps its own time"


def test_a_turn_of_the_future_is_none(shared_room: Room) -> None:
    note_other(shared_room, "housekeeping")
    shared_room.clock.pass_by(hours=-3)
    assert has_turn(shared_room.context, "housekeeping", every=HOUR)


def test_a_digest_waits_while_another_process_may_add_to_it(shared_room: Room, newsroom: Newsroom) -> None:
    context, clock = shared_room.context, shared_room.clock
    newsroom.publish("Bridge late", opening("June 2028"))
    shared_room.poll()
    change = shared_room.last()
    with context.store.transaction() as connection:
        gather(connection, [change], now=clock())
        feeds.make_due(connection, now=clock())
        assert feeds.lease_due(connection, now=clock(), lease=5 * MINUTE, limit=1, owner="another:1")
    assert not send_digest(context, is_quiet=True)
    clock.pass_by(minutes=1)
    assert send_digest(context, is_quiet=True)
    assert not send_digest(context, is_quiet=True)


def test_a_clock_set_back_here_ends_no_lease_of_others(shared_room: Room) -> None:
    context, clock = shared_room.context, shared_room.clock
    with context.store.transaction() as connection:
        feeds.make_due(connection, now=clock())
        assert feeds.lease_due(connection, now=clock(), lease=5 * MINUTE, limit=1, owner="another:1")
    clock.pass_by(minutes=-10)
    follow_clock(context, timedelta(minutes=-10))
    clock.pass_by(minutes=12)
    with context.store.transaction() as connection:
        assert not feeds.lease_due(connection, now=clock(), lease=MINUTE, limit=1, owner="us")


def test_the_pulse_of_a_clock_that_is_a_little_ahead_moves_nothing(shared_room: Room) -> None:
    context, clock = shared_room.context, shared_room.clock
    pulse(context, Vitals())
    clock.pass_by(minutes=-5)
    assert follow_pulse(context) == 0
    clock.pass_by(hours=-2)
    assert follow_pulse(context) > 0


def test_who_has_the_database_to_himself_needs_no_turn(room: Room) -> None:
    assert has_turn(room.context, "housekeeping", every=HOUR)
    with room.context.store.reading() as connection:
        assert not notes.read_under(connection, "turn/")

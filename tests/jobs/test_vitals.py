"""Health and readiness, each with its reasons."""

from __future__ import annotations

import pytest

from monitor.errors import StoreTrouble
from monitor.jobs.reloading import reload_rules
from monitor.jobs.vitals import PATIENCE, Vitals, find_obstacles, pulse
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room


def test_a_program_that_is_still_starting_is_well() -> None:
    assert Vitals().ailments() == ()


@pytest.mark.parametrize(
    ("still", "words"), [("ticked", "the tick has not moved"), ("wrote", "the database has"), ("sent", "the sender has")]
)
def test_a_part_that_stands_still_is_an_ailment(still: str, words: str) -> None:
    clock = [0.0]
    vitals = Vitals(steady=lambda: clock[0], ticked=0.0, wrote=0.0, sent=0.0)
    clock[0] = PATIENCE + 1
    for part in {"ticked", "wrote", "sent"} - {still}:
        setattr(vitals, part, clock[0])
    (ailment,) = vitals.ailments()
    assert ailment.startswith(words)


def test_a_database_that_takes_no_write_is_an_ailment_until_it_does_again(room: Room) -> None:
    vitals = Vitals()
    with room.context.store.transaction() as connection:
        connection.exec_driver_sql("PRAGMA query_only = ON")
    with pytest.raises(StoreTrouble):
        pulse(room.context, vitals)
    (ailment,) = vitals.ailments()
    assert "is read-only" in ailment
    pulse(room.context, vitals)
    assert vitals.ailments() == ()
    assert vitals.wrote


def test_it_is_not_ready_before_a_write_and_before_each_feed_was_asked(room: Room, newsroom: Newsroom) -> None:
    vitals = Vitals()
    assert find_obstacles(room.context, vitals) == ("the database has not been written to yet", "1 feed of 1 not asked yet")
    pulse(room.context, vitals)
    newsroom.site.give(newsroom.path, status=500)
    room.poll()
    assert find_obstacles(room.context, vitals) == ()


def test_rules_that_were_not_taken_keep_it_from_being_ready_until_they_are_mended(room: Room) -> None:
    vitals = Vitals()
    pulse(room.context, vitals)
    room.poll()
    good = room.program.rule.read_text(encoding="utf-8")
    room.program.rule.write_text(good.replace("kind: period", "kind: perriod"), encoding="utf-8")
    assert not reload_rules(room.context)
    (obstacle,) = find_obstacles(room.context, vitals)
    assert "perriod" in obstacle
    room.program.rule.write_text(good, encoding="utf-8")
    reload_rules(room.context)
    assert find_obstacles(room.context, vitals) == ()

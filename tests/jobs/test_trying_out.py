"""An edited rule beside today's: what appears, what vanishes, what stays, and that nothing is touched by it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import text

from monitor.core.watches import Watch
from monitor.jobs.editing import check_draft
from monitor.jobs.trying_out import Alert, Trial, try_out
from tests.e2e.newsrooms import Newsroom, opening
from tests.feeds.sites import Site
from tests.jobs.rooms import Room, open_room

TABLES = ("items", "item_versions", "readings", "changes", "facts", "outbox")


@pytest.fixture(scope="module")
def told(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Room]:
    """A room that has heard of two delays, of a cost and of a rumour."""
    with Site() as site:
        newsroom = Newsroom(site=site)
        with open_room(tmp_path_factory.mktemp("room"), newsroom.url) as room:
            room.poll()
            for title, words in {
                "Delayed": opening("October 2027"),
                "Again": opening("December 2027"),
                "Dearer": "The Harbour Bridge will cost 60 million dollars, the city said.",
                "Whisper": "The Harbour Bridge will open in May 2030, a rumour says.",
                "Another": "The Old Ferry will be given up in May 2030, the city said.",
            }.items():
                room.clock.pass_by(days=1)
                newsroom.publish(title, words, published=room.clock())
                room.poll()
            yield room


def rule_of(room: Room) -> str:
    return room.program.rule.read_text(encoding="utf-8")


def today(room: Room) -> Watch:
    return room.context.rules.current.watches["bridge"]


def attempt(room: Room, rule: str, *, most: int = 100, times: int = 100) -> Trial:
    """Try a rule.

    Args:
        times: How often there is time left.
    """
    draft = check_draft(rule, today(room), room.context)
    assert draft.watch is not None, draft.faults
    answers = iter([False] * times)
    return try_out(draft.watch, today(room), room.context, is_time_up=lambda: next(answers, True), most=most)


def said(alerts: tuple[Alert, ...]) -> list[str]:
    return [f"{alert.item.title}: {alert.change.brings}" for alert in alerts]


def test_the_same_rule_tells_the_same(told: Room) -> None:
    trial = attempt(told, rule_of(told) + "# a remark\n")
    assert (trial.appearing, trial.vanishing, trial.cut) == ((), (), "")
    assert said(trial.staying) == ["Dearer: 60000000 USD", "Again: 2027-12", "Delayed: 2027-10"]
    assert (trial.read, trial.looked_at) == (4, 5)


def test_what_a_rule_no_longer_tells_vanishes_and_what_it_tells_now_appears(told: Room) -> None:
    louder = attempt(told, rule_of(told) + "alert: {certainty: rumour}\n")
    assert said(louder.appearing) == ["Whisper: 2030-05"]
    assert louder.vanishing == ()
    quieter = attempt(told, rule_of(told).replace("cost, costs]", "cost, costs]\n    alert: {on: [cancelled]}"))
    assert said(quieter.vanishing) == ["Dearer: 60000000 USD"]
    assert said(quieter.staying) == ["Again: 2027-12", "Delayed: 2027-10"]


def test_a_feed_that_becomes_gossip_can_only_whisper(told: Room) -> None:
    trial = attempt(told, rule_of(told).replace("every: 1s", "every: 1s, tier: gossip"))
    assert trial.staying == trial.appearing == ()
    assert len(trial.vanishing) == 3


def test_a_fact_that_is_of_another_kind_now_has_no_use_for_the_ledgers_values(told: Room) -> None:
    rule = rule_of(told).replace("kind: money\n    currency: USD", "kind: status\n    states: {cheap: [cheap], dear: [dear]}")
    trial = attempt(told, rule.replace("baseline: ../seeds/bridge.yaml\n", "since: 2026-01-01\n"), most=2)
    assert said(trial.vanishing) == ["Dearer: 60000000 USD"]


def test_only_the_newest_are_read_from_what_was_in_force_then_and_that_is_said(told: Room) -> None:
    trial = attempt(told, rule_of(told) + "alert: {certainty: rumour}\n", most=2)
    assert "Only the newest 2 of the 4 stored items" in trial.cut
    assert said(trial.staying) == ["Dearer: 60000000 USD"]
    (whisper,) = trial.appearing
    assert str(whisper.change.old) == "2027-12"


def test_when_time_is_up_it_says_how_far_it_came(told: Room) -> None:
    trial = attempt(told, rule_of(told), times=1)
    assert trial.read == 1
    assert "Time was up after 1 of 4 items" in trial.cut
    assert said(trial.staying) == ["Delayed: 2027-10"]
    assert attempt(told, rule_of(told), times=0).until is None


def test_a_feed_of_which_nothing_is_stored_is_named_without_its_secrets(told: Room) -> None:
    rule = rule_of(told).replace("feeds:\n", "feeds:\n  - https://outlet.example/feed?key=s3cret\n")
    assert attempt(told, rule).unread_feeds == ("https://outlet.example/feed?key=…",)


def test_nothing_is_written(told: Room) -> None:
    def count() -> list[int]:
        with told.context.store.reading() as connection:
            return [connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one() for table in TABLES]

    before, rule = count(), rule_of(told)
    attempt(told, rule + "alert: {certainty: rumour}\n")
    assert (count(), rule_of(told)) == (before, rule)


def test_what_was_forgotten_is_passed_over_and_what_it_had_moved_is_where_a_trial_begins(room: Room, newsroom: Newsroom) -> None:
    room.poll()
    for title, month in (("Delayed", "October 2027"), ("Again", "December 2027")):
        room.clock.pass_by(days=1)
        newsroom.publish(title, opening(month), published=room.clock())
        room.poll()
    with room.context.store.transaction() as connection:
        connection.execute(text("UPDATE item_versions SET title = '', body = '' WHERE title = 'Delayed'"))
    trial = attempt(room, rule_of(room))
    assert (trial.looked_at, said(trial.staying)) == (1, ["Again: 2027-12"])
    assert [str(alert.change.old) for alert in trial.staying] == ["2027-10"]


# --- drafts -----------------------------------------------------------------------------------------


def test_a_draft_keeps_its_id_and_looks_at_no_other_files(told: Room, tmp_path: Path) -> None:
    secret = tmp_path / "secret.yaml"
    secret.write_text("password: s3cret\n", encoding="utf-8")
    for line in (f"baseline: {secret}", "baseline: ../../../../../etc/passwd", f"archive: {secret}", "baseline: " + "x" * 5000):
        rule = rule_of(told).replace("baseline: ../seeds/bridge.yaml", line)
        (fault,) = check_draft(rule, today(told), told.context).faults
        assert fault.line == 4
        assert "s3cret" not in fault.message
    renamed = check_draft(rule_of(told).replace("watch: bridge", "watch: tunnel"), today(told), told.context)
    assert "keep its id" in " ".join(fault.message for fault in renamed.faults)


def test_a_draft_is_warned_of_credentials_that_nobody_has(told: Room) -> None:
    draft = check_draft(rule_of(told).replace("every: 1s", "every: 1s, auth: paid"), today(told), told.context)
    assert draft.watch is not None
    assert [fault.line for fault in draft.warnings] == [8]
    assert "FACTWATCH_AUTH_PAID" in draft.warnings[0].message

"""What is told later, by the wishes of its readers: recorded while it waits, told once, and never lost."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from monitor.core.messages import Message, Occasion
from monitor.jobs.dispatching import dispatch_due
from monitor.jobs.keeping import tell_overdue
from monitor.jobs.releasing import release_held
from monitor.jobs.reloading import reload_manners
from monitor.jobs.reviewing import dismiss, snooze, wake
from monitor.store import held, outbox
from monitor.store.held import HeldTelling
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import BEGIN, Room, open_room
from tests.jobs.test_polling import publish
from tests.servers.sinks import Answer, Sink, open_sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise

MONTHS = ("November 2028", "March 2029", "June 2029")
NIGHT = "version: 1\ntags: {analysts: {quiet: {from: 11:00, to: 18:00}}}\n"
DAILY = "version: 1\ntags: {analysts: {when: daily, at: 08:00}}\n"


class Desk:
    """A room with two destinations, of which the rule names the analysts'."""

    def __init__(self, room: Room, newsroom: Newsroom, sink: Sink) -> None:
        self.room, self.newsroom, self.sink = room, newsroom, sink

    def wish(self, text: str) -> None:
        """Write delivery.yaml and take it up."""
        (self.room.program.rule.parent / "delivery.yaml").write_text(text, encoding="utf-8")
        reload_manners(self.room.context)

    def publish(self, *months: str) -> None:
        """A day later, news that is read at once."""
        publish(self.room, self.newsroom, *months)
        self.room.poll()

    def pass_by(self, **time: float) -> None:
        """Let time go by, and tell what has come due."""
        self.room.clock.pass_by(**time)
        release_held(self.room.context)

    def told(self, tag: str = "analysts") -> list[Message]:
        """What was put in the outbox of the destination of a tag, oldest first."""
        (name,) = [one.name for one in self.room.context.courier.destinations if tag in one.tags]
        with self.room.context.store.reading() as connection:
            return [record.delivery.message for record in outbox.list_newest(connection, destination=name)][::-1]

    def keys(self, tag: str = "analysts") -> list[str]:
        """The keys of these messages; of a digest, that it is one."""
        return ["digest" if message.occasion is Occasion.DIGEST else message.key for message in self.told(tag)]

    @property
    def held(self) -> list[HeldTelling]:
        """What waits."""
        with self.room.context.store.reading() as connection:
            return list(held.list_held(connection))


def write_destinations(folder: Path, sink: Sink, *lines: str) -> Path:
    path = folder / "apprise.conf"
    path.write_text("".join(f"{tag}={sink.url('/' + name)}\n" for tag, _, name in (line.partition("=") for line in lines)))
    return path


@contextmanager
def open_desk(folder: Path, newsroom: Newsroom, sink: Sink, *destinations: str) -> Iterator[Desk]:
    configuration = write_destinations(folder, sink, *(destinations or ("analysts=a", "ops=o")))
    with open_room(folder, newsroom.url, FACTWATCH_APPRISE_CONFIG=str(configuration)) as room:
        room.rewrite("title: The Harbour Bridge", "title: The Harbour Bridge\nnotify: [analysts]")
        room.poll()
        yield Desk(room, newsroom, sink)


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as running:
        yield running


@pytest.fixture
def desk(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> Iterator[Desk]:
    with open_desk(tmp_path, newsroom, sink) as desk:
        yield desk


# --- later ------------------------------------------------------------------------------------------


def test_without_wishes_a_change_is_told_at_once_to_those_whom_the_rule_names(desk: Desk) -> None:
    desk.publish("November 2028")
    assert (desk.keys(), desk.keys("ops"), desk.held) == (["bridge/opening#1"], [], [])


def test_a_day_of_changes_is_one_digest_at_its_time(desk: Desk) -> None:
    desk.wish(DAILY)
    desk.publish("November 2028")
    desk.pass_by(hours=3)
    desk.newsroom.publish("Bridge again", opening("March 2029"), published=desk.room.clock())
    desk.room.poll()
    assert desk.keys() == []
    assert [(one.change_key, one.until, one.reason) for one in desk.held] == [
        (f"bridge/opening#{number}", datetime(2026, 6, 3, 8, tzinfo=UTC), "daily digest") for number in (1, 2)
    ]
    desk.pass_by(hours=16, minutes=59)
    assert desk.keys() == []
    desk.pass_by(minutes=1, seconds=1)
    (digest,) = desk.told()
    assert digest.title == "What the last day brought: 2 changes of 1 fact (The Harbour Bridge)"
    assert digest.text.index("2027-06") < digest.text.index("2028-11") < digest.text.index("2029-03")
    desk.pass_by(days=3)
    assert (len(desk.told()), desk.held) == (1, [])


def test_quiet_hours_hold_and_their_end_tells(desk: Desk) -> None:
    desk.wish(NIGHT)
    desk.publish("November 2028")
    assert [one.reason for one in desk.held] == ["quiet hours"]
    desk.pass_by(hours=6)
    assert desk.keys() == ["bridge/opening#1"]


def test_what_is_firm_enough_breaks_through_and_takes_along_what_was_held_of_its_fact(desk: Desk) -> None:
    desk.wish(NIGHT.replace("18:00", "18:00, unless: official"))
    desk.room.clock.pass_by(days=1)
    rumoured = "The Harbour Bridge will open in November 2028, people familiar with the matter said."
    desk.newsroom.publish("Bridge", rumoured, published=desk.room.clock())
    desk.room.poll()
    assert (desk.keys(), len(desk.held)) == ([], 1)
    desk.room.clock.pass_by(minutes=5)
    desk.newsroom.publish("Bridge", opening("March 2029"), published=desk.room.clock())
    desk.room.poll()
    assert (desk.keys(), desk.held) == (["bridge/opening#1", "bridge/opening#2"], [])


@pytest.mark.parametrize("what", ["watch: bridge", "fact: bridge/opening", "tag: analysts", ""])
def test_a_silence_holds_until_its_end_and_says_why(desk: Desk, what: str) -> None:
    desk.wish(f"version: 1\nsilences: [{{until: 2026-06-04 06:00, note: fair{', ' if what else ''}{what}}}]\n")
    desk.publish("November 2028")
    assert [(one.until, one.reason) for one in desk.held] == [(datetime(2026, 6, 4, 6, tzinfo=UTC), "silenced (fair)")]
    desk.pass_by(days=2)
    assert desk.keys() == ["bridge/opening#1"]


@pytest.mark.parametrize("what", ["watch: tunnel", "fact: bridge/cost", "tag: ops"])
def test_a_silence_of_something_else_holds_nothing(desk: Desk, what: str) -> None:
    desk.wish(f"version: 1\nsilences: [{{until: 2026-06-04, {what}}}]\n")
    desk.publish("November 2028")
    assert desk.keys() == ["bridge/opening#1"]


@pytest.mark.parametrize(
    ("group", "keys"),
    [("all", ["digest"]), ("watch", ["digest"]), ("nothing", [f"bridge/opening#{number}" for number in (1, 2, 3)])],
)
def test_what_comes_due_together_is_grouped_as_the_readers_wish(desk: Desk, group: str, keys: list[str]) -> None:
    desk.wish(DAILY.replace("08:00", f"08:00, group: {group}"))
    desk.publish(*MONTHS)
    desk.pass_by(days=1)
    assert desk.keys() == keys


def test_each_destination_is_told_in_its_own_manner(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> None:
    with open_desk(tmp_path, newsroom, sink, "analysts=a", "analysts,ops=o") as desk:
        desk.wish("version: 1\ntags: {analysts: {when: daily}, ops: {when: hourly}}\n")
        desk.room.clock.pass_by(minutes=10)
        desk.publish("November 2028")
        assert [one.reason for one in desk.held] == ["daily digest", "daily digest"]
        desk.room.rewrite("notify: [analysts]", "notify: [analysts, ops]")
        desk.publish("March 2029")
        assert sorted(one.reason for one in desk.held if one.change_key.endswith("#2")) == ["daily digest", "hourly digest"]


def test_a_digest_is_marked_with_the_tag_that_nobody_has_and_goes_to_all(desk: Desk) -> None:
    desk.room.rewrite("notify: [analysts]", "notify: [editors]")
    desk.wish("version: 1\ndefault: {when: hourly}\n")
    desk.publish("November 2028")
    desk.pass_by(hours=1)
    for tag in ("analysts", "ops"):
        (digest,) = desk.told(tag)
        assert "editors" in digest.text


def test_the_first_digest_waits_for_quiet_hours_too(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> None:
    newsroom.publish("Plan", opening("November 2028"), published=BEGIN - timedelta(days=3))
    newsroom.publish("Plan", opening("March 2029"), published=BEGIN - timedelta(days=2))
    (tmp_path / "rules").mkdir()
    (tmp_path / "rules" / "delivery.yaml").write_text(NIGHT.replace("tags: {analysts: ", "default: ").replace("}}}", "}}"))
    configuration = write_destinations(tmp_path, sink, "analysts=a")
    with open_room(tmp_path, newsroom.url, FACTWATCH_APPRISE_CONFIG=str(configuration)) as room:
        desk = Desk(room, newsroom, sink)
        room.poll()
        assert (desk.keys(), len(desk.held)) == ([], 2)
        desk.pass_by(hours=6)
        assert desk.keys() == ["digest"]


def test_that_a_plan_is_overdue_waits_for_the_end_of_quiet_hours(desk: Desk) -> None:
    desk.room.rewrite("about: [open, opening]", "about: [open, opening]\n    overdue: 14d")
    desk.wish(NIGHT)
    desk.room.clock.moment = datetime(2027, 7, 15, 12, tzinfo=UTC)
    tell_overdue(desk.room.context)
    assert desk.keys() == ["bridge/opening/overdue/2027-06"]
    assert dispatch_due(desk.room.context) == 0
    desk.room.clock.pass_by(hours=6)
    assert dispatch_due(desk.room.context) == 1
    assert len(desk.sink.requests) == 1


# --- what becomes moot, and what does not -----------------------------------------------------------


def edit_last(desk: Desk, text: str) -> None:
    guid = str(len(desk.newsroom.items))
    desk.newsroom.publish("Bridge, corrected", text, published=desk.room.clock(), guid=guid)
    desk.room.poll()


def test_what_is_dismissed_or_withdrawn_while_it_is_held_is_never_told(desk: Desk) -> None:
    desk.wish(DAILY)
    desk.publish("November 2028")
    edit_last(desk, "The city had nothing new to say about the Harbour Bridge.")
    desk.publish("March 2029")
    dismiss(desk.room.context, "bridge/opening#2")
    desk.pass_by(days=2)
    assert (desk.keys(), desk.held) == ([], [])


def test_a_withdrawal_is_told_to_those_alone_who_were_told_of_the_change(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> None:
    with open_desk(tmp_path, newsroom, sink, "analysts=a", "ops=o") as desk:
        desk.room.rewrite("notify: [analysts]", "notify: [analysts, ops]")
        desk.wish(DAILY)
        desk.publish("November 2028")
        edit_last(desk, "The city had nothing new to say about the Harbour Bridge.")
        desk.pass_by(days=2)
        assert (desk.keys(), [message.occasion for message in desk.told("ops")]) == ([], [Occasion.CHANGE, Occasion.WITHDRAWN])


def test_a_digest_shows_what_is_known_when_it_is_sent(desk: Desk) -> None:
    desk.wish(DAILY)
    desk.publish(*MONTHS)
    dismiss(desk.room.context, "bridge/opening#3")
    desk.pass_by(days=1)
    (digest,) = desk.told()
    assert "2029-03" in digest.text
    assert "2029-06" not in digest.text


# --- restart, reload --------------------------------------------------------------------------------


def test_a_restart_loses_and_repeats_nothing_of_what_is_held(tmp_path: Path, newsroom: Newsroom, sink: Sink) -> None:
    moment = BEGIN
    for step in range(4):
        with open_desk(tmp_path, newsroom, sink) as desk:
            desk.room.clock.moment = moment
            desk.wish(DAILY)
            if step == 0:
                desk.publish("November 2028")
                assert len(desk.held) == 1
            desk.pass_by(hours=13)
            assert desk.keys() == ([] if step == 0 else ["digest"])
            moment = desk.room.clock.moment


@pytest.mark.parametrize(
    ("wishes", "keys"),
    [("version: 1\n", ["bridge/opening#1"]), (NIGHT, []), (DAILY.replace("08:00", "07:00"), [])],
)
def test_new_wishes_count_for_what_is_held_already(desk: Desk, wishes: str, keys: list[str]) -> None:
    desk.wish(DAILY)
    desk.publish("November 2028")
    desk.wish(wishes)
    assert desk.keys() == keys
    assert len(desk.held) == 1 - len(keys)
    desk.pass_by(hours=19, seconds=1)
    assert len(desk.keys()) == 1


def test_broken_wishes_are_not_taken_and_the_last_good_ones_stay(desk: Desk) -> None:
    desk.wish(DAILY)
    desk.wish(DAILY.replace("daily", "dayly"))
    desk.publish("November 2028")
    assert [one.reason for one in desk.held] == ["daily digest"]


def test_what_was_held_for_a_destination_that_is_gone_is_told_to_its_heir_once(
    tmp_path: Path, newsroom: Newsroom, sink: Sink
) -> None:
    with open_desk(tmp_path, newsroom, sink, "analysts=a", "ops=o") as desk:
        desk.wish(DAILY)
        desk.publish("November 2028")
    with open_desk(tmp_path, newsroom, sink, "analysts=new", "ops=o") as desk:
        desk.wish(DAILY)
        desk.room.clock.moment = datetime(2026, 6, 3, 9, tzinfo=UTC)
        release_held(desk.room.context)
        release_held(desk.room.context)
        assert (desk.keys(), desk.keys("ops"), desk.held) == (["digest"], [], [])


# --- with a person's silence ------------------------------------------------------------------------


def test_a_snooze_and_the_readers_wishes_are_both_kept(desk: Desk) -> None:
    desk.wish(DAILY)
    snooze(desk.room.context, "bridge/opening", until=desk.room.clock() + timedelta(days=3))
    desk.publish("November 2028")
    assert [(one.until, one.reason) for one in desk.held] == [(datetime(2026, 6, 5, 8, tzinfo=UTC), "snoozed, then daily digest")]
    desk.pass_by(days=2, hours=20)
    assert desk.keys() == ["digest"]


def test_a_snooze_that_begins_while_a_telling_waits_keeps_it_waiting(desk: Desk) -> None:
    desk.wish(NIGHT)
    desk.publish("November 2028")
    snooze(desk.room.context, "bridge", until=desk.room.clock() + timedelta(hours=20))
    desk.pass_by(hours=7)
    assert (desk.keys(), [one.reason for one in desk.held]) == ([], ["snoozed"])
    desk.pass_by(hours=13)
    assert desk.keys() == ["bridge/opening#1"]


def test_a_snooze_that_is_ended_early_tells_what_it_held(desk: Desk) -> None:
    snooze(desk.room.context, "bridge", until=desk.room.clock() + timedelta(days=30))
    desk.publish("November 2028")
    assert desk.keys() == []
    wake(desk.room.context, "bridge")
    assert (desk.keys(), desk.held) == (["bridge/opening#1"], [])


# --- order ------------------------------------------------------------------------------------------


def test_what_follows_a_digest_is_sent_after_it(desk: Desk, sink: Sink) -> None:
    desk.wish(DAILY)
    desk.publish("November 2028", "March 2029")
    desk.pass_by(days=1)
    sink.answers["/a"] = Answer(status=503)
    dispatch_due(desk.room.context)
    desk.wish("version: 1\n")
    desk.publish("June 2029")
    sink.answers.clear()
    sink.requests.clear()
    dispatch_due(desk.room.context)
    titles = [request.json["title"] for request in sink.requests]
    assert [title.startswith("What the last day brought") for title in titles] == [True, False]

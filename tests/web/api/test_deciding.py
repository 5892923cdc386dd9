"""What is decided by the API is decided as by the commands."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from monitor.core.telling.retrying import Fate, Settle
from monitor.store import feeds, outbox
from monitor.web.doors import LARGEST_BODY
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import Room, open_room
from tests.jobs.test_polling import publish
from tests.web.api.callers import Caller, Desk

SECOND = "/changes/bridge/opening/2"


def test_a_change_is_dismissed_and_accepted_again(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        reply = await caller.ask(f"{SECOND}/dismiss", method="POST", json={"note": "a hoax"})
        assert (reply.status, reply.json["state"], reply.json["note"]) == (200, "dismissed", "a hoax")
        assert str(room.history().in_force) == "2027-09"
        reply = await caller.ask(f"{SECOND}/accept", method="POST", json={"value": "2028-06"})
        assert (reply.json["state"], reply.json["corrected"], reply.json["decided_by"]) == ("accepted", "2028-06", "person")
        assert str(room.history().in_force) == "2028-06"

    desk.play(scene, token=desk.token())


def test_a_decision_can_be_taken_back_once(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        before = (await caller.ask(SECOND)).json
        await caller.ask(f"{SECOND}/dismiss", method="POST", json={"note": "a hoax"})
        undone = await caller.ask(f"{SECOND}/undo", method="POST")
        assert (undone.status, undone.json["state"], undone.json["note"]) == (200, "accepted", "")
        assert undone.json["decided_by"] == before["decided_by"]
        again = await caller.ask(f"{SECOND}/undo", method="POST")
        assert (again.status, "no decision" in again.json["detail"]) == (422, True)

    desk.play(scene, token=desk.token())


def test_a_decision_needs_no_words(desk: Desk) -> None:
    async def scene(caller: Caller) -> None:
        for verb, state in (("dismiss", "dismissed"), ("accept", "accepted")):
            reply = await caller.ask(f"{SECOND}/{verb}", method="POST")
            assert (reply.status, reply.json["state"]) == (200, state)

    desk.play(scene, token=desk.token())


def test_a_value_is_set_with_a_note(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        room.clock.pass_by(hours=1)
        body = {"value": "2029-01 (done)", "note": "seen with my own eyes"}
        reply = await caller.ask("/facts/bridge/opening", method="POST", json=body)
        assert (reply.status, reply.json["known"], reply.json["change"]) == (200, "2029-01 (done)", "bridge/opening#3")
        assert (room.last().note, room.last().decided_by) == ("seen with my own eyes", "person")

    desk.play(scene, token=desk.token())


def test_what_was_held_back_is_released_alone_or_with_all_of_its_watch(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_MOST_CHANGES="1") as room:
        room.poll()
        publish(room, newsroom, "November 2028", "March 2029", "June 2030")
        room.poll()
        desk = Desk(room=room)

        async def scene(caller: Caller) -> None:
            one = await caller.ask("/changes/bridge/opening/1/release", method="POST")
            assert (one.status, one.json["state"]) == (200, "accepted")
            assert (await caller.ask("/changes/bridge/opening/1/release", method="POST")).status == 422
            rest = await caller.ask("/watches/bridge/release", method="POST")
            assert [change["change"] for change in rest.json] == ["bridge/opening#2", "bridge/opening#3"]
            assert (await caller.ask("/watches/bridge/release", method="POST")).status == 422

        desk.play(scene, token=desk.token())


def test_what_makes_no_sense_changes_nothing(desk: Desk, room: Room) -> None:
    before = room.history()

    async def scene(caller: Caller) -> None:
        for path, body, status in (
            (f"{SECOND}/accept", {"value": "soon"}, 422),
            (f"{SECOND}/accept", {"valeu": "2028"}, 422),
            (f"{SECOND}/dismiss", {"note": "x" * 2001}, 422),
            (f"{SECOND}/snooze", {}, 422),
            (f"{SECOND}/snooze", {"until": "2026-06-01T00:00:00Z"}, 422),
            (f"{SECOND}/snooze", {"until": "2026-07-01T00:00:00"}, 422),
            (f"{SECOND}/snooze", {"until": "9999-12-31T23:59:59-12:00"}, 422),
            (f"{SECOND}/release", None, 422),
            ("/watches/other/release", None, 404),
            ("/facts/bridge/opening", {"value": "soon"}, 422),
            ("/facts/bridge/opening", {"note": "x"}, 422),
            ("/facts/bridge/other", {"value": "2028"}, 404),
            ("/changes/bridge/opening/9/accept", {}, 404),
            ("/deliveries/99/retry", None, 404),
            ("/feeds/99/poll", None, 404),
        ):
            reply = await caller.ask(path, method="POST", json=body)
            assert (reply.status, reply.headers["Content-Type"]) == (status, "application/problem+json"), path

    desk.play(scene, token=desk.token())
    assert room.history() == before


def test_what_is_too_large_is_not_read(desk: Desk, room: Room) -> None:
    before = room.history()
    reply = desk.ask(f"{SECOND}/dismiss", token=desk.token(), method="POST", json={"note": "x" * LARGEST_BODY})
    assert (reply.status, reply.headers["Content-Type"]) == (413, "application/problem+json")
    assert room.history() == before


def test_a_change_is_silent_until_its_moment_or_until_it_is_woken(desk: Desk, room: Room) -> None:
    until = (room.clock() + timedelta(days=3)).isoformat()

    async def scene(caller: Caller) -> None:
        reply = await caller.ask(f"{SECOND}/snooze", method="POST", json={"until": until})
        assert reply.json["snoozed_until"] == until.replace("+00:00", "Z")
        assert (await caller.ask(f"{SECOND}/snooze", method="DELETE")).status == 204
        assert (await caller.ask(SECOND)).json["snoozed_until"] is None

    desk.play(scene, token=desk.token())


def test_a_feed_is_asked_now_unless_it_has_ended(desk: Desk, room: Room) -> None:
    room.clock.pass_by(seconds=-1)

    async def scene(caller: Caller) -> None:
        (feed,) = (await caller.ask("/feeds")).json
        assert (feed["health"], feed["items"]) == ("well", 2)
        reply = await caller.ask(f"/feeds/{feed['id']}/poll", method="POST")
        assert reply.status == 202
        assert room.feed.next_due == room.clock()
        with room.context.store.transaction() as connection:
            feeds.settle_end(connection, feed["id"], now=room.clock(), error="410 Gone")
        reply = await caller.ask(f"/feeds/{feed['id']}/poll", method="POST")
        assert (reply.status, "not asked any more" in reply.json["detail"]) == (409, True)

    desk.play(scene, token=desk.token())


def test_only_what_was_given_up_is_tried_again(desk: Desk, room: Room) -> None:
    async def scene(caller: Caller) -> None:
        pending = (await caller.ask("/deliveries")).json["items"][0]
        path = f"/deliveries/{pending['id']}/retry"
        reply = await caller.ask(path, method="POST")
        assert (reply.status, "only dead ones" in reply.json["detail"]) == (409, True)
        with room.context.store.transaction() as connection:
            outbox.settle(connection, pending["id"], Settle(fate=Fate.DEAD, detail="404"), now=room.clock())
        assert [one["detail"] for one in (await caller.ask("/deliveries?state=dead")).json["items"]] == ["404"]
        reply = await caller.ask(path, method="POST")
        assert (reply.status, reply.json["state"], reply.json["attempts"]) == (202, "pending", 0)

    desk.play(scene, token=desk.token())

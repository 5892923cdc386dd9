"""The inbox over HTTP: what it shows, and what becomes of a decision."""

from __future__ import annotations

import socket
from datetime import timedelta
from pathlib import Path

import pytest

from monitor.core.changes import ChangeState
from monitor.store import inbox
from monitor.store.inbox import View
from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import BEGIN, Room, open_room
from tests.jobs.test_polling import publish
from tests.web.desks import Desk, Visitor, open_desk

KEY = "/changes/bridge/opening%231"


def hear(room: Room, newsroom: Newsroom, *months: str, title: str = "Harbour Bridge") -> None:
    """Have the outlet say that the bridge opens then, one item each."""
    room.poll()
    for number, month in enumerate(months):
        room.clock.pass_by(hours=1)
        newsroom.publish(
            title, f"The city said the {opening(month)}", published=room.clock() - timedelta(minutes=1), guid=f"g{number}"
        )
        room.poll()


@pytest.fixture
def visitor(desk: Desk, newsroom: Newsroom) -> Visitor:
    """Somebody at a desk where one change has arrived."""
    hear(desk.room, newsroom, "October 2027")
    visitor = desk.visitor(HX_Request="true")
    visitor.get("/changes")
    return visitor


# --- what it shows ----------------------------------------------------------------------------------


def test_an_empty_inbox_says_what_will_stand_in_it(desk: Desk) -> None:
    page = desk.visitor().get("/changes")
    assert page.status == 200
    assert "No change so far" in page.text


def test_a_change_stands_with_both_values_its_move_and_its_sentence(visitor: Visitor) -> None:
    for path in ("/changes", KEY):
        page = visitor.get(path)
        assert page.status == 200
        for words in ("The Harbour Bridge", "Opening of the bridge", "2027-06", "2027-10", "4 months later", "<mark>"):
            assert words in page.text, (path, words)


def test_what_was_not_opened_stands_first(desk: Desk, newsroom: Newsroom) -> None:
    hear(desk.room, newsroom, "October 2027", "November 2027", "December 2027")
    visitor = desk.visitor(HX_Request="true")
    visitor.get("/changes")
    assert visitor.post("/changes/bridge/opening%233/read").status == 200
    page = visitor.get("/changes").text
    places = [page.index(f"change-bridge-opening-{number}") for number in (2, 1, 3)]
    assert places == sorted(places)
    with desk.room.context.store.reading() as connection:
        assert inbox.count_unread(connection, now=desk.room.clock()) == 2


def test_a_page_has_an_end_and_the_next_one_begins_after_it(
    desk: Desk, newsroom: Newsroom, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("monitor.web.pages.inboxes.PAGE", 2)
    hear(desk.room, newsroom, "October 2027", "November 2027", "December 2027")
    visitor = desk.visitor()
    first, second = (visitor.get(f"/changes?page={number}").text for number in (1, 2))
    assert ("opening-3" in first, "opening-1" in first, "opening-1" in second) == (True, False, True)
    assert "The list is shorter" in visitor.get("/changes?page=9").text


@pytest.mark.parametrize(
    "key", ["bridge/opening%239", "bridge/opening", "nothing", "..%2f..%2fetc", "bridge/opening%23" + "9" * 40]
)
def test_a_change_that_is_not_there_is_not_found(desk: Desk, key: str) -> None:
    assert desk.visitor().get(f"/changes/{key}", Accept="text/html").status == 404


# --- the words of strangers -------------------------------------------------------------------------


def test_script_in_a_title_and_a_sentence_is_text(desk: Desk, newsroom: Newsroom) -> None:
    evil = "&lt;script&gt;alert(1)&lt;/script&gt; Harbour Bridge &lt;img src=x onerror=alert(1)&gt; \u202eegdirb"
    hear(desk.room, newsroom, "October 2027", title=evil)
    for path in ("/changes", KEY):
        page = desk.visitor().get(path).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page
        assert "\u202e" not in page


def test_only_web_addresses_are_links(desk: Desk, newsroom: Newsroom) -> None:
    desk.room.poll()
    desk.room.clock.pass_by(hours=1)
    newsroom.publish("Harbour Bridge", f"The city said the {opening('in October 2027')}", published=BEGIN + timedelta(minutes=50))
    newsroom.items[0] = newsroom.items[0].replace(newsroom.site.url("/1"), "javascript:alert(document.cookie)")
    desk.room.poll()
    page = desk.visitor().get(KEY)
    assert page.status == 200
    assert "javascript:" not in page.text


# --- what a person decides --------------------------------------------------------------------------


def test_accepting_brings_the_value_into_force_and_can_be_undone(desk: Desk, visitor: Visitor) -> None:
    before = desk.room.last()
    answer = visitor.post(f"{KEY}/accept", {"note": "seen in the minutes"})
    assert (answer.status, "Undo" in answer.text) == (200, True)
    assert (desk.room.last().state, desk.room.last().note) == (ChangeState.ACCEPTED, "seen in the minutes")
    assert visitor.post(f"{KEY}/undo").status == 200
    assert desk.room.last() == before
    assert visitor.post(f"{KEY}/undo").status == 422


def test_dismissing_restores_the_value_before_and_keeps_the_reason(desk: Desk, visitor: Visitor) -> None:
    assert str(desk.room.history().in_force) == "2027-10"
    assert visitor.post(f"{KEY}/dismiss", {"note": "misread"}).status == 200
    assert (str(desk.room.history().in_force), desk.room.last().note) == ("2027-06", "misread")
    assert "misread" in visitor.get(KEY).text
    assert "opening-1" not in visitor.get("/changes").text
    assert "opening-1" in visitor.get("/changes?view=decided").text


def test_another_value_can_be_accepted_in_its_place(desk: Desk, visitor: Visitor) -> None:
    assert visitor.post(f"{KEY}/accept", {"value": "in autumn"}).status == 422
    assert visitor.post(f"{KEY}/accept", {"value": "2027-11"}).status == 200
    assert str(desk.room.history().in_force) == "2027-11"


def test_a_snoozed_change_leaves_the_inbox_until_it_is_woken_or_time_is_up(desk: Desk, visitor: Visitor) -> None:
    for what in ("change", "fact", "watch"):
        assert visitor.post(f"{KEY}/snooze", {"days": "3", "what": what}).status == 200
        assert "opening-1" not in visitor.get("/changes").text
        assert "opening-1" in visitor.get("/changes?view=snoozed").text
        assert visitor.post(f"{KEY}/wake").status == 200
        assert "opening-1" in visitor.get("/changes").text
    visitor.post(f"{KEY}/snooze", {"days": "3", "what": "change"})
    desk.room.clock.pass_by(days=4)
    assert "opening-1" in visitor.get("/changes").text
    assert visitor.post(f"{KEY}/snooze", {"days": "400", "what": "change"}).status == 422


def test_without_a_script_a_form_leads_back_to_the_change(desk: Desk, visitor: Visitor) -> None:
    del visitor.headers["HX-Request"]
    answer = visitor.post(f"{KEY}/accept")
    assert (answer.status, answer.headers["location"]) == (303, KEY)


def test_what_was_held_back_with_others_can_be_released(tmp_path: Path, newsroom: Newsroom) -> None:
    with open_room(tmp_path, newsroom.url, FACTWATCH_MOST_CHANGES="1") as room, open_desk(room) as desk:
        room.poll()
        publish(room, newsroom, "November 2028", "March 2029")
        room.poll()
        visitor = desk.visitor()
        assert "held back" in visitor.get(KEY).text
        assert visitor.post(f"{KEY}/release").status == 303
        assert room.history().changes[0].state is ChangeState.ACCEPTED
        assert "held back" not in visitor.get(KEY).text


def test_all_can_be_marked_as_read(desk: Desk, visitor: Visitor) -> None:
    assert visitor.post("/changes/read").status == 303
    with desk.room.context.store.reading() as connection:
        assert inbox.count_unread(connection, now=desk.room.clock()) == 0
        assert inbox.count_views(connection, now=desk.room.clock())[View.INBOX] == 1


def test_nothing_is_decided_for_a_stranger(desk: Desk, visitor: Visitor) -> None:
    before = desk.room.last()
    for verb in ("accept", "dismiss", "undo", "snooze", "wake", "read", "release"):
        assert visitor.post(f"{KEY}/{verb}", {"token": "guess"}).status == 403
        assert visitor.post(f"{KEY}/{verb}", Origin="https://evil.example").status == 403
    assert desk.room.last() == before


# --- live -------------------------------------------------------------------------------------------


def test_who_listens_hears_of_a_change_when_it_arrives(desk: Desk, newsroom: Newsroom) -> None:
    with socket.create_connection(("127.0.0.1", desk.port), timeout=30) as line, line.makefile("rb") as stream:
        line.sendall(b"GET /live HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")
        heard = iter(lambda: stream.readline().decode(), "")
        assert next(words for words in heard if words.startswith("data:")) == 'data: {"newest": 0, "unread": 0}\n'
        hear(desk.room, newsroom, "October 2027")
        assert next(words for words in heard if words.startswith("data:")) == 'data: {"newest": 1, "unread": 1}\n'

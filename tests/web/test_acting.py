"""Links that act: they ask once, do one thing to one change, and only for two weeks."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from monitor.core.changes import ChangeState
from monitor.jobs.signing import Action, action_path, key_of, may_act, sign
from tests.e2e.newsrooms import Newsroom
from tests.jobs.rooms import open_room
from tests.web.desks import Desk, open_desk
from tests.web.test_changes import hear


@pytest.fixture
def desk(tmp_path: Path, newsroom: Newsroom) -> Iterator[Desk]:
    """A desk behind a password, whose messages carry links."""
    with socket.create_server(("127.0.0.1", 0)) as listener:
        public = f"http://127.0.0.1:{listener.getsockname()[1]}"
        settings = {"FACTWATCH_PUBLIC_URL": public, "FACTWATCH_PASSWORD": "secret"}
        with open_room(tmp_path, newsroom.url, **settings) as room:
            hear(room, newsroom, "October 2027")
            with open_desk(room, listener.dup()) as desk:
                yield desk


def link_of(desk: Desk, action: Action, change: str = "bridge/opening#1") -> str:
    """The link as a message of now has it."""
    context = desk.room.context
    return action_path(key_of(context.store), action, change, now=desk.room.clock())


def test_a_message_carries_links_that_open_accept_and_dismiss_the_change(desk: Desk) -> None:
    message = desk.room.messages[-1]
    for body in (message.text, message.markdown, message.html):
        assert f"{desk.url}/changes/bridge/opening%231" in body
        assert f"{desk.url}/act/dismiss/bridge/opening%231?until=" in body


def test_looking_at_a_link_does_nothing_and_its_button_acts(desk: Desk) -> None:
    (link,) = {urlsplit(found) for found in re.findall(r"http\S+/act/dismiss/\S+", desk.room.messages[-1].text)}
    visitor, before = desk.visitor(), desk.room.last()
    desk.room.clock.moment = max(desk.room.clock.moment, before.learned)
    page = visitor.get(f"{link.path}?{link.query}")
    assert (page.status, "Dismiss 2027-10" in page.text) == (200, True)
    assert desk.room.last() == before
    fields = dict(re.findall(r'name="(until|signature)" value="([^"]+)"', page.text))
    done = visitor.post(link.path, fields)
    assert (done.status, desk.room.last().state) == (200, ChangeState.DISMISSED)


def test_a_link_is_bound_to_its_action_its_change_and_its_two_weeks(desk: Desk) -> None:
    visitor, link = desk.visitor(), link_of(desk, Action.ACCEPT)
    assert visitor.get(link).status == 200
    assert visitor.get(link.replace("/accept/", "/dismiss/")).status == 403
    assert visitor.get(link.replace("%231", "%232")).status == 403
    assert visitor.get(link.replace("until=1", "until=2")).status == 403
    assert visitor.get(link.partition("?")[0]).status == 403
    desk.room.clock.pass_by(days=14, seconds=1)
    assert visitor.get(link).status == 403


def test_the_button_needs_the_signature_too(desk: Desk) -> None:
    visitor, link = desk.visitor(), link_of(desk, Action.ACCEPT)
    visitor.get(link)
    for fields in ({}, {"until": "9999999999", "signature": "guess"}, {"until": "soon", "signature": ""}):
        assert visitor.post(link.partition("?")[0], fields).status == 403
    assert visitor.post(link.partition("?")[0], dict(part.split("=") for part in link.partition("?")[2].split("&"))).status == 200


def test_a_link_lets_nobody_in_elsewhere(desk: Desk) -> None:
    visitor = desk.visitor()
    visitor.get(link_of(desk, Action.ACCEPT))
    assert visitor.get("/changes").status == 303


def test_a_signature_is_for_one_purpose_and_one_parting_of_its_words(desk: Desk) -> None:
    key, other = b"a" * 32, b"b" * 32
    signatures = {
        sign(key, "act", "a", "bc"),
        sign(key, "act", "ab", "c"),
        sign(key, "acta", "bc"),
        sign(other, "act", "a", "bc"),
    }
    assert len(signatures) == 4
    assert not may_act(key, Action.ACCEPT, "a/b#1", until="x", signature="é", now=desk.room.clock())


def test_without_a_public_address_there_is_nothing_to_follow(desk: Desk) -> None:
    assert replace(desk.room.context.stationery, public_url="").action_link("accept", "bridge/opening#1") == ""

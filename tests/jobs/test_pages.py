"""A page that is watched by CSS selector, from the rule to the alert."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.rooms import Room, open_room

PAGE = """<!doctype html><html><body><nav><li>The Harbour Bridge will open in May 2035, says an advertisement.</li></nav>
<main><ul class="news">%s</ul></main></body></html>"""


@pytest.fixture
def room(tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    with open_room(tmp_path, newsroom.url) as room:
        show(newsroom, opening("June 2027"))
        room.rewrite(f"url: '{newsroom.url}'", f"page: '{newsroom.site.url('/status')}', select: main .news li")
        assert not any(polled.trouble for polled in room.poll())
        yield room


def show(newsroom: Newsroom, *sentences: str) -> None:
    """Have the page show these, the newest first."""
    entries = "".join(f"<li>{sentence}</li>" for sentence in sentences)
    newsroom.site.give("/status", (PAGE % entries).encode(), headers={"Content-Type": "text/html; charset=utf-8"})


def test_a_new_element_is_an_item_and_what_stands_beside_the_selector_is_none(room: Room, newsroom: Newsroom) -> None:
    room.clock.pass_by(hours=1)
    show(newsroom, opening("November 2028"), opening("June 2027"))
    room.poll()
    assert room.values() == ["2028-11"]
    assert room.keys == ["bridge/opening#1"]


def test_a_page_in_another_order_tells_nothing_and_one_that_lost_its_list_is_in_trouble(room: Room, newsroom: Newsroom) -> None:
    room.clock.pass_by(hours=1)
    show(newsroom, opening("November 2028"), opening("June 2027"))
    room.poll()
    room.clock.pass_by(hours=1)
    show(newsroom, opening("June 2027"), opening("November 2028"))
    room.poll()
    assert room.values() == ["2028-11"]
    show(newsroom)
    (polled,) = room.poll()
    assert polled.trouble
    assert room.values() == ["2028-11"]

"""A bridge whose opening moved twice, read by the real jobs, and the real application over HTTP."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsrooms import Newsroom, opening
from tests.jobs.conftest import newsroom
from tests.jobs.rooms import Room, open_room
from tests.web.api.callers import Desk

__all__ = ["newsroom"]

HOSTILE = '&amp;lt;script&amp;gt;alert(1)&amp;lt;/script&amp;gt; =1+1, "x" ]]&amp;gt; BEGIN:VEVENT'


@pytest.fixture
def room(tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    with open_room(tmp_path, newsroom.url) as room:
        move_the_opening(room, newsroom)
        yield room


@pytest.fixture
def locked(tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    """The same behind a password."""
    with open_room(tmp_path, newsroom.url, FACTWATCH_PASSWORD="open sesame") as room:
        move_the_opening(room, newsroom)
        yield room


@pytest.fixture
def desk(room: Room) -> Desk:
    return Desk(room=room)


def move_the_opening(room: Room, newsroom: Newsroom) -> None:
    """Two steps on two days; the second article means no good."""
    room.poll()
    for words, title in (("September 2027", "The bridge"), ("May 2028", HOSTILE)):
        room.clock.pass_by(days=1)
        newsroom.publish(title, opening(words), published=room.clock())
        room.poll()

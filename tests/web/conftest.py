"""A desk over a room that listens to an outlet."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.jobs.conftest import newsroom, room
from tests.jobs.rooms import Room
from tests.web.desks import Desk, open_desk

__all__ = ["newsroom", "room"]


@pytest.fixture
def desk(room: Room) -> Iterator[Desk]:
    with open_desk(room) as desk:
        yield desk

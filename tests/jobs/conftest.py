"""An outlet and a room that listens to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsrooms import Newsroom
from tests.feeds.sites import Site
from tests.jobs.rooms import Room, open_room


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Site() as site:
        yield Newsroom(site=site)


@pytest.fixture
def room(tmp_path: Path, newsroom: Newsroom) -> Iterator[Room]:
    with open_room(tmp_path, newsroom.url) as room:
        yield room

"""An outlet, a program and a place that alerts are posted to, for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.feeds.sites import Site
from tests.servers.sinks import Sink, open_sink


@pytest.fixture
def site() -> Iterator[Site]:
    with Site() as site:
        yield site


@pytest.fixture
def newsroom(site: Site) -> Newsroom:
    newsroom = Newsroom(site=site)
    newsroom.publish("Plan of the bridge", opening("June 2027"))
    return newsroom


@pytest.fixture
def sink() -> Iterator[Sink]:
    with open_sink() as sink:
        yield sink


@pytest.fixture
def program(tmp_path: Path, newsroom: Newsroom) -> Iterator[Program]:
    program = Program(folder=tmp_path)
    program.write_rule(newsroom.url)
    yield program
    if program.process is not None:
        program.process.kill()
        program.process.wait()

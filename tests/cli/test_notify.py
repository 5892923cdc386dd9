"""`factwatch notify --test`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from monitor.cli.app import app
from monitor.errors import UserFault
from tests.servers.sinks import Answer, Sink, open_sink

pytestmark = pytest.mark.filterwarnings("ignore:'imghdr' is deprecated:DeprecationWarning")  # in a plugin of Apprise


@pytest.fixture
def sink(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Sink]:
    """A sink with a destination that works and one that does not, in a configuration with tags."""
    configuration = tmp_path / "apprise.conf"
    with open_sink() as running:
        running.answers["/broken"] = Answer(status=404)
        configuration.write_text(f"analysts={running.url('/works')}\nops={running.url('/broken')}\n")
        monkeypatch.setenv("FACTWATCH_APPRISE_CONFIG", str(configuration))
        monkeypatch.setenv("COLUMNS", "160")
        yield running


def test_every_destination_gets_a_message_and_its_result_is_shown(sink: Sink) -> None:
    answer = CliRunner().invoke(app, ["notify", "--test"])
    assert answer.exit_code == 1
    assert "sent" in answer.output
    assert "refused: JSON answered 404 Not Found" in answer.output
    assert {request.json["title"] for request in sink.requests} == {"A test message of Factwatch"}


def test_a_tag_chooses(sink: Sink) -> None:
    answer = CliRunner().invoke(app, ["notify", "--test", "--tag", "analysts"])
    assert answer.exit_code == 0
    assert [request.path for request in sink.requests] == ["/works"]


@pytest.mark.usefixtures("sink")
def test_a_tag_that_nobody_has_is_a_fault_with_those_that_there_are() -> None:
    answer = CliRunner().invoke(app, ["notify", "--test", "--tag", "desk"])
    assert isinstance(answer.exception, UserFault)
    assert str(answer.exception) == "no destination has the tag desk; the tags are analysts, ops"


def test_without_destinations_the_console_is_tested() -> None:
    answer = CliRunner().invoke(app, ["notify", "--test"])
    assert answer.exit_code == 0
    assert "If you can read this, alerts reach console (Console)." in answer.output

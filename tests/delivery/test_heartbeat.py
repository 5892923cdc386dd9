"""The word to an outside monitor: what it says, and that its address is in no error."""

from __future__ import annotations

import asyncio
import socket

import pytest
from pydantic import SecretStr

from monitor.delivery.heartbeat import beat
from tests.servers.sinks import Answer, Sink, open_sink


def say(sink: Sink, *ailments: str, path: str = "/ping/SECRET") -> str:
    return asyncio.run(beat(SecretStr(sink.url(path, scheme="http")), ailments))


def test_a_healthy_program_says_so() -> None:
    with open_sink() as sink:
        assert say(sink) == ""
    (request,) = sink.requests
    assert (request.method, request.path, request.body) == ("POST", "/ping/SECRET", b"")


def test_an_ailing_one_says_what_is_wrong() -> None:
    with open_sink() as sink:
        assert say(sink, "the tick has not moved for 130 s", "the disk is full", path="/ping/SECRET?rid=1") == ""
    (request,) = sink.requests
    assert request.path == "/ping/SECRET/fail?rid=1"
    assert request.body == b"the tick has not moved for 130 s\nthe disk is full"


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_monitor_that_does_not_take_it_is_named_by_its_answer_alone(status: int) -> None:
    with open_sink() as sink:
        sink.answers["/ping/SECRET"] = Answer(status=status, headers={"Location": "/elsewhere"})
        assert say(sink) == f"the heartbeat monitor answered {status}"
    assert len(sink.requests) == 1


def test_a_monitor_that_is_away_is_no_error_and_betrays_nothing() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        url = SecretStr(f"http://user:SECRET@127.0.0.1:{server.getsockname()[1]}/SECRET")
    unheard = asyncio.run(beat(url, ()))
    assert unheard.startswith("the heartbeat monitor cannot be reached")
    assert "SECRET" not in unheard

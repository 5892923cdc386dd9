"""Health of the whole program over HTTP, its heartbeat, and an address that it cannot have."""

from __future__ import annotations

import json
import re
import socket
import urllib.request
from typing import Any
from urllib.error import HTTPError

import pytest

from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import PATIENCE, Program
from tests.servers.sinks import Sink


def ask(program: Program, path: str) -> tuple[int, Any]:
    """What the program that was started last answers."""
    program.wait_for(lambda: "health at" in program.output)
    page = re.findall(r"health at (http://\S+)/healthz", program.output)[-1]
    try:
        with urllib.request.urlopen(f"{page}{path}", timeout=30) as answer:
            return answer.status, json.load(answer)
    except HTTPError as refusal:
        with refusal:
            return refusal.code, json.load(refusal)


def test_a_running_program_is_healthy_and_soon_ready(program: Program, newsroom: Newsroom) -> None:
    program.start()
    program.wait_for(lambda: ask(program, "/readyz")[0] == 200, patience=3 * PATIENCE)
    assert ask(program, "/healthz") == (200, {"healthy": True, "reasons": []})
    assert newsroom.asked
    assert program.end() == 0


def test_broken_rules_are_a_reason_not_to_be_ready(program: Program) -> None:
    program.start()
    program.wait_for(lambda: ask(program, "/readyz")[0] == 200, patience=3 * PATIENCE)
    good = program.rule.read_text(encoding="utf-8")
    program.rule.write_text(good.replace("kind: period", "kind: perriod"), encoding="utf-8")
    program.wait_for(lambda: ask(program, "/readyz")[0] == 503)
    assert "perriod" in ask(program, "/readyz")[1]["reasons"][0]
    assert ask(program, "/healthz")[0] == 200
    assert program.end() == 0


def test_an_outside_monitor_hears_a_heartbeat_and_its_address_is_in_no_log(program: Program, sink: Sink) -> None:
    program.settings["FACTWATCH_HEARTBEAT_URL"] = sink.url("/ping/MARKED-SECRET", scheme="http")
    program.start()
    program.wait_for(lambda: any(request.path == "/ping/MARKED-SECRET" for request in sink.requests))
    assert program.end() == 0
    assert "MARKED-SECRET" not in program.output + program.errors


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_an_address_that_cannot_be_had_is_one_clear_line_and_status_2(program: Program, host: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        program.settings["FACTWATCH_LISTEN"] = f"{host}:{other.getsockname()[1]}"
        program.start()
        assert program.process is not None
        assert program.process.wait(60) == 2
    assert len(program.errors.splitlines()) == 1
    assert program.errors.startswith("FACTWATCH_LISTEN: ")

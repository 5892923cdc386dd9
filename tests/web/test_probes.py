"""What a supervisor hears of health and readiness, and under which names it may ask."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import aiohttp
import pytest

from monitor.config.settings import Settings, load_settings
from monitor.jobs.vitals import Vitals
from monitor.web.app import allowed_hosts, build_app
from monitor.web.serving import open_listener, serving, url_of
from tests.jobs.conftest import newsroom, room
from tests.jobs.rooms import Room

__all__ = ["newsroom", "room"]


def ask(room: Room, vitals: Vitals, path: str, headers: Mapping[str, str] | None = None) -> tuple[int, Any]:
    """Serve on a free port, ask once, and end."""

    async def main() -> tuple[int, Any]:
        with open_listener(room.context.settings) as listener:
            async with (
                serving(build_app(room.context, vitals), listener),
                aiohttp.ClientSession() as session,
                session.get(f"{url_of(listener)}{path}", headers=headers) as response,
            ):
                is_json = response.content_type == "application/json"
                return response.status, await response.json() if is_json else await response.text()

    return asyncio.run(main())


def test_a_program_that_moves_is_healthy(room: Room) -> None:
    assert ask(room, Vitals(), "/healthz") == (200, {"healthy": True, "reasons": []})


def test_one_that_does_not_says_why(room: Room) -> None:
    status, answer = ask(room, Vitals(trouble="the disk is full"), "/healthz")
    assert (status, answer) == (503, {"healthy": False, "reasons": ["the disk is full"]})


def test_readiness_comes_with_all_its_reasons(room: Room) -> None:
    status, answer = ask(room, Vitals(), "/readyz")
    assert (status, answer["ready"]) == (503, False)
    assert "1 feed of 1 not asked yet" in answer["reasons"]
    room.poll()
    assert ask(room, Vitals(wrote=0.0), "/readyz") == (200, {"ready": True, "reasons": []})


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "10.0.0.1", ""])
def test_a_host_that_is_none_of_ours_is_refused(room: Room, host: str) -> None:
    status, _ = ask(room, Vitals(), "/healthz", {"Host": host})
    assert status == 400


@pytest.mark.parametrize("host", ["localhost", "localhost:8300", "127.0.0.1:1", "[::1]:8300", "LOCALHOST"])
def test_the_names_of_this_machine_for_itself_are_ours(room: Room, host: str) -> None:
    status, _ = ask(room, Vitals(), "/healthz", {"Host": host})
    assert status == 200


def test_so_is_the_host_of_the_public_address() -> None:
    settings: Settings = load_settings({"FACTWATCH_PUBLIC_URL": "https://watch.example.org:8443/fw", "HOME": "/tmp"})
    assert "watch.example.org" in allowed_hosts(settings)


def test_what_is_not_there_tells_nothing_of_how_it_is_made(room: Room) -> None:
    for path in ("/docs", "/openapi.json", "/redoc", "/nothing"):
        assert ask(room, Vitals(), path)[0] == 404

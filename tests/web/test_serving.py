"""The socket that is listened on: taken at the start, refused with a reason, drained at the end."""

from __future__ import annotations

import asyncio
import socket

import aiohttp
import pytest
from fastapi import FastAPI

from monitor.config.settings import Settings, load_settings
from monitor.errors import UserFault
from monitor.web.serving import open_listener, serving, url_of


def settings(listen: str, **more: str) -> Settings:
    return load_settings({"FACTWATCH_LISTEN": listen, "HOME": "/tmp", **more})


def test_a_port_in_use_is_the_users_fault() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UserFault, match=rf"FACTWATCH_LISTEN: cannot listen on 127.0.0.1:{port} \(Address already in use\)"):
            open_listener(settings(f"127.0.0.1:{port}")).__enter__()


@pytest.mark.parametrize("listen", ["0.0.0.0:0", "[::]:0", "192.0.2.1:0", "example.org:0"])
def test_others_are_not_let_in_without_a_password(listen: str) -> None:
    with pytest.raises(UserFault, match="no password is set; set FACTWATCH_PASSWORD, or listen on 127"):
        open_listener(settings(listen)).__enter__()


def test_with_a_password_they_are() -> None:
    with open_listener(settings("0.0.0.0:0", FACTWATCH_PASSWORD="secret")) as listener:
        assert listener.getsockname()[0] == "0.0.0.0"


def test_an_address_of_another_machine_is_the_users_fault() -> None:
    with pytest.raises(UserFault, match=r"cannot listen on 192\.0\.2\.1:0"):
        open_listener(settings("192.0.2.1:0", FACTWATCH_PASSWORD="secret")).__enter__()


@pytest.mark.parametrize("listen", ["localhost:0", "127.0.0.2:0"])
def test_this_machine_may_ask_without_one(listen: str) -> None:
    with open_listener(settings(listen)) as listener:
        assert listener.getsockname()[1] > 0


def test_a_request_under_way_is_answered_at_the_end() -> None:
    app, asked, go_on = FastAPI(), asyncio.Event(), asyncio.Event()

    @app.get("/slow")
    async def slow() -> str:
        asked.set()
        await go_on.wait()
        return "done"

    async def main() -> str:
        with open_listener(settings("127.0.0.1:0")) as listener:
            url = url_of(listener)
            async with aiohttp.ClientSession() as session:
                async with serving(app, listener):
                    answer = asyncio.create_task(session.get(f"{url}/slow"))
                    await asked.wait()
                    asyncio.get_running_loop().call_later(0.2, go_on.set)
                return str(await (await answer).json())

    assert asyncio.run(main()) == "done"

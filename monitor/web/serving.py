"""Serving: the socket that the application listens on, and the server in the daemon's own loop."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from ipaddress import ip_address
from typing import TYPE_CHECKING

from monitor.config.settings import Address, Settings
from monitor.errors import UserFault

if TYPE_CHECKING:
    from fastapi import FastAPI

_GRACE = 5  # seconds for requests under way at the end
_LINES = 128


@contextmanager
def open_listener(settings: Settings) -> Iterator[socket.socket]:
    """The socket to serve on, taken before anything else is begun.

    Raises:
        UserFault: The address is in use, is none of this machine's, or would let others in without a password.
    """
    address = settings.listen
    if settings.password is None and not _is_loopback(address.host):
        raise UserFault(
            f"FACTWATCH_LISTEN: others can reach {address}, and no password is set; "
            f"set FACTWATCH_PASSWORD, or listen on 127.0.0.1:{address.port}"
        )
    listener = _bind(address)
    try:
        yield listener
    finally:
        listener.close()


@asynccontextmanager
async def serving(app: FastAPI, listener: socket.socket) -> AsyncIterator[None]:
    """Serve for as long as the block lasts; then requests under way may end, and no new ones are taken.

    Answers that would go on for ever end when ``app.state.ending`` is set.
    """
    import uvicorn

    class Server(uvicorn.Server):
        """The signals are the daemon's."""

        @contextmanager
        def capture_signals(self) -> Iterator[None]:
            yield

    server = Server(
        uvicorn.Config(
            app,
            log_config=None,
            access_log=False,
            lifespan="off",
            proxy_headers=False,
            server_header=False,
            timeout_graceful_shutdown=_GRACE,
        )
    )
    app.state.ending = ending = asyncio.Event()
    task = asyncio.create_task(server.serve(sockets=[listener]))
    try:
        yield
    finally:
        ending.set()
        server.should_exit = True
        await task


def url_of(listener: socket.socket) -> str:
    """Where a browser on this machine finds what is served."""
    host, port = listener.getsockname()[:2]
    return f"http://{Address(host=host, port=port)}"


def _bind(address: Address) -> socket.socket:
    try:
        found = socket.getaddrinfo(address.host, address.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, place = found[0]
        listener = socket.socket(family, socket.SOCK_STREAM)
    except OSError as error:
        raise UserFault(f"FACTWATCH_LISTEN: {address.host} is no address of this machine ({error.strerror})") from error
    try:
        # Lets a restart take the address over at once; on Linux it does not let two programs share it.
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind(place)
        listener.listen(_LINES)
    except OSError as error:
        listener.close()
        raise UserFault(f"FACTWATCH_LISTEN: cannot listen on {address} ({error.strerror}); choose another address") from error
    listener.setblocking(False)
    return listener


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"

"""A desk: the application on loopback, served from a thread, and visitors that speak HTTP with it."""

from __future__ import annotations

import asyncio
import re
import socket
import threading
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from urllib.parse import urlencode

from monitor.jobs.vitals import Vitals
from monitor.web.app import build_app
from monitor.web.serving import serving
from tests.jobs.rooms import Room


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass(slots=True, kw_only=True)
class Visitor:
    """A browser without a screen: it keeps its cookie, and sends the token of the page that it saw last.

    Attributes:
        headers: Sent with everything, such as a browser's word on where a request comes from.
    """

    port: int
    cookie: str = ""
    token: str = ""
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> Answer:
        """Ask for a page."""
        return self.send("GET", path, headers=headers)

    def post(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send a form with the token."""
        body = urlencode({"token": self.token, **(fields or {})})
        return self.send("POST", path, body=body, headers={"Content-Type": "application/x-www-form-urlencoded", **headers})

    def send(self, method: str, path: str, *, body: str | bytes = b"", headers: Mapping[str, str] | None = None) -> Answer:
        """One request and its answer; redirects are not followed."""
        connection = HTTPConnection("127.0.0.1", self.port, timeout=30)
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        sent = {**({"Cookie": self.cookie} if self.cookie else {}), **self.headers, **named}
        try:
            connection.request(method, path, body=body or None, headers=sent)
            response = connection.getresponse()
            text = response.read().decode()
        finally:
            connection.close()
        if given := response.getheader("Set-Cookie"):
            self.cookie = given.partition(";")[0]
        if found := re.search(r'name="token" value="([^"]+)"|X-CSRF-Token": "([^"]+)"', text):
            self.token = found[1] or found[2]
        return Answer(status=response.status, headers=dict(response.getheaders()), text=text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """The application, being served."""

    room: Room
    port: int

    @property
    def url(self) -> str:
        """Where a browser finds it."""
        return f"http://127.0.0.1:{self.port}"

    def visitor(self, **headers: str) -> Visitor:
        """Somebody who was never here."""
        return Visitor(port=self.port, headers={name.replace("_", "-"): value for name, value in headers.items()})


@contextmanager
def open_desk(room: Room, listener: socket.socket | None = None) -> Iterator[Desk]:
    """Serve for as long as the block lasts."""
    begun, ending = threading.Event(), threading.Event()
    listener = listener or socket.create_server(("127.0.0.1", 0))
    listener.setblocking(False)

    async def serve() -> None:
        async with serving(build_app(room.context, Vitals()), listener):
            begun.set()
            await asyncio.to_thread(ending.wait)

    with listener, ThreadPoolExecutor(1) as thread:
        served = thread.submit(asyncio.run, serve())
        served.add_done_callback(lambda _: begun.set())
        begun.wait(timeout=30)
        try:
            if served.done():
                served.result()
            yield Desk(room=room, port=listener.getsockname()[1])
        finally:
            ending.set()

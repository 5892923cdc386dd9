"""A real HTTP server on loopback, and short ways to ask it."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Mapping
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import TracebackType
from typing import Any, Self

from monitor.feeds.fetching import FetchRequest, FetchResult, open_fetcher
from monitor.feeds.guarding import read_allowance

Answer = Callable[[BaseHTTPRequestHandler], None]

RSS = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><guid>1</guid><title>Plant opens</title><link>https://news.example/1</link><description>It opened.</description></item>
</channel></rss>"""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that breaks off is what some tests want."""


class Site:
    """Answers by path; keeps the requests that it got."""

    def __init__(self, address: str = "127.0.0.1") -> None:
        """Make ready to listen on an address; on ``0.0.0.0`` each address of 127.0.0.0/8 is a host of its own."""
        self.answers: dict[str, Answer] = {}
        self.requests: list[tuple[str, Message]] = []
        site = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def log_message(self, *_: object) -> None:
                """Tests have nothing to say on standard error."""

            def do_GET(self) -> None:
                site.requests.append((self.path, self.headers))
                answer = site.answers.get(self.path.partition("?")[0], plain(b"", status=404))
                try:
                    answer(self)
                except (BrokenPipeError, ConnectionResetError):
                    self.close_connection = True

        self._server = _Server((address, 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, kwargs={"poll_interval": 0.01})

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def give(self, path: str, body: bytes = b"", *, status: int = 200, headers: Mapping[str, str | bytes] | None = None) -> None:
        """Answer a path with a fixed body."""
        self.answers[path] = plain(body, status=status, headers=headers)

    def url(self, path: str = "/feed", *, host: str = "127.0.0.1") -> str:
        """The address of a path."""
        return f"http://{host}:{self.port}{path}"

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def last(self) -> Message:
        """The headers of the latest request."""
        return self.requests[-1][1]


def plain(body: bytes, *, status: int = 200, headers: Mapping[str, str | bytes] | None = None) -> Answer:
    """An answer of one piece; header values given as bytes go out as they are."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(status)
        for name, value in (headers or {}).items():
            handler.send_header(name, value if isinstance(value, str) else value.decode("latin-1"))
        if status != 304:
            handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def fetch(url: str, *, allowed: tuple[str, ...] = ("127.0.0.1",), resolver: Any = None, **request: Any) -> FetchResult:
    """Ask once, with a fetcher of its own."""

    async def ask() -> FetchResult:
        async with open_fetcher(contact="ops@example.org", allowance=read_allowance(allowed), resolver=resolver) as fetcher:
            return await fetcher.fetch(FetchRequest(url=url, **request))

    return asyncio.run(ask())

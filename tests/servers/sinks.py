"""A loopback HTTP server that keeps what is posted to it and answers as a test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """How the server answers a path.

    Attributes:
        after: Seconds before the first word.
        hangs: Keep the connection open without a word until the server ends.
    """

    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b"ok"
    after: float = 0.0
    hangs: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One request as it came in."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, parsed."""
        return json.loads(self.body)


@dataclass(slots=True)
class Sink:
    """The running server.

    Attributes:
        answers: By path without parameters; "ok" for any other.
    """

    port: int
    answers: dict[str, Answer] = field(default_factory=dict)
    requests: list[Request] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "/", scheme: str = "json") -> str:
        """An Apprise address of a path."""
        return f"{scheme}://127.0.0.1:{self.port}{path}"


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    sink: Sink

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_GET(self) -> None:
        self._answer()

    def do_POST(self) -> None:
        self._answer()

    def _answer(self) -> None:
        sink = self.server.sink
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        sink.requests.append(Request(method=self.command, path=self.path, headers=dict(self.headers), body=body))
        answer = sink.answers.get(self.path.partition("?")[0], Answer())
        if answer.hangs:
            sink.over.wait()
            return
        time.sleep(answer.after)
        self.send_response_only(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(answer.body)))
        self.end_headers()
        self.wfile.write(answer.body)

    def log_message(self, *_line: Any) -> None:
        """Say nothing."""


@contextmanager
def open_sink() -> Iterator[Sink]:
    """Serve on a free port until the block ends."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.sink = Sink(port=server.server_address[1])
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.sink
        finally:
            server.sink.over.set()
            server.shutdown()
            thread.join()

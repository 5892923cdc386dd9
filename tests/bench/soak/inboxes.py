"""The destinations of the soak: paths of one server that notes which message came when, and fails at a share of all."""

from __future__ import annotations

import json
import random
import re
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.feeds.sites import plain
from tests.servers.faults import reset, unavailable

HANG = 12.0  # seconds; longer than a sender waits for an answer
_KEY = re.compile(r"Key: (\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """A message that was taken, and answered as taken."""

    key: str
    text: str
    at: datetime


@dataclass(slots=True, kw_only=True)
class Inboxes:
    """All destinations.

    Attributes:
        refused: How many messages were answered by a fault, and therefore are not among the arrivals.
    """

    port: int
    chance: random.Random
    share: float
    arrivals: list[Arrival] = field(default_factory=list)
    refused: int = 0

    def configuration(self, count: int) -> str:
        """Apprise's, with a tag for each destination."""
        return "".join(f"desk{number}=json://127.0.0.1:{self.port}/desk{number}\n" for number in range(count))

    def take(self, handler: BaseHTTPRequestHandler) -> None:
        """Take a message, or fail at it in one of the ways in which services fail."""
        body = handler.rfile.read(int(handler.headers["Content-Length"]))
        if self.chance.random() < self.share:
            self.refused += 1
            self.chance.choice((unavailable(500), unavailable(503), unavailable(429, retry_after=2), reset, hang))(handler)
            return
        text = json.loads(body)["message"]
        key = _KEY.search(text)
        # On record before the answer: a sender that is killed meanwhile has told it all the same.
        self.arrivals.append(Arrival(key=key[1] if key else "", text=text, at=datetime.now(UTC)))
        plain(b"taken")(handler)


def hang(handler: BaseHTTPRequestHandler) -> None:
    """Say nothing for long, and then break off."""
    time.sleep(HANG)
    reset(handler)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    inboxes: Inboxes

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Senders are killed here all the time."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        self.server.inboxes.take(self)

    def log_message(self, *_line: Any) -> None:
        """Say nothing."""


@contextmanager
def open_inboxes(*, share: float, chance: random.Random) -> Iterator[Inboxes]:
    """Serve until the block ends.

    Args:
        share: Of the messages that are not taken.
    """
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.inboxes = Inboxes(port=server.server_address[1], share=share, chance=chance)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        try:
            yield server.inboxes
        finally:
            server.shutdown()
            thread.join()

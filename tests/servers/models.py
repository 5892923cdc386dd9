"""A loopback server that speaks like an OpenAI-compatible endpoint and answers as a test says."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One question as it came in.

    Attributes:
        body: The whole request.
        headers: With names in lower case.
    """

    body: Mapping[str, Any]
    headers: Mapping[str, str]

    @property
    def item(self) -> Mapping[str, str]:
        """The item that is asked about, as data."""
        found: Mapping[str, str] = json.loads(self.body["messages"][1]["content"].split("\n")[1])
        return found

    @property
    def instructions(self) -> str:
        """What the system says."""
        return str(self.body["messages"][0]["content"])

    @property
    def form(self) -> str:
        """The answer form that is asked for; empty for none."""
        return str((self.body.get("response_format") or {}).get("type", ""))


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """How the server answers.

    Attributes:
        after: Seconds before the first word.
    """

    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    after: float = 0.0


def completion(text: str, *, after: float = 0.0, tokens: tuple[int, int] | None = (900, 40)) -> Told:
    """A good answer with these words."""
    usage = {} if tokens is None else {"usage": {"prompt_tokens": tokens[0], "completion_tokens": tokens[1]}}
    message = {"choices": [{"index": 0, "message": {"role": "assistant", "content": text}}], **usage}
    return Told(body=json.dumps(message).encode(), after=after)


def entries(*told: Mapping[str, Any]) -> Told:
    """A good answer with these entries."""
    return completion(json.dumps({"facts": list(told)}, ensure_ascii=False))


def entry(fact: str, quote: str, *words: str, standing: str = "planned", state: str = "", said_by: str = "") -> dict[str, Any]:
    """One entry of an answer."""
    return {"fact": fact, "quote": quote, "value": list(words), "state": state, "standing": standing, "said_by": said_by}


def refusal(status: int, **headers: str) -> Told:
    """No answer."""
    return Told(body=b'{"error": {"message": "no"}}', status=status, headers=headers)


Behaviour = Callable[[Asked], Told]


@dataclass(slots=True)
class Model:
    """The running server.

    Attributes:
        behaves: How it answers.
        asked: All questions so far.
    """

    port: int
    behaves: Behaviour
    asked: list[Asked] = field(default_factory=list)

    @property
    def url(self) -> str:
        """Where its API begins."""
        return f"http://127.0.0.1:{self.port}/v1"

    def behave(self, *answers: Told) -> None:
        """Give these answers one after the other, the last one for ever."""
        self.behaves = in_turn(answers)


def in_turn(answers: Sequence[Told]) -> Behaviour:
    """These answers one after the other, the last one for ever."""
    left = list(answers)
    return lambda _: left.pop(0) if len(left) > 1 else left[0]


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 256
    model: Model

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that does not wait is what some tests want."""


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        content = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        headers = {name.lower(): value for name, value in self.headers.items()}
        asked = Asked(body=json.loads(content), headers=headers)
        self.server.model.asked.append(asked)
        told = self.server.model.behaves(asked) if self.path == "/v1/chat/completions" else refusal(404)
        time.sleep(told.after)
        self.send_response_only(told.status)
        for name, value in told.headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(told.body)))
        self.end_headers()
        self.wfile.write(told.body)

    def log_message(self, *_line: Any) -> None:
        """Say nothing."""


@contextmanager
def open_model(behaves: Behaviour | None = None) -> Iterator[Model]:
    """Serve on a free port until the block ends; without a behaviour it finds nothing in any item."""
    server = _Server(("127.0.0.1", 0), _Handler)
    server.model = Model(port=server.server_address[1], behaves=behaves or (lambda _: entries()))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield server.model
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

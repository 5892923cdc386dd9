"""WebSub with the whole program: a feed that is asked twice a day is heard of when its publisher pushes."""

from __future__ import annotations

import hmac
import random
import socket
import urllib.request
from contextlib import suppress
from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qsl, urlencode

from tests.e2e.alerts import alerts
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.servers.sinks import Sink, open_sink


def free_port() -> int:
    """A port that the system gives to nobody by itself, so that no other test comes by it."""
    while True:
        port = random.randrange(20_000, 30_000)
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port


def test_what_a_publisher_pushes_is_fetched_and_told_at_once(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    address = f"127.0.0.1:{free_port()}"
    program.settings |= {
        "FACTWATCH_NOTIFY_URLS": sink.url("/alerts"),
        "FACTWATCH_LISTEN": address,
        "FACTWATCH_PUBLIC_URL": f"http://{address}",
        "FACTWATCH_WEBSUB": "on",
    }
    program.rule.write_text(program.rule.read_text().replace("every: 1s", "every: 12h"))
    with open_sink() as hub:

        def answer(handler: BaseHTTPRequestHandler) -> None:
            end = handler.end_headers

            def end_with_links() -> None:
                handler.send_header("Link", f'<{hub.url("/hub", scheme="http")}>; rel="hub", <{newsroom.url}>; rel="self"')
                end()

            handler.end_headers = end_with_links  # type: ignore[method-assign]
            newsroom.answer(handler)

        newsroom.site.answers[newsroom.path] = answer
        program.start()
        program.wait_for(lambda: hub.requests, patience=120)
        asked = dict(parse_qsl(hub.requests[0].body.decode()))
        intent = {"hub.mode": "subscribe", "hub.topic": asked["hub.topic"], "hub.challenge": "42", "hub.lease_seconds": "864000"}
        with urllib.request.urlopen(f"{asked['hub.callback']}?{urlencode(intent)}") as confirmation:
            assert confirmation.read() == b"42"
        newsroom.publish("Bridge late", opening("November 2028"))
        lie = opening("March 2031").encode()
        signature = hmac.new(asked["hub.secret"].encode(), lie, "sha256").hexdigest()
        push = urllib.request.Request(asked["hub.callback"], data=lie, headers={"X-Hub-Signature": f"sha256={signature}"})
        with urllib.request.urlopen(push) as taken:
            assert taken.status == 202
        program.wait_for(lambda: alerts(sink), patience=120)
        assert program.end() == 0
    (alert,) = alerts(sink)
    assert "2028-11" in alert.text
    assert "2031" not in alert.text
    assert asked["hub.secret"] not in program.errors

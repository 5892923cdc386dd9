"""The ways in which a feed's server can misbehave, each an answer to one request."""

from __future__ import annotations

import gzip
import socket
import struct
import time
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler

import brotli

from tests.feeds.sites import Answer, plain

_XML = {"Content-Type": "application/rss+xml"}
_BOMB = 64 << 20
_NO_LINGERING = struct.pack("ii", 1, 0)
_BEGINNING = b'<?xml version="1.0"?><rss version="2.0"><channel><title>Gazette</title>'


def drip(handler: BaseHTTPRequestHandler) -> None:
    """Send the feed a byte at a time, for longer than anybody should wait."""
    handler.send_response_only(200)
    handler.send_header("Content-Length", "100000")
    handler.end_headers()
    for _ in range(1000):
        handler.wfile.write(b" ")
        handler.wfile.flush()
        time.sleep(0.5)


def redirect_for_ever(handler: BaseHTTPRequestHandler) -> None:
    """Send the client to yet another parameter of the same path."""
    path, _, count = handler.path.partition("?")
    plain(b"", status=302, headers={"Location": f"{path}?{int(count or 0) + 1}"})(handler)


def reset(handler: BaseHTTPRequestHandler) -> None:
    """Break the connection off without a word."""
    handler.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _NO_LINGERING)
    handler.connection.close()
    handler.close_connection = True
    raise ConnectionResetError


def truncate(handler: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    handler.send_response_only(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    handler.wfile.write(_BEGINNING)
    handler.close_connection = True


def unavailable(status: int, *, retry_after: int | None = None) -> Answer:
    """Refuse for now, with or without a word on how long."""
    return plain(b"", status=status, headers={} if retry_after is None else {"Retry-After": str(retry_after)})


GZIP_BOMB = plain(gzip.compress(bytes(_BOMB)), headers={**_XML, "Content-Encoding": "gzip"})
BROTLI_BOMB = plain(brotli.compress(bytes(_BOMB), quality=1), headers={**_XML, "Content-Encoding": "br"})
NOT_GZIP = plain(b"this is not compressed at all", headers={**_XML, "Content-Encoding": "gzip"})
WEB_PAGE = plain(b"<!doctype html><html><body><h1>Down for maintenance</h1></body></html>", headers={"Content-Type": "text/html"})
NOTHING = plain(b"", headers=_XML)
ENTITY_BOMB = plain(
    b'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa">'
    + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
    + b']><rss version="2.0"><channel><title>&j;</title></channel></rss>',
    headers=_XML,
)
NO_FEED = plain(b'{"error": "no such tenant"}', headers={"Content-Type": "application/json"})

PASSING: Mapping[str, Answer] = {
    "a web page": WEB_PAGE,
    "no body": NOTHING,
    "a reset": reset,
    "a truncated body": truncate,
    "a body that is not what it says": NOT_GZIP,
    "429 with Retry-After": unavailable(429, retry_after=2),
    "503 with Retry-After": unavailable(503, retry_after=2),
    "500": unavailable(500),
    "502": unavailable(502),
}
"""Faults that are over as soon as they are answered."""

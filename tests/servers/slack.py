"""Slack, Discord and Telegram, as far as a webhook can tell: a proxy that answers for them with certificates of its own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import trustme

from tests.servers.sinks import Request

HOSTS = ("hooks.slack.com", "discord.com", "api.telegram.org")
TELEGRAM_ADDRESS = "tgram://123456789:abcdefg_hijklmnop/12315544/"
DISCORD_ADDRESS = "discord://4174216298/JHMHI8qBe7bk2ZwO5U711o3dV_js"
ADDRESS = "slack://T1JJ3T3L2/A1BRTD4JD/TIiajkdnlazkcOXrIdevi7/"


@dataclass(slots=True)
class Slack:
    """The running proxy.

    Attributes:
        status: Of every answer.
        environment: Variables that lead requests through the proxy and have it trust the certificate.
    """

    environment: dict[str, str]
    status: int = 200
    body: bytes = b"ok"
    requests: list[Request] = field(default_factory=list)

    @property
    def payloads(self) -> list[Any]:
        """What was posted, parsed."""
        return [request.json for request in self.requests]


@contextmanager
def open_slack(folder: Path) -> Iterator[Slack]:
    """Serve until the block ends.

    Args:
        folder: Where the authority's certificate is written.
    """
    authority = trustme.CA()
    bundle = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(bundle))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*HOSTS).configure_cert(context)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        proxy = f"http://127.0.0.1:{server.getsockname()[1]}"
        slack = Slack(environment={"HTTPS_PROXY": proxy, "https_proxy": proxy, "REQUESTS_CA_BUNDLE": str(bundle), "NO_PROXY": ""})
        thread = threading.Thread(target=_accept, args=(server, context, slack), daemon=True)
        thread.start()
        try:
            yield slack
        finally:
            with socket.create_connection(server.getsockname()) as last:
                last.sendall(b"END\r\n\r\n")
            thread.join()


def _accept(server: socket.socket, context: ssl.SSLContext, slack: Slack) -> None:
    """Take one connection after the other until a request says END."""
    while True:
        connection, _ = server.accept()
        with connection:
            connection.settimeout(10)
            first = _read_head(connection).split(b"\r\n")[0]
            if first.startswith(b"END"):
                return
            if first.split(b" ")[:2] not in ([b"CONNECT", f"{host}:443".encode()] for host in HOSTS):
                connection.sendall(b"HTTP/1.1 403 Forbidden\r\n\r\n")
                continue
            connection.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            with context.wrap_socket(connection, server_side=True) as secure:
                _serve(secure, slack)


def _serve(secure: ssl.SSLSocket, slack: Slack) -> None:
    head, _, body = _read_head(secure).partition(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").split("\r\n")
    headers = dict(line.split(": ", 1) for line in lines)
    while len(body) < int(headers.get("Content-Length", 0)):
        body += secure.recv(65536)
    method, path, _ = first.split(" ")
    slack.requests.append(Request(method=method, path=path, headers=headers, body=body))
    answer = f"HTTP/1.1 {slack.status} Answer\r\nContent-Length: {len(slack.body)}\r\nConnection: close\r\n\r\n"
    secure.sendall(answer.encode() + slack.body)


def _read_head(connection: socket.socket) -> bytes:
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            break
        data += more
    return data

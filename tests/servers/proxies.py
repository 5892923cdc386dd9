"""A proxy that tunnels (CONNECT), and a place of many names behind it that speaks TLS by an authority of its own."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import trustme

_ESTABLISHED = b"HTTP/1.1 200 Connection established\r\n\r\n"


@dataclass(slots=True, kw_only=True)
class Beyond:
    """What lies behind the proxy.

    Attributes:
        proxy: Its address.
        authorities: File with the certificate of who vouches for the names.
        answers: Body and media type of a GET, by host and path; any POST is taken.
        tunnels: To which ``host:port`` the proxy was asked to open one.
        requests: Method, host and path of what came through.
    """

    proxy: str
    authorities: Path
    answers: dict[str, tuple[bytes, str]] = field(default_factory=dict)
    tunnels: list[str] = field(default_factory=list)
    requests: list[tuple[str, str, str]] = field(default_factory=list)


@contextmanager
def open_proxy(folder: Path, *names: str) -> Iterator[Beyond]:
    """Serve these names until the block ends; the proxy opens tunnels to no other.

    Args:
        folder: Where the authority's certificate is written.
    """
    authority = trustme.CA()
    authority.cert_pem.write_to_path(str(folder / "authorities.pem"))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert(*names).configure_cert(context)
    with socket.create_server(("127.0.0.1", 0), backlog=64) as gate:
        port = gate.getsockname()[1]
        beyond = Beyond(proxy=f"http://127.0.0.1:{port}", authorities=folder / "authorities.pem")
        server = _serve(beyond, context)
        with ThreadPoolExecutor(32) as threads, server:
            threads.submit(server.serve_forever, 0.01)
            gatekeeper = threads.submit(_keep_gate, gate, beyond, names, server.server_address[1], threads)
            try:
                yield beyond
            finally:
                server.shutdown()
                gate.shutdown(socket.SHUT_RDWR)
                gatekeeper.exception()


def _serve(beyond: Beyond, context: ssl.SSLContext) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        def log_message(self, *_: object) -> None:
            """Tests have nothing to say on standard error."""

        def do_GET(self) -> None:
            body, media_type = beyond.answers.get(self._note(), (b"", ""))
            self._answer(200 if media_type else 404, body, media_type or "text/plain")

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length") or 0))
            self._note()
            self._answer(202, b"", "text/plain")

        def _note(self) -> str:
            host = self.headers["Host"]
            beyond.requests.append((self.command, host, self.path))
            return f"{host}{self.path}"

        def _answer(self, status: int, body: bytes, media_type: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", media_type)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """A caller that does not trust us breaks off."""

    server = Server(("127.0.0.1", 0), Handler)
    server.socket = context.wrap_socket(server.socket, server_side=True, do_handshake_on_connect=False)
    return server


def _keep_gate(gate: socket.socket, beyond: Beyond, names: tuple[str, ...], port: int, threads: ThreadPoolExecutor) -> None:
    """Open a tunnel for each caller, until the gate is shut."""
    while True:
        try:
            caller, _ = gate.accept()
        except OSError:
            return
        threads.submit(_tunnel, caller, beyond, names, port)


def _tunnel(caller: socket.socket, beyond: Beyond, names: tuple[str, ...], port: int) -> None:
    with caller, suppress(OSError):
        caller.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            if not (piece := caller.recv(4096)):
                return
            head += piece
        method, target, *_ = head.decode("latin-1").split(" ")
        beyond.tunnels.append(target)
        if method != "CONNECT" or target.rpartition(":")[0] not in names:
            caller.sendall(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n")
            return
        with socket.create_connection(("127.0.0.1", port)) as inside:
            caller.sendall(_ESTABLISHED)
            back = threading.Thread(target=_pass_on, args=(inside, caller), daemon=True)
            back.start()
            _pass_on(caller, inside)
            back.join()


def _pass_on(source: socket.socket, target: socket.socket) -> None:
    """Bytes from one to the other, and the end of them."""
    with suppress(OSError):
        while piece := source.recv(65536):
            target.sendall(piece)
    with suppress(OSError):
        target.shutdown(socket.SHUT_WR)

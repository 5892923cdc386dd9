"""One request: what is sent, what is believed of the answer, and how each failure reads."""

from __future__ import annotations

import asyncio
import gzip
import socket
import threading
import time
import tracemalloc
import zlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import brotli
import pytest
import trustme
from aiohttp.abc import AbstractResolver, ResolveResult

from monitor import __version__
from monitor.errors import FeedGone, FeedTrouble
from monitor.feeds.fetching import FetchRequest, open_fetcher
from monitor.feeds.guarding import read_allowance
from tests.feeds.sites import RSS, Site, fetch, plain


def test_validators_are_echoed_byte_for_byte_and_304_means_unchanged(site: Site) -> None:
    etag, modified = 'W/"a b;\u00e9=="gzip', "Tue, 5 mar 2024 1:02:03 +0000"
    site.give("/feed", RSS, headers={"ETag": etag.encode(), "Last-Modified": modified})
    first = fetch(site.url())
    assert (first.unchanged, first.body) == (False, RSS)
    site.give("/feed", status=304, headers={"ETag": etag.encode()})
    second = fetch(site.url(), etag=first.etag, last_modified=first.last_modified)
    assert (second.unchanged, second.body, second.etag) == (True, b"", etag)
    assert site.last["If-None-Match"].encode("latin-1") == etag.encode()
    assert site.last["If-Modified-Since"] == modified


def test_a_validator_that_could_not_be_echoed_is_not_kept(site: Site) -> None:
    site.give("/feed", RSS, headers={"ETag": b'"\xe9"'})
    assert fetch(site.url()).etag == ""


def test_304_to_an_unconditional_request_is_no_answer(site: Site) -> None:
    site.give("/feed", status=304)
    with pytest.raises(FeedTrouble, match="answered 304"):
        fetch(site.url())


def test_the_request_is_honest_and_bears_no_cookies_and_no_referer(site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": "/next", "Set-Cookie": "id=1; Path=/"})
    site.give("/next", RSS)
    fetch(site.url())
    assert site.last["User-Agent"] == f"Factwatch/{__version__} (+ops@example.org)"
    assert site.last["Cookie"] is None
    assert site.last["Referer"] is None


def test_only_an_unbroken_run_of_permanent_redirects_moves_a_feed(site: Site) -> None:
    site.give("/feed", status=301, headers={"Location": "/new"})
    site.give("/new", status=308, headers={"Location": "/newer#top"})
    site.give("/newer", status=302, headers={"Location": "/today"})
    site.give("/today", status=301, headers={"Location": "/last"})
    site.give("/last", RSS)
    result = fetch(site.url())
    assert (result.moved_to, result.url) == (site.url("/newer"), site.url("/last"))
    assert fetch(site.url("/newer")).moved_to is None


def test_redirects_end(site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": "/b"})
    site.give("/b", status=302, headers={"Location": "/feed"})
    with pytest.raises(FeedTrouble, match="redirects in a circle"):
        fetch(site.url())
    for number in range(10):
        site.give(f"/{number}", status=302, headers={"Location": f"/{number + 1}"})
    with pytest.raises(FeedTrouble, match="redirects more than 5 times"):
        fetch(site.url("/0"))
    site.give("/feed", status=302, headers={"Location": "http://[/"})
    with pytest.raises(FeedTrouble, match="redirects to something that is no address"):
        fetch(site.url())


def test_credentials_stay_with_the_host_that_they_are_for(site: Site, other_site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": other_site.url()})
    other_site.give("/feed", RSS)
    fetch(site.url(), authorization="Bearer abc")
    assert site.last["Authorization"] == "Bearer abc"
    assert other_site.last["Authorization"] is None


def test_a_password_in_an_address_becomes_a_header_and_is_in_no_message(site: Site) -> None:
    site.give("/feed", status=403)
    with pytest.raises(FeedTrouble) as caught:
        fetch(f"http://ann:s%40cret@127.0.0.1:{site.port}/feed?token=hidden")
    assert site.last["Authorization"] == "Basic YW5uOnNAY3JldA=="
    assert str(caught.value) == f"http://127.0.0.1:{site.port}/feed?token=… answered 403 Forbidden; it does not let us in"


@pytest.mark.parametrize(
    ("coding", "pack"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("br", lambda body: brotli.compress(body, quality=1))],
)
def test_a_packed_body_is_unpacked_and_a_bomb_ends_at_the_cap(site: Site, coding: str, pack: object) -> None:
    assert callable(pack)
    site.give("/feed", pack(RSS), headers={"Content-Encoding": coding})
    assert fetch(site.url()).body == RSS
    site.give("/bomb", pack(bytes(100_000_000)), headers={"Content-Encoding": coding})
    tracemalloc.start()
    with pytest.raises(FeedTrouble, match="sent more than 5 MB"):
        fetch(site.url("/bomb"))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 30_000_000


def test_a_packing_that_nobody_asked_for_is_trouble(site: Site) -> None:
    site.give("/feed", b"\x28\xb5\x2f\xfd" + bytes(100), headers={"Content-Encoding": "zstd"})
    with pytest.raises(FeedTrouble):
        fetch(site.url())


def test_a_body_that_is_too_long_broken_off_or_wrongly_packed_is_trouble(site: Site) -> None:
    site.give("/feed", RSS)
    with pytest.raises(FeedTrouble, match=r"sent more than 0\.0001 MB"):
        fetch(site.url(), max_bytes=100)
    site.give("/packed", RSS, headers={"Content-Encoding": "gzip"})
    with pytest.raises(FeedTrouble, match="broke off or cannot be unpacked"):
        fetch(site.url("/packed"))

    def break_off(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b"<rss>")
        handler.close_connection = True

    site.answers["/broken"] = break_off
    with pytest.raises(FeedTrouble, match="broke off or cannot be unpacked"):
        fetch(site.url("/broken"))


def test_a_slow_drip_ends_at_the_deadline(site: Site) -> None:
    released = threading.Event()

    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response_only(200)
        handler.send_header("Content-Length", "1000000")
        handler.end_headers()
        while not released.wait(0.02):
            handler.wfile.write(b" ")
            handler.wfile.flush()

    site.answers["/feed"] = drip
    with pytest.raises(FeedTrouble, match="took too long to answer"):
        fetch(site.url(), deadline=0.3)
    released.set()


@pytest.mark.parametrize(("status", "text"), [(404, "answered 404 Not Found"), (500, "answered 500"), (599, "answered 599$")])
def test_a_status_without_a_body_is_named(site: Site, status: int, text: str) -> None:
    site.give("/feed", b"<rss/>", status=status)
    with pytest.raises(FeedTrouble, match=text):
        fetch(site.url())


def test_410_ends_a_feed(site: Site) -> None:
    site.give("/feed", status=410)
    with pytest.raises(FeedGone, match="its publisher has ended it"):
        fetch(site.url())
    site.give("/moved", status=301, headers={"Location": "/feed"})
    with pytest.raises(FeedGone):
        fetch(site.url("/moved"))


def test_410_where_a_redirect_leads_for_the_time_being_is_no_end(site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": "/today"})
    site.give("/today", status=410)
    with pytest.raises(FeedTrouble, match="answered 410") as caught:
        fetch(site.url())
    assert not isinstance(caught.value, FeedGone)


def test_the_host_that_asked_for_patience_is_named_wherever_a_redirect_led(site: Site, other_site: Site) -> None:
    site.give("/feed", status=302, headers={"Location": other_site.url(host="localhost")})
    other_site.give("/feed", status=429, headers={"Retry-After": "120"})
    with pytest.raises(FeedTrouble) as caught:
        fetch(site.url(), allowed=("127.0.0.1", "localhost"))
    assert caught.value.host == "localhost"


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_is_read_in_both_forms(site: Site, status: int) -> None:
    site.give("/feed", status=status, headers={"Retry-After": "120"})
    with pytest.raises(FeedTrouble) as caught:
        fetch(site.url())
    assert caught.value.retry_after == 120
    then = datetime.now(UTC) + timedelta(hours=1)
    site.give("/feed", status=status, headers={"Retry-After": format_datetime(then, usegmt=True)})
    with pytest.raises(FeedTrouble) as caught:
        fetch(site.url())
    assert caught.value.retry_after == pytest.approx(3600, abs=60)
    site.give("/feed", status=status, headers={"Retry-After": "soon"})
    with pytest.raises(FeedTrouble) as caught:
        fetch(site.url())
    assert caught.value.retry_after is None


def test_max_age_is_read(site: Site) -> None:
    site.give("/feed", RSS, headers={"Cache-Control": "public, max-age=600"})
    assert fetch(site.url()).max_age == timedelta(minutes=10)


def test_a_host_that_is_not_there_is_told_in_words() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        with pytest.raises(FeedTrouble, match="cannot be reached: the connection was refused"):
            fetch(f"http://127.0.0.1:{unused.getsockname()[1]}/feed")

    class Nowhere(AbstractResolver):
        async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> list[ResolveResult]:
            raise OSError(None, "unknown")

        async def close(self) -> None:
            """Nothing to close."""

    with pytest.raises(FeedTrouble, match=r"http://news\.example/feed cannot be reached: its host is not known"):
        fetch("http://news.example/feed", resolver=Nowhere())


def test_what_does_not_speak_http_is_trouble() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(1000)
                connection.sendall(b"220 mail ready\r\n")

        thread = threading.Thread(target=serve)
        thread.start()
        with pytest.raises(FeedTrouble, match="did not answer in HTTP"):
            fetch(f"http://127.0.0.1:{listener.getsockname()[1]}/")
        thread.join()


def ask_at_once(url: str, *, requests: int, connections: int) -> None:
    async def ask() -> None:
        async with open_fetcher(allowance=read_allowance(["127.0.0.1"]), connections_per_host=connections) as fetcher:
            await asyncio.gather(*(fetcher.fetch(FetchRequest(url=url)) for _ in range(requests)))

    asyncio.run(ask())


def test_a_host_has_one_request_in_flight(site: Site) -> None:
    lock, in_flight, most = threading.Lock(), [0], [0]

    def count(handler: BaseHTTPRequestHandler) -> None:
        with lock:
            in_flight[0] += 1
            most[0] = max(most[0], in_flight[0])
        time.sleep(0.01)
        with lock:
            in_flight[0] -= 1
        plain(RSS)(handler)

    site.answers["/feed"] = count
    ask_at_once(site.url(), requests=8, connections=1)
    assert most == [1]


def test_more_requests_are_in_flight_only_where_that_is_asked_for(site: Site) -> None:
    together = threading.Barrier(4, timeout=30)

    def meet(handler: BaseHTTPRequestHandler) -> None:
        together.wait()
        plain(RSS)(handler)

    site.answers["/feed"] = meet
    ask_at_once(site.url(), requests=8, connections=4)
    assert not together.broken


def test_the_wait_for_a_turn_does_not_count_against_the_deadline(site: Site) -> None:
    def linger(handler: BaseHTTPRequestHandler) -> None:
        time.sleep(0.2)
        plain(RSS)(handler)

    site.answers["/feed"] = linger

    async def ask() -> None:
        async with open_fetcher(allowance=read_allowance(["127.0.0.1"])) as fetcher:
            await asyncio.gather(*(fetcher.fetch(FetchRequest(url=site.url(), deadline=3)) for _ in range(20)))

    asyncio.run(ask())
    assert len(site.requests) == 20


def test_a_proxy_of_the_environment_is_used_although_it_is_local(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("http_proxy", site.url(""))
    monkeypatch.setenv("no_proxy", "")
    site.answers["http://news.example/feed"] = plain(RSS)
    assert fetch("http://news.example/feed", allowed=()).body == RSS
    with pytest.raises(FeedTrouble, match="is not opened: it is a loopback address"):
        fetch(site.url(), allowed=())


def test_a_certificate_must_be_trusted(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import ssl

    authority = trustme.CA()
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    site = Site()
    site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
    site.give("/feed", RSS)
    with site:
        url = f"https://127.0.0.1:{site.port}/feed"
        with pytest.raises(FeedTrouble, match="cannot be trusted"):
            fetch(url)
        authority.cert_pem.write_to_path(str(tmp_path / "ca.pem"))
        monkeypatch.setenv("SSL_CERT_FILE", str(tmp_path / "ca.pem"))
        assert fetch(url).body == RSS

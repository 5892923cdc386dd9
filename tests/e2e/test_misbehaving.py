"""Feeds that misbehave in every way that we know, beside one that does not: each has its reason in its health, all go on."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from tests.e2e.alerts import alerts
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.feeds.sites import Answer, Site, plain
from tests.servers import faults
from tests.servers.sinks import Sink

HOSTILE = b"<rss version='2.0'><channel>" + b"<item><guid>1</guid></item>" * 180_000

WAYS: dict[str, tuple[Answer, str]] = {
    "gzip": (faults.GZIP_BOMB, "sent more than 5 MB"),
    "brotli": (faults.BROTLI_BOMB, "sent more than 5 MB"),
    "large": (plain(b"<rss>" + bytes(6_000_000)), "sent more than 5 MB"),
    "unpacked": (faults.NOT_GZIP, "broke off or cannot be unpacked"),
    "truncated": (faults.truncate, "broke off or cannot be unpacked"),
    "drip": (faults.drip, "took too long to answer"),
    "redirects": (faults.redirect_for_ever, "redirects more than 5 times"),
    "circle": (plain(b"", status=302, headers={"Location": "/circle"}), "redirects in a circle"),
    "inside": (plain(b"", status=302, headers={"Location": "http://10.0.0.1/"}), "10.0.0.1 is not opened"),
    "metadata": (plain(b"", status=301, headers={"Location": "http://[::ffff:a9fe:a9fe]/"}), "is not opened"),
    "file": (plain(b"", status=301, headers={"Location": "file:///etc/passwd"}), "only http:// and https:// are opened"),
    "reset": (faults.reset, "closed the connection"),
    "page": (faults.WEB_PAGE, "a web page, not a feed"),
    "nothing": (faults.NOTHING, "the body is empty"),
    "json": (faults.NO_FEED, "JSON, but no JSON Feed"),
    "hostile": (plain(HOSTILE), "takes longer than 10 s to read"),
    "limited": (faults.unavailable(429, retry_after=600), "answered 429"),
    "away": (faults.unavailable(503), "answered 503"),
}


def health(program: Program) -> dict[str, dict[str, object]]:
    """How each feed fares, by the last part of its address."""
    command = [Path(sys.executable).with_name("factwatch"), "feeds", "list", "--format", "jsonl"]
    listed = subprocess.run(command, cwd=program.folder, env=program.environment, capture_output=True, text=True, check=True)
    rows = map(json.loads, listed.stdout.splitlines())
    return {row["url"].rpartition("/")[2]: row for row in rows}


def test_each_way_of_misbehaving_is_named_and_the_alert_comes_anyhow(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    # Each has a host of its own, as feeds mostly have, so that none waits for its turn behind another.
    with Site("0.0.0.0") as site:
        site.answers = {f"/{name}": answer for name, (answer, _) in WAYS.items()}
        urls = [site.url(f"/{name}", host=f"127.0.1.{number}") for number, name in enumerate(WAYS, start=1)]
        program.settings |= {"FACTWATCH_NOTIFY_URLS": sink.url("/alerts"), "FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.0/8"}
        program.write_rule(newsroom.url, *urls)
        program.start()
        settle(newsroom, program)
        newsroom.publish("Bridge late", opening("November 2028"))
        program.wait_for(lambda: alerts(sink))
        program.wait_for(lambda: all(any(url in line.get("why", "") for line in program.log) for url in urls), patience=120)
        found = health(program)
        assert program.end() == 0
    assert {name: reason in str(found[name]["last_error"]) for name, (_, reason) in WAYS.items()} == dict.fromkeys(WAYS, True)
    assert found["feed"]["health"] == "well"
    assert "Traceback" not in program.errors

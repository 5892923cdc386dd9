"""Marked secrets go through every path of the program, and come out nowhere but where they belong."""

from __future__ import annotations

import json
import re
import urllib.request
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.e2e.mortals import live
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.feeds.sites import Site
from tests.servers.sinks import Answer, Sink

SECRETS = {
    name: f"hush{name}"
    for name in ("feed", "query", "user", "header", "parameter", "token", "file", "beat", "proxy", "page", "database")
}
COMMANDS = (
    ("config",),
    ("config", "--format", "json"),
    ("check",),
    ("feeds", "list"),
    ("feeds", "list", "--format", "jsonl"),
    ("deliveries", "list"),
    ("deliveries", "list", "--format", "jsonl"),
    ("changes", "list", "--format", "jsonl"),
    ("facts", "--format", "jsonl"),
    ("notify", "--test"),
)


@pytest.fixture
def proxy() -> Iterator[Site]:
    """A proxy that opens nothing; plain requests by it are refused as well."""
    with Site() as site:
        yield site


def forms(secret: str) -> tuple[str, ...]:
    """As it is, and as a header for HTTP writes it."""
    return secret, b64encode(f"reader:{secret}".encode()).decode().rstrip("=")


def give_secrets(program: Program, newsroom: Newsroom, sink: Sink, proxy: Site) -> None:
    """Put one into each place where people put them."""
    names, folder = SECRETS, program.folder
    locked, beat = newsroom.site.url("/locked"), f"http://127.0.0.1:{sink.port}/{names['beat']}"
    newsroom.site.give("/locked", status=401)
    sink.answers |= {"/lost": Answer(status=410), "/away": Answer(status=503), "/refused": Answer(status=401)}
    place = f"127.0.0.1:{sink.port}"
    addresses = (
        f"json://reader:{names['user']}@{place}/alerts?+X-Token={names['header']}&:extra={names['parameter']}",
        f"json://reader:{names['user']}@{place}/lost?+X-Token={names['header']}",
        f"json://{place}/away?:extra={names['parameter']}",
    )
    (folder / "apprise.conf").write_text(f"desk=json://reader:{names['file']}@{place}/refused?-key={names['token']}\n")
    (folder / "password").write_text(names["page"] + "\n")
    (folder / "addresses").write_text(" ".join(addresses) + "\n")
    program.write_rule(newsroom.url, locked, f"http://far.example/feed?token={names['query']}")
    rule = program.rule.read_text().replace(f"url: '{locked}'", f"url: '{locked}', auth: paid")
    program.rule.write_text(rule + "notify: [desk]\n")
    program.settings |= {
        "FACTWATCH_AUTH_PAID": f"reader:{names['feed']}",
        "FACTWATCH_APPRISE_CONFIG": str(folder / "apprise.conf"),
        "FACTWATCH_NOTIFY_URLS_FILE": str(folder / "addresses"),
        "FACTWATCH_HEARTBEAT_URL": beat,
        "FACTWATCH_PASSWORD_FILE": str(folder / "password"),
        "FACTWATCH_LOG_LEVEL": "debug",
        "HTTP_PROXY": f"http://reader:{names['proxy']}@127.0.0.1:{proxy.port}",
        "NO_PROXY": "127.0.0.1",
    }


def pages(program: Program) -> str:
    """What the web page answers, refusals included."""
    (port,) = re.findall(r"http://127\.0\.0\.1:(\d+)", program.output.splitlines()[-1])[:1] or [""]
    answers = []
    for path in ("/", "/healthz", "/readyz", "/metrics", "/api/feeds", "/feeds", "/nothing"):
        request = urllib.request.Request(f"http://127.0.0.1:{port}{path}")
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        try:
            answers.append(opener.open(request).read().decode())
        except urllib.error.HTTPError as refusal:
            answers.append(refusal.read().decode())
    return "\n".join(answers)


@pytest.mark.timeout(300)
def test_no_secret_comes_out_anywhere(program: Program, newsroom: Newsroom, sink: Sink, proxy: Site) -> None:
    give_secrets(program, newsroom, sink, proxy)
    program.start()
    settle(newsroom, program)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for_event("message given up")
    program.wait_for(lambda: {"/alerts", "/lost", "/away", "/refused"} <= {path_of(one.path) for one in sink.requests})
    program.wait_for(lambda: proxy.requests and any(SECRETS["beat"] in one.path for one in sink.requests))
    seen = pages(program)
    assert program.end() == 0
    for command in COMMANDS:
        live(program, *command)
    live_with_a_lost_database(program)
    assert_all_were_used(newsroom, sink, proxy)
    told = {"output": program.output, "log": program.errors, "pages": seen, **database_of(program)}
    for place, text in told.items():
        for name, secret in SECRETS.items():
            for form in forms(secret):
                assert form not in text, f"the {name} secret stands in {place}: {around(text, form)}"


def path_of(path: str) -> str:
    return path.partition("?")[0]


def live_with_a_lost_database(program: Program) -> None:
    """Have it complain of a database server that is not there."""
    program.settings["FACTWATCH_DATABASE_URL"] = f"postgresql+psycopg://reader:{SECRETS['database']}@127.0.0.1:9/factwatch"
    for command in (("config",), ("poll",), ("run",), ("deliveries", "list")):
        live(program, *command)


def assert_all_were_used(newsroom: Newsroom, sink: Sink, proxy: Site) -> None:
    """The secrets did go where they belong: what hides nothing proves nothing."""
    headers = [dict(message) for _, message in [*newsroom.site.requests, *proxy.requests]]
    headers += [dict(request.headers) for request in sink.requests]
    used = json.dumps(headers) + "".join(path for path, _ in newsroom.site.requests + proxy.requests)
    used += "".join(f"{request.path} {request.body!r}" for request in sink.requests)
    for name in SECRETS.keys() - {"page", "database"}:
        assert any(form in used for form in forms(SECRETS[name])), f"the {name} secret was never used"


def database_of(program: Program) -> dict[str, str]:
    """The files of the database, byte for byte; rules belong to it with their addresses, all other secrets do not."""
    folder = program.folder / "state" / "factwatch"
    text = {path.name: path.read_bytes().decode("latin-1") for path in Path(folder).iterdir()}
    return {name: body.replace(f"http://far.example/feed?token={SECRETS['query']}", "") for name, body in text.items()}


def around(text: str, form: str) -> str:
    """The place with some of what stands about it."""
    at = text.index(form)
    return repr(text[max(0, at - 200) : at + 100])

"""`factwatch feeds preview`, as a person or a script runs it."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from tests.feeds.sites import RSS, Site

PROGRAM = [sys.executable, "-c", "from monitor.cli.app import main; main()", "feeds", "preview"]


def environment(**more: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("FACTWATCH_")}
    return kept | {"FACTWATCH_ALLOW_PRIVATE_HOSTS": "127.0.0.1", **more}


def run(*arguments: str, **more: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, check=False, env=environment(**more))


def test_every_address_is_answered_whatever_it_holds(site: Site, tmp_path: Path) -> None:
    site.give("/good", RSS)
    site.give("/page", b"<html><body>Hello</body></html>")
    site.give("/quiet", b"<rss version='2.0'><channel><title>Quiet</title></channel></rss>")
    addresses = [site.url("/good"), site.url("/page"), site.url("/quiet"), site.url("/missing"), "http://127.0.0.2/", "nonsense"]
    (tmp_path / "urls.txt").write_text("# comment\n" + "\n".join(addresses[1:]) + "\n\n")
    done = run(addresses[0], "--from", str(tmp_path / "urls.txt"), "--format", "jsonl")
    assert (done.returncode, done.stderr) == (0, "")
    rows: dict[str, dict[str, Any]] = {row["url"]: row for row in map(json.loads, done.stdout.splitlines())}
    assert set(rows) == set(addresses)
    assert rows[addresses[0]] == {
        "url": addresses[0],
        "ok": True,
        "error": None,
        "title": "News",
        "items": [
            {"id": "1", "title": "Plant opens", "url": "https://news.example/1", "published": None, "text": "It opened."},
        ],
    }
    assert (rows[addresses[2]]["ok"], rows[addresses[2]]["items"]) == (True, [])
    assert rows[addresses[1]]["error"] == "this is a web page, not a feed"
    assert [rows[address]["ok"] for address in (addresses[1], *addresses[3:])] == [False] * 4


def test_people_get_a_table(site: Site) -> None:
    site.give("/good", RSS)
    done = run(site.url("/good"), site.url("/missing"))
    assert done.returncode == 0
    assert "Plant opens" in done.stdout
    assert "answered 404 Not Found" in " ".join(done.stdout.split())


def test_many_addresses_of_one_host_are_asked_over_several_connections_and_that_is_said(site: Site) -> None:
    site.give("/good", RSS)
    done = run(*(site.url(f"/good?{number}") for number in range(30)), "--format", "jsonl")
    assert len(done.stdout.splitlines()) == 30
    assert "30 addresses are on 127.0.0.1" in done.stderr


def test_what_cannot_be_begun_is_the_users_fault(tmp_path: Path) -> None:
    assert run().returncode == 2
    missing = run("--from", str(tmp_path / "none.txt"))
    assert (missing.returncode, "cannot read" in missing.stderr) == (2, True)


def test_ctrl_c_ends_it_and_its_processes(site: Site) -> None:
    asked, released = threading.Event(), threading.Event()

    def hang(_: object) -> None:
        asked.set()
        released.wait(30)

    site.give("/good", RSS)
    site.answers["/hang"] = hang
    command = [*PROGRAM, site.url("/good"), site.url("/hang"), "--format", "jsonl"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(), start_new_session=True
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()
        asked.wait(30)
        os.killpg(program.pid, signal.SIGINT)
        _, complaint = program.communicate()
    released.set()
    # By our handler, or by Python's own where the signal met it while starting or while flushing.
    assert program.returncode in (130, 120, -signal.SIGINT)
    assert b"Traceback" not in complaint

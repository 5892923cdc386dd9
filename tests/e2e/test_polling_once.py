"""`factwatch poll`: one round, by itself or beside the daemon."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program


def run(program: Program, *arguments: str) -> subprocess.CompletedProcess[str]:
    """A command of the program, to its end."""
    command = [Path(sys.executable).with_name("factwatch"), *arguments]
    return subprocess.run(command, cwd=program.folder, env=program.environment, capture_output=True, text=True, check=False)


def test_a_poll_is_a_line_a_feed_and_then_the_alerts(program: Program, newsroom: Newsroom) -> None:
    dead = newsroom.site.url("/dead")
    program.write_rule(newsroom.url, dead)
    first = run(program, "poll")
    assert first.returncode == 0
    assert f"{newsroom.url}: 1 new item, 1 about a subject" in first.stdout
    assert f"{dead} answered 404" in first.stdout
    time.sleep(1.1)
    newsroom.publish("Bridge late", opening("November 2028"))
    second = run(program, "poll", "--feed", newsroom.url)
    assert second.returncode == 0
    assert dead not in second.stdout
    assert "Key: bridge/opening#1" in second.stdout


def test_a_feed_that_no_rule_names_is_the_users_fault(program: Program) -> None:
    answer = run(program, "poll", "--feed", "https://elsewhere.example/feed")
    assert answer.returncode == 2
    assert "no rule names the feed" in answer.stderr


def test_two_daemons_do_not_share_a_database(program: Program, newsroom: Newsroom) -> None:
    program.start()
    program.wait_for(lambda: newsroom.asked)
    second = run(program, "run")
    assert second.returncode == 3
    assert "another factwatch polls with the database" in second.stderr
    assert program.end() == 0

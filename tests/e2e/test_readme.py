"""The README keeps its word: its rule is in order, its news brings the alerts that it shows, and its commands run."""

from __future__ import annotations

import html
import re
import shlex
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.e2e.mortals import live
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import Program
from tests.feeds.sites import Site
from tests.servers.mail import open_mailbox
from tests.servers.models import open_model
from tests.servers.slack import ADDRESS, open_slack

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
FILES = dict(re.findall(r"```yaml (\S+)\n(.*?)```", README, re.DOTALL))
COMMANDS = [
    re.split(r"\s# ", line)[0].strip()
    for block in re.findall(r"```sh\n(.*?)```", README, re.DOTALL)
    for line in block.splitlines()
    if line.startswith("factwatch ")
]
TOLD_ON = "24 November 2026"  # in the README
SITE, SERVER = "https://example.org", "postgresql+psycopg://factwatch@db.example.org/factwatch"
ANNOUNCEMENT = (
    "Northport, 3 November 2026. The Harbour Ferry will start service in May 2033, the city said. It will cost 12 million euros."
)


@pytest.fixture
def newsroom(site: Site) -> Newsroom:
    """The outlet of the README, without news so far."""
    site.give("/", b"<html><head><link rel='alternate' type='application/rss+xml' href='/news.xml'></head></html>")
    return Newsroom(site=site, path="/news.xml")


@pytest.fixture
def program(tmp_path: Path, newsroom: Newsroom) -> Program:
    """The program with the two files of the README, which has visited the outlet once."""
    program = Program(folder=tmp_path)
    for name, text in FILES.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text.replace(SITE + "/news", newsroom.site.url("/news")), encoding="utf-8")
    newsroom.publish("The ferry runs again", "After the storm the ferry runs again.")
    assert live(program, "poll") == 0, program.errors
    return program


def break_the_news(newsroom: Newsroom) -> None:
    told = re.search(r'A feed brings: \*"(.*?)"\*', README, re.DOTALL)
    assert told
    time.sleep(1.1)  # dates have no fractions, and what is older than the first visit is history
    newsroom.publish("Harbour Bridge to open a year late", " ".join(told[1].split()), guid="bridge-late")


def poll_until(fact: Callable[[], bool], program: Program) -> None:
    """Poll again and again, since each destination has its pace."""
    for _ in range(10):
        assert live(program, "poll") == 0, program.errors
        if fact():
            return
    raise AssertionError(f"it did not come about:\n{program.output}\n{program.errors}")


def as_shown(text: str, newsroom: Newsroom) -> str:
    """A message with the README's day and addresses."""
    today = datetime.now(UTC)
    return text.replace(f"{today.day} {today:%B} {today.year}", TOLD_ON).replace(newsroom.site.url(""), SITE)


def bare(text: str) -> str:
    """The words of a text in Markdown, of GitHub's kind or of Slack's."""
    text = re.sub(r"\[([^\]]*)\]\([^)]*\)", r"\1", html.unescape(text))
    text = re.sub(r"<[^|>]*\|([^>]*)>", r"\1", text)
    return " ".join(re.sub(r"[*`>_]", " ", text).split())


def body_of(mail: EmailMessage) -> str:
    part = mail.get_body(("plain",))
    assert part is not None
    return str(part.get_content())


def test_the_news_brings_the_mail_that_is_shown(program: Program, newsroom: Newsroom) -> None:
    shown = re.search(r"```text\nSubject: (.*?)\n\n(.*?)```", README, re.DOTALL)
    assert shown
    break_the_news(newsroom)
    with open_mailbox() as mailbox:
        program.settings["FACTWATCH_NOTIFY_URLS"] = mailbox.url("desk@example.org")
        poll_until(lambda: bool(mailbox.mails), program)
        (mail,) = mailbox.mails  # the other one waits for its turn
        assert mail["Subject"] == shown[1]
        assert as_shown(body_of(mail), newsroom).split() == shown[2].split()


def test_the_news_brings_the_alert_that_is_shown_in_slack(program: Program, newsroom: Newsroom, tmp_path: Path) -> None:
    block = re.search(r"the first:\n\n((?:>.*\n)+)", README)
    assert block
    break_the_news(newsroom)
    with open_slack(tmp_path) as slack:
        program.settings |= {"FACTWATCH_NOTIFY_URLS": ADDRESS, **slack.environment}
        poll_until(lambda: len(slack.payloads) == 2, program)
        told = [bare(as_shown(str(one), newsroom)) for one in slack.payloads]
    lines = [line for line in (bare(line) for line in block[1].splitlines()) if line]
    assert any(all(line in text for line in lines) for text in told), (lines, told)


@pytest.fixture
def surroundings(program: Program, newsroom: Newsroom, make_postgresql: Callable[[], str]) -> Iterator[dict[str, str]]:
    """What the commands need beside the rule: a document, labelled items, a model, a server; gives what to put for what."""
    (program.folder / "announcement.txt").write_text(ANNOUNCEMENT, encoding="utf-8")
    golden, news = program.folder / "tests" / "golden" / "news", ROOT / "tests" / "golden" / "news"
    for name in ("rules/xiaomi-ev.yaml", "seeds/xiaomi-ev.yaml", "xiaomi.jsonl"):
        (golden / name).parent.mkdir(parents=True, exist_ok=True)
        lines = (news / name).read_text(encoding="utf-8").splitlines(keepends=True)
        (golden / name).write_text("".join(lines[:3] if name.endswith("jsonl") else lines), encoding="utf-8")
    with open_model() as model:
        program.settings |= {"FACTWATCH_READER_URL": model.url, "FACTWATCH_READER_MODEL": "any"}
        yield {SITE: newsroom.site.url(""), SERVER: make_postgresql()}


def test_every_command_runs(program: Program, newsroom: Newsroom, surroundings: dict[str, str]) -> None:
    break_the_news(newsroom)
    assert live(program, "poll") == 0, program.errors
    assert len(COMMANDS) > 15
    for command in COMMANDS:
        line = command
        for shown, real in surroundings.items():
            line = line.replace(shown, real)
        assert live(program, *shlex.split(line)[1:]) == 0, f"{command}\n{program.output[-2000:]}\n{program.errors[-2000:]}"

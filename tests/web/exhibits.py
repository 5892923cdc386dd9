"""Pictures of the pages for README.md: the shipped watch lives through its archive, each article on its day.

Run it again after the pages have changed: ``python -m tests.web.exhibits [FOLDER]``; with a folder it takes all pages in light,
dark and at a phone's width, to be looked at.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from html import escape
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from monitor.config.settings import load_settings
from monitor.core.changes import ChangeState
from monitor.jobs.reviewing import dismiss
from monitor.jobs.seeding import seed
from monitor.store import changes
from monitor.wiring import open_context
from tests.e2e.newsrooms import Newsroom
from tests.e2e.programs import Program
from tests.feeds.sites import Site
from tests.jobs.rooms import Clock, Room
from tests.web.browsers import Window, open_window
from tests.web.desks import Desk, open_desk

ROOT = Path(__file__).parents[2]
SHELF = ROOT / "monitor" / "web" / "screenshots"
BEGIN, END = datetime(2023, 11, 11, tzinfo=UTC), datetime(2026, 1, 7, 15, 30, tzinfo=UTC)
FACT = "/watches/xiaomi-ev/price"
PAGES = {
    "changes": "/changes",
    "change": "/changes/xiaomi-ev/price%231",
    "overview": "/overview",
    "watches": "/watches",
    "watch": "/watches/xiaomi-ev",
    "fact": FACT,
    "lab": "/lab",
    "feeds": "/feeds",
    "deliveries": "/deliveries",
}


@contextmanager
def open_exhibition(folder: Path) -> Iterator[Desk]:
    """The shipped watch after two years, with some of its changes decided."""
    articles = [json.loads(line) for line in (ROOT / "seeds" / "xiaomi-ev.archive.jsonl").read_text("utf-8").splitlines()]
    with Site() as site:
        outlets = {name: Newsroom(site=site, path=f"/{_digest(name)}") for name in {article["source"] for article in articles}}
        write_rules(folder, outlets)
        program, clock = Program(folder=folder), Clock(moment=BEGIN)
        environment = {**program.environment, "FACTWATCH_RULES": str(folder / "rules")}
        with open_context(load_settings(environment)) as built:
            room = Room(context=replace(built, now=clock, jitter=lambda: 0.5), clock=clock, program=program)
            seed(room.context)
            room.poll()
            for article in articles:
                publish(room, outlets[article["source"]], article)
            clock.moment = END
            settle_conflicts(room)
            with open_desk(room) as desk:
                yield desk


def write_rules(folder: Path, outlets: Mapping[str, Newsroom]) -> None:
    """The shipped rule and its seed, but with the archive's outlets for feeds, so that nothing is known beforehand."""
    feeds = [f"  - {{url: '{newsroom.url}', label: {name}}}" for name, newsroom in sorted(outlets.items())]
    text = (ROOT / "rules" / "xiaomi-ev.yaml").read_text("utf-8")
    before, _, rest = text.partition("\nfeeds:\n")
    lines = [line for line in before.splitlines() if not line.startswith("archive:")]
    (folder / "rules").mkdir()
    (folder / "seeds").mkdir()
    rule = "\n".join([*lines, "feeds:", *feeds, "facts:", rest.partition("\nfacts:\n")[2]])
    (folder / "rules" / "xiaomi-ev.yaml").write_text(rule, encoding="utf-8")
    (folder / "seeds" / "xiaomi-ev.yaml").write_bytes((ROOT / "seeds" / "xiaomi-ev.yaml").read_bytes())


def publish(room: Room, outlet: Newsroom, article: Mapping[str, Any]) -> None:
    """Have an outlet bring an article on its day, and be heard."""
    day = datetime.fromisoformat(article["published"]).replace(tzinfo=UTC)
    room.clock.moment = max(room.clock.moment, day) + timedelta(minutes=47)
    guid = _digest(article["title"])
    outlet.publish(escape(article["title"]), escape(article["body"]), published=day + timedelta(minutes=5), guid=guid)
    room.poll(outlet.url)


def settle_conflicts(room: Room) -> None:
    """Do what somebody at the desk would have done by then."""
    with room.context.store.reading() as connection:
        found = changes.list_newest(connection, states=[ChangeState.CONFLICT])
    for change in found:
        dismiss(room.context, change.key, note="another number")


def _digest(text: str) -> str:
    return sha256(text.encode()).hexdigest()[:10]


# --- taking pictures --------------------------------------------------------------------------------


def take_for_readme(desk: Desk) -> None:
    """The inbox with an open change, and the page of a fact; small enough for a page that many load."""
    SHELF.mkdir(exist_ok=True)
    with open_window(width=1040, height=600) as window:
        window.open(f"{desk.url}/changes")
        window.page.locator("#list li a", has_text="Annual capacity").first.click()
        window.page.locator("#detail article").wait_for()
        take(window, SHELF / "changes.png")
    with open_window(width=1000, height=680) as window:
        window.open(f"{desk.url}{FACT}")
        take(window, SHELF / "fact.png")


def take_all(desk: Desk, folder: Path) -> None:
    """Each page in light, in dark, and as a phone shows it."""
    for look, width, height, scheme in (("light", 1280, 850, "light"), ("dark", 1280, 850, "dark"), ("phone", 390, 844, "light")):
        with open_window(width=width, height=height, scheme=scheme) as window:
            for name, path in PAGES.items():
                window.open(f"{desk.url}{path}")
                take(window, folder / f"{name}-{look}.png", is_whole=look == "phone")


def take(window: Window, path: Path, *, is_whole: bool = False) -> None:
    """One picture, once nothing moves."""
    # The line on which the page listens never falls idle, so that cannot be waited for.
    window.page.wait_for_timeout(400)
    window.page.screenshot(path=path, full_page=is_whole)


if __name__ == "__main__":
    with TemporaryDirectory() as folder, open_exhibition(Path(folder)) as desk:
        if sys.argv[1:]:
            take_all(desk, Path(sys.argv[1]))
        else:
            take_for_readme(desk)

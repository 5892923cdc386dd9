"""A context of the real parts, with a clock that tests set, and short ways to use it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from monitor.config.settings import load_settings
from monitor.core.changes import Change, History
from monitor.core.messages import Message
from monitor.jobs.context import Context
from monitor.jobs.digesting import send_digest
from monitor.jobs.polling import Polled
from monitor.jobs.reloading import reload_rules
from monitor.jobs.running_once import find_feeds, poll_once
from monitor.jobs.seeding import seed
from monitor.store import facts, feeds, outbox
from monitor.store.feeds import Feed
from monitor.wiring import open_context, open_network
from tests.e2e.programs import Program

BEGIN = datetime(2026, 6, 1, 12, tzinfo=UTC)


@dataclass(slots=True)
class Clock:
    """The time that it is said to be."""

    moment: datetime = BEGIN

    def __call__(self) -> datetime:
        return self.moment

    def pass_by(self, **time: float) -> None:
        """Let time go by."""
        self.moment += timedelta(**time)


@dataclass(slots=True, kw_only=True)
class Room:
    """A context with what belongs to it."""

    context: Context
    clock: Clock
    program: Program

    def rewrite(self, old: str, new: str) -> None:
        """Change the rule and take it up."""
        text = self.program.rule.read_text(encoding="utf-8")
        assert old in text
        self.program.rule.write_text(text.replace(old, new), encoding="utf-8")
        assert reload_rules(self.context)

    def poll(self, url: str | None = None) -> list[Polled]:
        """Poll all feeds once, or one, whether due or not, with all that follows but the sending."""

        async def ask() -> list[Polled]:
            async with open_network(self.context.settings) as network:
                return [one async for one in poll_once(self.context, network, find_feeds(self.context, url))]

        return asyncio.run(ask())

    @property
    def feed(self) -> Feed:
        """The only feed."""
        with self.context.store.reading() as connection:
            (feed,) = feeds.list_all(connection)
        return feed

    @property
    def messages(self) -> list[Message]:
        """What was ever put in the outbox, oldest first."""
        with self.context.store.reading() as connection:
            return [record.delivery.message for record in outbox.list_newest(connection)][::-1]

    @property
    def keys(self) -> list[str]:
        """The keys of these messages; of a digest, that it is one."""
        keys = [message.key for message in self.messages]
        return ["digest" if key.startswith("digest/") else key for key in keys]

    def history(self, fact: str = "opening") -> History:
        """One fact's history."""
        with self.context.store.reading() as connection:
            history = facts.load_history(connection, "bridge", fact)
        assert history is not None
        return history

    def values(self, fact: str = "opening") -> list[str]:
        """What was said of a fact, step by step."""
        return [str(change.new) for change in self.history(fact).changes]

    def last(self, fact: str = "opening") -> Change:
        """The newest step of a fact."""
        return self.history(fact).changes[-1]


@contextmanager
def open_room(folder: Path, *urls: str, archive: str = "", **settings: str) -> Iterator[Room]:
    """A room with the bridge's rule, seeded, its first digest in the outbox."""
    program, clock = Program(folder=folder), Clock()
    program.write_rule(*urls, archive=archive)
    environment = {**program.environment, **settings, "FACTWATCH_RULES": str(folder / "rules")}
    with open_context(load_settings(environment)) as built:
        context = replace(built, now=clock, jitter=lambda: 0.5)
        seed(context)
        send_digest(context, is_quiet=True)
        yield Room(context=context, clock=clock, program=program)

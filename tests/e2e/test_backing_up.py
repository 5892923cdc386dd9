"""Copies that are taken while the program polls and tells are each of one moment, and the program goes on from any of them."""

from __future__ import annotations

import signal
import time
from datetime import UTC, datetime
from pathlib import Path

from monitor.store import facts, outbox, safekeeping
from monitor.store.engine import open_store
from tests.e2e.alerts import keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_crashes import month_after
from tests.e2e.test_watching import settle
from tests.servers.sinks import Answer, Sink

COPIES = 4
NEWS_A_COPY = 3


def look_into(copy: Path) -> tuple[list[int], set[str]]:
    """The steps of the ledger, and the keys of the messages in the outbox."""
    store = open_store(f"sqlite:///{copy}")
    with store.reading() as connection:
        history = facts.load_history(connection, "bridge", "opening")
        messages = {record.delivery.message.key for record in outbox.list_newest(connection)}
    store.close()
    assert history is not None
    return [change.sequence for change in history.changes], messages


def test_a_copy_under_load_is_of_one_moment_and_is_gone_on_from(
    program: Program, newsroom: Newsroom, sink: Sink, tmp_path: Path
) -> None:
    sink.answers["/alerts"] = Answer(after=0.1)
    program.settings["FACTWATCH_NOTIFY_URLS"] = sink.url("/alerts")
    program.start()
    settle(newsroom, program)
    published = 0
    store = program.open_store()
    for number in range(COPIES):
        for _ in range(NEWS_A_COPY):
            published += 1
            newsroom.publish(f"Bridge, part {published}", opening(month_after(published)))
            time.sleep(0.4)
        safekeeping.back_up(store, tmp_path / f"copy-{number}")
    store.close()
    assert program.end(signal.SIGKILL) == -signal.SIGKILL

    for number in range(COPIES):
        steps, messages = look_into(tmp_path / f"copy-{number}")
        assert steps == list(range(1, len(steps) + 1))
        assert messages == {f"bridge/opening#{step}" for step in steps}, "what moved is to be told, and nothing else"

    url = f"sqlite:///{program.folder / 'state' / 'factwatch' / 'factwatch.db'}"
    replaced = safekeeping.restore(tmp_path / "copy-1", url, now=datetime.now(UTC))
    assert replaced is not None
    program.start()
    told = {f"bridge/opening#{step}" for step in range(1, published + 1)}
    program.wait_for(lambda: told <= keys(sink).keys())
    assert program.end() == 0
    assert look_into(program.folder / "state" / "factwatch" / "factwatch.db") == (list(range(1, published + 1)), told)

"""A process that is killed leaves what it had committed, and nothing of what it had not."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace

import pytest

from monitor.core.changes import Evidence
from monitor.core.verdicts import Verdict
from monitor.store import facts, items, notes, outbox
from monitor.store.engine import Store, open_store
from tests.store.builders import BASELINE, NOW, add_feed, change, claim, message, sighting

STAGES = ("items", "ledger", "outbox", "committed")
COUNTS = 25

_WRITER = """
import os, signal, sys
from tests.store.test_crashes import write_everything
write_everything(sys.argv[1], die_after=sys.argv[2], die=lambda: os.kill(os.getpid(), signal.SIGKILL))
"""
_COUNTER = """
import sys
from tests.store.test_crashes import count_up
count_up(sys.argv[1])
"""


def write_everything(url: str, *, die_after: str, die: object) -> None:
    """All that one item brings, in one transaction, killed after one of its stages."""
    assert callable(die)
    store = open_store(url)
    with store.transaction() as connection:
        (version,) = items.store(connection, add_feed(connection), [sighting("new")], now=NOW)
        if die_after == "items":
            die()
        history = facts.load_history(connection, "car", "launch")
        assert history is not None
        support = Evidence(claim=claim(version.item), verdict=Verdict.CHANGES)
        facts.save_history(connection, history, replace(history, changes=(change(1, (support,)),)))
        if die_after == "ledger":
            die()
        outbox.enqueue(connection, message("car/launch#1"), destination="slack", order_key="car/launch", now=NOW)
        if die_after == "outbox":
            die()
    die()


def count_up(url: str) -> None:
    store = open_store(url)
    for _ in range(COUNTS):
        with store.transaction() as connection:
            notes.write(connection, "counter", (notes.read(connection, "counter") or 0) + 1)
    store.close()


def spawn(program: str, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-c", program, *arguments])


@pytest.mark.parametrize("stage", STAGES)
def test_a_kill_in_a_transaction_leaves_all_of_it_or_nothing(store: Store, database_url: str, stage: str) -> None:
    with store.transaction() as connection:
        facts.sync_baselines(connection, "car", {"launch": BASELINE}, now=NOW)
    assert spawn(_WRITER, database_url, stage).wait() == -9
    with store.transaction() as connection:
        history = facts.load_history(connection, "car", "launch")
        assert history is not None
        found = (len(items.list_newest(connection)), len(history.changes), len(outbox.list_newest(connection)))
    assert found == ((1, 1, 1) if stage == "committed" else (0, 0, 0))


def test_no_update_is_lost_between_processes(store: Store, database_url: str) -> None:
    children = [spawn(_COUNTER, database_url) for _ in range(2)]
    count_up(database_url)
    assert [child.wait() for child in children] == [0, 0]
    with store.reading() as connection:
        assert notes.read(connection, "counter") == 3 * COUNTS

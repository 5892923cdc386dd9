"""A disk that is full and a database that another process holds: a clear error, no lost change, and recovery without hands."""

from __future__ import annotations

import resource
import sqlite3
import time
from pathlib import Path

from tests.e2e.alerts import keys
from tests.e2e.newsrooms import Newsroom, opening
from tests.e2e.programs import Program
from tests.e2e.test_watching import settle
from tests.servers.sinks import Sink

TOO_SMALL = 64 << 10
"""Bytes; the logs fit in, the database and what it writes ahead do not."""


def folder_of(program: Program) -> Path:
    """Where the database lies."""
    return program.folder / "state" / "factwatch"


def limit_files(program: Program, size: int) -> None:
    """Let no file of the running program grow beyond a size."""
    assert program.process is not None
    _, hard = resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE)
    resource.prlimit(program.process.pid, resource.RLIMIT_FSIZE, (size, hard))


def begin(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    """Run, and be between two visits."""
    program.settings |= {"FACTWATCH_NOTIFY_URLS": sink.url("/alerts"), "FACTWATCH_LOG_LEVEL": "debug"}
    program.start()
    settle(newsroom, program)
    visits = program.errors.count('"feed read"')
    program.wait_for(lambda: program.errors.count('"feed read"') > visits)


def test_a_full_disk_is_one_clear_line_and_the_change_is_told_once_there_is_room(
    program: Program, newsroom: Newsroom, sink: Sink
) -> None:
    begin(program, newsroom, sink)
    limit_files(program, TOO_SMALL)
    newsroom.publish("Bridge late", opening("November 2028"))
    program.wait_for_event("not done; it is tried again")
    limit_files(program, resource.RLIM_INFINITY)
    program.wait_for(lambda: keys(sink))
    assert program.end() == 0
    (why,) = {line["why"] for line in program.log if line["event"] == "not done; it is tried again"}
    assert str(folder_of(program) / "factwatch.db") in why
    assert "nothing was written" in why
    assert keys(sink) == {"bridge/opening#1": 1}
    assert "Traceback" not in program.errors


def test_a_locked_database_is_waited_for(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    begin(program, newsroom, sink)
    other = sqlite3.connect(folder_of(program) / "factwatch.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    newsroom.publish("Bridge late", opening("November 2028"))
    time.sleep(2)
    assert not sink.requests
    other.rollback()
    other.close()
    program.wait_for(lambda: keys(sink))
    assert program.end() == 0
    assert keys(sink) == {"bridge/opening#1": 1}


def test_nobody_else_can_read_what_the_program_keeps(program: Program, newsroom: Newsroom, sink: Sink) -> None:
    begin(program, newsroom, sink)
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder_of(program).iterdir()}
    assert program.end() == 0
    assert modes.keys() >= {"factwatch.db", "factwatch.db-wal", "factwatch.db-shm", "factwatch.db.lock"}
    assert set(modes.values()) == {0o600}
    assert folder_of(program).stat().st_mode & 0o777 == 0o700

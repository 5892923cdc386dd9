"""Processes that parse: a job may fail, hang or crash, and the next one is answered all the same."""

from __future__ import annotations

import asyncio
import operator
import os
import signal
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TypeVar

import pytest

from monitor.errors import FeedTrouble
from monitor.feeds.parsing import parse_feed
from monitor.feeds.workers import Workers, open_workers
from tests.feeds.sites import RSS

T = TypeVar("T")

# Each holds its parser for many seconds, some for minutes.
HOSTILE_BODIES = {
    "nested": b"<a>" * 1_000_000,
    "attributes": b"<item " + b" ".join(b"a%d='1'" % number for number in range(250_000)) + b"/>",
    "items": b"<item><guid>1</guid></item>" * 150_000,
    "authors": b"<item>" + b"<author>a@b.c (x)</author>" * 150_000 + b"</item>",
    "bases": b"".join(b"<a xml:base='x%d'>" % number for number in range(150_000)),
}

# Its pattern is tried anew at every letter, without end within anyone's patience.
HOSTILE_PATTERN, HOSTILE_TEXT = r"(a+)+$", "a" * 40 + "b"


def with_workers(use: Callable[[Workers], Awaitable[T]], *, count: int = 1, deadline: float = 10) -> T:
    async def run() -> T:
        async with open_workers(count=count, deadline=deadline) as workers:
            return await use(workers)

    return asyncio.run(run())


def is_running(process: int) -> bool:
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_job_is_answered_by_another_process_that_stays() -> None:
    async def use(workers: Workers) -> tuple[int, int]:
        return await workers.run(os.getpid), await workers.run(os.getpid)

    first, second = with_workers(use)
    assert first == second != os.getpid()
    assert not is_running(first)


def test_a_trouble_crosses_over_and_any_other_failure_becomes_one() -> None:
    async def use(workers: Workers) -> None:
        with pytest.raises(FeedTrouble, match="the body is empty"):
            await workers.run(parse_feed, b"", url="https://news.example/")
        with pytest.raises(FeedTrouble, match=r"cannot be read \(ZeroDivisionError\)"):
            await workers.run(operator.truediv, 1, 0)
        with pytest.raises(FeedTrouble, match="needs too much memory"):
            await workers.run(bytearray, 2 << 30)

    with_workers(use)


def test_a_job_that_hangs_in_c_code_is_killed_and_the_next_is_answered() -> None:
    import re

    async def use(workers: Workers) -> None:
        before = await workers.run(os.getpid)
        with pytest.raises(FeedTrouble, match=r"takes longer than 0\.3 s to read"):
            await workers.run(re.match, HOSTILE_PATTERN, HOSTILE_TEXT)
        assert not is_running(before)
        assert await workers.run(os.getpid) != before

    with_workers(use, deadline=0.3)


@pytest.mark.parametrize("body", HOSTILE_BODIES.values(), ids=HOSTILE_BODIES)
def test_a_hostile_document_of_megabytes_is_given_up_at_the_deadline_and_the_next_is_read(body: bytes) -> None:
    hostile = b"<rss version='2.0'><channel>" + body

    async def use(workers: Workers) -> None:
        await workers.run(parse_feed, RSS, url="https://news.example/")  # so that the deadline is not spent on imports
        with pytest.raises(FeedTrouble, match=r"takes longer than 1 s to read"):
            await workers.run(parse_feed, hostile, url="https://news.example/")
        assert (await workers.run(operator.add, 1, 2)) == 3

    assert 2_000_000 < len(hostile) < 5_000_000
    with_workers(use, deadline=1)


def test_a_job_that_brings_its_process_down_is_trouble_and_the_next_is_answered() -> None:
    async def use(workers: Workers) -> None:
        with pytest.raises(FeedTrouble, match="broke its parser"):
            await workers.run(os.abort)
        assert await workers.run(operator.add, 1, 2) == 3

    with_workers(use)


def test_what_a_job_prints_does_not_disturb_the_answers() -> None:
    async def use(workers: Workers) -> None:
        assert await workers.run(print, "noise") is None
        assert await workers.run(os.write, 1, b"noise") == 5
        assert await workers.run(operator.add, 1, 2) == 3

    with_workers(use)


def test_as_many_jobs_run_at_once_as_there_are_processes() -> None:
    async def use(workers: Workers) -> set[int]:
        async def job() -> int:
            await workers.run(time.sleep, 0.2)
            return await workers.run(os.getpid)

        return set(await asyncio.gather(*(job() for _ in range(8))))

    assert 1 <= len(with_workers(use, count=2)) <= 2


def test_leaving_ends_a_process_at_work() -> None:
    async def leave() -> int:
        async with open_workers() as workers:
            process = await workers.run(os.getpid)
            asyncio.get_running_loop().create_task(workers.run(time.sleep, 60))
            await asyncio.sleep(0.1)
        return process

    assert not is_running(asyncio.run(leave()))


def test_ctrl_c_is_left_to_the_parent() -> None:
    async def use(workers: Workers) -> None:
        process = await workers.run(os.getpid)
        os.kill(process, signal.SIGINT)
        assert await workers.run(os.getpid) == process

    with_workers(use)


@pytest.mark.parametrize("job", ["operator.add, 1, 2", "time.sleep, 60"])
def test_no_process_outlives_a_parent_that_was_killed(job: str) -> None:
    program = f"""
import asyncio, operator, os, sys, time
from monitor.feeds.workers import open_workers
async def main():
    async with open_workers(deadline=1) as workers:
        print(await workers.run(os.getpid), flush=True)
        await workers.run({job})
        await asyncio.sleep(60)
asyncio.run(main())
"""
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        parent.kill()
    for _ in range(200):
        if not is_running(worker):
            break
        time.sleep(0.05)
    assert not is_running(worker)


def test_an_author_of_a_hundred_kilobytes_holds_nobody_up() -> None:
    author = b"a." * 50_000
    body = b"<rss version='2.0'><channel><item><guid>1</guid><author>" + author + b"</author></item></channel></rss>"

    async def use(workers: Workers) -> None:
        feed = await workers.run(parse_feed, body, url="https://news.example/")
        assert [len(name) for name in feed.entries[0].authors] == [200]

    with_workers(use)

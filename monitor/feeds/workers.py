"""A few processes that parse for us; one that a document holds beyond its deadline dies, and another takes its place."""

from __future__ import annotations

import asyncio
import pickle
import queue
import signal
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import IO, Any, ParamSpec, TypeVar, cast

from monitor.errors import FeedTrouble
from monitor.feeds.worker import Job, receive, send

P = ParamSpec("P")
T = TypeVar("T")


class Workers:
    """Runs functions of ours in other processes; made by ``open_workers``."""

    def __init__(self, *, count: int, deadline: float) -> None:
        self._deadline = deadline
        self._workers = tuple(_Worker() for _ in range(count))
        self._idle: queue.SimpleQueue[_Worker] = queue.SimpleQueue()
        for worker in self._workers:
            self._idle.put(worker)
        self._threads = ThreadPoolExecutor(max_workers=count, thread_name_prefix="parsing")

    async def run(self, work: Callable[P, T], /, *args: P.args, **options: P.kwargs) -> T:
        """The result of a module's function, which must not depend on anything but its arguments.

        Raises:
            FeedTrouble: The function raised it, failed in another way, took too long or brought its process down.
        """
        job = Job(work=work, arguments=args, options=options, deadline=self._deadline)
        answer: T | FeedTrouble = await asyncio.get_running_loop().run_in_executor(self._threads, self._run, job)
        if isinstance(answer, FeedTrouble):
            raise answer
        return answer

    def close(self) -> None:
        """End all processes, also those at work."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.kill()
        self._threads.shutdown(wait=True)
        for worker in self._workers:
            worker.stop()

    def _run(self, job: Job) -> Any:
        worker = self._idle.get()
        try:
            return worker.run(job)
        finally:
            self._idle.put(worker)


@asynccontextmanager
async def open_workers(*, count: int = 1, deadline: float = 10.0) -> AsyncIterator[Workers]:
    """Workers for as long as the block lasts; processes start at their first job.

    Args:
        deadline: Seconds that one job may take.
    """
    workers = Workers(count=count, deadline=deadline)
    try:
        yield workers
    finally:
        workers.close()


class _Worker:
    """A seat for one process, used by one thread at a time."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None

    def run(self, job: Job) -> Any:
        if self._process is None or self._process.poll() is not None:
            self.stop()
            self._process = _start()
        process = self._process
        answer = _ask(process, pickle.dumps(job))
        if answer is not None:
            return pickle.loads(answer)  # noqa: S301 - it comes from our own child
        self.stop()
        if process.returncode == -signal.SIGALRM:
            return FeedTrouble(f"the document takes longer than {job.deadline:g} s to read")
        return FeedTrouble("the document broke its parser")

    def kill(self) -> None:
        """End the process; may be called while another thread waits for its answer."""
        if self._process is not None:
            self._process.kill()

    def stop(self) -> None:
        """End the process and forget it."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-m", "monitor.feeds.worker"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )


def _ask(process: subprocess.Popen[bytes], question: bytes) -> bytes | None:
    """The answer, or None where the process ended first."""
    with suppress(BrokenPipeError):
        send(cast("IO[bytes]", process.stdin), question)
        return receive(cast("IO[bytes]", process.stdout))
    return None

"""The real command on a terminal of its own, with somebody who answers its questions."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
from collections.abc import Mapping
from contextlib import suppress
from types import TracebackType
from typing import Self

# Makes the terminal the one whose Ctrl-C interrupts the command, as a shell would.
_START = """
import fcntl, termios
fcntl.ioctl(0, termios.TIOCSCTTY, 0)
from monitor.cli.app import main
main()
"""


class Terminal:
    """A command that believes to sit before a person."""

    def __init__(self, *arguments: str, environment: Mapping[str, str]) -> None:
        """Start it."""
        self._ours, theirs = pty.openpty()
        self._process = subprocess.Popen(
            [sys.executable, "-c", _START, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            env={**os.environ, "TERM": "dumb", **environment},
            start_new_session=True,
        )
        os.close(theirs)
        self.seen = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)

    def answer(self, question: str, reply: str) -> None:
        """Wait for a question and type an answer; what was seen before it is forgotten."""
        self._read_until(question)
        self.seen = self.seen.partition(question)[2]
        os.write(self._ours, f"{reply}\n".encode())

    def interrupt(self, question: str) -> None:
        """Wait for a question and press Ctrl-C until it ends: one that comes just before the command reads is not seen by it."""
        self._read_until(question)
        while self._process.poll() is None:
            os.write(self._ours, b"\x03")
            with suppress(subprocess.TimeoutExpired):
                self._process.wait(timeout=2)

    def end(self) -> int:
        """The exit status, once it has ended; ``seen`` is all that it said since the last answer."""
        self._read_until("")
        return self._process.wait(timeout=60)

    def _read_until(self, question: str) -> None:
        while not question or question not in self.seen:
            readable, _, _ = select.select([self._ours], [], [], 60)
            assert readable, f"waited for {question!r}, saw {self.seen!r}"
            try:
                piece = os.read(self._ours, 65536)
            except OSError:  # the other side has closed it
                piece = b""
            if not piece:
                assert not question, f"waited for {question!r}, saw {self.seen!r}"
                return
            self.seen += piece.decode()

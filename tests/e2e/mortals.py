"""The program in a process that kills itself at a chosen spot of its code, as the end of the power would.

The processes are forks of one that has loaded the words of all languages already: a start takes a moment, not seconds.
"""

from __future__ import annotations

import faulthandler
import os
import signal
import sys
import threading
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from types import FrameType
from typing import Any, Literal, Protocol

from tests.e2e.programs import Program

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(["tests.e2e.warm"])
_PATIENCE = 180.0  # seconds; the first fork waits until all is loaded


class Death(Protocol):
    """When a process is to die."""

    def is_now(self, frame: FrameType, event: str) -> bool:
        """Whether it dies at this step: a function is entered (``call``) or left (``return``)."""
        ...

    def is_near(self, frame: FrameType) -> bool:
        """Whether it might die where this function is left; asked once, as it is entered."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place in the code.

    Attributes:
        event: Whether the function is entered or left; a coroutine is also "left" wherever it waits.
        is_sent: The message has reached its destination by then, and the outbox does not know it yet.
    """

    name: str
    module: str
    function: str
    event: Literal["call", "return"]
    is_sent: bool = False

    def is_near(self, frame: FrameType) -> bool:
        """Whether this is the function."""
        return frame.f_code.co_qualname == self.function and frame.f_globals.get("__name__") == self.module

    def is_now(self, frame: FrameType, event: str) -> bool:
        """Whether this is the place."""
        return event == self.event and self.is_near(frame)


@dataclass(slots=True)
class Countdown:
    """So many steps of the shell: functions entered and left in the folders that do I/O."""

    steps: int

    def is_near(self, frame: FrameType) -> bool:
        """Whether the function is one of the shell's."""
        module = str(frame.f_globals.get("__name__"))
        return module.startswith(("monitor.jobs", "monitor.store", "monitor.delivery", "monitor.feeds"))

    def is_now(self, frame: FrameType, event: str) -> bool:
        """Whether this is the last step."""
        self.steps -= event in {"call", "return"} and self.is_near(frame)
        return self.steps <= 0


def live(program: Program, *arguments: str, death: Death | None = None) -> int:
    """Run a command to its end.

    Returns:
        The exit status; the negative signal where one ended it.
    """
    process = _FORKS.Process(target=_live, args=(program.folder, program.environment, arguments, death))
    process.start()
    process.join(_PATIENCE)
    if process.exitcode is None:
        process.kill()
        process.join()
        raise AssertionError(f"it did not end, nor come to {death}:\n{program.output}\n{program.errors}")
    return process.exitcode


def _live(folder: Path, environment: dict[str, str], arguments: tuple[str, ...], death: Death | None) -> None:
    """What the fork does."""
    from monitor.cli.app import main

    os.chdir(folder)
    os.environ.clear()
    os.environ.update(environment)
    for stream, name in ((1, "output"), (2, "errors")):
        os.dup2(os.open(folder / name, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600), stream)
    faulthandler.dump_traceback_later(0.9 * _PATIENCE, file=2)  # where it hangs, if it does
    sys.argv = ["factwatch", *arguments]
    if death is not None:
        _await(death)
    main()


def _await(death: Death) -> None:
    """Watch each step of each thread from now on."""

    def enter(frame: FrameType, event: str, _: Any) -> Any:
        if death.is_now(frame, event):
            os.kill(os.getpid(), signal.SIGKILL)
        frame.f_trace_lines = False
        return leave if death.is_near(frame) else None

    def leave(frame: FrameType, event: str, _: Any) -> Any:
        if death.is_now(frame, event):
            os.kill(os.getpid(), signal.SIGKILL)
        return leave

    threading.settrace(enter)
    sys.settrace(enter)

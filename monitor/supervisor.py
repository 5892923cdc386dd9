"""The supervisor that started the program (systemd, or another that knows sd_notify), and what it is told."""

from __future__ import annotations

import socket
from contextlib import suppress
from dataclasses import dataclass, field
from time import CLOCK_MONOTONIC, clock_gettime_ns

_PATIENCE = 1.0  # seconds, for a supervisor whose inbox is full


@dataclass(slots=True, kw_only=True)
class Supervisor:
    """Speaks with the supervisor, or with nobody where none listens; that it cannot be reached is no trouble of ours.

    Attributes:
        address: Of its datagram socket, as NOTIFY_SOCKET has it: a path, or ``@NAME`` for one without a file; empty for none.
    """

    address: str = ""
    _status: str = field(default="", init=False)

    def note_ready(self) -> None:
        """The program does what it is there for; also the end of a reload."""
        self._tell("READY=1")

    def note_reload(self) -> None:
        """What was saved is being taken up; ``note_ready`` says when that is over."""
        self._tell("RELOADING=1", f"MONOTONIC_USEC={clock_gettime_ns(CLOCK_MONOTONIC) // 1000}")

    def note_end(self) -> None:
        """The program begins nothing more and waits for what is under way."""
        self._tell("STOPPING=1")

    def note_life(self) -> None:
        """Feeds the supervisor's watchdog; without this word for too long, the program is killed and started again."""
        self._tell("WATCHDOG=1")

    def note_status(self, status: str) -> None:
        """How it goes, for whoever asks the supervisor; told when it differs from the last."""
        line = " ".join(status.split())
        if line != self._status:
            self._status = line
            self._tell(f"STATUS={line}")

    def _tell(self, *words: str) -> None:
        if not self.address:
            return
        # A socket without a file has a name that begins with a zero byte, which an environment cannot hold.
        place = f"\0{self.address[1:]}" if self.address.startswith("@") else self.address
        with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as out:
            out.settimeout(_PATIENCE)
            out.sendto("\n".join(words).encode(), place)

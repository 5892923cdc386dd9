"""A supervisor's end of the line: the datagram socket that NOTIFY_SOCKET names, and what was told there."""

from __future__ import annotations

import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path


@dataclass(slots=True, kw_only=True)
class Listener:
    """The open socket.

    Attributes:
        address: As NOTIFY_SOCKET has it.
    """

    address: str
    inbox: socket.socket
    _told: list[str]

    @property
    def told(self) -> list[str]:
        """All that was told so far, a datagram an entry."""
        with suppress(BlockingIOError):
            while True:
                self._told.append(self.inbox.recv(4096).decode())
        return self._told


@contextmanager
def open_listener(folder: Path, *, is_abstract: bool = False) -> Iterator[Listener]:
    """Listen until the block ends, at a file or, as containers are given, at a name without one."""
    address = f"@factwatch-{os.getpid()}-{folder.name}" if is_abstract else str(folder / "notify")
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as inbox:
        inbox.setblocking(False)
        inbox.bind(f"\0{address[1:]}" if is_abstract else address)
        yield Listener(address=address, inbox=inbox, _told=[])

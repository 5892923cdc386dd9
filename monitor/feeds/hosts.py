"""Manners towards hosts: few requests at once to each, and none while it asks for patience."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from time import monotonic
from weakref import WeakValueDictionary

from monitor.errors import FeedTrouble


class Hosts:
    """Remembers whose turn it is, and which hosts asked us to stay away; what is over takes no memory."""

    def __init__(self, *, at_once: int, clock: Callable[[], float] = monotonic) -> None:
        self._at_once = at_once
        self._clock = clock
        self._turns: WeakValueDictionary[str, asyncio.Semaphore] = WeakValueDictionary()
        self._silent_until: dict[str, float] = {}

    @asynccontextmanager
    async def turn(self, host: str) -> AsyncIterator[None]:
        """Wait until fewer than the permitted requests to the host are in flight, and hold one place for the block.

        Raises:
            FeedTrouble: The host asked us to stay away, and that time is not over.
        """
        turn = self._turns.get(host)
        if turn is None:
            turn = self._turns[host] = asyncio.Semaphore(self._at_once)
        async with turn:
            left = self._silent_until.get(host, 0.0) - self._clock()
            if left > 0:
                raise FeedTrouble(f"{host} asked for patience; it is left alone for {left:.0f} s", retry_after=left, host=host)
            yield

    def silence(self, host: str, seconds: float) -> None:
        """Leave a host alone, with all of its feeds, for so long."""
        now = self._clock()
        self._silent_until = {name: until for name, until in self._silent_until.items() if until > now} | {host: now + seconds}

"""Asking second readers: a few at once, again after a failure, and not at all while an endpoint keeps failing."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from time import monotonic

from monitor.errors import ReaderTrouble
from monitor.readers.breaking import Breaker
from monitor.readers.calling import Caller, Endpoint, Reply
from monitor.readers.prompting import Question

_TRIES = 3
_FIRST_WAIT, _LONGEST_WAIT = 1.0, 30.0


@dataclass(slots=True, kw_only=True)
class SecondReaders:
    """How all endpoints have been doing since the program began.

    Attributes:
        jitter: Random, from 0 up to 1.
        steady: A clock that nobody sets.
        breakers: By endpoint's name, those that have failed.
    """

    jitter: Callable[[], float] = random.random
    steady: Callable[[], float] = monotonic
    sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    breakers: dict[str, Breaker] = field(default_factory=dict)

    async def ask(self, caller: Caller, endpoint: Endpoint, question: Question) -> Reply:
        """Ask until there is an answer, three times at the most.

        Raises:
            ReaderTrouble: It was not heard, or is left alone at present; the message is one line.
        """
        attempt = 1
        while True:
            self._check(endpoint)
            try:
                reply = await caller.call(endpoint, question)
            except ReaderTrouble as trouble:
                wait = self._wait(attempt, trouble)
                is_last = trouble.is_for_good or attempt == _TRIES or wait > _LONGEST_WAIT
                self._note(endpoint, trouble, asked=trouble.retry_after if is_last else None)
                if is_last:
                    raise
                await self.sleep(wait)
                attempt += 1
            else:
                self.breakers.pop(endpoint.name, None)
                return reply

    def troubles(self) -> Mapping[str, str]:
        """Endpoints that are left alone at present, by name, and why; safe to ask from any thread."""
        now = self.steady()
        return {name: breaker.why for name, breaker in dict(self.breakers).items() if breaker.is_open(now)}

    def _check(self, endpoint: Endpoint) -> None:
        breaker = self.breakers.get(endpoint.name)
        if breaker is None or not breaker.until:
            return
        now = self.steady()
        if breaker.is_open(now):
            raise ReaderTrouble(
                f"{endpoint.name} is left alone for {breaker.until - now:.0f} s more: {breaker.why}", is_for_good=True
            )
        # One question tries it; the others wait for what comes of that.
        self.breakers[endpoint.name] = breaker.held(now + endpoint.deadline)

    def _note(self, endpoint: Endpoint, trouble: ReaderTrouble, *, asked: float | None) -> None:
        breaker = self.breakers.get(endpoint.name, Breaker())
        self.breakers[endpoint.name] = breaker.after_failure(str(trouble), now=self.steady(), asked=asked)

    def _wait(self, attempt: int, trouble: ReaderTrouble) -> float:
        """What the endpoint asked for, else any part of a time that doubles (full jitter)."""
        if trouble.retry_after is not None:
            return trouble.retry_after
        return min(_LONGEST_WAIT, _FIRST_WAIT * 2.0 ** (attempt - 1)) * self.jitter()
